"""The tables of exhibits, scans, masks and custody; every reading goes through row-level security."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from tripoint.base.database import Row, Session
from tripoint.desks.ballistics.codes import LinkState
from tripoint.desks.ballistics.model import (
    Content,
    Custody,
    CustodyEntry,
    Exhibit,
    Filters,
    Json,
    KeptMask,
    Linked,
    Scan,
)

SAID = (
    "kind", "case_reference", "operation", "of_exhibit", "replica", "calibre_text", "calibre_id", "bore_family", "firearm",
    "firing_pin_shape", "primer_metal", "breech_face_class", "lands", "twist", "manufacturer", "headstamp", "occurred_on",
    "recovered_in", "circumstances", "open", "remarks",
)  # fmt: skip
TOLD = (*(name for name in SAID if name != "circumstances"), "filed_by_name", "filed_at", "changed_at", "retain_until")
GRADES = ("handling", "source_grade", "information_grade", "purpose")
COLUMNS = f"""
select e.id, e.version, e.state, {', '.join('e.' + name for name in TOLD)}, p.code as owner_code, e.owner as owner_number, e.owner = me() as own,
       e.owner = me() or e.terms in (select readable_terms()) as read, g.handling, g.source_grade, g.information_grade, g.confidence, g.purpose,
       array(select s.region from exhibit_scan s where s.exhibit = e.id order by s.added_at, s.id) as regions
  from exhibit e join party p on p.number = e.owner left join lateral grading_of(e.terms) g on true
"""  # noqa: S608 - names of ours
FOUND = f"{COLUMNS} where e.id = %(id)s"
OWNERS = "select circumstances, (select t.spec from terms t where t.id = terms) as spec from exhibit where id = %(id)s and owner = me()"
USED = "select digest from exhibit where id = %(id)s and owner = me()"
ADD = (
    f"insert into exhibit (id, owner, terms, {', '.join(SAID)}, filed_by, filed_by_name, filed_at, changed_at, retain_until, digest)"  # noqa: S608
    f" values (%(id)s, %(owner)s, %(terms)s, {', '.join(f'%({name})s' for name in SAID)}, %(by)s, %(by_name)s, %(at)s, %(at)s, %(until)s, %(digest)s)"
    " on conflict (id) do nothing"
)
CHANGE = (
    f"update exhibit set {', '.join(f'{name} = %({name})s' for name in SAID)}, terms = coalesce(%(terms)s, terms), state = %(state)s,"  # noqa: S608
    " version = version + 1, changed_at = %(at)s where id = %(id)s and version = %(version)s and owner = me()"
)
REMEMBER = """
insert into exhibit_history (exhibit, version, owner, content, reason, changed_at, changed_by)
select e.id, e.version, e.owner, to_jsonb(e) - 'digest' - 'terms', %(reason)s, %(at)s, %(by)s from exhibit e where e.id = %(id)s
"""
CASTS = "select id from exhibit where of_exhibit = %(id)s order by filed_at, id"
SEEN_FIREARM = "select exists (select from recovered_firearm where id = %(id)s)"
TOGETHER = """
select count(*) from recovered_firearm a join recovered_firearm b on b.seizure = a.seizure and b.owner = a.owner where a.id = %(id)s
"""
SCANS = """
select s.id, s.exhibit, s.owner as owner_number, p.code as owner_code, s.owner = me() as own, e.owner = me() or e.terms in (select readable_terms()) as read,
       s.region, s.land, s.grade, s.facts, s.quality, s.fit, s.step_um, s.shown_rows, s.shown_columns, s.mask_version, s.sha256, s.original,
       length(s.content) as size, s.added_by_name, s.added_at, e.kind, e.case_reference, e.state
  from exhibit_scan s join exhibit e on e.id = s.exhibit join party p on p.number = s.owner
