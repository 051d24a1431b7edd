"""Clocks of retention, by a clock the tests move: asked before, renewed with a reason, erased whole, recalled."""

from collections.abc import Callable, Generator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.hub import hub
from tests.town import KEYS, Browser, as_owner, browser, employ, found, rows, visiting
from tripoint.access.model import Act, Party, Role
from tripoint.base.database import RELAY_ROLE, make_engine, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7
from tripoint.base.keyring import KeyRing
from tripoint.records import work as records
from tripoint.records.model import Audience, AudienceKind, RecordKind, Terms, Vehicle
from tripoint.records.retention import jobs, work
from tripoint.records.rules import RETENTION_YEARS, longest_retention, months_later
from tripoint.words.vehicles import VehicleStatus

EVERYONE = {"kind": "everyone"}
SHARED = {"readers": EVERYONE, "meeting": EVERYONE, "level": "full"}
WHY: dict[str, Any] = {"params": {"purpose": "identification"}, "headers": {"x-reason": "a hit at the river"}}
NAME, NUMBER = "Brunelka Vostagar", "RT551122"
PERSON: dict[str, Any] = {
    "status": "wanted", "names": [{"full": NAME}], "births": ["1979-03-03"], "nationalities": ["COL"],
    "documents": [{"number": NUMBER, "issuer": "COL"}], "remarks": f"{NAME} was seen",
    "notices": [{"colour": "red", "charges": [f"{NAME} stole"], "action": "detain_and_call"}],
}  # fmt: skip
REASON = "still needed by the court of Puerto Nada"


@pytest.fixture(scope="module")
def app(database: Servers) -> Generator[FastAPI]:
    app = hub(database)
    yield app
    app.state.door.engine.dispose()


@pytest.fixture(scope="module")
def relay(database: Servers) -> Generator[Engine]:
    engine = make_engine(database.relay, role=RELAY_ROLE, pool=1)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def owner(database: Servers) -> Party:
    return found(database)


@pytest.fixture(scope="module")
def theirs(app: FastAPI, database: Servers, owner: Party) -> Browser:
    return browser(app, employ(database, owner, Role.LIAISON_OFFICER, Role.DATA_PROTECTION_OFFICER))


@pytest.fixture(scope="module")
def asker(database: Servers) -> Party:
    return found(database)


@pytest.fixture(scope="module")
def ours(app: FastAPI, database: Servers, asker: Party) -> Browser:
    return browser(app, employ(database, asker, Role.LIAISON_OFFICER))


def on(day: date) -> Callable[[], date]:
    return lambda: day


def erase_on(relay: Engine, day: date, keys: KeyRing = KEYS) -> None:
    """A day's chores, as the relay does them, each in a transaction of its own."""
    with transaction(relay) as session:
        jobs.erase_expired(session, on(day))
    with transaction(relay) as session:
        jobs.destroy_keys(keys)(session)


def enter(who: Browser, kind: str, content: dict[str, Any], **more: Any) -> Any:
    return who("POST", f"/api/records/{kind}", 201, json={"content": content, "terms": SHARED, **more})


def texts(database: Servers, *tables: str) -> str:
    with as_owner(database) as session:
        return " ".join(str(rows(session, f"select x::text from {table} x")) for table in tables)


def test_each_kind_has_its_clock() -> None:
    assert {kind.value: years for kind, years in RETENTION_YEARS.items()} == {
        "person": 5, "document": 10, "vehicle": 10, "firearm": 30,
    }  # fmt: skip
    assert months_later(date(2026, 8, 31), 6) == date(2027, 3, 1)
    assert months_later(date(2026, 12, 5), 1) == date(2027, 1, 5)


