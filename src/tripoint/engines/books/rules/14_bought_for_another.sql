-- rule: 14
-- name: bought_for_another
-- version: 1
-- sentence: Several buyers who share a telephone, an address or a payer bought the same model within weeks.
-- caution: Families and flatmates share addresses; it is the same model again and again, in cash, that makes it worth a look.
-- unit: private sales
-- evidence: the sales of the group
-- needs: disposition
-- people: yes
-- parameter: gap = 30 | days | from one sale of the group to the next
-- parameter: least = 4 | firearms | in a group
-- parameter: buyers = 2 | buyers | in a group

-- base rate
select count(*) from disposition where buyer_licence is null;

-- findings
with private as (
  select dealer, buyer, buyer_name, phone, address, payer, model, calibre, payment, day, row_at
    from disposition where buyer_licence is null and buyer is not null
),
telephones as (select phone from private where phone is not null group by phone having min(buyer) <> max(buyer)),
addresses as (select address from private where address is not null group by address having min(buyer) <> max(buyer)),
payers as (select payer from private where payer is not null group by payer having min(buyer) <> max(buyer)),
link as (
  select 'telephone' as kind, phone as shared, * from private where phone in (select phone from telephones)
  union all
  select 'address', address, * from private where address in (select address from addresses)
  union all
  select 'payer', payer, * from private where payer in (select payer from payers) and payer <> coalesce(buyer_name, '')
),
common as (
  select kind, shared, model, calibre from link
   group by kind, shared, model, calibre having min(buyer) <> max(buyer) and count(*) >= $least
),
sale as (
  select l.kind, l.shared, l.model, l.calibre, l.dealer, l.buyer, l.payment, l.day, l.row_at,
         coalesce(l.day - lag(l.day) over (partition by l.kind, l.shared, l.model, l.calibre order by l.day, l.row_at) > $gap, true) as begins
    from link l join common c on c.kind = l.kind and c.shared = l.shared
     and c.model is not distinct from l.model and c.calibre is not distinct from l.calibre
),
run as (
  select *, count(*) filter (begins)
              over (partition by kind, shared, model, calibre order by day, row_at rows unbounded preceding) as number
    from sale
)
select mode(dealer) as dealer, kind || ' ' || substr(md5(shared), 1, 12) || ' ' || min(day) as subject, list(row_at order by day, row_at) as rows,
       0.4 + 0.3 * count(*) / (count(*) + 4.0) + 0.3 * avg(case when payment in ('CASH', 'EFECTIVO', 'DINHEIRO', 'ESPECES') then 1 else 0 end) as score,
       count(distinct buyer) || ' buyers with one ' || kind || ', ' || count(*) || ' of the same model from ' || min(day) || ' to ' || max(day) as fact
  from run group by kind, shared, model, calibre, number
having count(*) >= $least and count(distinct buyer) >= $buyers;
