-- rule: 1
-- name: missing_from_stock
-- version: 1
-- sentence: Acquired by the dealer, not in the stock that was counted, and no disposition in the book.
-- caution: A count can miss what lies in a repair shop or on the way; ask for the firearm before anything else.
-- unit: firearms acquired by dealers whose whole stock was counted afterwards
-- evidence: the acquisition, and the inspection that counted
-- needs: acquisition, inspection
-- people: no
-- parameter: grace = 7 | days | an acquisition so shortly before the count may still be on its way

-- base rate
with counted as (
  select dealer, max(day) as day from inspection where scope = 'full' group by dealer
)
select count(*) from acquisition a join counted c on c.dealer = a.dealer and a.day <= c.day - $grace;

-- findings
with counted as (
  select dealer, max(day) as day, arg_max(row_at, day) as row_at from inspection where scope = 'full' group by dealer
),
booked as (
  select a.dealer, a.gun, a.serial, a.day, a.row_at, c.row_at as counted_at
    from acquisition a join counted c on c.dealer = a.dealer and a.day <= c.day - $grace
),
missing as (
  select b.* from booked b
    anti join disposition d on d.dealer = b.dealer and d.gun = b.gun
    anti join stock s on s.dealer = b.dealer and s.gun = b.gun
    anti join theft t on t.gun = b.gun
),
shops as (select dealer, count(*) as held from booked group by dealer),
lost as (select dealer, count(*) as missing from missing group by dealer)
select m.dealer, m.serial as subject, [m.row_at, m.counted_at] as rows,
       0.5 + 0.5 * l.missing / s.held as score,
       'acquired ' || m.day || '; the shop misses ' || l.missing || ' of ' || s.held || ' acquired' as fact
  from missing m join shops s using (dealer) join lost l using (dealer);
