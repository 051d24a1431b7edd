"""Many checks in one batch are answered and kept exactly as each of them would be alone."""

from __future__ import annotations

import json
from collections.abc import Generator
from random import Random
from typing import Any

import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from tests.desks.checks.lists import list_record
from tests.hub import hub
from tests.relayed import relay_all
from tests.town import Browser, as_owner, browser, employ, found, rows
from tripoint.access.model import Role
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7
from tripoint.doors.batch import BATCH

NAME, VICTIM, BIRTH = "Mireldo Antuvelas Corvey", "Miravelda Quoshtan", "1976-05-12"
EVERYONE = {"kind": "everyone"}
SEALED = {
    "status": "victim", "source_key": "V-1", "names": [{"full": VICTIM}], "births": [BIRTH], "nationalities": ["COL"],
    "documents": [{"number": "ZK660123", "issuer": "COL"}], "notices": [{"colour": "yellow", "action": "protect"}],
}  # fmt: skip
DOCUMENTS = [
    {"number": "BF0LL"}, {"number": "BF0LL", "issuer": "BRA", "type": "visa"}, {"number": "8F0LL"},
    {"number": "B8LIND"}, {"number": "BP0INT"}, {"number": "ZK660123"}, {"number": "PD770011"},
    {"number": "BF0LM", "near": True, "issuer": "BRA"}, {"number": "N0WHERE"},
]  # fmt: skip
PERSONS = [
    {"name": NAME, "birth": BIRTH}, {"name": NAME.upper()}, {"name": VICTIM, "birth": BIRTH}, {"name": "Nobody Atall"},
]  # fmt: skip
VEHICLES = [{"vin": "WVWZZZ1JZXW000001"}, {"plate": "BLN 123", "country": "BRA"}, {"plate": "N0 1"}]
FIREARMS = [{"serial": "SER1AL7", "make": "Taurano"}, {"serial": "SER1AL", "make": "Taurano"}, {"serial": "N0NE"}]
KEPT = """
select c.purpose, c.kinds, c.grade, c.complete, c.latitude, c.longitude, c.device_time, c.body_hash, c.failed, q.asked,
       c.officer, c.device, c.operation, c.post, c.coordinator, s.sets is not null, q.retain_until
  from check_made c join check_question q using (party, id)
  join searched_sets s on s.party = c.party and s.digest = c.sets_digest
 where c.id = %(id)s
"""
HITS = """
select h.kind, h.record, h.record_version, h.owner, h.asker, h.level, h.grade, h.score, h.state, f.asked, f.held,
       f.comparison, f.reasons, f.model, f.nature, f.action, f.instructions, f.protect, f.level
  from hit h join hit_finding f on f.hit = h.id where h.check_id = %(id)s order by h.record
"""
COLUMNS = "act, purpose, reason, object_kind, object_owner, object_version, recipients, outcome, owner_only, officer"
TRAIL = f"select {COLUMNS} from audit where object_id = %(id)s"
RAISED = f"""
select {COLUMNS}, object_id from audit where act = 'raise_hit' and request in
   (select request from audit where object_id = any(%(ids)s::uuid[]))
 order by object_id, object_kind, purpose
"""



@pytest.fixture(scope="module")
def app(database: Servers) -> Generator[FastAPI]:
    app = hub(database)
    yield app
    app.state.door.engine.dispose()


