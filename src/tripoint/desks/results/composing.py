"""What stands on a results sheet, and how it is frozen: canonical JSON in which nothing hidden leaves a trace."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import rfc8785

from tripoint.access.model import Operation
from tripoint.desks.results import rules
from tripoint.desks.results.measures import MEASURES, overlaps
from tripoint.desks.results.model import (
    Counted,
    Exceptional,
    Figure,
    Foot,
    MissingReturn,
    Qualifier,
    Return,
    Rule,
    SheetKind,
    Status,
    rounded,
)
from tripoint.desks.results.publication import PublicTable, Released

FORMAT = "tripoint-results/1"
HEADLINES = (
    "parties", "checks_database", "checks_persons", "checks_documents", "checks_vehicles", "checks_firearms", "hits",
    "hits_confirmed", "arrests", "arrests_other_crimes", "victims", "victims_potential", "victims_identified",
    "victims_children", "detections", "detections_children", "nationalities", "seizures", "seizures_documents",
    "cash_usd", "phones", "vehicles", "vessels", "firearms", "magazines", "rounds",
    "drugs_kg", "precursors_kg", "seized_value_usd", "freezes", "frozen_usd", "groups_disrupted",
    "investigations", "incidents", "notices_requested", "interviews", "median_price_usd",
)  # fmt: skip
TABLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("checks_database", ("day",)), ("checks_database", ("purpose",)), ("hits", ("subject",)), ("hits", ("grade",)),
    ("arrests", ("offence_group",)), ("arrests", ("offence",)), ("arrests", ("basis",)), ("arrests", ("role",)),
    ("victims", ("status",)), ("victims", ("age_group",)), ("victims", ("exploitation",)), ("victims", ("party",)),
    ("detections", ("nationality",)), ("detections", ("mode",)), ("detections", ("age_group",)),
    ("detections", ("day",)), ("seizures", ("category",)), ("freezes", ("account_kind",)),
    ("investigations", ("offence_group",)), ("incidents", ("category",)), ("notices_requested", ("colour",)),
)  # fmt: skip
# A headline that is a row of a table is shown as that table shows it: else a hidden row would stand in the headlines.
OF_TABLE = {
    "victims_potential": ("victims_by_status", "potential"),
    "victims_identified": ("victims_by_status", "identified"),
    "victims_children": ("victims_by_age_group", "child"),
    "detections_children": ("detections_by_age_group", "child"),
}
BY_PARTY = tuple(
    name for name in HEADLINES
    if "party" in MEASURES[name].dimensions and name != "parties"
    and (MEASURES[name].rule is Rule.EXACT or name == "detections") and name != "median_price_usd"
)  # fmt: skip
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything a sheet is made of, before it is frozen."""

    operation: Operation
    kind: SheetKind
    revision: int
    revises: tuple[str, str] | None  # id and digest of the revision before
    reason: str
    narrative: str
    as_of: datetime
    figures: Sequence[Figure]
    tables: Sequence[PublicTable]
    withheld: Sequence[str]
    by_party: Mapping[str, Figure]
    missing: Sequence[MissingReturn]
    returns: Sequence[Return]
    exceptions: Sequence[Exceptional]
    before: Mapping[str, float | None]


def frozen(draft: Draft) -> tuple[str, str]:
    """The sheet as canonical JSON (RFC 8785), and its SHA-256: the same draft always gives the same bytes."""
    text = rfc8785.dumps(content_of(draft))
    return text.decode(), sha256(text).hexdigest()


def content_of(draft: Draft) -> Json:
    """The content of a sheet."""
    revises = {"sheet": draft.revises[0], "sha256": draft.revises[1]} if draft.revises else None
    return {
        "format": FORMAT, "operation": operation_of(draft.operation), "kind": draft.kind.value,
        "revision": draft.revision, "revises": revises, "reason": draft.reason, "narrative": draft.narrative,
        "as_of": moment(draft.as_of), "parties": list(draft.operation.participants),
        "figures": [headline(figure, draft) for figure in draft.figures],
        "tables": [table_of(table, withheld=table.name in draft.withheld) for table in draft.tables],
        "by_party": party_rows(draft), "feet": [foot_of(foot) for foot in feet(draft)],
        "missing": [{"party": one.party, "days": list(one.days)} for one in draft.missing],
        "returns": [return_of(one) for one in draft.returns if one.declared != one.counted],
        "exceptions": [{"table": one.table, "code": one.code} for one in draft.exceptions],
    }  # fmt: skip


def operation_of(operation: Operation) -> Json:
    """The operation as a sheet names it."""
    return {
        "id": str(operation.id), "name": operation.name, "family": operation.family, "edition": operation.edition,
        "starts_at": moment(operation.starts_at), "ends_at": moment(operation.ends_at),
        "coordinator": operation.coordinator,
    }  # fmt: skip


