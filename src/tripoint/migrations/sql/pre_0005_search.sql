-- How a check meets records: functions of a role that sees only what the asker's checks may meet.
-- `level` says what the asker may then learn; `exact` is false where only the folded mark is the same.

create function search_documents(asked text, asked_issuer text)
returns table (kind text, id uuid, owner smallint, level text, exact boolean, number text, issuer text, type document_type, status text, reported date, version integer, person_content jsonb, person_status text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare wanted bigint := mark_key(asked);
begin
  return query
    select 'document', d.id, d.owner, meeting_level(d.terms, d.owner, me()), d.number = asked, d.number, d.issuer, d.type, d.status::text, d.reported, d.version, null::jsonb, null::text
      from document d
     where d.number_key = wanted and d.ended_at is null and fold_mark(d.number) = fold_mark(asked)
       and (asked_issuer is null or d.issuer = asked_issuer)
     limit 50;
  return query
    select 'person_document', p.id, p.owner, meeting_level(p.terms, p.owner, me()), pd.number = asked, pd.number, pd.issuer, pd.type, p.status, null::date, p.version, p.content, p.status
      from person_document pd join person p on p.id = pd.person
     where pd.number_key = wanted and p.ended_at is null and fold_mark(pd.number) = fold_mark(asked)
       and (asked_issuer is null or pd.issuer is null or pd.issuer = asked_issuer)
     limit 50;
end $$;

-- Records met blind have places of their own, so that they crowd out nothing the asker would be told of.
create function search_persons(keys bigint[], weights real[], most integer)
returns table (id uuid, owner smallint, level text, status text, content text, version integer, weight real)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
    with asked as (select k, w from unnest(keys, weights) as a(k, w)),
    met as (select pk.person, sum(a.w)::real as weight from asked a cross join lateral (select x.person from person_key x where x.key = a.k limit 2000) pk
             group by pk.person order by 2 desc, 1 limit most * 4),
    told as (select p.id, p.owner, p.status, p.version, m.weight,
                    case when p.owner = me() then 'full' when not now() between t.valid_from and t.valid_until then null
                         when get_bit(t.meets_full, me()) = 1 then 'full' when get_bit(t.meets_pointer, me()) = 1 then 'pointer'
                         when get_bit(t.meets_blind, me()) = 1 then 'blind' end as level
               from met m join person p on p.id = m.person join terms t on t.id = p.terms where p.ended_at is null),
    ranked as (select told.*, row_number() over (partition by told.level = 'blind' order by told.weight desc, told.id) as place from told where told.level is not null)
    select r.id, r.owner, r.level, r.status, p.content::text, r.version, r.weight
      from ranked r join person p on p.id = r.id where r.place <= most order by r.weight desc, r.id;
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
  foreach name in array array['search_documents(text, text)', 'search_persons(bigint[], real[], integer)', 'search_vehicles(text, text, text)', 'search_firearms(text)', 'pointed_to(text, uuid, integer)'] loop
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
