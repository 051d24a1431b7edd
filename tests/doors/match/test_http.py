"""`POST /match`: the shape others' clients read, behind the same door, with the same visibility and trail."""

from __future__ import annotations

import json
from collections.abc import Generator
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.desks.checks.lists import list_record
from tests.hub import hub
from tests.town import Browser, as_owner, browser, employ, found, rows
from tripoint.access.model import Account, Party, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.doors.match.shapes import LEAST, MOST_QUERIES, MatchAsked
from tripoint.engines.screening import Grade

HELD = {"names": [{"full": "Oldara Veskimeny Tassu"}, {"full": "Olda", "kind": "weak_alias"}], "births": ["1976-05-12"],
        "nationalities": ["COL"], "sex": "F",
        "documents": [{"number": "VX778899", "issuer": "COL", "type": "passport"}]}  # fmt: skip
SECRET = {"names": [{"full": "Benedo Kestavi Ubeldo"}], "births": ["1980-01-02"]}


@pytest.fixture(scope="module")
def app(database: Servers) -> Generator[FastAPI]:
    app = hub(database)
    yield app
    app.state.door.engine.dispose()


@pytest.fixture(scope="module")
def holder(engine: Engine, database: Servers) -> Party:
    party = found(database, contact="call 4-17")
    list_record(engine, party, "person", HELD)
    list_record(engine, party, "person", SECRET, level="pointer")
    list_record(engine, party, "document", {"number": "ZZ11", "issuer": "BRA", "type": "passport", "status": "stolen"})
    return party


@pytest.fixture(scope="module")
def account(database: Servers) -> Account:
    return employ(database, found(database), Role.FIELD_OFFICER)


@pytest.fixture
def officer(app: FastAPI, account: Account, holder: Party) -> Browser:
    return browser(app, account)


def query(schema: str = "Person", **properties: Any) -> dict[str, Any]:
    return {"schema": schema, "properties": properties}


def ask(officer: Browser, path: str = "/match", **queries: Any) -> dict[str, Any]:
    answer: dict[str, Any] = officer("POST", path, json={"queries": queries})
    return answer


def test_a_query_is_answered_in_the_shape_of_yente(officer: Browser, holder: Party) -> None:
    asked = query(name=["Oldara Veskimeny Tassu"], birthDate=["1976-05-12"], nationality=["co"], gender="female")
    answer = ask(officer, "/match/default?limit=3&algorithm=logic-v2", q1=asked, q2=query(name="Nobody Atall Here"))
    assert answer["limit"] == 3
    assert answer["matcher"]["birth.differs"]["coefficient"] < 0
    first, second = answer["responses"]["q1"], answer["responses"]["q2"]
    assert (first["status"], first["total"]) == (200, {"value": 1, "relation": "eq"})
    assert first["query"]["schema"] == "Person"
    (result,) = first["results"]
    assert (result["schema"], result["caption"], result["match"]) == ("Person", "Oldara Veskimeny Tassu", True)
    assert result["properties"]["name"] == ["Oldara Veskimeny Tassu"]
    assert result["properties"]["weakAlias"] == ["Olda"]
    assert (result["properties"]["nationality"], result["properties"]["gender"]) == (["co"], ["female"])
    assert result["properties"]["passportNumber"] == ["VX778899"]
    assert result["datasets"] == [holder.code.lower()]
    assert result["score"] >= LEAST[Grade.STRONG]
    assert result["features"].keys() == result["explanations"].keys()
    assert result["explanations"]["birth.same"]["query"] == "1976-05-12"
    assert (second["status"], second["results"]) == (200, [])


def test_each_query_is_recorded_as_a_check(officer: Browser) -> None:
    answer = ask(officer, q1=query(name="Oldara Veskimeny Tassu", birthDate="1976"))
    (check,) = answer["responses"]["q1"]["checks"]
    kept = officer("GET", f"/api/checks/{check}")
    assert kept["asked"]["person"] == {"name": "Oldara Veskimeny Tassu", "birth": "1976"}
    assert kept["asked"]["purpose"] == "security_check"
    assert [hit["id"] for hit in kept["hits"]] == [hit["id"] for hit in answer["responses"]["q1"]["results"]]


def test_other_names_and_births_find_as_well_and_are_kept(officer: Browser) -> None:
    asked = query(name=["Somebody Else", "Oldara Veskimeny"], alias="Tassu O.", birthDate=["1950", "1976-05-12"])
    response = ask(officer, q1=asked)["responses"]["q1"]
    assert [result["caption"] for result in response["results"]] == ["Oldara Veskimeny Tassu"]
    kept = officer("GET", f"/api/checks/{response['checks'][0]}")["asked"]["person"]
    assert (kept["aliases"], kept["other_births"]) == (["Oldara Veskimeny", "Tassu O."], ["1976-05-12"])


@pytest.mark.parametrize(
    ("how", "purpose"),
    [
        ({}, "security_check"),
        ({"headers": {"x-purpose": "border_control"}}, "border_control"),
        ({"params": {"purpose": "identification"}, "headers": {"x-purpose": "border_control"}}, "identification"),
    ],
)
def test_the_purpose_is_kept_with_the_check(officer: Browser, how: dict[str, Any], purpose: str) -> None:
    answer = officer("POST", "/match", json={"queries": {"q": query(name="Nobody Atall")}}, **how)
    (check,) = answer["responses"]["q"]["checks"]
    assert officer("GET", f"/api/checks/{check}")["asked"]["purpose"] == purpose


