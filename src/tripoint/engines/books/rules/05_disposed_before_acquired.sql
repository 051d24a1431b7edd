-- rule: 5
-- name: disposed_before_acquired
-- version: 1
-- sentence: Disposed of before it was acquired.
-- caution: A slip in one date looks the same; the day of entry tells more.
-- unit: dispositions
-- evidence: the disposition and the first acquisition
-- needs: disposition, acquisition
-- people: no
-- parameter: slack = 0 | days | so many days the wrong way round are let pass

-- base rate
select count(*) from disposition;

-- findings
with early as (
  select d.dealer, d.gun, d.serial, d.day, d.row_at, min(a.day) as acquired, arg_min(a.row_at, a.day) as acquired_at
    from disposition d join acquisition a on a.dealer = d.dealer and a.gun = d.gun and d.day < a.day - $slack
   group by d.dealer, d.gun, d.serial, d.day, d.row_at
)
select e.dealer, e.serial as subject, [e.row_at, e.acquired_at] as rows,
       0.4 + 0.6 * (e.acquired - e.day) / (e.acquired - e.day + 90.0) as score,
       'disposed of ' || e.day || ', acquired ' || e.acquired as fact
  from early e anti join acquisition a on a.dealer = e.dealer and a.gun = e.gun and a.day <= e.day;
