"""Paraguay's cartridge case finds Brazil's: examiners of both confirm, cases are linked, no other learns of it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

from tests.desks.ballistics.made import InMemory, x3p_text
from tests.town import application, as_owner, browser, employ, found
from tripoint.access import http as access
from tripoint.access.model import Role
from tripoint.base.database import RELAY_ROLE, make_engine, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.desks.ballistics import desk_http, http, jobs

MET_BY_ALL = {"meeting": {"kind": "everyone"}}


class Laboratory:
    """A country's desk: two examiners, one exhibit after another."""

    def __init__(self, scene: Scene, name: str) -> None:
        self.scene, self.party = scene, found(scene.database, contact=f"desk of {name}")
        self.code = self.party.code
        examiners = [employ(scene.database, self.party, Role.ANALYST) for _ in range(2)]
        self.ask, self.second = (browser(scene.app, one) for one in examiners)
        self.protector = browser(scene.app, employ(scene.database, self.party, Role.DATA_PROTECTION_OFFICER))

    def exhibit(self, case: str, **said: Any) -> str:
        body = {"id": str(uuid4()), "kind": "cartridge_case", "case_reference": case, "calibre": "9x19", **said}
        return str(self.ask("POST", "/api/exhibits", 201, json=body)["id"])

    def scan(self, exhibit: str, seed: int, **how: Any) -> dict[str, Any]:
        body = {"id": str(uuid4()), "region": "breech-face", "file": x3p_text(seed, **how)}
        made: dict[str, Any] = self.ask("POST", f"/api/exhibits/{exhibit}/scans", 201, json=body)
        return made

    def search(self, scan: dict[str, Any], **how: Any) -> dict[str, Any]:
        asked = {"id": str(uuid4()), "scan": scan["id"], **how}
        made = self.ask("POST", f"/api/exhibits/{scan['exhibit']}/search", 201, json=asked)
        assert made["state"] == "waiting"
        self.scene.work()
        told: dict[str, Any] = self.ask("GET", f"/api/ballistics/runs/{made['id']}")
        return told

    def candidates(self, **query: Any) -> list[dict[str, Any]]:
        listed: list[dict[str, Any]] = self.ask("GET", "/api/ballistics/candidates", params=query)["candidates"]
        return listed

    def everything(self) -> str:
        """All that this desk can get at, as text."""
        pages = ["/api/exhibits", "/api/ballistics/runs", "/api/ballistics/candidates", "/api/ballistics/links"]
        return " ".join(str(self.ask("GET", page)) for page in pages)


class Scene:
    """Three countries at one hub, and its worker."""

    folder: Path  # of the real collection, where there is one

    def __init__(self, engine: Engine, database: Servers) -> None:
        self.database = database
        self.app = application(engine, *(one.router for one in (access.routes, http.routes, desk_http.routes)))
        self.collection = InMemory()
        self.relay = make_engine(database.relay, role=RELAY_ROLE, pool=1)
        self.here, self.there, self.third = (Laboratory(self, name) for name in ("Paraguay", "Brazil", "Peru"))

    def work(self) -> None:
        while jobs.work(lambda: transaction(self.relay), self.collection):
            pass

    def told(self, party: int) -> list[str]:
        """What was announced to a party."""
        with as_owner(self.database) as owner:
            owner.exec_driver_sql("set local row_security = off")
            query = "select change from outbox where kind = 'ballistics' and %(party)s = any(parties) order by id"
            return list(owner.exec_driver_sql(query, {"party": party}).scalars())


@pytest.fixture(scope="module")
def scene(engine: Engine, database: Servers) -> Any:
    made = Scene(engine, database)
    yield made
    made.relay.dispose()


def custody(act: str) -> dict[str, Any]:
    return {
        "id": str(uuid4()), "at": datetime.now(UTC).isoformat(), "act": act, "by_officer": "B. Inventada",
        "place": "laboratory",
    }  # fmt: skip


