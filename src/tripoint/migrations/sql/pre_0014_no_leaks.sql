-- What the proofs of non-interference asked for.

-- What a check met blind is raised by the relay, apart from the check (desks/checks/raising.py).
grant insert on hit, hit_finding to tripoint_relay;
create policy relay on hit_finding for insert to tripoint_relay with check (true);

-- What is told and what is met blind are counted apart here too: fifty cars that bear a common plate and are met blind
-- must not crowd out the one that the asker may be told of.
create or replace function search_vehicles(asked_vin text, asked_plate text, asked_country text)
returns table (id uuid, owner smallint, level text, by_vin text, by_plate text, vin text, plate text, country text, make text, model text, colour text, status text, reported date, version integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
    with met as (
      select v.id, v.owner, meeting_level(v.terms, v.owner, me()) as level,
             case when v.vin = asked_vin then 'exact' when fold_mark(v.vin) = fold_mark(asked_vin) then 'confused' end as by_vin,
             case when v.plate = asked_plate then 'exact' when fold_mark(v.plate) = fold_mark(asked_plate) then 'confused' end as by_plate,
             v.vin, v.plate, v.country, v.make, v.model, v.colour, v.status, v.reported, v.version
        from vehicle v
       where v.ended_at is null and ((v.vin_key = mark_key(asked_vin) and fold_mark(v.vin) = fold_mark(asked_vin))
          or (v.plate_key = mark_key(asked_plate) and fold_mark(v.plate) = fold_mark(asked_plate) and (asked_country is null or v.country is null or v.country = asked_country)))),
    placed as (
      select m.*, row_number() over (partition by m.level = 'blind' order by m.by_vin is distinct from 'exact', m.by_plate is distinct from 'exact', m.id) as place
        from met m where m.level is not null)
    select p.id, p.owner, p.level, p.by_vin, p.by_plate, p.vin, p.plate, p.country, p.make, p.model, p.colour, p.status, p.reported, p.version
      from placed p where p.place <= 50 order by p.level = 'blind', p.place;
end $$;
create or replace function search_firearms(asked text)
returns table (id uuid, owner smallint, level text, exact boolean, serial text, make text, model text, calibre text, country text, status text, reported date, version integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
    with met as (
      select f.id, f.owner, meeting_level(f.terms, f.owner, me()) as level, f.serial = asked as exact, f.serial, f.make, f.model, f.calibre, f.country, f.status, f.reported, f.version
        from firearm f where f.ended_at is null and f.serial_key = mark_key(asked) and fold_mark(f.serial) = fold_mark(asked)),
    placed as (
      select m.*, row_number() over (partition by m.level = 'blind' order by m.exact desc, m.id) as place from met m where m.level is not null)
    select p.id, p.owner, p.level, p.exact, p.serial, p.make, p.model, p.calibre, p.country, p.status, p.reported, p.version
      from placed p where p.place <= 200 order by p.level = 'blind', p.place;
end $$;

-- The hit desk's newest: read in their order, each looked at through the predicate, until a page is full.
create index on hit (raised_at desc, id desc);

-- A right that is taken away ends open streams at once: they are woken, look again, and are not recognised any more.
create function wake_streams() returns trigger language plpgsql set search_path = public, pg_temp as
  $$ begin notify tripoint_feed; return null; end $$;
create trigger wake_streams after update of revoked_at on sign_in for each statement execute function wake_streams();
create trigger wake_streams after update of roles, active on officer for each statement execute function wake_streams();
create trigger wake_streams after update of active on party for each statement execute function wake_streams();

-- A right and the acts it allows are one: whoever is recognised holds his rights until his transaction ends, and whoever
-- takes them away waits until then. So no act is ever kept after the commit that took its right away. The locks live in
-- memory and cost a request a few microseconds; two requests of one officer do not wait for each other.
create function hold_rights(secret bytea) returns bytea language plpgsql security definer set search_path = public, pg_temp as $$
declare held record;
begin
  select s.id, s.officer into held from sign_in s where s.secret_hash = secret;
  if found then
    perform pg_advisory_xact_lock_shared(7261004, hashtext(held.officer::text)), pg_advisory_xact_lock_shared(7261005, hashtext(held.id::text));
    perform set_config('tripoint.sign_in', held.id::text, true);
  end if;
  return secret;
end $$;
create function await_officer() returns trigger language plpgsql security definer set search_path = public, pg_temp as
  $$ begin perform pg_advisory_xact_lock(7261004, hashtext(old.id::text)); return new; end $$;
create trigger await_officer before update of roles, active on officer for each row
  when (old.roles is distinct from new.roles or old.active is distinct from new.active) execute function await_officer();
create function await_party() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock(7261004, key) from (select distinct hashtext(o.id::text) as key from officer o where o.party = old.number order by key) as officers;
  return new;
end $$;
create trigger await_party before update of active on party for each row
  when (old.active and not new.active) execute function await_party();
-- Who signs himself out holds his own sign-in already: two of his requests that do so at once must not wait for each
-- other for good, so that his other requests in hand are waited for one second at most.
create function await_sign_in() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if old.id::text is distinct from nullif(current_setting('tripoint.sign_in', true), '') then
    perform pg_advisory_xact_lock(7261005, hashtext(old.id::text));
    return new;
  end if;
  for attempt in 1 .. 50 loop
    exit when pg_try_advisory_xact_lock(7261005, hashtext(old.id::text));
    perform pg_sleep(0.02);
  end loop;
  return new;
end $$;
create trigger await_sign_in before update of revoked_at on sign_in for each row
  when (old.revoked_at is null and new.revoked_at is not null) execute function await_sign_in();
revoke all on function hold_rights(bytea), wake_streams(), await_officer(), await_party(), await_sign_in() from public;
grant execute on function hold_rights(bytea) to tripoint_app;
