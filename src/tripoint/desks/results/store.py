"""Figures counted from the tables under the reader's own rights, and the records counted, by one and the same question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tripoint.base.database import Session
from tripoint.desks.results.measures import overlaps
from tripoint.desks.results.model import (
    UNKNOWN,
    Counted,
    Measure,
    Query,
    Reckoning,
    RecordLine,
    RecordSet,
    Table,
    rounded,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A table of records: its rows under the alias `t`, and what each of the columns of a figure is called there."""

    rows: str
    party: str
    post: str
    at: str
    version: str
    state: str
    open: str
    final: str
    event: str  # records of one event share it; they count once
    kind: str
    line: str
    joint: bool = False


SOURCES: Mapping[Table, Source] = {
    Table.CHECKS: Source(
        "check_made t", "t.party", "t.post", "t.asked_at", "1", "'confirmed'", "false", "false", "t.id", "'check'",
        "jsonb_build_object('kinds', t.kinds, 'grade', t.grade, 'purpose', t.purpose)",
    ),
    Table.HITS: Source(
        "hit t", "t.asker", "t.post", "t.raised_at", "case when t.state in ('new', 'referred') then 1 else 2 end",
        "t.state", "t.state in ('new', 'referred')", "false", "t.id", "'hit'",
        "jsonb_build_object('kind', t.kind, 'grade', t.grade, 'state', t.state)",
    ),
    Table.OCCURRENCES: Source(
        "occurrence t", "t.owner", "t.post", "t.happened_at", "t.version", "t.state", "t.state = 'preliminary'",
        "t.state = 'final'", "coalesce(t.joint, t.id)", "t.kind", "t.line", joint=True,
    ),
    Table.PARTICIPATIONS: Source(
        "(select operation, party, left(encode(sha256((operation::text || party)::bytea), 'hex'), 32)::uuid as id"
        " from participation) t",
        "t.party", "null::uuid", "null::timestamptz", "1", "'confirmed'", "false", "false", "t.id", "'participation'", "'{}'::jsonb",
    ),
    Table.MODI: Source(
        "(select * from modus where decided_new and state in ('new', 'published')) t", "t.owner", "null::uuid", "t.decided_at",
        "t.version", "'confirmed'", "false", "t.state = 'published'", "t.id", "'modus'",
        "jsonb_build_object('stage', t.stage, 'crime_area', t.crime_area, 'danger', t.danger, 'decided_by', t.decided_by_name)",
    ),
}  # fmt: skip
# Fields that are columns; all others stand in the line of the occurrence.
COLUMNS: Mapping[Table, Mapping[str, str]] = {
    Table.CHECKS: {"purpose": "t.purpose", "grade": "t.grade"},
    Table.HITS: {"subject": "t.kind", "grade": "t.grade", "state": "t.state"},
    Table.OCCURRENCES: {"agency": "t.agency::text"},
    Table.PARTICIPATIONS: {},
    Table.MODI: {"stage": "t.stage", "crime_area": "t.crime_area"},
}
FIGURE = """
with met as (
  select t.id, {version} as version, {event} as event, {party} as place_party, {post} as place_post, {open} as is_open, {final} as is_final,
         {amount} as amount, {codes}
    from {rows} join party p on p.number = {party} {lists}
   where {where}),
counted as (select met.*, {first} as counted from met)
select {shown} count(*) as records, {value} as value,
       count(*) filter (where not counted) as joint, count(*) filter (where {unknown}) as unknown,
       count(*) filter (where is_open) as open, count(*) filter (where is_final) as final,
       encode(sha256(coalesce(string_agg(uuid_send(id) || int4send(version), ''::bytea order by id, version), ''::bytea)), 'hex') as digest
  from counted {group}
"""
RECORDS = """
with met as (
  select t.id, {version} as version, {event} as event, {party} as place_party, {post} as place_post, p.code as party, {at} as at,
         {state} as state, {kind} as kind, {line} as line, {amount} as amount
    from {rows} join party p on p.number = {party} where {where}),
counted as (select met.*, {first} as counted from met)
select id, kind, party, place_post as post, at, state, version, counted, amount, line from counted
 where %(after)s::uuid is null or id > %(after)s order by id limit %(limit)s
"""
VALUES = {
    Reckoning.COUNT: "count(*) filter (where counted)",
    Reckoning.SUM: "coalesce(sum(amount) filter (where counted), 0)",
    Reckoning.MEDIAN: "coalesce(percentile_cont(0.5) within group (order by amount) filter (where counted), 0)",
    Reckoning.DISTINCT: "count(distinct nullif(amount_code, 'unknown'))",
}