"""
CONTENT = "select content from exhibit_scan where id = %(id)s"
SHOWN = "select shown from exhibit_scan where id = %(id)s"
USED_SCAN = "select original, exhibit from exhibit_scan where id = %(id)s and owner = me()"
ADD_SCAN = """
insert into exhibit_scan (id, exhibit, owner, region, land, sha256, content, original, grade, facts, quality, fit, shown, shown_rows, shown_columns, step_um,
                          added_by, added_by_name, added_at)
values (%(id)s, %(exhibit)s, %(owner)s, %(region)s, %(land)s, %(sha256)s, %(content)s, %(original)s, %(grade)s, %(facts)s, %(quality)s, %(fit)s, %(shown)s,
        %(rows)s, %(columns)s, %(step)s, %(by)s, %(by_name)s, %(at)s)
on conflict (id) do nothing
"""
MASK = """
select version, grid_rows, grid_columns, step_um, bits, automatic, reason, by_name, at from scan_mask where scan = %(id)s order by version desc limit 1
"""
ADD_MASK = """
insert into scan_mask (scan, version, owner, grid_rows, grid_columns, step_um, bits, automatic, reason, by_name, by_officer, at)
values (%(scan)s, %(version)s, %(owner)s, %(rows)s, %(columns)s, %(step)s, %(bits)s, %(automatic)s, %(reason)s, %(by_name)s, %(by)s, %(at)s) on conflict do nothing
"""
REMASK = """
update exhibit_scan set quality = %(quality)s, fit = %(fit)s, shown = %(shown)s, shown_rows = %(rows)s, shown_columns = %(columns)s, step_um = %(step)s,
  mask_version = %(version)s where id = %(id)s and owner = me()
"""
HOLD = "select pg_advisory_xact_lock(7261034, hashtext(%(id)s::text))"
CUSTODY = """
select c.id, c.number, p.code, c.at, c.act, c.by_officer, c.seal, c.place, c.remarks, c.digest
  from exhibit_custody c join party p on p.number = c.party where c.exhibit = %(id)s order by c.number
"""
ADD_CUSTODY = """
insert into exhibit_custody (id, exhibit, party, number, at, act, by_officer, seal, place, remarks, digest, written_at, written_by)
values (%(id)s, %(exhibit)s, %(party)s, %(number)s, %(at)s, %(act)s, %(by_officer)s, %(seal)s, %(place)s, %(remarks)s, %(digest)s, %(written_at)s, %(by)s)
on conflict (id) do nothing
"""
PARTNER = """
select exists (select from hit_link l where %(id)s in (l.one, l.other)
  and l.state in ('exhibits_exchanged', 'microscope_first', 'confirmed', 'refuted', 'inconclusive'))
"""
LINKED = """
select l.id, l.state, p.code, e.id as other, case when l.state = 'confirmed' then l.cases[case when l.one = %(id)s then 2 else 1 end] end as case_reference
  from hit_link l join party p on p.number = case when l.one = %(id)s then l.other_party else l.one_party end
  left join exhibit e on e.id = case when l.one = %(id)s then l.other else l.one end
 where %(id)s in (l.one, l.other) order by l.asked_at, l.id
"""


def columns(content: Content, read: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of what is said; `read`: calibre_id and bore_family."""
    fields = {name: getattr(content, name) for name in SAID if name not in ("calibre_text", "calibre_id", "bore_family")}
    return fields | {"calibre_text": content.calibre, "circumstances": json.dumps(dict(content.circumstances)), **read}


def add(session: Session, which: UUID, content: Content, row: Mapping[str, Any]) -> bool:
    """Keep a new exhibit; False where the id is taken. `row`: owner, terms, by, by_name, at, until, digest and what
    the calibre means."""
    read = {name: row[name] for name in ("calibre_id", "bore_family")}
    return session.exec_driver_sql(ADD, {"id": which, **row, **columns(content, read)}).rowcount == 1


