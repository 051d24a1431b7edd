-- Loading lists: rows wait in a table of their own run until the whole edition is merged in one transaction.

create schema staging;
grant usage on schema staging to tripoint_app;

-- COPY cannot be used on a table under row-level security. So the application may write into a run's table but not
-- read it, and reads it through a view that is empty for every party but the run's own.
create function open_stage(run uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  wanted record; name text := 'rows_' || replace(run::text, '-', ''); shape text;
begin
  select r.owner, s.kind into wanted from load_run r join record_set s on s.number = r.set_number where r.id = run and r.owner = me();
  if not found then raise exception 'no such load'; end if;
  shape := case wanted.kind
    when 'person' then 'source_key text, status text, digest bytea, content jsonb, mark bigint generated always as (hashtextextended(source_key, 0)) stored'
    when 'document' then 'number text, issuer text, type document_type, status document_status, reported date, circumstances text, mark bigint generated always as (mark_key(number)) stored'
    when 'vehicle' then 'status text, vin text, plate text, country text, make text, model text, colour text, reported date, mark bigint generated always as (mark_key(coalesce(vin, plate))) stored'
    when 'firearm' then 'status text, serial text, make text, model text, calibre text, country text, reported date, mark bigint generated always as (mark_key(serial)) stored'
  end;
  execute format('drop table if exists staging.%I cascade', name);
  execute format('create unlogged table staging.%I (line bigint, kept text, %s)', name, shape);
  execute format('create view staging.%I as select * from staging.%I where me() = %s', 'seen_' || name, name, wanted.owner);
  execute format('grant insert on staging.%I to tripoint_app', name);
  execute format('grant select on staging.%I to tripoint_app', 'seen_' || name);
end $$;
create function analyse_stage(run uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from load_run r where r.id = run and r.owner = me()) then
    execute format('analyze staging.%I', 'rows_' || replace(run::text, '-', ''));
  end if;
end $$;
create function drop_stage(run uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if exists (select from load_run r where r.id = run and r.owner = me()) then
    execute format('drop table if exists staging.%I cascade', 'rows_' || replace(run::text, '-', ''));
  end if;
end $$;
create function analyse_records(kind text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  case kind
    when 'person' then analyze person; analyze person_document; analyze notice;
    when 'document' then analyze document;
    when 'vehicle' then analyze vehicle;
    when 'firearm' then analyze firearm;
  end case;
end $$;
revoke all on function open_stage(uuid), analyse_stage(uuid), drop_stage(uuid), analyse_records(text) from public;
grant execute on function open_stage(uuid), analyse_stage(uuid), drop_stage(uuid), analyse_records(text) to tripoint_app;

-- The quick form: one random number a row. PostgreSQL has its own from 18 on.
do $$
begin
  if current_setting('server_version_num')::integer >= 180000 then
    create or replace function uuid7() returns uuid language sql volatile parallel safe as 'select uuidv7()';
  else
    create or replace function uuid7() returns uuid language sql volatile parallel safe as
      'select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
         substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), ''hex'')::uuid';
  end if;
end $$;

-- Ids for many rows at once: version 7, the moment of the load in front, the place among its rows, and a keyed hash.
-- A random number a row would cost more than all the rest of a row; without `seed` nothing can be told from the hash.
create function run_uuid(milliseconds bigint, place bigint, seed bigint) returns uuid language sql immutable parallel safe as $$
  select (lpad(to_hex(milliseconds), 12, '0') || '7' || lpad(to_hex((place >> 16) & 4095), 3, '0')
    || to_hex((hashint8extended(place, seed) & 4611686018427387903) | (-9223372036854775808)))::uuid
$$;
