-- An act that is sent twice is done once: what a request with a key of its client's own was answered, for a day. The key
-- itself is not kept, and the answer can be read with it alone: nothing that was erased or is shown once lives on here.
create table done_once (
  officer uuid not null, key_digest bytea not null, request_digest bytea not null, at timestamptz not null default now(),
  status smallint not null, sealed_answer bytea not null, primary key (officer, key_digest)
);
create index on done_once (at);
alter table done_once enable row level security; alter table done_once force row level security;
create policy own on done_once for all to tripoint_app
  using (officer = (select nullif(current_setting('tripoint.officer', true), '')::uuid))
  with check (officer = (select nullif(current_setting('tripoint.officer', true), '')::uuid));
create policy forgets on done_once for all to tripoint_relay using (at < now() - interval '1 day');
grant select, insert on done_once to tripoint_app;
grant select (at), delete on done_once to tripoint_relay;