def change(session: Session, which: UUID, content: Content, row: Mapping[str, Any]) -> bool:
    """Write the next version; False where somebody was quicker. `row`: terms, state, version, at, calibre."""
    read = {name: row[name] for name in ("calibre_id", "bore_family")}
    return session.exec_driver_sql(CHANGE, {"id": which, **row, **columns(content, read)}).rowcount == 1


def remember(session: Session, which: UUID, reason: str, at: datetime, by: UUID) -> None:
    """Keep the present version in the history."""
    session.exec_driver_sql(REMEMBER, {"id": which, "reason": reason, "at": at, "by": by})


def used(session: Session, which: UUID) -> bytes | None:
    """The digest under which the own party used an id."""
    found = session.exec_driver_sql(USED, {"id": which}).scalar()
    return None if found is None else bytes(found)


def find(session: Session, which: UUID) -> Exhibit | None:
    """One exhibit that the reader may see."""
    row = session.exec_driver_sql(FOUND, {"id": which}).mappings().first()
    return None if row is None else exhibit_of(row)


def exhibit_of(row: Row) -> Exhibit:
    """An exhibit from its row."""
    facts = {name: row[name] for name in TOLD} | {"regions": list(row["regions"])}
    facts["grading"] = {name: row[name] or "" for name in (*GRADES, "confidence")}
    return Exhibit(
        row["id"], row["owner_code"], row["owner_number"], row["own"], row["read"], row["version"], row["state"], facts
    )


def owners(session: Session, which: UUID) -> tuple[Json, Json] | None:
    """What only the owner sees: the circumstances, and the terms as they were said."""
    row = session.exec_driver_sql(OWNERS, {"id": which}).first()
    return None if row is None else (dict(row[0]), dict(row[1]))


def listing(session: Session, filters: Filters) -> list[Exhibit]:
    """The exhibits the reader may see, latest filed first; one more than `filters.limit` where there are more."""
    chosen: dict[str, Any] = {
        "e.kind = %(kind)s": filters.kind, "e.calibre_id = %(calibre_id)s": filters.calibre_id,
        "p.code = %(party)s": filters.party, "e.occurred_on >= %(since)s": filters.since,
        "e.occurred_on <= %(until)s": filters.until, "e.case_reference = %(case_reference)s": filters.case_reference,
        "e.operation = %(operation)s": filters.operation, "(e.owner = me()) = %(own)s": filters.own,
        "(e.filed_at, e.id) < (select c.filed_at, c.id from exhibit c where c.id = %(after)s)": filters.after,
    }  # fmt: skip
    where = [condition for condition, value in chosen.items() if value is not None]
    values = {name: getattr(filters, name) for name in Filters.__slots__}
    query = f"{COLUMNS} where {' and '.join(['true', *where])} order by e.filed_at desc, e.id desc limit %(most)s"
    rows = session.exec_driver_sql(query, {**values, "most": filters.limit + 1}).mappings().all()
    return [exhibit_of(row) for row in rows]


def casts(session: Session, which: UUID) -> list[UUID]:
    """The casts of an exhibit that the reader may see."""
    return list(session.exec_driver_sql(CASTS, {"id": which}).scalars())


def firearm_seen(session: Session, which: UUID) -> bool:
    """Whether the reader may see this recovered firearm."""
    return bool(session.exec_driver_sql(SEEN_FIREARM, {"id": which}).scalar())


def guns_together(session: Session, firearm: UUID | None) -> int:
    """How many firearms were recovered with this one in one seizure, itself counted."""
    return int(session.exec_driver_sql(TOGETHER, {"id": firearm}).scalar_one()) if firearm else 0


def scans(session: Session, exhibit: UUID) -> list[Scan]:
    """The scans of an exhibit, oldest first."""
    rows = session.exec_driver_sql(f"{SCANS} where s.exhibit = %(id)s order by s.added_at, s.id", {"id": exhibit})
    return [scan_of(row) for row in rows.mappings().all()]


