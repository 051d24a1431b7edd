-- What keeping the hub still lacked.

-- Several challenges of a device may be open at once: whoever knows its id and asks for one more spoils none that its
-- officer is about to answer. The newest 256 stay, for two minutes as before; each is answered once.
alter table device_challenge drop constraint device_challenge_pkey;
alter table device_challenge add primary key (device, digest);
create index on device_challenge (device, made_at);
create or replace function challenge_device(which uuid, challenge bytea) returns void language sql security definer set search_path = public, pg_temp as $$
  insert into device_challenge (device, digest) select d.id, challenge from device d where d.id = which and d.revoked_at is null;
  delete from device_challenge c where c.device = which and (c.made_at <= now() - interval '2 minutes'
     or c.digest in (select o.digest from device_challenge o where o.device = which order by o.made_at desc, o.digest = challenge desc offset 256))
$$;
