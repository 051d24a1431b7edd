-- The first house: an operation planned whole, and the situation reports of its parties.
select 1;
