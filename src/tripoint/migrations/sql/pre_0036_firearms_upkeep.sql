-- Firearms: how long traces are kept; pictures of what was seized.

-- Twenty years after its last step a trace goes whole, both halves of it: the International Tracing Instrument (2005, 12)
-- asks that records of firearms be kept at least that long. What stays is the proof. A day at a time, as records go.
create index on trace_request (state_since);
create function erase_expired_traces(today date, most integer) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare due uuid[]; erased bigint;
begin
  insert into chore_done as c values ('trace_retention', today)
    on conflict (chore) do update set day = excluded.day where c.day < excluded.day;
  if not found then return 0; end if;
  select coalesce(array_agg(id), '{}') into due
    from (select id from trace_request where state_since < today::timestamp at time zone 'UTC' - interval '20 years' order by state_since, id limit most) as late;
  insert into erasure (record, kind, owner, version, digest, why)
    select r.id, 'trace', r.asker, (select count(*) from trace_turn t where t.request = r.id),
           sha256(convert_to(to_jsonb(r)::text || to_jsonb(s)::text, 'UTF8')), 'retention'
      from trace_request r join trace_sent s on s.request = r.id where r.id = any(due) on conflict do nothing;
  delete from trace_step_holder where request = any(due);
  delete from trace_step where request = any(due);
  delete from trace_answer where request = any(due);
  delete from trace_comment where request = any(due);
  delete from trace_turn where request = any(due);
  delete from trace_own where request = any(due);
  delete from trace_sent where request = any(due);
  delete from trace_request where id = any(due);
  get diagnostics erased = row_count;
  insert into audit (act, object_kind, object_id, object_owner, object_version, outcome)
    select 'erase_record', kind, record, owner, version, 'retention' from erasure where record = any(due);
  if cardinality(due) = most then update chore_done set day = today - 1 where chore = 'trace_retention'; end if;
  return erased;
end $$;
revoke all on function erase_expired_traces(date, integer) from public;
grant execute on function erase_expired_traces(date, integer) to tripoint_relay;

-- A picture of what was seized goes with its report.
create trigger forget_pictures after delete on occurrence referencing old table as gone for each statement execute function forget_pictures_of();
