-- Marks that wait are met: each recovered one with the listed ones, each listed one with the recovered ones, together with
-- what each owner's terms let the other learn. Where either lets the other meet nothing there is no pair. Takes what it
-- looked at out of the queue, at most so many, and has itself called again where more are left. Those of a whole list are
-- looked at by themselves and in small parts, so that a single one entered meanwhile waits for half a second at most.
create or replace function marks_to_meet(most integer) returns table (
  recovered uuid, recovered_owner smallint, recovered_raw text, recovered_make text, recovered_model text, recovered_calibre text, recovered_type text, recovered_year smallint,
  recovered_level text, listed uuid, listed_owner smallint, listed_normal text, listed_raw text, listed_level text, recovered_party text, listed_party text)
language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare taken uuid[];
begin
  with next as (select q.mark from mark_to_meet q where q.many = not exists (select from mark_to_meet x where not x.many)
                 order by q.many, q.at limit case when exists (select from mark_to_meet x where not x.many) then most else least(most, 200) end for update skip locked),
       gone as (delete from mark_to_meet q using next n where q.mark = n.mark returning q.mark)
  select coalesce(array_agg(g.mark), '{}') into taken from gone g;
  return query
    with taken_marks as materialized (select m.id as mark, m.holder_kind = 'recovered' as recovered, m.fold from unnest(taken) as t(id) join mark m on m.id = t.id where m.ended_at is null),
    pairs as (
      select t.mark as r, l.id as l from taken_marks t join recovered_key k on k.mark = t.mark and k.key = t.fold cross join lateral slip_folds(t.fold) as f
        join mark l on l.fold = f and l.ended_at is null and l.holder_kind = 'listed' where t.recovered
      union select t.mark, l.id from taken_marks t join recovered_pattern p on p.mark = t.mark
        join mark l on l.fold ~ p.expression and ((not p.reversed and l.fold >= p.low and l.fold < p.high) or (p.reversed and l.fold_reverse >= p.low and l.fold_reverse < p.high))
        where t.recovered and p.low is not null and l.ended_at is null and l.holder_kind = 'listed'
      union select k.mark, t.mark from taken_marks t cross join lateral slip_keys(t.fold) as f join recovered_key k on k.key = f where not t.recovered
      union select p.mark, t.mark from taken_marks t join recovered_pattern p on t.fold ~ p.expression where not t.recovered),
    met as (
      select r.id as rm, r.holder as rh, r.owner as ro, r.raw as rraw, l.holder as lh, l.owner as lo, l.normal, l.raw as lraw,
             meeting_level(r.terms, r.owner, l.owner) as lister_learns, meeting_level(l.terms, l.owner, r.owner) as recoverer_learns
        from pairs p join mark r on r.id = p.r join mark l on l.id = p.l where r.ended_at is null and r.kind in ('serial', 'privately_made', 'inventory', 'remark', 'import'))
    select m.rh, m.ro, m.rraw, g.make_text, g.model_text, g.calibre_text, g.type, g.made_in, m.lister_learns, m.lh, m.lo, m.normal, m.lraw, m.recoverer_learns, a.code, b.code
      from met m join recovered_firearm g on g.id = m.rh join party a on a.number = m.ro join party b on b.number = m.lo
     where m.lister_learns is not null and m.recoverer_learns is not null and (m.lister_learns <> 'blind' or m.recoverer_learns <> 'blind')
       and g.state <> 'withdrawn' and not exists (select from mark_meeting x where x.recovered = m.rh and x.listed = m.lh)
     limit 20000;
  if exists (select from mark_to_meet) then insert into outbox (kind, parties, ref) values ('marks', '{}', uuid7()); end if;
end $$;
