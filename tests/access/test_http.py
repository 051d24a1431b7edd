from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.town import PASSWORD, Browser, application, as_owner, browser, employ, found, rows
from tripoint.access.http import routes
from tripoint.access.model import Account, Party, PartyKind, Role
from tripoint.base.embedded_postgres import Servers


@pytest.fixture
def app(engine: Engine) -> FastAPI:
    return application(engine, routes.router)


@pytest.fixture
def party(database: Servers) -> Party:
    return found(database)


@pytest.fixture
def hire(database: Servers, party: Party) -> Callable[..., Account]:
    return lambda *roles: employ(database, party, *roles)


def sign_in_status(app: FastAPI, name: str, password: str) -> tuple[int, str]:
    answer = Browser(app).client.post("/api/sign-in", json={"name": name, "password": password})
    return answer.status_code, answer.text


def test_a_session_says_who_and_what(app: FastAPI, hire: Callable[..., Account], party: Party) -> None:
    officer = hire(Role.FIELD_OFFICER)
    session = Browser(app).sign_in(officer.sign_in_name.upper())
    assert session["officer"]["party"]["code"] == party.code
    assert session["officer"]["roles"] == ["field_officer"]
    assert "ask_check" in session["may"]
    assert "decide_hit" not in session["may"]
    assert session["operations"] == []
    assert "border_control" in session["purposes"]
    ends = datetime.fromisoformat(session["ends_at"])
    assert timedelta(minutes=29) < ends - datetime.now(UTC) <= timedelta(minutes=30)


def test_the_cookie_is_a_host_cookie(app: FastAPI, hire: Callable[..., Account]) -> None:
    answer = Browser(app).client.post(
        "/api/sign-in", json={"name": hire(Role.VIEWER).sign_in_name, "password": PASSWORD}
    )
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-tripoint=")
    for part in ("HttpOnly", "Secure", "Path=/", "SameSite=strict"):
        assert part in cookie
    assert "domain" not in cookie.lower()


def test_a_wrong_password_and_a_name_nobody_bears_get_one_answer(app: FastAPI, hire: Callable[..., Account]) -> None:
    known = sign_in_status(app, hire(Role.VIEWER).sign_in_name, "not the password")
    unknown = sign_in_status(app, f"nobody{uuid4().hex}@arc", "not the password")
    assert known == unknown
    assert known[0] == 401


@pytest.mark.parametrize("borne", [True, False])
def test_five_failures_lock_a_name_whether_borne_or_not(
    app: FastAPI, hire: Callable[..., Account], borne: bool
) -> None:
    name = hire(Role.VIEWER).sign_in_name if borne else f"nobody{uuid4().hex}@arc"
    seen = [sign_in_status(app, name, "not the password")[0] for _ in range(7)]
    assert seen == [401] * 5 + [429] * 2
    assert sign_in_status(app, name, PASSWORD)[0] == 429


def test_a_lock_opens_after_fifteen_minutes(app: FastAPI, hire: Callable[..., Account], database: Servers) -> None:
    name = hire(Role.VIEWER).sign_in_name
    for _ in range(6):
        sign_in_status(app, name, "not the password")
    with as_owner(database) as owner:
        owner.exec_driver_sql("update sign_in_attempt set failed_at = now() - interval '15 minutes 1 second'")
    assert sign_in_status(app, name, PASSWORD)[0] == 200


def test_a_success_forgets_earlier_failures(app: FastAPI, hire: Callable[..., Account]) -> None:
    name = hire(Role.VIEWER).sign_in_name
    for _ in range(3):
        assert [sign_in_status(app, name, "not the password")[0] for _ in range(4)] == [401] * 4
        assert sign_in_status(app, name, PASSWORD)[0] == 200


def test_failures_are_in_the_trail_of_the_officers_party(
    app: FastAPI, hire: Callable[..., Account], party: Party, database: Servers
) -> None:
    officer = hire(Role.VIEWER)
    sign_in_status(app, officer.sign_in_name, "not the password")
    sign_in_status(app, f"nobody{uuid4().hex}@arc", "not the password")
    with as_owner(database) as owner:
        kept = rows(owner, "select party, outcome from audit where act = 'sign_in' and officer = %(id)s", id=officer.id)
        strangers = rows(owner, "select count(*) from audit where act = 'sign_in' and party is null")
    assert [tuple(row) for row in kept] == [(party.number, "refused")]
    assert strangers[0][0] >= 1


@pytest.mark.parametrize(
    "body",
    [
        {"name": "a\x00b", "password": "x"},
        {"name": "a", "password": "x", "party": "ARC"},
        {"name": "", "password": "x"},
        {"name": "a", "password": "x" * 1001},
        {"name": ["a"], "password": "x"},
        [],
    ],
)
def test_a_bad_sign_in_is_refused_and_not_repeated(app: FastAPI, body: object) -> None:
    answer = Browser(app).client.post("/api/sign-in", json=body)
    assert answer.status_code == 422


