-- rule: 4
-- name: double_disposition
-- version: 1
-- sentence: Disposed of more often than it was acquired: the same firearm left the same book twice.
-- caution: A sale that was undone and not struck out looks the same.
-- unit: firearms disposed of
-- evidence: every disposition and acquisition of the firearm in this book
-- needs: disposition
-- people: no

-- base rate
select count(*) from disposition;

-- findings
with often as (
  select dealer, gun from disposition group by dealer, gun having count(*) > 1
),
sold as (
  select d.dealer, d.gun, any_value(d.serial) as serial, count(*) as times, list(d.row_at order by d.day, d.row_at) as rows
    from disposition d semi join often o on o.dealer = d.dealer and o.gun = d.gun group by d.dealer, d.gun
),
bought as (
  select a.dealer, a.gun, count(*) as times, list(a.row_at order by a.day, a.row_at) as rows
    from acquisition a semi join sold s on s.dealer = a.dealer and s.gun = a.gun group by a.dealer, a.gun
)
select s.dealer, s.serial as subject, s.rows || coalesce(b.rows, []) as rows,
       least(1, 0.6 + 0.2 * (s.times - coalesce(b.times, 0))) as score,
       'disposed of ' || s.times || ' times, acquired ' || coalesce(b.times, 0) || ' times' as fact
  from sold s left join bought b using (dealer, gun)
 where s.times > greatest(coalesce(b.times, 0), 1);
