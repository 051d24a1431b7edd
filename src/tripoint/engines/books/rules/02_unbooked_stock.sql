-- rule: 2
-- name: unbooked_stock
-- version: 1
-- sentence: In the stock that was counted, but never entered in the book as acquired.
-- caution: It may belong to a customer who left it for repair; ask for the paper.
-- unit: firearms counted in stock
-- evidence: the counted firearm
-- needs: stock, acquisition
-- people: no

-- base rate
select count(*) from stock;

-- findings
with unbooked as (
  select s.* from stock s anti join acquisition a on a.dealer = s.dealer and a.gun = s.gun
),
shops as (select dealer, count(*) as counted from stock group by dealer)
select u.dealer, u.serial as subject, [u.row_at] as rows,
       0.5 + 0.5 * count(*) over (partition by u.dealer) / s.counted as score,
       count(*) over (partition by u.dealer) || ' of ' || s.counted || ' counted are not in the book' as fact
  from unbooked u join shops s using (dealer);
