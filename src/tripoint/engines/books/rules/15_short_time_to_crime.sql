-- rule: 15
-- name: short_time_to_crime
-- version: 1
-- sentence: More of a dealer's or buyer's firearms were recovered soon after the sale than chance among peers explains.
-- caution: Few sales prove nothing: shares are drawn towards what all have (empirical Bayes), and fewer sales than the least are not looked at. A dealer near a place of crime can be above his peers without fault.
-- unit: dealers and buyers with enough sales
-- evidence: the sales that were recovered soon
-- needs: disposition, recovery
-- people: yes
-- parameter: soon = 730 | days | from sale to recovery
-- parameter: least_sales = 50 | sales | of a dealer
-- parameter: least_bought = 5 | firearms | of a buyer
-- parameter: least_found = 3 | recoveries | soon after the sale
-- parameter: times = 3 | times | the share of all peers, after shrinking
-- parameter: sureness = 1.645 | standard deviations | by which the share lies above its peers (1.645: 19 of 20)

-- base rate
select (select count(*) from (select dealer from disposition where buyer_licence is null group by dealer having count(*) >= $least_sales))
     + (select count(*) from (select buyer from disposition where buyer_licence is null and buyer is not null group by buyer having count(*) >= $least_bought));

-- findings
with soon as (
  select dealer, buyer, row_at, recovered_at from traced where days <= $soon
),
seller as (
  select 'dealer' as who, d.dealer as one, any_value(d.dealer) as dealer, count(*) as n
    from disposition d where d.buyer_licence is null group by d.dealer having count(*) >= $least_sales
  union all
  select 'buyer', d.buyer::varchar, mode(d.dealer), count(*)
    from disposition d where d.buyer_licence is null and d.buyer is not null group by d.buyer having count(*) >= $least_bought
),
hit as (
  select 'dealer' as who, dealer as one, count(*) as k, list(row_at order by row_at) || list(recovered_at order by row_at) as rows from soon group by dealer
  union all
  select 'buyer', buyer::varchar, count(*), list(row_at order by row_at) || list(recovered_at order by row_at) from soon where buyer is not null group by buyer
),
counted as (
  select s.who, s.one, s.dealer, s.n, coalesce(h.k, 0) as k, h.rows from seller s left join hit h using (who, one)
),
peers as ( -- the mean share, and how far shares lie apart beyond what chance does (method of moments)
  select who, sum(k) / sum(n) as mean, sum(n) as sales,
         sum(n * (k / n - sum_k / sum_n) ** 2) / sum(n) - (sum(k) / sum(n)) * (1 - sum(k) / sum(n)) * count(*) / sum(n) as apart
    from (select *, sum(k) over (partition by who) as sum_k, sum(n) over (partition by who) as sum_n from counted) group by who
),
prior as ( -- a beta distribution of that mean; `strength` is how many sales it weighs
  select who, mean, case when apart > 0 then greatest(1, least(1e6, mean * (1 - mean) / apart - 1)) else 1e6 end as strength from peers
),
shrunk as (
  select c.*, p.mean, (c.k + p.mean * p.strength) / (c.n + p.strength) as share, c.n + p.strength + 1 as weight
    from counted c join prior p using (who)
)
select dealer, who || ' ' || one as subject, rows, least(1, 0.4 + 0.1 * share / mean) as score,
       k || ' of ' || n || ' recovered within ' || $soon || ' days; shrunk share ' || round(100 * share, 2)
         || ' %, peers ' || round(100 * mean, 2) || ' %' as fact
  from shrunk
 where k >= $least_found and share >= $times * mean and share - $sureness * sqrt(share * (1 - share) / weight) > mean;
