"""Figures of a real database: what is counted is what is opened, whatever is asked."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.desks.results.scene import Scene
from tests.town import Browser, application, as_owner, browser, employ, found
from tripoint.access.http import routes as access
from tripoint.access.model import Role
from tripoint.base.embedded_postgres import Servers
from tripoint.desks.results import keeping
from tripoint.desks.results.http import routes
from tripoint.desks.results.measures import MEASURES
from tripoint.desks.results.model import Table

FIGURES, RECORDS = "/api/results/figures", "/api/results/figures/records"
LINES: dict[str, Callable[[random.Random], dict[str, Any]]] = {
    "arrest": lambda dice: {
        "offence": dice.choice(["02011", "02031"]), "offence_group": dice.choice(["smuggling", "documents", None]),
        "other_crime": dice.random() < 0.3, "sex": "male", "age_group": "adult",
        "basis": dice.choice(["hit", "report"]),
    },
    "victim": lambda dice: {
        "status": dice.choice(["potential", "identified", "not_a_victim"]),
        "age_group": dice.choice(["child", "adult"]),
        "exploitation": dice.sample(["Sexual", "ForcedLabour", "ForcedCriminality"], dice.randint(0, 2)),
    },
    "detection": lambda dice: {"nationality": dice.choice(["VEN", "ECU", "CHN", None, "unknown"]), "mode": "land"},
    "seizure": lambda dice: {"items": [
        {"category": dice.choice(["cash", "phone", "document"]), "quantity": str(dice.randint(1, 4)),
         "value_usd": dice.choice([None, "100.50"])} for _ in range(dice.randint(1, 3))
    ]},
    "freeze": lambda dice: {"account_kind": "wallet", "amount_usd": dice.choice(["1000", None])},
    "interview": lambda dice: {"language": "es", "price_usd": dice.choice(["2700", "20000", None])},
}  # fmt: skip


@pytest.fixture(scope="module")
def scene(database: Servers) -> Scene:
    """An operation with a little of everything, joint results among it."""
    made, dice = Scene(database), random.Random(7)
    for kind, line in LINES.items():
        for owner in (made.one, made.two):
            for _ in range(12):
                state = dice.choice(["preliminary", "confirmed", "final", "withdrawn"])
                made.file(kind, owner, line=line(dice), state=state, version=dice.randint(1, 3))
    for (one,) in (made.file("arrest", made.one, line=LINES["arrest"](dice)) for _ in range(3)):
        made.file("arrest", made.two, line=LINES["arrest"](dice), joint=one)
    return made


@pytest.fixture
def app(engine: Engine) -> FastAPI:
    return application(engine, access.router, routes.router)


@pytest.fixture
def hub(app: FastAPI, scene: Scene) -> Browser:
    return browser(app, scene.analyst)


def ask(who: Browser, scene: Scene, measure: str, expect: int = 200, **more: Any) -> Any:
    body = {"operation": str(scene.plan.id), "measure": measure} | more
    return who("POST", FIGURES, expect, json=body)


def opened(who: Browser, scene: Scene, measure: str, codes: dict[str, str], page: int = 7) -> list[dict[str, Any]]:
    """All records of a figure, page by page."""
    lines: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        params: dict[str, Any] = {"operation": str(scene.plan.id), "measure": measure, "limit": page}
        params["filter"] = [f"{name}:{code}" for name, code in codes.items()]
        answer = who("GET", RECORDS, params=params | ({"after": after} if after else {}))
        lines += answer["records"]
        after = answer["next"]
        if after is None:
            return lines


def digest(lines: list[dict[str, Any]]) -> str:
    """The digest of a set of records as its definition says it."""
    ordered = sorted((bytes.fromhex(one["id"].replace("-", "")), one["version"]) for one in lines)
    return sha256(b"".join(which + version.to_bytes(4, "big") for which, version in ordered)).hexdigest()


@pytest.mark.parametrize("name", [name for name, one in MEASURES.items() if one.table is Table.OCCURRENCES])
def test_every_figure_opens_the_records_it_counts(hub: Browser, scene: Scene, name: str) -> None:
    measure = MEASURES[name]
    asked = [(), *[(one,) for one in measure.dimensions if one not in ("post", "day")][:2]]
    for dimensions in asked:
        figure = ask(hub, scene, name, dimensions=list(dimensions))
        for part in figure["parts"] if dimensions else [figure]:
            lines = opened(hub, scene, name, part["codes"], page=40)
            assert len(lines) == part["record_set"]["count"]
            assert digest(lines) == part["record_set"]["sha256"]
            if measure.reckoning == "count":
                assert part["value"] + part["joint"] == len(lines)
            if measure.reckoning == "sum":
                assert part["value"] == pytest.approx(sum(line["amount"] or 0 for line in lines if line["counted"]))


def test_joint_results_count_once_and_the_parts_say_why_they_are_more(hub: Browser, scene: Scene) -> None:
    figure = ask(hub, scene, "arrests", dimensions=["party"])
    assert figure["joint"] == 3
    assert sum(part["value"] for part in figure["parts"]) == figure["value"] + 3
    assert figure["foot"] == {
        "expected": figure["value"], "found": figure["value"] + 3, "agrees": False, "reason": "joint",
    }  # fmt: skip
    assert ask(hub, scene, "arrests", dimensions=["offence"])["foot"]["agrees"]


def test_paging_shows_each_record_once(hub: Browser, scene: Scene) -> None:
    lines = opened(hub, scene, "arrests", {}, page=5)
    assert len({line["id"] for line in lines}) == len(lines) == ask(hub, scene, "arrests")["record_set"]["count"]
    assert sum(line["counted"] for line in lines) == ask(hub, scene, "arrests")["value"]


def test_status_unknown_and_withdrawn_are_told(hub: Browser, scene: Scene) -> None:
    figure = ask(hub, scene, "detections", dimensions=["nationality"])
    assert figure["status"] == "preliminary"
    assert 0 < figure["unknown_share"] < 1
    unknown = next(part for part in figure["parts"] if part["codes"] == {"nationality": "unknown"})
    assert unknown["unknown_share"] == 1.0
    assert not any(line["state"] == "withdrawn" for line in opened(hub, scene, "detections", {}))
    cash = ask(hub, scene, "cash_usd")
    assert 0 < cash["unknown_share"] < 1


def test_only_what_the_reader_may_see_is_counted(app: FastAPI, scene: Scene, database: Servers, hub: Browser) -> None:
    member = browser(app, employ(database, scene.one, Role.ANALYST))
    own = ask(member, scene, "arrests", dimensions=["party"])
    assert [part["codes"]["party"] for part in own["parts"]] == [scene.one.code]
    assert own["value"] < ask(hub, scene, "arrests")["value"]
    stranger = browser(app, employ(database, found(database), Role.ANALYST))
    ask(stranger, scene, "arrests", 404)
    press = browser(app, employ(database, scene.hub, Role.PRESS_OFFICER))
    ask(press, scene, "arrests", 403)


def test_unlike_units_are_not_divided_or_added(hub: Browser, scene: Scene) -> None:
    told = ask(hub, scene, "detections", 422, per="checks_database")
    assert "one counts migrants, the other database checks" in told["error"]["sentence"]
    told = ask(hub, scene, "checks_persons", 422, plus=["checks_vehicles"])
    assert "one counts persons, the other vehicles" in told["error"]["sentence"]
    told = ask(hub, scene, "arrests", 422, plus=["arrests_other_crimes"])
    assert "the same record would count twice" in told["error"]["sentence"]
    ask(hub, scene, "arrests", 422, dimensions=["exploitation"])
    ask(hub, scene, "shoe_sizes", 422)
    part = ask(hub, scene, "arrests_other_crimes", per="arrests")
    assert part["rate"] == pytest.approx(part["value"] / part["per"]["value"], abs=1e-4)
    both = ask(hub, scene, "victims_potential", plus=["victims_identified"])
    assert both["sum"] == ask(hub, scene, "victims")["value"]


def test_filters_and_periods_narrow_alike(hub: Browser, scene: Scene) -> None:
    whole = ask(hub, scene, "victims")["value"]
    parts = [
        ask(hub, scene, "victims", filters={"status": status, "age_group": age})["value"]
        for status, age in itertools.product(("potential", "identified"), ("child", "adult"))
    ]
    assert sum(parts) == whole
    later = (scene.plan.ends_at).isoformat()
    more: dict[str, Any] = {"from": later}
    assert ask(hub, scene, "victims", **more)["value"] == 0
    ask(hub, scene, "victims", 422, **more, to=later)


CHECKS = """
with made as (
  insert into check_made (party, id, officer, operation, coordinator, purpose, kinds, grade, complete, body_hash,
                          sets_digest, asked_at)
  select %(party)s, gen_random_uuid(), gen_random_uuid(), %(operation)s, %(hub)s, 'border_control', '{document}',
         'none', true, '', '', clock_timestamp() from generate_series(1, %(many)s))
