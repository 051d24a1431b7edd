-- rule: 22
-- name: surge_to_town
-- version: 1
-- sentence: Far more of a calibre went to a border town in a month than in the year before.
-- caution: A new shop, a season or a tender can do the same.
-- unit: months of a calibre in a town
-- evidence: the sales of the month
-- needs: disposition
-- people: no
-- parameter: times = 4 | times | the mean of the twelve months before
-- parameter: least = 20 | firearms | in the month

-- base rate
select count(*) from (
  select distinct town, calibre, date_trunc('month', day) from disposition
   where town is not null and (not exists (select 1 from town where border) or town in (select town from town where border)));

-- findings
with at_border as (
  select d.town, d.calibre, d.dealer, d.row_at, date_trunc('month', d.day)::date as month
    from disposition d
   where d.town is not null and d.calibre is not null
     and (not exists (select 1 from town where border) or d.town in (select town from town where border))
),
monthly as (
  select town, calibre, month, count(*) as many from at_border group by town, calibre, month
),
begun as (select min(month) + interval 12 months as month from monthly),
surge as (
  select m.*, sum(m.many) over (partition by m.town, m.calibre order by m.month
                                range between interval 12 months preceding and interval 1 month preceding) / 12.0 as usual
    from monthly m
)
select mode(a.dealer) as dealer, s.town || ' ' || s.calibre || ' ' || strftime(s.month, '%Y-%m') as subject, list(a.row_at order by a.row_at) as rows,
       0.4 + 0.6 * s.many / (s.many + 10 * greatest(1, coalesce(s.usual, 0))) as score,
       s.many || ' in ' || strftime(s.month, '%Y-%m') || ', usually ' || round(coalesce(s.usual, 0), 1) || ' a month' as fact
  from surge s join at_border a on a.town = s.town and a.calibre = s.calibre and a.month = s.month
 where s.many >= $least and s.many >= $times * greatest(1, coalesce(s.usual, 0)) and s.month >= (select month from begun)
 group by s.town, s.calibre, s.month, s.many, s.usual;
