-- Who bears a secret: the transaction stands under his party from here on, with the classes of reports his roles open, and
-- the rights he has for one operation. Office roles stand under no party (-1): they read no content.
create or replace function sign_on(secret bytea, renew boolean default true) returns table (
  sign_in uuid, kind text, device text, csrf text, acts text[], ends_at timestamptz, officer uuid, officer_name text, agency text,
  party smallint, party_code text, party_name text, party_kind text, roles text[])
language plpgsql security definer set search_path = public, pg_temp as $$
declare who record;
begin
  select s.id, s.kind, s.device, s.csrf, s.acts, s.seen_at, least(s.ends_at, s.seen_at + s.idle_for) as until, o.id as officer, o.name, a.name as agency,
         p.number, p.code, p.name as party_name, p.kind as party_kind,
         case when exists (select from role_grant g where g.officer = o.id and g.ended_at is null) then roles_now(o.id, o.roles) else o.roles end as roles into who
    from sign_in s join officer o on o.id = s.officer join agency a on a.id = o.agency join party p on p.number = o.party
   where s.secret_hash = secret and s.revoked_at is null and o.active and p.active
     and s.ends_at > now() and s.seen_at + s.idle_for > now();
  if not found then return; end if;
  if renew and who.seen_at < now() - interval '1 minute' then
    update sign_in set seen_at = now() where secret_hash =
      (select x.secret_hash from sign_in x where x.secret_hash = secret for update skip locked);
  end if;
  perform set_config('tripoint.home', who.number::text, true), set_config('tripoint.officer', who.officer::text, true),
    set_config('tripoint.classes', classes_of(who.roles), true),
    set_config('tripoint.party', case when who.roles && array['viewer','field_officer','contributor','analyst','liaison_officer','coordinator','data_protection_officer','victim_specialist','press_officer']
      then who.number::text else '-1' end, true);
  return query select who.id, who.kind, who.device, who.csrf, who.acts, who.until, who.officer, who.name, who.agency,
    who.number, who.code, who.party_name, who.party_kind, who.roles;
end $$;
