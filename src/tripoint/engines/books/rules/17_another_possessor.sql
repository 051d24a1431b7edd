-- rule: 17
-- name: another_possessor
-- version: 1
-- sentence: Recovered from somebody other than the buyer, soon after the sale.
-- caution: It may have been stolen from the buyer; look for a report first.
-- unit: private sales that were recovered
-- evidence: the sale and the recovery
-- needs: disposition, recovery
-- people: yes
-- parameter: soon = 365 | days | from sale to recovery

-- base rate
select count(*) from traced;

-- findings
select t.dealer, t.serial as subject, [t.row_at, t.recovered_at] as rows, 0.3 + 0.6 * (1 - t.days / ($soon + 1.0)) as score,
       'recovered ' || t.days || ' days after the sale, from another person' as fact
  from traced t
 where t.days <= $soon
   and coalesce(t.holder_document <> t.buyer_document, t.holder_name <> t.buyer_name, false)
   and not exists (select 1 from theft f where f.gun = t.gun and f.reported between t.day and t.recovered);
