-- rule: 16
-- name: several_recovered
-- version: 1
-- sentence: Several firearms of one buyer were recovered.
-- caution: The buyer may have been robbed or have sold them lawfully; look for reports and transfers.
-- unit: private buyers
-- evidence: the sales and the recoveries
-- needs: disposition, recovery
-- people: yes
-- parameter: least = 2 | recoveries | of one buyer

-- base rate
select count(distinct buyer) from disposition where buyer_licence is null;

-- findings
select mode(dealer) as dealer, min(day) || ' ' || buyer as subject, list(row_at order by day, row_at) || list(recovered_at order by day, row_at) as rows,
       count(*) / (count(*) + 2.0) as score,
       count(*) || ' recovered, the first ' || min(days) || ' days after the sale' as fact
  from traced where buyer is not null
 group by buyer having count(distinct gun) >= $least;
