-- rule: 8
-- name: buyer_without_permit
-- version: 1
-- sentence: Sold to a private buyer with no buyer or permit on record, or whose permit, age or life did not allow it that day.
-- caution: A permit issued elsewhere or written wrongly looks the same; the buyer may be the victim of somebody who used his name.
-- unit: dispositions to private buyers
-- evidence: the disposition, and the permit where there is one
-- needs: disposition, permit
-- people: yes
-- parameter: least_age = 18 | years | younger buyers may not buy
-- parameter: home = '' | country code | buyers of other nationality are named; empty: nobody is

-- base rate
select count(*) from disposition where buyer_licence is null;

-- findings
with sale as (
  select * from disposition where buyer_licence is null
),
doubtful as (
  select s.* from sale s
    anti join permit p on p.permit = s.permit and s.day between p.valid_from and p.valid_to
      and s.day < coalesce(p.revoked, date '9999-12-31') and s.day < coalesce(p.died, date '9999-12-31')
      and s.day >= coalesce(p.born, s.buyer_born, date '1900-01-01') + to_years($least_age)
      and ($home = '' or coalesce(p.country, s.buyer_country, $home) = $home)
),
known as (
  select p.permit, list(p.row_at) as rows, max(p.valid_to) as valid_to, max(p.revoked) as revoked, max(p.died) as died,
         max(p.born) as born, max(p.country) as country
    from permit p semi join doubtful d on d.permit = p.permit group by p.permit
),
reasoned as (
  select d.*, k.rows as permits,
         case when d.buyer is null then 'no buyer on record'
              when d.permit is null then 'no permit on record'
              when k.permit is null then 'the permit is not on the register'
              when d.day >= k.died then 'the holder had died'
              when d.day < coalesce(k.born, d.buyer_born) + to_years($least_age) then 'the buyer was under age'
              when d.day >= k.revoked then 'the permit was revoked'
              when $home <> '' and coalesce(k.country, d.buyer_country) <> $home then 'the buyer is of another country'
              else 'the permit was not valid that day' end as reason
    from doubtful d left join known k using (permit)
)
select r.dealer, r.serial as subject, [r.row_at] || coalesce(r.permits, []) as rows,
       case when r.reason in ('no buyer on record', 'the holder had died') then 0.95
            when r.reason = 'the permit was not valid that day' then 0.6 else 0.8 end as score,
       'sold ' || r.day || ': ' || r.reason as fact
  from reasoned r;
