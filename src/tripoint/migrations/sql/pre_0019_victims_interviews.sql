-- Victims on their way to protection, interviews that can be searched and are released before they are shared, and the
-- rates by which prices become dollars.

-- Where a victim stands. Who opens the body of the report sees the pathway, and nobody else.
create table victim_pathway (
  occurrence uuid primary key references occurrence, owner smallint not null references party, operation uuid not null references operation,
  child boolean not null, step text not null check (step in
    ('screened', 'indicators', 'consent', 'referred', 'accepted', 'first_contact', 'reasonable_grounds', 'identified', 'negative', 'closed')),
  since timestamptz not null, due_at timestamptz, told_late boolean not null default false, opened_at timestamptz not null, closed_at timestamptz
);
create index on victim_pathway (owner, child desc, due_at);
create index on victim_pathway (due_at) where not told_late and closed_at is null;
-- Every step taken: when, by whom, to which service, and whether it kept its time.
create table victim_step (
  occurrence uuid not null references victim_pathway, number integer not null check (number > 0), owner smallint not null references party,
  step text not null, at timestamptz not null, by_officer uuid not null, service text, noted jsonb not null default '{}', due_at timestamptz, late boolean not null default false,
  primary key (occurrence, number)
);
-- How soon each step is to follow the one before, as a party has set it; where it has not, the usual time holds.
create table pathway_target (
  owner smallint not null references party, child boolean not null, step text not null, amount integer not null check (amount between 0 and 3650),
  unit text not null check (unit in ('hours', 'days', 'working_days')), set_at timestamptz not null, set_by uuid not null, primary key (owner, child, step)
);

-- What an interview is found by: the folded words and stems of its texts, the pairs of its Chinese; the facilitators'
-- part stands apart, as in its body.
create table interview_search (
  interview uuid not null references occurrence, part text not null check (part in ('account', 'facilitator')), owner smallint not null references party,
  words tsvector not null, primary key (interview, part)
);
-- Before it is released, for a reason in law and by another than who wrote it down, no other party opens an interview.
create table interview_release (
  interview uuid primary key references occurrence, owner smallint not null references party, basis text not null check (basis in
    ('consent', 'court_order', 'mutual_assistance', 'threat_to_life', 'law_enforcement_cooperation')),
  reason text not null, facilitators boolean not null default false, released_at timestamptz not null, released_by uuid not null
);
-- How much of a currency one US dollar cost; of all parties alike.
create table exchange_rate (
  currency text not null check (currency ~ '^[A-Z]{3}$'), kind text not null check (kind in ('official', 'parallel', 'market')),
  since date not null, until date not null default 'infinity', per_usd numeric not null check (per_usd > 0), source text not null, chosen boolean not null default false,
  loaded_at timestamptz not null default now(), loaded_by uuid, primary key (currency, kind, since, until), check (until >= since)
);

do $$
declare name text;
begin
  foreach name in array array['victim_pathway', 'victim_step', 'pathway_target', 'interview_search', 'interview_release', 'exchange_rate'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy functions on %I for all to current_user using (true) with check (true)', name);
  end loop;
end $$;

-- Whether a party that sets rates, or a machine's own hand, stands behind this transaction.
create function keeps_rates() returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from officer o where o.id = my_officer() and o.active and 'hub_operator' = any (o.roles))
$$;
create function interview_released(which uuid, with_facilitators boolean) returns boolean language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from interview_release r where r.interview = which and (r.facilitators or not with_facilitators))
$$;
create policy own on victim_pathway for select to tripoint_app
  using (owner = (select me()) and exists (select from occurrence_body b where b.occurrence = victim_pathway.occurrence));
create policy write on victim_pathway for insert to tripoint_app with check (owner = (select me()));
create policy change on victim_pathway for update to tripoint_app using (owner = (select me())) with check (owner = (select me()));
create policy own on victim_step for select to tripoint_app
  using (owner = (select me()) and exists (select from occurrence_body b where b.occurrence = victim_step.occurrence));
