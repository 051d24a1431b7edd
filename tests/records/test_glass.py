"""Break-glass through the whole hub: one record, four hours, the owner told at once, and nothing beside it."""

import concurrent.futures
import time
from collections.abc import Callable, Generator
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.hub import hub
from tests.town import Browser, as_owner, browser, employ, found, rows
from tripoint.access.model import Party, Role
from tripoint.base.announcements import read_feed
from tripoint.base.database import RELAY_ROLE, make_engine, stand_under, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7
from tripoint.base.relay import Relay
from tripoint.wiring import WIRING

ALL = {"kind": "everyone"}
WHY = "A child is in this car and its life is in danger."


@pytest.fixture(scope="module")
def app(database: Servers) -> Generator[FastAPI]:
    app = hub(database)
    yield app
    app.state.door.engine.dispose()


@pytest.fixture(scope="module")
def relay(database: Servers) -> Generator[Relay]:
    engine = make_engine(database.relay, role=RELAY_ROLE, pool=1)
    yield Relay(engine, WIRING)
    engine.dispose()


@pytest.fixture(scope="module")
def parties(database: Servers) -> tuple[Party, Party]:
    return found(database), found(database)


@pytest.fixture(scope="module")
def asker(app: FastAPI, database: Servers, parties: tuple[Party, Party]) -> Browser:
    return browser(app, employ(database, parties[0], Role.FIELD_OFFICER))


@pytest.fixture(scope="module")
def owner(app: FastAPI, database: Servers, parties: tuple[Party, Party]) -> Browser:
    return browser(app, employ(database, parties[1], Role.LIAISON_OFFICER))


@pytest.fixture(scope="module")
def reviewer(app: FastAPI, database: Servers, parties: tuple[Party, Party]) -> Browser:
    return browser(app, employ(database, parties[1], Role.DATA_PROTECTION_OFFICER))


@pytest.fixture
def hit(asker: Browser, owner: Browser) -> Callable[..., str]:
    def met(**terms: Any) -> str:
        """A hit of the asker's on a car that the owner lists on these terms."""
        plate = f"G{uuid4().hex[:6].upper()}"
        shared = {"meeting": ALL, "level": "pointer", "break_glass": True} | terms
        content = {"status": "stolen", "plate": plate, "model": "a grey Arvandel"}
        owner("POST", "/api/records/vehicle", 201, json={"content": content, "terms": shared})
        answer = asker(
            "POST", "/api/checks", json={"id": str(uuid7()), "purpose": "border_control", "vehicle": {"plate": plate}}
        )
        assert [one["level"] for one in answer["hits"]] == ["pointer"]
        assert "Arvandel" not in str(answer)
        return str(answer["hits"][0]["id"])

    return met


def opened(who: Browser, expect: int = 201, **named: Any) -> Any:
    return who("POST", "/api/break-glass", expect, json={"reason": WHY} | named)


def test_a_pointer_is_opened_for_one_officer_and_one_record(
    app: FastAPI, database: Servers, parties: tuple[Party, Party], asker: Browser, hit: Callable[..., str]
) -> None:
    which = hit()
    glass = opened(asker, hit=which)
    assert asker("GET", f"/api/break-glass/{glass['id']}/record")["content"]["model"] == "a grey Arvandel"
    asker("GET", f"/api/records/vehicle/{glass['record']}", 404)  # ordinary reading sees as little as before
    colleague = browser(app, employ(database, parties[0], Role.LIAISON_OFFICER))
    colleague("GET", f"/api/break-glass/{glass['id']}/record", 404)
    stranger = browser(app, employ(database, found(database), Role.LIAISON_OFFICER))
    stranger("GET", f"/api/break-glass/{glass['id']}/record", 404)
    assert stranger("GET", "/api/break-glass") == {"opened": []}
    opened(stranger, 404, hit=which)
    opened(stranger, 404, kind="vehicle", record=glass["record"])


