-- Both were planned anew by every check, which took longer than looking: a quarter of the database's share of a check.
alter function search_sealed(bytea[]) set plan_cache_mode to force_generic_plan;
alter function confirm_persons(uuid[]) set plan_cache_mode to force_generic_plan;
-- Who has no right for one operation, as nearly everybody at nearly every request, is not asked about operations.
do $$
declare before text := pg_get_functiondef('sign_on(bytea, boolean)'::regprocedure); after text;
begin
  after := replace(before, 'roles_now(o.id, o.roles) as roles into who',
    'case when exists (select from role_grant g where g.officer = o.id and g.ended_at is null) then roles_now(o.id, o.roles) else o.roles end as roles into who');
  if after = before then raise exception 'sign_on reads its roles in another way than pre_0025 knows'; end if;
  execute after;
end $$;
