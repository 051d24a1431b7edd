-- Dealers: their licences, their books as they were handed in, inspections, and indicators that a person decides. All of
-- it is the party's own; nobody else sees it.

create table book_file (
  id uuid primary key, owner smallint not null references party, digest bytea not null check (octet_length(digest) = 32), name text not null,
  book text not null check (book in ('acquisition', 'disposition', 'licensee', 'inspection', 'stock', 'permit', 'manifest', 'theft', 'recovery', 'town')),
  columns jsonb not null, dates text not null, refused integer not null check (refused >= 0), loaded_at timestamptz not null, loaded_by uuid not null,
  unique (owner, digest, book)
);
-- A row of a book as its file says it; `line` is the row of the file, the heading being the first. `cells` go by our columns.
create table book_entry (
  file uuid not null references book_file, owner smallint not null references party, line integer not null check (line > 0),
  book text not null, dealer text, serial text, make text, day date, cells jsonb not null, primary key (file, line)
);
create index on book_entry (owner, book, dealer);
-- What a licence was from one day to another.
create table licence_state (
  owner smallint not null references party, dealer text not null, state text not null check (state in ('valid', 'suspended', 'revoked')),
  from_day date not null, to_day date, name text not null default '', town text not null default '', primary key (owner, dealer, state, from_day)
);
create table inspection (
  id uuid primary key, owner smallint not null references party, dealer text not null, day date not null, scope text not null check (scope in ('full', 'sample')),
  counted integer not null, matched integer not null, missing integer not null, unbooked integer not null, seals text[] not null, violations text[] not null,
  action text not null check (action in ('none', 'warn', 'suspend', 'close', 'refer')), follow_up date, made_at timestamptz not null, made_by uuid not null
);
create index on inspection (owner, day desc, id);
create table inspected_item (
  inspection uuid not null references inspection, owner smallint not null references party, number integer not null check (number > 0),
  serial text not null, make text not null, primary key (inspection, number)
);
-- A lead, never a finding of guilt: open until a person decides it with a reason. The same one is not raised twice; one
-- that was dismissed opens again only where it rests on rows that the decision did not know.
create table indicator (
  id uuid primary key, owner smallint not null references party, rule smallint not null check (rule between 1 and 99), version smallint not null,
  dealer text not null, subject text not null, fact text not null, score real not null check (score between 0 and 1), parameters jsonb not null,
  rows jsonb not null, base jsonb not null, found_at timestamptz not null, state text not null default 'open' check (state in ('open', 'confirmed', 'dismissed')),
  decided_by uuid, decided_at timestamptz, reason text, unique (owner, rule, dealer, subject),
  constraint decided_with_a_reason check ((state = 'open') = (reason is null) and (state = 'open') = (decided_by is null))
);
create index on indicator (owner, state, score desc, id);

do $$
declare name text;
begin
  foreach name in array array['book_file', 'book_entry', 'licence_state', 'inspection', 'inspected_item', 'indicator'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy own on %I for select to tripoint_app using (owner = (select me()))', name);
    execute format('create policy write on %I for insert to tripoint_app with check (owner = (select me()))', name);
    execute format('grant select, insert on %I to tripoint_app', name);
  end loop;
  foreach name in array array['licence_state', 'indicator'] loop
    execute format('create policy change on %I for update to tripoint_app using (owner = (select me())) with check (owner = (select me()))', name);
  end loop;
end $$;
grant update (to_day, name, town) on licence_state to tripoint_app;
grant update (version, fact, score, parameters, rows, base, found_at, state, decided_by, decided_at, reason) on indicator to tripoint_app;
