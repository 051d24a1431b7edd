-- What seizures come to: their items as they may be counted, what people decided about them, and what they are worth.

-- Derived from the line of each seizure in the transaction that writes it: codes and numbers only, as the line has them.
create table seizure_item (
  occurrence uuid not null references occurrence on delete cascade, number smallint not null check (number > 0), owner smallint not null references party,
  operation uuid not null references operation, category text not null, unit text not null, quantity numeric not null, kilograms numeric check (kilograms >= 0),
  factor text, version text, reason text, substance text, family text, form text, rounds bigint, plants bigint, value_usd numeric, cas text, inside smallint,
  gate numeric, above boolean not null default false, set_aside boolean not null default false, amount numeric, likeness text, primary key (occurrence, number)
);
create index on seizure_item (operation, family);
create index on seizure_item (operation, likeness) where likeness is not null;
-- What a person said of a weight above its gate; it holds for that weight, and for no other.
create table seizure_gate (
  occurrence uuid not null references occurrence on delete cascade, number smallint not null, kilograms numeric not null, owner smallint not null references party,
  decision text not null check (decision in ('stands', 'wrong')), reason text not null, decided_at timestamptz not null, decided_by uuid not null,
  primary key (occurrence, number, kilograms)
);
-- What a party said of two reports that look alike. Who says they are the same steps back with his own, never with another's.
create table seizure_double (
  one uuid not null references occurrence on delete cascade, other uuid not null references occurrence on delete cascade, owner smallint not null references party,
  decision text not null check (decision in ('same', 'different')), reason text not null, decided_at timestamptz not null, decided_by uuid not null,
  primary key (one, other, owner), check (one < other)
);
create index on seizure_double (other);
-- What an item, or the whole (item null), is worth, on what basis; several stand side by side, one is published.
create table valuation (
  id uuid primary key, occurrence uuid not null references occurrence on delete cascade, item smallint, owner smallint not null references party,
  basis text not null check (basis in ('kilogram', 'pure_kilogram', 'piece', 'round', 'whole')), quantity numeric not null check (quantity >= 0),
  level text not null check (level in ('farm_gate', 'wholesale', 'mid', 'retail', 'face_value')), low numeric not null, central numeric not null, high numeric not null,
  currency text not null, per_usd numeric not null check (per_usd > 0), rate_source text not null, low_usd numeric not null, central_usd numeric not null,
  high_usd numeric not null, source text not null, place text not null, priced_on date not null, purity numeric check (purity > 0 and purity <= 100),
  method text not null, published boolean not null default false, made_at timestamptz not null, made_by uuid not null, digest text not null,
  check (0 <= low and low <= central and central <= high)
);
create unique index valuation_published on valuation (occurrence, coalesce(item, 0)) where published;

-- Seizures from before: the weights that need no table of factors.
insert into seizure_item (occurrence, number, owner, operation, category, unit, quantity, kilograms, factor, version, reason, family, value_usd)
select o.id, i.number, o.owner, o.operation, i.item->>'category', coalesce(i.item->>'unit', 'piece'), (i.item->>'quantity')::numeric, w.kilograms,
       case when w.kilograms is not null then i.item->>'unit' end, case when w.kilograms is not null then '2026-11' end,
       case when w.kilograms is null and i.item->>'category' in ('drug', 'precursor') then 'weight_not_stated' end,
       case i.item->>'category' when 'drug' then 'unspecified' when 'precursor' then 'precursors' end, (i.item->>'value_usd')::numeric
  from occurrence o cross join lateral jsonb_array_elements(o.line->'items') with ordinality as i(item, number)
  cross join lateral (select case when i.item->>'category' in ('drug', 'precursor') then (i.item->>'quantity')::numeric
    * case i.item->>'unit' when 'kilogram' then 1 when 'litre' then 1 when 'gram' then 0.001 end end as kilograms) w
 where o.kind = 'seizure';

do $$
declare name text;
begin
  foreach name in array array['seizure_item', 'seizure_gate', 'seizure_double', 'valuation'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('grant select, insert on %I to tripoint_app', name);
  end loop;
  -- Whoever sees the line sees what is counted of it.
  foreach name in array array['seizure_item', 'seizure_gate'] loop
    execute format('create policy seen on %I for select to tripoint_app using (exists (select from occurrence o where o.id = %I.occurrence))', name, name);
    execute format('create policy write on %I for insert to tripoint_app with check (owner = (select me())
      and exists (select from occurrence o where o.id = occurrence and o.owner = (select me())))', name);
  end loop;
end $$;
create policy clear on seizure_item for delete to tripoint_app using (owner = (select me()));
create policy change on seizure_item for update to tripoint_app using (owner = (select me())) with check (owner = (select me()));
create policy seen on seizure_double for select to tripoint_app
  using (exists (select from occurrence o where o.id = one) and exists (select from occurrence o where o.id = other));
create policy write on seizure_double for insert to tripoint_app with check (owner = (select me())
  and exists (select from occurrence o where o.id in (one, other) and o.owner = (select me())));
-- A price tells what the body tells.
create policy opened on valuation for select to tripoint_app using (exists (select from occurrence_body b where b.occurrence = valuation.occurrence));
create policy write on valuation for insert to tripoint_app with check (owner = (select me())
  and exists (select from occurrence o where o.id = occurrence and o.owner = (select me())));
create policy change on valuation for update to tripoint_app using (owner = (select me())) with check (owner = (select me()));
grant delete on seizure_item to tripoint_app;
grant update (set_aside) on seizure_item to tripoint_app;
grant update (published) on valuation to tripoint_app;
