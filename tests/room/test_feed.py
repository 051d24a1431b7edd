"""The live feed behind a port: replay by number, only what the reader may see, and an end with the right to read."""

from __future__ import annotations

import json
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.desks.checks.lists import list_record
from tests.hub import hub, served
from tests.town import Browser, as_owner, browser, employ, found
from tripoint.access.door import COOKIE
from tripoint.access.model import Party, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7

SOON = 10.0  # seconds; far more than it takes


@dataclass
class Event:
    name: str = ""
    number: int | None = None
    data: dict[str, Any] = field(default_factory=dict)


@pytest.fixture(scope="module")
def app(database: Servers) -> FastAPI:
    return hub(database)


@pytest.fixture(scope="module")
def address(app: FastAPI) -> Generator[str]:
    with served(app) as address:
        yield address


@pytest.fixture
def holder(database: Servers) -> Party:
    return found(database)


@pytest.fixture
def asker(database: Servers) -> Party:
    return found(database)


def officer(app: FastAPI, database: Servers, party: Party) -> Browser:
    return browser(app, employ(database, party, Role.LIAISON_OFFICER))


@contextmanager
def following(address: str, reader: Browser, after: int | str | None = None) -> Generator[Iterator[Event]]:
    headers = {"cookie": f"{COOKIE}={reader.client.cookies[COOKIE]}"}
    if after is not None:
        headers["last-event-id"] = str(after)
    with httpx2.stream("GET", f"{address}/api/feed", headers=headers, timeout=SOON) as answer:
        assert answer.status_code == 200, answer.read()
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.headers["cache-control"] == "no-store"
        yield events(answer.iter_lines())


def events(lines: Iterator[str]) -> Iterator[Event]:
    event = Event()
    for line in lines:
        name, _, value = line.partition(": ")
        if not line and event.name:
            yield event
            event = Event()
        elif name == "event":
            event.name = value
        elif name == "id":
            event.number = int(value)
        elif name == "data":
            event.data = json.loads(value)


def ask(who: Browser, plate: str) -> list[dict[str, Any]]:
    body = {"id": str(uuid7()), "purpose": "border_control", "vehicle": {"plate": plate, "country": "PRY"}}
    hits: list[dict[str, Any]] = who("POST", "/api/checks", json=body)["hits"]
    return hits


def steal(engine: Engine, holder: Party, plate: str, level: str = "full") -> None:
    list_record(engine, holder, "vehicle", {"plate": plate, "country": "PRY", "status": "stolen"}, level=level)


def next_hit(found: Iterator[Event]) -> Event:
    return next(event for event in found if event.name == "hit")


def test_owner_and_searcher_are_told_live_of_every_step(
    address: str, app: FastAPI, engine: Engine, database: Servers, holder: Party, asker: Party
) -> None:
    steal(engine, holder, "L1VE")
    searcher, owner = officer(app, database, asker), officer(app, database, holder)
    with following(address, searcher) as ours, following(address, owner) as theirs:
        assert (next(ours).name, next(theirs).name) == ("hello", "hello")
        (hit,) = ask(searcher, "L1VE")
        for feed in (ours, theirs):
            event = next_hit(feed)
            assert event.data == {"id": hit["id"], "change": "raised"}
        owner("POST", f"/api/hits/{hit['id']}/decision", json={"decision": "confirmed", "reason": "it is ours"})
        assert next_hit(ours).data == next_hit(theirs).data == {"id": hit["id"], "change": "confirmed"}


def test_whoever_comes_back_is_told_what_he_missed(
    address: str, app: FastAPI, engine: Engine, database: Servers, holder: Party, asker: Party
) -> None:
    steal(engine, holder, "M1SSED")
    searcher = officer(app, database, asker)
    with following(address, searcher) as feed:
        next(feed)
        (first,) = ask(searcher, "M1SSED")
        stopped = next_hit(feed)
    (second,), (third,) = ask(searcher, "M1SSED"), ask(searcher, "M1SSED")
    time.sleep(0.3)
    with following(address, searcher, stopped.number) as feed:
        assert next(feed).name == "hello"
        again = [next_hit(feed), next_hit(feed)]
    assert [event.data["id"] for event in again] == [second["id"], third["id"]]
    assert first["id"] not in [event.data["id"] for event in again]
    numbers = [stopped.number, *(event.number for event in again)]
    assert numbers == sorted(set(numbers), key=lambda n: n or 0)
    with following(address, searcher, 0) as feed:
        everything = [next_hit(feed) for _ in range(3)]
    assert [event.data["id"] for event in everything] == [hit["id"] for hit in (first, second, third)]


