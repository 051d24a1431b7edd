-- How a check meets records: functions of a role that sees only what the asker's checks may meet.
-- `level` says what the asker may then learn; `how` is exact, confused where only the folded mark is the same, and near
-- for a number that is one slip away. What is told and what is met blind are counted apart: neither crowds out the other.

-- `near` holds the numbers one slip away from the one asked (words/documents.py); null where nobody wished for them.
-- One plan for every question: which part of `document` holds a key is found when it runs.
create function search_documents(asked text, asked_issuer text, near text[] default null)
returns table (kind text, id uuid, owner smallint, level text, how text, number text, issuer text, type document_type, status text, reported date, version integer, person_content jsonb, person_status text)
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare wanted bigint := mark_key(asked); folded text := fold_mark(asked);
begin
  return query
    with met as (
      select d.id, d.owner, meeting_level(d.terms, d.owner, me()) as level, case when d.number = asked then 'exact' else 'confused' end as how,
             d.number, d.issuer, d.type, d.status, d.reported, d.version
        from document d
       where d.number_key = wanted and d.ended_at is null and fold_mark(d.number) = folded and (asked_issuer is null or d.issuer = asked_issuer)),
    placed as (select m.*, row_number() over (partition by m.level = 'blind' order by m.how <> 'exact', m.id) as place from met m where m.level is not null)
    select 'document', p.id, p.owner, p.level, p.how, p.number, p.issuer, p.type, p.status::text, p.reported, p.version, null::jsonb, null::text
      from placed p where p.place <= 50;
  return query
    with met as (
      select m.id, m.owner, meeting_level(m.terms, m.owner, me()) as level, case when pd.number = asked then 'exact' else 'confused' end as how,
             pd.number, pd.issuer, pd.type, m.status, m.version
        from person_document pd join person m on m.id = pd.person
       where pd.number_key = wanted and m.ended_at is null and fold_mark(pd.number) = folded
         and (asked_issuer is null or pd.issuer is null or pd.issuer = asked_issuer)),
    placed as (select m.*, row_number() over (partition by m.level = 'blind' order by m.how <> 'exact', m.id) as place from met m where m.level is not null)
    select 'person_document', p.id, p.owner, p.level, p.how, p.number, p.issuer, p.type, p.status, null::date, p.version, m.content, p.status
      from placed p join person m on m.id = p.id where p.place <= 50;
  if near is not null then
    return query select * from near_documents(wanted, asked_issuer, near);
  end if;
end $$;

-- Strangers are many among numbers one slip away: twenty places each for what is told and what is met blind.
create function near_documents(wanted bigint, asked_issuer text, near text[])
returns table (kind text, id uuid, owner smallint, level text, how text, number text, issuer text, type document_type, status text, reported date, version integer, person_content jsonb, person_status text)
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
begin
  return query
    with slip as (select distinct mark_key(n) as key, fold_mark(n) as folded from unnest(near) as n where mark_key(n) <> wanted),
    met as (
      select d.id, d.owner, meeting_level(d.terms, d.owner, me()) as level, d.number, d.issuer, d.type, d.status, d.reported, d.version
        from slip s join document d on d.number_key = s.key and fold_mark(d.number) = s.folded
       where d.ended_at is null and (asked_issuer is null or d.issuer = asked_issuer)),
    placed as (select m.*, row_number() over (partition by m.level = 'blind' order by m.id) as place from met m where m.level is not null)
    select 'document', p.id, p.owner, p.level, 'near', p.number, p.issuer, p.type, p.status::text, p.reported, p.version, null::jsonb, null::text
      from placed p where p.place <= 20;
  return query
    with slip as (select distinct mark_key(n) as key, fold_mark(n) as folded from unnest(near) as n where mark_key(n) <> wanted),
    met as (
      select m.id, m.owner, meeting_level(m.terms, m.owner, me()) as level, pd.number, pd.issuer, pd.type, m.status, m.version
        from slip s join person_document pd on pd.number_key = s.key and fold_mark(pd.number) = s.folded join person m on m.id = pd.person
       where m.ended_at is null and (asked_issuer is null or pd.issuer is null or pd.issuer = asked_issuer)),
    placed as (select m.*, row_number() over (partition by m.level = 'blind' order by m.id) as place from met m where m.level is not null)
    select 'person_document', p.id, p.owner, p.level, 'near', p.number, p.issuer, p.type, p.status, null::date, p.version, m.content, p.status
      from placed p join person m on m.id = p.id where p.place <= 20;
