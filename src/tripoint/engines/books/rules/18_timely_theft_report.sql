-- rule: 18
-- name: timely_theft_report
-- version: 1
-- sentence: Reported stolen or lost shortly before it was recovered, only afterwards, or just before an inspection.
-- caution: Most people report a theft when they notice it; the timing alone says little.
-- unit: reports of theft and loss
-- evidence: the report, and the recovery or inspection
-- needs: theft
-- people: yes
-- parameter: before_recovery = 30 | days | from the report to the recovery
-- parameter: before_inspection = 14 | days | from the report to the inspection of that dealer

-- base rate
select count(*) from theft;

-- findings
with recovered as (
  select t.gun, t.dealer, t.serial, t.row_at, r.row_at as other_at,
         case when t.reported > r.day then 'reported ' || t.reported || ', after the recovery of ' || r.day
              else 'reported ' || t.reported || ', recovered ' || r.day end as fact,
         case when t.reported > r.day then 0.9 else 0.6 end as score
    from theft t join recovery r on r.gun = t.gun and r.day between t.reported - 365 and t.reported + $before_recovery
),
inspected as (
  select t.gun, t.dealer, t.serial, t.row_at, i.row_at, 'reported ' || t.reported || ', inspected ' || i.day, 0.7
    from theft t join inspection i on i.dealer = t.dealer and i.day between t.reported and t.reported + $before_inspection
)
select coalesce(x.dealer, s.dealer, '') as dealer, x.serial as subject, [x.row_at, x.other_at] as rows, x.score, x.fact
  from (select * from recovered union all select * from inspected) x
  left join (select gun, arg_max(dealer, day) as dealer from disposition group by gun) s using (gun);