def test_checks_are_told_as_a_number(address: str, app: FastAPI, database: Servers, asker: Party) -> None:
    searcher = officer(app, database, asker)
    with following(address, searcher) as feed:
        next(feed)
        for n in range(5):
            ask(searcher, f"N0NE{n}")
        told = 0
        for event in feed:
            assert event.name == "checks"
            assert set(event.data) == {"n"}
            told += event.data["n"]
            if told >= 5:
                break
    assert told == 5


@pytest.mark.parametrize("word", ["end", "elsewhere", "role", "strike"])
def test_the_stream_ends_with_the_right_to_read(
    address: str, app: FastAPI, database: Servers, asker: Party, word: str
) -> None:
    account = employ(database, asker, Role.LIAISON_OFFICER, Role.VIEWER)
    reader = browser(app, account)
    with following(address, reader) as feed:
        next(feed)
        if word == "end":
            reader("POST", "/api/sign-out", 204)
        elif word == "elsewhere":
            browser(app, account)("POST", "/api/account/end-others")
        elif word == "role":
            chief = browser(app, employ(database, asker, Role.PARTY_ADMINISTRATOR))
            chief("PUT", f"/api/officers/{account.id}", json={"roles": ["viewer"]})
        else:
            with as_owner(database) as owner:
                owner.exec_driver_sql("alter table officer no force row level security")
                owner.exec_driver_sql("update officer set active = false where party = %s", (asker.number,))
                owner.exec_driver_sql("alter table officer force row level security")
        began = time.monotonic()
        last = list(feed)
        assert time.monotonic() - began < 2.5
    assert [event.name for event in last] == ["goodbye"]
    assert last[0].data == {"code": "not_signed_in"}
    headers = {"cookie": f"{COOKIE}={reader.client.cookies.get(COOKIE) or 'gone'}"}
    assert httpx2.get(f"{address}/api/feed", headers=headers).status_code == 401


def test_a_blind_hit_is_told_to_its_owner_alone(
    address: str, app: FastAPI, engine: Engine, database: Servers, holder: Party, asker: Party
) -> None:
    steal(engine, holder, "BL1ND", "blind")
    steal(engine, holder, "PLA1N")
    searcher, owner = officer(app, database, asker), officer(app, database, holder)
    with following(address, searcher) as ours, following(address, owner) as theirs:
        next(ours), next(theirs)
        assert ask(searcher, "BL1ND") == []
        (plain,) = ask(searcher, "PLA1N")
        assert next_hit(ours).data["id"] == plain["id"]
        told = {next_hit(theirs).data["id"], next_hit(theirs).data["id"]}
    assert plain["id"] in told
    (blind,) = told - {plain["id"]}
    searcher("GET", f"/api/hits/{blind}", 404)
    owner("GET", f"/api/hits/{blind}")


def test_a_line_that_names_a_hit_one_may_no_longer_see_is_passed_over(
    address: str, app: FastAPI, engine: Engine, database: Servers, holder: Party, asker: Party
) -> None:
    searcher, stranger = officer(app, database, asker), officer(app, database, found(database))
    steal(engine, holder, "G0NE")
    (hit,) = ask(searcher, "G0NE")
    number = stranger_number(database, hit["id"], stranger)
    with following(address, stranger, number - 1) as feed:
        assert next(feed).name == "hello"
        ask(stranger, "N0THING")
        assert next(feed).name == "checks"  # the planted line about another's hit never comes


def stranger_number(database: Servers, hit: str, stranger: Browser) -> int:
    """Plant a line about the hit into the stranger's feed, as a fault elsewhere might."""
    code = stranger("GET", "/api/session")["officer"]["party"]["code"]
    with as_owner(database) as owner:
        number = owner.exec_driver_sql("select number from party where code = %s", (code,)).scalar_one()
        owner.exec_driver_sql("set local role tripoint_relay")
        owner.exec_driver_sql("insert into feed_head values (%s, 1)", (number,))
        owner.exec_driver_sql(
            "insert into feed (party, seq, kind, ref, change) values (%s, 1, 'hit', %s, 'raised')", (number, hit)
        )
    return 1


@pytest.mark.parametrize("word", ["x", "-1", "1" * 30, "1.5"])
def test_a_number_nobody_gave_is_refused_by_name(
    address: str, app: FastAPI, database: Servers, asker: Party, word: str
) -> None:
    headers = {"cookie": f"{COOKIE}={officer(app, database, asker).client.cookies[COOKIE]}", "last-event-id": word}
    answer = httpx2.get(f"{address}/api/feed", headers=headers)
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "Last-Event-ID")
