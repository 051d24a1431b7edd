-- Checks, hits, announcements, figures.

-- That a check was made: for its party, and for the coordination unit of its operation.
create table check_made (
  party smallint not null, id uuid not null, officer uuid not null, device text, operation uuid, post uuid, coordinator smallint,
  purpose text not null, kinds text[] not null, grade text not null, complete boolean not null, latitude double precision, longitude double precision,
  device_time timestamptz, asked_at timestamptz not null default now(), body_hash bytea not null, sets_digest bytea not null, failed jsonb, primary key (party, id)
);
create index on check_made (party, asked_at desc);
create index on check_made (coordinator, asked_at desc) where coordinator is not null;
-- What was asked: for the asking party alone.
create table check_question (
  party smallint not null, id uuid not null, asked jsonb not null, retain_until date not null, primary key (party, id)
);
-- The sets a party could know of at one moment, with their freshness; shared by all checks of that moment.
create table searched_sets (party smallint not null, digest bytea not null, sets jsonb not null, primary key (party, digest));

create table hit (
  id uuid primary key, check_party smallint not null, check_id uuid not null, kind text not null, record uuid not null, record_version integer not null,
  owner smallint not null references party, asker smallint not null references party, level text not null check (level in ('blind', 'pointer', 'full')),
  coordinator smallint, operation uuid, post uuid, grade text not null, score real, state text not null default 'new'
    check (state in ('new', 'referred', 'confirmed', 'not_confirmed', 'inconclusive', 'expired')),
  urgency text not null default 'normal' check (urgency in ('normal', 'urgent')), raised_at timestamptz not null default now(), referred_at timestamptz,
  due_at timestamptz not null, expires_at timestamptz not null, decided_at timestamptz, outcome text, outcome_at timestamptz, override_reason text
);
create index on hit (owner, raised_at desc); create index on hit (asker, raised_at desc);
create index on hit (coordinator, raised_at desc) where coordinator is not null;
create index on hit (check_party, check_id); create index on hit (expires_at) where state in ('new', 'referred');
-- What lies beneath a hit: for the owner, and for an asker at level full.
create table hit_finding (
  hit uuid primary key references hit on delete cascade, owner smallint not null, asker smallint not null, level text not null,
  asked jsonb not null, held jsonb not null, comparison jsonb not null, reasons jsonb not null, model text not null, nature text, action text not null,
  instructions text, protect boolean not null
);
create table hit_event (
  id uuid primary key, hit uuid not null references hit on delete cascade, at timestamptz not null default clock_timestamp(), state text not null,
  party smallint not null, officer uuid, by_name text, reason text
);
create index on hit_event (hit);

create table outbox (id bigint generated always as identity primary key, kind text not null, parties smallint[] not null, ref uuid not null, change text, facts jsonb, at timestamptz not null default now());
create table feed (
  party smallint not null, seq bigint not null, kind text not null, ref uuid, change text, count integer not null default 1, at timestamptz not null default now(), primary key (party, seq)
);
create table feed_head (party smallint primary key, seq bigint not null);
create table check_count (
  party smallint not null, coordinator smallint not null default -1, operation uuid not null, post uuid not null, minute timestamptz not null,
  checks integer not null default 0, persons integer not null default 0, documents integer not null default 0, vehicles integer not null default 0, firearms integer not null default 0,
  primary key (party, operation, post, minute, coordinator)
);
create index on check_count (coordinator, minute);

do $$
declare name text;
begin
  foreach name in array array['check_made', 'check_question', 'searched_sets', 'hit', 'hit_finding', 'hit_event', 'outbox', 'feed', 'check_count'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
  end loop;
end $$;
create policy seen on check_made for select to tripoint_app using (party = (select me()) or coordinator = (select me()));
create policy write on check_made for insert to tripoint_app with check (party = (select me()));
create policy own on check_question for all to tripoint_app using (party = (select me())) with check (party = (select me()));
create policy own on searched_sets for all to tripoint_app using (party = (select me())) with check (party = (select me()));
create policy seen on hit for select to tripoint_app
  using (owner = (select me()) or (asker = (select me()) and level <> 'blind') or (coordinator = (select me()) and level <> 'blind'));
create policy raise on hit for insert to tripoint_app with check (asker = (select me()));
create policy act on hit for update to tripoint_app
  using (owner = (select me()) or (asker = (select me()) and level <> 'blind')) with check (owner = (select me()) or asker = (select me()));
create policy seen on hit_finding for select to tripoint_app using (owner = (select me()) or (asker = (select me()) and level = 'full'));
create policy raise on hit_finding for insert to tripoint_app with check (asker = (select me()));
create policy seen on hit_event for select to tripoint_app using (exists (select from hit h where h.id = hit));
create policy write on hit_event for insert to tripoint_app with check (party = (select me()));
create policy tell on outbox for insert to tripoint_app with check (true);
create policy own on feed for select to tripoint_app using (party = (select home()));
create policy seen on check_count for select to tripoint_app using (party = (select me()) or coordinator = (select me()));

create policy relay on outbox for all to tripoint_relay using (true) with check (true);
create policy relay on feed for all to tripoint_relay using (true) with check (true);
create policy relay on check_count for all to tripoint_relay using (true) with check (true);
create policy relay on hit for all to tripoint_relay using (true) with check (true);
create policy relay on hit_event for all to tripoint_relay using (true) with check (true);

grant select, insert on check_made, check_question, searched_sets, hit, hit_finding, hit_event to tripoint_app;
grant update (state, urgency, referred_at, due_at, expires_at, decided_at, outcome, outcome_at, override_reason) on hit to tripoint_app;
grant insert on outbox to tripoint_app;
grant select on feed, check_count to tripoint_app;
grant select, insert, update, delete on outbox, feed, feed_head, check_count to tripoint_relay;
grant select on hit to tripoint_relay;
grant update (state, decided_at) on hit to tripoint_relay;
grant insert on hit_event to tripoint_relay;