def test_a_pointer_tells_nothing_but_whom_to_ask(officer: Browser, holder: Party) -> None:
    told = []
    for asked in (query(name="Benedo Kestavi Ubeldo", birthDate="1980-01-02"), query(name="Benedo Kestavi")):
        (result,) = ask(officer, "/match?threshold=0.6&cutoff=0.99", q1=asked)["responses"]["q1"]["results"]
        assert "Benedo" not in json.dumps(result)
        assert "1980" not in json.dumps(result)
        assert result["owner"] == {"code": holder.code, "name": holder.name, "contact": "call 4-17"}
        assert (result["level"], result["match"]) == ("pointer", True)
        told.append({name: value for name, value in result.items() if name != "id"})
    assert told[0] == told[1], "a surer hit must look like a less sure one"
    assert (told[0]["properties"], told[0]["features"], told[0]["explanations"]) == ({}, {}, {})
    assert told[0]["score"] == 0.6


def test_documents_are_asked_one_by_one(officer: Browser) -> None:
    response = ask(officer, q1=query(passportNumber=["ZZ11", "VX778899"]))["responses"]["q1"]
    assert len(response["checks"]) == 2
    assert {result["schema"] for result in response["results"]} == {"Identification", "Person"}
    found = next(result for result in response["results"] if result["schema"] == "Identification")
    assert (found["caption"], found["properties"]["country"]) == ("ZZ11", ["br"])


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (query("Company", name="Acme"), "schema"), (query(), "properties"), (query(name=""), "properties"),
        (query(name="Ana", birthDate="soon"), "person.birth"), (query(name="Ana", gender="maybe"), "gender"),
        (query(name="Ana", nationality="Nowhere"), "person.nationality"),
        (query(passportNumber=[f"A{n}" for n in range(9)]), "properties"), (query(name="a\x00b"), "person.name"),
        (query(name="x" * 300), "person.name"),
    ],
)  # fmt: skip
def test_a_bad_query_says_why_and_the_others_are_answered(officer: Browser, bad: dict[str, Any], field: str) -> None:
    answer = ask(officer, bad=bad, good=query(name="Oldara Veskimeny Tassu", birthDate="1976-05-12"))
    refused, answered = answer["responses"]["bad"], answer["responses"]["good"]
    assert (refused["status"], refused["results"], refused["error"]["field"]) == (422, [], field)
    assert answered["status"] == 200
    assert answered["results"]


@pytest.mark.parametrize(
    "body",
    [{}, {"queries": {}}, {"queries": {str(n): query(name="A") for n in range(MOST_QUERIES + 1)}}, {"queries": []}],
)
def test_a_body_that_is_no_batch_is_refused(officer: Browser, body: dict[str, Any]) -> None:
    assert officer("POST", "/match", 422, json=body)["error"]["field"] == "queries"


def test_an_unknown_data_set_is_not_found(officer: Browser) -> None:
    officer("POST", "/match/sanctions", 404, json={"queries": {"q": query(name="Ana")}})


def test_the_example_of_the_contract_is_answered(officer: Browser) -> None:
    (example,) = MatchAsked.model_json_schema()["examples"]
    answer = officer.client.post("/match", json=example)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"


def test_nobody_asks_without_sign_in_or_role_and_nothing_is_kept(
    app: FastAPI, database: Servers, holder: Party
) -> None:
    body = {"queries": {"q": query(name="Oldara Veskimeny Tassu")}}
    auditor = employ(database, found(database), Role.AUDITOR)
    Browser(app)("POST", "/match", 401, json=body)
    browser(app, auditor)("POST", "/match", 403, json=body)
    with as_owner(database) as owner:
        assert rows(owner, "select 1 from check_made where party = %(p)s", p=auditor_party(owner, auditor)) == []


def auditor_party(owner: Any, account: Account) -> int:
    return int(rows(owner, "select party from officer where id = %(id)s", id=account.id)[0][0])


@pytest.mark.parametrize("value", [r'"a\ud800b"', r'"\u0000"', "1" * 4_000, r'"\u202eanA \ud83d\udea8"', "true", "1.5"])
def test_odd_values_are_answered_or_refused_with_a_sentence(officer: Browser, value: str) -> None:
    body = '{"queries": {"q": {"schema": "Person", "properties": {"name": [VALUE]}}}}'.replace("VALUE", value)
    answer = officer.client.post("/match", content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (200, 422), answer.text
    told = answer.json()["responses"]["q"] if answer.status_code == 200 else answer.json()
    assert answer.status_code == told.get("status", 422) or told["error"]["sentence"]


def test_half_a_character_in_a_querys_name_is_refused(officer: Browser) -> None:
    body = r'{"queries": {"q\ud800": {"schema": "Person", "id": "\ud800", "properties": {"na\ud800": "Ana"}}}}'
    assert officer.client.post("/match", content=body, headers={"content-type": "application/json"}).status_code == 422
