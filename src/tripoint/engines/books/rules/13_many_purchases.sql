-- rule: 13
-- name: many_purchases
-- version: 1
-- sentence: One buyer bought many firearms within half a year, at whatever dealers.
-- caution: Collectors, clubs and guards buy many too; look at what was bought, how it was paid and where it is now.
-- unit: private buyers
-- evidence: the sales of the densest half year
-- needs: disposition
-- people: yes
-- parameter: least = 10 | firearms | so many in the span
-- parameter: span = 180 | days | in which they were bought

-- base rate
select count(distinct buyer) from disposition where buyer_licence is null;

-- findings
with often as (
  select buyer from disposition where buyer_licence is null and buyer is not null group by buyer having count(*) >= $least
),
sale as (
  select d.*, count(*) over (partition by d.buyer order by d.day range between ($span - 1) preceding and current row) as dense
    from (select buyer, dealer, row_at, date_diff('day', date '1900-01-01', day) as day, day as date from disposition
           where buyer_licence is null) d semi join often o on o.buyer = d.buyer
),
densest as (
  select buyer, max(dense) as many, arg_max(day, dense) as until from sale group by buyer having max(dense) >= $least
)
select mode(s.dealer) as dealer, min(s.date) || ' ' || s.buyer as subject, list(s.row_at order by s.day, s.row_at) as rows,
       0.3 + 0.7 * count(*) / (count(*) + 2.0 * $least) as score,
       count(*) || ' firearms at ' || count(distinct s.dealer) || ' dealers from ' || min(s.date) || ' to ' || max(s.date) as fact
  from sale s join densest x on x.buyer = s.buyer and s.day between x.until - ($span - 1) and x.until
 group by s.buyer;
