-- The first house: many checks in one exchange.
select 1;
