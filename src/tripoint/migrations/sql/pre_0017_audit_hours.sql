-- A leaf of the trail's tree is a row's, or a filler of which only a random nonce is kept: fillers round the tree up
-- before an hour's head is published, so that its size tells only coarsely how much all parties did.
alter table audit_leaf alter column seq drop not null;
alter table audit_leaf add column filler bytea check (length(filler) = 32);
alter table audit_leaf add constraint audit_leaf_kind check ((seq is null) <> (filler is null));
create index audit_leaf_fillers on audit_leaf (position) where filler is not null;
create index audit_hour_size on audit_hour (size);

-- Parties see published heads and what lies beneath them: whoever could see the rest would see how busy the others are.
alter policy signed_in on audit_head
  using ((select home()) is not null and exists (select from audit_hour o where o.size = audit_head.size));
alter policy signed_in on audit_leaf
  using ((select home()) is not null and position < (select max(o.size) from audit_hour o));
alter policy signed_in on audit_node
  using ((select home()) is not null and (place + 1) << level <= (select max(o.size) from audit_hour o));
alter policy own on countersignature with check (
  exists (select from witness_key w where w.id = witness and w.party = (select home()))
  and exists (select from audit_hour o where o.size = countersignature.size)
);
