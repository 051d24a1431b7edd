-- Both were planned anew by every check, which took longer than looking: a quarter of the database's share of a check.
alter function search_sealed(bytea[]) set plan_cache_mode to force_generic_plan;
alter function confirm_persons(uuid[]) set plan_cache_mode to force_generic_plan;
