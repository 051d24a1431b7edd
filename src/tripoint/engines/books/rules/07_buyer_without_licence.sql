-- rule: 7
-- name: buyer_without_licence
-- version: 1
-- sentence: Passed on to another licensee who held no valid licence that day.
-- caution: The number may be written wrongly; compare name and number.
-- unit: dispositions to licensees
-- evidence: the dispositions, and the buyer's licence where there is one
-- needs: disposition, licensee
-- people: no

-- base rate
select count(*) from disposition where buyer_licence is not null;

-- findings
with outside as (
  select d.dealer, d.buyer_licence, d.day, d.row_at
    from disposition d
    anti join licensee l on l.dealer = d.buyer_licence and d.day between l.valid_from and l.valid_to
      and d.day < coalesce(l.revoked, date '9999-12-31')
      and d.day not between coalesce(l.suspended_from, date '9999-12-31') and coalesce(l.suspended_to, date '9999-12-31')
   where d.buyer_licence is not null
),
licences as (select dealer, list(row_at) as rows from licensee group by dealer)
select o.dealer, o.buyer_licence as subject, list(o.row_at order by o.day, o.row_at) || coalesce(any_value(l.rows), []) as rows,
       0.6 + 0.4 * count(*) / (count(*) + 10.0) as score,
       count(*) || ' firearms to licence ' || o.buyer_licence
         || case when any_value(l.rows) is null then ', which is not on the register' else ', not valid that day' end as fact
  from outside o left join licences l on l.dealer = o.buyer_licence
 group by o.dealer, o.buyer_licence;
