-- rule: 19
-- name: impossible_serial
-- version: 1
-- sentence: The serial number is impossible for its make, or stands in two books at once.
-- caution: Makers have changed their numbering, and equal numbers on different models are legal; look at the firearm.
-- unit: acquisitions
-- evidence: the acquisitions
-- needs: acquisition
-- people: no

-- base rate
select count(*) from acquisition;

-- findings
with formatted as (
  select make, count(*) as formats from serial_format group by make
),
doubtful as ( -- each serial is held against every format of its make
  select a.row_at, a.dealer, a.serial, a.make
    from acquisition a join serial_format f on f.make = a.make
   group by a.row_at, a.dealer, a.serial, a.make having not bool_or(regexp_full_match(a.serial, f.pattern))
),
bought as (
  select gun, model, calibre, any_value(serial) as serial, count(*) as times, list(row_at order by day, row_at) as rows, arg_max(dealer, day) as dealer,
         count(distinct dealer) as dealers
    from acquisition group by gun, model, calibre having count(*) > 1
),
left_books as (
  select d.gun, count(*) as times from disposition d semi join bought b on b.gun = d.gun group by d.gun
)
select d.dealer, d.serial as subject, [d.row_at] as rows, 0.4 as score, 'no serial number of ' || d.make || ' looks so' as fact from doubtful d
union all
select b.dealer, b.serial, b.rows, 0.8, 'acquired ' || b.times || ' times in ' || b.dealers || ' books, left a book ' || coalesce(l.times, 0) || ' times'
  from bought b left join left_books l using (gun) where b.times > coalesce(l.times, 0) + 1;
