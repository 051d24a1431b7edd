-- What parties hold. Each row: owner, set, terms; each change: the earlier state into record_history.

-- The terms of sharing, one row for all records shared alike; `id` never leaves the hub.
create table terms (
  id integer generated always as identity primary key, owner smallint not null references party,
  digest bytea not null, spec jsonb not null, operation uuid references operation,
  valid_from timestamptz not null default '-infinity', valid_until timestamptz not null default 'infinity',
  readers bit(256) not null, meets_blind bit(256) not null, meets_pointer bit(256) not null, meets_full bit(256) not null,
  handling text not null, source_grade text not null, information_grade text not null, confidence text not null, purpose text not null,
  moved xid8 not null default pg_current_xact_id(), unique (owner, digest)
);
create index on terms (operation) where operation is not null;
create index terms_moved on terms (moved);

create table record_set (
  number integer generated always as identity primary key, id uuid not null unique, owner smallint not null references party,
  name text not null, kind text not null check (kind in ('person', 'document', 'vehicle', 'firearm')),
  terms integer not null references terms, as_of timestamptz, records bigint not null default 0, unique (owner, name)
);
create table load_run (
  id uuid primary key, owner smallint not null references party, set_number integer references record_set, source text not null,
  file_digest bytea not null, settings jsonb not null default '{}', begun_at timestamptz not null default now(), ended_at timestamptz,
  rows_read bigint not null default 0, state text not null default 'staging' check (state in ('staging', 'merged', 'abandoned')), report jsonb
);

create type document_type as enum ('passport', 'identity_card', 'visa', 'residence_permit', 'refugee_document', 'seafarer_document', 'driving_licence', 'other');
create type document_status as enum ('stolen', 'lost', 'revoked', 'invalid', 'stolen_blank');

create table person (
  id uuid primary key, owner smallint not null references party, set_number integer not null references record_set, terms integer not null references terms,
  source_key text not null, status text not null, content jsonb not null, digest bytea not null, version integer not null default 1,
  changed_at timestamptz not null default now(), changed_by uuid, retain_until date not null, ended_at timestamptz,
  moved xid8 not null default pg_current_xact_id(), described xid8 not null default pg_current_xact_id()
);
create index on person (set_number, source_key);
create index person_moved on person (moved, id);
create table notice (
  id uuid primary key, person uuid not null references person on delete cascade, owner smallint not null, terms integer not null references terms,
  colour text not null, reference text, issuer text, charges jsonb not null default '[]', action text not null, issued date, remarks text
);
create index on notice (person);
-- Documents that listed people carry: met by document checks without any name.
create table person_document (
  person uuid not null references person on delete cascade, owner smallint not null, terms integer not null references terms,
  number text not null, number_key bigint not null generated always as (mark_key(number)) stored, issuer text, type document_type
);
create index on person_document (number_key);
create index on person_document (person);

-- Cut by the number's key, so that a check looks into one part. The parts stand in a schema nobody may enter: every
-- reader and writer goes through `document` and its policies. Whoever writes a row gives the key; the check holds him to it.
create table document (
  id uuid not null default uuid7(), number_key bigint not null constraint key_of_its_number check (number_key = mark_key(number)),
  changed_at timestamptz not null default now(), ended_at timestamptz, changed_by uuid,
  set_number integer not null, terms integer not null, version integer not null default 1, reported date, retain_until date not null,
  type document_type not null, status document_status not null, owner smallint not null,
  issuer text not null, number text not null, circumstances text
) partition by range (number_key);
create index document_number_key on document (number_key);
create index document_set_number on document (set_number);
create schema parts;
do $$
declare part text; name text; slice constant bigint := 1152921504606846976; -- 2 to the 60th: a key is any bigint
begin
  for n in -8 .. 7 loop
    part := 'document_' || lpad((n + 8)::text, 2, '0');
    execute format('create table parts.%I partition of document for values from (%s) to (%s)', part,
                   case when n = -8 then 'minvalue' else (n * slice)::text end, case when n = 7 then 'maxvalue' else ((n + 1) * slice)::text end);
    execute format('alter table parts.%I add primary key (id)', part);
    execute format('alter table parts.%I enable row level security', part);
    execute format('alter table parts.%I force row level security', part);
  end loop;
  -- A load ends with the statistics of all sixteen: they are taken of what plans depend on, from a smaller sample.
  for part in select 'document' union all select 'parts.document_' || lpad(n::text, 2, '0') from generate_series(0, 15) n loop
    for name in select attname from pg_attribute where attrelid = part::regclass and attnum > 0 loop
      execute format('alter table %s alter %I set statistics %s', part, name, case
        when name in ('owner', 'set_number', 'terms') then 30 when name in ('number_key', 'number', 'issuer', 'retain_until', 'ended_at') then 10 else 0 end);
    end loop;
  end loop;
