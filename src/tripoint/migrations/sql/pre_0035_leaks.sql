-- What nobody needs to learn, third part.

-- A hit's row is seen by whoever asked, at level pointer too. What it was and how sure stands beneath it, in the finding,
-- which is the owner's, and an asker's at level full; above it stands what is told to everybody.
alter table hit_finding add column kind text, add column grade text, add column score real, add column record_version integer;
alter table hit no force row level security; alter table hit_finding no force row level security;
update hit_finding f set kind = h.kind, grade = h.grade, score = h.score, record_version = h.record_version from hit h where h.id = f.hit;
update hit set kind = case kind when 'person_document' then 'document' else kind end, grade = 'possible', score = null, record_version = 0 where level = 'pointer';
alter table hit force row level security; alter table hit_finding force row level security;
alter table hit add constraint pointers_tell_no_more
  check (level <> 'pointer' or (kind <> 'person_document' and grade = 'possible' and score is null and record_version = 0));
-- A hub that is upgraded last still writes as before: what it says of a pointer goes beneath all the same.
create function say_no_more() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  perform set_config('tripoint.pointed', jsonb_build_object('hit', new.id, 'kind', new.kind, 'grade', new.grade, 'score', new.score, 'version', new.record_version)::text, true);
  new.kind := case new.kind when 'person_document' then 'document' else new.kind end; new.grade := 'possible'; new.score := null; new.record_version := 0;
  return new;
end $$;
create trigger say_no_more before insert on hit for each row
  when (new.level = 'pointer' and (new.kind = 'person_document' or new.grade <> 'possible' or new.score is not null or new.record_version <> 0)) execute function say_no_more();
create function keep_beneath() returns trigger language plpgsql set search_path = public, pg_temp as $$
declare met jsonb := nullif(current_setting('tripoint.pointed', true), '')::jsonb;
begin
  if met->>'hit' = new.hit::text then
    new.kind := met->>'kind'; new.grade := met->>'grade'; new.score := (met->>'score')::real; new.record_version := (met->>'version')::integer;
  end if;
  return new;
end $$;
create trigger keep_beneath before insert on hit_finding for each row when (new.level = 'pointer' and new.kind is null) execute function keep_beneath();
revoke all on function say_no_more(), keep_beneath() from public;

-- After a merge the version of the record that stays belongs beneath as well.
create or replace function move_waiting_hits(gone_record uuid, kept_record uuid, kept_version integer) returns bigint
language sql security definer set search_path = public, pg_temp as $$
  with moved as (update hit h set record = kept_record, record_version = case h.level when 'pointer' then 0 else kept_version end from record_merged m
    where h.record = gone_record and h.owner = me() and h.state in ('new', 'referred') and m.gone = gone_record and m.kept = kept_record and m.owner = me() returning h.id),
  beneath as (update hit_finding f set record_version = kept_version from moved where f.hit = moved.id)
  select count(*) from moved
$$;

-- What was met blind waits in the check's announcement until the relay raises it. Whoever erases the record meanwhile
-- and the relay wait for each other: either the hit stands and its finding is erased with the rest, or it is not raised.
create function keep_while_raising(which uuid) returns boolean language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock_shared(7261035, hashtext(which::text));
  return not exists (select from erasure where record = which);
end $$;
create or replace function erase_own_record(record_kind text, which uuid, expected integer, wherefore text, said text) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare there boolean;
begin
  if record_kind not in ('person', 'document', 'vehicle', 'firearm') then raise exception 'no such kind'; end if;
  perform pg_advisory_xact_lock(7261035, hashtext(which::text));
  execute format('select true from %I where id = $1 and owner = me() and version = $2 for update', record_kind) into there using which, expected;
  if there is null then return false; end if;
  perform erase_these(record_kind, array[which], wherefore, said, nullif(current_setting('tripoint.officer', true), '')::uuid);
  return true;
end $$;
revoke all on function keep_while_raising(uuid) from public;
grant execute on function keep_while_raising(uuid) to tripoint_relay;