def moment(at: datetime) -> str:
    """A moment as a sheet writes it: UTC, to the second."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def headline(figure: Figure, draft: Draft) -> Json:
    """A figure of the whole operation, hidden where its table hides it."""
    name, measure = figure.measure.name, figure.measure
    shown = {"measure": name, "version": measure.version, "unit": measure.unit.value, "rule": measure.rule.value}
    if concealed(figure, draft):
        return shown | {"value": None, "hidden": True}
    return shown | value_of(figure, draft.kind, draft.before.get(name, figure.value) if draft.revises else figure.value)


def concealed(figure: Figure, draft: Draft) -> bool:
    """Whether a headline must not be said: its table hides it or is not shown, or the number itself is small."""
    name = figure.measure.name
    if name not in OF_TABLE:
        return any(table.total is None for table in draft.tables if table.measure.name == name)
    of, code = OF_TABLE[name]
    table = next((one for one in draft.tables if one.name == of), None)
    if table is None or table.refused or of in draft.withheld:
        return bool(figure.value)
    return any(cell.codes == (code,) and cell.counted is None for cell in table.cells)


def value_of(figure: Figure, kind: SheetKind, before: float | None) -> Json:
    """A shown value with what says how it came about. What changed since the last revision is corrected."""
    status = Status.FINAL if kind is SheetKind.FINAL and figure.status is not Status.PRELIMINARY else figure.status
    changed = before != figure.value
    return {
        "value": figure.value, "qualifier": Qualifier.EXACT.value,
        "status": Status.CORRECTED.value if changed else status.value, "was": before if changed else None,
        "unknown_share": figure.unknown_share, "joint": figure.joint,
        "records": {"count": figure.records.count, "sha256": figure.records.sha256},
    }  # fmt: skip


def table_of(table: PublicTable, *, withheld: bool) -> Json:
    """A table as it may be shown: hidden rows without number, refused ones without rows."""
    head = {
        "name": table.name, "measure": table.measure.name, "version": table.measure.version,
        "unit": table.measure.unit.value, "by": list(table.by), "rule": table.measure.rule.value,
        "threshold": table.threshold, "refused": "withheld" if withheld else table.refused,
    }  # fmt: skip
    if withheld or table.refused:
        return head | {"total": None, "rest": None, "cells": []}
    return head | {
        "total": table.total.value if table.total else None,
        "rest": table.rest if table.hidden else 0 if table.rest is not None else None,
        "cells": [{"codes": list(cell.codes)} | cell_of(cell.counted) for cell in table.cells],
    }


def cell_of(counted: Counted | None) -> Json:
    """A row of a table; a hidden one says neither how many nor which records."""
    if counted is None:
        return {"value": None, "hidden": True}
    return {
        "value": counted.value, "status": rules.status_of(counted).value,
        "records": {"count": counted.records.count, "sha256": counted.records.sha256},
    }  # fmt: skip


def party_rows(draft: Draft) -> list[Json]:
    """The exact measures of each party that takes part or has something to count."""
    parts = {
        name: {part.codes["party"]: part for part in figure.parts} for name, figure in draft.by_party.items()
    }  # fmt: skip
    codes = sorted(set(draft.operation.participants) | {code for found in parts.values() for code in found})
    return [
        {"party": code, "values": {
            name: {"value": found[code].value, "status": found[code].status.value,
                   "records": {"count": found[code].records.count, "sha256": found[code].records.sha256}}
            for name, found in parts.items() if code in found
        }}
        for code in codes
    ]  # fmt: skip


def feet(draft: Draft) -> list[Foot]:
    """What a good sheet adds up: sums of parties and of offences, and the list of parties with its count."""
    counted = next((figure.value for figure in draft.figures if figure.measure.name == "parties"), 0)
    found = [rules.list_foot(len(draft.operation.participants), int(counted))]
    found += [foot for figure in draft.by_party.values() if (foot := rules.foot(figure, "party"))]
    totals = {figure.measure.name: figure for figure in draft.figures}
    for table in draft.tables:
        if table.measure.rule is Rule.EXACT and len(table.by) == 1 and table.cells and table.measure.name in totals:
            found.append(table_foot(table, totals[table.measure.name]))
    return found


def table_foot(table: PublicTable, total: Figure) -> Foot:
    """Whether the rows of a table add up to the headline."""
    value = rounded(sum(cell.counted.value for cell in table.cells if cell.counted))
    parts = Foot(table.measure.name, table.by[0], total.value, value, None)
    if parts.agrees:
        return parts
    reason = "overlapping" if overlaps(table.measure, table.by[0]) else "joint" if total.joint else None
    return Foot(table.measure.name, table.by[0], total.value, value, reason)


def foot_of(foot: Foot) -> Json:
    """Whether something adds up, as a sheet tells it."""
    return {
        "total": foot.total, "by": foot.by, "expected": foot.expected, "found": foot.found, "agrees": foot.agrees,
        "reason": foot.reason if foot.agrees or foot.reason else "unexplained",
    }  # fmt: skip


def return_of(one: Return) -> Json:
    """A difference between what a party declared and what its records count."""
    return {
        "party": one.party, "measure": one.measure, "declared": one.declared, "counted": one.counted,
        "reason": one.reason,
    }  # fmt: skip


def read_content(text: str) -> Json:
    """A frozen content, read again."""
    found: Json = json.loads(text)
    return found


def values_before(content: Json | None) -> dict[str, float | None]:
    """The headlines of an earlier revision by measure; None for a hidden one."""
    return {one["measure"]: one["value"] for one in content["figures"]} if content else {}


def released(content: Json) -> list[Released]:
    """The tables that a published revision showed."""
    return [
        Released(table["name"], {",".join(cell["codes"]): cell["value"] for cell in table["cells"]}, table["rest"])
        for table in content["tables"]
        if not table["refused"]
    ]
