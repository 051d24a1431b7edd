-- Parties, their people, operations, sign-in and the audit trail.
create table party (
  number smallint primary key check (number between 0 and 255),
  code text not null unique check (code ~ '^[A-Z0-9]{2,12}$'),
  name text not null,
  kind text not null check (kind in ('country', 'territory', 'body')),
  contact text not null default '',
  active boolean not null default true
);
create table agency (
  id uuid primary key, party smallint not null references party, name text not null, unique (party, name)
);
create table officer (
  id uuid primary key, party smallint not null references party, agency uuid not null references agency,
  sign_in_name text not null unique, name text not null, roles text[] not null, active boolean not null default true,
  created_at timestamptz not null default now()
);
-- Secrets stand apart: the application may read them only through the functions below.
create table officer_password (officer uuid primary key references officer, hash text not null);
-- Failures are counted by the name that was typed, borne or not, so that a lock tells nobody which names exist;
-- by its SHA-256, because people type passwords into the wrong field.
create table sign_in_attempt (name_digest bytea primary key, failures smallint not null, failed_at timestamptz not null);
-- A browser's session or a machine's token; only the SHA-256 of the secret is kept.
create table sign_in (
  secret_hash bytea primary key, id uuid not null unique, kind text not null check (kind in ('session', 'token')),
  officer uuid not null references officer, device text, csrf text, acts text[],
  begun_at timestamptz not null default now(), seen_at timestamptz not null default now(),
  idle_for interval not null, ends_at timestamptz not null, revoked_at timestamptz
);
create index on sign_in (officer);

create table operation (
  id uuid primary key, name text not null, family text not null default '', edition text not null default '',
  starts_at timestamptz not null, ends_at timestamptz not null check (ends_at > starts_at),
  coordinator smallint not null references party
);
create table participation (
  operation uuid not null references operation, party smallint not null references party,
  primary key (operation, party)
);
create table post (
  id uuid primary key, operation uuid not null references operation, party smallint not null references party, name text not null,
  kind text not null check (kind in ('border', 'port', 'airport', 'river', 'road', 'camp')),
  latitude double precision not null check (latitude between -90 and 90),
  longitude double precision not null check (longitude between -180 and 180)
);
create index on post (operation);

-- Every act and every reading, ids only: written in the transaction of the act itself.
create table audit (
  seq bigint generated always as identity primary key, at timestamptz not null default clock_timestamp(),
  party smallint, officer uuid, device text, sign_in uuid, request uuid, act text not null, purpose text, reason text,
  object_kind text, object_id uuid, object_owner smallint, object_version integer, recipients smallint[], outcome text not null default 'done',
  owner_only boolean not null default false -- a check that met a record blind: not even the asker's own auditor learns of it
);
create index on audit (object_id) where object_id is not null;
create index on audit (party, seq);

alter table agency enable row level security; alter table agency force row level security;
alter table officer enable row level security; alter table officer force row level security;
alter table operation enable row level security; alter table operation force row level security;
alter table participation enable row level security; alter table participation force row level security;
alter table post enable row level security; alter table post force row level security;
alter table audit enable row level security; alter table audit force row level security;
alter table officer_password enable row level security;
alter table sign_in_attempt enable row level security;
alter table sign_in enable row level security;

create function my_operations() returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select operation from participation where party = home() union select id from operation where coordinator = home()
$$;
create policy own on agency for all to tripoint_app using (party = (select home())) with check (party = (select home()));
-- Sign-in names end in the party's own code: whether a name is taken says nothing about another party.
create policy own on officer for all to tripoint_app using (party = (select home())) with check (party = (select home())
  and sign_in_name ~ '^[^@]+@[^@]+$' and split_part(sign_in_name, '@', 2) = (select lower(code) from party where number = (select home())));