def test_signing_out_ends_the_session_at_once(app: FastAPI, hire: Callable[..., Account]) -> None:
    ana = browser(app, hire(Role.VIEWER))
    kept = dict(ana.client.cookies)
    ana("POST", "/api/sign-out", expect=204)
    ana.client.cookies.update(kept)
    ana("GET", "/api/session", expect=401)


def test_a_change_without_the_sessions_word_is_refused(app: FastAPI, hire: Callable[..., Account]) -> None:
    ana = browser(app, hire(Role.VIEWER))
    for word in ("", "another word"):
        ana("POST", "/api/sign-out", expect=403, headers={"x-csrf-token": word})
    ana("GET", "/api/session")


def test_a_session_ends_when_idle_and_after_twelve_hours(
    app: FastAPI, hire: Callable[..., Account], database: Servers
) -> None:
    for change in ("seen_at = now() - interval '31 minutes'", "ends_at = now() - interval '1 second'"):
        officer = hire(Role.VIEWER)
        ana = browser(app, officer)
        with as_owner(database) as owner:
            owner.exec_driver_sql(f"update sign_in set {change} where officer = %(id)s", {"id": officer.id})
        ana("GET", "/api/session", expect=401)


def test_a_token_does_what_it_is_for_and_nothing_else(app: FastAPI, hire: Callable[..., Account]) -> None:
    ana = browser(app, hire(Role.FIELD_OFFICER))
    made = ana("POST", "/api/tokens", 201, json={"device": "gate 4", "minutes": 60, "acts": ["see_session"]})
    gate = Browser(app)
    gate.client.headers["authorization"] = f"Bearer {made['token']}"
    assert gate("GET", "/api/session")["may"] == ["see_session"]
    gate("GET", "/api/parties", expect=403)
    gate("POST", "/api/tokens", expect=403, json={"device": "x", "minutes": 5, "acts": ["see_session"]})
    listed = ana("GET", "/api/sign-ins")["sign_ins"]
    assert {(entry["kind"], entry["device"]) for entry in listed} == {("session", None), ("token", "gate 4")}
    assert made["token"] not in str(listed)
    ana("DELETE", f"/api/sign-ins/{made['id']}", expect=204)
    gate("GET", "/api/session", expect=401)


@pytest.mark.parametrize(
    "change", [{"minutes": 1441}, {"minutes": 0}, {"acts": []}, {"acts": ["decide_hit"]}, {"acts": ["make_token"]},
               {"acts": ["fly"]}, {"officer": str(uuid4())}],
)  # fmt: skip
def test_a_token_beyond_ones_own_rights_is_refused(
    app: FastAPI, hire: Callable[..., Account], change: dict[str, object]
) -> None:
    ana = browser(app, hire(Role.FIELD_OFFICER))
    ana("POST", "/api/tokens", 422, json={"device": "gate", "minutes": 60, "acts": ["ask_check"]} | change)


def test_an_administrator_looks_after_his_own_party_only(
    app: FastAPI, hire: Callable[..., Account], database: Servers
) -> None:
    chief = browser(app, hire(Role.PARTY_ADMINISTRATOR))
    stranger = employ(database, found(database), Role.ANALYST)
    agency = chief("POST", "/api/agencies", 201, json={"name": "Coast Guard"})
    chief("POST", "/api/agencies", 409, json={"name": "Coast Guard"})
    body = {
        "sign_in_name": "lucia", "name": "Lucía Ficticia", "agency": agency["id"], "roles": ["analyst"],
    }  # fmt: skip
    made = chief("POST", "/api/officers", 201, json=body)
    assert made["sign_in_name"].startswith("lucia@")
    chief("POST", "/api/officers", 409, json=body)
    listed = chief("GET", "/api/officers")
    assert made["id"] in {entry["id"] for entry in listed["officers"]}
    assert str(stranger.id) not in str(listed)
    assert made["initial_password"] not in str(listed)
    chief("PUT", f"/api/officers/{stranger.id}", 404, json={"active": False})
    other_agency = str(stranger.agency.id)
    chief("POST", "/api/officers", 422, json=body | {"sign_in_name": "eva", "agency": other_agency})
    assert chief("GET", f"/api/sign-ins?officer={stranger.id}")["sign_ins"] == []


def test_a_name_of_another_party_cannot_be_probed(
    app: FastAPI, hire: Callable[..., Account], database: Servers
) -> None:
    other = found(database)
    employ(database, other, Role.ANALYST, name="maria")
    chief = browser(app, hire(Role.PARTY_ADMINISTRATOR))
    agency = chief("POST", "/api/agencies", 201, json={"name": "Police"})
    body = {"name": "X", "agency": agency["id"], "roles": ["viewer"]}
    refused = chief("POST", "/api/officers", 422, json=body | {"sign_in_name": f"maria@{other.code.lower()}"})
    free = chief("POST", "/api/officers", 422, json=body | {"sign_in_name": f"nobody@{other.code.lower()}"})
    assert refused["error"]["code"] == free["error"]["code"]
    chief("POST", "/api/officers", 201, json=body | {"sign_in_name": "maria"})


