-- rule: 9
-- name: one_permit_several_buyers
-- version: 1
-- sentence: One permit was used by several buyers.
-- caution: A name spelt in two ways is one buyer; compare documents before anybody is asked.
-- unit: permits used
-- evidence: every sale on the permit
-- needs: disposition
-- people: yes

-- base rate
select count(distinct permit) from disposition where permit is not null;

-- findings
with shared as (
  select permit from disposition where permit is not null and buyer is not null
   group by permit having min(buyer) <> max(buyer)
)
select mode(d.dealer) as dealer, d.permit as subject, list(d.row_at order by d.day, d.row_at) as rows,
       least(1, 0.5 + 0.15 * (count(distinct d.buyer) - 1)) as score,
       count(distinct d.buyer) || ' buyers, ' || count(*) || ' firearms, ' || count(distinct d.dealer) || ' dealers' as fact
  from disposition d join shared s using (permit)
 group by d.permit;