create policy takes_part on operation for select to tripoint_app using (id in (select my_operations()));
create policy coordinates on operation for all to tripoint_app using (coordinator = (select home())) with check (coordinator = (select home()));
create policy takes_part on participation for select to tripoint_app using (operation in (select my_operations()));
create policy coordinates on participation for all to tripoint_app
  using (exists (select from operation o where o.id = operation and o.coordinator = (select home())))
  with check (exists (select from operation o where o.id = operation and o.coordinator = (select home())));
create policy takes_part on post for select to tripoint_app using (operation in (select my_operations()));
create policy own_or_coordinator on post for all to tripoint_app
  using (operation in (select my_operations()) and (party = (select home()) or exists (select from operation o where o.id = operation and o.coordinator = (select home()))))
  with check (operation in (select my_operations()) and (party = (select home()) or exists (select from operation o where o.id = operation and o.coordinator = (select home()))));
-- A party sees its own officers' acts, and every act upon its own records.
create policy ours on audit for select to tripoint_app
  using ((party = (select home()) and not owner_only) or object_owner = (select home()));
create policy write on audit for insert to tripoint_app with check (party is not distinct from (select home()));
create policy relay on audit for insert to tripoint_relay with check (true);
-- The functions below run as the owner of the tables, which forced row-level security binds too.
create policy functions on operation for select to current_user using (true);
create policy functions on participation for select to current_user using (true);
create policy functions on officer for select to current_user using (true);
create policy functions on agency for select to current_user using (true);

grant select on party, agency, operation, participation, post to tripoint_app;
grant select on officer to tripoint_app;
grant insert on agency, officer, operation, participation, post to tripoint_app;
grant update (name) on agency to tripoint_app;
grant update (name, roles, active, agency) on officer to tripoint_app;
grant update (name, starts_at, ends_at) on operation to tripoint_app;
grant update (name, kind, latitude, longitude) on post to tripoint_app;
grant delete on participation, post to tripoint_app;
grant select, insert on audit to tripoint_app;
grant insert on audit to tripoint_relay;
grant select on party to tripoint_search, tripoint_relay;
grant select on operation, participation, post to tripoint_relay;
create policy relay on operation for select to tripoint_relay using (true);
create policy relay on participation for select to tripoint_relay using (true);
create policy relay on post for select to tripoint_relay using (true);

-- Recognise a secret and stand the rest of the transaction under its party. One call a request.
-- `renew` is false for the looks of a stream, which are no sign of a person: his idle time runs on.
-- Readers of content get `me()`; a hub operator or a mere administrator has only a home and sees no content.
create function sign_on(secret bytea, renew boolean default true) returns table (
  sign_in uuid, kind text, device text, csrf text, acts text[], ends_at timestamptz, officer uuid, officer_name text, agency text,
  party smallint, party_code text, party_name text, party_kind text, roles text[])
language plpgsql security definer set search_path = public, pg_temp as $$
declare who record;
begin
  select s.id, s.kind, s.device, s.csrf, s.acts, s.seen_at, least(s.ends_at, s.seen_at + s.idle_for) as until, o.id as officer, o.name, a.name as agency,
         p.number, p.code, p.name as party_name, p.kind as party_kind, o.roles into who
    from sign_in s join officer o on o.id = s.officer join agency a on a.id = o.agency join party p on p.number = o.party
   where s.secret_hash = secret and s.revoked_at is null and o.active and p.active
     and s.ends_at > now() and s.seen_at + s.idle_for > now();
  if not found then return; end if;
  if renew and who.seen_at < now() - interval '1 minute' then
    update sign_in set seen_at = now() where secret_hash =
      (select x.secret_hash from sign_in x where x.secret_hash = secret for update skip locked);
  end if;
  perform set_config('tripoint.home', who.number::text, true), set_config('tripoint.officer', who.officer::text, true),
    set_config('tripoint.party', case when who.roles && array['viewer','field_officer','contributor','analyst','liaison_officer','coordinator','data_protection_officer']
      then who.number::text else '-1' end, true);
  return query select who.id, who.kind, who.device, who.csrf, who.acts, who.until, who.officer, who.name, who.agency,
    who.number, who.code, who.party_name, who.party_kind, who.roles;
