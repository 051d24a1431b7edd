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
do $$
declare name text;
begin
  foreach name in array array['firearm', 'recovered_firearm', 'modus'] loop
    if to_regclass(name) is not null then
      execute format('create trigger forget_pictures after delete on %I referencing old table as gone for each statement execute function forget_pictures_of()', name);
    end if;
  end loop;
end $$;
