-- Results: sheets as they were published, never changed afterwards.

-- `content` is canonical JSON with what may be shown; small numbers of people are not in it at all. `exceptions` are small
-- numbers that two people let out, each with its reason, which stays here.
create table results_sheet (
  id uuid primary key, operation uuid not null references operation, owner smallint not null references party,
  kind text not null check (kind in ('preliminary', 'final')), state text not null default 'draft' check (state in ('draft', 'published', 'rejected')),
  revision integer not null check (revision > 0), revises uuid references results_sheet, reason text not null,
  content text not null, digest text not null check (digest = encode(sha256(convert_to(content, 'UTF8')), 'hex')),
  exceptions jsonb not null default '[]', drafted_by uuid not null, drafted_by_name text not null, drafted_at timestamptz not null,
  decided_by uuid, decided_by_name text, decided_at timestamptz, answer text,
  check (decided_by is distinct from drafted_by), check ((state = 'draft') = (decided_by is null))
);
create unique index results_sheet_published on results_sheet (operation, revision) where state = 'published';
create index on results_sheet (operation, drafted_at desc);
alter table results_sheet enable row level security;
alter table results_sheet force row level security;
create policy functions on results_sheet for select to current_user using (true);
-- What is published is read by all parties of the operation. Drafts are the coordinating party's: of those who read
-- content there, so that a press officer never meets a number that nobody has approved.
create policy published on results_sheet for select to tripoint_app using (state = 'published' and operation in (select my_operations()));
create policy drafts on results_sheet for select to tripoint_app
  using (owner = (select me()) and 'general' = any((select my_classes())::text[]));
create policy write on results_sheet for insert to tripoint_app
  with check (owner = (select me()) and state = 'draft' and drafted_by = nullif(current_setting('tripoint.officer', true), '')::uuid
    and exists (select from operation o where o.id = operation and o.coordinator = owner));
create policy decide on results_sheet for update to tripoint_app
  using (owner = (select me()) and state = 'draft') with check (owner = (select me()) and state in ('published', 'rejected')
    and decided_by = nullif(current_setting('tripoint.officer', true), '')::uuid);
grant select, insert on results_sheet to tripoint_app;
grant update (state, decided_by, decided_by_name, decided_at, answer) on results_sheet to tripoint_app;
