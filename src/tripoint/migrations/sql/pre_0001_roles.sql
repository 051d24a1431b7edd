-- The roles: none of them owns a table or can bypass row-level security.
--   tripoint_app     what a request runs as
--   tripoint_search  owns the functions by which a check meets records; never logs in
--   tripoint_relay   numbers the feed, keeps the counters, lets hits expire
--   tripoint_index   follows changes of persons and terms into the index beside the database; reads those two only
do $$
declare wanted text;
begin
  foreach wanted in array array['tripoint_app', 'tripoint_search', 'tripoint_relay', 'tripoint_index'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      begin -- roles belong to the whole server: another hub's migration may make them at the same moment
        execute format('create role %I nosuperuser nocreatedb nocreaterole nobypassrls', wanted);
      exception when duplicate_object or unique_violation then null;
      end;
    end if;
    execute format('grant %I to current_user', wanted);
  end loop;
end $$;
grant usage on schema public to tripoint_app, tripoint_search, tripoint_relay, tripoint_index;

-- Who is asking, set for one transaction at a time by the door. Nobody: nothing is visible.
create function me() returns integer language sql stable parallel safe as
  $$ select nullif(current_setting('tripoint.party', true), '')::integer $$;
create function home() returns integer language sql stable parallel safe as
  $$ select nullif(current_setting('tripoint.home', true), '')::integer $$;

-- A party bitmask: bit n stands for party number n, 256 parties at most.
create function party_mask(numbers smallint[]) returns bit(256) language sql immutable parallel safe as $$
  select coalesce(bit_or(set_bit(repeat('0', 256)::bit(256), n, 1)), repeat('0', 256)::bit(256)) from unnest(numbers) as n
$$;

-- What eyes confuse, folded to one digit; the same table as words/documents.py.
create function fold_mark(mark text) returns text language sql immutable strict parallel safe as
  $$ select translate(mark, 'OQDILJSBZG', '0001115826') $$;
create function mark_key(mark text) returns bigint language sql immutable strict parallel safe as
  $$ select hashtextextended(translate(mark, 'OQDILJSBZG', '0001115826'), 0) $$;

-- UUID version 7 for rows made in bulk (PostgreSQL has its own only from 18 on).
create function uuid7() returns uuid language sql volatile parallel safe as $$
  select encode(set_byte(set_byte(
    substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) || substring(uuid_send(gen_random_uuid()) from 7),
    6, (get_byte(uuid_send(gen_random_uuid()), 6) & 15) | 112), 8, (get_byte(uuid_send(gen_random_uuid()), 8) & 63) | 128), 'hex')::uuid
$$;