def scan(session: Session, which: UUID) -> tuple[Scan, str] | None:
    """One scan that the reader may see, and the state of its exhibit."""
    row = session.exec_driver_sql(f"{SCANS} where s.id = %(id)s", {"id": which}).mappings().first()
    return None if row is None else (scan_of(row), str(row["state"]))


def scan_of(row: Row) -> Scan:
    """A scan from its row."""
    other = {"owner": row["owner_code"], "rows": row["shown_rows"], "columns": row["shown_columns"]}
    return Scan(**{name: other[name] if name in other else row[name] for name in Scan.__dataclass_fields__})


def content(session: Session, which: UUID) -> bytes:
    """The canonical file of a scan that was found."""
    return bytes(session.exec_driver_sql(CONTENT, {"id": which}).scalar_one())


def shown(session: Session, which: UUID) -> bytes:
    """What a page shows of a scan that was found: header and heights (surfaces.py)."""
    return bytes(session.exec_driver_sql(SHOWN, {"id": which}).scalar_one())


def used_scan(session: Session, which: UUID) -> tuple[str, UUID] | None:
    """The digest under which the own party's scan of this id came, and its exhibit."""
    row = session.exec_driver_sql(USED_SCAN, {"id": which}).first()
    return None if row is None else (str(row[0]), row[1])


def add_scan(session: Session, row: Mapping[str, Any]) -> bool:
    """Keep a scan; False where its id is taken."""
    kept = {**row, "facts": json.dumps(row["facts"]), "quality": json.dumps(row["quality"])}
    return session.exec_driver_sql(ADD_SCAN, kept).rowcount == 1


def mask(session: Session, which: UUID) -> KeptMask | None:
    """The newest mask of a scan."""
    row = session.exec_driver_sql(MASK, {"id": which}).first()
    return None if row is None else KeptMask(row[0], row[1], row[2], row[3], bytes(row[4]), *row[5:])


def add_mask(session: Session, row: Mapping[str, Any]) -> bool:
    """Keep the next version of a mask; False where somebody was quicker."""
    return session.exec_driver_sql(ADD_MASK, dict(row)).rowcount == 1


def remask(session: Session, which: UUID, row: Mapping[str, Any]) -> None:
    """Write what preparing a scan by another mask came to."""
    session.exec_driver_sql(REMASK, {"id": which, **row, "quality": json.dumps(row["quality"])})


def hold(session: Session, which: UUID) -> None:
    """Let nobody else add to the custody of an exhibit until the transaction ends."""
    session.exec_driver_sql(HOLD, {"id": which})


def custody(session: Session, exhibit: UUID) -> list[Custody]:
    """The chain of an exhibit in its order, as far as the reader may see it."""
    return [
        Custody(CustodyEntry(which, at, act, by_officer, place, seal, remarks), number, party, digest)
        for which, number, party, at, act, by_officer, seal, place, remarks, digest
        in session.exec_driver_sql(CUSTODY, {"id": exhibit}).all()
    ]  # fmt: skip


def add_custody(session: Session, exhibit: UUID, made: Custody, row: Mapping[str, Any]) -> bool:
    """Keep a new entry; False where its id is taken. `row`: party (its number), written_at, by."""
    entry = made.entry
    values = {name: getattr(entry, name) for name in CustodyEntry.__dataclass_fields__}
    kept = {**values, "exhibit": exhibit, "number": made.number, "digest": made.digest, **row}
    return session.exec_driver_sql(ADD_CUSTODY, kept).rowcount == 1


def is_partner(session: Session, exhibit: UUID) -> bool:
    """Whether the exhibit stands in a link of the reader's party by which exhibits were exchanged."""
    return bool(session.exec_driver_sql(PARTNER, {"id": exhibit}).scalar())


def linked(session: Session, exhibit: UUID) -> list[Linked]:
    """The links that an exhibit stands in; the other case is named once the link is confirmed."""
    rows: Sequence[Any] = session.exec_driver_sql(LINKED, {"id": exhibit}).all()
    return [Linked(link, LinkState(state), party, other, reference) for link, state, party, other, reference in rows]
