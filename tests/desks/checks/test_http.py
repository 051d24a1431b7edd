"""The checks desk's wire: examples that work, pages without gaps, fields named in errors."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.desks.checks.lists import list_record
from tests.town import Browser, application, browser, employ, found
from tripoint.access.http import routes as access
from tripoint.access.model import Role
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import BadInput
from tripoint.base.ids import uuid7
from tripoint.desks.checks.http import checks, hits, read_cursor
from tripoint.desks.checks.shapes import CheckAsked
from tripoint.doors.errors import add_error_shapes

ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"


@pytest.fixture
def app(engine: Engine) -> FastAPI:
    app = application(engine, access.router, checks.router, hits.router)
    add_error_shapes(app)
    return app


@pytest.fixture
def officer(app: FastAPI, database: Servers) -> Browser:
    return browser(app, employ(database, found(database), Role.FIELD_OFFICER))


def ask(who: Browser, expect: int = 200, **body: Any) -> Any:
    return who("POST", "/api/checks", expect, json={"id": str(uuid7()), "purpose": "border_control", **body})


def test_the_examples_of_the_contract_are_answered(officer: Browser) -> None:
    examples = CheckAsked.model_json_schema()["examples"]
    assert examples
    for example in examples:
        answer = officer("POST", "/api/checks", json=example)
        assert answer["id"] == example["id"]


@pytest.mark.parametrize(
    ("wrong", "failing"),
    [("L898902C36UTO7408122F", []), ("L898902C36UTO7408123F", ["birth"]), ("L898902C46UTO7408122F", ["number"])],
)
def test_a_zone_with_a_wrong_digit_names_the_failing_field(officer: Browser, wrong: str, failing: list[str]) -> None:
    read = ask(officer, document={"mrz": ZONE.replace("L898902C36UTO7408122F", wrong)})["read"]
    assert read["valid"] is (not failing)
    assert set(failing) <= set(read["failing"])
    assert read["document"]["issuer"] == "UTO"
    assert (read["surname"], read["given_names"], read["sex"]) == ("ERIKSSON", "ANNA MARIA", "F")


def test_hits_of_one_moment_are_all_found_page_by_page(app: FastAPI, database: Servers, engine: Engine) -> None:
    holder = found(database)
    for n in range(7):
        issuer = {"issuer": "BRA", "type": "passport"}
        list_record(engine, holder, "document", {"number": f"PAGE{n}", "status": "lost", **issuer})
        list_record(engine, holder, "vehicle", {"plate": "PAGE7", "country": "PRY", "status": "stolen"})
    officer = browser(app, employ(database, found(database), Role.FIELD_OFFICER))
    raised = ask(officer, vehicle={"plate": "PAGE7", "country": "PRY"})["hits"]  # seven hits of one moment
    ask(officer, document={"number": "PAGE3", "issuer": "BRA"})
    seen, after = [], None
    for _ in range(10):
        page = officer("GET", "/api/hits", params={"limit": 3} | ({"after": after} if after else {}))
        seen += [hit["id"] for hit in page["hits"]]
        after = page["next"]
        if after is None:
            break
    assert len(raised) == 7
    assert len(seen) == len(set(seen)) == 8
    assert {hit["id"] for hit in raised} <= set(seen)


def test_checks_are_listed_newest_first_page_by_page(officer: Browser) -> None:
    made = [ask(officer, document={"number": f"L1ST{n}"})["id"] for n in range(5)]
    first = officer("GET", "/api/checks", params={"limit": 2})
    second = officer("GET", "/api/checks", params={"limit": 50, "after": first["next"]})
    assert [line["id"] for line in first["checks"] + second["checks"]] == made[::-1]
    assert second["next"] is None
    assert first["checks"][0]["kinds"] == ["document"]


@pytest.mark.parametrize("text", ["", "x", "2026-01-01T00:00:00Z", "20260101T000000.000000Z_", "_", "99999999T_1"])
def test_a_cursor_nobody_gave_names_its_field(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_cursor(text)
    assert refused.value.field == "after"


def test_a_check_is_looked_at_again_with_what_was_asked(officer: Browser, app: FastAPI, database: Servers) -> None:
    body: dict[str, Any] = {"person": {"name": "Oriel Vantessa", "birth": "1980"}, "document": {"number": "AG41N"}}
    first = ask(officer, **body)
    again = officer("GET", f"/api/checks/{first['id']}")
    assert again == first | {"repeated": True, "asked": {"purpose": "border_control", **body}}
    other = browser(app, employ(database, found(database), Role.FIELD_OFFICER))
    other("GET", f"/api/checks/{first['id']}", 404)
    assert other("GET", "/api/checks")["checks"] == []


@pytest.mark.parametrize("grade", ["strong", "possible", "weak", "nothing_found"])
def test_checks_are_listed_by_grade(officer: Browser, grade: str) -> None:
    ask(officer, document={"number": "GR4DE"})
    listed = officer("GET", "/api/checks", params={"grade": grade})["checks"]
    assert {line["grade"] for line in listed} == ({grade} if grade == "nothing_found" else set())


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": "0192f5a0-7c1e-4d3a-9c55-0b8f6c1d2e3f"}, "id"),
        ({"id": "one"}, "id"),
        ({"purpose": "curiosity"}, "purpose"),
        ({"document": {"number": "A1", "mrz": ZONE}}, "document"),
        ({"document": {"number": "A" * 61}}, "document.number"),
        ({"document": {"number": "A1", "holder": "Ana"}}, "document.holder"),
        ({"document": {"number": "A1", "type": "library card"}}, "document.type"),
        ({"vehicle": {"make": "Arvandel"}}, "vehicle"),
        ({"vehicle": {"plate": "A1", "country": "Atlantis"}}, "vehicle.country"),
        ({"firearm": {"serial": "???"}}, "firearm.serial"),
        ({"person": {"birth": "1976"}}, "person"),
        ({"person": {"name": "A", "birth": "1976-13"}}, "person.birth"),
        ({"person": {"name": "A", "birth": "976"}}, "person.birth"),
        ({"person": {"name": "A", "nationality": "XYZ"}}, "person.nationality"),
        ({"position": {"latitude": 91, "longitude": 0}}, "position.latitude"),
        ({"device_time": "2026-01-01T00:00:00"}, "device_time"),
        ({"device_time": "0001-01-01T00:00:00+14:00"}, "device_time"),
        ({"device_time": "9999-12-31T23:59:59-14:00"}, "device_time"),
        ({"post": str(uuid7())}, "post"),
    ],
)
def test_each_wrong_field_is_named(officer: Browser, change: dict[str, Any], field: str) -> None:
    body = {"document": {"number": "A1"}} | change
    error = ask(officer, 422, **body)["error"]
    assert (error["code"], error["field"]) == ("bad_field", field)
    assert error["sentence"]


def test_a_check_of_nothing_is_no_check(officer: Browser) -> None:
    assert "at least one" in ask(officer, 422)["error"]["sentence"]
