-- Passkeys, one-time codes, identities elsewhere, and how lately a sign-in was proven.
-- All of it stands apart: the application reaches it only through the functions below.
create table officer_handle (officer uuid primary key references officer, handle bytea not null unique);
create table passkey (
  id uuid primary key, officer uuid not null references officer, credential bytea not null unique, public_key bytea not null,
  sign_count bigint not null, name text not null, transports text[] not null, backed_up boolean not null,
  added_at timestamptz not null default now(), used_at timestamptz
);
create index on passkey (officer);
-- Secrets are sealed with a key of the data folder; `pending` waits for its first right code.
create table one_time_code (
  officer uuid primary key references officer, sealed bytea, pending bytea, last_step bigint not null default 0, confirmed_at timestamptz
);
create table recovery_code (digest bytea primary key, officer uuid not null references officer, used_at timestamptz);
create index on recovery_code (officer);
create table sign_in_proof (sign_in uuid primary key references sign_in (id) on delete cascade, method text not null, proven_at timestamptz not null);
-- A question put to a browser (a passkey's challenge, a redirection to an issuer), found by the digest of the
-- browser's own secret; taken once, within minutes.
create table asked_proof (
  digest bytea primary key, kind text not null, sign_in uuid, challenge bytea not null, detail text, ends_at timestamptz not null
);
create index on asked_proof (ends_at);
create table identity_elsewhere (
  issuer text not null, subject text not null, officer uuid not null references officer, added_at timestamptz not null default now(),
  primary key (issuer, subject)
);
create index on identity_elsewhere (officer);
-- A password that was given to an officer holds until then, and for choosing his own alone; null: he chose it himself.
alter table officer_password add column initial_until timestamptz;
-- From when an officer's idle time counts where he has not signed in since.
alter table officer add column active_since timestamptz not null default now();
create function count_idle_from_now() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.active and not old.active then new.active_since := now(); end if;
  return new;
end $$;
create trigger count_idle_from_now before update on officer for each row execute function count_idle_from_now();
create index on audit (officer, seq) where act in ('sign_in', 'prove', 'change_password', 'add_passkey', 'remove_passkey', 'set_codes', 'remove_codes');

do $$
declare name text;
begin
  foreach name in array array['officer_handle', 'passkey', 'one_time_code', 'recovery_code', 'sign_in_proof', 'asked_proof', 'identity_elsewhere'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy functions on %I for all to current_user using (true) with check (true)', name);
  end loop;
end $$;
create policy idle_ends on officer for update to current_user using (true) with check (true);
create policy idle on audit for insert to current_user with check (act = 'change_officer' and outcome = 'idle');

create function my_officer() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('tripoint.officer', true), '')::uuid $$;

-- What an officer has to prove himself with besides the password.
create function factors_of(who uuid) returns table (passkeys bigint, codes boolean, recovery bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select (select count(*) from passkey where officer = who),
         exists (select from one_time_code where officer = who and sealed is not null),
         (select count(*) from recovery_code where officer = who and used_at is null)
$$;

-- Passkeys.
create function my_handle(fresh bytea) returns bytea language sql security definer set search_path = public, pg_temp as $$
  insert into officer_handle (officer, handle) select my_officer(), fresh where my_officer() is not null on conflict do nothing;
  select handle from officer_handle where officer = my_officer()
$$;
create function my_passkeys() returns table (id uuid, credential bytea, name text, transports text[], backed_up boolean, added_at timestamptz, used_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select k.id, k.credential, k.name, k.transports, k.backed_up, k.added_at, k.used_at from passkey k where k.officer = my_officer() order by k.added_at, k.id
$$;
create function credentials_named(wanted text) returns table (credential bytea, transports text[])
language sql stable security definer set search_path = public, pg_temp as $$
  select k.credential, k.transports from passkey k join officer o on o.id = k.officer join party p on p.number = o.party
   where o.sign_in_name = wanted and o.active and p.active order by k.added_at, k.id
$$;
create function passkey_with(wanted bytea) returns table (id uuid, officer uuid, party smallint, handle bytea, public_key bytea, sign_count bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select k.id, o.id, o.party, h.handle, k.public_key, k.sign_count
    from passkey k join officer o on o.id = k.officer join officer_handle h on h.officer = o.id join party p on p.number = o.party
   where k.credential = wanted and o.active and p.active
$$;
create function add_passkey(new_id uuid, new_credential bytea, new_key bytea, new_count bigint, new_name text, new_transports text[], new_backed_up boolean)
returns boolean language sql security definer set search_path = public, pg_temp as $$
  with added as (insert into passkey (id, officer, credential, public_key, sign_count, name, transports, backed_up)
    select new_id, my_officer(), new_credential, new_key, new_count, new_name, new_transports, new_backed_up where my_officer() is not null
    on conflict (credential) do nothing returning 1) select exists (select from added)
$$;
create function remove_passkey(which uuid) returns boolean language sql security definer set search_path = public, pg_temp as $$
  with gone as (delete from passkey where id = which and officer = my_officer() returning 1) select exists (select from gone)
$$;
-- False when the counter went back or stood still: the passkey may have been copied. One that never counts stays at 0.
create function use_passkey(which uuid, shown bigint) returns boolean language sql security definer set search_path = public, pg_temp as $$
  with used as (update passkey set sign_count = shown, used_at = now()
    where id = which and (sign_count < shown or (sign_count = 0 and shown = 0)) returning 1) select exists (select from used)
$$;

-- One-time codes and recovery codes.
create function code_of(who uuid) returns table (sealed bytea, pending bytea, last_step bigint, confirmed_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.sealed, c.pending, c.last_step, c.confirmed_at from one_time_code c where c.officer = who
$$;
create function begin_code(new_sealed bytea) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into one_time_code (officer, pending) select my_officer(), new_sealed where my_officer() is not null
    on conflict (officer) do update set pending = excluded.pending
$$;
create function confirm_code(step bigint) returns boolean language sql security definer set search_path = public, pg_temp as $$
  with set_up as (update one_time_code set sealed = pending, pending = null, last_step = step, confirmed_at = now()
    where officer = my_officer() and pending is not null returning 1) select exists (select from set_up)
$$;
-- Each step of time opens once: the row is changed by the first only.
create function take_code_step(who uuid, step bigint) returns boolean language sql security definer set search_path = public, pg_temp as $$
  with taken as (update one_time_code set last_step = step where officer = who and sealed is not null and last_step < step returning 1)
  select exists (select from taken)
$$;
create function remove_code() returns boolean language sql security definer set search_path = public, pg_temp as $$
  with gone as (delete from one_time_code where officer = my_officer() and sealed is not null returning 1) select exists (select from gone)
$$;
create function set_recovery_codes(digests bytea[]) returns void language sql security definer set search_path = public, pg_temp as $$
  delete from recovery_code where officer = my_officer();
  insert into recovery_code (digest, officer) select d, my_officer() from unnest(digests) as d where my_officer() is not null
$$;
create function use_recovery_code(who uuid, shown bytea) returns boolean language sql security definer set search_path = public, pg_temp as $$
  with used as (update recovery_code set used_at = now() where digest = shown and officer = who and used_at is null returning 1)
  select exists (select from used)
$$;
create function reset_factors(who uuid) returns boolean language sql security definer set search_path = public, pg_temp as $$
  with his as (select o.id from officer o where o.id = who and o.party = home()),
    keys as (delete from passkey k using his where k.officer = his.id),
    codes as (delete from one_time_code c using his where c.officer = his.id),
    recovery as (delete from recovery_code r using his where r.officer = his.id)
  select exists (select from his)
$$;

-- Questions put to a browser.
create function ask_proof(new_digest bytea, new_kind text, of_sign_in uuid, new_challenge bytea, new_detail text, lasts interval) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from asked_proof where digest in (select digest from asked_proof where ends_at < now() limit 100 for update skip locked);
  insert into asked_proof (digest, kind, sign_in, challenge, detail, ends_at) values (new_digest, new_kind, of_sign_in, new_challenge, new_detail, now() + lasts)
$$;
create function take_asked(wanted bytea, of_kind text, of_sign_in uuid) returns table (challenge bytea, detail text)
language sql security definer set search_path = public, pg_temp as $$
  with taken as (delete from asked_proof a where a.digest = wanted returning a.*)
  select t.challenge, t.detail from taken t where t.kind = of_kind and t.sign_in is not distinct from of_sign_in and t.ends_at > now()
$$;

create or replace function set_password(who uuid, new_hash text) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into officer_password (officer, hash) select o.id, new_hash from officer o where o.id = who and o.party = home()
  on conflict (officer) do update set hash = excluded.hash, initial_until = null;
  delete from sign_in_attempt where name_digest = (select sha256(convert_to(o.sign_in_name, 'UTF8')) from officer o where o.id = who and o.party = home())
$$;
create function set_initial_password(who uuid, new_hash text, lasts interval) returns void language sql security definer set search_path = public, pg_temp as $$
  select set_password(who, new_hash);
  update officer_password w set initial_until = now() + lasts from officer o where w.officer = who and o.id = who and o.party = home()
$$;
-- Null: chosen by the officer himself. False: given to him, and its time is over.
create function initial_holds(who uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select initial_until > now() from officer_password where officer = who
$$;
create function my_password() returns text language sql stable security definer set search_path = public, pg_temp as $$
  select hash from officer_password where officer = my_officer()
$$;

-- Proofs of a sign-in. Signing in is itself the first.
create function prove_sign_in(which uuid, by_method text) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into sign_in_proof (sign_in, method, proven_at) values (which, by_method, now())
    on conflict (sign_in) do update set method = excluded.method, proven_at = excluded.proven_at
$$;
create function proven_lately(which uuid, holds interval) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from sign_in s left join sign_in_proof p on p.sign_in = s.id
    where s.id = which and s.kind = 'session' and greatest(s.begun_at, p.proven_at) > now() - holds)
$$;
-- A new secret for the same session after each proof, and what it is confined to from then on.
create function renew_sign_in(which uuid, new_secret bytea, new_acts text[]) returns void language sql security definer set search_path = public, pg_temp as $$
  update sign_in set secret_hash = new_secret, acts = new_acts
   where id = which and officer = my_officer() and kind = 'session' and revoked_at is null
$$;
create function end_session_with(secret bytea) returns void language sql security definer set search_path = public, pg_temp as $$
  update sign_in set revoked_at = now() where secret_hash = secret and kind = 'session' and revoked_at is null
$$;
create function end_other_sign_ins(keep uuid) returns bigint language sql security definer set search_path = public, pg_temp as $$
  with ended as (update sign_in set revoked_at = now() where officer = my_officer() and id <> keep and revoked_at is null and ends_at > now() returning 1)
  select count(*) from ended
$$;

-- Identities elsewhere: linked by an administrator of the officer's own party, never made by a sign-in.
create function officer_known_as(of_issuer text, of_subject text) returns table (officer uuid, party smallint, party_code text)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, o.party, p.code from identity_elsewhere i join officer o on o.id = i.officer join party p on p.number = o.party
   where i.issuer = of_issuer and i.subject = of_subject and o.active and p.active
$$;
create function link_identity(of_issuer text, of_subject text, who uuid) returns boolean language sql security definer set search_path = public, pg_temp as $$
  with linked as (insert into identity_elsewhere (issuer, subject, officer)
    select of_issuer, of_subject, o.id from officer o where o.id = who and o.party = home() on conflict do nothing returning 1)
  select exists (select from linked)
$$;
create function unlink_identity(of_issuer text, of_subject text, who uuid) returns boolean language sql security definer set search_path = public, pg_temp as $$
  with gone as (delete from identity_elsewhere i using officer o
    where i.issuer = of_issuer and i.subject = of_subject and i.officer = who and o.id = who and o.party = home() returning 1)
  select exists (select from gone)
$$;
create function identities_of(who uuid) returns table (issuer text, subject text, added_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select i.issuer, i.subject, i.added_at from identity_elsewhere i join officer o on o.id = i.officer where o.id = who and o.party = home() order by i.added_at
$$;

-- Officers nobody has seen for so long are switched off, looked for once a day; an administrator switches them on again.
create function disable_idle_officers(idle interval) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare ended bigint;
begin
  insert into chore_done as c values ('idle_officers', current_date) on conflict (chore) do update set day = excluded.day where c.day < excluded.day;
  if not found then return 0; end if;
  with due as (select o.id from officer o where o.active and o.active_since < now() - idle
      and not exists (select from sign_in s where s.officer = o.id and s.seen_at > now() - idle) for update skip locked),
    off as (update officer o set active = false from due where o.id = due.id returning o.id, o.party),
    gone as (update sign_in s set revoked_at = now() from off where s.officer = off.id and s.revoked_at is null),
    noted as (insert into audit (party, act, object_kind, object_id, object_owner, outcome)
      select party, 'change_officer', 'officer', id, party, 'idle' from off)
  select count(*) into ended from off;
  return ended;
end $$;

do $$
declare made text;
begin
  foreach made in array array['my_officer()', 'my_password()', 'set_initial_password(uuid, text, interval)', 'initial_holds(uuid)', 'factors_of(uuid)', 'my_handle(bytea)', 'my_passkeys()', 'credentials_named(text)', 'passkey_with(bytea)',
    'add_passkey(uuid, bytea, bytea, bigint, text, text[], boolean)', 'remove_passkey(uuid)', 'use_passkey(uuid, bigint)', 'code_of(uuid)', 'begin_code(bytea)',
    'confirm_code(bigint)', 'take_code_step(uuid, bigint)', 'remove_code()', 'set_recovery_codes(bytea[])', 'use_recovery_code(uuid, bytea)', 'reset_factors(uuid)',
    'ask_proof(bytea, text, uuid, bytea, text, interval)', 'take_asked(bytea, text, uuid)', 'prove_sign_in(uuid, text)', 'proven_lately(uuid, interval)',
    'renew_sign_in(uuid, bytea, text[])', 'end_session_with(bytea)', 'end_other_sign_ins(uuid)', 'officer_known_as(text, text)',
    'link_identity(text, text, uuid)', 'unlink_identity(text, text, uuid)', 'identities_of(uuid)'] loop
    execute format('revoke all on function %s from public', made);
    execute format('grant execute on function %s to tripoint_app', made);
  end loop;
end $$;
revoke all on function disable_idle_officers(interval) from public;
grant execute on function disable_idle_officers(interval) to tripoint_relay;