def test_an_officer_struck_off_is_out_at_once(app: FastAPI, hire: Callable[..., Account]) -> None:
    chief, ana = hire(Role.PARTY_ADMINISTRATOR), hire(Role.ANALYST)
    at_desk, in_field = browser(app, chief), browser(app, ana)
    at_desk("PUT", f"/api/officers/{ana.id}", json={"active": False})
    in_field("GET", "/api/session", expect=401)
    assert sign_in_status(app, ana.sign_in_name, PASSWORD)[0] == 401
    at_desk("PUT", f"/api/officers/{ana.id}", json={"active": True})
    in_field("GET", "/api/session", expect=401)
    assert sign_in_status(app, ana.sign_in_name, PASSWORD)[0] == 200


def test_a_lost_role_ends_what_was_open_at_once(app: FastAPI, hire: Callable[..., Account]) -> None:
    chief, ana = hire(Role.PARTY_ADMINISTRATOR), hire(Role.ANALYST, Role.AUDITOR)
    at_desk, in_field = browser(app, chief), browser(app, ana)
    in_field("GET", f"/api/audit?object={uuid4()}")
    at_desk("PUT", f"/api/officers/{ana.id}", json={"roles": ["analyst"]})
    in_field("GET", f"/api/audit?object={uuid4()}", expect=401)


def test_a_new_password_ends_what_the_old_one_opened(app: FastAPI, hire: Callable[..., Account]) -> None:
    chief, ana = hire(Role.PARTY_ADMINISTRATOR), hire(Role.ANALYST)
    at_desk, in_field = browser(app, chief), browser(app, ana)
    at_desk("PUT", f"/api/officers/{ana.id}", 422, json={"password": "chosen by somebody else"})
    given = at_desk("PUT", f"/api/officers/{ana.id}", json={"new_password": True})["initial_password"]
    in_field("GET", "/api/session", expect=401)
    assert sign_in_status(app, ana.sign_in_name, PASSWORD)[0] == 401
    assert sign_in_status(app, ana.sign_in_name, given)[0] == 200


def test_nobody_changes_his_own_roles_or_makes_hub_operators(app: FastAPI, hire: Callable[..., Account]) -> None:
    chief, ana = hire(Role.PARTY_ADMINISTRATOR), hire(Role.ANALYST)
    at_desk = browser(app, chief)
    at_desk("PUT", f"/api/officers/{chief.id}", 403, json={"roles": ["analyst", "party_administrator"]})
    at_desk("PUT", f"/api/officers/{ana.id}", 403, json={"roles": ["hub_operator"]})
    at_desk("PUT", f"/api/officers/{ana.id}", 422, json={"roles": []})
    at_desk("PUT", f"/api/officers/{ana.id}", 422, json={"party": 3})
    browser(app, ana)("GET", "/api/officers", expect=403)


def test_only_the_hub_has_hub_operators(database: Servers, app: FastAPI) -> None:
    hub = found(database, PartyKind.BODY, "HUB")
    operator = browser(app, employ(database, hub, Role.HUB_OPERATOR))
    assert "read_record" not in operator("GET", "/api/session")["may"]


def test_a_sign_in_of_somebody_else_is_not_to_be_found(app: FastAPI, hire: Callable[..., Account]) -> None:
    ana, eva, chief = hire(Role.ANALYST), hire(Role.VIEWER), hire(Role.PARTY_ADMINISTRATOR)
    anas, evas, chiefs = browser(app, ana), browser(app, eva), browser(app, chief)
    which = anas("GET", "/api/sign-ins")["sign_ins"][0]["id"]
    evas("DELETE", f"/api/sign-ins/{which}", expect=404)
    evas("GET", f"/api/sign-ins?officer={ana.id}", expect=403)
    assert len(chiefs("GET", "/api/sign-ins?party=true")["sign_ins"]) == 3
    chiefs("DELETE", f"/api/sign-ins/{which}", expect=204)
    anas("GET", "/api/session", expect=401)


def test_parties_are_known_to_each_other(app: FastAPI, hire: Callable[..., Account], party: Party) -> None:
    listed = browser(app, hire(Role.VIEWER))("GET", "/api/parties")["parties"]
    assert {"code": party.code, "name": party.name, "kind": "country", "contact": ""} in listed


def test_an_overseer_reads_who_did_what(app: FastAPI, hire: Callable[..., Account]) -> None:
    chief, auditor, ana = hire(Role.PARTY_ADMINISTRATOR), hire(Role.AUDITOR), hire(Role.ANALYST)
    browser(app, chief)("PUT", f"/api/officers/{ana.id}", json={"active": False})
    entries = browser(app, auditor)("GET", f"/api/audit?object={ana.id}")["entries"]
    assert [(entry["act"], entry["officer"]) for entry in entries] == [
        ("change_officer", str(chief.id)), ("add_officer", None),
    ]  # fmt: skip
    assert all(UUID(entry["officer"]) for entry in entries[:1])
