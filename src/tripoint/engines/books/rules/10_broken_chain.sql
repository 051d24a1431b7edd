-- rule: 10
-- name: broken_chain
-- version: 1
-- sentence: One book says it went to another licensee; that licensee's book never took it in.
-- caution: The other book may be kept elsewhere or come later; ask for it.
-- unit: dispositions to licensees whose book is here
-- evidence: the disposition
-- needs: disposition, acquisition
-- people: no
-- parameter: within = 30 | days | so long the other book may take to enter it

-- base rate
with books as (select dealer, max(day) as until from acquisition group by dealer)
select count(*) from disposition d join books b on b.dealer = d.buyer_licence;

-- findings
with books as (
  select dealer, max(day) as until from acquisition group by dealer
),
sent as (
  select d.* from disposition d join books b on b.dealer = d.buyer_licence and d.day + $within <= greatest(b.until, d.day + $within)
),
broken as (
  select s.* from sent s
    anti join acquisition a on a.dealer = s.buyer_licence and a.gun = s.gun and a.day between s.day - $within and s.day + $within
)
select x.dealer, x.serial as subject, [x.row_at] as rows,
       0.5 + 0.5 * count(*) over (partition by x.dealer, x.buyer_licence)
         / (count(*) over (partition by x.dealer, x.buyer_licence) + 5.0) as score,
       'sent ' || x.day || ' to ' || x.buyer_licence || ', whose book has no entry of it' as fact
  from broken x;