@pytest.fixture(scope="module")
def officer(app: FastAPI, database: Servers) -> Browser:
    """One who may meet documents, persons, a car and a gun at every level, and a sealed victim."""
    engine, holder = app.state.door.engine, found(database)
    for number, level in (("BF0LL", "full"), ("B8LIND", "blind"), ("BP0INT", "pointer")):
        held = {"number": number, "issuer": "BRA", "type": "visa", "status": "lost"}
        list_record(engine, holder, "document", held, level=level)
    person = {"names": [{"full": NAME, "kind": "primary"}], "births": [BIRTH], "nationalities": ["COL"],
              "documents": [{"number": "PD770011", "issuer": "COL"}]}  # fmt: skip
    list_record(engine, holder, "person", person)
    list_record(engine, holder, "person", person | {"births": ["1976"]}, level="blind")
    list_record(engine, holder, "vehicle", {"vin": "WVWZZZ1JZXW000001", "plate": "BLN123", "country": "BRA",
                                            "make": "Gurgel", "status": "stolen"})  # fmt: skip
    list_record(engine, holder, "firearm", {"serial": "SER1AL7", "make": "Taurano", "status": "stolen"},
                level="pointer")
    liaison = browser(app, employ(database, holder, Role.LIAISON_OFFICER))
    terms = {"readers": EVERYONE, "meeting": EVERYONE, "level": "full"}
    liaison("POST", "/api/records/person", 201, json={"content": SEALED, "terms": terms})
    return browser(app, employ(database, found(database), Role.FIELD_OFFICER))


def without_moment(answer: dict[str, Any]) -> str:
    """An answer but for what differs between any two: ids, the moment, and how far the device's clock was off then."""
    hits = [{name: value for name, value in hit.items() if name != "id"} for hit in answer["hits"]]
    off = answer["clock_apart"] is not None
    return json.dumps({**answer, "id": None, "answered_at": None, "clock_apart": off, "hits": hits})


def kept(database: Servers, answers: list[dict[str, Any]]) -> Any:
    """All that the database keeps of checks and of what they met, but for ids and moments."""
    ids = [one["id"] for one in answers]
    with as_owner(database) as owner:
        each = [[rows(owner, query, id=check) for query in (KEPT, HITS, TRAIL)] for check in ids]
        return each, rows(owner, RAISED, ids=ids)


QUESTIONS = st.fixed_dictionaries(
    {"purpose": st.sampled_from(["border_control", "investigation"])},
    optional={
        "document": st.sampled_from(DOCUMENTS), "person": st.sampled_from(PERSONS),
        "vehicle": st.sampled_from(VEHICLES), "firearm": st.sampled_from(FIREARMS),
        "position": st.just({"latitude": -4.25, "longitude": -69.9}),
        "device_time": st.sampled_from(["2026-01-01T10:00:00+02:00", "2025-12-31T23:00:00Z"]),
    },
).filter(lambda asked: asked.keys() & {"document", "person", "vehicle", "firearm"})  # fmt: skip


@settings(
    max_examples=4, deadline=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(asked=st.lists(QUESTIONS, min_size=2, max_size=8))
def test_a_batch_answers_and_keeps_as_single_checks_do(
    app: FastAPI, database: Servers, officer: Browser, asked: list[dict[str, Any]]
) -> None:
    alone = [officer("POST", "/api/checks", json={"id": str(uuid7()), **one}) for one in asked]
    lines = [{"id": str(uuid7()), **one} for one in asked]
    reply = officer.client.post(BATCH, content="\n".join(map(json.dumps, lines)).encode())
    together = [json.loads(line) for line in reply.text.splitlines()]
    relay_all(database)
    assert [one["id"] for one in together] == [line["id"] for line in lines]
    assert list(map(without_moment, together)) == list(map(without_moment, alone))
    assert kept(database, together) == kept(database, alone)


def test_each_kind_of_record_is_met_in_a_batch(app: FastAPI, officer: Browser) -> None:
    asked: list[dict[str, Any]] = [{"document": one} for one in DOCUMENTS] + [{"person": one} for one in PERSONS]
    asked += [{"vehicle": one} for one in VEHICLES] + [{"firearm": one} for one in FIREARMS]
    lines = [{"id": str(uuid7()), "purpose": "border_control", **one} for one in asked]
    Random(7).shuffle(lines)
    reply = officer.client.post(BATCH, content="\n".join(map(json.dumps, lines)).encode())
    told = {json.dumps(line, sort_keys=True): len(json.loads(one)["hits"])
            for line, one in zip(lines, reply.text.splitlines(), strict=True)}  # fmt: skip
    nothing = [line for line, hits in told.items() if not hits]
    assert len(nothing) == 5, nothing
    assert all(any(word in line for word in ("N0", "B8LIND", "Nobody")) for line in nothing)
