-- rule: 20
-- name: late_entries
-- version: 1
-- sentence: Written into the book long after the day, or out of its order.
-- caution: Books written up late are a fault of bookkeeping; together with other signs they are more.
-- unit: entries with a day of entry or a number
-- evidence: the entries
-- needs: acquisition
-- people: no
-- parameter: late_acquisition = 15 | days | from the day to the entry
-- parameter: late_disposition = 7 | days | from the day to the entry
-- parameter: least = 5 | entries | written late on one day
-- parameter: back = 30 | days | an entry lies before the one above it

-- base rate
select (select count(*) from acquisition where entered is not null or entry is not null)
     + (select count(*) from disposition where entered is not null or entry is not null);

-- findings
with late as (
  select dealer, 'acquisitions' as book, entered, day, row_at from acquisition where entered > day + $late_acquisition
  union all
  select dealer, 'dispositions', entered, day, row_at from disposition where entered > day + $late_disposition
),
written_up as (
  select dealer, book || ' of ' || entered as subject, list(row_at order by day, row_at) as rows, 0.3 + 0.5 * count(*) / (count(*) + 20.0) as score,
         count(*) || ' ' || book || ' entered on ' || entered || ', the oldest of ' || min(day) as fact
    from late group by dealer, book, entered having count(*) >= $least
),
numbered as (
  select a.dealer, 'acquisition' as book, a.entry, a.day, a.row_at, b.day as above, b.row_at as above_at
    from acquisition a join acquisition b on b.dealer = a.dealer and b.entry = a.entry - 1
   where a.day < b.day - $back
  union all
  select a.dealer, 'disposition', a.entry, a.day, a.row_at, b.day, b.row_at
    from disposition a join disposition b on b.dealer = a.dealer and b.entry = a.entry - 1
   where a.day < b.day - $back
)
select dealer, subject, rows, score, fact from written_up
union all
select dealer, book || ' ' || entry, [row_at, above_at], 0.5, 'entry ' || entry || ' is of ' || day || ', the one above of ' || above from numbered;
