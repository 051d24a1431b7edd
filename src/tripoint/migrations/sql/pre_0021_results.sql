-- The first house: figures with their history, and former editions.
select 1;
