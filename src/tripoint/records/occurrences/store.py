"""The tables of occurrences: a filing looks once and writes once; every reading goes through row-level security."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tripoint.base.announcements import Announcement, announced
from tripoint.base.database import Session, Statement, together
from tripoint.records.codec_terms import terms_digest
from tripoint.records.model import Terms
from tripoint.records.occurrences.model import (
    Filters,
    Json,
    Link,
    Occurrence,
    OccurrenceKind,
    Relation,
    Revision,
    State,
)

OCCURRENCE = "occurrence"  # the kind of announcements
# Everything a filing depends on, in one look: the operation, the post, the agency, the terms, and whether the id is used.
GROUND = """
select o.starts_at, o.ends_at, p.id is not null as post_known, g.id is not null as agency_known,
       l.id as line_terms, mask_numbers(l.readers) as told, b.id as body_terms, x.owner as used_by, x.digest
  from (select) as once
  left join operation o on o.id = %(operation)s and o.id in (select my_operations())
  left join post p on p.id = %(post)s and p.operation = o.id
  left join agency g on g.id = %(agency)s
  left join terms l on l.owner = me() and l.digest = %(line_digest)s
  left join terms b on b.owner = me() and b.digest = %(body_digest)s
  left join occurrence x on x.id = %(id)s
"""
TOLD = "select mask_numbers(readers) from terms where id = %(terms)s"
# Nothing is written where the id is taken, also by what the officer may not see.
FILE = """
with kept as (
  insert into occurrence (id, owner, operation, kind, post, agency, happened_at, line, terms, filed_by, filed_at, changed_at, digest, joint)
  values (%(id)s, %(owner)s, %(operation)s, %(kind)s, %(post)s, %(agency)s, %(happened_at)s, %(line)s::jsonb, %(line_terms)s, %(officer)s, %(at)s, %(at)s, %(digest)s, %(joint)s)
  on conflict (id) do nothing returning id)
insert into occurrence_body (occurrence, owner, terms, class, filed_by, body)
select id, %(owner)s, %(body_terms)s, %(class)s, %(officer)s, %(body)s::jsonb from kept returning occurrence
"""
FACILITATOR = """
insert into occurrence_facilitator (occurrence, owner, terms, filed_by, body)
values (%(id)s, %(owner)s, %(body_terms)s, %(officer)s, %(body)s::jsonb)
on conflict (occurrence) do update set body = excluded.body
"""
LINK = """
insert into occurrence_link (occurrence, owner, from_kind, relation, to_kind, to_id, made_at, made_by)
values (%(occurrence)s, %(owner)s, %(from_kind)s, %(relation)s, %(to_kind)s, %(to_id)s, %(at)s, %(officer)s)
on conflict do nothing
"""
# Where links may lead, as far as the reader may see it himself: the kind, and of a hit whether it is confirmed.
TARGETS = """
select id, 'hit' as kind, state = 'confirmed' as confirmed from hit where id = any(%(ids)s::uuid[])
union all select id, kind, false from occurrence where id = any(%(ids)s::uuid[])
union all select id, 'person', false from person where id = any(%(ids)s::uuid[]) and ended_at is null
union all select id, 'document', false from document where id = any(%(ids)s::uuid[]) and ended_at is null
union all select id, 'vehicle', false from vehicle where id = any(%(ids)s::uuid[]) and ended_at is null
union all select id, 'firearm', false from firearm where id = any(%(ids)s::uuid[]) and ended_at is null
"""
COLUMNS = """
select o.id, o.kind, p.code as owner, o.operation, o.post, o.agency, o.happened_at, o.state, o.version, o.line, o.filed_at,
       o.changed_at, o.joint, exists (select from occurrence_body b where b.occurrence = o.id) as readable
  from occurrence o join party p on p.number = o.owner
"""
FOUND = """
select o.id, o.kind, p.code as owner, o.operation, o.post, o.agency, o.happened_at, o.state, o.version, o.line, o.filed_at,
       o.changed_at, o.joint, b.occurrence is not null as readable, o.owner as owner_number, o.filed_by, o.terms,
       b.body, b.terms as body_terms, b.class, f.body as facilitator
  from occurrence o join party p on p.number = o.owner
  left join occurrence_body b on b.occurrence = o.id left join occurrence_facilitator f on f.occurrence = o.id
 where o.id = %(id)s and o.kind = %(kind)s
"""
BODIES = "select occurrence, body from occurrence_body where occurrence = any(%(ids)s::uuid[])"
LINKS = """
select l.relation, l.to_kind, l.to_id from occurrence_link l where l.occurrence = %(id)s order by l.relation, l.to_id
"""
CHANGE = """
update occurrence set version = version + 1, line = %(line)s::jsonb, happened_at = %(happened_at)s, post = %(post)s, state = %(state)s,
       changed_at = %(at)s where id = %(id)s and version = %(version)s
