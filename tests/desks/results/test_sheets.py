"""Sheets on a real database: two people, frozen bytes, small numbers hidden, revisions that tell nothing together."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.desks.results.scene import Scene
from tests.town import Browser, application, as_owner, browser, employ, rows
from tripoint.access.http import routes as access
from tripoint.access.model import Role
from tripoint.base.embedded_postgres import Servers
from tripoint.desks.results.http import routes

SHEETS = "/api/results/sheets"


@pytest.fixture
def scene(database: Servers) -> Scene:
    made = Scene(database)
    made.file("arrest", times=6, line={"offence_group": "smuggling"})
    made.file("detection", times=7, line={"nationality": "VEN", "age_group": "adult"})
    made.file("detection", times=3, line={"nationality": "CHN", "age_group": "adult"})
    made.victims("Sexual", 14)
    made.victims("Begging", 3, age_group="child")
    made.victims("ForcedLabour", 12)
    return made


@pytest.fixture
def app(engine: Engine) -> FastAPI:
    return application(engine, access.router, routes.router)


class Desk:
    """The coordinating party's two officers at their desk."""

    def __init__(self, app: FastAPI, scene: Scene) -> None:
        self.scene = scene
        self.first, self.second = browser(app, scene.analyst), browser(app, scene.chief)

    def draft(self, expect: int = 201, who: Browser | None = None, **more: Any) -> Any:
        body = {"operation": str(self.scene.plan.id), "kind": "preliminary"} | more
        return (who or self.first)("POST", SHEETS, expect, json=body)

    def approve(self, sheet: Any, expect: int = 200, who: Browser | None = None, **more: Any) -> Any:
        body = {"digest": sheet["digest"], "exceptions": len(sheet["exceptions"])} | more
        return (who or self.second)("POST", f"{SHEETS}/{sheet['id']}/approval", expect, json=body)


@pytest.fixture
def desk(app: FastAPI, scene: Scene) -> Desk:
    return Desk(app, scene)


def table(sheet: Any, name: str) -> Any:
    return next(one for one in sheet["content"]["tables"] if one["name"] == name)


def headline(sheet: Any, name: str) -> Any:
    return next(one for one in sheet["content"]["figures"] if one["measure"] == name)


def test_a_draft_is_published_by_another_person_and_never_changes(desk: Desk, database: Servers) -> None:
    sheet = desk.draft()
    told = desk.approve(sheet, 403, who=desk.first)
    assert told["error"]["sentence"] == "Nobody approves his own request."
    desk.approve(sheet | {"digest": "0" * 64}, 409)
    published = desk.approve(sheet)
    assert published["state"] == "published"
    assert published["content"] == sheet["content"]
    desk.approve(sheet, 409)
    desk.scene.file("arrest", times=4)
    again = desk.second("GET", f"{SHEETS}/{sheet['id']}")
    assert again["content"] == sheet["content"]
    with as_owner(database) as owner:
        (kept,) = rows(owner, "select content, digest from results_sheet where id = %(id)s", id=sheet["id"])[0:1]
        assert sha256(kept.content.encode()).hexdigest() == kept.digest == sheet["digest"]
        assert json.loads(kept.content) == sheet["content"]


def test_small_numbers_of_people_leave_no_trace(desk: Desk) -> None:
    sheet = desk.draft()
    forms = {cell["codes"][0]: cell for cell in table(sheet, "victims_by_exploitation")["cells"]}
    assert forms["Begging"] == {"codes": ["Begging"], "value": None, "hidden": True}
    assert forms["ForcedLabour"]["value"] is None  # else the three would be what is left of all
    assert forms["Sexual"]["value"] == 14
    assert headline(sheet, "victims")["value"] == 29
    assert table(sheet, "victims_by_age_group")["cells"][1]["value"] is None
    assert headline(sheet, "victims_children")["value"] is None
    assert headline(sheet, "arrests")["value"] == 6
    nations = {cell["codes"][0]: cell["value"] for cell in table(sheet, "detections_by_nationality")["cells"]}
    assert nations == {"CHN": None, "VEN": None}


def test_children_by_country_and_form_are_never_published(desk: Desk) -> None:
    wish = [{"measure": "victims_children", "by": ["party", "exploitation"]}]
    told = desk.draft(422, tables=wish)
    assert "children by country and form" in told["error"]["sentence"]
    sheet = desk.draft(tables=[{"measure": "victims", "by": ["exploitation", "sex"]}])
    assert table(sheet, "victims_by_exploitation_and_sex")["refused"] == "margins_would_tell"


