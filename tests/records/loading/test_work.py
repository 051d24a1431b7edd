"""Editions of invented lists: what they add, change and end, and what happens when a load is broken off."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from tests.town import as_owner, found
from tripoint.access.model import Party, PartyKind
from tripoint.base.database import stand_under
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import BadInput, Conflict
from tripoint.base.keyring import NO_KEYS
from tripoint.records.loading import Edition, Listeners, Report, load_edition, store, work
from tripoint.records.model import (
    Audience,
    AudienceKind,
    Firearm,
    Level,
    Notice,
    NoticeColour,
    Person,
    RecordKind,
    Terms,
    TravelDocument,
    Vehicle,
)
from tripoint.records.sealed.lists import ListSealer
from tripoint.records.sources.documents import read_documents
from tripoint.records.sources.outcomes import BadRow, Outcome, Passed, Row
from tripoint.words.documents import DocumentReference, DocumentStatus, DocumentType
from tripoint.words.firearms import FirearmStatus
from tripoint.words.people import PersonDescription, PersonName, PersonStatus
from tripoint.words.vehicles import VehicleStatus

TODAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, tzinfo=UTC)
EVERYONE = Audience(AudienceKind.EVERYONE)


@pytest.fixture
def party(database: Servers) -> Party:
    return found(database)


def edition(party: Party, kind: RecordKind = RecordKind.DOCUMENT, **changes: Any) -> Edition:
    """An edition whose file nobody has loaded before."""
    made = Edition(party.code, "list", kind, "documents", Terms(), sha256(uuid4().bytes).digest(), NOW)
    return replace(made, **changes)


def documents(*marks: str, status: DocumentStatus = DocumentStatus.LOST) -> list[Row]:
    return [
        Row(line, None, TravelDocument(mark, "PAN", DocumentType.PASSPORT, status))
        for line, mark in enumerate(marks, 2)
    ]


def load(engine: Engine, of: Edition, outcomes: Iterable[Outcome], bad: list[BadRow] | None = None) -> Report:
    return load_edition(
        engine, of, outcomes, TODAY, Listeners(bad_row=bad.append if bad is not None else (lambda _: None))
    )


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.ended, report.unchanged


def ask(engine: Engine, party: Party, statement: str) -> list[tuple[Any, ...]]:
    with engine.begin() as connection:
        stand_under(connection, party.number)
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def test_an_edition_adds_changes_and_ends(engine: Engine, party: Party) -> None:
    assert counts(load(engine, edition(party), documents("A1", "B2", "C3"))) == (3, 0, 0, 0)
    second = [*documents("A1"), *documents("B2", status=DocumentStatus.STOLEN), *documents("D4")]
    assert counts(load(engine, edition(party), second)) == (1, 1, 1, 1)
    present = "select number, status::text, version, ended_at is null from document where owner = {} order by 1"
    assert ask(engine, party, present.format(party.number)) == [
        ("A1", "lost", 1, True), ("B2", "stolen", 2, True), ("C3", "lost", 2, False), ("D4", "lost", 1, True),
    ]  # fmt: skip
    kept = ask(engine, party, "select version, act, content from record_history order by content->>'number'")
    assert [(version, act, content["number"], content["status"]) for version, act, content in kept] == [
        (1, "load_set", "B2", "lost"), (1, "load_set", "C3", "lost"),
    ]  # fmt: skip
    assert ask(engine, party, "select records, as_of from record_set") == [(3, NOW)]


def test_the_same_edition_twice_changes_nothing(engine: Engine, party: Party) -> None:
    same = edition(party)
    load(engine, same, documents("A1", "B2"))
    assert counts(load(engine, same, documents("A1", "B2"))) == (0, 0, 0, 2)
    assert ask(engine, party, "select count(*) from record_history") == [(0,)]
    assert ask(engine, party, "select distinct version from document") == [(1,)]


def test_a_partial_edition_ends_nothing(engine: Engine, party: Party) -> None:
    load(engine, edition(party), documents("A1", "B2"))
    assert counts(load(engine, edition(party, partial=True), documents("C3"))) == (1, 0, 0, 0)


def test_what_ended_and_comes_again_is_new(engine: Engine, party: Party) -> None:
    for marks in (["A1", "B2"], ["A1"], ["A1", "B2"]):
        report = load(engine, edition(party), documents(*marks))
    assert counts(report) == (1, 0, 0, 1)
    assert ask(engine, party, "select count(*), count(ended_at) from document") == [(3, 1)]


def test_a_row_given_twice_is_kept_once_and_said(engine: Engine, party: Party) -> None:
    for expected in ((2, 0, 0, 0), (0, 0, 0, 2)):
        bad: list[BadRow] = []
        report = load(engine, edition(party), documents("A1", "B2", "A1"), bad)
        assert counts(report) == expected
        assert [(row.line, row.key) for row in bad] == [(4, "A1|PAN|passport")]
        assert report.bad == 1


def test_a_bad_row_leaves_its_record_as_it_is(engine: Engine, party: Party) -> None:
    load(engine, edition(party), documents("A1", "B2"))
    bad: list[BadRow] = []
    faulty = BadRow(3, "status", "is 'x'", "write lost", key="B2|PAN|passport")
    assert counts(load(engine, edition(party), [*documents("A1"), faulty], bad)) == (0, 0, 0, 1)
    assert bad == [faulty]
    assert counts(load(engine, edition(party), documents("A1"))) == (0, 0, 1, 1)


def test_a_file_that_breaks_off_changes_nothing(engine: Engine, party: Party) -> None:
    load(engine, edition(party), documents("A1", "B2"))
    with pytest.raises(BadInput) as caught:
        load(engine, edition(party), [*documents("A1"), BadRow(9, "file", "is cut short", "get it again", fatal=True)])
    assert caught.value.remedy == "get it again"
    assert ask(engine, party, "select count(ended_at) from document") == [(0,)]
    assert ask(engine, party, "select state from load_run order by begun_at") == [("merged",), ("abandoned",)]


def test_an_empty_edition_ends_nothing_unasked(engine: Engine, party: Party) -> None:
    load(engine, edition(party), documents("A1"))
    with pytest.raises(BadInput, match="would end 1 of the 1"):
        load(engine, edition(party), [])
    assert counts(load(engine, edition(party, shrinking=True), [])) == (0, 0, 1, 0)


def test_half_of_a_long_list_does_not_end_unasked(engine: Engine, party: Party) -> None:
    marks = [f"A{number}" for number in range(1000)]
    load(engine, edition(party), documents(*marks))
    with pytest.raises(BadInput) as caught:
        load(engine, edition(party), documents(*marks[:400]))
    assert "--shrinking" in str(caught.value.remedy)


def person(key: str, name: str = "Ana Pine", number: str = "X1", charge: str = "theft") -> Row:
    description = PersonDescription((PersonName(name),), documents=(DocumentReference(number, "PAN"),))
    notices = (Notice(NoticeColour.RED, key, "PAN", (charge,)), Notice(NoticeColour.RED, key, "914"))
    return Row(int(key), key, Person(key, PersonStatus.WANTED, description, notices))


def test_people_bring_their_documents_and_notices(engine: Engine, party: Party) -> None:
    people = edition(party, RecordKind.PERSON)
    assert counts(load(engine, people, [person("1"), person("2"), Passed(3, "vessel")])) == (2, 0, 0, 0)
    parts = "select count(*), count(distinct person) from {}"
    assert ask(engine, party, parts.format("notice")) == [(4, 2)]
    assert ask(engine, party, parts.format("person_document")) == [(2, 2)]
    later = [person("1", charge="fraud"), person("3", name="Boris Quay", number="Y2")]
    assert counts(load(engine, edition(party, RecordKind.PERSON), later)) == (1, 1, 1, 0)
    assert ask(engine, party, "select distinct number from person_document order by 1") == [("X1",), ("Y2",)]
    charges = ask(engine, party, "select charges from notice n join person p on p.id = n.person where source_key = '1'")
    assert sorted(charges) == [([],), (["fraud"],)]
    ((content,),) = ask(
        engine, party, "select content from record_history where act = 'load_set' and content->>'source_key' = '1'"
    )
    assert content["notices"][0]["charges"] == ["theft"]
    assert counts(load(engine, edition(party, RecordKind.PERSON), later)) == (0, 0, 0, 2)


def test_vehicles_and_firearms(engine: Engine, party: Party) -> None:
    cars = [
        Row(2, None, Vehicle(VehicleStatus.STOLEN, "1HGBH41JXMN109186", "ABC123", "PAN", "Honda")),
        Row(3, None, Vehicle(VehicleStatus.STOLEN, None, "ABC124", "PAN", reported=TODAY)),
    ]
    of_cars = edition(party, RecordKind.VEHICLE, name="cars")
    assert counts(load(engine, of_cars, cars)) == (2, 0, 0, 0)
    painted = [Row(2, None, Vehicle(VehicleStatus.STOLEN, "1HGBH41JXMN109186", "ABC123", "PAN", "Honda", colour="red"))]
    painted.append(cars[1])
    assert counts(load(engine, replace(of_cars, digest=b"2"), painted)) == (0, 1, 0, 1)
    arms = [
        Row(2, None, Firearm(FirearmStatus.LOST, "AB12")),
        Row(3, None, Firearm(FirearmStatus.LOST, "AB12", "Quill")),
    ]
    of_arms = edition(party, RecordKind.FIREARM, name="arms")
    assert counts(load(engine, of_arms, arms)) == (2, 0, 0, 0)
    assert counts(load(engine, of_arms, arms[:1])) == (0, 0, 1, 1)


def test_new_terms_reach_records_that_did_not_change(engine: Engine, party: Party) -> None:
    load(engine, edition(party, RecordKind.PERSON), [person("1")])
    shared = edition(party, RecordKind.PERSON, terms=Terms(EVERYONE, EVERYONE, Level.POINTER))
    assert counts(load(engine, shared, [person("1")])) == (0, 0, 0, 1)
    for table in ("person", "person_document", "notice"):
        statement = (
            f"select distinct spec->'readers'->>'kind', spec->>'level' from {table} r join terms t on t.id = r.terms"
        )
        assert ask(engine, party, statement) == [("everyone", "pointer")], table


def test_each_party_sees_only_what_is_shared(engine: Engine, database: Servers, party: Party) -> None:
    other = found(database)
    load(engine, edition(party, name="own"), documents("OWN1"))
    load(engine, edition(party, name="shared", terms=Terms(EVERYONE)), documents("ALL1"))
    assert ask(engine, other, f"select number from document where owner = {party.number}") == [("ALL1",)]


def test_rows_that_wait_are_seen_by_their_owner_alone(engine: Engine, database: Servers, party: Party) -> None:
    other = found(database)

    def peeking() -> Iterator[Outcome]:
        yield from documents("A1", "B2")

    with engine.connect() as connection:
        owner = store.find_owner(connection, edition(party))
        number, terms = store.prepare(connection, owner, edition(party))
        run = store.begin_run(connection, owner, number, edition(party), {})
        loader = store.Loader(connection, owner, number, terms, run, ListSealer(NO_KEYS, party.code, TODAY))
        work.stage_all(loader, edition(party), peeking(), Listeners())
    view = f"staging.seen_rows_{run.hex}"
    assert ask(engine, party, f"select count(*) from {view}") == [(2,)]
    assert ask(engine, other, f"select count(*) from {view}") == [(0,)]
    with pytest.raises(Exception, match="permission denied"):
        ask(engine, other, f"select count(*) from staging.rows_{run.hex}")
    with pytest.raises(Exception, match="no such load"):
        ask(engine, other, f"select open_stage('{run}')")


def test_the_owner_must_exist_and_be_a_country_for_documents(engine: Engine, database: Servers, party: Party) -> None:
    with pytest.raises(BadInput) as caught:
        load(engine, replace(edition(party), owner="NONE"), [])
    assert caught.value.field == "owner"
    body = found(database, PartyKind.BODY)
    with pytest.raises(BadInput, match="only the issuing country"):
        load(engine, edition(body), [])


def test_wrong_audiences_and_kinds_are_refused(engine: Engine, party: Party) -> None:
    for audience in (Audience(AudienceKind.PARTIES, ("NONE",)), Audience(AudienceKind.OPERATION, operation=uuid4())):
        with pytest.raises(BadInput) as caught:
            load(engine, edition(party, terms=Terms(audience)), [])
        assert caught.value.field == "audience"
    load(engine, edition(party), documents("A1"))
    with pytest.raises(Conflict, match="holds document records"):
        load(engine, edition(party, RecordKind.FIREARM), [])


def test_a_set_is_loaded_by_one_at_a_time(engine: Engine, party: Party, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "PATIENCE", 0.0)

    def meanwhile() -> Iterator[Outcome]:
        with pytest.raises(Conflict, match="is being loaded"):
            load(engine, edition(party), [])
        yield from documents("A1")

    assert counts(load(engine, edition(party), meanwhile())) == (1, 0, 0, 0)


def test_every_load_stands_in_the_audit_trail(engine: Engine, party: Party) -> None:
    load(engine, edition(party), documents("A1"))
    rows = ask(engine, party, "select act, object_kind, outcome, object_owner from audit")
    assert rows == [("load_set", "set", "done", party.number)]


KILLED = """
import os, signal, sys
from datetime import UTC, date, datetime
from tripoint.base.database import make_engine
from tripoint.records.loading import Edition, load_edition, work
from tripoint.records.model import RecordKind, Terms
from tripoint.records.sources.documents import read_documents
work.ROWS_A_BATCH, work.ROWS_A_BLOCK = 100, 10
def until_killed(outcomes):
    for number, outcome in enumerate(outcomes):
        if number == 550:
            os.kill(os.getpid(), signal.SIGKILL)
        yield outcome
