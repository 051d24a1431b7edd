-- The sealed audit trail: rows stay as they are written; beside them stand their hashes in a tree, and signed heads.
--   tripoint_sealer  reads the trail, adds hashes and heads, and changes nothing that stands
do $$
begin
  if not exists (select from pg_roles where rolname = 'tripoint_sealer') then
    begin -- roles belong to the whole server: another hub's migration may make them at the same moment
      create role tripoint_sealer nosuperuser nocreatedb nocreaterole nobypassrls;
    exception when duplicate_object or unique_violation then null;
    end;
  end if;
  execute format('grant %I to current_user', 'tripoint_sealer');
end $$;
grant usage on schema public to tripoint_sealer;

-- The keys that signed the heads; each but the first is signed for by the one before.
create table audit_key (
  number smallint primary key check (number > 0), public_key bytea not null unique check (length(public_key) = 32),
  from_size bigint not null check (from_size >= 0), at timestamptz not null, signature bytea check (length(signature) = 64)
);
-- The leaves in the order in which the rows came to be seen, which is not that of their numbers: rows of a long
-- transaction come late and get a later place.
create table audit_leaf (position bigint primary key, seq bigint not null unique, hash bytea not null check (length(hash) = 32));
-- Every eighth level of whole subtrees above them: a proof then reads some hundred hashes, however long the trail.
create table audit_node (level smallint, place bigint, hash bytea not null check (length(hash) = 32), primary key (level, place));
create table audit_head (
  size bigint primary key check (size > 0), root bytea not null check (length(root) = 32), at timestamptz not null,
  settled bigint not null, previous bytea check (length(previous) = 32), key smallint not null references audit_key,
  signature bytea not null check (length(signature) = 64)
);
-- The heads that go to the parties, one an hour, whatever happened in it.
create table audit_hour (hour timestamptz primary key, id uuid not null unique, size bigint not null references audit_head);
-- A party's newest key is the one in force.
create table witness_key (
  id uuid primary key, party smallint not null references party, public_key bytea not null unique check (length(public_key) = 32),
  officer uuid not null, at timestamptz not null default now()
);
create table countersignature (
  size bigint not null references audit_head, witness uuid not null references witness_key, at timestamptz not null default now(),
  signature bytea not null check (length(signature) = 64), primary key (size, witness)
);

do $$
declare name text;
begin
  foreach name in array array['audit_key', 'audit_leaf', 'audit_node', 'audit_head', 'audit_hour', 'witness_key', 'countersignature'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy sealer_reads on %I for select to tripoint_sealer using (true)', name);
    execute format('create policy signed_in on %I for select to tripoint_app using ((select home()) is not null)', name);
    execute format('grant select on %I to tripoint_app, tripoint_sealer', name);
  end loop;
  foreach name in array array['audit_key', 'audit_leaf', 'audit_node', 'audit_head', 'audit_hour'] loop
    execute format('create policy sealer_adds on %I for insert to tripoint_sealer with check (true)', name);
    execute format('grant insert on %I to tripoint_sealer', name);
  end loop;
end $$;
create policy own on witness_key for insert to tripoint_app
  with check (party = (select home()) and officer::text = (select current_setting('tripoint.officer', true)));
create policy own on countersignature for insert to tripoint_app
  with check (exists (select from witness_key w where w.id = witness and w.party = (select home())));
grant insert on witness_key, countersignature to tripoint_app;

create policy sealer on audit for select to tripoint_sealer using (true);
create policy sealer_writes on audit for insert to tripoint_sealer with check (act in ('change_audit_key', 'export_audit'));
grant select, insert on audit to tripoint_sealer;
grant select on sequence audit_seq_seq to tripoint_sealer;
grant select on party to tripoint_sealer;
create policy sealer on outbox for insert to tripoint_sealer with check (kind = 'audit_head');
grant insert on outbox to tripoint_sealer;

-- Nobody was ever granted to change any of these. This is the second line, against a slip of the owner's own hand:
-- it says no to everybody, replicated sessions included. The heads that parties keep are the third.
create function stays_as_written() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  raise exception 'what stands in % stays as it was written', tg_table_name using errcode = 'insufficient_privilege';
end $$;
do $$
declare name text;
begin
  foreach name in array array['audit', 'audit_key', 'audit_leaf', 'audit_node', 'audit_head', 'audit_hour', 'witness_key', 'countersignature'] loop
    execute format('create trigger stays before update or delete or truncate on %I for each statement execute function stays_as_written()', name);
    execute format('alter table %I enable always trigger stays', name);
  end loop;
end $$;
