-- What parties report from the field: a line that may be counted, a body, what was earlier, links, custody.

-- What somebody may open goes by class besides the party: his roles say which, and the database holds him to it. A
-- transaction that no sign-in began has no class and sees neither lines nor bodies.
create function my_classes() returns text[] language sql stable parallel safe as
  $$ select string_to_array(coalesce(current_setting('tripoint.classes', true), ''), ',') $$;
create function classes_of(roles text[]) returns text language sql immutable parallel safe as $$
  select concat_ws(',',
    case when roles && array['viewer','field_officer','contributor','analyst','liaison_officer','coordinator','data_protection_officer','victim_specialist'] then 'general' end,
    case when roles && array['field_officer','liaison_officer','analyst','coordinator','victim_specialist','data_protection_officer'] then 'migrants' end,
    case when roles && array['victim_specialist','data_protection_officer'] then 'victims' end,
    case when roles && array['analyst','victim_specialist','data_protection_officer'] then 'interviews' end,
    case when 'analyst' = any(roles) then 'facilitators' end)
$$;

-- As before (pre_0002), with the classes; a press officer stands under his party and has none of them: he reads what was
-- approved, and neither lines nor bodies.
create or replace function sign_on(secret bytea, renew boolean default true) returns table (
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
    set_config('tripoint.classes', classes_of(who.roles), true),
    set_config('tripoint.party', case when who.roles && array['viewer','field_officer','contributor','analyst','liaison_officer','coordinator','data_protection_officer','victim_specialist','press_officer']
      then who.number::text else '-1' end, true);
  return query select who.id, who.kind, who.device, who.csrf, who.acts, who.until, who.officer, who.name, who.agency,
    who.number, who.code, who.party_name, who.party_kind, who.roles;
end $$;

-- The line: codes and numbers only, nothing that tells who somebody is. `digest` is keyed: a body cannot be guessed from
-- it. What several parties achieved together bears the same `joint` and counts once.
create table occurrence (
  id uuid primary key, owner smallint not null references party, operation uuid not null references operation,
  kind text not null check (kind in ('detection', 'victim', 'arrest', 'seizure', 'freeze', 'group', 'investigation', 'incident', 'interview', 'notice_request')),
  post uuid references post, agency uuid references agency, happened_at timestamptz not null,
  state text not null default 'preliminary' check (state in ('preliminary', 'confirmed', 'final', 'withdrawn')),
  version integer not null default 1, line jsonb not null, terms integer not null references terms, filed_by uuid not null, filed_at timestamptz not null,
  changed_at timestamptz not null, digest bytea not null check (octet_length(digest) = 32), joint uuid
);
create index on occurrence (operation, kind, happened_at desc, id desc);
create index on occurrence (owner, kind, happened_at desc, id desc);
create index on occurrence (joint) where joint is not null;
-- `filed_by` stands until the record is confirmed: so long its officer reads what he wrote, whatever his classes.
create table occurrence_body (
  occurrence uuid primary key references occurrence, owner smallint not null references party, terms integer not null references terms,
  class text not null check (class in ('general', 'migrants', 'victims', 'interviews')), filed_by uuid, body jsonb not null
);
-- Who brought people, as an interview tells it: intelligence, apart from the person who told it.
create table occurrence_facilitator (
  occurrence uuid primary key references occurrence, owner smallint not null references party, terms integer not null references terms,
  class text not null default 'facilitators' check (class = 'facilitators'), filed_by uuid, body jsonb not null
);
-- Every state of an occurrence that was ever changed, its present one too; one row for each class of its content.
create table occurrence_history (
  occurrence uuid not null references occurrence, version integer not null, class text not null, owner smallint not null references party, state text not null,
  happened_at timestamptz not null, line jsonb not null, body jsonb not null, reason text, changed_at timestamptz not null, changed_by uuid, primary key (occurrence, version, class)
);
create table occurrence_link (
  occurrence uuid not null references occurrence, owner smallint not null references party, from_kind text not null, relation text not null,
  to_kind text not null, to_id uuid not null, made_at timestamptz not null, made_by uuid not null, primary key (occurrence, relation, to_id),
  -- Migrants are not suspects: what is known of one leads to people to protect, never to a hit, a list or an arrest.
  constraint migrants_are_no_suspects check (from_kind <> 'detection' or to_kind in ('detection', 'victim', 'interview', 'incident'))
);
create index on occurrence_link (to_id);
-- Who held a seized thing, under which seal; entries are only ever added, and each carries the digest of the one before.
create table custody_entry (
  id uuid primary key, occurrence uuid not null references occurrence, owner smallint not null references party, terms integer not null references terms,
  number integer not null check (number > 0), item integer not null check (item > 0), at timestamptz not null, act text not null, by_officer text not null,
  seal text, place text not null, remarks text not null default '', digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  written_at timestamptz not null, written_by uuid not null, unique (occurrence, number)
);

do $$
declare name text;
begin
  foreach name in array array['occurrence', 'occurrence_body', 'occurrence_facilitator', 'occurrence_history', 'occurrence_link', 'custody_entry'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy functions on %I for select to current_user using (true)', name);
  end loop;
  foreach name in array array['occurrence_body', 'occurrence_facilitator'] loop
    execute format('create policy opened on %I for select to tripoint_app using ((owner = (select me()) or terms in (select readable_terms()))
      and (class = any((select my_classes())::text[]) or filed_by = (select my_officer())))', name);
    execute format('create policy write on %I for insert to tripoint_app with check (owner = (select me()))', name);
    execute format('create policy change on %I for update to tripoint_app using (owner = (select me())) with check (owner = (select me()))', name);
    execute format('grant select, insert on %I to tripoint_app', name);
    execute format('grant update (body, filed_by, terms) on %I to tripoint_app', name);
  end loop;
end $$;
create policy seen on occurrence for select to tripoint_app
  using ((owner = (select me()) or terms in (select readable_terms())) and 'general' = any((select my_classes())::text[]));
create policy write on occurrence for insert to tripoint_app with check (owner = (select me()) and operation in (select my_operations()));
create policy change on occurrence for update to tripoint_app using (owner = (select me())) with check (owner = (select me()));
create policy own on occurrence_history for select to tripoint_app using (owner = (select me()) and class = any((select my_classes())::text[]));
create policy write on occurrence_history for insert to tripoint_app with check (owner = (select me()));
-- A link is part of what the body tells.
create policy opened on occurrence_link for select to tripoint_app
  using (exists (select from occurrence_body b where b.occurrence = occurrence_link.occurrence));
create policy write on occurrence_link for insert to tripoint_app with check (owner = (select me()));
create policy seen on custody_entry for select to tripoint_app
  using ((owner = (select me()) or terms in (select readable_terms())) and 'general' = any((select my_classes())::text[]));
create policy write on custody_entry for insert to tripoint_app with check (owner = (select me()));
grant select, insert on occurrence, occurrence_history, occurrence_link, custody_entry to tripoint_app;
grant update (post, agency, happened_at, state, version, line, terms, changed_at, joint) on occurrence to tripoint_app;

-- Whom a mask stands for: the parties to be told.
create function mask_numbers(mask bit(256)) returns smallint[] language sql immutable parallel safe as $$
  select coalesce(array_agg(n::smallint order by n), '{}') from generate_series(0, 255) as n where get_bit(mask, n) = 1
$$;
-- A person who withdraws is forgotten: the key of the identity part goes, and nothing opens it any more, in no copy either.
create function forget_identity(which uuid) returns boolean language plpgsql security definer set search_path = public, pg_temp as $$
declare gone bigint;
begin
  if not exists (select from occurrence o where o.id = which and o.owner = me()) then return false; end if;
  insert into shred (slot) select slot from data_key where record = which on conflict do nothing;
  delete from data_key where record = which;
  get diagnostics gone = row_count;
  return gone > 0;
end $$;
revoke all on function forget_identity(uuid) from public;
grant execute on function forget_identity(uuid) to tripoint_app;