end $$;

-- Each attempt counts as a failure before it is judged, so that many at once are no way round the lock;
-- the fifth within 15 minutes of the one before locks the name for 15 minutes.
create function begin_attempt(wanted text) returns table (officer uuid, party smallint, hash text, locked boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
declare counted boolean;
begin
  delete from sign_in_attempt a where a.name_digest in
    (select x.name_digest from sign_in_attempt x where x.failed_at < now() - interval '15 minutes' limit 100 for update skip locked);
  insert into sign_in_attempt as a values (sha256(convert_to(wanted, 'UTF8')), 1, now())
    on conflict (name_digest) do update set failures = case when a.failed_at < now() - interval '15 minutes' then 1 else a.failures + 1 end, failed_at = now()
      where a.failures < 5 or a.failed_at < now() - interval '15 minutes'
    returning true into counted;
  return query select o.id, o.party, w.hash, counted is null from (select) as once
    left join (officer o join officer_password w on w.officer = o.id join party p on p.number = o.party)
      on o.sign_in_name = wanted and o.active and p.active;
end $$;
create function attempt_succeeded(wanted text) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from sign_in_attempt where name_digest = sha256(convert_to(wanted, 'UTF8'))
$$;
create function open_sign_in(secret bytea, new_id uuid, new_kind text, who uuid, new_device text, new_csrf text, new_acts text[], idle interval, ends timestamptz)
returns void language sql security definer set search_path = public, pg_temp as $$
  insert into sign_in (secret_hash, id, kind, officer, device, csrf, acts, idle_for, ends_at)
  values (secret, new_id, new_kind, who, new_device, new_csrf, new_acts, idle, ends)
$$;
-- Only the own party's sign-ins can be listed and ended.
create function sign_ins(of_officer uuid) returns table (id uuid, kind text, officer uuid, device text, begun_at timestamptz, seen_at timestamptz, ends_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.kind, s.officer, s.device, s.begun_at, s.seen_at, s.ends_at from sign_in s join officer o on o.id = s.officer
   where o.party = home() and (of_officer is null or s.officer = of_officer) and s.revoked_at is null and s.ends_at > now() order by s.begun_at desc
$$;
create function end_sign_in(which uuid) returns boolean language sql security definer set search_path = public, pg_temp as $$
  with ended as (update sign_in s set revoked_at = now() from officer o
    where s.id = which and o.id = s.officer and o.party = home() and s.revoked_at is null returning 1) select exists (select from ended)
$$;
create function end_sign_ins_of(who uuid) returns void language sql security definer set search_path = public, pg_temp as $$
  update sign_in s set revoked_at = now() from officer o where s.officer = who and o.id = who and o.party = home() and s.revoked_at is null
$$;
create function set_password(who uuid, new_hash text) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into officer_password (officer, hash) select o.id, new_hash from officer o where o.id = who and o.party = home()
  on conflict (officer) do update set hash = excluded.hash;
  delete from sign_in_attempt where name_digest = (select sha256(convert_to(o.sign_in_name, 'UTF8')) from officer o where o.id = who and o.party = home())
$$;
revoke all on function sign_on(bytea, boolean), begin_attempt(text), attempt_succeeded(text), sign_ins(uuid), end_sign_in(uuid), end_sign_ins_of(uuid),
  set_password(uuid, text), my_operations(), open_sign_in(bytea, uuid, text, uuid, text, text, text[], interval, timestamptz) from public;
grant execute on function sign_on(bytea, boolean), begin_attempt(text), attempt_succeeded(text), sign_ins(uuid), end_sign_in(uuid), end_sign_ins_of(uuid),
  set_password(uuid, text), my_operations(), open_sign_in(bytea, uuid, text, uuid, text, text, text[], interval, timestamptz) to tripoint_app;
