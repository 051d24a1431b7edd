-- What an operation still lacked: a reporting phase in which its parties' reports stay readable, clocks by which reports
-- are erased, figures that are kept while nothing changes.

-- The reporting phase. Lists are met by checks from the operation's first day to its last and no longer; what parties
-- reported to each other is read until the results are final, which is after the last day. The coordinator's plan says
-- until when; where it says nothing, all ends with the operation, as before.
alter table operation_phase drop constraint operation_phase_kind_check;
alter table operation_phase add constraint operation_phase_kind_check check (kind in ('pre', 'action', 'post', 'reporting'));
create function reported_terms() returns setof integer language sql stable security definer rows 100 set search_path = public, pg_temp as $$
  select t.id from terms t
   where me() >= 0 and get_bit(t.readers, me()) = 1 and now() >= t.valid_from
     and (now() <= t.valid_until or now() < (select max(f.ends_at) from operation_phase f where f.operation = t.operation and f.kind = 'reporting'))
$$;
revoke all on function reported_terms() from public;
grant execute on function reported_terms() to tripoint_app;
alter policy seen on occurrence
  using ((owner = (select me()) or terms in (select reported_terms())) and 'general' = any((select my_classes())::text[]));
alter policy seen on custody_entry
  using ((owner = (select me()) or terms in (select reported_terms())) and 'general' = any((select my_classes())::text[]));
do $$
declare name text;
begin
  foreach name in array array['occurrence_body', 'occurrence_facilitator'] loop
    execute format('alter policy opened on %I using ((owner = (select me()) or terms in (select reported_terms()))
      and (class = any((select my_classes())::text[]) or filed_by = (select my_officer())))', name);
  end loop;
end $$;

-- How long a report is kept, by its kind: of migrants and people interviewed a year, of victims two (their pathway to
-- protection takes more than one), of incidents three, of all others five as records of persons are, and of recovered
-- firearms thirty as listed ones are. Its owner may say
-- shorter, or renew it. Counted from the day it was filed.
create function report_kept_for(kind text) returns interval language sql immutable parallel safe as $$
  select case kind when 'detection' then interval '1 year' when 'interview' then interval '1 year' when 'victim' then interval '2 years'
                   when 'incident' then interval '3 years'
                   when 'recovery' then interval '30 years' else interval '5 years' end
$$;
alter table occurrence add column retain_until date;
alter table occurrence no force row level security;
update occurrence set retain_until = ((filed_at at time zone 'UTC') + report_kept_for(kind))::date;
alter table occurrence force row level security;
alter table occurrence alter column retain_until set not null;
create index on occurrence (retain_until);
create function set_report_clock() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.retain_until := coalesce(new.retain_until, ((new.filed_at at time zone 'UTC') + report_kept_for(new.kind))::date);
  return new;
end $$;
create trigger set_report_clock before insert on occurrence for each row execute function set_report_clock();
grant update (retain_until) on occurrence to tripoint_app;

-- Of which kinds and months an owner was asked whether to keep his reports longer.
create table report_asked (
  owner smallint not null references party, operation uuid not null references operation, kind text not null, month date not null,
  asked_at timestamptz not null default now(), primary key (owner, operation, kind, month)
);
alter table report_asked enable row level security; alter table report_asked force row level security;
create policy functions on report_asked for all to current_user using (true) with check (true);
create policy own on report_asked for select to tripoint_app using (owner = (select me()));
grant select on report_asked to tripoint_app;

-- Whatever hangs on a report goes with it, in every table there is: body, facilitator, history, links, custody, pathway,
-- words of the search, sums.
do $$
declare one record;
begin
  for one in select c.conname, c.conrelid::regclass as child, pg_get_constraintdef(c.oid) as def from pg_constraint c
              where c.contype = 'f' and c.confrelid in ('occurrence'::regclass, 'victim_pathway'::regclass) and c.confdeltype <> 'c' loop
    execute format('alter table %s drop constraint %I, add constraint %I %s on delete cascade', one.child, one.conname, one.conname, one.def);
  end loop;
end $$;
create policy erases on occurrence for delete to current_user using (retain_until < (select this_day()) or owner = (select me()));
create policy erases on occurrence_link for delete to current_user using (true);