insert into check_count (party, coordinator, operation, post, minute, checks)
values (%(party)s, %(hub)s, %(operation)s, gen_random_uuid(), date_trunc('minute', now()), %(many)s)
"""


def test_figures_of_many_checks_are_counted_once_while_nothing_changes(
    app: FastAPI, scene: Scene, hub: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def check(many: int) -> None:
        with as_owner(scene.database) as session:
            values = {"party": scene.one.number, "hub": scene.hub.number, "operation": scene.plan.id, "many": many}
            session.exec_driver_sql(CHECKS, values)

    monkeypatch.setattr(keeping, "MANY", 1)
    theirs = browser(app, employ(scene.database, scene.one, Role.ANALYST))
    check(3)
    first = ask(hub, scene, "checks_database", dimensions=["purpose"])
    assert (first["value"], first["parts"][0]["value"]) == (3, 3)
    check(2)
    assert ask(hub, scene, "checks_database", dimensions=["purpose"]) == first  # of that minute, as it says itself
    monkeypatch.setattr(keeping, "A_MINUTE", keeping.NOW)
    now = ask(hub, scene, "checks_database", dimensions=["purpose"])
    assert now["value"] == 5
    assert ask(hub, scene, "checks_database", dimensions=["purpose"]) == now  # its as-of too: nothing changed
    assert ask(theirs, scene, "checks_database", dimensions=["purpose"])["value"] == 5
    assert digest(opened(hub, scene, "checks_database", {})) == now["record_set"]["sha256"]
