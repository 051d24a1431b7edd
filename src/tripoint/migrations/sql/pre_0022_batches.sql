-- Many checks in one exchange: the same searches, for the marks of a whole chunk of questions.
-- Most marks are on no list: one look into an index says so. The others are met by the very functions that single checks
-- call, so that a question's answer does not depend on its company. `place` is the question's place in its chunk.

create function search_documents_many(places integer[], numbers text[], issuers text[])
returns table (place integer, kind text, id uuid, owner smallint, level text, how text, number text, issuer text, type document_type, status text, reported date, version integer, person_content jsonb, person_status text)
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare asked record;
begin
  for asked in
    select q.place, q.mark, q.issuer from unnest(places, numbers, issuers) as q(place, mark, issuer)
     where (select 1 from document d where d.number_key = mark_key(q.mark) limit 1) is not null
        or (select 1 from person_document pd where pd.number_key = mark_key(q.mark) limit 1) is not null
  loop
    return query select asked.place, found.* from search_documents(asked.mark, asked.issuer) as found;
  end loop;
end $$;

create function search_sealed_many(places integer[], marks bytea[])
returns table (place integer, id uuid, owner smallint, level text, kinds text[], content jsonb, version integer)
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare asked record;
begin
  for asked in
    select q.place, array_agg(q.mark) as marks from unnest(places, marks) as q(place, mark)
     where (select 1 from sealed_mark m where m.mark = q.mark limit 1) is not null group by q.place
  loop
    return query select asked.place, found.* from search_sealed(asked.marks) as found;
  end loop;
end $$;

create function search_vehicles_many(places integer[], vins text[], plates text[], countries text[])
returns table (place integer, id uuid, owner smallint, level text, by_vin text, by_plate text, vin text, plate text, country text, make text, model text, colour text, status text, reported date, version integer)
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare asked record;
begin
  for asked in
    select q.* from unnest(places, vins, plates, countries) as q(place, vin, plate, country)
     where (select 1 from vehicle v where v.vin_key = mark_key(q.vin) limit 1) is not null
        or (select 1 from vehicle v where v.plate_key = mark_key(q.plate) limit 1) is not null
  loop
    return query select asked.place, found.* from search_vehicles(asked.vin, asked.plate, asked.country) as found;
  end loop;
end $$;

create function search_firearms_many(places integer[], serials text[])
returns table (place integer, id uuid, owner smallint, level text, exact boolean, serial text, make text, model text, calibre text, country text, status text, reported date, version integer)
language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare asked record;
begin
  for asked in
    select q.* from unnest(places, serials) as q(place, serial)
     where (select 1 from firearm f where f.serial_key = mark_key(q.serial) limit 1) is not null
  loop
    return query select asked.place, found.* from search_firearms(asked.serial) as found;
  end loop;
end $$;

do $$
declare name text;
begin
  execute 'grant create on schema public to tripoint_search';
  foreach name in array array['search_documents_many(integer[], text[], text[])', 'search_sealed_many(integer[], bytea[])',
    'search_vehicles_many(integer[], text[], text[], text[])', 'search_firearms_many(integer[], text[])'] loop
    execute format('revoke all on function %s from public', name);
    execute format('grant execute on function %s to tripoint_app', name);
    execute format('alter function %s owner to tripoint_search', name);
  end loop;
  execute 'revoke create on schema public from tripoint_search';
end $$;