def test_a_pointer_at_somebodys_document_opens_the_person(asker: Browser, owner: Browser) -> None:
    """The hit says document, as it must; what is behind it is a person."""
    passport = {"number": f"G{uuid4().hex[:7].upper()}", "issuer": "BRA", "type": "passport"}
    names = [{"full": "Tesolo Inventado"}]
    content = {"status": "wanted", "names": names, "births": ["1970-01-01"], "documents": [passport]}
    shared = {"meeting": ALL, "level": "pointer", "break_glass": True}
    owner("POST", "/api/records/person", 201, json={"content": content, "terms": shared})
    asked = {"id": str(uuid7()), "purpose": "border_control", "document": passport}
    (hit,) = asker("POST", "/api/checks", json=asked)["hits"]
    assert (hit["level"], hit["kind"]) == ("pointer", "document")
    glass = opened(asker, hit=hit["id"])
    shown = asker("GET", f"/api/break-glass/{glass['id']}/record")["content"]
    assert shown["names"][0]["full"] == "Tesolo Inventado"
    asker("DELETE", f"/api/break-glass/{glass['id']}")


BOTH = {"hit": str(uuid4()), "kind": "vehicle", "record": str(uuid4())}


@pytest.mark.parametrize("named", [{}, {"kind": "vehicle"}, BOTH])
def test_what_is_opened_is_named_in_one_way(asker: Browser, named: dict[str, Any]) -> None:
    opened(asker, 422, **named)


def test_a_reason_says_something(asker: Browser, hit: Callable[..., str]) -> None:
    opened(asker, 422, hit=hit(), reason="urgent")


def test_the_owners_terms_decide_whether_an_emergency_opens_anything(
    app: FastAPI, asker: Browser, hit: Callable[..., str]
) -> None:
    opened(asker, 403, hit=hit(break_glass=False))


def test_a_role_that_asks_no_questions_breaks_no_glass(
    app: FastAPI, database: Servers, parties: tuple[Party, Party], hit: Callable[..., str]
) -> None:
    which = hit()
    for role in (Role.VIEWER, Role.AUDITOR, Role.PARTY_ADMINISTRATOR, Role.CONTRIBUTOR):
        opened(browser(app, employ(database, parties[0], role)), 403, hit=which)


def test_the_owner_is_told_at_once_and_judges(
    asker: Browser, owner: Browser, reviewer: Browser, parties: tuple[Party, Party], app: FastAPI, relay: Relay,
    hit: Callable[..., str], database: Servers,
) -> None:  # fmt: skip
    began = time.monotonic()
    glass = opened(asker, hit=hit())
    relay.look()
    with transaction(app.state.door.engine) as session:
        stand_under(session, parties[1].number)
        told = [line for line in read_feed(session, parties[1].number, 0) if str(line.ref) == glass["id"]]
    assert [(line.kind, line.change) for line in told] == [("glass", "opened")]
    assert time.monotonic() - began < 10
    listed = next(one for one in owner("GET", "/api/break-glass")["opened"] if one["id"] == glass["id"])
    assert (listed["reason"], listed["ours"], listed["verdict"]) == (WHY, True, None)
    verdict = {"verdict": "not_justified", "answer": "The child was at home."}
    asker("POST", f"/api/break-glass/{glass['id']}/review", 403, json=verdict)
    reviewer("POST", f"/api/break-glass/{glass['id']}/review", json=verdict)
    owner("POST", f"/api/break-glass/{glass['id']}/review", 409, json=verdict)
    asker("GET", f"/api/break-glass/{glass['id']}/record", 404)  # the verdict closes it
    auditor = browser(app, employ(database, parties[1], Role.AUDITOR))
    trail = [(one["act"], one["reason"]) for one in auditor("GET", f"/api/audit?object={glass['record']}")["entries"]]
    assert ("break_glass", WHY) in trail
    assert ("review_glass", "The child was at home.") in trail


def test_it_is_closed_at_once_by_either_party(
    asker: Browser, owner: Browser, database: Servers, hit: Callable[..., str]
) -> None:
    for closer in (asker, owner):
        glass = opened(asker, hit=hit())
        asker("GET", f"/api/break-glass/{glass['id']}/record")
        closer("DELETE", f"/api/break-glass/{glass['id']}")
        asker("GET", f"/api/break-glass/{glass['id']}/record", 404)
        closer("DELETE", f"/api/break-glass/{glass['id']}", 409)


