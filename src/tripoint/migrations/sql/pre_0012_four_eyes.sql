-- Devices, the first administrator, four eyes, merging and break-glass.
create function acting_officer() returns uuid language sql stable parallel safe as
  $$ select nullif(current_setting('tripoint.officer', true), '')::uuid $$;

-- A device keeps its private key; here stand the public one and what it is called. An invitation is used once.
create table enrolment (
  code_hash bytea primary key, id uuid not null unique, party smallint not null references party, officer uuid not null references officer,
  name text not null, made_by uuid not null references officer, made_at timestamptz not null default now(), ends_at timestamptz not null, used_at timestamptz
);
create table device (
  id uuid primary key, party smallint not null references party, officer uuid not null references officer, name text not null, public_key jsonb not null,
  enrolled_at timestamptz not null default now(), confirmed_at timestamptz, ends_at timestamptz not null, seen_at timestamptz, revoked_at timestamptz, revoked_by uuid
);
create index on device (officer);
-- The numbers of proofs already seen, with the request that showed each: a second request with the same one is a replay.
create table device_proof (
  device uuid not null references device, jti bytea not null, request uuid not null, seen_at timestamptz not null default now(), primary key (device, jti)
);
create table device_challenge (device uuid primary key references device, digest bytea not null, made_at timestamptz not null default now());
alter table sign_in add column bound_to uuid references device;
alter table sign_in drop constraint sign_in_kind_check;
alter table sign_in add constraint sign_in_kind_check check (kind in ('session', 'token', 'device') and (kind = 'device') = (bound_to is not null));
create index on sign_in (bound_to) where bound_to is not null;
-- The one code by which a hub without anybody lets its first administrator in.
create table first_code (only_one boolean primary key default true check (only_one), digest bytea not null, ends_at timestamptz not null, failures smallint not null default 0);

-- What waits for a second officer. `digest` is of the canonical form of `body`: who approves says what he saw.
create table approval (
  id uuid primary key, party smallint not null references party, act text not null, object_kind text, object_id uuid,
  body jsonb not null, digest bytea not null, reason text not null, asked_by uuid not null references officer, asked_at timestamptz not null, ends_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'rejected', 'withdrawn', 'expired')),
  decided_by uuid references officer, decided_at timestamptz, answer text,
  constraint two_people check (state not in ('approved', 'rejected') or (decided_by is not null and decided_by <> asked_by))
);
create index on approval (party, asked_at desc);
create index on approval (ends_at) where state = 'waiting';
-- Two records of one person made one: whoever asks for the one that ended is shown to the one that stayed.
create table record_merged (
  gone uuid primary key, kept uuid not null, kind text not null, owner smallint not null references party, approval uuid not null, at timestamptz not null
);
-- What was opened in an emergency, until when, and what its owner thought of it afterwards.
create table glass (
  id uuid primary key, party smallint not null references party, officer uuid not null references officer, by_name text not null,
  kind text not null check (kind in ('person', 'document', 'vehicle', 'firearm')), record uuid not null, owner smallint not null references party, hit uuid, reason text not null,
  opened_at timestamptz not null default now(), ends_at timestamptz not null, closed_at timestamptz, closed_by uuid,
  review_due_at timestamptz not null, verdict text check (verdict in ('justified', 'not_justified')), reviewed_by uuid, reviewed_at timestamptz, answer text,
  constraint two_people check (reviewed_by is null or reviewed_by <> officer)
);
create index on glass (owner, opened_at desc); create index on glass (officer, ends_at);