"""
CHANGE_BODY = """
update occurrence_body set body = %(body)s::jsonb, filed_by = case when %(state)s = 'preliminary' then filed_by end where occurrence = %(id)s
"""
# Once changed, every state is in the history, the present one too: what was never changed has none. The conflict names
# no columns: else the row would have to be open to its writer, who may be an officer correcting what he filed.
REMEMBER = """
insert into occurrence_history (occurrence, version, class, owner, state, happened_at, line, body, reason, changed_at, changed_by)
values (%(occurrence)s, %(version)s, %(class)s, %(owner)s, %(state)s, %(happened_at)s, %(line)s::jsonb, %(body)s::jsonb, %(reason)s, %(changed_at)s, %(changed_by)s)
on conflict do nothing
"""
HISTORY = """
select version, class, state, happened_at, line, body, reason, changed_at, changed_by from occurrence_history
 where occurrence = %(id)s order by version desc, class = 'facilitators'
"""
FORGET = "select forget_identity(%(id)s)"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a filing stands on. None where the party has no part in the operation, or no such terms yet."""

    starts_at: datetime | None
    ends_at: datetime | None
    post_known: bool
    agency_known: bool
    line_terms: int | None
    told: tuple[int, ...]  # the numbers of the parties that read the line
    body_terms: int | None
    used_by: int | None  # whose the id is already
    digest: bytes | None


def ground(
    session: Session, *, id: UUID, operation: UUID, post: UUID | None, agency: UUID | None, line: Terms, body: Terms
) -> Ground:
    """What a filing stands on, in one look."""
    row = session.exec_driver_sql(GROUND, {
        "id": id, "operation": operation, "post": post, "agency": agency, "line_digest": terms_digest(line),
        "body_digest": terms_digest(body),
    }).mappings().one()  # fmt: skip
    values = {name: row[name] for name in Ground.__slots__}
    values["told"] = tuple(row["told"] or ())
    values["digest"] = bytes(row["digest"]) if row["digest"] is not None else None
    return Ground(**values)


def told_of(session: Session, terms: int) -> tuple[int, ...]:
    """The numbers of the parties that read under the party's own terms."""
    return tuple(session.exec_driver_sql(TOLD, {"terms": terms}).scalar() or ())


def file(
    session: Session, row: Mapping[str, Any], *, facilitator: Json | None, links: Sequence[Mapping[str, Any]],
    told: Sequence[int],
) -> bool:  # fmt: skip
    """Write a new occurrence and announce it, in one exchange; False where its id is taken.

    `row` has the columns by name, `line` and `body` as JSON values; `links` are rows as `link_row` makes them.
    """
    kept = {**row, "line": text(row["line"]), "body": text(row["body"])}
    statements = [Statement(FILE, kept), announced(Announcement(OCCURRENCE, tuple(told), row["id"], "filed"))]
    written = together(session, statements)
    if not written[0]:
        return False
    more = [Statement(LINK, link) for link in links]
    if facilitator:
        more.append(Statement(FACILITATOR, {**kept, "body": text(facilitator)}))
    if more:
        together(session, more)
    return True


def text(values: Any) -> str:
    """JSON values as text."""
    return json.dumps(values, ensure_ascii=False)


def link_row(occurrence: UUID, kind: str, owner: int, link: Link, at: datetime, officer: UUID) -> dict[str, Any]:
    """The columns of a link."""
    return {
        "occurrence": occurrence, "owner": owner, "from_kind": kind, "relation": link.relation.value,
        "to_kind": link.to_kind, "to_id": link.to_id, "at": at, "officer": officer,
    }  # fmt: skip


