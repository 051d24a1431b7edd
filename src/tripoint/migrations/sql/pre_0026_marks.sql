-- Every mark of every firearm by all its keys: what is stamped on a frame, a barrel, by an importer, a proof house. A mark
-- is a lead: one number stands on many guns, and one gun bears several. What the holder is (make, model, calibre) is kept
-- beside it, so that candidates are ranked without a second look.
create table mark (
  id uuid primary key default uuid7(), owner smallint not null references party, terms integer not null references terms,
  holder_kind text not null check (holder_kind in ('listed', 'recovered')), holder uuid not null,
  place text, -- where it stands; null where that is not known
  kind text not null default 'serial' check (kind in ('serial', 'import', 'proof', 'maker', 'calibre', 'privately_made', 'inventory', 'remark')),
  raw text not null check (length(raw) <= 200), script text not null default 'latin' check (script in ('latin', 'cyrillic', 'greek', 'mixed', 'other')),
  normal text collate "C" not null,
  fold text collate "C" not null generated always as (fold_mark(normal)) stored,
  fold_reverse text collate "C" not null generated always as (reverse(fold_mark(normal))) stored,
  readings jsonb not null default '[]', -- what an examiner saw, position by position
  make text, model text, calibre text, type text, made_in smallint, ended_at timestamptz
);
create index mark_fold on mark (fold) where ended_at is null;
create index mark_fold_reverse on mark (fold_reverse) where ended_at is null;
create index mark_holder on mark (holder);
alter table mark enable row level security; alter table mark force row level security;
create policy released on mark for select to tripoint_app using (owner = (select me()) or terms in (select readable_terms()));
create policy write on mark for insert to tripoint_app with check (owner = (select me()));
create policy change on mark for update to tripoint_app using (owner = (select me())) with check (owner = (select me()));
create policy remove on mark for delete to tripoint_app using (owner = (select me()));
create policy met on mark for select to tripoint_search using (owner = (select me()) or terms in (select meetable_terms()));
create policy functions on mark for all to current_user using (true) with check (true);
grant select, insert, update, delete on mark to tripoint_app;
grant select on mark to tripoint_search;

-- The marks that stand in a serial number as it is listed: several are parted by semicolons (US records do so).
create function marks_in(serial text) returns table (raw text, normal text) language sql immutable parallel safe set search_path = public, pg_temp as $$
  select distinct on (n) btrim(part), n from unnest(string_to_array(serial, ';')) as part, upper(regexp_replace(part, '[^0-9A-Za-z]', '', 'g')) as n where n <> ''
$$;

-- The serial of a listed firearm is a mark, kept in step by the table of firearms itself, whoever writes it. What others
-- add to a listed firearm (import mark, barrel) has a place or another kind, and follows its holder in all else.
create function keep_marks() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    delete from mark m using went w where m.holder = w.id and m.holder_kind = 'listed';
    return null;
  end if;
  if tg_op = 'UPDATE' then
    delete from mark m using went w join came c on c.id = w.id
     where m.holder = w.id and m.holder_kind = 'listed' and m.kind = 'serial' and m.place is null and w.serial is distinct from c.serial;
    update mark m set owner = c.owner, terms = c.terms, make = c.make, model = c.model, calibre = c.calibre, ended_at = c.ended_at
      from came c join went w on w.id = c.id
     where m.holder = c.id and m.holder_kind = 'listed'
       and (w.owner, w.terms, w.make, w.model, w.calibre, w.ended_at) is distinct from (c.owner, c.terms, c.make, c.model, c.calibre, c.ended_at);
    insert into mark (owner, terms, holder_kind, holder, raw, normal, make, model, calibre, ended_at)
      select c.owner, c.terms, 'listed', c.id, s.raw, s.normal, c.make, c.model, c.calibre, c.ended_at
        from came c join went w on w.id = c.id cross join lateral marks_in(c.serial) s where w.serial is distinct from c.serial;
    return null;
  end if;
  insert into mark (owner, terms, holder_kind, holder, raw, normal, make, model, calibre, ended_at)
    select c.owner, c.terms, 'listed', c.id, s.raw, s.normal, c.make, c.model, c.calibre, c.ended_at from came c cross join lateral marks_in(c.serial) s;
  return null;
end $$;
revoke all on function keep_marks(), marks_in(text) from public;
create trigger keep_new_marks after insert on firearm referencing new table as came for each statement execute function keep_marks();
create trigger keep_changed_marks after update on firearm referencing old table as went new table as came for each statement execute function keep_marks();
create trigger drop_marks after delete on firearm referencing old table as went for each statement execute function keep_marks();

