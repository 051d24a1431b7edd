-- An operation as a plan: phases, hubs, partners, agencies, posts on the map, shifts, rights that end with it, and the
-- daily reports of its parties. Whoever takes part reads the plan, its coordinator writes it, a party writes its own part.
alter table operation
  add column project text not null default '', add column funder text not null default '', add column time_zone text not null default 'UTC',
  add column stated_count smallint check (stated_count between 0 and 256),
  add column report_due time, -- local time of each party by which its day's report is due; null: none are asked for
  add column shares_reporting boolean not null default true; -- whether all its parties see who has reported (never what)
alter table post
  add column hotspot boolean not null default false, add column priority smallint not null default 3 check (priority between 1 and 5),
  add column time_zone text not null default 'UTC', add column closed boolean not null default false,
  add column officers_wanted smallint not null default 0 check (officers_wanted between 0 and 99);
create table operation_phase (
  id uuid primary key, operation uuid not null references operation, kind text not null check (kind in ('pre', 'action', 'post')),
  starts_at timestamptz not null, ends_at timestamptz not null check (ends_at > starts_at), remarks text not null default ''
);
create table hub_site (
  id uuid primary key, operation uuid not null references operation, kind text not null check (kind in ('hub', 'support')), name text not null,
  place text not null, host smallint references party, latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180), time_zone text not null, contact text not null default ''
);
-- A partner is a contact with a role. It reads nothing by standing here: a partner that is a party takes part as one.
create table operation_partner (
  id uuid primary key, operation uuid not null references operation, name text not null,
  role text not null check (role in ('follow_up', 'support', 'protection', 'information', 'training', 'funding', 'other')),
  duties text not null default '', contact text not null default '', party smallint references party
);
create table operation_party (
  operation uuid not null references operation, party smallint not null references party, time_zone text not null,
  territories text[] not null default '{}', contact text not null default '', primary key (operation, party)
);
create table operation_agency (
  id uuid primary key, operation uuid not null references operation, party smallint not null references party, name text not null,
  kind text not null check (kind in ('police', 'gendarmerie', 'border_guard', 'migration', 'customs', 'coast_guard', 'military', 'judiciary', 'other')),
  focal_point text not null default '', reports boolean not null default false, unique (operation, party, name)
);
create table shift (
  id uuid not null, operation uuid not null references operation, party smallint not null references party, officer uuid not null references officer,
  post uuid references post, site uuid references hub_site, starts_at timestamptz not null, ends_at timestamptz not null check (ends_at > starts_at),
  cancelled boolean not null default false, remarks text not null default '', check (num_nonnulls(post, site) = 1),
  primary key (party, id) -- clients make the ids: one taken elsewhere must not tell so
);
create index on shift (officer, starts_at); create index on shift (operation, starts_at);
create table role_grant (
  id uuid primary key, party smallint not null references party, officer uuid not null references officer, operation uuid not null references operation,
  role text not null check (role in ('viewer', 'field_officer', 'contributor', 'analyst', 'liaison_officer', 'coordinator', 'victim_specialist', 'press_officer')),
  from_at timestamptz not null, until_at timestamptz not null check (until_at > from_at),
  granted_by uuid not null references officer, granted_at timestamptz not null default now(), ended_at timestamptz
);
create index on role_grant (officer) where ended_at is null;
create table operation_history (
  id bigint generated always as identity primary key, operation uuid not null, part text not null, object uuid, party smallint,
  act text not null, was jsonb, became jsonb, at timestamptz not null default clock_timestamp(), by_party smallint, officer uuid
);
create index on operation_history (operation, id);
create table situation_report (
  id uuid not null, operation uuid not null references operation, owner smallint not null references party, agency uuid references operation_agency,
  day date not null, due_at timestamptz, sent_at timestamptz not null default now(), state text not null check (state in ('preliminary', 'final', 'withdrawn')),
  version integer not null default 1, figures jsonb not null, remarks text not null default '', digest bytea not null,
  filed_by uuid not null, changed_at timestamptz not null default now(), primary key (owner, id)
);
create unique index situation_report_once on situation_report (operation, owner, day, coalesce(agency, operation)) where state <> 'withdrawn';
create table situation_history (
  report uuid not null, version integer not null, owner smallint not null, operation uuid not null, state text not null,
  figures jsonb not null, remarks text not null, reason text not null, changed_at timestamptz not null, changed_by uuid not null,
  primary key (owner, report, version), foreign key (owner, report) references situation_report (owner, id)
);
create table situation_alarm (
  operation uuid not null references operation, party smallint not null, agency uuid, day date not null, due_at timestamptz not null,
  raised_at timestamptz not null default now()
);
create unique index situation_alarm_once on situation_alarm (operation, party, day, coalesce(agency, operation));