def test_it_ends_after_four_hours_with_narrower_terms_or_with_the_record(
    app: FastAPI, owner: Browser, database: Servers, parties: tuple[Party, Party], hit: Callable[..., str]
) -> None:
    asker = browser(app, employ(database, parties[0], Role.FIELD_OFFICER))
    old, narrowed, gone = (opened(asker, hit=hit()) for _ in range(3))
    with as_owner(database) as hand:
        lasts = rows(hand, "select ends_at - opened_at from glass where id = %(id)s", id=old["id"])
        assert str(lasts[0][0]) == "4:00:00"
        hand.exec_driver_sql("update glass set ends_at = now() where id = %(id)s", {"id": old["id"]})
    car = owner("GET", f"/api/records/vehicle/{narrowed['record']}")["content"]
    owner("PUT", f"/api/records/vehicle/{narrowed['record']}", json={"content": car, "version": 1})
    owner("POST", f"/api/records/vehicle/{gone['record']}/end", json={"version": 1, "reason": "found"})
    for glass in (old, narrowed, gone):
        asker("GET", f"/api/break-glass/{glass['id']}/record", 404)


def test_three_are_open_at_once_and_no_more(
    app: FastAPI, database: Servers, parties: tuple[Party, Party], hit: Callable[..., str]
) -> None:
    hurried = browser(app, employ(database, parties[0], Role.ANALYST))
    hits = [hit() for _ in range(6)]
    with concurrent.futures.ThreadPoolExecutor(3) as pool:
        answers = list(
            pool.map(lambda one: hurried.client.post("/api/break-glass", json={"hit": one, "reason": WHY}), hits)
        )
    assert sorted(answer.status_code for answer in answers) == [201] * 3 + [409] * 3


def test_a_child_of_ones_own_partys_list_is_masked_until_the_glass_is_broken(
    app: FastAPI, database: Servers, parties: tuple[Party, Party]
) -> None:
    party = parties[0]
    writer = browser(app, employ(database, party, Role.LIAISON_OFFICER))
    child = {"status": "missing", "names": [{"full": "Ilmera Postuva"}], "births": ["2020-01-02"]}
    made = writer("POST", "/api/records/person", 201, json={"content": child})
    officer = browser(app, employ(database, party, Role.FIELD_OFFICER))
    why: dict[str, Any] = {"params": {"purpose": "identification"}, "headers": {"x-reason": "looking"}}
    assert officer("GET", f"/api/records/person/{made['id']}", **why)["masked"]
    glass = opened(officer, kind="person", record=made["id"])
    through = officer("GET", f"/api/break-glass/{glass['id']}/record")
    assert not through["masked"]
    assert through["content"]["names"][0]["full"] == "Ilmera Postuva"


def test_whoever_reads_no_content_sees_nothing_through_any_glass(engine: Engine, database: Servers) -> None:
    with as_owner(database) as hand:
        which = rows(hand, "select id, officer, party from glass limit 1")[0]
    with transaction(engine) as session:
        session.exec_driver_sql(
            "select set_config('tripoint.home', %(p)s, true), set_config('tripoint.party', '-1', true),"
            " set_config('tripoint.officer', %(o)s, true)", {"p": str(which.party), "o": str(which.officer)},
        )  # fmt: skip
        assert rows(session, "select * from read_through_glass(%(id)s)", id=which.id) == []
        assert rows(session, "select * from glass") == []


def test_who_was_not_judged_in_time_opens_nothing_more_until_he_is(
    database: Servers, asker: Browser, reviewer: Browser, hit: Callable[..., str]
) -> None:
    first, second = opened(asker, hit=hit()), opened(asker, hit=hit())
    for one in (first, second):
        asker("DELETE", f"/api/break-glass/{one['id']}")
    with as_owner(database) as owner:
        soon = "update glass set review_due_at = now() + interval '1 minute'"
        due = soon + " where id = any(%(ids)s::uuid[]) returning id"
        assert len(rows(owner, due, ids=[first["id"], second["id"]])) == 2
    asker("DELETE", f"/api/break-glass/{opened(asker, hit=hit())['id']}")  # a minute before, nothing is refused
    with as_owner(database) as owner:  # the clock of the database stands within a transaction: to the microsecond
        stands = "update glass set review_due_at = now() - interval '1 microsecond' where id = %(id)s returning id"
        assert len(rows(owner, stands, id=first["id"])) == 1
    refused = opened(asker, 403, hit=hit())
    assert "verdict" in refused["error"]["sentence"]
    reviewer("POST", f"/api/break-glass/{second['id']}/review", json={"verdict": "justified", "answer": "It was."})
    opened(asker, 403, hit=hit())  # another's verdict is not this one's
    late = {"verdict": "not_justified", "answer": "There was time to ask."}
    reviewer("POST", f"/api/break-glass/{first['id']}/review", json=late)
    asker("DELETE", f"/api/break-glass/{opened(asker, hit=hit())['id']}")
