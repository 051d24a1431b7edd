-- Pictures of things, and how crimes are done.

-- A picture is its owner's alone until it belongs to a record, whose terms it then takes. Kept is the clean copy, which
-- tells no place and no device; `original` is the digest of the file as it came, by which it is known as evidence.
create table picture (
  id uuid primary key, owner smallint not null references party, terms integer not null references terms,
  sha256 text not null check (sha256 = encode(sha256(content), 'hex')), original text not null check (original ~ '^[0-9a-f]{64}$'),
  kind text not null check (kind in ('image/png', 'image/jpeg')), width integer not null check (width > 0), height integer not null check (height > 0),
  content bytea not null, perceptual bigint not null, concerns_kind text, concerns uuid, added_by uuid not null, added_at timestamptz not null,
  check ((concerns is null) = (concerns_kind is null))
);
alter table picture alter column content set storage external; -- compressed already
create index on picture (concerns) where concerns is not null;
create index on picture (owner) where concerns is null;
alter table picture enable row level security; alter table picture force row level security;
create policy seen on picture for select to tripoint_app
  using ((owner = (select me()) or terms in (select readable_terms())) and 'general' = any((select my_classes())::text[]));
create policy write on picture for insert to tripoint_app with check (owner = (select me()));
create policy change on picture for update to tripoint_app using (owner = (select me())) with check (owner = (select me()));
create policy functions on picture for select to current_user using (true);
create policy functions_remove on picture for delete to current_user using (true);
grant select, insert on picture to tripoint_app;
grant update (terms, concerns_kind, concerns) on picture to tripoint_app;

-- What belongs to nothing a week later goes; and a picture goes with the record it belongs to.
create function forget_pictures(moment timestamptz) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare gone bigint;
begin
  delete from picture where concerns is null and added_at < moment - interval '7 days';
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke all on function forget_pictures(timestamptz) from public;
grant execute on function forget_pictures(timestamptz) to tripoint_relay;
create function forget_pictures_of() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from picture p using gone g where p.concerns = g.id;
  return null;
end $$;
revoke all on function forget_pictures_of() from public;
-- How crimes are done. No person stands in it: neither who did it nor whom it was done to. A draft is its owner's alone.
create table modus (
  id uuid primary key, owner smallint not null references party, operation uuid references operation, terms integer not null references terms,
  state text not null default 'draft' check (state in ('draft', 'proposed', 'accepted', 'new', 'published', 'superseded')),
  version integer not null default 1, stage text not null, crime_area text not null, commodity text, concealment text, transport text, installation text,
  routing text, detected_by text, danger text not null check (danger in ('none', 'caution', 'high')), countries text[] not null default '{}',
  tools text[] not null default '{}', documents text[] not null default '{}', first_seen date, last_seen date check (last_seen >= first_seen),
  card boolean not null default false, decided_new boolean not null default false, superseded_by uuid references modus,
  written_by uuid not null, written_by_name text not null, written_at timestamptz not null, changed_at timestamptz not null,
  decided_by uuid, decided_by_name text, decided_at timestamptz, reason text, digest bytea not null check (octet_length(digest) = 32),
  check (not card or state = 'published'), check (not decided_new or decided_by is not null), check (superseded_by <> id)
);
create index on modus (operation) where operation is not null;
create index on modus (state, changed_at desc);
-- Marks above and below letters are left away on both sides of a search: who types in a hurry finds all the same.
create function fold_marks(words text) returns text language sql immutable parallel safe as
  $$ select lower(regexp_replace(normalize(words, NFKD), '[\u0300-\u036f]', '', 'g')) $$;
create function modus_words(language text) returns regconfig language sql immutable parallel safe as $$
  select case language when 'es' then 'pg_catalog.spanish'::regconfig when 'fr' then 'pg_catalog.french'::regconfig
    when 'pt' then 'pg_catalog.portuguese'::regconfig when 'ar' then 'pg_catalog.arabic'::regconfig else 'pg_catalog.english'::regconfig end
