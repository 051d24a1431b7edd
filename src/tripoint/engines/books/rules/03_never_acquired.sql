-- rule: 3
-- name: never_acquired
-- version: 1
-- sentence: Disposed of by a dealer who never acquired it according to his book.
-- caution: A serial number written wrongly on one side looks the same; compare the two books first.
-- unit: dispositions
-- evidence: the disposition
-- needs: disposition, acquisition
-- people: no

-- base rate
select count(*) from disposition;

-- findings
with strange as (
  select d.* from disposition d anti join acquisition a on a.dealer = d.dealer and a.gun = d.gun
),
shops as (select dealer, count(*) as sold from disposition group by dealer)
select x.dealer, x.serial as subject, [x.row_at] as rows,
       0.5 + 0.5 * count(*) over (partition by x.dealer) / s.sold as score,
       'disposed of ' || x.day || '; ' || count(*) over (partition by x.dealer) || ' of ' || s.sold
         || ' dispositions of the shop have no acquisition' as fact
  from strange x join shops s using (dealer);