do $$
declare name text;
begin
  foreach name in array array['operation_phase', 'hub_site', 'operation_partner', 'operation_party', 'operation_agency', 'shift', 'role_grant',
                              'operation_history', 'situation_report', 'situation_history', 'situation_alarm'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
create function coordinated_operations() returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select id from operation where coordinator = home()
$$;
create function reads_plans() returns boolean language sql stable set search_path = public, pg_temp as $$ select coalesce(me(), -1) >= 0 $$;
do $$
declare name text;
begin
  foreach name in array array['operation_phase', 'hub_site', 'operation_partner', 'operation_party', 'operation_agency'] loop
    execute format('create policy takes_part on %I for select to tripoint_app using ((select reads_plans()) and operation in (select my_operations()))', name);
    execute format('create policy coordinates on %I for all to tripoint_app using ((select reads_plans()) and operation in (select coordinated_operations()))
      with check ((select reads_plans()) and operation in (select coordinated_operations()))', name);
    execute format('grant select, insert, delete, update on %I to tripoint_app', name);
  end loop;
  foreach name in array array['operation_party', 'operation_agency'] loop
    execute format('create policy own on %I for all to tripoint_app using (party = (select me()) and operation in (select my_operations()))
      with check (party = (select me()) and operation in (select my_operations()))', name);
  end loop;
end $$;
-- Who stands where is his own party's; to others shifts are numbers, which `shift_spans` tells.
create policy own on shift for all to tripoint_app using (party = (select me()))
  with check (party = (select me()) and operation in (select my_operations()) and officer in (select o.id from officer o where o.party = (select home()))
    and (post is null or post in (select p.id from post p where p.operation = shift.operation and p.party = shift.party))
    and (site is null or site in (select h.id from hub_site h where h.operation = shift.operation)));
create policy own on role_grant for all to tripoint_app using (party = (select home()))
  with check (party = (select home()) and operation in (select my_operations()) and officer in (select o.id from officer o where o.party = (select home())));
create policy takes_part on operation_history for select to tripoint_app
  using ((select reads_plans()) and case when part in ('shift', 'role_grant') then party = (select me()) else operation in (select my_operations()) end);
create policy own on situation_report for all to tripoint_app using (owner = (select me()))
  with check (owner = (select me()) and operation in (select my_operations())
    and (agency is null or agency in (select a.id from operation_agency a where a.operation = situation_report.operation and a.party = owner)));
create policy coordinates on situation_report for select to tripoint_app
  using ((select reads_plans()) and operation in (select coordinated_operations()));
create policy own on situation_history for all to tripoint_app using (owner = (select me())) with check (owner = (select me()));
create policy coordinates on situation_history for select to tripoint_app
  using ((select reads_plans()) and operation in (select coordinated_operations()));
create policy told on situation_alarm for select to tripoint_app
  using ((select reads_plans()) and (party = (select me()) or operation in (select coordinated_operations())));
grant select, insert on shift, role_grant, situation_report, situation_history to tripoint_app;
grant update (post, site, starts_at, ends_at, cancelled, remarks) on shift to tripoint_app;
grant update (ended_at) on role_grant to tripoint_app;
grant update (sent_at, state, version, figures, remarks, changed_at) on situation_report to tripoint_app;
grant select on operation_history, situation_alarm to tripoint_app;
grant update (family, edition, project, funder, time_zone, stated_count, report_due, shares_reporting) on operation to tripoint_app;
grant update (hotspot, priority, time_zone, closed, officers_wanted) on post to tripoint_app;
-- Functions of this file run as the owner of the tables.
create policy functions on operation_phase for select to current_user using (true);
create policy functions on shift for select to current_user using (true);
create policy functions on role_grant for select to current_user using (true);
create policy functions on situation_report for select to current_user using (true);
create policy functions on operation_history for insert to current_user with check (true);
-- The relay looks for reports that are missing: who and when, never what they say.
create policy relay on operation_party for select to tripoint_relay using (true);
create policy relay on operation_agency for select to tripoint_relay using (true);
create policy relay on situation_report for select to tripoint_relay using (true);
create policy relay on situation_alarm for all to tripoint_relay using (true) with check (true);
grant select (operation, party, time_zone) on operation_party to tripoint_relay;
grant select (id, operation, party, reports) on operation_agency to tripoint_relay;
grant select (operation, owner, agency, day, sent_at, state) on situation_report to tripoint_relay;
grant select, insert on situation_alarm to tripoint_relay;

-- Nobody stands in two places: the work function asks first, under this lock, and says it kindly.
create function refuse_overlap() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not new.cancelled then
    perform pg_advisory_xact_lock(7261006, hashtext(new.officer::text));
    if exists (select from shift s where s.officer = new.officer and (s.party, s.id) <> (new.party, new.id) and not s.cancelled
                  and s.starts_at < new.ends_at and new.starts_at < s.ends_at) then
      raise exception 'the officer has another shift then' using errcode = 'exclusion_violation';
    end if;
  end if;
  return new;
end $$;
create trigger refuse_overlap before insert or update on shift for each row execute function refuse_overlap();

-- Every change keeps what was: the row before and after, by whom.
create function keep_operation_history() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare was jsonb; became jsonb; known jsonb;
begin
  if tg_op <> 'INSERT' then was := to_jsonb(old); end if;
  if tg_op <> 'DELETE' then became := to_jsonb(new); end if;
  if was is not distinct from became then return null; end if;
  known := coalesce(became, was);
  insert into operation_history (operation, part, object, party, act, was, became, by_party, officer)
  values (coalesce(known->>'operation', known->>'id')::uuid, tg_table_name, (known->>'id')::uuid, (known->>'party')::smallint, lower(tg_op), was, became,
          nullif(home(), -1), nullif(current_setting('tripoint.officer', true), '')::uuid);
  return null;
end $$;
do $$
declare name text;
begin
  foreach name in array array['operation', 'participation', 'post', 'operation_phase', 'hub_site', 'operation_partner', 'operation_party',
                              'operation_agency', 'shift', 'role_grant'] loop
    execute format('create trigger keep_history after insert or update or delete on %I for each row execute function keep_operation_history()', name);
  end loop;
end $$;

-- When shifts of an operation run, for all who take part: no officer, no id.
create function shift_spans(which uuid) returns table (post uuid, site uuid, party smallint, starts_at timestamptz, ends_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.post, s.site, s.party, s.starts_at, s.ends_at from shift s
   where s.operation = which and not s.cancelled and coalesce(me(), -1) >= 0 and which in (select my_operations())
$$;
-- Who is set up: for the own party, and for whoever coordinates.
create function party_readiness(which uuid)
returns table (party smallint, officers integer, with_own_factor integer, devices integer, keys boolean, seen_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  with asked as (select coalesce(me(), -1) as me, coalesce(me(), -1) >= 0 and which in (select my_operations()) as yes,
                        exists (select from operation where id = which and coordinator = me()) as coordinates),
       parties as (select t.party from participation t where t.operation = which union select coordinator from operation where id = which)
  select p.party,
    (select count(*)::integer from officer o where o.party = p.party and o.active),
    (select count(*)::integer from officer o where o.party = p.party and o.active
        and (exists (select from passkey k where k.officer = o.id) or exists (select from one_time_code c where c.officer = o.id and c.confirmed_at is not null))),
    (select count(*)::integer from device d where d.party = p.party and d.confirmed_at is not null and d.revoked_at is null and d.ends_at > now()),
    exists (select from data_key k where k.owner = p.party),
    (select max(s.seen_at) from sign_in s join officer o on o.id = s.officer where o.party = p.party)
    from parties p, asked a where a.yes and (a.coordinates or p.party = a.me)
$$;
-- Who reported for which day, and when: for all parties where the operation shares it, else one's own and the coordinator's.
create function reports_sent(which uuid) returns table (party smallint, agency uuid, day date, sent_at timestamptz, state text)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.owner, r.agency, r.day, r.sent_at, r.state from situation_report r join operation o on o.id = r.operation
   where r.operation = which and r.state <> 'withdrawn' and coalesce(me(), -1) >= 0 and which in (select my_operations())
     and (o.shares_reporting or r.owner = me() or o.coordinator = me())
$$;

-- Rights for one operation: they begin and end by themselves, with the grant, the operation and the party's part in it.
create function roles_now(who uuid, own text[]) returns text[] language sql stable security definer set search_path = public, pg_temp as $$
  select own || array(
    select distinct g.role from role_grant g join operation o on o.id = g.operation
     where g.officer = who and g.ended_at is null and now() >= g.from_at and now() < g.until_at
       and (o.coordinator = g.party or exists (select from participation t where t.operation = g.operation and t.party = g.party))
       and now() >= least(o.starts_at, (select min(f.starts_at) from operation_phase f where f.operation = o.id))
       and now() < greatest(o.ends_at, (select max(f.ends_at) from operation_phase f where f.operation = o.id)))
$$;
create trigger wake_streams after insert or update of ended_at on role_grant for each statement execute function wake_streams();
create function await_grant() returns trigger language plpgsql security definer set search_path = public, pg_temp as
  $$ begin perform pg_advisory_xact_lock(7261004, hashtext(old.officer::text)); return new; end $$;
create trigger await_grant before update of ended_at on role_grant for each row
  when (old.ended_at is null and new.ended_at is not null) execute function await_grant();
-- The sign-on as it stands, with the roles of the moment in the place of the lasting ones.
do $$
declare before text := pg_get_functiondef('sign_on(bytea, boolean)'::regprocedure); after text;
begin
  after := replace(before, 'o.roles into who', 'roles_now(o.id, o.roles) as roles into who');
  if after = before then raise exception 'sign_on reads its roles in another way than pre_0020 knows'; end if;
  execute after;
end $$;
revoke all on function coordinated_operations(), reads_plans(), refuse_overlap(), keep_operation_history(), shift_spans(uuid), party_readiness(uuid),
  reports_sent(uuid), roles_now(uuid, text[]), await_grant() from public;
grant execute on function coordinated_operations(), reads_plans(), shift_spans(uuid), party_readiness(uuid), reports_sent(uuid) to tripoint_app;