address, owner, path = sys.argv[1:]
edition = Edition(owner, "list", RecordKind.DOCUMENT, "documents", Terms(), b"same file", datetime.now(UTC))
load_edition(make_engine(address), edition, until_killed(read_documents(open(path, "rb"), owner)), date(2026, 3, 1))
"""


def test_a_load_that_was_killed_goes_on(engine: Engine, database: Servers, party: Party, tmp_path: Any) -> None:
    text = "number,type,status\n" + "".join(f"A{number},passport,lost\n" for number in range(1000))
    path = tmp_path / "documents.csv"
    path.write_text(text)
    ended = subprocess.run([sys.executable, "-c", KILLED, database.app, party.code, str(path)], check=False)
    assert ended.returncode == -9
    assert ask(engine, party, "select state, rows_read from load_run") == [("staging", 500)]
    assert ask(engine, party, f"select count(*) from document where owner = {party.number}") == [(0,)]
    again = edition(party, digest=b"same file")
    mine = f"select count(distinct number), count(*) from document where owner = {party.number}"
    report = load(engine, again, read_documents(BytesIO(text.encode()), party.code))
    assert (report.added, report.resumed_at) == (1000, 500)
    assert ask(engine, party, mine) == [(1000, 1000)]
    assert ask(engine, party, "select state from load_run") == [("merged",)]


def test_rows_lost_in_a_crash_of_the_server_are_read_again(engine: Engine, database: Servers, party: Party) -> None:
    of = edition(party)

    def cut() -> Iterator[Outcome]:
        yield from documents("A1", "B2")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(engine, of, cut())
    ((run, waiting),) = ask(engine, party, "select id, rows_read from load_run")
    assert waiting == 0
    with as_owner(database) as connection:
        connection.exec_driver_sql(f"update load_run set rows_read = 2 where id = '{run}'")
    assert counts(load(engine, of, documents("A1", "B2"))) == (2, 0, 0, 0)


def test_another_file_does_not_go_on_with_a_broken_load(engine: Engine, database: Servers, party: Party) -> None:
    def cut() -> Iterator[Outcome]:
        yield from documents("A1")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(engine, edition(party), cut())
    report = load(engine, edition(party), documents("B2"))
    assert (report.added, report.resumed_at) == (1, 0)
    assert ask(engine, party, "select state from load_run order by begun_at") == [("abandoned",), ("merged",)]
    with as_owner(database) as connection:
        left = connection.exec_driver_sql("select count(*) from pg_tables where schemaname = 'staging'").scalar()
    assert left is not None