def test_two_cases_are_linked_once_two_examiners_have_confirmed_it(scene: Scene) -> None:
    here, there, third = scene.here, scene.there, scene.third
    theirs = there.exhibit("BR 7/2026", terms={"meeting": {"kind": "parties", "parties": [here.code]}})
    there.scan(theirs, 1)
    there.scan(there.exhibit("BR 8/2026"), 2)
    scene.work()
    told = {"meeting": {"kind": "parties", "parties": [there.code]}, "level": "pointer"}
    ours = here.exhibit("PY 17/2026", terms=told)
    scan = here.scan(ours, 1)
    assert (scan["quality"]["fit"], scan["simulated"]) == (True, True)
    found = here.search(scan)
    assert (found["run"]["searched"], found["run"]["fully_scored"]) == (1, 1)  # their other one meets nobody
    (best,) = found["candidates"]
    assert (best["level"], best["other"]["case_reference"], best["other_party"]) == ("full", "BR 7/2026", there.code)
    (lead,) = [one for one in there.candidates() if one["other_party"] == here.code]
    assert (lead["level"], lead["other"], lead["other_party"]) == ("pointer", None, here.code)
    assert (lead["other_contact"], lead["lead"]) == ("desk of Paraguay", True)
    there.ask("GET", f"/api/exhibits/{ours}", 404)
    other = best["other"]["scan"]
    pair = here.ask("GET", "/api/ballistics/pairs", params={"one": scan["id"], "other": other})
    assert (pair["comparison"]["congruent_cells"], pair["candidate"]["id"]) == (9, best["id"])
    assert pair["strength"] == {
        "likelihood_ratio": None, "bounds": None, "population": None, "refused": "no_reference_population"
    }
    asked = {"id": str(uuid4()), "candidate": best["id"], "reason": "nine congruent cells"}
    here.ask("POST", "/api/ballistics/links", 409, json=asked)
    verdict = {"verdict": "potential", "reason": "nine cells agree on one pose"}
    decided = here.ask("POST", f"/api/ballistics/candidates/{best['id']}/verdict", json=verdict)
    assert (decided["verdict"], decided["decided_by_name"]) == ("potential", "Ana Inventada")
    link = here.ask("POST", "/api/ballistics/links", 201, json=asked)
    assert here.ask("POST", "/api/ballistics/links", 200, json=asked)["id"] == link["id"]
    here.ask("POST", f"/api/ballistics/candidates/{best['id']}/verdict", 409, json=verdict)
    steps = f"/api/ballistics/links/{link['id']}/steps"
    there.ask("POST", steps, 409, json={"step": "exchanged"})  # nothing was handed over yet
    here.ask("POST", f"/api/exhibits/{theirs}/custody", 404, json=custody("received"))
    there.ask("POST", f"/api/exhibits/{theirs}/custody", 204, json=custody("handed_over"))
    there.ask("POST", steps, json={"step": "exchanged"})
    here.ask("POST", f"/api/exhibits/{theirs}/custody", 422, json=custody("destroyed"))
    here.ask("POST", f"/api/exhibits/{theirs}/custody", 204, json=custody("received"))
    chain = there.ask("GET", f"/api/exhibits/{theirs}")
    assert chain["custody_whole"]
    assert [one["party"] for one in chain["custody"]] == [there.code, here.code]

    finding = {"step": "finding", "finding": "identification", "remarks": "striae agree in three fields"}
    first = here.ask("POST", steps, json=finding)
    assert (first["state"], first["may_find"]) == ("microscope_first", False)
    assert first["findings"][0]["finding"] == "identification"
    for blind in (here.second, there.ask):  # nobody learns what the first found before the second has said it
        shown = blind("GET", f"/api/ballistics/links/{link['id']}")
        assert (shown["findings"], shown["may_find"], shown["cases"]) == ([], True, [])
        assert not any(word in str(shown) for word in ("striae", "identification"))
    here.ask("POST", steps, 403, json=finding)
    done = there.ask("POST", steps, json={"step": "finding", "finding": "identification"})
    assert (done["state"], done["cases"]) == ("confirmed", ["PY 17/2026", "BR 7/2026"])
    assert [one["finding"] for one in done["findings"]] == ["identification"] * 2
    (linked,) = there.ask("GET", f"/api/exhibits/{theirs}")["linked"]
    assert (linked["state"], linked["case_reference"], linked["other_party"]) == ("confirmed", "PY 17/2026", here.code)
    here.ask("POST", steps, 409, json={"step": "close"})

    ways = ["physical_asked", "exhibits_exchanged", "microscope_first", "confirmed"]
    assert [one for one in scene.told(there.party.number) if one in ways] == ways
    assert "lead" in scene.told(there.party.number)
    assert scene.told(third.party.number) == []
    assert third.candidates() == []
    for path in (f"exhibits/{theirs}", f"ballistics/links/{link['id']}", f"ballistics/runs/{found['run']['id']}"):
        third.ask("GET", f"/api/{path}", 404)
    third.ask("GET", "/api/ballistics/pairs", 404, params={"one": scan["id"], "other": other})
    assert not any(word in third.everything() for word in (ours, theirs, "PY 17", "BR 7", here.code, there.code))