-- Who asks for marks by their folds: each fold with the question's place among those asked together, the number itself,
-- and how many slips lie between (0 where the fold is the question's own). Every level is given, as by search_firearms:
-- what is met blind must never be told to the asker. At most 200 for each question, slips and what is blind apart.
create function search_marks(places integer[], folds text[], slips integer[], asked text[], makes text[], kind_of_holder text)
returns table (at integer, slip integer, mark uuid, holder_kind text, holder uuid, owner smallint, level text, place text, kind text, raw text, normal text,
               make text, model text, calibre text, type text, made_in smallint, status text, country text, reported date, version integer)
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
    with met as (
      select q.at, q.slip, m.*, meeting_level(m.terms, m.owner, me()) as level, m.normal = q.asked as same, coalesce(lower(m.make) = lower(q.make), false) as same_make
        from unnest(places, folds, slips, asked, makes) as q(at, fold, slip, asked, make) join mark m on m.fold = q.fold
       where m.ended_at is null and (kind_of_holder is null or m.holder_kind = kind_of_holder) and m.kind in ('serial', 'import', 'privately_made', 'inventory', 'remark')),
    placed as (
      select m.*, row_number() over (partition by m.at, m.slip, m.level = 'blind' order by m.same_make desc, m.same desc, m.id) as nth from met m where m.level is not null)
    select p.at, p.slip, p.id, p.holder_kind, p.holder, p.owner, p.level, p.place, p.kind, p.raw, p.normal, p.make, p.model, p.calibre, p.type, p.made_in,
           f.status, f.country, f.reported, f.version
      from placed p left join firearm f on f.id = p.holder and p.holder_kind = 'listed'
     where p.nth <= 200 order by p.at, p.slip, p.level = 'blind', p.nth;
end $$;

-- Marks whose fold fits an expression, between two bounds (what its first characters leave) of it or of its reverse.
create function search_mark_pattern(expression text, low text, high text, reversed boolean, makes text[], kind_of_holder text, most integer)
returns table (at integer, slip integer, mark uuid, holder_kind text, holder uuid, owner smallint, level text, place text, kind text, raw text, normal text,
               make text, model text, calibre text, type text, made_in smallint, status text, country text, reported date, version integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
begin
  return query
    with met as (
      select m.*, meeting_level(m.terms, m.owner, me()) as level from mark m
       where m.ended_at is null and m.fold ~ expression
         and (low is null or (reversed and m.fold_reverse >= low and m.fold_reverse < high) or (not reversed and m.fold >= low and m.fold < high))
         and (makes is null or m.make is null or btrim(regexp_replace(lower(m.make), '[^0-9a-z]+', ' ', 'g')) = any (makes))
         and (kind_of_holder is null or m.holder_kind = kind_of_holder) and m.kind in ('serial', 'import', 'privately_made', 'inventory', 'remark')),
    placed as (select m.*, row_number() over (partition by m.level = 'blind' order by m.id) as nth from met m where m.level is not null)
    select 0, 0, p.id, p.holder_kind, p.holder, p.owner, p.level, p.place, p.kind, p.raw, p.normal, p.make, p.model, p.calibre, p.type, p.made_in,
           f.status, f.country, f.reported, f.version
      from placed p left join firearm f on f.id = p.holder and p.holder_kind = 'listed'
     where p.nth <= most order by p.level = 'blind', p.nth;
end $$;

do $$
declare name text;
begin
  execute 'grant create on schema public to tripoint_search';
  foreach name in array array['search_marks(integer[], text[], integer[], text[], text[], text)', 'search_mark_pattern(text, text, text, boolean, text[], text, integer)'] loop
    execute format('revoke all on function %s from public', name);
    execute format('grant execute on function %s to tripoint_app', name);
    execute format('alter function %s owner to tripoint_search', name);
  end loop;
  execute 'revoke create on schema public from tripoint_search';
end $$;

-- What was listed before this step.
alter table firearm no force row level security;
insert into mark (owner, terms, holder_kind, holder, raw, normal, make, model, calibre, ended_at)
  select f.owner, f.terms, 'listed', f.id, s.raw, s.normal, f.make, f.model, f.calibre, f.ended_at from firearm f cross join lateral marks_in(f.serial) s;
alter table firearm force row level security;
