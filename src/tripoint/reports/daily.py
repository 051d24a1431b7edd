"""The daily picture: what one day brought, party by party; preliminary by nature, and for those who may read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import rfc8785

from tripoint.access.model import Operation
from tripoint.desks.results.composing import moment
from tripoint.desks.results.model import Figure
from tripoint.reports.pages import Block, Report
from tripoint.reports.texts import Texts

MEASURES = (
    "checks_database", "hits", "hits_confirmed", "arrests", "victims", "detections", "seizures", "incidents",
    "investigations", "notices_requested",
)  # fmt: skip
A_TABLE = 5  # measures beside each other on a page


def report(operation: Operation, day: date, figures: Sequence[Figure], at: datetime, texts: Texts) -> Report:
    """The picture of a day from its figures, each counted by party."""
    as_of = moment(at)
    title = f"{operation.name}: {texts.say('report-daily')}, {texts.day(day.isoformat())}"
    tiles = tuple((texts.measure(one.measure.name), texts.number(one.value)) for one in figures)
    blocks = (
        Block("note", texts.say("report-still-coming")), Block("tiles", rows=tiles),
        Block("heading", texts.say("report-party-page")), *tables(operation, figures, texts),
        Block("heading", texts.say("report-definitions")), defined(figures, texts),
    )  # fmt: skip
    return Report(
        title, texts.say("report-as-of", at=texts.moment(as_of)), texts.language, texts.language == "ar", as_of, blocks,
        attached_figures(operation, day, figures, as_of), texts.say("report-attached"),
    )  # fmt: skip


def tables(operation: Operation, figures: Sequence[Figure], texts: Texts) -> list[Block]:
    """Every party with what it did that day."""
    found = []
    for at in range(0, len(figures), A_TABLE):
        part = figures[at : at + A_TABLE]
        values = [{one.codes["party"]: one.value for one in figure.parts} for figure in part]
        codes = sorted(set(operation.participants) | {code for known in values for code in known})
        head = (texts.say("report-col-party"), *(texts.measure(figure.measure.name) for figure in part))
        rows = [(texts.country(code), *(texts.number(known.get(code, 0)) for known in values)) for code in codes]
        found.append(Block("table", texts.say("report-party-page"), (head, *rows), tuple(range(1, len(part) + 1))))
    return found


def defined(figures: Sequence[Figure], texts: Texts) -> Block:
    """What each figure counts."""
    head = (texts.say("report-col-figure"), texts.say("report-col-definition"))
    rows = [(texts.measure(one.measure.name), texts.definition(one.measure.name)) for one in figures]
    return Block("table", texts.say("report-definitions"), (head, *rows))


def attached_figures(operation: Operation, day: date, figures: Sequence[Figure], as_of: str) -> str:
    """The figures of the day as canonical JSON."""
    return rfc8785.dumps({
        "format": "tripoint-daily/1", "operation": str(operation.id), "day": day.isoformat(), "as_of": as_of,
        "figures": [
            {"measure": one.measure.name, "version": one.measure.version, "unit": one.measure.unit.value,
             "value": one.value, "records": {"count": one.records.count, "sha256": one.records.sha256}}
            for one in figures
        ],
    }).decode()  # fmt: skip
