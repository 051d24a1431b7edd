-- Requests of people about data on themselves. Only data protection officers see them, in the database too: a request
-- tells of the person who asks, and must never become a lead.
create table subject_request (
  id uuid primary key, party smallint not null references party,
  kind text not null check (kind in ('access', 'correction', 'deletion')),
  reference text not null, received_on date not null,
  nonce bytea, ciphertext bytea, -- who asks, sealed by a data key of its own; null once erased
  state text not null default 'received' check (state in ('received', 'inadmissible', 'admissible', 'answered', 'withdrawn')),
  admitted_at timestamptz, due_at timestamptz, reminded smallint not null default 0, ended_at timestamptz,
  outcome text check (outcome in ('told', 'done', 'neither_confirmed_nor_denied')),
  ground text check (ground in ('identity_not_shown', 'no_mandate', 'not_about_the_asker', 'repeated')),
  unique (party, reference), check (state <> 'admissible' or (admitted_at is not null and due_at is not null))
);
-- One row for each party asked: what it lets be told, and why, which stays there.
create table subject_consultation (
  request uuid not null references subject_request, party smallint not null references party, asked_at timestamptz not null,
  decided_at timestamptz, decision text check (decision in ('told', 'done', 'nothing_to_tell')), words text, reason text,
  primary key (request, party)
);
-- The deciding party's own records, and what became of each.
create table subject_record (
  request uuid not null references subject_request, party smallint not null references party, kind text not null, record uuid not null,
  deed text not null check (deed in ('told', 'withheld', 'corrected', 'deleted', 'kept')), primary key (request, kind, record)
);
alter table subject_request enable row level security; alter table subject_request force row level security;
alter table subject_consultation enable row level security; alter table subject_consultation force row level security;
alter table subject_record enable row level security; alter table subject_record force row level security;
create policy functions on subject_request for all to current_user using (true) with check (true);
create policy functions on subject_consultation for all to current_user using (true) with check (true);

create function protects_data() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from officer o where o.id = nullif(current_setting('tripoint.officer', true), '')::uuid
                    and o.party = home() and o.active and 'data_protection_officer' = any (o.roles))
$$;
create function subject_requests_received() returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select id from subject_request where party = home()
$$;
create function subject_requests_asked() returns setof uuid language sql stable security definer set search_path = public, pg_temp as $$
  select request from subject_consultation where party = home()
$$;
-- The data key of the particulars, for the receiving party and the parties asked; the hub opens it with its key ring.
create function subject_key(which uuid) returns table (record uuid, slot bigint, owner_key integer, wrapped bytea)
language sql stable security definer set search_path = public, pg_temp as $$
  select k.record, k.slot, k.owner_key, k.wrapped from data_key k
   where k.record = which and protects_data() and (which in (select subject_requests_received()) or which in (select subject_requests_asked()))
$$;
create policy received on subject_request for all to tripoint_app
  using ((select protects_data()) and party = (select home())) with check ((select protects_data()) and party = (select home()));
create policy asked on subject_request for select to tripoint_app
  using ((select protects_data()) and id in (select subject_requests_asked()));
-- For `select ... for update` by a party that decides; no column of another party's request can be changed all the same.
create policy asked_locks on subject_request for update to tripoint_app
  using ((select protects_data()) and id in (select subject_requests_asked())) with check (party = (select home()));
create policy own on subject_consultation for select to tripoint_app using ((select protects_data()) and party = (select home()));
create policy decides on subject_consultation for update to tripoint_app
  using ((select protects_data()) and party = (select home())) with check (party = (select home()));
create policy asks on subject_consultation for insert to tripoint_app
  with check ((select protects_data()) and request in (select subject_requests_received()));
create policy own on subject_record for all to tripoint_app using ((select protects_data()) and party = (select home()))
  with check ((select protects_data()) and party = (select home()) and request in (select subject_requests_asked()));
grant select, insert on subject_request, subject_record to tripoint_app;
grant select on subject_consultation to tripoint_app;
grant insert (request, party, asked_at) on subject_consultation to tripoint_app;
grant update (state, admitted_at, due_at, ended_at, outcome, ground) on subject_request to tripoint_app;
grant update (decided_at, decision, words, reason) on subject_consultation to tripoint_app;

-- What the parties asked let the receiving one tell. Closed until all have decided or the clock has run out: else the
-- moment of an answer would tell that a party had something to think about.
create function subject_answers(which uuid, moment timestamptz)
returns table (party text, decision text, words text, late boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  with mine as (select r.id, r.due_at from subject_request r where r.id = which and r.party = home() and protects_data()),
       opened as (select m.id, moment >= m.due_at as over,
                         moment >= m.due_at or not exists (select from subject_consultation c where c.request = m.id and c.decided_at is null) as yes
                    from mine m)
  select p.code, case when o.yes then c.decision end, case when o.yes then c.words end, coalesce(o.over and c.decided_at is null, false)
    from opened o join subject_consultation c on c.request = o.id join party p on p.number = c.party order by p.code
$$;

-- Reminders at 50, 80 and 100 per cent of the clock (each on the trail once), and the end of what is kept of the person.
create policy subjects on audit for insert to current_user with check (act = 'remind_subject_request');
create function tend_subject_requests(moment timestamptz) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare told bigint;
begin
  with running as (
    select id, case when moment >= due_at then 100 when moment >= admitted_at + (due_at - admitted_at) * 0.8 then 80
                    when moment >= admitted_at + (due_at - admitted_at) * 0.5 then 50 else 0 end as step
      from subject_request where state = 'admissible'),
  moved as (update subject_request r set reminded = w.step from running w where r.id = w.id and w.step > r.reminded
            returning r.id, r.party, w.step),
  noted as (insert into audit (act, object_kind, object_id, object_owner, outcome)
            select 'remind_subject_request', 'subject_request', m.id, who.party, m.step::text
              from moved m cross join lateral (
                select m.party union select c.party from subject_consultation c where c.request = m.id and c.decided_at is null) as who
            returning 1)
  select count(*) from noted into told;
  with old as (update subject_request set nonce = null, ciphertext = null
                where ciphertext is not null and ended_at < moment - interval '90 days' returning id),
    silent as (update subject_consultation c set words = null from old where c.request = old.id),
    gone as (delete from data_key k using old where k.record = old.id returning k.slot)
  insert into shred (slot) select slot from gone on conflict do nothing; -- the relay destroys the share in the key folder
  return told;
end $$;
revoke all on function protects_data(), subject_requests_received(), subject_requests_asked(), subject_answers(uuid, timestamptz),
  subject_key(uuid), tend_subject_requests(timestamptz) from public;
grant execute on function protects_data(), subject_requests_received(), subject_requests_asked(), subject_answers(uuid, timestamptz), subject_key(uuid) to tripoint_app;
grant execute on function tend_subject_requests(timestamptz) to tripoint_relay;
