-- What sign-ins ask and officers read, counted over all processes (src/tripoint/access/budgets.py). Buckets: `level` is
-- how much was left at `at`; below nothing where several processes took at once. Reached through the functions only.
create table budget (
  who uuid not null, kind text not null, level double precision not null, at timestamptz not null,
  primary key (who, kind)
);
create index on budget (at);
-- When a party's data protection officer was last told that one of its officers reads too much.
create table reading_warned (officer uuid primary key references officer, at timestamptz not null);
alter table budget enable row level security; alter table budget force row level security;
alter table reading_warned enable row level security; alter table reading_warned force row level security;
create policy functions on budget for all to current_user using (true) with check (true);
create policy functions on reading_warned for all to current_user using (true) with check (true);

-- The buckets are taken in one order by everybody, so that no two processes wait for each other. One that nobody used
-- for two hours is full and can be forgotten.
create function settle_budgets(whose uuid[], kinds text[], spent double precision[], refills double precision[], holds double precision[])
returns table (who uuid, kind text, level double precision)
language plpgsql security definer set search_path = public, pg_temp as $$
declare each record; present timestamptz := clock_timestamp();
begin
  for each in select * from unnest(whose, kinds, spent, refills, holds) as t(w, k, s, r, m) where s >= 0 order by w, k loop
    return query
      insert into budget as b values (each.w, each.k, each.m - each.s, present)
      on conflict on constraint budget_pkey do update set at = greatest(b.at, present), level = greatest(-each.m, least(each.m,
        b.level + each.r * greatest(0, extract(epoch from present - b.at)::double precision)) - each.s)
      returning b.who, b.kind, b.level;
  end loop;
  delete from budget d using (select x.who, x.kind from budget x where x.at < present - interval '2 hours' limit 100 for update skip locked) as old
   where d.who = old.who and d.kind = old.kind;
end $$;

-- Once an hour; true for the one that is to tell. Only of an officer of the own party.
create function warn_of_reading(which uuid) returns boolean language sql security definer set search_path = public, pg_temp as $$
  with told as (
    insert into reading_warned as w select o.id, now() from officer o where o.id = which and o.party = home()
    on conflict (officer) do update set at = excluded.at where w.at < now() - interval '1 hour' returning 1)
  select exists (select from told)
$$;
revoke all on function settle_budgets(uuid[], text[], double precision[], double precision[], double precision[]), warn_of_reading(uuid) from public;
grant execute on function settle_budgets(uuid[], text[], double precision[], double precision[], double precision[]), warn_of_reading(uuid) to tripoint_app;
