-- Open a glass on a record that the officer's party may see, or on one behind a hit of its own. At most three at once; who
-- opened one that nobody judged in time opens no other. What a pointer met stands beneath its hit (pre_0035).
create or replace function open_glass(new_id uuid, of_kind text, of_record uuid, of_hit uuid, because text, lasts interval, review interval)
returns table (owner smallint, kind text, record uuid, version integer, refused text) language plpgsql security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare h record; o record; who record;
begin
  if of_hit is not null then
    select case coalesce(f.kind, x.kind) when 'person_document' then 'person' else coalesce(f.kind, x.kind) end as kind, x.record into h
      from hit x left join hit_finding f on f.hit = x.id where x.id = of_hit and x.asker = me() and x.level <> 'blind';
    if not found then return; end if;
    of_kind := h.kind; of_record := h.record;
  end if;
  select x.owner, x.version, x.way into o from openable(of_kind, of_record) x;
  if not found or (of_hit is null and o.way not in ('own', 'read')) then return; end if;
  if o.way = 'closed' then return query select o.owner, of_kind, of_record, o.version, 'terms'; return; end if;
  select f.id, f.name into who from officer f where f.id = acting_officer() and f.party = me();
  perform pg_advisory_xact_lock(7261012, hashtext(who.id::text));
  if exists (select from glass g where g.officer = who.id and g.verdict is null and g.review_due_at < now()) then
    return query select o.owner, of_kind, of_record, o.version, 'unreviewed'; return;
  end if;
  if (select count(*) from glass g where g.officer = who.id and g.closed_at is null and g.ends_at > now()) >= 3 then
    return query select o.owner, of_kind, of_record, o.version, 'many'; return;
  end if;
  insert into glass (id, party, officer, by_name, kind, record, owner, hit, reason, ends_at, review_due_at)
  values (new_id, me(), who.id, who.name, of_kind, of_record, o.owner, of_hit, because, now() + lasts, now() + review);
  return query select o.owner, of_kind, of_record, o.version, null::text;
end $$;
