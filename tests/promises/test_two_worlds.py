"""Non-interference: an officer's day looks the same to the byte, whatever others hold and do that he may not know.

The same day is played in two worlds. The second also has hidden records, blind meetings, other parties' checks, hits
and announcements. Ids and moments are numbered in the order they appear; all else must match.
"""

from __future__ import annotations

import json
import re
from typing import Any

from sqlalchemy import Engine

from tests.desks.checks.lists import NOBODY, list_record
from tests.hub import hub
from tests.town import Browser, browser, employ, found
from tripoint.access.model import Party, Role
from tripoint.base.announcements import read_feed
from tripoint.base.database import RELAY_ROLE, make_engine, stand_under, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7
from tripoint.base.relay import Relay
from tripoint.wiring import WIRING

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
MOMENT = re.compile(r"\d{4}-?\d\d-?\d\dT\d\d:?\d\d:?\d\d(\.\d+)?(Z|[+]\d\d:\d\d)")
SECRET = re.compile(r'"csrf":"[^"]*"')
CAR = {"plate": "SHARED1", "country": "PRY", "status": "stolen"}
GUN = {"serial": "SHARED2", "make": "Arvandel", "status": "lost"}
PASS = {"number": "SHARED3", "issuer": "BRA", "type": "passport", "status": "stolen"}
ANA = {"names": [{"full": "Mireldo Antuvelas Corvey"}], "births": ["1976-05-12"], "nationalities": ["COL"]}
QUESTIONS: tuple[dict[str, Any], ...] = (
    {"vehicle": {"plate": "SHARED1", "country": "PRY"}},
    {"firearm": {"serial": "SHARED2", "make": "Arvandel"}},
    {"document": {"number": "SHARED3", "issuer": "BRA"}},
    {"person": {"name": "Mireldo Antuvelas Corvey", "birth": "1976-05-12"}},
    {"vehicle": {"plate": "H1DDEN"}, "document": {"number": "H1DDEN"}},
)


def check(who: Browser, question: dict[str, Any]) -> Any:
    return who.client.post("/api/checks", json={"id": str(uuid7()), "purpose": "border_control", **question})


def world(database: Servers, *, others: bool) -> tuple[str, Engine]:
    """Play the day; what the officer was told, everything of it."""
    app = hub(database)
    engine = app.state.door.engine
    asker, owner, other = (found(database, code=code) for code in ("ASK", "OWN", "OTH"))
    list_record(engine, owner, "vehicle", CAR)
    ours = browser(app, employ(database, asker, Role.LIAISON_OFFICER, Role.COORDINATOR, name="ours"))
    theirs = browser(app, employ(database, owner, Role.LIAISON_OFFICER, name="theirs"))
    third = browser(app, employ(database, other, Role.LIAISON_OFFICER, name="third"))
    relay_engine = make_engine(database.relay, role=RELAY_ROLE, pool=1)
    relay = Relay(relay_engine, WIRING)
    if others:
        hide(engine, owner, other)
    told = []
    for question in QUESTIONS:
        if others:
            check(third, question)
            relay.look()
        told.append(check(ours, question))
        relay.look()
        if others:
            for hit in third.client.get("/api/hits").json()["hits"]:
                third.client.post(f"/api/hits/{hit['id']}/referral", json={})
            relay.look()
    told += look_around(ours)
    (hit,) = [hit["id"] for hit in ours.client.get("/api/hits").json()["hits"]]
    theirs.client.post(f"/api/hits/{hit}/decision", json={"decision": "confirmed", "reason": "it is ours"})
    relay.look()
    told += [ours.client.get(f"/api/hits/{hit}"), *look_around(ours)]
    with transaction(engine) as session:
        stand_under(session, asker.number)
        feed = [
            (entry.seq, entry.kind, str(entry.ref), entry.change, entry.count)
            for entry in read_feed(session, asker.number, 0)
        ]
    relay_engine.dispose()
    return plain([*(f"{one.status_code} {sorted(one.headers)} {one.text}" for one in told), json.dumps(feed)]), engine


def hide(engine: Engine, owner: Party, other: Party) -> None:
    """What the asker may not know: another's own records, and blind and unmeetable ones of the owner."""
    for party, terms in ((other, {"meeting": NOBODY}), (owner, {"level": "blind"}), (owner, {"level": "nothing"})):
        list_record(engine, party, "vehicle", CAR, **terms)
        list_record(engine, party, "vehicle", CAR | {"plate": "H1DDEN"}, **terms)
    list_record(engine, other, "firearm", GUN, meeting=NOBODY)
    list_record(engine, other, "document", PASS, meeting=NOBODY)
    list_record(engine, other, "person", ANA, meeting=NOBODY)
    list_record(engine, owner, "vehicle", CAR | {"plate": "OTHERS"}, meeting={"kind": "parties", "parties": ["OTH"]})


def look_around(who: Browser) -> list[Any]:
    paths = ("session", "parties", "checks", "hits", "hits?side=asker", "room/figures", "sets", "sign-ins", "health")
    return [who.client.get(f"/api/{path}") for path in paths]


# Two worlds may be lived through on either side of a full minute: how many there were must match, not in which.
MINUTES, COUNTED = re.compile(r'"per_minute":\[[^]]*\]'), re.compile(r'"n":(\d+)')


def plain(texts: list[str]) -> str:
    """The texts with ids and moments replaced: ids by their order of appearance."""
    seen: dict[str, str] = {}
    whole = "\n".join(texts)
    whole = UUID.sub(lambda found: seen.setdefault(found[0], f"id{len(seen)}"), whole)
    whole = MINUTES.sub(lambda found: f'"per_minute":{sum(map(int, COUNTED.findall(found[0])))}', whole)
    return SECRET.sub("csrf", MOMENT.sub("moment", whole))


def test_what_others_hold_and_do_changes_nothing_of_ones_day(database: Servers, own_database: Servers) -> None:
    alone, first = world(database, others=False)
    among, second = world(own_database, others=True)
    for engine in (first, second):
        engine.dispose()
    assert among.splitlines() == alone.splitlines()


def test_the_comparison_can_fail(database: Servers) -> None:
    """The same texts with one count changed are not taken for the same."""
    assert plain(['{"n": 1}']) != plain(['{"n": 2}'])
    one, other = str(uuid7()), str(uuid7())
    assert plain([one, other]) != plain([one, one])