def field(measure: Measure, name: str) -> str:
    """The text of a field or dimension of one record; names come from the measures, never from a caller."""
    source = SOURCES[measure.table]
    match name:
        case "party":
            return "p.code"
        case "post":
            return f"{source.post}::text"
        case "day":
            return f"to_char({source.at} at time zone 'UTC', 'YYYY-MM-DD')"
    column = COLUMNS[measure.table].get(name)
    if column is None and measure.table is Table.OCCURRENCES and name.replace("_", "").isalpha():
        column = f"t.line->>'{name}'"
    if column is None:
        raise KeyError(name)
    return column


def listed(measure: Measure, name: str) -> str:
    """The codes of a field that may say several, each once; one `unknown` where it says none."""
    found = f"t.line->'{name}'"
    if measure.kind == "seizure":
        found = "(select jsonb_agg(i->>'category') from jsonb_array_elements(t.line->'items') i)"
    return (
        f"(select distinct e from jsonb_array_elements_text(case when jsonb_typeof({found}) = 'array'"  # noqa: S608 - names of ours
        f" and jsonb_array_length({found}) > 0 then {found} else '[\"{UNKNOWN}\"]'::jsonb end) e)"
    )


def where_of(query: Query) -> tuple[str, dict[str, Any]]:
    """The one condition by which records are both counted and opened, with its values."""
    measure, source = query.measure, SOURCES[query.measure.table]
    parts, values = ["t.operation = %(operation)s"], {"operation": query.operation}  # type: tuple[list[str], dict[str, Any]]
    if measure.table is Table.OCCURRENCES:
        parts.append("t.kind = %(kind)s and t.state <> 'withdrawn'")
        values["kind"] = measure.kind
    if measure.items:
        parts.append("t.line->'items' @> %(items)s::jsonb")
        values["items"] = f'[{{"category": "{measure.items}"}}]'
    for number, (name, codes) in enumerate(measure.where):
        values[f"codes{number}"] = list(codes)
        parts.append(f"t.kinds && %(codes{number})s" if name == "kinds" else f"{field(measure, name)} = any(%(codes{number})s)")
    for number, (name, code) in enumerate(query.filters):
        values[f"code{number}"] = code
        parts.append(filtered(measure, name, f"%(code{number})s"))
    for word, sign, moment in (("since", ">=", query.since), ("until", "<", query.until)):
        if moment is not None:
            parts.append(f"{source.at} {sign} %({word})s")
            values[word] = moment
    return " and ".join(parts), values


def filtered(measure: Measure, name: str, place: str) -> str:
    """The condition that a dimension has the code at `place`; `unknown` also where nothing is said."""
    if overlaps(measure, name):
        return f"exists (select from {listed(measure, name)} f where f.e = {place})"
    return f"coalesce({field(measure, name)}, '{UNKNOWN}') = {place}"


def amount_of(measure: Measure) -> str:
    """The number a record adds, null where it is not known."""
    if measure.items:
        return (
            f"(select sum((i->>'{measure.amount}')::numeric) from jsonb_array_elements(t.line->'items') i"  # noqa: S608 - names of ours
            f" where i->>'category' = '{measure.items}')"
        )
    if measure.amount is None or measure.reckoning is Reckoning.DISTINCT:
        return "null::numeric"
    return f"(t.line->>'{measure.amount}')::numeric"


