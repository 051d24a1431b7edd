-- The first house: what keeping the hub still lacked.
select 1;
