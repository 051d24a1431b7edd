-- rule: 6
-- name: seller_without_licence
-- version: 1
-- sentence: Disposed of on a day on which the dealer held no valid licence.
-- caution: A renewal may have come late to the register; ask the licensing office for the days between.
-- unit: dispositions
-- evidence: the dispositions of those days, and the licence where there is one
-- needs: disposition, licensee
-- people: no

-- base rate
select count(*) from disposition;

-- findings
with outside as (
  select d.dealer, d.day, d.row_at
    from disposition d
    anti join licensee l on l.dealer = d.dealer and d.day between l.valid_from and l.valid_to
      and d.day < coalesce(l.revoked, date '9999-12-31')
      and d.day not between coalesce(l.suspended_from, date '9999-12-31') and coalesce(l.suspended_to, date '9999-12-31')
),
licences as (
  select dealer, list(row_at) as rows, max(valid_to) as valid_to, max(revoked) as revoked, max(suspended_from) as suspended
    from licensee group by dealer
)
select o.dealer, o.dealer as subject, list(o.row_at order by o.day, o.row_at) || coalesce(any_value(l.rows), []) as rows,
       0.6 + 0.4 * count(*) / (count(*) + 10.0) as score,
       count(*) || ' dispositions from ' || min(o.day) || ' to ' || max(o.day) || '; '
         || case when any_value(l.rows) is null then 'not on the register'
                 when any_value(l.revoked) is not null then 'revoked ' || any_value(l.revoked)
                 when any_value(l.suspended) is not null then 'suspended from ' || any_value(l.suspended)
                 else 'valid until ' || any_value(l.valid_to) end as fact
  from outside o left join licences l using (dealer)
 group by o.dealer;