def test_everything_of_an_expired_record_goes_and_a_proof_stays(
    app: FastAPI, database: Servers, relay: Engine, theirs: Browser, ours: Browser, owner: Party, asker: Party
) -> None:
    made = enter(theirs, "person", PERSON)
    theirs("PUT", f"/api/records/person/{made['id']}", json={"content": PERSON, "terms": SHARED, "version": 1})
    question = {"id": str(uuid7()), "purpose": "border_control", "person": {"name": NAME, "birth": "1979-03-03"}}
    (hit,) = ours("POST", "/api/checks", json=question)["hits"]
    theirs("POST", f"/api/hits/{hit['id']}/decision", json={"decision": "confirmed", "reason": f"it is {NAME}"})
    ours("GET", f"/api/hits/{hit['id']}")
    last_day = date.fromisoformat(made["retain_until"])
    erase_on(relay, last_day)
    assert NAME in str(ours("GET", f"/api/hits/{hit['id']}"))
    erase_on(relay, last_day + timedelta(days=1))
    everywhere = texts(
        database, "person", "notice", "person_document", "record_history", "hit", "hit_finding", "hit_event",
        "check_question", "erasure", "recall", "audit", "outbox",
    )  # fmt: skip
    assert NAME not in everywhere
    assert NUMBER not in everywhere
    theirs("GET", f"/api/records/person/{made['id']}", 404, **WHY)
    theirs("GET", f"/api/records/person/{made['id']}/history", 404, **WHY)
    ours("GET", f"/api/checks/{question['id']}", 404)
    assert not ours("GET", f"/api/hits/{hit['id']}")["held"]
    (proof,) = theirs("GET", f"/api/retention/erasures?record={made['id']}")["erasures"]
    assert (proof["why"], proof["version"], proof["erased_by"], len(proof["digest"])) == ("retention", 2, None, 64)
    recall = told_to(ours, made["id"])
    assert (recall["owner"], recall["party"], recall["acknowledged_at"]) == (owner.code, asker.code, None)
    check_recall(app, database, theirs, ours, recall)
    with as_owner(database) as session:
        said = "select outcome, object_owner from audit where act = 'erase_record' and object_id = %(id)s"
        assert rows(session, said, id=made["id"]) == [("retention", owner.number)]
        blank = rows(session, "select content from person where id = %(id)s", id=made["id"])
    assert blank == [({"erased": True},)]


def told_to(who: Browser, record: str) -> Any:
    return next(one for one in who("GET", "/api/retention/recalls")["recalls"] if one["record"] == record)


def check_recall(app: FastAPI, database: Servers, theirs: Browser, ours: Browser, recall: Any) -> None:
    """The party told acknowledges once; the owner sees what is open; others know of nothing."""
    stranger = browser(app, employ(database, found(database), Role.LIAISON_OFFICER))
    path = f"/api/retention/recalls/{recall['id']}/acknowledgement"
    assert recall in theirs("GET", "/api/retention/recalls")["recalls"]
    assert stranger("GET", "/api/retention/recalls?open=false")["recalls"] == []
    stranger("POST", path, 404)
    theirs("POST", path, 403)
    assert ours("POST", path)["acknowledged_at"]
    ours("POST", path, 409)
    assert recall["id"] not in str(theirs("GET", "/api/retention/recalls"))
    assert recall["id"] in str(theirs("GET", "/api/retention/recalls?open=false"))


@pytest.mark.parametrize(("kind", "year"), [("document", 2101), ("vehicle", 2102), ("firearm", 2103)])
def test_objects_go_whole(
    database: Servers, relay: Engine, theirs: Browser, owner: Party, kind: str, year: int
) -> None:
    contents = {
        "document": {"number": "QW990011", "issuer": owner.code, "type": "passport", "status": "stolen"},
        "vehicle": {"status": "stolen", "plate": "QWX990"}, "firearm": {"status": "lost", "serial": "QW99001"},
    }  # fmt: skip
    made = enter(theirs, kind, contents[kind], retain_until=date.today().isoformat())
    before = next(one for one in theirs("GET", "/api/sets")["sets"] if one["kind"] == kind)["records"]
    erase_on(relay, date(year, 1, 1))
    theirs("GET", f"/api/records/{kind}/{made['id']}", 404, **WHY)
    assert next(one for one in theirs("GET", "/api/sets")["sets"] if one["kind"] == kind)["records"] == before - 1
    assert "QW99" not in texts(database, kind, "record_history")


