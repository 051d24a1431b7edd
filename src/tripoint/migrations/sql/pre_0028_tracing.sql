-- Trace requests: one party asks another where a recovered firearm lawfully was. Both halves see the request; what only
-- one half may see stands in tables of its own, so that no query can show it to the other.

-- The course of one hop. What was never submitted is its asker's alone.
create table trace_request (
  id uuid primary key, asker smallint not null references party, asked smallint not null references party,
  state text not null check (state in ('draft', 'submitted', 'acknowledged', 'more_info_needed', 'in_progress', 'partial_result', 'answered', 'closed', 'withdrawn', 'expired')),
  made_at timestamptz not null, made_by uuid not null, state_since timestamptz not null, submitted_at timestamptz, answered_at timestamptz,
  due_at timestamptz, answer_due_at timestamptz, expires_at timestamptz, told_late boolean not null default false,
  result text check (result in ('traced_to_last_lawful_owner', 'traced_to_licensee', 'last_lawful_state_only', 'no_record', 'unidentifiable', 'refused')),
  digest bytea not null check (octet_length(digest) = 32), check (asker <> asked)
);
create index on trace_request (asked, state, due_at);
create index on trace_request (asker, state, due_at);
create index on trace_request (due_at) where due_at is not null and not told_late;
-- What the asker says in it. Only he ever writes here.
create table trace_sent (
  request uuid primary key references trace_request, asker smallint not null references party, asked smallint not null references party,
  priority text not null check (priority in ('routine', 'urgent')), urgent_reason text, grounds text[] not null default '{}', intended_use text, wanted text,
  limits text[] not null default '{}', limit_words text, description jsonb not null
);
-- What stays with the asker: which request this one follows, the recovered firearm, who had it.
create table trace_own (
  request uuid primary key references trace_request, owner smallint not null references party, parent uuid, root uuid not null, operation uuid, recovered uuid,
  possessor text, possessor_protected boolean not null default false, note text
);
create index on trace_own (root);
create index on trace_own (recovered) where recovered is not null;
-- What the asked party answers; `use_until` ends the asker's reading.
create table trace_answer (
  request uuid not null references trace_request, number integer not null check (number > 0), owner smallint not null references party, partial boolean not null,
  class text not null, why text, words text, ask_next text, limits text[] not null default '{}', limit_words text, use_until date, at timestamptz not null,
  by_officer uuid not null, primary key (request, number)
);
-- Intervals of custody, each its writer's; the other half sees what was released, for as long as it may be used.
create table trace_step (
  id uuid primary key, request uuid not null references trace_request, owner smallint not null references party, number integer not null, answer integer,
  role text not null check (role in ('maker', 'exporter', 'importer', 'wholesaler', 'dealer', 'buyer', 'owner', 'state', 'unknown')), country text, since text, until text,
  evidence text not null check (evidence in ('documented', 'recorded', 'declared', 'inferred', 'none')), lawful boolean, retail boolean not null default false,
  result text, next_country text, released boolean not null, use_until date, carried_from uuid, at timestamptz not null, by_officer uuid not null
);
create index on trace_step (request);
-- Who it was, and the papers that name him.
create table trace_step_holder (
  step uuid primary key references trace_step, request uuid not null references trace_request, owner smallint not null references party, released boolean not null,
  use_until date, holder text, licence text, document text
);
create table trace_comment (
  request uuid not null references trace_request, number integer not null, owner smallint not null references party, words text not null, at timestamptz not null,
  by_officer uuid not null, primary key (request, number)
);
-- Every change of state; the party is null where the hub itself made it.
create table trace_turn (
  request uuid not null references trace_request, number integer not null, before text, after text not null, party smallint references party, reason text,
  at timestamptz not null, primary key (request, number)
);
-- How soon a party answers, by its own calendar; where it has set nothing the usual clocks hold. Everybody may know it.
create table trace_clock (
  owner smallint primary key references party, acknowledge_working_days integer not null, urgent_hours integer not null, routine_days integer not null,
  more_info_working_days integer not null, expire_days integer not null, time_zone text not null, week smallint[] not null, holidays date[] not null default '{}',
  set_at timestamptz not null, set_by uuid not null
);
-- What the owner of a recovered firearm decided about it: whether it must be traced (SDG indicator 16.4.2).
create table trace_context (
  recovered uuid not null, owner smallint not null references party, need text not null check (need in ('required', 'established', 'impossible')),
  authority text not null, reason text not null, set_at timestamptz not null, set_by uuid not null, primary key (owner, recovered)
);