end $$;

create table vehicle (
  id uuid primary key default uuid7(), owner smallint not null references party, set_number integer not null references record_set, terms integer not null references terms,
  status text not null, vin text, vin_key bigint generated always as (mark_key(vin)) stored, plate text, plate_key bigint generated always as (mark_key(plate)) stored,
  country text, make text, model text, colour text, reported date, version integer not null default 1, changed_at timestamptz not null default now(), changed_by uuid,
  retain_until date not null, ended_at timestamptz, check (vin is not null or plate is not null)
);
create index on vehicle (vin_key); create index on vehicle (plate_key); create index on vehicle (set_number);

create table firearm (
  id uuid primary key default uuid7(), owner smallint not null references party, set_number integer not null references record_set, terms integer not null references terms,
  status text not null, serial text not null, serial_key bigint not null generated always as (mark_key(serial)) stored,
  make text, model text, calibre text, country text, reported date, version integer not null default 1, changed_at timestamptz not null default now(), changed_by uuid,
  retain_until date not null, ended_at timestamptz
);
create index on firearm (serial_key); create index on firearm (set_number);

create table record_history (
  kind text not null, record uuid not null, version integer not null, owner smallint not null, act text not null,
  content jsonb not null, changed_at timestamptz not null, changed_by uuid, primary key (kind, record, version)
);

-- Which terms let me read, which let my checks meet a record. Functions: the masks themselves tell who else may.
create function readable_terms() returns setof integer language sql stable security definer rows 100 set search_path = public, pg_temp as $$
  select id from terms where me() >= 0 and get_bit(readers, me()) = 1 and now() between valid_from and valid_until
$$;
create function meetable_terms() returns setof integer language sql stable security definer rows 100 set search_path = public, pg_temp as $$
  select id from terms where me() >= 0 and get_bit(meets_blind, me()) = 1 and now() between valid_from and valid_until
$$;
create function meeting_level(term integer, of_owner smallint, asker integer) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select case when of_owner = asker then 'full'
    else (select case when not now() between valid_from and valid_until then null when get_bit(meets_full, asker) = 1 then 'full'
                      when get_bit(meets_pointer, asker) = 1 then 'pointer' when get_bit(meets_blind, asker) = 1 then 'blind' end
            from terms where id = term and asker >= 0) end
$$;