end $$;

-- Persons are found by the index beside the database; what of them may be told is said here, as things stand now.
create function confirm_persons(wanted uuid[])
returns table (id uuid, owner smallint, level text, content jsonb, version integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if cardinality(wanted) > 200 then raise exception 'too many at once'; end if;
  return query
    select p.id, p.owner, meeting_level(p.terms, p.owner, me()), p.content, p.version
      from person p where p.id = any(wanted) and p.ended_at is null;
end $$;

create function search_vehicles(asked_vin text, asked_plate text, asked_country text)
returns table (id uuid, owner smallint, level text, by_vin text, by_plate text, vin text, plate text, country text, make text, model text, colour text, status text, reported date, version integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
    select v.id, v.owner, meeting_level(v.terms, v.owner, me()),
           case when v.vin = asked_vin then 'exact' when fold_mark(v.vin) = fold_mark(asked_vin) then 'confused' end,
           case when v.plate = asked_plate then 'exact' when fold_mark(v.plate) = fold_mark(asked_plate) then 'confused' end,
           v.vin, v.plate, v.country, v.make, v.model, v.colour, v.status, v.reported, v.version
      from vehicle v
     where v.ended_at is null and ((v.vin_key = mark_key(asked_vin) and fold_mark(v.vin) = fold_mark(asked_vin))
        or (v.plate_key = mark_key(asked_plate) and fold_mark(v.plate) = fold_mark(asked_plate) and (asked_country is null or v.country is null or v.country = asked_country)))
     limit 50;
end $$;

create function search_firearms(asked text)
returns table (id uuid, owner smallint, level text, exact boolean, serial text, make text, model text, calibre text, country text, status text, reported date, version integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
    select f.id, f.owner, meeting_level(f.terms, f.owner, me()), f.serial = asked, f.serial, f.make, f.model, f.calibre, f.country, f.status, f.reported, f.version
      from firearm f where f.ended_at is null and f.serial_key = mark_key(asked) and fold_mark(f.serial) = fold_mark(asked) limit 200;
end $$;

-- May another party (the coordination unit) learn of a record at all?
create function pointed_to(record_kind text, record uuid, other integer) returns boolean language plpgsql stable security definer set search_path = public, pg_temp as $$
declare found text;
begin
  if record_kind = 'document' then select meeting_level(d.terms, d.owner, other) into found from document d where d.id = record;
  elsif record_kind = 'vehicle' then select meeting_level(v.terms, v.owner, other) into found from vehicle v where v.id = record;
  elsif record_kind = 'firearm' then select meeting_level(f.terms, f.owner, other) into found from firearm f where f.id = record;
  else select meeting_level(p.terms, p.owner, other) into found from person p where p.id = record; end if;
  return coalesce(found in ('pointer', 'full'), false);
end $$;

do $$
declare name text;
begin
  execute 'grant create on schema public to tripoint_search';
  foreach name in array array['near_documents(bigint, text, text[])', 'search_documents(text, text, text[])', 'confirm_persons(uuid[])', 'search_vehicles(text, text, text)', 'search_firearms(text)', 'pointed_to(text, uuid, integer)'] loop
    execute format('revoke all on function %s from public', name);
    execute format('grant execute on function %s to tripoint_app', name);
    execute format('alter function %s owner to tripoint_search', name);
  end loop;
  execute 'revoke create on schema public from tripoint_search';
end $$;

-- Lists stay fast under row-level security only if these may run before it (they raise no error that tells of a row).
do $$ begin
  if (select rolsuper from pg_roles where rolname = current_user) then
    alter function ts_match_vq(tsvector, tsquery) leakproof;
    alter function texticlike(text, text) leakproof;
  end if;
end $$;