do $$
declare name text;
begin
  foreach name in array array['trace_request', 'trace_sent', 'trace_own', 'trace_answer', 'trace_step', 'trace_step_holder', 'trace_comment', 'trace_turn', 'trace_clock', 'trace_context'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy functions on %I for all to current_user using (true) with check (true)', name);
    execute format('grant select, insert on %I to tripoint_app', name);
  end loop;
end $$;

-- Whoever reads content stands under his party and has the class; a press officer has none.
create function reads_traces() returns integer language sql stable parallel safe as
  $$ select case when 'general' = any(my_classes()) then me() end $$;
create policy halves on trace_request for select to tripoint_app
  using (asker = (select reads_traces()) or (asked = (select reads_traces()) and submitted_at is not null));
create policy ask on trace_request for insert to tripoint_app with check (asker = (select reads_traces()));
create policy course on trace_request for update to tripoint_app
  using (asker = (select reads_traces()) or (asked = (select reads_traces()) and submitted_at is not null))
  with check (asker = (select reads_traces()) or asked = (select reads_traces()));
grant update (state, state_since, submitted_at, answered_at, due_at, answer_due_at, expires_at, told_late, result) on trace_request to tripoint_app;
create policy halves on trace_sent for select to tripoint_app
  using (asker = (select reads_traces()) or (asked = (select reads_traces()) and exists (select from trace_request r where r.id = request)));
create policy ask on trace_sent for insert to tripoint_app with check (asker = (select reads_traces()));
create policy change on trace_sent for update to tripoint_app using (asker = (select reads_traces())) with check (asker = (select reads_traces()));
grant update (priority, urgent_reason, grounds, intended_use, wanted, limits, limit_words, description) on trace_sent to tripoint_app;
create policy own on trace_own for select to tripoint_app using (owner = (select reads_traces()));
create policy write on trace_own for insert to tripoint_app with check (owner = (select reads_traces()));
create policy change on trace_own for update to tripoint_app using (owner = (select reads_traces())) with check (owner = (select reads_traces()));
grant update (possessor, possessor_protected, note) on trace_own to tripoint_app;
create policy halves on trace_answer for select to tripoint_app using (exists (select from trace_request r where r.id = request)
  and (owner = (select reads_traces()) or coalesce(use_until, 'infinity') >= current_date));
create policy write on trace_answer for insert to tripoint_app
  with check (owner = (select reads_traces()) and exists (select from trace_request r where r.id = request and r.asked = owner));
create policy halves on trace_step for select to tripoint_app using (owner = (select reads_traces())
  or (released and coalesce(use_until, 'infinity') >= current_date and exists (select from trace_request r where r.id = request)));
create policy write on trace_step for insert to tripoint_app
  with check (owner = (select reads_traces()) and exists (select from trace_request r where r.id = request));
create policy halves on trace_step_holder for select to tripoint_app using (owner = (select reads_traces())
  or (released and coalesce(use_until, 'infinity') >= current_date and exists (select from trace_request r where r.id = request)));
create policy write on trace_step_holder for insert to tripoint_app
  with check (owner = (select reads_traces()) and exists (select from trace_step s where s.id = step and s.owner = trace_step_holder.owner));
create policy halves on trace_comment for select to tripoint_app using (exists (select from trace_request r where r.id = request));
create policy write on trace_comment for insert to tripoint_app
  with check (owner = (select reads_traces()) and exists (select from trace_request r where r.id = request));
create policy halves on trace_turn for select to tripoint_app using (exists (select from trace_request r where r.id = request));
create policy write on trace_turn for insert to tripoint_app
  with check (party = (select reads_traces()) and exists (select from trace_request r where r.id = request));
create policy everybody on trace_clock for select to tripoint_app using ((select reads_traces()) is not null);
create policy own on trace_clock for insert to tripoint_app with check (owner = (select reads_traces()));
create policy change on trace_clock for update to tripoint_app using (owner = (select reads_traces())) with check (owner = (select reads_traces()));
grant update (acknowledge_working_days, urgent_hours, routine_days, more_info_working_days, expire_days, time_zone, week, holidays, set_at, set_by) on trace_clock to tripoint_app;
create policy own on trace_context for select to tripoint_app using (owner = (select reads_traces()));
create policy write on trace_context for insert to tripoint_app with check (owner = (select reads_traces()));
create policy change on trace_context for update to tripoint_app using (owner = (select reads_traces())) with check (owner = (select reads_traces()));
grant update (need, authority, reason, set_at, set_by) on trace_context to tripoint_app;

-- Whether an answer was there whose use has ended: the asker learns that, and no more.
create function trace_use_ended(which uuid) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from trace_answer a join trace_request r on r.id = a.request
                  where r.id = which and r.asker = me() and a.use_until < current_date)
$$;
-- Clocks that ran out, each told once to both halves; and requests that nobody took any further for long.
create policy traces on outbox for insert to current_user with check (kind = 'trace');
create function tend_traces(moment timestamptz) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare told bigint; ended bigint;
begin
  with late as (update trace_request set told_late = true where due_at < moment and not told_late returning id, asker, asked)
  insert into outbox (kind, parties, ref, change) select 'trace', array[asker, asked], id, 'late' from late;
  get diagnostics told = row_count;
  with gone as (
    update trace_request r set state = 'expired', state_since = moment, due_at = null, expires_at = null from trace_request before
     where r.id = before.id and r.expires_at < moment
       and r.state in ('submitted', 'acknowledged', 'more_info_needed', 'in_progress', 'partial_result')
    returning r.id, r.asker, r.asked, before.state as was),
  turned as (
    insert into trace_turn (request, number, before, after, at)
    select g.id, coalesce((select max(t.number) from trace_turn t where t.request = g.id), 0) + 1, g.was, 'expired', moment from gone g)
  insert into outbox (kind, parties, ref, change) select 'trace', array[asker, asked], id, 'expired' from gone;
  get diagnostics ended = row_count;
  return told + ended;
end $$;
revoke all on function trace_use_ended(uuid), tend_traces(timestamptz) from public;
grant execute on function trace_use_ended(uuid) to tripoint_app;
grant execute on function tend_traces(timestamptz) to tripoint_relay;