def first_of_event(query: Query) -> str:
    """Whether a record stands for its event: in each of the places asked for, else in the whole answer, once."""
    if not SOURCES[query.measure.table].joint:
        return "true"
    places = [f"place_{name}" for name in ("party", "post") if name in query.dimensions]
    overlapping = [f"d{number}" for number, name in enumerate(query.dimensions) if overlaps(query.measure, name)]
    return f"row_number() over (partition by {', '.join(['event', *places, *overlapping])} order by id) = 1"


def statement(query: Query) -> tuple[str, dict[str, Any]]:
    """The question in SQL with its values."""
    measure, source = query.measure, SOURCES[query.measure.table]
    where, values = where_of(query)
    codes, lists = [], []
    for number, name in enumerate(query.dimensions):
        if overlaps(measure, name):
            lists.append(f"cross join lateral {listed(measure, name)} l{number}")
            codes.append(f"l{number}.e as d{number}")
        else:
            codes.append(f"coalesce({field(measure, name)}, '{UNKNOWN}') as d{number}")
    names = ", ".join(f"d{number}" for number in range(len(query.dimensions)))
    if measure.reckoning is Reckoning.DISTINCT:
        codes.append(f"coalesce({field(measure, str(measure.amount))}, '{UNKNOWN}') as amount_code")
    text = FIGURE.format(
        version=source.version, event=source.event, party=source.party, post=source.post, open=source.open,
        final=source.final, amount=amount_of(measure), codes=", ".join(codes) or "null as nothing", rows=source.rows,
        lists=" ".join(lists), where=where, first=first_of_event(query), shown=f"{names}," if names else "",
        value=VALUES[measure.reckoning], unknown=unknown_of(query), group=f"group by {names} order by {names}" if names else "",
    )  # fmt: skip
    return text, values


def unknown_of(query: Query) -> str:
    """The condition that what matters of a record is not known."""
    parts = [f"d{number} = '{UNKNOWN}'" for number in range(len(query.dimensions))]
    if query.measure.reckoning is Reckoning.DISTINCT:
        parts.append(f"amount_code = '{UNKNOWN}'")
    elif query.measure.amount is not None:
        parts.append("amount is null")
    return " or ".join(parts) or "false"


def count(session: Session, query: Query) -> list[Counted]:
    """The rows of an answer, by the codes of the dimensions; without dimensions one row always."""
    text, values = statement(query)
    rows = session.exec_driver_sql(text, values).mappings().all()
    places = range(len(query.dimensions))
    return [
        Counted(
            tuple(str(row[f"d{number}"]) for number in places), rounded(row["value"]),
            RecordSet(row["records"], row["digest"]), row["joint"], row["unknown"], row["open"], row["final"],
        )
        for row in rows
    ]  # fmt: skip


def records(session: Session, query: Query, after: UUID | None, limit: int) -> list[RecordLine]:
    """The records that the question counts, by id, `limit` of them after `after`."""
    source = SOURCES[query.measure.table]
    where, values = where_of(query)
    text = RECORDS.format(
        version=source.version, event=source.event, party=source.party, post=source.post, at=source.at,
        state=source.state, kind=source.kind, line=source.line, amount=amount_of(query.measure), rows=source.rows,
        where=where, first=first_of_event(Query(query.measure, query.operation)),
    )  # fmt: skip
    found = session.exec_driver_sql(text, values | {"after": after, "limit": limit}).mappings().all()
    return [RecordLine(**{**row, "amount": None if row["amount"] is None else rounded(row["amount"])}) for row in found]


def party_codes(session: Session, operation: UUID) -> Sequence[str]:
    """The codes of the parties that take part in an operation."""
    text = "select p.code from participation a join party p on p.number = a.party where a.operation = %(id)s order by p.code"
    return list(session.exec_driver_sql(text, {"id": operation}).scalars())
