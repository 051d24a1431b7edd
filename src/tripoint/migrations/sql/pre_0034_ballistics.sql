-- Ballistics: exhibits with their scans, searches among them, candidates, and links that two examiners confirm.

-- An exhibit is its owner's; readers see it whole, others meet it in a search as its terms let them.
create table exhibit (
  id uuid primary key, owner smallint not null references party, terms integer not null references terms, operation uuid references operation,
  kind text not null check (kind in ('cartridge_case', 'bullet', 'cast', 'test_fire')), state text not null default 'filed' check (state in ('filed', 'withdrawn')),
  version integer not null default 1, case_reference text not null, of_exhibit uuid references exhibit, replica text check (replica in ('single', 'double')),
  calibre_text text, calibre_id text, bore_family text, firearm uuid references recovered_firearm on delete set null,
  firing_pin_shape text, primer_metal text, breech_face_class text, lands smallint check (lands between 1 and 64), twist text check (twist in ('left', 'right')),
  manufacturer text, headstamp text, occurred_on date, recovered_in text, circumstances jsonb not null default '{}', open boolean not null default true,
  remarks text not null default '', filed_by uuid not null, filed_by_name text not null, filed_at timestamptz not null, changed_at timestamptz not null,
  retain_until date not null, digest bytea not null check (octet_length(digest) = 32), check (of_exhibit <> id), check (replica is null or kind = 'cast')
);
create index on exhibit (owner, filed_at desc, id desc); create index on exhibit (filed_at desc, id desc); create index on exhibit (terms);
create index on exhibit (of_exhibit) where of_exhibit is not null;
create index on exhibit using brin (retain_until) with (autosummarize = on);
create table exhibit_history (
  exhibit uuid not null references exhibit on delete cascade, version integer not null, owner smallint not null references party,
  content jsonb not null, reason text not null, changed_at timestamptz not null, changed_by uuid not null, primary key (exhibit, version)
);
-- Who held it; entries are only ever added, each with the digest of the one before. A partner adds what it received.
create table exhibit_custody (
  id uuid primary key, exhibit uuid not null references exhibit on delete cascade, party smallint not null references party, number integer not null check (number > 0),
  at timestamptz not null, act text not null, by_officer text not null, seal text, place text not null, remarks text not null default '',
  digest text not null check (digest ~ '^[0-9a-f]{64}$'), written_at timestamptz not null, written_by uuid not null, unique (exhibit, number)
);
-- A scan as it is kept: the file in one canonical form, and what a page shows of its region, ready to be sent.
create table exhibit_scan (
  id uuid primary key, exhibit uuid not null references exhibit on delete cascade, owner smallint not null references party, region text not null, land smallint,
  sha256 text not null check (sha256 = encode(sha256(content), 'hex')), content bytea not null, original text not null check (original ~ '^[0-9a-f]{64}$'),
  grade text not null check (grade in ('surface', 'picture')), facts jsonb not null, quality jsonb not null, fit boolean not null,
  shown bytea, shown_rows integer not null, shown_columns integer not null, step_um double precision not null, mask_version integer not null default 1,
  added_by uuid not null, added_by_name text not null, added_at timestamptz not null
);
alter table exhibit_scan alter column content set storage external;
alter table exhibit_scan alter column shown set storage external;
create index on exhibit_scan (exhibit);
create table scan_mask (
  scan uuid not null references exhibit_scan on delete cascade, version integer not null, owner smallint not null references party, grid_rows integer not null, grid_columns integer not null,
  step_um double precision not null, bits bytea not null, automatic boolean not null, reason text not null, by_name text not null, by_officer uuid not null, at timestamptz not null,
  primary key (scan, version)
);
-- Scans that wait to be taken into the collection beside the database, and to be compared with all that is there.
create table scan_to_take (scan uuid primary key references exhibit_scan on delete cascade, anew boolean not null default true, search boolean not null default true, at timestamptz not null default now());