$$;
create table modus_text (
  modus uuid not null references modus on delete cascade, owner smallint not null references party,
  language text not null check (language in ('en', 'es', 'fr', 'pt', 'ar')), title text not null, summary text not null default '',
  indicators text not null default '', countermeasures text not null default '', danger text not null default '',
  found tsvector generated always as (setweight(to_tsvector(modus_words(language), fold_marks(title)), 'A')
    || setweight(to_tsvector(modus_words(language), fold_marks(indicators || ' ' || danger)), 'B')
    || setweight(to_tsvector(modus_words(language), fold_marks(summary || ' ' || countermeasures)), 'C')) stored,
  primary key (modus, language)
);
create index on modus_text using gin (found);
create table modus_history (
  modus uuid not null references modus on delete cascade, version integer not null, owner smallint not null references party, state text not null,
  content jsonb not null, reason text not null, changed_at timestamptz not null, changed_by uuid not null, primary key (modus, version)
);
-- A case shows a modus with some confidence, as somebody said by name; parties add cases of theirs to what others wrote.
create table modus_case (
  modus uuid not null references modus on delete cascade, occurrence uuid not null references occurrence, owner smallint not null references party,
  confidence text not null check (confidence in ('confirmed', 'probable', 'possible', 'refuted')), remarks text not null default '',
  set_by uuid not null, set_by_name text not null, set_at timestamptz not null, primary key (modus, occurrence, owner)
);
create index on modus_case (occurrence);
-- What an analyst had before him when he said that something is new, or the same as another.
create table modus_comparison (
  modus uuid not null references modus on delete cascade, other uuid not null references modus on delete cascade, owner smallint not null references party,
  score numeric(5, 4) not null, reasons jsonb not null, verdict text not null check (verdict in ('different', 'same')),
  compared_by uuid not null, compared_by_name text not null, compared_at timestamptz not null, primary key (modus, other, compared_at)
);
create table modus_notice (
  modus uuid not null references modus on delete cascade, occurrence uuid not null references occurrence, owner smallint not null references party,
  made_by uuid not null, made_at timestamptz not null, primary key (modus, occurrence)
);
do $$
declare name text;
begin
  foreach name in array array['modus', 'modus_text', 'modus_history', 'modus_case', 'modus_comparison', 'modus_notice'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy write on %I for insert to tripoint_app with check (owner = (select me()))', name);
    execute format('grant select, insert on %I to tripoint_app', name);
  end loop;
  foreach name in array array['modus_text', 'modus_case'] loop
    execute format('create policy change on %I for update to tripoint_app using (owner = (select me())) with check (owner = (select me()))', name);
  end loop;
end $$;
create policy functions on modus for select to current_user using (true);
create policy seen on modus for select to tripoint_app
  using ((owner = (select me()) or (state <> 'draft' and terms in (select readable_terms()))) and 'general' = any((select my_classes())::text[]));
create policy change on modus for update to tripoint_app using (owner = (select me())) with check (owner = (select me()));
create policy discard on modus for delete to tripoint_app using (owner = (select me()) and state = 'draft');
create policy seen on modus_text for select to tripoint_app using (exists (select from modus m where m.id = modus));
create policy rewrite on modus_text for delete to tripoint_app using (owner = (select me()));
create policy own on modus_history for select to tripoint_app using (owner = (select me()) and 'general' = any((select my_classes())::text[]));
-- Of the cases of others one sees those that one may open oneself.
create policy seen on modus_case for select to tripoint_app using (exists (select from modus m where m.id = modus)
  and (owner = (select me()) or exists (select from occurrence o where o.id = occurrence)));
create policy seen on modus_comparison for select to tripoint_app using (exists (select from modus m where m.id = modus)
  and (owner = (select me()) or exists (select from modus m where m.id = other)));
create policy seen on modus_notice for select to tripoint_app using (exists (select from occurrence o where o.id = occurrence));
grant delete on modus, modus_text to tripoint_app;
grant update (operation, terms, state, version, stage, crime_area, commodity, concealment, transport, installation, routing, detected_by, danger, countries,
  tools, documents, first_seen, last_seen, card, decided_new, superseded_by, changed_at, decided_by, decided_by_name, decided_at, reason) on modus to tripoint_app;
grant update (confidence, remarks, set_by, set_by_name, set_at) on modus_case to tripoint_app;

do $$
declare name text;
begin
  foreach name in array array['firearm', 'recovered_firearm', 'modus'] loop
    if to_regclass(name) is not null then
      execute format('create trigger forget_pictures after delete on %I referencing old table as gone for each statement execute function forget_pictures_of()', name);
    end if;
  end loop;
end $$;
