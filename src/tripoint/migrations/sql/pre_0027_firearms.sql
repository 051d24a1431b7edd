-- Firearms: more of what is listed, what was recovered with its marks and steps, and the meetings of the two.

-- A listed firearm gains what iARMS and the marking rules ask for. `illicit` holds codes of grounds, parted by commas.
alter table firearm add column type text, add column made_in smallint, add column importer text, add column import_country text,
  add column import_year smallint, add column illicit text, add column other_marks text, add column event_date date,
  add column event_place text, add column case_reference text, add column recheck date;

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

-- A recovery is a report of its own kind: line, body, history, links and sheets as every report has them (pre_0018).
alter table occurrence drop constraint occurrence_kind_check;
alter table occurrence add constraint occurrence_kind_check
  check (kind in ('detection', 'victim', 'arrest', 'seizure', 'freeze', 'group', 'investigation', 'incident', 'interview', 'notice_request', 'recovery'));

-- What a recovery says, cut into columns for searches, traces and tables; written with the report and from it alone.
create table recovered_firearm (
  id uuid primary key references occurrence on delete cascade, owner smallint not null references party, terms integer not null references terms,
  operation uuid not null references operation, happened_at timestamptz not null, state text not null default 'preliminary', version integer not null,
  acquired_by text not null check (acquired_by in ('seized', 'found', 'surrendered')), type text not null,
  make_text text, make_id text, model_text text, model_id text, calibre_text text, calibre_id text, bore_family text, calibre_confidence real,
  country_of_manufacture text, made_in smallint, importer text, import_country text, import_year smallint,
  marked_status text not null check (marked_status in ('full', 'partial', 'obliterated', 'unmarked', 'privately_made')),
  converted boolean not null default false, deactivated boolean not null default false, privately_made boolean not null default false,
  illicit_grounds text[] not null default '{}', crime_codes text[] not null default '{}', place jsonb, seizure uuid, item integer,
  filed_by uuid not null, filed_at timestamptz not null, changed_at timestamptz not null
);
create index on recovered_firearm (operation, happened_at desc, id desc);
create index on recovered_firearm (owner, happened_at desc, id desc);
create index on recovered_firearm (make_id); create index on recovered_firearm (calibre_id);
-- The nine steps of the protocol; the newest word on each counts, the earlier ones stay.
create table recovery_step (
  recovered uuid not null references recovered_firearm on delete cascade, owner smallint not null references party, terms integer not null references terms,
  step text not null, number integer not null, state text not null check (state in ('open', 'under_way', 'done', 'not_possible')),
  note text not null default '', by_officer text not null, at timestamptz not null, primary key (recovered, step, number)
);
do $$
declare name text;
begin
  foreach name in array array['recovered_firearm', 'recovery_step'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy functions on %I for all to current_user using (true) with check (true)', name);
    execute format('create policy seen on %I for select to tripoint_app
      using ((owner = (select me()) or terms in (select readable_terms())) and ''general'' = any((select my_classes())::text[]))', name);
    execute format('create policy write on %I for insert to tripoint_app with check (owner = (select me()))', name);
  end loop;
end $$;
create policy change on recovered_firearm for update to tripoint_app using (owner = (select me())) with check (owner = (select me()));
create policy met on recovered_firearm for select to tripoint_search using (terms in (select meetable_terms()) or owner = (select me()));
grant select, insert, update on recovered_firearm to tripoint_app;
grant select, insert on recovery_step to tripoint_app;
grant select on recovered_firearm to tripoint_search;

-- What stands in the report's state stands in its firearm's; the marks of one withdrawn are met no more.
create function follow_recovery() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update recovered_firearm set state = new.state, version = new.version, changed_at = new.changed_at where id = new.id;
  update mark set ended_at = case when new.state = 'withdrawn' then new.changed_at end
   where holder = new.id and holder_kind = 'recovered' and (ended_at is null) = (new.state = 'withdrawn');
  return null;
end $$;
create trigger follow_recovery after update of state on occurrence for each row when (new.kind = 'recovery' and new.state is distinct from old.state)
  execute function follow_recovery();

-- Meetings. Every new mark, listed or recovered, is looked at by the relay within a moment: what waits here is seen by
-- nobody else. Marks written a few at a time come before those of a whole list.
create table mark_to_meet (mark uuid primary key, many boolean not null, at timestamptz not null default now());
create index on mark_to_meet (many, at);
-- A recovered mark by its fold and by its fold with each one character left out: two folds within one edit share such a
-- key, so that a list of any length meets all recoveries by an index.
create table recovered_key (mark uuid not null, key text collate "C" not null);
create index on recovered_key (key); create index on recovered_key (mark);
-- One with unknown places, as an expression over folds; `low` and `high` are what its first characters leave, of the fold
-- or of its reverse; null where they leave too much to look through.
create table recovered_pattern (mark uuid primary key, expression text not null, low text collate "C", high text collate "C", reversed boolean not null default false);
create table mark_meeting (
  id uuid primary key default uuid7(), recovered uuid not null, recovered_owner smallint not null, listed uuid not null, listed_owner smallint not null,
  state text not null default 'possible' check (state in ('possible', 'confirmed', 'refuted')), made_at timestamptz not null default now(),
  decided_by uuid, decided_at timestamptz, reason text, unique (recovered, listed)
);
create index on mark_meeting (listed);
-- Each party's half of a meeting: what the other's terms let it learn, as things stood, and nothing else.
create table meeting_half (
  meeting uuid not null references mark_meeting, party smallint not null references party, side text not null check (side in ('recovered', 'listed')),
  own uuid not null, other_party smallint not null references party, level text not null check (level in ('pointer', 'full')),
  score real not null, content jsonb not null, state text not null, made_at timestamptz not null default now(), decided_at timestamptz, reason text,
  primary key (meeting, party)
);
create index on meeting_half (party, made_at desc); create index on meeting_half (own);
do $$
declare name text;
begin
  foreach name in array array['mark_to_meet', 'recovered_key', 'recovered_pattern', 'mark_meeting', 'meeting_half'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy functions on %I for all to current_user using (true) with check (true)', name);
  end loop;
end $$;
create policy meetings on firearm for select to current_user using (true);
create policy meetings on outbox for insert to current_user with check (kind in ('marks', 'meeting'));
create policy own on meeting_half for select to tripoint_app using (party = (select me()) and 'general' = any((select my_classes())::text[]));
grant select on meeting_half to tripoint_app;

create function slip_keys(fold text) returns setof text language sql immutable strict parallel safe as $$
  select fold union select overlay(fold placing '' from n for 1) from generate_series(1, length(fold)) as n where length(fold) > 1
$$;
-- All folds within one edit, over the folded alphabet: a few hundred, each looked up in the index of all marks.
create function slip_folds(fold text) returns setof text language sql immutable strict parallel safe as $$
  with sign as (select substr('0123456789ACEFHKMNPRTUVWXY', n, 1) as c from generate_series(1, 26) as n), place as (select generate_series(1, length(fold)) as n)
  select fold union select overlay(fold placing '' from n for 1) from place where length(fold) > 1
  union select overlay(fold placing c from n for 1) from place, sign
  union select overlay(fold placing c from n for 0) from (select generate_series(1, length(fold) + 1) as n) as gap, sign
  union select overlay(fold placing substr(fold, n + 1, 1) || substr(fold, n, 1) from n for 2) from place where n < length(fold)
$$;

create function queue_marks() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare written bigint; first uuid;
begin
  if tg_op = 'INSERT' then
    select count(*), min(c.id::text)::uuid into written, first from came c where c.ended_at is null;
    insert into mark_to_meet (mark, many) select c.id, written > 500 from came c where c.ended_at is null and c.kind in ('serial', 'import', 'privately_made', 'inventory', 'remark') on conflict do nothing;
  else
    select count(*), min(c.id::text)::uuid into written, first from came c join went w on w.id = c.id where c.ended_at is null and (c.terms <> w.terms or w.ended_at is not null);
    insert into mark_to_meet (mark, many) select c.id, written > 500 from came c join went w on w.id = c.id
      where c.ended_at is null and (c.terms <> w.terms or w.ended_at is not null) on conflict do nothing;
  end if;
  if written > 0 then insert into outbox (kind, parties, ref) values ('marks', '{}', first); end if;
  return null;
end $$;
create trigger queue_new_marks after insert on mark referencing new table as came for each statement execute function queue_marks();
create trigger queue_changed_marks after update on mark referencing old table as went new table as came for each statement execute function queue_marks();
create function forget_mark_keys() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from recovered_key k using went w where k.mark = w.id and w.holder_kind = 'recovered';
  delete from recovered_pattern p using went w where p.mark = w.id and w.holder_kind = 'recovered';
  delete from mark_to_meet q using went w where q.mark = w.id;
  return null;
end $$;
create trigger forget_mark_keys after delete on mark referencing old table as went for each statement execute function forget_mark_keys();

-- The keys of a recovered mark, written by its owner: `pattern` where places are unknown, else null.
create function keep_mark_keys(which uuid, pattern text, low_fold text, high_fold text, from_end boolean) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare folded text;
begin
  select m.fold into folded from mark m where m.id = which and m.owner = me() and m.holder_kind = 'recovered';
  if not found then raise exception 'no such mark'; end if;
  if pattern is null then insert into recovered_key select which, k from slip_keys(folded) as k;
  else insert into recovered_pattern values (which, pattern, low_fold, high_fold, from_end); end if;
end $$;

-- What a mark just written may mean, for the relay: pairs of a recovered and a listed one within an edit, or that fit, with
-- what each owner's terms let the other learn. Where either lets the other meet nothing there is no pair. Takes what it
-- looked at out of the queue, at most so many, and has itself called again where more are left.
create function marks_to_meet(most integer) returns table (
  recovered uuid, recovered_owner smallint, recovered_raw text, recovered_make text, recovered_model text, recovered_calibre text, recovered_type text, recovered_year smallint,
  recovered_level text, listed uuid, listed_owner smallint, listed_normal text, listed_raw text, listed_level text, recovered_party text, listed_party text)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare taken uuid[];
begin
  with next as (select q.mark from mark_to_meet q order by q.many, q.at limit most for update skip locked),
       gone as (delete from mark_to_meet q using next n where q.mark = n.mark returning q.mark)
  select coalesce(array_agg(g.mark), '{}') into taken from gone g;
  return query
    with taken_marks as materialized (select m.id as mark, m.holder_kind = 'recovered' as recovered, m.fold from unnest(taken) as t(id) join mark m on m.id = t.id where m.ended_at is null),
    pairs as (
      select t.mark as r, l.id as l from taken_marks t join recovered_key k on k.mark = t.mark and k.key = t.fold cross join lateral slip_folds(t.fold) as f
        join mark l on l.fold = f and l.ended_at is null and l.holder_kind = 'listed' where t.recovered
      union select t.mark, l.id from taken_marks t join recovered_pattern p on p.mark = t.mark
        join mark l on l.fold ~ p.expression and ((not p.reversed and l.fold >= p.low and l.fold < p.high) or (p.reversed and l.fold_reverse >= p.low and l.fold_reverse < p.high))
        where t.recovered and p.low is not null and l.ended_at is null and l.holder_kind = 'listed'
      union select k.mark, t.mark from taken_marks t cross join lateral slip_keys(t.fold) as f join recovered_key k on k.key = f where not t.recovered
      union select p.mark, t.mark from taken_marks t join recovered_pattern p on t.fold ~ p.expression where not t.recovered),
    met as (
      select r.id as rm, r.holder as rh, r.owner as ro, r.raw as rraw, l.holder as lh, l.owner as lo, l.normal, l.raw as lraw,
             meeting_level(r.terms, r.owner, l.owner) as lister_learns, meeting_level(l.terms, l.owner, r.owner) as recoverer_learns
        from pairs p join mark r on r.id = p.r join mark l on l.id = p.l where r.ended_at is null and r.kind in ('serial', 'privately_made', 'inventory', 'remark', 'import'))
    select m.rh, m.ro, m.rraw, g.make_text, g.model_text, g.calibre_text, g.type, g.made_in, m.lister_learns, m.lh, m.lo, m.normal, m.lraw, m.recoverer_learns, a.code, b.code
      from met m join recovered_firearm g on g.id = m.rh join party a on a.number = m.ro join party b on b.number = m.lo
     where m.lister_learns is not null and m.recoverer_learns is not null and (m.lister_learns <> 'blind' or m.recoverer_learns <> 'blind')
       and g.state <> 'withdrawn' and not exists (select from mark_meeting x where x.recovered = m.rh and x.listed = m.lh)
     limit 20000;
  if exists (select from mark_to_meet) then insert into outbox (kind, parties, ref) values ('marks', '{}', uuid7()); end if;
end $$;
create function listed_facts(wanted uuid[]) returns table (id uuid, serial text, make text, model text, calibre text, type text, made_in smallint, country text, status text, reported date)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.id, f.serial, f.make, f.model, f.calibre, f.type, f.made_in, f.country, f.status, f.reported from firearm f where f.id = any(wanted) and f.ended_at is null
$$;
-- The relay writes what it found worth telling: [{recovered, recovered_owner, listed, listed_owner, score, halves: [{party, side, own, other_party, level, content}]}].
create function keep_meetings(worth jsonb) returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare one jsonb; made uuid; kept integer := 0;
begin
  for one in select * from jsonb_array_elements(worth) loop
    insert into mark_meeting (recovered, recovered_owner, listed, listed_owner)
      values ((one ->> 'recovered')::uuid, (one ->> 'recovered_owner')::smallint, (one ->> 'listed')::uuid, (one ->> 'listed_owner')::smallint)
      on conflict do nothing returning id into made;
    continue when made is null;
    insert into meeting_half (meeting, party, side, own, other_party, level, score, content, state)
      select made, (h ->> 'party')::smallint, h ->> 'side', (h ->> 'own')::uuid, (h ->> 'other_party')::smallint, h ->> 'level', (one ->> 'score')::real, h -> 'content', 'possible'
        from jsonb_array_elements(one -> 'halves') as h;
    insert into outbox (kind, parties, ref, change) select 'meeting', array[h.party], made, 'possible' from meeting_half h where h.meeting = made;
    kept := kept + 1;
  end loop;
  return kept;
end $$;
-- The owner of the listed record says whether it is the same firearm; both who know of the meeting are told.
create function decide_meeting(which uuid, decided text, said text) returns text language plpgsql security definer set search_path = public, pg_temp as $$
declare before text;
begin
  if decided not in ('confirmed', 'refuted') or not 'general' = any(my_classes()) then return null; end if;
  select m.state into before from mark_meeting m join meeting_half h on h.meeting = m.id and h.party = me()
   where m.id = which and m.listed_owner = me() for update of m;
  if before is distinct from 'possible' then return before; end if;
  update mark_meeting set state = decided, decided_by = my_officer(), decided_at = now(), reason = said where id = which;
  update meeting_half set state = decided, decided_at = now(), reason = case when party = me() then said end where meeting = which;
  insert into outbox (kind, parties, ref, change) select 'meeting', array[h.party], which, decided from meeting_half h where h.meeting = which;
  return 'possible';
end $$;
-- What was erased is told of nowhere: its meetings go with it.
create function forget_meetings() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from meeting_half h using mark_meeting m join went w on w.id = m.listed where h.meeting = m.id;
  delete from mark_meeting m using went w where m.listed = w.id;
  return null;
end $$;
create trigger forget_meetings after delete on firearm referencing old table as went for each statement execute function forget_meetings();

create function forget_recovery() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from meeting_half h using mark_meeting m join went w on w.id = m.recovered where h.meeting = m.id;
  delete from mark_meeting m using went w where m.recovered = w.id;
  delete from mark m using went w where m.holder = w.id and m.holder_kind = 'recovered';
  return null;
end $$;
create trigger forget_recovery after delete on recovered_firearm referencing old table as went for each statement execute function forget_recovery();

-- A reference of makes and models that the hub's operator has in the shape of the Firearms Reference Table; none comes along.
create table firearm_reference (
  number text primary key, make text not null, make_id text not null, model text not null, manufacturer text, type text, action text, country text,
  importer text, serial_numbering text, years text, calibres jsonb not null default '[]', notes jsonb not null default '{}', also text[] not null default '{}', edition text not null
);
create index on firearm_reference (make_id, model);
alter table firearm_reference enable row level security; alter table firearm_reference force row level security;
create policy functions on firearm_reference for all to current_user using (true) with check (true);
create policy read on firearm_reference for select to tripoint_app using (true);
grant select on firearm_reference to tripoint_app;

do $$
declare name text;
begin
  foreach name in array array['follow_recovery()', 'slip_keys(text)', 'slip_folds(text)', 'queue_marks()', 'forget_mark_keys()', 'keep_mark_keys(uuid, text, text, text, boolean)', 'marks_to_meet(integer)',
    'listed_facts(uuid[])', 'keep_meetings(jsonb)', 'decide_meeting(uuid, text, text)', 'forget_meetings()', 'forget_recovery()'] loop
    execute format('revoke all on function %s from public', name);
  end loop;
end $$;
grant execute on function keep_mark_keys(uuid, text, text, text, boolean), decide_meeting(uuid, text, text) to tripoint_app;
grant execute on function marks_to_meet(integer), listed_facts(uuid[]), keep_meetings(jsonb) to tripoint_relay;

-- The type and the year of a listed firearm go with its marks, as make, model and calibre do (pre_0026); its other marks,
-- parted by semicolons, are marks beside the serial.
create function describe_marks() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'UPDATE' then
    delete from mark m using came c where m.holder = c.id and m.holder_kind = 'listed' and m.kind = 'serial' and m.place = 'other'
      and m.raw not in (select s.raw from marks_in(c.other_marks) s);
  end if;
  insert into mark (owner, terms, holder_kind, holder, place, raw, normal, make, model, calibre, ended_at)
    select c.owner, c.terms, 'listed', c.id, 'other', s.raw, s.normal, c.make, c.model, c.calibre, c.ended_at from came c cross join lateral marks_in(c.other_marks) s
     where c.other_marks is not null and not exists (select from mark m where m.holder = c.id and m.raw = s.raw);
  update mark m set type = c.type, made_in = c.made_in from came c
   where m.holder = c.id and m.holder_kind = 'listed' and (c.type is not null or c.made_in is not null) and (m.type, m.made_in) is distinct from (c.type, c.made_in);
  return null;
end $$;
revoke all on function describe_marks() from public;
create trigger tell_new_marks after insert on firearm referencing new table as came for each statement execute function describe_marks();
create trigger tell_changed_marks after update on firearm referencing new table as came for each statement execute function describe_marks();