do $$
declare name text;
begin
  foreach name in array array['enrolment', 'device', 'device_proof', 'device_challenge', 'first_code', 'approval', 'record_merged', 'glass'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
  foreach name in array array['enrolment', 'device', 'device_proof', 'device_challenge', 'first_code', 'glass'] loop
    execute format('create policy functions on %I for all to current_user using (true) with check (true)', name);
  end loop;
end $$;
create policy own on device for select to tripoint_app using (party = (select home()));
create policy seen on approval for select to tripoint_app using (party = (select me()));
create policy ask on approval for insert to tripoint_app
  with check (party = (select me()) and asked_by = (select acting_officer()) and state = 'waiting' and decided_by is null);
-- Decided once: whoever comes second finds nothing to decide.
create policy decide on approval for update to tripoint_app using (party = (select me()) and state = 'waiting')
  with check (party = (select me()) and decided_by = (select acting_officer()));
create policy own on record_merged for all to tripoint_app using (owner = (select me())) with check (owner = (select me()));
create policy seen on glass for select to tripoint_app using (party = (select me()) or owner = (select me()));
grant select on device, glass to tripoint_app;
grant select, insert on approval, record_merged to tripoint_app;
grant update (state, decided_by, decided_at, answer) on approval to tripoint_app;

-- Approvals that nobody gave in time end by themselves, with a line on the trail.
create policy functions on approval for select to current_user using (true);
create policy functions_end on approval for update to current_user using (state = 'waiting') with check (state = 'expired');
create policy approvals on audit for insert to current_user with check (outcome = 'expired' and object_kind = 'approval');
create function expire_approvals() returns bigint language sql security definer set search_path = public, pg_temp as $$
  with gone as (update approval set state = 'expired', decided_at = now() where state = 'waiting' and ends_at < now() returning id, party, act),
       noted as (insert into audit (party, act, object_kind, object_id, object_owner, outcome)
                 select party, act, 'approval', id, party, 'expired' from gone)
  select count(*) from gone
$$;

-- Devices: invited, enrolled, confirmed by their officer, recognised, lost.
create function invite_device(new_code bytea, new_id uuid, for_officer uuid, called text, ends timestamptz) returns boolean
language sql security definer set search_path = public, pg_temp as $$
  with made as (insert into enrolment (code_hash, id, party, officer, name, made_by, ends_at)
    select new_code, new_id, o.party, o.id, called, acting_officer(), ends from officer o where o.id = for_officer and o.party = home() and o.active
    returning 1) select exists (select from made)
$$;
-- A device that somebody else than its officer invited sleeps until the officer himself confirms it.
create function enrol_device(shown_code bytea, new_id uuid, new_key jsonb, ends timestamptz)
returns table (officer uuid, party smallint, name text, awake boolean) language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare e record;
begin
  update enrolment n set used_at = now() from officer o, party p
   where n.code_hash = shown_code and n.used_at is null and n.ends_at > now() and o.id = n.officer and o.active and p.number = n.party and p.active
   returning n.officer, n.party, n.name, n.made_by = n.officer as awake into e;
  if not found then return; end if;
  insert into device (id, party, officer, name, public_key, confirmed_at, ends_at)
  values (new_id, e.party, e.officer, e.name, new_key, case when e.awake then now() end, ends);
  perform set_config('tripoint.home', e.party::text, true), set_config('tripoint.party', '-1', true), set_config('tripoint.officer', e.officer::text, true);
  return query select e.officer, e.party, e.name, e.awake;
end $$;
create function confirm_device(which uuid) returns boolean language sql security definer set search_path = public, pg_temp as $$
  with woken as (update device d set confirmed_at = now()
    where d.id = which and d.party = home() and d.officer = acting_officer() and d.confirmed_at is null and d.revoked_at is null returning 1)
  select exists (select from woken)
$$;
create function revoke_device(which uuid) returns boolean language sql security definer set search_path = public, pg_temp as $$
  with lost as (update device d set revoked_at = now(), revoked_by = acting_officer() where d.id = which and d.party = home() and d.revoked_at is null returning d.id),
       ended as (update sign_in s set revoked_at = now() from lost where s.bound_to = lost.id and s.revoked_at is null)
  select exists (select from lost)
$$;
create function challenge_device(which uuid, challenge bytea) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into device_challenge (device, digest) select d.id, challenge from device d where d.id = which and d.revoked_at is null
  on conflict (device) do update set digest = excluded.digest, made_at = now()
$$;
-- A challenge is answered once, right or wrong; whoever answers stands under his party from here on.
create function answer_challenge(which uuid, challenge bytea) returns table (officer uuid, party smallint, name text, public_key jsonb, awake boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare d record;
begin
  delete from device_challenge c where c.device = which and c.digest = challenge and c.made_at > now() - interval '2 minutes';
  if not found then return; end if;
  select v.officer, v.party, v.name, v.public_key, v.confirmed_at is not null as awake into d
    from device v join officer o on o.id = v.officer join party p on p.number = v.party
   where v.id = which and v.revoked_at is null and v.ends_at > now() and o.active and p.active;
  if not found then return; end if;
  perform set_config('tripoint.home', d.party::text, true), set_config('tripoint.party', '-1', true), set_config('tripoint.officer', d.officer::text, true);
  return query select d.officer, d.party, d.name, d.public_key, d.awake;
end $$;
-- The lock on the device's row lets a revocation either come first, and nothing is opened, or end what was opened.
create function open_device_sign_in(secret bytea, new_id uuid, which uuid, may_do text[], lasts interval, ends timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare d record;
begin
  select v.id, v.officer, v.name, v.ends_at into d from device v
   where v.id = which and v.party = home() and v.officer = acting_officer() and v.revoked_at is null and v.confirmed_at is not null and v.ends_at > now() for update;
  if not found then return false; end if;
  insert into sign_in (secret_hash, id, kind, officer, device, acts, idle_for, ends_at, bound_to)
  values (secret, new_id, 'device', d.officer, d.name, may_do, lasts, least(ends, d.ends_at), d.id);
  return true;
end $$;
-- The key that a device's sign-in is bound to, and whether this proof's number is new, of this request, or another's.
create function prove_possession(which uuid, new_jti bytea, by_request uuid) returns table (device uuid, public_key jsonb, standing text)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare d record; standing text := 'new';
begin
  select v.id, v.public_key, v.seen_at into d from sign_in s join device v on v.id = s.bound_to
   where s.id = which and v.revoked_at is null and v.confirmed_at is not null and v.ends_at > now();
  if not found then return; end if;
  if d.seen_at is null or d.seen_at < now() - interval '1 minute' then
    update device v set seen_at = now() where v.id = (select x.id from device x where x.id = d.id for update skip locked);
    delete from device_proof p where (p.device, p.jti) in
      (select x.device, x.jti from device_proof x where x.device = d.id and x.seen_at < now() - interval '1 hour' limit 500 for update skip locked);
  end if;
  insert into device_proof values (d.id, new_jti, by_request) on conflict (device, jti) do nothing;
  if not found then
    select case when p.request = by_request then 'same' else 'used' end into standing from device_proof p where p.device = d.id and p.jti = new_jti;
  end if;
  return query select d.id, d.public_key, standing;
end $$;
alter function prove_possession(uuid, bytea, uuid) rows 1;

-- The first administrator: only while the hub has nobody at all, and by the code that the hub's own console showed.
create function hub_is_empty() returns boolean language sql stable security definer set search_path = public, pg_temp as
  $$ select not exists (select from officer) $$;
create function offer_first_code(new_digest bytea, lasts interval) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  if not hub_is_empty() then return false; end if;
  insert into first_code (digest, ends_at) values (new_digest, now() + lasts)
    on conflict (only_one) do update set digest = excluded.digest, ends_at = excluded.ends_at, failures = 0;
  return true;
end $$;
-- Each attempt counts as a failure before it is judged; after the fifth the code is dead.
create function try_first_code(shown bytea) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare c record;
begin
  update first_code set failures = failures + 1 where failures < 5 and ends_at > now() and hub_is_empty() returning digest into c;
  return found and c.digest = shown;
end $$;
-- Uses the code up and lets the party take part; null when another was quicker.
create function found_first_party(shown bytea, new_code text, new_name text, new_kind text) returns smallint
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare n smallint;
begin
  lock table officer in share row exclusive mode;
  delete from first_code where digest = shown and ends_at > now() and hub_is_empty();
  if not found then return null; end if;
  select number into n from party where code = new_code;
  if n is null then
    select coalesce(max(number) + 1, 0) into n from party;
    insert into party (number, code, name, kind) values (n, new_code, new_name, new_kind);
  end if;
  perform set_config('tripoint.home', n::text, true), set_config('tripoint.party', '-1', true);
  return n;
end $$;

-- After a merge the hits that still wait follow the record that stays; decided ones remain what they were.
create policy merged_sees on hit for select to current_user using (owner = (select me()));
create policy merged_moves on hit for update to current_user using (owner = (select me())) with check (owner = (select me()));
create function move_waiting_hits(gone_record uuid, kept_record uuid, kept_version integer) returns bigint
language sql security definer set search_path = public, pg_temp as $$
  with moved as (update hit h set record = kept_record, record_version = kept_version from record_merged m
    where h.record = gone_record and h.owner = me() and h.state in ('new', 'referred') and m.gone = gone_record and m.kept = kept_record and m.owner = me() returning 1)
  select count(*) from moved
$$;
create policy functions on record_merged for select to current_user using (owner = (select me()));

-- Break-glass stands beside the policies of the records, which are as quick as before: what is open is read through
-- functions, which see what this party's checks may meet, and hand on one record to one officer while his glass is open.
do $$
declare name text;
begin
  foreach name in array array['person', 'document', 'vehicle', 'firearm'] loop
    execute format('create policy glass on %I for select to current_user
      using (owner = (select me()) or terms in (select meetable_terms()) or terms in (select readable_terms()))', name);
  end loop;
end $$;
create policy glass on hit for select to current_user using (asker = (select me()) and level <> 'blind');
-- What an emergency may open of a record: 'own' of one's party, 'read' where it is released, 'met' where its owner's terms say so.
create function openable(of_kind text, of_record uuid) returns table (owner smallint, version integer, way text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  if of_kind not in ('person', 'document', 'vehicle', 'firearm') or me() < 0 then return; end if;
  return query execute format('select r.owner, r.version, case when r.owner = me() then ''own'' when r.terms in (select readable_terms()) then ''read''
      when meeting_level(r.terms, r.owner, me()) in (''pointer'', ''full'')
       and exists (select from terms t where t.id = r.terms and t.spec->''break_glass'' = ''true''::jsonb) then ''met'' else ''closed'' end
    from %I r where r.id = $1 and r.ended_at is null', of_kind) using of_record;
end $$;
-- Open a glass on a record that the officer's party may see, or on one behind a hit of its own. At most three at once.
create function open_glass(new_id uuid, of_kind text, of_record uuid, of_hit uuid, because text, lasts interval, review interval)
returns table (owner smallint, kind text, record uuid, version integer, refused text) language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare h record; o record; who record;
begin
  if of_hit is not null then
    select case x.kind when 'person_document' then 'person' else x.kind end as kind, x.record into h from hit x
     where x.id = of_hit and x.asker = me() and x.level <> 'blind';
    if not found then return; end if;
    of_kind := h.kind; of_record := h.record;
  end if;
  select x.owner, x.version, x.way into o from openable(of_kind, of_record) x;
  if not found or (of_hit is null and o.way not in ('own', 'read')) then return; end if;
  if o.way = 'closed' then return query select o.owner, of_kind, of_record, o.version, 'terms'; return; end if;
  select f.id, f.name into who from officer f where f.id = acting_officer() and f.party = me();
  perform pg_advisory_xact_lock(7261012, hashtext(who.id::text));
  if (select count(*) from glass g where g.officer = who.id and g.closed_at is null and g.ends_at > now()) >= 3 then
    return query select o.owner, of_kind, of_record, o.version, 'many'; return;
  end if;
  insert into glass (id, party, officer, by_name, kind, record, owner, hit, reason, ends_at, review_due_at)
  values (new_id, me(), who.id, who.name, of_kind, of_record, o.owner, of_hit, because, now() + lasts, now() + review);
  return query select o.owner, of_kind, of_record, o.version, null::text;
end $$;
-- The record behind an open glass: asked anew each time, so that closing it, narrower terms or the end of the record count at once.
create function read_through_glass(which uuid) returns table (kind text, owner smallint, owner_code text, held jsonb, handling text, source_grade text,
  information_grade text, confidence text, purpose text) language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare g record;
begin
  select x.kind, x.record into g from glass x
   where x.id = which and x.officer = acting_officer() and x.party = me() and x.closed_at is null and x.ends_at > now();
  if not found or not exists (select from openable(g.kind, g.record) o where o.way <> 'closed') then return; end if;
  return query execute format('select %L, r.owner, p.code, to_jsonb(r), t.handling, t.source_grade, t.information_grade, t.confidence, t.purpose
    from %I r join party p on p.number = r.owner join terms t on t.id = r.terms where r.id = $1', g.kind, g.kind) using g.record;
end $$;
create function close_glass(which uuid) returns smallint[] language sql security definer set search_path = public, pg_temp as $$
  update glass g set closed_at = now(), closed_by = acting_officer()
   where g.id = which and g.closed_at is null and g.ends_at > now() and (g.party = me() or g.owner = me()) returning array[g.party, g.owner]
$$;
create function review_glass(which uuid, new_verdict text, words text) returns smallint[] language sql security definer set search_path = public, pg_temp as $$
  update glass g set verdict = new_verdict, answer = words, reviewed_by = acting_officer(), reviewed_at = now(),
      closed_at = coalesce(g.closed_at, case when g.ends_at > now() then now() end), closed_by = coalesce(g.closed_by, case when g.ends_at > now() then acting_officer() end)
   where g.id = which and g.owner = me() and g.verdict is null and g.officer <> acting_officer() returning array[g.party, g.owner]
$$;

do $$
declare made text;
begin
  foreach made in array array['acting_officer()', 'expire_approvals()', 'invite_device(bytea, uuid, uuid, text, timestamptz)', 'enrol_device(bytea, uuid, jsonb, timestamptz)',
      'confirm_device(uuid)', 'revoke_device(uuid)', 'challenge_device(uuid, bytea)', 'answer_challenge(uuid, bytea)',
      'open_device_sign_in(bytea, uuid, uuid, text[], interval, timestamptz)', 'prove_possession(uuid, bytea, uuid)', 'hub_is_empty()',
      'offer_first_code(bytea, interval)', 'try_first_code(bytea)', 'found_first_party(bytea, text, text, text)', 'move_waiting_hits(uuid, uuid, integer)',
      'openable(text, uuid)', 'open_glass(uuid, text, uuid, uuid, text, interval, interval)', 'read_through_glass(uuid)', 'close_glass(uuid)',
      'review_glass(uuid, text, text)'] loop
    execute format('revoke all on function %s from public', made);
    if made = 'expire_approvals()' then execute format('grant execute on function %s to tripoint_relay', made);
    elsif made <> 'openable(text, uuid)' then execute format('grant execute on function %s to tripoint_app', made); end if;
  end loop;
end $$;
