-- rule: 12
-- name: several_handguns
-- version: 1
-- sentence: One buyer bought two handguns or more from one dealer within a few days.
-- caution: Most such buyers are lawful, collectors and sportsmen among them; by itself it is no reason to ask anybody.
-- unit: private sales of handguns
-- evidence: the sales of the run
-- needs: disposition
-- people: yes
-- parameter: within = 5 | days | from one sale to the next
-- parameter: least = 2 | handguns | so many in a run

-- base rate
select count(*) from disposition where buyer_licence is null and coalesce(handgun, true);

-- findings
with often as (
  select dealer, buyer from disposition
   where buyer_licence is null and buyer is not null and coalesce(handgun, true)
   group by dealer, buyer having count(*) >= $least
),
sale as (
  select d.dealer, d.buyer, d.day, d.row_at, d.gun,
         coalesce(d.day - lag(d.day) over (partition by d.dealer, d.buyer order by d.day, d.row_at) > $within, true) as begins
    from disposition d join often o on o.dealer = d.dealer and o.buyer = d.buyer
   where d.buyer_licence is null and coalesce(d.handgun, true)
),
run as (
  select *, count(*) filter (begins) over (partition by dealer, buyer order by day, row_at rows unbounded preceding) as number from sale
)
select dealer, min(day) || ' ' || buyer as subject, list(row_at order by day, row_at) as rows,
       count(distinct gun) / (count(distinct gun) + 4.0) as score,
       count(distinct gun) || ' handguns from ' || min(day) || ' to ' || max(day) as fact
  from run group by dealer, buyer, number having count(distinct gun) >= $least;