-- Everything of these reports goes, and the keys of what was sealed in them; what stays is the proof, and a recall to
-- every other party that opened one.
create function erase_these_reports(these uuid[], wherefore text, said text, by_whom uuid) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare erased bigint;
begin
  insert into erasure (record, kind, owner, version, digest, why, reason, erased_by)
    select o.id, o.kind, o.owner, o.version, sha256(convert_to((to_jsonb(o) - 'terms')::text || coalesce(b.body::text, ''), 'UTF8')), wherefore, said, by_whom
      from occurrence o left join occurrence_body b on b.occurrence = o.id where o.id = any(these)
  on conflict do nothing;
  get diagnostics erased = row_count;
  with told as (select distinct e.record, e.kind, e.owner, a.party from erasure e join audit a on a.object_id = e.record
                 where e.record = any(these) and a.act in ('read_occurrence', 'read_detection', 'read_victim', 'read_interview')
                   and a.outcome = 'done' and a.party is not null and a.party <> e.owner),
    raised as (insert into recall (id, record, kind, owner, party) select uuid7(), t.record, t.kind, t.owner, t.party from told t
               on conflict do nothing returning id, party)
  insert into outbox (kind, parties, ref, change) select 'recall', array[party], id, 'raised' from raised;
  insert into shred (slot) select slot from data_key where record = any(these) on conflict do nothing; -- the relay destroys the share
  delete from data_key where record = any(these);
  delete from occurrence_link where to_id = any(these);
  delete from occurrence where id = any(these);
  return erased;
end $$;
create function erase_expired_reports(today date, most integer) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare due uuid[]; erased bigint;
begin
  perform set_config('tripoint.today', today::text, true);
  insert into chore_done as c values ('report_retention', today)
    on conflict (chore) do update set day = excluded.day where c.day < excluded.day;
  if not found then return 0; end if;
  select coalesce(array_agg(id), '{}') into due from (select id from occurrence where retain_until < today order by retain_until, id limit most) as late;
  erased := erase_these_reports(due, 'retention', null, null);
  insert into audit (act, object_kind, object_id, object_owner, object_version, outcome)
    select 'erase_record', kind, record, owner, version, 'retention' from erasure where record = any(due);
  if cardinality(due) = most then update chore_done set day = today - 1 where chore = 'report_retention'; end if;
  return erased;
end $$;
-- One report of the own party, before its time. False where it is not at the version any more.
create function erase_own_report(which uuid, expected integer, wherefore text, said text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare there boolean;
begin
  select true into there from occurrence where id = which and owner = me() and version = expected;
  if there is null then return false; end if;
  perform erase_these_reports(array[which], wherefore, said, nullif(current_setting('tripoint.officer', true), '')::uuid);
  return true;
end $$;
-- Three months before, once for each operation, kind and month: the owner is asked whether what comes due is still needed.
create function ask_about_reports(today date) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare asked bigint;
begin
  insert into chore_done as c values ('report_asking', today)
    on conflict (chore) do update set day = excluded.day where c.day < excluded.day;
  if not found then return 0; end if;
  with due as (select distinct o.owner, o.operation, o.kind, date_trunc('month', o.retain_until)::date as month from occurrence o
                where o.retain_until between today and (today + interval '3 months')::date),
    fresh as (insert into report_asked (owner, operation, kind, month) select owner, operation, kind, month from due on conflict do nothing returning owner, operation),
    told as (select distinct owner, operation from fresh)
  insert into outbox (kind, parties, ref, change) select 'retention', array[owner], operation, 'reports_due' from told;
  get diagnostics asked = row_count;
  return asked;
end $$;
revoke all on function erase_these_reports(uuid[], text, text, uuid), erase_expired_reports(date, integer), erase_own_report(uuid, integer, text, text),
  ask_about_reports(date) from public;
grant execute on function erase_expired_reports(date, integer), ask_about_reports(date) to tripoint_relay;
grant execute on function erase_own_report(uuid, integer, text, text) to tripoint_app;

-- Figures of many records are counted once while nothing changes. `mark` says in which state of the records; each party
-- keeps what it counted itself, under its own rights, and nobody reads another's.
create table kept_figure (
  party smallint not null references party, question bytea not null check (octet_length(question) = 32), mark text not null,
  counted_at timestamptz not null, counted jsonb not null, primary key (party, question)
);
alter table kept_figure enable row level security; alter table kept_figure force row level security;
create policy own on kept_figure for all to tripoint_app using (party = (select me())) with check (party = (select me()));
grant select, insert, update, delete on kept_figure to tripoint_app;