def test_the_owner_is_asked_once_six_months_before(
    database: Servers, relay: Engine, theirs: Browser, owner: Party
) -> None:
    day = date(2061, 1, 15)
    soon, later = (enter(theirs, "vehicle", {"status": "stolen", "plate": f"ASK{n}"}) for n in (1, 2))
    with as_owner(database) as session:
        for made, until in ((soon, months_later(day, 6)), (later, months_later(day, 6) + timedelta(days=1))):
            move(session, made["id"], until)
    asked = []
    for today in (day, day, day + timedelta(days=1)):
        with transaction(relay) as session:
            session.exec_driver_sql("delete from outbox where kind = 'retention'")
            jobs.ask_owners(session, on(today))
            asked.append(rows(session, "select parties, change from outbox where kind = 'retention'"))
    assert asked == [[([owner.number], "due")], [], []]


def move(session: Any, record: str, until: date) -> None:
    """Let a record be kept until another day, as if it had been entered earlier."""
    session.exec_driver_sql("alter table vehicle no force row level security")
    session.exec_driver_sql("update vehicle set retain_until = %(day)s where id = %(id)s", {"day": until, "id": record})
    session.exec_driver_sql("alter table vehicle force row level security")


def test_what_comes_due_is_listed_and_renewed_with_a_reason_only(theirs: Browser, ours: Browser) -> None:
    soon = (date.today() + timedelta(days=100)).isoformat()
    made = enter(theirs, "vehicle", {"status": "stolen", "plate": "DUE1"}, retain_until=soon)
    due = theirs("GET", "/api/retention/due?kind=vehicle")["due"]
    assert [one["retain_until"] for one in due if one["id"] == made["id"]] == [soon]
    assert made["id"] not in str(ours("GET", "/api/retention/due"))
    path = f"/api/records/vehicle/{made['id']}/renewal"
    for body in ({}, {"reason": "short"}, {"reason": REASON, "until": "2020-01-01"}):
        theirs("POST", path, 422, json={"version": 1, **body})
    theirs("POST", path, 422, json={"version": 1, "reason": REASON, "until": "2149-01-01"})
    theirs("POST", path, 409, json={"version": 7, "reason": REASON})
    ours("POST", path, 403, json={"version": 1, "reason": REASON})
    renewed = theirs("POST", path, json={"version": 1, "reason": REASON})
    assert renewed["retain_until"] == longest_retention(RecordKind.VEHICLE, datetime.now(UTC).date()).isoformat()
    assert made["id"] not in str(theirs("GET", "/api/retention/due"))
    trail = theirs("GET", f"/api/audit?object={made['id']}")["entries"]
    assert (trail[0]["act"], trail[0]["reason"]) == ("renew_record", REASON)


def test_a_change_keeps_no_record_longer(theirs: Browser) -> None:
    soon = date.today() + timedelta(days=100)
    content = {"status": "stolen", "plate": "DUE2"}
    made = enter(theirs, "vehicle", content, retain_until=soon.isoformat())
    body = {"content": content, "terms": SHARED, "version": 1}
    path = f"/api/records/vehicle/{made['id']}"
    theirs("PUT", path, 422, json=body | {"retain_until": (soon + timedelta(days=1)).isoformat()})
    shorter = (soon - timedelta(days=1)).isoformat()
    assert theirs("PUT", path, json=body | {"retain_until": shorter})["retain_until"] == shorter


def test_an_owner_erases_before_the_time(database: Servers, theirs: Browser, ours: Browser) -> None:
    made = enter(theirs, "person", PERSON | {"names": [{"full": "Erasmo Nadie"}]})
    ours("GET", f"/api/records/person/{made['id']}", **WHY)
    path = f"/api/records/person/{made['id']}/erasure"
    body = {"version": 1, "why": "subject", "reason": "he was never there, the court says"}
    ours("POST", path, 403, json=body)
    theirs("POST", path, 409, json=body | {"version": 2})
    theirs("POST", path, 422, json=body | {"why": "retention"})
    proof = theirs("POST", path, json=body)
    assert (proof["why"], proof["reason"]) == ("subject", body["reason"])
    assert proof["erased_by"]
    theirs("POST", path, 404, json=body)
    assert "Erasmo" not in texts(database, "person", "record_history", "notice", "erasure")
    assert told_to(ours, made["id"])["kind"] == "person"  # they had read it
    with as_owner(database) as session:
        where = rows(session, "select count(*) from person where id = %(id)s", id=made["id"])
        assert where == [(1,)]  # blank, until the index has followed
        session.exec_driver_sql("alter table person no force row level security")
        before = "update person set ended_at = now() - interval '2 days' where id = %(id)s"
        session.exec_driver_sql(before, {"id": made["id"]})
        session.exec_driver_sql("alter table person force row level security")


