-- rule: 11
-- name: shipment_shortfall
-- version: 1
-- sentence: An importer's manifest says more was delivered than the dealer's book took in.
-- caution: A delivery may be under way or booked under another paper; the importer can show who signed for it.
-- unit: manifest lines
-- evidence: the manifest line, and the acquisitions under the same paper
-- needs: manifest, acquisition
-- people: no
-- parameter: within = 45 | days | so long after the shipment it may be booked

-- base rate
select count(*) from manifest;

-- findings
with by_serial as (
  select m.dealer, m.document, list(m.row_at order by m.row_at) as rows, count(*) as short
    from manifest m
    anti join acquisition a on a.dealer = m.dealer and a.gun = m.gun and a.day between m.day - 7 and m.day + $within
   where m.gun is not null group by m.dealer, m.document
),
stated as (
  select dealer, document, sum(quantity) as stated, list(row_at order by row_at) as rows
    from manifest where gun is null and quantity > 0 group by dealer, document
),
taken as (
  select a.dealer, a.document, count(*) as taken, list(a.row_at) as rows
    from acquisition a semi join stated s on s.dealer = a.dealer and s.document = a.document group by a.dealer, a.document
),
by_count as (
  select s.dealer, s.document, s.rows || coalesce(t.rows, []) as rows, s.stated - coalesce(t.taken, 0) as short
    from stated s left join taken t using (dealer, document) where s.stated > coalesce(t.taken, 0)
)
select dealer, document as subject, rows, 0.5 + 0.5 * short / (short + 5.0) as score,
       short || ' firearms of ' || document || ' were not taken into the book' as fact
  from (select * from by_serial union all select * from by_count);