create table comparison_run (
  id uuid primary key, party smallint not null references party, exhibit uuid not null references exhibit on delete cascade, scan uuid not null references exhibit_scan on delete cascade,
  region text not null, trigger text not null check (trigger in ('asked', 'new')), asked_by uuid, asked_by_name text, asked_at timestamptz not null default now(),
  filters jsonb not null default '{}', k smallint not null default 30 check (k between 1 and 100), state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  finished_at timestamptz, searched integer, fully_scored integer, settings_version integer, message text, digest bytea,
  spread boolean not null default false -- whether other parties' open questions were compared with it
);
create index on comparison_run (party, asked_at desc); create index on comparison_run (asked_at) where state = 'waiting'; create index on comparison_run (exhibit);
create index on comparison_run (asked_at) where trigger = 'new' and not spread;
-- A pair of scans that came near; nobody reads it. What a party may know of it stands in its own candidate.
create table scan_pair (
  id uuid primary key default uuid7(), one uuid not null references exhibit_scan on delete cascade, other uuid not null references exhibit_scan on delete cascade,
  made_at timestamptz not null default now(), unique (one, other), check (one < other)
);
create index on scan_pair (other);
create table ballistic_candidate (
  id uuid primary key default uuid7(), pair uuid not null references scan_pair on delete cascade, party smallint not null references party,
  own uuid not null references exhibit on delete cascade, own_scan uuid not null references exhibit_scan on delete cascade,
  other uuid references exhibit on delete cascade, other_scan uuid references exhibit_scan on delete cascade, other_party smallint not null references party,
  level text not null check (level in ('pointer', 'full')), region text not null, score real not null, congruent_cells integer not null, cells_compared integer not null, comparison jsonb,
  lead boolean not null, verdict text check (verdict in ('none', 'potential', 'inconclusive')), decided_by uuid, decided_by_name text, decided_at timestamptz, reason text,
  made_at timestamptz not null default now(), unique (party, pair, own_scan), check ((level = 'full') = (other is not null))
);
create index on ballistic_candidate (party, made_at desc); create index on ballistic_candidate (own); create index on ballistic_candidate (other); create index on ballistic_candidate (pair);
create table run_candidate (
  run uuid not null references comparison_run on delete cascade, candidate uuid not null references ballistic_candidate on delete cascade, party smallint not null references party,
  rank integer not null check (rank > 0), primary key (run, candidate)
);
create index on run_candidate (candidate);
create table ballistic_note (
  id uuid primary key, party smallint not null references party, one uuid not null references exhibit_scan on delete cascade, other uuid references exhibit_scan on delete cascade,
  on_side text not null check (on_side in ('one', 'other')), x_um double precision not null, y_um double precision not null, words text not null,
  written_by uuid not null, written_by_name text not null, written_at timestamptz not null
);
create index on ballistic_note (one);

-- A link of two exhibits on its way: both parties know of it. It links two cases when two examiners have said so.
create table hit_link (
  id uuid primary key, pair uuid not null references scan_pair on delete cascade, one_party smallint not null references party, other_party smallint not null references party,
  one uuid not null references exhibit on delete cascade, other uuid not null references exhibit on delete cascade,
  one_scan uuid not null references exhibit_scan on delete cascade, other_scan uuid not null references exhibit_scan on delete cascade,
  state text not null default 'physical_asked' check (state in ('physical_asked', 'exhibits_exchanged', 'microscope_first', 'confirmed', 'refuted', 'inconclusive', 'closed')),
  round integer not null default 1, reason text not null, asked_by uuid not null, asked_by_name text not null, asked_at timestamptz not null default now(), round_at timestamptz not null default now(),
  first_by uuid, decided_at timestamptz, cases text[] not null default '{}'
);
create index on hit_link (one); create index on hit_link (other);
create unique index hit_link_one_at_a_time on hit_link (pair) where state <> 'closed';
create table hit_link_step (
  link uuid not null references hit_link on delete cascade, number integer not null, step text not null, party smallint not null references party,
  by_officer uuid not null, by_name text not null, at timestamptz not null default now(), remarks text not null default '', primary key (link, number)
);
create table microscope_finding (
  link uuid not null references hit_link on delete cascade, round integer not null, number integer not null check (number in (1, 2)), party smallint not null references party,
  officer uuid not null, by_name text not null, finding text not null check (finding in ('identification', 'inconclusive', 'exclusion', 'unsuitable')), remarks text not null default '',
  at timestamptz not null default now(), primary key (link, round, number), unique (link, round, officer)
);