def add_links(session: Session, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add links; those that are there already stay."""
    together(session, [Statement(LINK, row) for row in rows])


def targets(session: Session, ids: Iterable[UUID]) -> dict[UUID, tuple[str, bool]]:
    """Of these ids what the reader may see: its kind, and whether it is a confirmed hit."""
    rows = session.exec_driver_sql(TARGETS, {"ids": list(ids)}).all()
    return {row[0]: (row[1], bool(row[2])) for row in rows}


def find(session: Session, kind: OccurrenceKind, which: UUID) -> dict[str, Any] | None:
    """One occurrence with what of it the reader's party and classes let see."""
    row = session.exec_driver_sql(FOUND, {"id": which, "kind": kind.value}).mappings().first()
    return None if row is None else {str(name): value for name, value in row.items()}


def occurrence_of(row: Mapping[str, Any]) -> Occurrence:
    """An occurrence from its row."""
    return Occurrence(
        row["id"], OccurrenceKind(row["kind"]), row["owner"], row["operation"], row["post"], row["agency"],
        row["happened_at"], State(row["state"]), row["version"], row["line"], row["filed_at"], row["changed_at"],
        row["joint"], row["readable"],
    )  # fmt: skip


def lines(session: Session, kind: OccurrenceKind, filters: Filters) -> list[Occurrence]:
    """The lines that the reader may see, latest first; one more than `filters.limit` where there are more."""
    where, values = conditions(kind, filters)
    query = f"{COLUMNS} where {' and '.join(where)} order by o.happened_at desc, o.id desc limit %(limit)s"
    rows = session.exec_driver_sql(query, {**values, "limit": filters.limit + 1}).mappings().all()
    return [occurrence_of(dict(row)) for row in rows]


def bodies(session: Session, ids: Iterable[UUID]) -> dict[UUID, Json]:
    """The bodies of those of these occurrences that are open to the reader."""
    return {row[0]: row[1] for row in session.exec_driver_sql(BODIES, {"ids": list(ids)}).all()}


def conditions(kind: OccurrenceKind, filters: Filters) -> tuple[list[str], dict[str, Any]]:
    """The conditions of a list, made of fixed texts; whatever was asked goes as a parameter."""
    chosen: list[tuple[str, str, Any]] = [
        ("o.operation = %(operation)s", "operation", filters.operation), ("p.code = %(party)s", "party", filters.party),
        ("o.post = %(post)s", "post", filters.post), ("o.happened_at >= %(since)s", "since", filters.since),
        ("o.happened_at < %(until)s", "until", filters.until),
        ("o.state = %(state)s", "state", filters.state.value if filters.state else None),
        ("(o.happened_at, o.id) < (select c.happened_at, c.id from occurrence c where c.id = %(after)s)", "after",
         filters.after),
    ]  # fmt: skip
    where = ["o.kind = %(kind)s", *(condition for condition, _, value in chosen if value is not None)]
    values = {"kind": kind.value, **{name: value for _, name, value in chosen if value is not None}}
    for place, (name, code) in enumerate(filters.fields.items()):
        where.append(
            f"(o.line ->> %(field{place})s = %(code{place})s or jsonb_exists(o.line -> %(field{place})s, %(code{place})s))"
        )
        values |= {f"field{place}": name, f"code{place}": code}
    return where, values


def links(session: Session, which: UUID) -> list[Link]:
    """The links of an occurrence whose body the reader may open."""
    rows = session.exec_driver_sql(LINKS, {"id": which}).all()
    return [Link(Relation(relation), to_kind, to_id) for relation, to_kind, to_id in rows]


def change(
    session: Session, row: Mapping[str, Any], *, facilitator: Json | None, told: Sequence[int], change: str
) -> bool:
    """Write an occurrence's next version and announce it; False when it is not at the expected one any more."""
    values = {**row, "line": text(row["line"]), "body": text(row["body"])}
    if session.exec_driver_sql(CHANGE, values).rowcount != 1:
        return False
    statements = [Statement(CHANGE_BODY, values)]
    if facilitator is not None:
        statements.append(Statement(FACILITATOR, {**values, "body": text(facilitator)}))
    together(session, [*statements, announced(Announcement(OCCURRENCE, tuple(told), row["id"], change))])
    return True


def remember(session: Session, rows: Iterable[Mapping[str, Any]]) -> None:
    """Keep states in the history; those that stand there already stay as they are."""
    kept = [{**row, "line": text(row["line"]), "body": text(row["body"])} for row in rows]
    together(session, [Statement(REMEMBER, row) for row in kept])


def history(session: Session, which: UUID) -> list[Revision]:
    """Every kept state of an occurrence of the own party, newest first, as far as the reader's classes go."""
    found: dict[int, Revision] = {}
    apart: dict[int, Json] = {}
    for version, kind, state, happened_at, line, body, reason, at, by in session.exec_driver_sql(HISTORY, {"id": which}):
        if kind == "facilitators":
            apart[version] = body
        else:
            found[version] = Revision(version, State(state), happened_at, line, body, reason, at, by)
    return [
        Revision(one.version, one.state, one.happened_at, one.line, one.body, one.reason, one.changed_at,
                 one.changed_by, apart.get(version))
        for version, one in found.items()
    ]  # fmt: skip


def forget_identity(session: Session, which: UUID) -> bool:
    """Have the key of an occurrence's sealed fields destroyed; False where it has none."""
    return bool(session.exec_driver_sql(FORGET, {"id": which}).scalar())