create policy write on victim_step for insert to tripoint_app with check (owner = (select me()));
create policy own on pathway_target for all to tripoint_app using (owner = (select me())) with check (owner = (select me()));
create policy opened on interview_search for select to tripoint_app using (case part
  when 'account' then exists (select from occurrence_body b where b.occurrence = interview)
  else exists (select from occurrence_facilitator f where f.occurrence = interview) end);
create policy own on interview_release for select to tripoint_app
  using (owner = (select me()) and exists (select from occurrence_body b where b.occurrence = interview));
create policy write on interview_release for insert to tripoint_app with check (owner = (select me()));
create policy everybody on exchange_rate for select to tripoint_app using (true);
create policy keep on exchange_rate for insert to tripoint_app with check ((select keeps_rates()));
create policy replace on exchange_rate for update to tripoint_app using ((select keeps_rates())) with check ((select keeps_rates()));
create policy sharing on occurrence_body for update to current_user using (owner = (select me())) with check (owner = (select me()));
create policy sharing on occurrence_facilitator for update to current_user using (owner = (select me())) with check (owner = (select me()));
-- On top of what their terms say: another party opens an interview only once it was released.
create policy released on occurrence_body as restrictive for select to tripoint_app
  using (class <> 'interviews' or owner = (select me()) or interview_released(occurrence, false));
create policy released on occurrence_facilitator as restrictive for select to tripoint_app
  using (owner = (select me()) or interview_released(occurrence, true));
grant select, insert on victim_pathway, victim_step, pathway_target, interview_release, exchange_rate to tripoint_app;
grant select on interview_search to tripoint_app;
grant update (child, step, since, due_at, told_late, closed_at) on victim_pathway to tripoint_app;
grant update (amount, unit, set_at, set_by) on pathway_target to tripoint_app;
grant update (per_usd, source, chosen, loaded_at, loaded_by) on exchange_rate to tripoint_app;

-- Files an interview's words anew, by whoever of its party writes it; of a part that is null the words stay as they were,
-- for whoever corrects the account may not see the facilitators' part.
create function file_interview_words(which uuid, account text[], facilitator text[]) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into interview_search (interview, part, owner, words)
  select o.id, p.part, o.owner, array_to_tsvector(p.words) from occurrence o
   cross join lateral (values ('account', account), ('facilitator', facilitator)) as p(part, words)
   where o.id = which and o.kind = 'interview' and o.owner = me() and p.words is not null
  on conflict (interview, part) do update set words = excluded.words
$$;
-- Puts the terms of a release in the place of those an interview was filed on.
create function share_interview(which uuid, new_terms integer) returns void language sql security definer set search_path = public, pg_temp as $$
  update occurrence_body b set terms = new_terms from terms t
   where b.occurrence = which and b.owner = me() and b.class = 'interviews' and t.id = new_terms and t.owner = me()
     and exists (select from interview_release r where r.interview = which);
  update occurrence_facilitator f set terms = new_terms from terms t
   where f.occurrence = which and f.owner = me() and t.id = new_terms and t.owner = me()
     and exists (select from interview_release r where r.interview = which and r.facilitators)
$$;
-- Steps that were not taken in time, told once to the own party: ids only.
create policy pathways on outbox for insert to current_user with check (kind = 'occurrence' and change = 'late');
create function tell_late_pathways(moment timestamptz) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare told bigint;
begin
  with late as (update victim_pathway set told_late = true where due_at < moment and not told_late and closed_at is null returning occurrence, owner)
  insert into outbox (kind, parties, ref, change) select 'occurrence', array[owner], occurrence, 'late' from late;
  get diagnostics told = row_count;
  return told;
end $$;
revoke all on function keeps_rates(), interview_released(uuid, boolean), file_interview_words(uuid, text[], text[]), share_interview(uuid, integer), tell_late_pathways(timestamptz) from public;
grant execute on function keeps_rates(), interview_released(uuid, boolean), file_interview_words(uuid, text[], text[]), share_interview(uuid, integer) to tripoint_app;
grant execute on function tell_late_pathways(timestamptz) to tripoint_relay;
