"""What checks, the /match route, hits and exports tell of victims and children: never who they are."""

from collections.abc import Generator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from fastapi import FastAPI

from tests.found import folder_of
from tests.hub import hub
from tests.town import KEYS, Browser, as_owner, browser, employ, found, rows
from tripoint.access.model import Party, Role
from tripoint.base.database import make_engine
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import SetUp
from tripoint.base.ids import uuid7
from tripoint.base.keyring import NO_KEYS, KeyRing
from tripoint.records.loading import Edition, Report, load_edition
from tripoint.records.model import Audience, AudienceKind, Level, Notice, NoticeColour, Person, RecordKind, Terms
from tripoint.records.sources.outcomes import Row
from tripoint.words.dates import PartialDate
from tripoint.words.documents import DocumentReference, DocumentType
from tripoint.words.people import PersonDescription, PersonName, PersonStatus

WHY: dict[str, Any] = {"params": {"purpose": "identification"}, "headers": {"x-reason": "a hit at the river"}}
EVERYONE = {"kind": "everyone"}
SHARED = {"readers": EVERYONE, "meeting": EVERYONE, "level": "full"}
NAME, BIRTH, NUMBER = "Miravelda Quoshtan", "1994-03-02", "ZK660123"
CHILD_BIRTH = f"{datetime.now(UTC).year - 8}-06-05"
VICTIM: dict[str, Any] = {
    "status": "victim", "source_key": "V-1", "names": [{"full": NAME}], "births": [BIRTH], "nationalities": ["COL"],
    "documents": [{"number": NUMBER, "issuer": "COL"}], "notices": [{"colour": "yellow", "action": "protect"}],
}  # fmt: skip
CHILD = VICTIM | {
    "status": "missing", "source_key": "M-1", "names": [{"full": "Tilenko Baruvesh"}], "births": [CHILD_BIRTH],
    "documents": [{"number": "CH440011", "issuer": "COL"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def app(database: Servers) -> Generator[FastAPI]:
    app = hub(database)
    yield app
    app.state.door.engine.dispose()


@pytest.fixture(scope="module")
def owner(database: Servers) -> Party:
    return found(database)


@pytest.fixture(scope="module")
def theirs(app: FastAPI, database: Servers, owner: Party) -> Browser:
    """The owner's liaison officer, who entered a victim and a missing child that all parties' checks may meet."""
    officer = browser(app, employ(database, owner, Role.LIAISON_OFFICER))
    for content in (VICTIM, CHILD):
        officer("POST", "/api/records/person", 201, json={"content": content, "terms": SHARED})
    return officer


@pytest.fixture(scope="module")
def ours(app: FastAPI, database: Servers, theirs: Browser) -> Browser:
    """An officer of another party, at a post."""
    return browser(app, employ(database, found(database), Role.LIAISON_OFFICER))


def check(who: Browser, **question: Any) -> dict[str, Any]:
    answer: dict[str, Any] = who(
        "POST", "/api/checks", json={"id": str(uuid7()), "purpose": "border_control", **question}
    )
    return answer


@pytest.mark.parametrize(
    "question",
    [
        {"person": {"name": "quoshtan MIRAVELDA", "birth": BIRTH}}, {"document": {"number": "zk 660123"}},
        {"document": {"number": NUMBER}, "person": {"name": NAME, "birth": BIRTH}},
    ],
    ids=["name and birth", "number", "both"],
)  # fmt: skip
def test_another_party_that_meets_a_victim_learns_whom_to_ask(ours: Browser, owner: Party, question: Any) -> None:
    (hit,) = check(ours, **question)["hits"]
    assert (hit["level"], hit["owner"]["code"], hit["held"]) == ("pointer", owner.code, None)
    assert hit["nature"] in (None, "")
    opened = ours("GET", f"/api/hits/{hit['id']}")
    assert not opened["held"]
    assert opened["nature"] in (None, "")


@pytest.mark.parametrize(
    "question",
    [
        {"person": {"name": NAME}}, {"person": {"name": NAME, "birth": "1994-03-03"}},
        {"document": {"number": "ZK660124"}},
    ],
)  # fmt: skip
def test_a_sealed_victim_is_never_met_by_likeness(ours: Browser, question: Any) -> None:
    assert check(ours, **question)["hits"] == []


def test_the_owners_own_hit_does_not_name_a_victim_either(ours: Browser, theirs: Browser) -> None:
    (hit,) = check(theirs, document={"number": NUMBER})["hits"]
    assert hit["level"] == "full"
    assert hit["protect"]
    for told in (hit, theirs("GET", f"/api/hits/{hit['id']}"), theirs("GET", "/api/hits")):
        assert "Miravelda" not in str(told)
        assert BIRTH not in str(told)
    assert "names" in hit["held"]["sealed"]


def test_a_hit_keeps_nothing_of_a_sealed_person(database: Servers, ours: Browser, theirs: Browser) -> None:
    """What was asked is who she is: it stays in the asker's own question, and nowhere else."""
    (hit,) = check(ours, person={"name": NAME, "birth": BIRTH})["hits"]
    assert "Miravelda" not in str(theirs("GET", f"/api/hits/{hit['id']}"))
    with as_owner(database) as session:
        held = str([rows(session, f"select x::text from {table} x") for table in ("hit", "hit_finding", "hit_event")])
    assert not [word for word in (NAME, "Miravelda", BIRTH, NUMBER) if word in held]
    assert ours("GET", f"/api/hits/{hit['id']}")["asked"]["name"] == NAME


def test_what_was_asked_of_a_child_is_for_the_owners_keepers(
    app: FastAPI, database: Servers, owner: Party, theirs: Browser, ours: Browser
) -> None:
    (hit,) = check(ours, person={"name": "Tilenko Baruvesh", "birth": CHILD_BIRTH})["hits"]
    analyst = browser(app, employ(database, owner, Role.ANALYST))
    assert "Baruvesh" not in str(analyst("GET", f"/api/hits/{hit['id']}"))
    for who in (theirs, ours):
        assert who("GET", f"/api/hits/{hit['id']}")["asked"]["names"][0]["full"] == "Tilenko Baruvesh"


def test_a_missing_child_is_found_by_name_and_not_named(ours: Browser, theirs: Browser) -> None:
    (hit,) = check(ours, person={"name": "Tilenko Baruvech", "birth": CHILD_BIRTH})["hits"]
    assert hit["level"] == "full"
    assert hit["protect"]
    opened = [hit, ours("GET", f"/api/hits/{hit['id']}"), theirs("GET", f"/api/hits/{hit['id']}")]
    assert theirs("GET", "/api/hits")["hits"]
    for told in opened:
        assert "Baruvesh" not in str(told)
        assert "CH440011" not in str(told)
        assert told["held"]["masked"] == ["names", "births", "documents"]
        compared = {row["field"]: (row["held"], row["verdict"]) for row in told["comparison"]}
        assert compared["name"] == (None, "similar")
        assert compared["birth"] == (None, "same")


def test_match_names_neither(ours: Browser) -> None:
    def match(**properties: list[str]) -> Any:
        queries = {"q": {"schema": "Person", "properties": properties}}
        return ours("POST", "/match/default", json={"queries": queries})["responses"]["q"]["results"]

    for results in (match(name=["Tilenko Baruvech"], birthDate=[CHILD_BIRTH]), match(passportNumber=[NUMBER])):
        assert len(results) == 1
        assert not [word for word in ("Baruvesh", "Miravelda", "Quoshtan", "CH440011") if word in str(results)]


def test_reading_the_child_is_masked_for_field_officers_of_every_party(
    app: FastAPI, database: Servers, owner: Party, theirs: Browser, ours: Browser
) -> None:
    (hit,) = check(ours, person={"name": "Tilenko Baruvesh", "birth": CHILD_BIRTH})["hits"]
    with as_owner(database) as session:
        ((record,),) = rows(session, "select record from hit where id = %(id)s", id=hit["id"])
    for party in (owner, found(database)):
        officer = browser(app, employ(database, party, Role.FIELD_OFFICER))
        assert "Baruvesh" not in str(officer("GET", f"/api/records/person/{record}", **WHY))


def test_a_seal_closes_what_hits_showed_before(database: Servers, theirs: Browser, ours: Browser) -> None:
    grown = VICTIM | {
        "status": "person_of_interest", "names": [{"full": "Ostrevina Palgruth"}], "births": ["1981-02-03"],
        "documents": [], "source_key": "P-9",
    }  # fmt: skip
    made = theirs("POST", "/api/records/person", 201, json={"content": grown, "terms": SHARED})
    (hit,) = check(ours, person={"name": "Ostrevina Palgrut", "birth": "1981-02-03"})["hits"]
    assert "Palgruth" in str(hit)
    change = {"content": grown | {"status": "witness"}, "terms": SHARED, "version": 1}
    theirs("PUT", f"/api/records/person/{made['id']}", json=change)
    told = [who("GET", f"/api/hits/{hit['id']}") for who in (ours, theirs)]
    assert "Palgruth" not in str(told)
    with as_owner(database) as session:
        assert "Palgrut" not in str(rows(session, "select x::text from hit_finding x"))
        assert "Palgruth" not in str(rows(session, "select x::text from person x"))
        assert "Palgruth" not in str(rows(session, "select x::text from record_history x"))


def test_the_index_beside_the_database_has_nobody_sealed(database: Servers, ours: Browser) -> None:
    """Through its files: those listed to be found have rows there, by their ids; whoever is sealed has none."""
    check(ours, person={"name": "Tilenko Baruvesh", "birth": CHILD_BIRTH})
    held = b"".join(path.read_bytes() for path in folder_of(database.app).rglob("*") if path.is_file())
    with as_owner(database) as session:
        persons = rows(session, "select id, content ? 'sealed', content->>'status' from person where ended_at is null")
    assert {sealed for _, sealed, _ in persons} == {True, False}
    for record, sealed, status in persons:
        assert (record.bytes in held) != sealed, status
    assert not [word for word in (NAME, "Miravelda", NUMBER) if word.encode() in held]


TODAY = date(2026, 3, 1)


def listed(key: str, status: PersonStatus, name: str, born: PartialDate) -> Row:
    documents = (DocumentReference(f"LD{key}77", "COL", DocumentType.PASSPORT),)
    description = PersonDescription((PersonName(name),), (born,), ("COL",), None, documents)
    return Row(int(key), key, Person(key, status, description, (Notice(NoticeColour.YELLOW, charges=(f"of {name}",)),)))


def load(database: Servers, owner: Party, *persons: Row, keys: KeyRing = KEYS, number: int = 1) -> Report:
    everyone = Audience(AudienceKind.EVERYONE)
    edition = Edition(
        owner.code, "Found on the way", RecordKind.PERSON, "test", Terms(everyone, everyone, Level.FULL),
        bytes([number]) * 32, datetime(2026, 3, number, tzinfo=UTC),
    )  # fmt: skip
    engine = make_engine(database.app, pool=1)
    try:
        return load_edition(engine, edition, persons, TODAY, keys=keys)
    finally:
        engine.dispose()


def held_texts(database: Servers) -> str:
    with as_owner(database) as session:
        tables = ("person", "notice", "person_document", "record_history", "sealed_field", "sealed_mark", "load_run")
        return " ".join(str(rows(session, f"select x::text from {table} x")) for table in tables)


def test_a_list_is_sealed_before_it_is_written(database: Servers, app: FastAPI, theirs: Browser, ours: Browser) -> None:
    owner = found(database)
    victim = listed("1", PersonStatus.VICTIM, "Hurmavel Dixxo", PartialDate(1999, 4, 5))
    child = listed("2", PersonStatus.WARNING, "Ibrenko Ysoff", PartialDate(2015, 4, 5))
    wanted = listed("3", PersonStatus.WANTED, "Jorvanko Pexl", PartialDate(1980, 4, 5))
    assert load(database, owner, victim, child, wanted).added == 3
    text = held_texts(database)
    assert "Jorvanko" in text
    assert not [word for word in ("Hurmavel", "Dixxo", "Ibrenko", "Ysoff", "LD177", "LD277") if word in text]
    for question in ({"document": {"number": "LD177"}}, {"person": {"name": "Ibrenko Ysoff", "birth": "2015-04-05"}}):
        (hit,) = check(ours, **question)["hits"]
        assert (hit["level"], hit["owner"]["code"]) == ("pointer", owner.code)
    again = load(database, owner, victim, child, wanted, number=2)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)
    turned = replace_status(wanted, PersonStatus.WITNESS)
    third = load(database, owner, victim, replace_status(child, PersonStatus.MISSING), turned, number=3)
    assert (third.added, third.changed, third.unchanged) == (0, 2, 1)
    text = held_texts(database)
    assert "Jorvanko" not in text
    assert "Ibrenko" in text
    with as_owner(database) as session:
        left = rows(
            session, "select count(*) from sealed_mark m where owner = %(owner)s and not exists"
            " (select from person p where p.id = m.record and p.content ? 'sealed')", owner=owner.number,
        )  # fmt: skip
    assert left == [(0,)]


def replace_status(row: Row, status: PersonStatus) -> Row:
    assert isinstance(row.content, Person)
    return Row(row.line, row.key, replace(row.content, status=status))


def test_a_list_of_victims_is_not_taken_without_keys(database: Servers) -> None:
    owner = found(database)
    with pytest.raises(SetUp, match="sealed"):
        load(database, owner, listed("1", PersonStatus.VICTIM, "Kelvora Umbrask", PartialDate(1999)), keys=NO_KEYS)
    assert "Kelvora" not in held_texts(database)
