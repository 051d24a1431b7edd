-- Sealed fields, and clocks of retention that erase.

-- One data key for each sealed record, wrapped by its owner's key and by a share: neither of the two is ever in the
-- database. `slot` says where the share stands in the hub's key folder; destroyed there, the record cannot be opened
-- from this database nor from any copy of it (docs/adr/0012).
create table data_key (
  record uuid primary key, owner smallint not null references party, slot bigint not null, owner_key integer not null,
  wrapped bytea not null check (octet_length(wrapped) = 40), made_at timestamptz not null default now()
);
create index on data_key (owner, owner_key);
create table sealed_field (
  record uuid not null references data_key on delete cascade, version integer not null, field text not null, owner smallint not null,
  nonce bytea not null check (octet_length(nonce) = 12), ciphertext bytea not null, primary key (record, version, field)
);
-- What a sealed record can be looked up by, whole and exact: keyed hashes of its numbers, and of name and birth together.
create table sealed_mark (
  record uuid not null references data_key on delete cascade, owner smallint not null, kind text not null check (kind in ('document', 'person')),
  index_key integer not null, mark bytea not null check (octet_length(mark) = 32), primary key (record, index_key, mark)
);
create index on sealed_mark (mark);
-- Shares still to be destroyed: written with the erasure, done by the relay once that is committed.
create table shred (slot bigint primary key, asked_at timestamptz not null default now(), done_at timestamptz);

-- What is left of an erased record: that it was, when and why it went, and who had it go. The digest is of the whole
-- row, with the moment of its last change, which is not kept: a copy can be proved to be one, but none be guessed.
create table erasure (
  record uuid primary key, kind text not null, owner smallint not null references party, version integer not null, digest bytea not null,
  why text not null check (why in ('retention', 'owner', 'subject')), reason text, erased_at timestamptz not null default now(), erased_by uuid
);
create index on erasure (owner, erased_at desc);
-- To every party that was told of an erased record: what was kept of it elsewhere is to go too.
create table recall (
  id uuid primary key, record uuid not null, kind text not null, owner smallint not null references party, party smallint not null references party,
  raised_at timestamptz not null default now(), acknowledged_at timestamptz, acknowledged_by uuid, unique (record, party)
);
create index on recall (party, raised_at desc); create index on recall (owner, raised_at desc);
-- Of which sets and months the owner was asked whether to keep them longer.
create table retention_asked (
  set_number integer not null references record_set, month date not null, owner smallint not null, asked_at timestamptz not null default now(),
  primary key (set_number, month)
);
create index on hit (record);