do $$
declare name text;
begin
  foreach name in array array['terms', 'record_set', 'load_run', 'person', 'notice', 'person_document', 'document', 'vehicle', 'firearm', 'record_history'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
  foreach name in array array['person', 'notice', 'person_document', 'document', 'vehicle', 'firearm'] loop
    execute format('create policy released on %I for select to tripoint_app using (owner = (select me()) or terms in (select readable_terms()))', name);
    execute format('create policy write on %I for insert to tripoint_app with check (owner = (select me()))', name);
    execute format('create policy change on %I for update to tripoint_app using (owner = (select me())) with check (owner = (select me()))', name);
    execute format('create policy remove on %I for delete to tripoint_app using (owner = (select me()))', name);
    execute format('create policy met on %I for select to tripoint_search using (owner = (select me()) or terms in (select meetable_terms()))', name);
    execute format('grant select, insert, update on %I to tripoint_app', name);
    execute format('grant select on %I to tripoint_search', name);
  end loop;
  foreach name in array array['terms', 'load_run', 'record_history'] loop
    execute format('create policy own on %I for all to tripoint_app using (owner = (select me())) with check (owner = (select me()))', name);
    execute format('grant select, insert, update on %I to tripoint_app', name);
  end loop;
end $$;
-- Terms name operations of the owner's own only: a foreign key must not tell whether another's exists.
alter policy own on terms with check (owner = (select me()) and (operation is null or operation in (select my_operations())));
grant select on record_set to tripoint_search;
revoke update on record_history from tripoint_app;
grant delete on notice, person_document to tripoint_app;
-- That a list exists is known to its readers, and to those whose checks may learn of it.
create function known_terms() returns setof integer language sql stable security definer rows 100 set search_path = public, pg_temp as $$
  select id from terms where me() >= 0 and (get_bit(readers, me()) = 1 or get_bit(meets_pointer, me()) = 1) and now() between valid_from and valid_until
$$;
create policy known on record_set for select to tripoint_app using (owner = (select me()) or terms in (select known_terms()));
create policy search on record_set for select to tripoint_search using (true);
create policy write on record_set for insert to tripoint_app with check (owner = (select me()));
create policy change on record_set for update to tripoint_app using (owner = (select me())) with check (owner = (select me()));
grant select (number, id, owner, name, kind, terms, as_of, records), insert, update on record_set to tripoint_app;
create policy functions on terms for select to current_user using (true);
create policy functions_write on terms for update to current_user using (true) with check (true);
grant select on terms to tripoint_search;
create policy search on terms for select to tripoint_search using (true);

revoke all on function readable_terms(), meetable_terms(), known_terms(), meeting_level(integer, smallint, integer) from public;
grant execute on function readable_terms(), known_terms() to tripoint_app;
grant execute on function meetable_terms(), meeting_level(integer, smallint, integer) to tripoint_search;

-- An operation's terms follow its parties and dates, in the same transaction.
create function compile_operation_terms() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare which uuid;
begin
  if tg_table_name = 'operation' then which := new.id; else which := coalesce(new.operation, old.operation); end if;
  perform compile_terms(t.id) from terms t where t.operation = which;
  return null;
end $$;

-- Compile the audiences in `spec` ({"readers": audience, "meeting": audience, "level": level}) into masks.
-- audience: {"kind": own|parties|operation|everyone, "parties": [code], "operation": id, "barred": [code]}
create function audience_mask(spec jsonb, owner smallint) returns bit(256) language sql stable security definer set search_path = public, pg_temp as $$
  select party_mask(coalesce(array_agg(p.number), '{}')) from party p
   where p.active and (p.number = audience_mask.owner or (not coalesce(spec->'barred', '[]') ? p.code and case spec->>'kind'
     when 'everyone' then true
     when 'parties' then coalesce(spec->'parties', '[]') ? p.code
     when 'operation' then exists (select from participation a where a.operation = (spec->>'operation')::uuid and a.party = p.number)
                        or exists (select from operation o where o.id = (spec->>'operation')::uuid and o.coordinator = p.number)
     else false end))
$$;
create function compile_terms(which integer) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare t record; nobody bit(256) := repeat('0', 256)::bit(256); meets bit(256); o record;
begin
  select * into t from terms where id = which;
  meets := audience_mask(t.spec->'meeting', t.owner);
  select starts_at, ends_at into o from operation where id = t.operation;
  update terms set readers = audience_mask(t.spec->'readers', t.owner),
    meets_blind = case when t.spec->>'level' in ('blind', 'pointer', 'full') then meets else nobody end,
    meets_pointer = case when t.spec->>'level' in ('pointer', 'full') then meets else nobody end,
    meets_full = case when t.spec->>'level' = 'full' then meets else nobody end,
    valid_from = coalesce(o.starts_at, '-infinity'), valid_until = coalesce(o.ends_at, 'infinity') where id = which;
end $$;
create function compile_new_terms() returns trigger language plpgsql security definer set search_path = public, pg_temp as
  $$ begin perform compile_terms(new.id); return null; end $$;
create trigger compile after insert on terms for each row execute function compile_new_terms();
create trigger compile after insert or delete on participation for each row execute function compile_operation_terms();
create trigger compile after update on operation for each row execute function compile_operation_terms();
revoke all on function audience_mask(jsonb, smallint), compile_terms(integer) from public;

-- A new party belongs to "everyone" at once; a party laid still belongs to nobody.
create function compile_all_terms() returns trigger language plpgsql security definer set search_path = public, pg_temp as
  $$ begin perform compile_terms(id) from terms; return null; end $$;
create trigger compile after insert or update of active on party for each statement execute function compile_all_terms();

-- The index beside the database follows these tables by the transaction that last wrote a row (`moved`), and by the one
-- that last wrote what a person is found by (`described`). Compared with a snapshot of transactions, they tell exactly
-- what became visible since, in whichever order transactions end (docs/adr/0009). The follower is woken at commit.
create function mark_person() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  new.moved := pg_current_xact_id();
  new.described := case when tg_op = 'INSERT' or new.digest <> old.digest or old.ended_at is not null then new.moved else old.described end;
  return new;
end $$;
create function mark_terms() returns trigger language plpgsql set search_path = public, pg_temp as
  $$ begin new.moved := pg_current_xact_id(); return new; end $$;
create function wake_index() returns trigger language plpgsql set search_path = public, pg_temp as
  $$ begin notify tripoint_index; return null; end $$;
create trigger mark before insert or update on person for each row execute function mark_person();
create trigger mark before insert or update on terms for each row execute function mark_terms();
create trigger wake after insert or update on person for each statement execute function wake_index();
create trigger wake after insert or update on terms for each statement execute function wake_index();
create policy follow on person for select to tripoint_index using (true);
create policy follow on terms for select to tripoint_index using (true);
grant select (id, terms, content, ended_at, moved, described) on person to tripoint_index;
grant select (id, owner, valid_from, valid_until, meets_blind, meets_pointer, meets_full, moved) on terms to tripoint_index;
