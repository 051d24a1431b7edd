-- Where the rows of a load wait until they are looked at together: a table of its own, with the columns of their kind.
create or replace function open_stage(run uuid) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
  wanted record; name text := 'rows_' || replace(run::text, '-', ''); shape text;
begin
  select r.owner, s.kind into wanted from load_run r join record_set s on s.number = r.set_number where r.id = run and r.owner = me();
  if not found then raise exception 'no such load'; end if;
  shape := case wanted.kind
    when 'person' then 'source_key text, status text, digest bytea, content jsonb, mark bigint generated always as (hashtextextended(source_key, 0)) stored'
    when 'document' then 'number text, issuer text, type document_type, status document_status, reported date, circumstances text, mark bigint generated always as (mark_key(number)) stored'
    when 'vehicle' then 'status text, vin text, plate text, country text, make text, model text, colour text, reported date, mark bigint generated always as (mark_key(coalesce(vin, plate))) stored'
    when 'firearm' then 'status text, serial text, make text, model text, calibre text, country text, reported date, type text, made_in smallint, importer text, import_country text, import_year smallint, illicit text, other_marks text, event_date date, event_place text, case_reference text, recheck date, mark bigint generated always as (mark_key(serial)) stored'
  end;
  execute format('drop table if exists staging.%I cascade', name);
  execute format('create unlogged table staging.%I (line bigint, kept text, %s)', name, shape);
  execute format('create view staging.%I as select * from staging.%I where me() = %s', 'seen_' || name, name, wanted.owner);
  execute format('grant insert on staging.%I to tripoint_app', name);
  execute format('grant select on staging.%I to tripoint_app', 'seen_' || name);
end $$;
