-- rule: 21
-- name: document_series
-- version: 1
-- sentence: A dealer sold to many buyers whose document numbers run on in one series.
-- caution: People of one town can hold numbers close together; invented buyers do so more often.
-- unit: private sales with a document
-- evidence: the sales of the series
-- needs: disposition
-- people: yes
-- parameter: gap = 3 | numbers | from one document to the next
-- parameter: least = 8 | documents | in a series
-- parameter: span = 120 | days | from the first to the last sale

-- base rate
select count(*) from disposition where buyer_licence is null and buyer_document is not null;

-- findings
with document as (
  select dealer, day, row_at, length(buyer_document) as long, rtrim(buyer_document, '0123456789') as prefix,
         try_cast(right(buyer_document, least(15, length(buyer_document) - length(rtrim(buyer_document, '0123456789')))) as bigint) as number
    from disposition where buyer_licence is null and buyer_document is not null
),
close as ( -- a series shares its number but for the last digits: only those are put in order
  select dealer, prefix, long, number // 1000 as thousand from document
   where number is not null group by all having count(distinct number) >= ($least + 1) // 2
),
sale as (
  select d.*, coalesce(d.number - lag(d.number) over (partition by d.dealer, d.prefix, d.long order by d.number, d.day) > $gap, true) as begins
    from document d semi join close c on c.dealer = d.dealer and c.prefix = d.prefix and c.long = d.long and c.thousand = d.number // 1000
),
run as (
  select *, count(*) filter (begins) over (partition by dealer, prefix, long order by number, day rows unbounded preceding) as series from sale
)
select dealer, prefix || min(number) as subject, list(row_at order by number, day) as rows,
       0.5 + 0.5 * count(distinct number) / (count(distinct number) + 2.0 * $least) as score,
       count(distinct number) || ' documents within ' || (max(number) - min(number) + 1) || ' numbers, ' || count(*) || ' firearms from '
         || min(day) || ' to ' || max(day) as fact
  from run group by dealer, prefix, long, series
having count(distinct number) >= $least and max(day) - min(day) <= $span;