def test_the_blank_row_goes_when_the_index_has_followed(database: Servers, relay: Engine) -> None:
    erase_on(relay, date(2000, 1, 1))
    with as_owner(database) as session:
        late = "select 1 from person where content ? 'erased' and ended_at < now() - interval '1 day'"
        assert rows(session, late) == []


def test_a_retention_shorter_than_the_owners_is_not_made_longer_by_the_clock(
    database: Servers, engine: Engine, owner: Party
) -> None:
    account = employ(database, owner, Role.CONTRIBUTOR, Role.DATA_PROTECTION_OFFICER)
    then = datetime(2031, 5, 5, tzinfo=UTC)
    vehicle = Vehicle(VehicleStatus.STOLEN, plate="CLK1")
    terms = Terms(Audience(AudienceKind.OWN), Audience(AudienceKind.OWN))
    with visiting(engine, account, Act.ADD_RECORD, lambda: then) as visit:
        made = records.create(visit, records.Entry(vehicle, terms, date(2031, 9, 9)))
    with visiting(engine, account, Act.LIST_DUE, lambda: then) as visit:
        assert made.id in [one.id for one in work.list_due(visit, RecordKind.VEHICLE, None, 100)]
    with visiting(engine, account, Act.LIST_DUE, lambda: then - timedelta(days=30)) as visit:
        assert made.id in [one.id for one in work.list_due(visit, None, None, 500)]
    with visiting(engine, account, Act.LIST_DUE, lambda: then - timedelta(days=80)) as visit:
        assert made.id not in [one.id for one in work.list_due(visit, None, None, 500)]


VICTIM: dict[str, Any] = PERSON | {"status": "victim", "names": [{"full": "Shreddina Nadie"}]}
OPENING = {"purpose": "identification", "reason": "to prove that it can be opened"}


def test_an_older_dump_cannot_open_what_was_shredded(
    own_database: Servers, tmp_path: Path, relay_of: Callable[[Servers], Engine]
) -> None:
    """All rows of sealing are kept as they were before the erasure, as a backup would; then they are put back."""
    app = hub(own_database, data=tmp_path)
    keeper = browser(app, employ(own_database, found(own_database), Role.LIAISON_OFFICER))
    gone, kept = (enter(keeper, "person", VICTIM | {"source_key": key}) for key in ("gone", "kept"))
    tables = ("data_key", "sealed_field", "sealed_mark", "person")
    with as_owner(own_database) as session:
        for table in tables:
            session.exec_driver_sql(f"create table backup_{table} as select * from {table}")
    body = {"version": 1, "why": "owner", "reason": "she asked for it and is right"}
    keeper("POST", f"/api/records/person/{gone['id']}/erasure", json=body)
    erase_on(relay_of(own_database), date(2000, 1, 1), KeyRing(tmp_path / "keys"))
    with as_owner(own_database) as session:
        for table in reversed(tables):
            session.exec_driver_sql(f"alter table {table} no force row level security")
            session.exec_driver_sql(f"delete from {table}")
        for table in tables:
            session.exec_driver_sql(f"insert into {table} select * from backup_{table}")
        for table in tables:
            session.exec_driver_sql(f"alter table {table} force row level security")
    opened = keeper("POST", f"/api/records/{kept['id']}/sealed/names/opening", json=OPENING)
    assert opened["value"][0]["full"] == "Shreddina Nadie"
    keeper("POST", f"/api/records/{gone['id']}/sealed/names/opening", 410, json=OPENING)
    app.state.door.engine.dispose()


@pytest.fixture
def relay_of() -> Generator[Callable[[Servers], Engine]]:
    made: list[Engine] = []

    def make(database: Servers) -> Engine:
        made.append(make_engine(database.relay, role=RELAY_ROLE, pool=1))
        return made[-1]

    yield make
    for engine in made:
        engine.dispose()
