-- The grades of a record go with it to whoever may read it; the rest of its terms stays with the owner.
create function grading_of(term integer)
returns table (handling text, source_grade text, information_grade text, confidence text, purpose text)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.handling, t.source_grade, t.information_grade, t.confidence, t.purpose from terms t
   where t.id = term and (t.owner = me() or t.id in (select readable_terms()))
$$;
revoke all on function grading_of(integer) from public;
grant execute on function grading_of(integer) to tripoint_app;

-- Records whose retention has passed end by themselves, looked for once a day. The block-range indexes cost a load
-- next to nothing: records loaded together end together.
create table chore_done (chore text primary key, day date not null);
alter table chore_done enable row level security; alter table chore_done force row level security;
create policy functions on chore_done for all to current_user using (true) with check (true);

do $$
declare name text;
begin
  foreach name in array array['person', 'document', 'vehicle', 'firearm'] loop
    execute format('create index %I on %I using brin (retain_until) with (autosummarize = on)', name || '_retention', name);
    execute format('create policy retention_sees on %I for select to current_user using (retain_until < current_date)', name);
    execute format('create policy retention_ends on %I for update to current_user using (retain_until < current_date)', name);
  end loop;
end $$;
create policy retention on person_document for all to current_user using (exists (select from person p where p.id = person));
create policy retention_sees on record_set for select to current_user using (true);
create policy retention_counts on record_set for update to current_user using (true);
create policy retention on audit for insert to current_user with check (act = 'end_record' and outcome = 'retention');

create function end_expired_records(most integer) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare name text; ended bigint; total bigint := 0; more boolean := false;
begin
  insert into chore_done as c values ('retention', current_date)
    on conflict (chore) do update set day = excluded.day where c.day < excluded.day;
  if not found then return 0; end if;
  foreach name in array array['person', 'document', 'vehicle', 'firearm'] loop
    execute format('with due as (select id from %1$I where retain_until < current_date and ended_at is null limit $1 for update skip locked),
      gone as (update %1$I r set ended_at = now() from due where r.id = due.id returning r.id, r.owner, r.set_number, r.version),
      counted as (update record_set s set records = greatest(0, s.records - g.n)
                    from (select set_number, count(*) as n from gone group by set_number) g where s.number = g.set_number),
      noted as (insert into audit (act, object_kind, object_id, object_owner, object_version, outcome)
                select ''end_record'', %1$L, id, owner, version, ''retention'' from gone)
      select count(*) from gone', name) into ended using most;
    total := total + ended;
    more := more or ended = most;
  end loop;
  delete from person_document d using person p where p.id = d.person and p.ended_at = now();
  if more then update chore_done set day = current_date - 1 where chore = 'retention'; end if;
  return total;
end $$;
revoke all on function end_expired_records(integer) from public;
grant execute on function end_expired_records(integer) to tripoint_relay;