def test_a_revision_that_would_tell_of_few_is_refused_until_the_table_is_withheld(desk: Desk) -> None:
    first = desk.approve(desk.draft())
    desk.draft(422)  # without a reason
    desk.scene.victims("Sexual", 2)
    told = desk.draft(409, reason="two came later")
    assert "victims_by_exploitation" in told["error"]["sentence"]
    withhold = [one["name"] for one in first["content"]["tables"] if one["name"].startswith("victims_by")]
    second = desk.draft(reason="two came later", withhold=withhold)
    assert table(second, "victims_by_exploitation")["refused"] == "withheld"
    assert table(second, "victims_by_exploitation")["cells"] == []
    assert headline(second, "victims_potential")["value"] is None
    published = desk.approve(second)
    assert (published["revision"], published["revises"]) == (2, first["id"])
    assert headline(published, "victims")["status"] == "corrected"
    assert headline(published, "victims")["was"] == 29
    assert desk.second("GET", f"{SHEETS}/{first['id']}")["content"] == first["content"]


def test_of_two_revisions_drafted_at_once_one_goes_out(desk: Desk) -> None:
    one, other = desk.draft(), desk.draft()
    desk.approve(one)
    desk.approve(other, 409)
    turned = desk.second("POST", f"{SHEETS}/{other['id']}/rejection", json={"reason": "drafted twice"})
    assert (turned["state"], turned["answer"]) == ("rejected", "drafted twice")


def test_an_exception_needs_two_people_a_reason_and_is_on_the_trail(desk: Desk, database: Servers) -> None:
    wanted = [{"table": "victims_by_exploitation", "code": "Begging", "reason": "three rescued together, told already"}]
    sheet = desk.draft(exceptions=wanted)
    forms = {cell["codes"][0]: cell for cell in table(sheet, "victims_by_exploitation")["cells"]}
    assert forms["Begging"]["value"] == 3
    assert "reason" not in json.dumps(sheet["content"]["exceptions"])
    desk.approve(sheet, 409, exceptions=0)
    desk.approve(sheet)
    with as_owner(database) as owner:
        query = "select outcome, reason, officer from audit where object_id = %(id)s and outcome like %(like)s"
        found = [one for like in ("%exception%", "lets out%") for one in rows(owner, query, id=sheet["id"], like=like)]
    assert {one.reason for one in found} == {"three rescued together, told already"}
    assert len({one.officer for one in found}) == 2
    desk.draft(422, exceptions=[wanted[0] | {"code": "Nothing"}], reason="again")


def test_narrative_takes_its_numbers_from_figures(desk: Desk) -> None:
    told = desk.draft(422, narrative="Officers arrested 6 people.")
    assert "typed by hand" in told["error"]["sentence"]
    assert desk.draft(narrative="Officers arrested {arrests} people.")["content"]["narrative"]


def test_press_and_participants_read_what_is_published_only(desk: Desk, app: FastAPI, database: Servers) -> None:
    draft, published = desk.draft(), desk.approve(desk.draft())
    press = browser(app, employ(database, desk.scene.hub, Role.PRESS_OFFICER))
    member = browser(app, employ(database, desk.scene.one, Role.VIEWER))
    for who in (press, member):
        assert [one["id"] for one in who("GET", SHEETS)["sheets"] if one["operation"] == str(desk.scene.plan.id)] == [
            published["id"]
        ]
        who("GET", f"{SHEETS}/{draft['id']}", 404)
        assert who("GET", f"{SHEETS}/{published['id']}")["exceptions"] == []
        desk.draft(403, who=who)
    analyst = browser(app, employ(database, desk.scene.one, Role.ANALYST))
    assert "who coordinates it" in desk.draft(403, who=analyst)["error"]["sentence"]


def test_missing_returns_and_differences_are_told(desk: Desk) -> None:
    content = desk.draft()["content"]
    assert content["parties"] == sorted([desk.scene.one.code, desk.scene.two.code])
    foot = next(one for one in content["feet"] if (one["total"], one["by"]) == ("parties", "list"))
    assert (foot["expected"], foot["found"], foot["agrees"]) == (2, 2, True)
    assert all(one["agrees"] for one in content["feet"])


def test_editions_stand_beside_each_other(desk: Desk) -> None:
    known = {one["key"]: one for one in desk.first("GET", "/api/results/editions")["editions"]}
    assert known["Turquesa V"]["values"]["checks"] == {"value": 850000.0, "qualifier": "more_than", "kind": "all"}
    two = {"first": "Turquesa III", "second": "Turquesa V"}
    told = desk.first("GET", "/api/results/editions/comparison", params=two)
    reasons = {one["metric"]: (one["change"], one["reason"]) for one in told["rows"]}
    assert reasons["checks"] == (None, "unlike_checks")
    assert reasons["arrests"] == (41, None)
    claims = desk.first("GET", "/api/results/editions/records", params={"edition": "Turquesa V"})["claims"]
    said = {(one["metric"], one["scope"]): one["verdict"] for one in claims}
    assert said["victims", "family"] == "record"
    assert said["arrests", "family"] == "no_record"
    assert said["checks", "family"] == "cannot_be_said"
    desk.first("GET", "/api/results/editions/records", 404, params={"edition": "Turquesa X"})
