-- The room's sums. Checks are counted by the minute (pre_0004); five days of a large operation are half a million such
-- rows, and a room that looks every second must not add them up each time. The same counts stand here by the hour, kept
-- in step by the table of minutes itself, whoever writes it.
create table check_hour (
  party smallint not null, coordinator smallint not null, operation uuid not null, post uuid not null, hour timestamptz not null,
  checks integer not null, persons integer not null, documents integer not null, vehicles integer not null, firearms integer not null,
  last_minute timestamptz not null, primary key (party, operation, post, hour, coordinator)
);
create index on check_hour (operation, hour);
create index on check_hour (coordinator, hour);
create index on check_count (operation, minute);
create index on hit (operation, raised_at desc, id desc);
create index on occurrence (operation, filed_at desc, id desc);

alter table check_hour enable row level security; alter table check_hour force row level security;
create policy seen on check_hour for select to tripoint_app using (party = (select me()) or coordinator = (select me()));
create policy functions on check_hour for all to current_user using (true) with check (true);
grant select on check_hour to tripoint_app;

-- What came to the minutes in one statement comes to the hours; of a changed minute only the difference.
create function add_to_hours() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into check_hour as h
      select party, coordinator, operation, post, date_trunc('hour', minute, 'UTC'), sum(checks), sum(persons), sum(documents), sum(vehicles), sum(firearms), max(minute)
        from came group by party, coordinator, operation, post, date_trunc('hour', minute, 'UTC')
    on conflict (party, operation, post, hour, coordinator) do update set checks = h.checks + excluded.checks, persons = h.persons + excluded.persons,
      documents = h.documents + excluded.documents, vehicles = h.vehicles + excluded.vehicles, firearms = h.firearms + excluded.firearms,
      last_minute = greatest(h.last_minute, excluded.last_minute);
  else
    update check_hour as h set checks = h.checks + d.checks, persons = h.persons + d.persons, documents = h.documents + d.documents,
           vehicles = h.vehicles + d.vehicles, firearms = h.firearms + d.firearms
      from (select n.party, n.coordinator, n.operation, n.post, date_trunc('hour', n.minute, 'UTC') as hour, sum(n.checks - o.checks) as checks, sum(n.persons - o.persons) as persons,
                   sum(n.documents - o.documents) as documents, sum(n.vehicles - o.vehicles) as vehicles, sum(n.firearms - o.firearms) as firearms
              from came n join went o using (party, operation, post, minute, coordinator)
             group by n.party, n.coordinator, n.operation, n.post, date_trunc('hour', n.minute, 'UTC')) d
     where (h.party, h.operation, h.post, h.hour, h.coordinator) = (d.party, d.operation, d.post, d.hour, d.coordinator);
  end if;
  return null;
end $$;
revoke all on function add_to_hours() from public;
create trigger add_new_to_hours after insert on check_count referencing new table as came for each statement execute function add_to_hours();
create trigger add_changed_to_hours after update on check_count referencing old table as went new table as came for each statement execute function add_to_hours();

-- What was counted before this step.
alter table check_count no force row level security;
insert into check_hour
  select party, coordinator, operation, post, date_trunc('hour', minute, 'UTC'), sum(checks), sum(persons), sum(documents), sum(vehicles), sum(firearms), max(minute)
    from check_count group by party, coordinator, operation, post, date_trunc('hour', minute, 'UTC');
alter table check_count force row level security;
