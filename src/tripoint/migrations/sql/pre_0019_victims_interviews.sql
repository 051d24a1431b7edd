-- The first house: pathways of referral, and what people tell in interviews.
select 1;
