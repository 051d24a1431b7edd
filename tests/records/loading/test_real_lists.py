"""The published lists as they are: nobody is lost, an edition's delta is right, and the same file changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.town import found
from tripoint.base.database import stand_under
from tripoint.base.embedded_postgres import Servers
from tripoint.records.loading import Edition, Report, load_edition
from tripoint.records.model import Person, RecordKind, Terms
from tripoint.records.sources.canada import read_sema
from tripoint.records.sources.ofac import read_sdn
from tripoint.records.sources.outcomes import BadRow, Outcome, Passed, Row
from tripoint.records.sources.un import read_consolidated

DataFolder = Callable[[str], Path]
TODAY = date(2026, 3, 1)


@pytest.fixture
def folder(data_folder: DataFolder) -> Path:
    return data_folder("screening")


def sdn(folder: Path, entries: str = "sdn_2023-01.csv", aliases: str = "alt_2021-07.csv") -> Iterator[Outcome]:
    with (folder / entries).open("rb") as first, (folder / aliases).open("rb") as second:
        yield from read_sdn(first, second)


def un(folder: Path) -> Iterator[Outcome]:
    with (folder / "UN_2025-04-19.xml").open("rb") as stream:
        yield from read_consolidated(stream)


def canada(folder: Path) -> Iterator[Outcome]:
    with (folder / "sema_2025-05.xml").open("rb") as stream:
        yield from read_sema(stream)


LISTS = {"ofac_sdn": (sdn, 5890, 5000), "un_sc": (un, 684, 100), "ca_sema": (canada, 3334, 1000)}


def words_of(name: str) -> str:
    return " ".join(sorted(name.casefold().replace(",", " ").split()))


@cache
def expected(folder: Path, source: str) -> tuple[tuple[str, str], ...]:
    """Id and primary name of everybody the built list has from one source."""
    with (folder / "watchlist_persons.jsonl").open(encoding="utf-8") as lines:
        people = [person for line in lines if (person := json.loads(line))["source"] == source]
    return tuple((person["id"], words_of(person["names"][0]["full"])) for person in people)


@pytest.mark.parametrize("source", LISTS)
def test_nobody_is_lost(folder: Path, source: str) -> None:
    reader, people, others = LISTS[source]
    outcomes = list(reader(folder))
    assert [each for each in outcomes if isinstance(each, BadRow)] == []
    rows = [each for each in outcomes if isinstance(each, Row)]
    assert len(rows) == people
    assert len({row.key for row in rows}) == people
    assert sum(isinstance(each, Passed) for each in outcomes) >= others
    names = {
        words_of(name.full) for row in rows if isinstance(row.content, Person) for name in row.content.description.names
    }
    wanted = expected(folder, source)
    if source == "un_sc":  # the built list is of another day: those who stand in this edition are asked for
        present = {f"un-{row.key}" for row in rows}
        assert len(present & {person for person, _ in wanted}) >= 0.99 * len(rows)
        wanted = tuple(each for each in wanted if each[0] in present)
    assert sum(name in names for _, name in wanted) >= 0.99 * len(wanted)


def test_what_is_published_of_people_is_read(folder: Path) -> None:
    people = [
        each.content.description for each in sdn(folder) if isinstance(each, Row) and isinstance(each.content, Person)
    ]
    assert sum(bool(person.births) for person in people) >= 5700
    assert sum(bool(person.nationalities) for person in people) >= 4000
    assert sum(len(person.documents) for person in people) >= 3500
    assert sum(person.sex is not None for person in people) >= 3100


def load(engine: Engine, owner: str, name: str, outcomes: Iterator[Outcome], digest: bytes) -> Report:
    edition = Edition(owner, name, RecordKind.PERSON, name, Terms(), digest, datetime(2026, 3, 1, tzinfo=UTC))
    return load_edition(engine, edition, outcomes, TODAY)


@pytest.mark.slow
def test_two_editions_of_the_us_list_are_a_delta(engine: Engine, database: Servers, folder: Path) -> None:
    party = found(database)
    first = load(engine, party.code, "sdn", sdn(folder, "sdn_2021-07.csv"), b"1")
    assert (first.added, first.changed, first.ended, first.unchanged) == (4620, 0, 0, 0)
    assert sum(first.passed.values()) == 4356
    second = load(engine, party.code, "sdn", sdn(folder), b"2")
    assert (second.added, second.ended) == (1606, 336)
    assert second.changed > 100
    assert second.added + second.changed + second.unchanged == 5890
    again = load(engine, party.code, "sdn", sdn(folder), b"2")
    assert (again.added, again.changed, again.ended, again.unchanged) == (0, 0, 0, 5890)
    with engine.begin() as connection:
        stand_under(connection, party.number)
        kept = connection.exec_driver_sql("select count(*) from record_history").scalar()
        assert kept == second.changed + second.ended
        live = connection.exec_driver_sql("select count(*) from person where ended_at is null").scalar()
        assert live == 5890


@pytest.mark.slow
def test_the_un_and_canadian_lists_are_loaded(engine: Engine, database: Servers, folder: Path) -> None:
    party = found(database)
    assert load(engine, party.code, "un", un(folder), b"1").added == 684
    assert load(engine, party.code, "canada", canada(folder), b"1").added == 3334
