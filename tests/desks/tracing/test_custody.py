"""The chain of custody, whom to ask next, and what the tables count."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from tripoint.base.errors import BadInput
from tripoint.desks.tracing.counting import merged
from tripoint.desks.tracing.custody import chain, source_country
from tripoint.desks.tracing.model import Answer, Description, Recovery, Step
from tripoint.desks.tracing.suggesting import suggestions
from tripoint.desks.tracing.tables import Cell, Counted, Table, behind, grid, share
from tripoint.words.dates import read_partial_date
from tripoint.words.firearms.recovery import AcquisitionMode, MarkedStatus
from tripoint.words.time_to_crime import Band
from tripoint.words.traces import AnswerClass, Evidence, HolderRole, TraceNeed

R, E = HolderRole, Evidence


def step(role: HolderRole, country: str, since: str | None, until: str | None = None, lawful: bool | None = True,
         evidence: Evidence = E.RECORDED, **more: object) -> Step:  # fmt: skip
    days = [read_partial_date(day) if day else None for day in (since, until)]
    return Step(uuid4(), role, country, *days, evidence, lawful, **more)  # type: ignore[arg-type, call-arg]


def test_a_chain_is_put_in_order_and_the_last_proven_lawful_interval_is_the_point_of_diversion() -> None:
    lost = step(R.OWNER, "PRY", "2021-06", lawful=None, evidence=E.DECLARED)
    buyer = step(R.BUYER, "PRY", "2021-02-10", "2021-05", retail=True)
    dealer, maker = step(R.DEALER, "PRY", "2020-03", "2021-02-10"), step(R.MAKER, "BRA", None)
    importer = step(R.IMPORTER, "PRY", "2019-11", "2020-01")
    found = chain([lost, buyer, maker, dealer, importer], Recovery("BRA", date(2021, 9, 1)))
    assert found.steps == (maker, importer, dealer, buyer, lost)
    assert found.diversion == buyer.id
    assert source_country(found) == "PRY"
    assert [(str(gap.since), str(gap.until)) for gap in found.gaps] == [("2020-01", "2020-03"), ("2021-05", "2021-06")]
    assert found.time_to_crime
    assert (found.time_to_crime.least, found.time_to_crime.band) == (203, Band.MONTHS_3_TO_7)


def test_two_sources_that_contradict_each_other_are_shown() -> None:
    first, second = step(R.DEALER, "PRY", "2020", "2021-06-01"), step(R.BUYER, "PRY", "2021-02-10")
    assert chain([first, second], None).conflicts == (second.id,)
    assert chain([], None).diversion is None
    assert source_country(chain([step(R.OWNER, "PRY", "2020", evidence=E.DECLARED)], None)) == "PRY"


def test_the_trail_comes_before_the_import_mark_and_that_before_the_maker() -> None:
    firearm = Description(make="Taurus", import_country="USA", importer="Inventada Imports", import_year=2019)
    found = suggestions(firearm, own="PRY", parties=frozenset({"BRA", "USA"}))
    assert [(one.country, one.reason, one.party) for one in found] == [
        ("USA", "import_mark", True), ("BRA", "maker_has_works", True),
    ]  # fmt: skip
    assert found[0].evidence == "Inventada Imports, 2019"
    trail = [step(R.IMPORTER, "USA", "2019", next_country="ARG")]
    later = suggestions(firearm, own="PRY", trail=trail, asked=frozenset({"USA"}))
    assert [one.country for one in later] == ["ARG", "BRA", "USA"]
    told = Answer(AnswerClass.NO_RECORD, ask_next="CZE")
    assert suggestions(firearm, own="PRY", answers=[told])[0].country == "CZE"
    stamped = Description(make="Glock", country_of_manufacture="AUT")
    assert [one.country for one in suggestions(stamped, own="AUT")] == []


def counted(**more: object) -> Counted:
    usual = {
        "recovered": uuid4(), "trace": None, "incoming": False, "acquired_by": AcquisitionMode.SEIZED, "type": "pistol",
        "marked": MarkedStatus.FULL, "need": TraceNeed.REQUIRED, "day": date(2026, 3, 20), "operation": None,
        "recovery_country": "PRY",
    }  # fmt: skip
    return Counted(**usual | more)  # type: ignore[arg-type]


EVERY = [
    counted(requests=1, result=AnswerClass.LICENSEE, source="BRA", diverted=True, band=Band.UNDER_3_MONTHS),
    counted(requests=1, result=AnswerClass.NO_RECORD), counted(need=TraceNeed.ESTABLISHED),
    counted(acquired_by=AcquisitionMode.FOUND, marked=MarkedStatus.UNMARKED, need=TraceNeed.IMPOSSIBLE, type="rifle"),
    counted(acquired_by=None),
    counted(incoming=True, recovery_country="ARG", result=AnswerClass.LICENSEE, source="PRY"),
]


def test_the_indicator_counts_what_was_traced_or_established() -> None:
    found = grid(Table.INDICATOR, EVERY)
    whole = dict(zip(found.columns, found.cells[0], strict=True))
    assert whole == {
        "denominator": 4, "numerator": 2, "established": 1, "traced": 1, "not_traced": 1, "impossible": 1,
    }  # fmt: skip
    assert share(whole["numerator"], whole["denominator"]) == 50.0
    assert share(0, 0) is None


@pytest.mark.parametrize("table", Table)
def test_every_number_opens_as_many_firearms(table: Table) -> None:
    for band in (None, Band.UNDER_3_MONTHS.value):
        found = grid(table, EVERY, band)
        for row, cells in zip(found.rows, found.cells, strict=True):
            for column, number in zip(found.columns, cells, strict=True):
                assert len(behind(Cell(table, row, column, band), EVERY)) == number
    with pytest.raises(BadInput):
        behind(Cell(table, "nowhere", "total"), EVERY)
    with pytest.raises(BadInput):
        grid(table, EVERY, "soon")


def test_the_matrix_counts_what_others_asked_too() -> None:
    found = grid(Table.SOURCES, EVERY)
    cells = {
        (row, column): number
        for row, numbers in zip(found.rows, found.cells, strict=True)
        for column, number in zip(found.columns, numbers, strict=True)
    }
    assert (cells["PRY", "BRA"], cells["ARG", "PRY"], cells["PRY", "unknown"]) == (1, 1, 4)
    assert grid(Table.ARMS_FLOWS, EVERY).cells[0][-1] == 5  # what others ask about is counted by them


def test_a_recovered_firearm_counts_once_with_the_request_that_came_furthest() -> None:
    record = counted(type="pistol.semi_automatic")
    trails = [counted(requests=2, result=None), counted(requests=1, result=AnswerClass.LICENSEE, source="BRA")]
    one = merged(record, trails)
    assert (one.type, one.recovered, one.requests) == (record.type, record.recovered, 3)
    assert (one.result, one.source, one.traced) == (AnswerClass.LICENSEE, "BRA", True)
    assert merged(record, ()) is record