def test_what_is_met_blind_is_told_to_its_owner_alone(scene: Scene) -> None:
    here, there = scene.here, scene.there
    blind = {"meeting": {"kind": "everyone"}, "level": "blind"}
    hidden = there.exhibit("BR 30/2026", terms=blind)
    their_scan = there.scan(hidden, 30)
    scene.work()
    ours = here.exhibit("PY 31/2026", terms=MET_BY_ALL)
    scan = here.scan(ours, 30)
    scene.work()
    asked = here.search(scan)
    known = [exhibit["id"] for exhibit in here.ask("GET", "/api/exhibits")["exhibits"]]
    assert hidden not in known
    assert all(one["other"] and one["other"]["exhibit"] != hidden for one in asked["candidates"])
    assert asked["run"]["searched"] == len(scene.collection.asked[-1])
    assert UUID(their_scan["id"]) not in scene.collection.asked[-1]  # it was not even scored
    assert hidden not in here.everything()
    (lead,) = [one for one in there.candidates(exhibit=hidden) if one["lead"]]
    assert (lead["other"]["exhibit"], lead["level"], lead["congruent_cells"]) == (ours, "full", 9)
    there.ask("GET", "/api/ballistics/pairs", params={"one": their_scan["id"], "other": scan["id"]})
    there.ask("GET", f"/api/exhibits/{ours}/scans/{scan['id']}/mask")
    for which in (ours, scan["id"]):  # the trail of its own exhibit does not tell that another's search met it
        trail = here.protector("GET", "/api/audit", params={"object": which, "limit": 100})["entries"]
        assert there.code not in str(trail)
        assert trail
    here.ask("GET", "/api/ballistics/pairs", 404, params={"one": scan["id"], "other": their_scan["id"]})
    here.ask("POST", f"/api/ballistics/candidates/{lead['id']}/verdict", 404, json={"verdict": "none", "reason": "no"})
    verdict = {"verdict": "potential", "reason": "worth telling"}
    there.ask("POST", f"/api/ballistics/candidates/{lead['id']}/verdict", json=verdict)
    body = {"id": str(uuid4()), "candidate": lead["id"], "reason": "please compare"}
    link = there.ask("POST", "/api/ballistics/links", 201, json=body)
    shown = here.ask("GET", f"/api/ballistics/links/{link['id']}")  # now its owner has told of it
    assert shown["theirs"] == {
        "party": there.code, "exhibit": None, "scan": None, "case_reference": None, "readable": False
    }
