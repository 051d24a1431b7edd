-- The first house: what parties report from the field, its lines, bodies, history and links.
select 1;
