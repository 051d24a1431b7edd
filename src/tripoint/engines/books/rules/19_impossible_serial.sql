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
with shaped as ( -- L for a letter, # for a digit
  select row_at, dealer, serial, make,
         translate(serial, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789', 'LLLLLLLLLLLLLLLLLLLLLLLLLL##########') as shape
    from acquisition where make in (select make from serial_format)
),
doubtful as (
  select s.* from shaped s anti join serial_format f on f.make = s.make and f.shape = s.shape
),
several as (
  select gun from acquisition group by gun having count(*) > 1
),
bought as (
  select a.gun, a.model, a.calibre, any_value(a.serial) as serial, count(*) as times, list(a.row_at order by a.day, a.row_at) as rows,
         arg_max(a.dealer, a.day) as dealer, count(distinct a.dealer) as dealers
    from acquisition a semi join several s on s.gun = a.gun group by a.gun, a.model, a.calibre having count(*) > 1
),
left_books as (
  select d.gun, count(*) as times from disposition d semi join bought b on b.gun = d.gun group by d.gun
)
select d.dealer, d.serial as subject, [d.row_at] as rows, 0.4 as score, 'no serial number of ' || d.make || ' looks so' as fact from doubtful d
union all
select b.dealer, b.serial, b.rows, 0.8, 'acquired ' || b.times || ' times in ' || b.dealers || ' books, left a book ' || coalesce(l.times, 0) || ' times'
  from bought b left join left_books l using (gun) where b.times > coalesce(l.times, 0) + 1;