do $$
declare name text;
begin
  foreach name in array array['data_key', 'sealed_field', 'sealed_mark', 'shred', 'erasure', 'recall', 'retention_asked'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy functions on %I for all to current_user using (true) with check (true)', name);
  end loop;
  foreach name in array array['data_key', 'sealed_field', 'sealed_mark'] loop
    execute format('create policy own on %I for all to tripoint_app using (owner = (select me())) with check (owner = (select me()))', name);
  end loop;
end $$;
create policy own on erasure for select to tripoint_app using (owner = (select home()));
create policy concerned on recall for select to tripoint_app using (owner = (select home()) or party = (select home()));
create policy acknowledge on recall for update to tripoint_app using (party = (select me())) with check (party = (select me()));
create policy own on retention_asked for select to tripoint_app using (owner = (select me()));
create policy met on sealed_mark for select to tripoint_search using (true);
grant select, insert on data_key to tripoint_app;
grant update (owner_key, wrapped) on data_key to tripoint_app;
grant select, insert, delete on sealed_field, sealed_mark to tripoint_app;
grant select on erasure, recall, retention_asked to tripoint_app;
grant update (acknowledged_at, acknowledged_by) on recall to tripoint_app;
grant select on sealed_mark to tripoint_search;

-- Sealed records are met by what is known of them exactly, as far as the asker's checks may meet them at all.
create function search_sealed(asked bytea[]) returns table (id uuid, owner smallint, level text, kinds text[], content jsonb, version integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
    select p.id, p.owner, meeting_level(p.terms, p.owner, me()), array_agg(distinct m.kind), p.content, p.version
      from sealed_mark m join person p on p.id = m.record where m.mark = any(asked) and p.ended_at is null group by p.id limit 50;
end $$;
do $$
declare name text;
begin
  execute 'grant create on schema public to tripoint_search';
  foreach name in array array['search_sealed(bytea[])'] loop
    execute format('revoke all on function %s from public', name);
    execute format('grant execute on function %s to tripoint_app', name);
    execute format('alter function %s owner to tripoint_search', name);
  end loop;
  execute 'revoke create on schema public from tripoint_search';
end $$;

-- Who becomes a person to protect is sealed in the past too: earlier states, and what hits showed of them.
create policy sealing on record_history for update to current_user using (owner = (select me())) with check (owner = (select me()));
create policy functions on record_history for select to current_user using (true);
create policy functions on hit for select to current_user using (true);
create policy functions on hit_finding for select to current_user using (true);
create policy sealing on hit_finding for update to current_user using (owner = (select me())) with check (owner = (select me()));
create function seal_state(which uuid, of_version integer, masked jsonb) returns void language sql security definer set search_path = public, pg_temp as $$
  update record_history set content = masked where kind = 'person' and record = which and version = of_version and owner = me()
$$;
create function seal_findings(these uuid[]) returns void language sql security definer set search_path = public, pg_temp as $$
  update hit_finding f
     set held = (f.held - array['names', 'births', 'documents', 'birth_places', 'marks', 'remarks', 'notices', 'number', 'issuer']) || '{"sealed": ["names"]}', asked = '{}',
         comparison = (select coalesce(jsonb_agg((c - 'aligned') || '{"held": null, "asked": null}'), '[]') from jsonb_array_elements(f.comparison) as c)
    from hit h where h.id = f.hit and h.record = any(these) and h.owner = me()
$$;
revoke all on function seal_state(uuid, integer, jsonb), seal_findings(uuid[]) from public;
grant execute on function seal_state(uuid, integer, jsonb), seal_findings(uuid[]) to tripoint_app;

-- Erasing. The day is handed in, so that tests need not wait; policies read it where the functions have set it.
create function this_day() returns date language sql stable parallel safe as
  $$ select coalesce(nullif(current_setting('tripoint.today', true), '')::date, current_date) $$;
do $$
declare name text;
begin
  foreach name in array array['person', 'document', 'vehicle', 'firearm'] loop
    execute format('drop policy retention_sees on %I', name);
    execute format('drop policy retention_ends on %I', name);
    execute format('create policy retention_sees on %I for select to current_user using (true)', name);
    execute format('create policy retention_erases on %I for delete to current_user
      using (retain_until < (select this_day()) or owner = (select me()) or ended_at is not null)', name);
  end loop;
  foreach name in array array['check_question', 'hit_finding', 'record_history', 'notice', 'person_document'] loop
    execute format('create policy erases on %I for delete to current_user using (true)', name);
  end loop;
end $$;
create policy retention_blanks on person for update to current_user
  using (retain_until < (select this_day()) or owner = (select me())) with check (content ? 'erased');
create policy functions on notice for select to current_user using (true);
create policy functions on check_question for select to current_user using (true);
create policy functions on hit_event for select to current_user using (true);
create policy erases on hit for update to current_user using (true) with check (override_reason is null);
create policy erases on hit_event for update to current_user using (true) with check (reason is null);
create policy functions on audit for select to current_user using (true);
create policy functions on outbox for insert to current_user with check (kind in ('recall', 'retention'));
create policy erasing on audit for insert to current_user with check (act = 'erase_record');
drop function end_expired_records(integer);
drop policy retention on audit;

-- Everything of these records goes: content, history, what hits and questions hold of them, sealed fields and their
-- keys. A person's row is left blank until the index beside the database has followed; then it goes too.
create function erase_these(record_kind text, these uuid[], wherefore text, said text, by_whom uuid) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare erased bigint;
begin
  execute format('insert into erasure (record, kind, owner, version, digest, why, reason, erased_by)
    select r.id, %1$L, r.owner, r.version, sha256(convert_to((to_jsonb(r) - ''{terms,set_number,moved,described}''::text[])::text, ''UTF8'')), $2, $3, $4 from %1$I r where r.id = any($1)
    on conflict do nothing', record_kind) using these, wherefore, said, by_whom;
  get diagnostics erased = row_count;
  execute format('update record_set s set records = greatest(0, s.records - g.n)
    from (select set_number, count(*) as n from %1$I where id = any($1) and ended_at is null group by set_number) g where s.number = g.set_number', record_kind) using these;
  with told as (
      select h.record, h.owner, h.asker as party from hit h where h.record = any(these) and h.level <> 'blind'
      union select h.record, h.owner, h.coordinator from hit h where h.record = any(these) and h.level <> 'blind' and h.coordinator is not null
      union select e.record, e.owner, a.party from erasure e join audit a on a.object_id = e.record
             where e.record = any(these) and a.act in ('read_record', 'read_hit') and a.outcome = 'done' and a.party is not null),
    raised as (insert into recall (id, record, kind, owner, party) select uuid7(), t.record, record_kind, t.owner, t.party from told t where t.party <> t.owner
               on conflict do nothing returning id, party)
  insert into outbox (kind, parties, ref, change) select 'recall', array[party], id, 'raised' from raised;
  delete from check_question q using hit h where h.record = any(these) and q.party = h.check_party and q.id = h.check_id;
  delete from hit_finding f using hit h where h.id = f.hit and h.record = any(these);
  update hit_event v set reason = null from hit h where h.id = v.hit and h.record = any(these) and v.reason is not null;
  update hit set override_reason = null where record = any(these) and override_reason is not null;
  delete from record_history where kind = record_kind and record = any(these);
  insert into shred (slot) select slot from data_key where record = any(these) on conflict do nothing;
  delete from data_key where record = any(these);
  if record_kind = 'person' then
    delete from notice where person = any(these);
    delete from person_document where person = any(these);
    update person set content = '{"erased": true}', digest = '', source_key = id::text, changed_by = null, changed_at = now(), ended_at = now() where id = any(these);
  else
    execute format('delete from %I where id = any($1)', record_kind) using these;
  end if;
  return erased;
end $$;

create function erase_expired_records(today date, most integer) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare name text; due uuid[]; erased bigint; total bigint := 0; more boolean := false;
begin
  perform set_config('tripoint.today', today::text, true);
  delete from person where content ? 'erased' and ended_at < now() - interval '1 day';
  insert into chore_done as c values ('retention', today)
    on conflict (chore) do update set day = excluded.day where c.day < excluded.day;
  if not found then return 0; end if;
  foreach name in array array['person', 'document', 'vehicle', 'firearm'] loop
    execute format('select coalesce(array_agg(id), ''{}'') from (select id from %I where retain_until < $1 %s limit $2) as late', name,
      case name when 'person' then 'and not content ? ''erased''' else '' end) into due using today, most;
    erased := erase_these(name, due, 'retention', null, null);
    insert into audit (act, object_kind, object_id, object_owner, object_version, outcome)
      select 'erase_record', name, record, owner, version, 'retention' from erasure where record = any(due);
    total := total + erased;
    more := more or cardinality(due) = most;
  end loop;
  delete from check_question where retain_until < today;
  if more then update chore_done set day = today - 1 where chore = 'retention'; end if;
  return total;
end $$;

-- One record of the own party, before its time. False where it is not at the version any more.
create function erase_own_record(record_kind text, which uuid, expected integer, wherefore text, said text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare there boolean;
begin
  if record_kind not in ('person', 'document', 'vehicle', 'firearm') then raise exception 'no such kind'; end if;
  execute format('select true from %I where id = $1 and owner = me() and version = $2 for update', record_kind) into there using which, expected;
  if there is null then return false; end if;
  perform erase_these(record_kind, array[which], wherefore, said, nullif(current_setting('tripoint.officer', true), '')::uuid);
  return true;
end $$;

-- Six months before, once for each set and month: the owner is asked whether what comes due is still needed.
create function ask_owners(today date) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare name text; asked bigint; total bigint := 0;
begin
  insert into chore_done as c values ('asking', today)
    on conflict (chore) do update set day = excluded.day where c.day < excluded.day;
  if not found then return 0; end if;
  foreach name in array array['person', 'document', 'vehicle', 'firearm'] loop
    execute format('with due as (
        select distinct r.set_number, date_trunc(''month'', r.retain_until)::date as month, r.owner from %I r
         where r.retain_until between $1 and ($1 + interval ''6 months'')::date and r.ended_at is null),
      fresh as (insert into retention_asked (set_number, month, owner) select set_number, month, owner from due on conflict do nothing returning set_number, owner),
      told as (select distinct s.id, f.owner from fresh f join record_set s on s.number = f.set_number)
      insert into outbox (kind, parties, ref, change) select ''retention'', array[owner], id, ''due'' from told', name) using today;
    get diagnostics asked = row_count;
    total := total + asked;
  end loop;
  return total;
end $$;

create function shreds_due() returns setof bigint language sql stable security definer set search_path = public, pg_temp as
  $$ select slot from shred where done_at is null order by slot limit 10000 $$;
create function shreds_done(these bigint[]) returns void language sql security definer set search_path = public, pg_temp as
  $$ update shred set done_at = now() where slot = any(these) $$;
revoke all on function erase_these(text, uuid[], text, text, uuid), erase_expired_records(date, integer), erase_own_record(text, uuid, integer, text, text),
  ask_owners(date), shreds_due(), shreds_done(bigint[]) from public;
grant execute on function erase_expired_records(date, integer), ask_owners(date), shreds_due(), shreds_done(bigint[]) to tripoint_relay;
grant execute on function erase_own_record(text, uuid, integer, text, text) to tripoint_app;