create function fully_met_terms() returns setof integer language sql stable security definer rows 100 set search_path = public, pg_temp as $$
  select id from terms where me() >= 0 and get_bit(meets_full, me()) = 1 and now() between valid_from and valid_until
$$;
-- What a party learns of an exhibit that a search met: a reader all; others as its terms say.
create function exhibit_level(term integer, of_owner smallint, asker integer) returns text language sql stable security definer set search_path = public, pg_temp as $$
  select case when of_owner = asker then 'full'
    when exists (select from terms t where t.id = term and asker >= 0 and get_bit(t.readers, asker) = 1 and now() between t.valid_from and t.valid_until) then 'full'
    else meeting_level(term, of_owner, asker) end
$$;

do $$
declare name text;
begin
  foreach name in array array['exhibit', 'exhibit_history', 'exhibit_custody', 'exhibit_scan', 'scan_mask', 'scan_to_take', 'comparison_run', 'scan_pair', 'ballistic_candidate',
      'run_candidate', 'ballistic_note', 'hit_link', 'hit_link_step', 'microscope_finding'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy functions on %I for all to current_user using (true) with check (true)', name);
  end loop;
  foreach name in array array['exhibit', 'exhibit_history', 'exhibit_scan', 'scan_mask'] loop
    execute format('create policy write on %I for insert to tripoint_app with check (owner = (select me()))', name);
    execute format('grant select, insert on %I to tripoint_app', name);
  end loop;
  foreach name in array array['exhibit', 'exhibit_scan'] loop
    execute format('create policy change on %I for update to tripoint_app using (owner = (select me())) with check (owner = (select me()))', name);
  end loop;
  foreach name in array array['comparison_run', 'ballistic_candidate', 'run_candidate', 'ballistic_note'] loop
    execute format('create policy own on %I for select to tripoint_app using (party = (select me()) and ''general'' = any((select my_classes())::text[]))', name);
    execute format('grant select on %I to tripoint_app', name);
  end loop;
end $$;
-- Whoever met one in full through a search sees it for as long as its terms let him.
create policy seen on exhibit for select to tripoint_app using ('general' = any((select my_classes())::text[]) and (owner = (select me())
  or (state = 'filed' and (terms in (select readable_terms())
    or (terms in (select fully_met_terms()) and exists (select from ballistic_candidate c where c.other = exhibit.id and c.party = (select me())))))));
create policy own on exhibit_history for select to tripoint_app using (owner = (select me()) and 'general' = any((select my_classes())::text[]));
create policy seen on exhibit_scan for select to tripoint_app using (exists (select from exhibit e where e.id = exhibit));
create policy seen on scan_mask for select to tripoint_app using (exists (select from exhibit_scan s where s.id = scan));
create policy partners on hit_link for select to tripoint_app
  using ((one_party = (select me()) or other_party = (select me())) and 'general' = any((select my_classes())::text[]));
create policy partners on hit_link_step for select to tripoint_app using (exists (select from hit_link l where l.id = link));
-- The second examiner does not see what the first found, nor does anybody else, until both have said it.
create policy said on microscope_finding for select to tripoint_app using (officer = (select my_officer())
  or exists (select from hit_link l where l.id = link and (l.round > microscope_finding.round or l.state in ('confirmed', 'refuted', 'inconclusive'))));
create policy seen on exhibit_custody for select to tripoint_app using (exists (select from exhibit e where e.id = exhibit)
  or exists (select from hit_link l where exhibit_custody.exhibit in (l.one, l.other)));
create policy write on exhibit_custody for insert to tripoint_app with check (party = (select me()) and (exists (select from exhibit e where e.id = exhibit and e.owner = (select me()))
  or exists (select from hit_link l where exhibit_custody.exhibit in (l.one, l.other) and l.state in ('exhibits_exchanged', 'microscope_first', 'confirmed', 'refuted', 'inconclusive'))));
create policy write on comparison_run for insert to tripoint_app with check (party = (select me()) and exists (select from exhibit e where e.id = exhibit and e.owner = (select me())));
create policy change on ballistic_candidate for update to tripoint_app using (party = (select me())) with check (party = (select me()));
create policy write on ballistic_note for insert to tripoint_app with check (party = (select me()) and exists (select from exhibit_scan s where s.id = one));
create policy remove on ballistic_note for delete to tripoint_app using (party = (select me()) and written_by = (select my_officer()));
grant select, insert on exhibit_custody to tripoint_app;
grant insert on comparison_run, ballistic_note to tripoint_app;
grant delete on ballistic_note to tripoint_app;
grant select on hit_link, hit_link_step, microscope_finding to tripoint_app;
grant update (terms, operation, kind, state, version, case_reference, of_exhibit, replica, calibre_text, calibre_id, bore_family, firearm, firing_pin_shape, primer_metal, breech_face_class, lands,
  twist, manufacturer, headstamp, occurred_on, recovered_in, circumstances, open, remarks, changed_at) on exhibit to tripoint_app;
grant update (quality, fit, shown, shown_rows, shown_columns, step_um, mask_version) on exhibit_scan to tripoint_app;
grant update (verdict, decided_by, decided_by_name, decided_at, reason) on ballistic_candidate to tripoint_app;
create policy ballistics on outbox for insert to current_user with check (kind in ('ballistics', 'ballistics_work'));

-- New scans, and those whose mask or terms changed, are looked at anew. `anew`: what the collection has of it is out of date.
create function queue_scans() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'exhibit_scan' then
    insert into scan_to_take (scan) select c.id from came c on conflict (scan) do update set anew = true, search = true, at = now();
  else
    insert into scan_to_take (scan, anew) select s.id, c.state <> w.state from came c join went w on w.id = c.id join exhibit_scan s on s.exhibit = c.id
      where (c.terms, c.state, c.open, c.calibre_id, c.kind) is distinct from (w.terms, w.state, w.open, w.calibre_id, w.kind)
      on conflict (scan) do update set anew = scan_to_take.anew or excluded.anew, search = true, at = now();
  end if;
  if found then insert into outbox (kind, parties, ref) values ('ballistics_work', '{}', uuid7()); end if;
  return null;
end $$;
create trigger queue_new_scans after insert on exhibit_scan referencing new table as came for each statement execute function queue_scans();
create function queue_scan() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into scan_to_take (scan) values (new.id) on conflict (scan) do update set anew = true, search = true, at = now();
  insert into outbox (kind, parties, ref) values ('ballistics_work', '{}', new.id);
  return null;
end $$;
create trigger queue_changed_scan after update of mask_version on exhibit_scan for each row execute function queue_scan();
create trigger queue_changed_exhibits after update on exhibit referencing old table as went new table as came for each statement execute function queue_scans();

-- For the worker. What of all there is belongs into the collection; what waits.
create function waiting_leads(most integer) returns table (run uuid, exhibit uuid, scan uuid, region text)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.id, r.exhibit, r.scan, r.region from comparison_run r where r.trigger = 'new' and not r.spread and r.state = 'done' order by r.asked_at, r.id limit most
$$;
create function leads_kept(which uuid) returns void language sql security definer set search_path = public, pg_temp as
  $$ update comparison_run set spread = true where id = which $$;
create function ballistics_waits() returns boolean language sql stable security definer set search_path = public, pg_temp as
  $$ select exists (select from scan_to_take) or exists (select from comparison_run r where r.state = 'waiting') or exists (select from waiting_leads(1)) $$;
create function scans_held() returns table (scan uuid) language sql stable security definer set search_path = public, pg_temp as
  $$ select s.id from exhibit_scan s join exhibit e on e.id = s.exhibit where s.fit and e.state = 'filed' and e.replica is distinct from 'single' $$;
-- What the collection lost is taken anew; that is no question to anybody.
create function queue_lost_scans(lost uuid[]) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare n bigint;
begin
  insert into scan_to_take (scan, anew, search) select s.id, false, false from exhibit_scan s where s.id = any(lost) on conflict do nothing;
  get diagnostics n = row_count; return n;
end $$;
create function scans_to_take(most integer) returns table (scan uuid, exhibit uuid, owner smallint, region text, bore_family text, anew boolean, held boolean, search boolean, grade text, content bytea, mask bytea, grid_rows integer, grid_columns integer, mask_step double precision, mask_automatic boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.exhibit, s.owner, s.region, e.bore_family, q.anew, s.fit and e.state = 'filed' and e.replica is distinct from 'single', q.search, s.grade, s.content, m.bits, m.grid_rows, m.grid_columns, m.step_um, m.automatic
    from scan_to_take q join exhibit_scan s on s.id = q.scan join exhibit e on e.id = s.exhibit left join scan_mask m on m.scan = s.id and m.version = s.mask_version
   order by q.at, q.scan limit most
$$;
create function scan_file(which uuid) returns table (scan uuid, region text, bore_family text, grade text, content bytea, mask bytea, grid_rows integer, grid_columns integer, mask_step double precision, mask_automatic boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.region, e.bore_family, s.grade, s.content, m.bits, m.grid_rows, m.grid_columns, m.step_um, m.automatic
    from exhibit_scan s join exhibit e on e.id = s.exhibit left join scan_mask m on m.scan = s.id and m.version = s.mask_version where s.id = which
$$;
-- What was looked at waits no longer, unless it changed meanwhile; one that is new gets a search of its own.
create function scan_taken(which uuid, search boolean, settings integer) returns uuid language plpgsql security definer set search_path = public, pg_temp as $$
declare made uuid;
begin
  delete from scan_to_take where scan = which;
  if not search then return null; end if;
  insert into comparison_run (id, party, exhibit, scan, region, trigger, settings_version)
    select uuid7(), s.owner, s.exhibit, s.id, s.region, 'new', settings from exhibit_scan s join exhibit e on e.id = s.exhibit where s.id = which returning id into made;
  return made;
end $$;
create function waiting_runs(most integer) returns table (run uuid, party smallint, exhibit uuid, scan uuid, region text, trigger text, filters jsonb, k smallint, bore_family text)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.id, r.party, r.exhibit, r.scan, r.region, r.trigger, r.filters, r.k, e.bore_family from comparison_run r join exhibit e on e.id = r.exhibit
   where r.state = 'waiting' order by r.trigger, r.asked_at, r.id limit most
$$;
-- The scans of the region that a party may be told of: its own, those it reads, those its searches meet at pointer or full.
-- Nothing of one exhibit is compared with itself. What a run is narrowed to narrows it here, before anything is scored.
create function scans_told(to_party integer, beside uuid, of_region text, filters jsonb) returns table (scan uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  with mine as (select e.* from exhibit e where e.id = beside),
    known as materialized (select t.terms, t.owner from (select distinct e.terms, e.owner from exhibit e where e.state = 'filed') t
               where exhibit_level(t.terms, t.owner, to_party) in ('pointer', 'full'))
  select s.id from exhibit e join known k on k.terms = e.terms and k.owner = e.owner join exhibit_scan s on s.exhibit = e.id and s.fit and s.region = of_region
    join party p on p.number = e.owner cross join mine m
   where e.state = 'filed' and e.id <> m.id and e.id is distinct from m.of_exhibit and e.of_exhibit is distinct from m.id
     and (filters ->> 'calibre' is null or e.calibre_id = filters ->> 'calibre')
     and (filters ->> 'since' is null or e.occurred_on >= (filters ->> 'since')::date) and (filters ->> 'until' is null or e.occurred_on <= (filters ->> 'until')::date)
     and (filters -> 'countries' is null or filters -> 'countries' ? p.code)
     and (not coalesce((filters ->> 'class_marks')::boolean, false) or not (coalesce(e.firing_pin_shape <> m.firing_pin_shape, false) or coalesce(e.breech_face_class <> m.breech_face_class, false)
          or coalesce(e.lands <> m.lands, false) or coalesce(e.twist <> m.twist, false) or coalesce(e.bore_family <> m.bore_family, false)))
$$;
-- Which other parties may be told of an exhibit, and have open questions of the region: these are compared with it, each
-- party's by themselves, so that none shows in another's.
create function parties_asking(about uuid, of_region text) returns table (party smallint, scans uuid[])
language sql stable security definer set search_path = public, pg_temp as $$
  select q.owner, array_agg(s.id) from exhibit e join exhibit q on q.owner <> e.owner and q.state = 'filed' and q.open
    join exhibit_scan s on s.exhibit = q.id and s.fit and s.region = of_region
   where e.id = about and e.state = 'filed' and q.owner in (select p.number from party p where p.active and exhibit_level(e.terms, e.owner, p.number) in ('pointer', 'full'))
   group by q.owner
$$;

-- One party's candidate of a pair. `told`: what it may learn of the other exhibit. A verdict that was given stays.
create function keep_candidate(for_party integer, mine uuid, theirs uuid, met jsonb, told text, is_lead boolean) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare pair_id uuid; made uuid; known boolean;
begin
  insert into scan_pair (one, other) values (least(mine, theirs), greatest(mine, theirs)) on conflict (one, other) do nothing;
  select id into pair_id from scan_pair where one = least(mine, theirs) and other = greatest(mine, theirs);
  select c.lead into known from ballistic_candidate c where c.party = for_party and c.pair = pair_id and c.own_scan = mine;
  insert into ballistic_candidate as c (pair, party, own, own_scan, other, other_scan, other_party, level, region, score, congruent_cells, cells_compared, comparison, lead)
    select pair_id, for_party, a.exhibit, a.id, case when told = 'full' then b.exhibit end, case when told = 'full' then b.id end, b.owner, told, a.region,
           (met ->> 'score')::real, (met ->> 'congruent_cells')::integer, (met ->> 'cells_compared')::integer, case when told = 'full' then met -> 'comparison' end, is_lead
      from exhibit_scan a cross join exhibit_scan b where a.id = mine and b.id = theirs
    on conflict (party, pair, own_scan) do update set level = excluded.level, other = excluded.other, other_scan = excluded.other_scan, score = excluded.score,
      congruent_cells = excluded.congruent_cells, cells_compared = excluded.cells_compared, comparison = excluded.comparison, lead = c.lead or excluded.lead
    returning id into made;
  if is_lead and known is not true then insert into outbox (kind, parties, ref, change) values ('ballistics', array[for_party::smallint], made, 'lead'); end if;
  return made;
end $$;
-- A run's outcome: [{scan, rank, lead, score, congruent_cells, cells_compared, comparison}]. What may be told is asked again.
create function keep_run(which uuid, n_searched integer, n_scored integer, settings integer, met jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare r comparison_run; one jsonb; told text; made uuid;
begin
  select * into r from comparison_run where id = which and state = 'waiting' for update;
  if r.id is null then return; end if;
  for one in select * from jsonb_array_elements(met) loop
    select exhibit_level(e.terms, e.owner, r.party) into told from exhibit_scan s join exhibit e on e.id = s.exhibit where s.id = (one ->> 'scan')::uuid and e.state = 'filed';
    continue when told is null or told not in ('pointer', 'full');
    made := keep_candidate(r.party, r.scan, (one ->> 'scan')::uuid, one, told, (one ->> 'lead')::boolean);
    insert into run_candidate (run, candidate, party, rank) values (which, made, r.party, (one ->> 'rank')::integer) on conflict do nothing;
  end loop;
  update comparison_run set state = 'done', finished_at = now(), searched = n_searched, fully_scored = n_scored, settings_version = settings where id = which;
  insert into outbox (kind, parties, ref, change) values ('ballistics', array[r.party], which, 'searched');
end $$;
create function fail_run(which uuid, why text) returns void language sql security definer set search_path = public, pg_temp as
  $$ update comparison_run set state = 'failed', finished_at = now(), message = why where id = which and state = 'waiting' $$;
-- Open questions of one party that a new scan answers; only what the new exhibit's terms let that party learn.
create function keep_leads(about uuid, to_party integer, met jsonb) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare one jsonb; told text; kept integer := 0;
begin
  select exhibit_level(e.terms, e.owner, to_party) into told from exhibit_scan s join exhibit e on e.id = s.exhibit where s.id = about and e.state = 'filed';
  if told is null or told not in ('pointer', 'full') then return 0; end if;
  for one in select * from jsonb_array_elements(met) loop
    perform keep_candidate(to_party, (one ->> 'scan')::uuid, about, one, told, true);
    kept := kept + 1;
  end loop;
  return kept;
end $$;

-- The way of a link. Each of these gives the state it came to, or why not: unknown, not_potential, exists.
create function ask_physical(link uuid, candidate uuid, why text, by_name text) returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare c ballistic_candidate; theirs exhibit_scan;
begin
  select * into c from ballistic_candidate b where b.id = candidate and b.party = me() and 'general' = any(my_classes());
  if c.id is null then return 'unknown'; end if;
  if c.verdict is distinct from 'potential' then return 'not_potential'; end if;
  select s.* into theirs from scan_pair p join exhibit_scan s on s.id in (p.one, p.other) and s.id <> c.own_scan where p.id = c.pair;
  insert into hit_link (id, pair, one_party, other_party, one, other, one_scan, other_scan, reason, asked_by, asked_by_name)
    values (link, c.pair, c.party, c.other_party, c.own, theirs.exhibit, c.own_scan, theirs.id, why, my_officer(), ask_physical.by_name) on conflict do nothing;
  if not found then return 'exists'; end if;
  perform add_link_step(link, 'physical_asked', ask_physical.by_name, why);
  return 'physical_asked';
end $$;
create function add_link_step(which uuid, what text, who text, said text) returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into hit_link_step (link, number, step, party, by_officer, by_name, remarks)
    select which, 1 + count(*), what, me(), my_officer(), who, said from hit_link_step s where s.link = which;
  insert into outbox (kind, parties, ref, change) select 'ballistics', array(select distinct unnest(array[l.one_party, l.other_party])), which, what from hit_link l where l.id = which;
end $$;
create function held_link(which uuid) returns hit_link language sql security definer set search_path = public, pg_temp as $$
  select l from hit_link l where l.id = which and me() in (l.one_party, l.other_party) and 'general' = any(my_classes()) for update
$$;
-- exchanged, again, closed: from which states each may come. Exchanged asks for an entry of custody since the asking.
create function step_link(which uuid, what text, who text, said text) returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare l hit_link := held_link(which); after text;
begin
  if l.id is null then return 'unknown'; end if;
  if what = 'exchanged' and l.state = 'physical_asked' then
    if not exists (select from exhibit_custody c where c.exhibit in (l.one, l.other) and c.act = 'handed_over' and c.written_at >= l.round_at) then return 'not_handed_over'; end if;
    after := 'exhibits_exchanged';
  elsif what = 'again' and l.state = 'inconclusive' then after := 'physical_asked';
  elsif what = 'close' and l.state in ('physical_asked', 'exhibits_exchanged', 'microscope_first', 'inconclusive') then after := 'closed';
  else return 'not_now'; end if;
  update hit_link set state = after, round = round + (what = 'again')::integer, round_at = case when what = 'again' then now() else round_at end,
    first_by = case when what = 'again' then null else first_by end, decided_at = case when what = 'again' then null when what = 'close' then now() else decided_at end where id = which;
  perform add_link_step(which, after, who, said);
  return after;
end $$;
-- What an examiner found under the microscope. The second is another person; both alike decide, otherwise it stays open.
create function find_under_microscope(which uuid, what text, who text, said text) returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare l hit_link := held_link(which); first text; after text;
begin
  if l.id is null then return 'unknown'; end if;
  if l.state not in ('exhibits_exchanged', 'microscope_first') then return 'not_now'; end if;
  if l.first_by = my_officer() then return 'same_person'; end if;
  select f.finding into first from microscope_finding f where f.link = which and f.round = l.round and f.number = 1;
  insert into microscope_finding (link, round, number, party, officer, by_name, finding, remarks)
    values (which, l.round, case when l.state = 'exhibits_exchanged' then 1 else 2 end, me(), my_officer(), who, what, said);
  if l.state = 'exhibits_exchanged' then
    update hit_link set state = 'microscope_first', first_by = my_officer() where id = which;
    after := 'microscope_first';
  else
    after := case when first = 'identification' and what = 'identification' then 'confirmed' when first = 'exclusion' and what = 'exclusion' then 'refuted' else 'inconclusive' end;
    update hit_link set state = after, decided_at = now(), cases = case when after = 'confirmed' then
      array(select e.case_reference from unnest(array[l.one, l.other]) with ordinality as x(id, nth) join exhibit e on e.id = x.id order by x.nth) else '{}' end where id = which;
  end if;
  perform add_link_step(which, after, who, ''); -- what was found stands nowhere but in the findings
  return after;
end $$;

-- Thirty years after an exhibit was filed it goes with all that hangs on it; the proof stays.
create function erase_old_exhibits(today date, most integer) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare due uuid[]; erased bigint;
begin
  insert into chore_done as c values ('exhibit_retention', today) on conflict (chore) do update set day = excluded.day where c.day < excluded.day;
  if not found then return 0; end if;
  select coalesce(array_agg(id), '{}') into due from (select id from exhibit where retain_until < today order by retain_until, id limit most) as late;
  insert into erasure (record, kind, owner, version, digest, why)
    select e.id, 'exhibit', e.owner, e.version, sha256(convert_to((to_jsonb(e) - 'terms' - 'digest')::text, 'UTF8')), 'retention' from exhibit e where e.id = any(due) on conflict do nothing;
  get diagnostics erased = row_count;
  insert into audit (act, object_kind, object_id, object_owner, object_version, outcome)
    select 'end_record', 'exhibit', e.id, e.owner, e.version, 'retention' from exhibit e where e.id = any(due);
  update exhibit set of_exhibit = null where of_exhibit = any(due);
  delete from exhibit where id = any(due);
  if cardinality(due) = most then update chore_done set day = today - 1 where chore = 'exhibit_retention'; end if;
  return erased;
end $$;

do $$
declare name text;
begin
  foreach name in array array['queue_scans()', 'queue_scan()', 'fully_met_terms()', 'exhibit_level(integer, smallint, integer)', 'waiting_leads(integer)', 'leads_kept(uuid)', 'ballistics_waits()', 'scans_held()', 'queue_lost_scans(uuid[])', 'scans_to_take(integer)', 'scan_file(uuid)',
    'scan_taken(uuid, boolean, integer)', 'waiting_runs(integer)', 'scans_told(integer, uuid, text, jsonb)', 'parties_asking(uuid, text)', 'keep_candidate(integer, uuid, uuid, jsonb, text, boolean)',
    'keep_run(uuid, integer, integer, integer, jsonb)', 'fail_run(uuid, text)', 'keep_leads(uuid, integer, jsonb)', 'ask_physical(uuid, uuid, text, text)', 'add_link_step(uuid, text, text, text)', 'held_link(uuid)',
    'step_link(uuid, text, text, text)', 'find_under_microscope(uuid, text, text, text)', 'erase_old_exhibits(date, integer)'] loop
    execute format('revoke all on function %s from public', name);
  end loop;
end $$;
grant execute on function fully_met_terms(), ask_physical(uuid, uuid, text, text), step_link(uuid, text, text, text), find_under_microscope(uuid, text, text, text) to tripoint_app;
grant execute on function waiting_leads(integer), leads_kept(uuid), ballistics_waits(), scans_held(), queue_lost_scans(uuid[]), scans_to_take(integer), scan_file(uuid), scan_taken(uuid, boolean, integer), waiting_runs(integer), scans_told(integer, uuid, text, jsonb),
  parties_asking(uuid, text), keep_run(uuid, integer, integer, integer, jsonb), fail_run(uuid, text), keep_leads(uuid, integer, jsonb), erase_old_exhibits(date, integer) to tripoint_relay;
