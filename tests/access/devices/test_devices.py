"""Devices through the whole hub: enrolled once, worth nothing without their key, lost at once."""

import concurrent.futures
import time
from collections.abc import Callable, Generator
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from fastapi import FastAPI

from tests.handset import HOST, Handset
from tests.hub import hub, served
from tests.town import Browser, as_owner, browser, employ, found, rows
from tripoint.access.model import Account, Party, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7


@pytest.fixture(scope="module")
def app(database: Servers) -> Generator[FastAPI]:
    app = hub(database)
    yield app
    app.state.door.engine.dispose()


@pytest.fixture(scope="module")
def party(database: Servers) -> Party:
    return found(database)


@pytest.fixture(scope="module")
def officer(database: Servers, party: Party) -> Account:
    return employ(database, party, Role.FIELD_OFFICER)


@pytest.fixture(scope="module")
def ana(app: FastAPI, officer: Account) -> Browser:
    return browser(app, officer)


@pytest.fixture(scope="module")
def chief(app: FastAPI, database: Servers, party: Party) -> Browser:
    return browser(app, employ(database, party, Role.PARTY_ADMINISTRATOR))


def invited(who: Browser, **more: Any) -> str:
    body = {"name": "phone of the bridge", "address": HOST} | more
    return str(who("POST", "/api/devices/invitations", 201, json=body)["link"])


@pytest.fixture
def phone(app: FastAPI, ana: Browser) -> Handset:
    handset = Handset(app)
    assert handset.enrol(invited(ana)).status_code == 201
    return handset


def check() -> dict[str, Any]:
    return {"id": str(uuid7()), "purpose": "border_control", "vehicle": {"plate": "NOBODYS1"}}


def test_an_enrolled_device_asks_in_its_officers_name(
    phone: Handset, officer: Account, database: Servers
) -> None:
    session = phone.ask("GET", "/api/session").json()
    assert session["officer"]["id"] == str(officer.id)
    assert "ask_check" in session["may"]
    assert not {"make_token", "invite_device", "change_password"} & set(session["may"])
    assert phone.ask("POST", "/api/checks", json=check()).status_code == 200
    assert phone.ask("GET", "/api/hits?side=owner").status_code == 200
    assert phone.ask("POST", "/api/devices/invitations", json={"name": "x", "address": HOST}).status_code == 403
    with as_owner(database) as owner:
        query = "select distinct device from audit where officer = %(id)s and act = 'ask_check'"
        kept = rows(owner, query, id=officer.id)
    assert [tuple(row) for row in kept] == [("phone of the bridge",)]


def test_the_picture_holds_the_link_and_the_code_is_kept_nowhere(ana: Browser, database: Servers) -> None:
    made = ana("POST", "/api/devices/invitations", 201, json={"name": "x", "address": HOST})
    assert made["image"].startswith("data:image/svg+xml")
    code = made["link"].partition("#enrol=")[2]
    with as_owner(database) as owner:
        for table in ("enrolment", "audit", "device"):
            assert rows(owner, f"select 1 from {table} t where t::text like %(code)s", code=f"%{code}%") == []


def test_a_code_enrols_one_device_within_ten_minutes(app: FastAPI, ana: Browser, database: Servers) -> None:
    link = invited(ana)
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        answers = [one.status_code for one in pool.map(lambda _: Handset(app).enrol(link), range(4))]
    assert sorted(answers) == [201, 401, 401, 401]
    late = invited(ana)
    with as_owner(database) as owner:
        owner.exec_driver_sql("update enrolment set ends_at = now() - interval '1 second' where used_at is null")
    assert Handset(app).enrol(late).status_code == 401
    assert Handset(app).enrol(f"#enrol={'x' * 43}").status_code == 401


def test_a_key_that_is_not_held_enrols_nothing_and_spends_no_code(app: FastAPI, ana: Browser) -> None:
    link, path = invited(ana), "/api/devices/enrolment"
    code = link.partition("#enrol=")[2]
    thief, victim = Handset(app), Handset(app)
    for key in (victim.public, victim.public | {"x": "A" * 43}):
        proof = thief.proof("POST", path, code, head={"jwk": key})
        assert thief.client.post(path, json={"code": code, "key": key}, headers={"dpop": proof}).status_code == 401
    assert victim.enrol(link).status_code == 201


def test_a_stolen_token_without_its_key_opens_nothing(app: FastAPI, phone: Handset) -> None:
    thief = Handset(app, token=phone.token)
    for headers in ({"authorization": f"Bearer {phone.token}"}, {"authorization": f"DPoP {phone.token}"},
                    {"cookie": f"__Host-tripoint={phone.token}"}):  # fmt: skip
        for method, path, body in (("GET", "/api/session", None), ("POST", "/api/checks", check()),
                                   ("GET", "/api/feed", None)):  # fmt: skip
            assert thief.client.request(method, path, json=body, headers=headers).status_code == 401
    assert thief.ask("GET", "/api/session").status_code == 401
    assert thief.ask("POST", "/api/checks", json=check()).status_code == 401
    forged = thief.proof("GET", "/api/session", phone.token, head={"jwk": phone.public})
    assert thief.ask("GET", "/api/session", forged).status_code == 401


@pytest.mark.parametrize(
    "change",
    [
        {"htm": "POST"}, {"htu": HOST + "/api/parties"}, {"htu": "https://other.test/api/session"}, {"htu": 7},
        {"htu": HOST + "/api/session?x=1"}, {"iat": 1}, {"iat": "now"}, {"iat": int(time.time()) + 1000},
        {"jti": "short"}, {"jti": None}, {"ath": "wrong"}, {"ath": "é"}, {"htm": ["GET"]}, {"htu": "https://[hub/x"},
    ],
)  # fmt: skip
def test_a_proof_for_something_else_opens_nothing(phone: Handset, change: dict[str, Any]) -> None:
    wrong = phone.proof("GET", "/api/session", phone.token, **change)
    assert phone.ask("GET", "/api/session", wrong).status_code == 401


@pytest.mark.parametrize("head", [{"typ": "JWT"}, {"alg": "none"}, {"alg": "HS256"}, {"jwk": None}, {"crit": ["x"]}])
def test_a_proof_of_another_kind_opens_nothing(phone: Handset, head: dict[str, Any]) -> None:
    wrong = phone.proof("GET", "/api/session", phone.token, head=head)
    assert phone.ask("GET", "/api/session", wrong).status_code == 401


@pytest.mark.parametrize("proof", ["x", "a.b.c", "", "." * 3, f"e30.e30.{'A' * 86}", f"W10.W10.{'A' * 86}"])
def test_what_is_no_proof_opens_nothing(phone: Handset, proof: str) -> None:
    headers = {"authorization": f"DPoP {phone.token}", "dpop": proof}
    assert phone.client.get("/api/session", headers=headers).status_code == 401


def test_a_proof_is_good_for_one_request(phone: Handset) -> None:
    for method, path, body in (("GET", "/api/session", None), ("POST", "/api/checks", check())):
        proof = phone.proof(method, path, phone.token)
        assert phone.ask(method, path, proof, json=body).status_code == 200
        assert phone.ask(method, path, proof, json=body).status_code == 401


def test_a_batch_is_one_request_however_many_lines(phone: Handset) -> None:
    lines = "\n".join(httpx2.Request("POST", HOST, json=check()).read().decode() for _ in range(3))
    answer = phone.ask("POST", "/api/checks/batch", content=lines.encode())
    assert answer.text.count('"answered_at"') == 3
    alone = {"authorization": f"Bearer {phone.token}"}
    stolen = phone.client.post("/api/checks/batch", content=lines.encode(), headers=alone)
    assert stolen.status_code == 401


def test_who_knows_a_devices_id_cannot_spoil_the_challenge_it_is_about_to_answer(
    app: FastAPI, phone: Handset, database: Servers
) -> None:
    path = f"/api/devices/{phone.id}/token"
    mine = phone.client.post(f"/api/devices/{phone.id}/challenge").json()["challenge"]
    stranger = Browser(app)
    for _ in range(20):
        assert stranger.client.post(f"/api/devices/{phone.id}/challenge").status_code == 200
    signed = {"dpop": phone.proof("POST", path, mine)}
    assert phone.client.post(path, json={"challenge": mine}, headers=signed).status_code == 200
    again = phone.client.post(path, json={"challenge": mine}, headers={"dpop": phone.proof("POST", path, mine)})
    assert again.status_code == 401, "a challenge is answered once"
    with as_owner(database) as owner:
        owner.exec_driver_sql(
            "select challenge_device(%(id)s, sha256(convert_to(n::text, 'UTF8'))) from generate_series(1, 300) n",
            {"id": phone.id},
        )
        kept = rows(owner, "select count(*) from device_challenge where device = %(id)s", id=phone.id)[0][0]
    assert kept <= 256, "nobody fills the table"


def test_a_device_renews_its_token_by_a_challenge_used_once(app: FastAPI, phone: Handset) -> None:
    first = phone.token
    assert phone.renew().status_code == 200
    assert phone.token != first
    assert phone.ask("GET", "/api/session").status_code == 200
    challenge = phone.client.post(f"/api/devices/{phone.id}/challenge").json()["challenge"]
    path = f"/api/devices/{phone.id}/token"
    thief = Handset(app)
    body = {"challenge": challenge}
    by_thief = {"dpop": thief.proof("POST", path, challenge)}
    assert thief.client.post(path, json=body, headers=by_thief).status_code == 401
    signed = {"dpop": phone.proof("POST", path, challenge)}
    assert [phone.client.post(path, json=body, headers=signed).status_code for _ in "12"] == [200, 401]
    assert thief.client.post(f"/api/devices/{uuid4()}/challenge").status_code == 200  # says not whom it knows


def test_a_device_that_an_administrator_invited_sleeps_until_its_officer_wakes_it(
    app: FastAPI, chief: Browser, ana: Browser, officer: Account, database: Servers
) -> None:
    """An administrator reads no content: neither by a device that he enrols in his officer's name."""
    handset = Handset(app)
    assert handset.enrol(invited(chief, officer=str(officer.id))).json()["token"] is None
    assert handset.renew().json()["token"] is None
    chief("POST", f"/api/devices/{handset.id}/confirmation", 403)
    listed = next(one for one in ana("GET", "/api/devices")["devices"] if one["id"] == handset.id)
    assert listed["confirmed_at"] is None
    ana("POST", f"/api/devices/{handset.id}/confirmation")
    assert handset.renew().json()["token"]
    assert handset.ask("GET", "/api/session").status_code == 200
    stranger = employ(database, found(database), Role.FIELD_OFFICER)
    chief("POST", "/api/devices/invitations", 404, json={"name": "x", "address": HOST, "officer": str(stranger.id)})
    ana("POST", "/api/devices/invitations", 403, json={"name": "x", "address": HOST, "officer": str(stranger.id)})


def test_a_lost_device_is_out_at_once(
    phone: Handset, chief: Browser, ana: Browser, app: FastAPI, database: Servers
) -> None:
    stranger = browser(app, employ(database, found(database), Role.PARTY_ADMINISTRATOR))
    stranger("DELETE", f"/api/devices/{phone.id}", 404)
    assert phone.id in str(chief("GET", "/api/devices?party=true"))
    chief("DELETE", f"/api/devices/{phone.id}", 204)
    chief("DELETE", f"/api/devices/{phone.id}", 404)
    assert phone.ask("GET", "/api/session").status_code == 401
    assert phone.ask("POST", "/api/checks", json=check()).status_code == 401
    assert phone.renew().status_code == 401
    assert next(one for one in ana("GET", "/api/devices")["devices"] if one["id"] == phone.id)["revoked_at"]


def test_a_lost_devices_open_stream_ends_within_a_second(phone: Handset, chief: Browser, database: Servers) -> None:
    with served(hub(database)) as address:
        host = address.removeprefix("http://")
        proof = phone.proof("GET", "/api/feed", phone.token, htu=f"{address}/api/feed")
        headers = {"authorization": f"DPoP {phone.token}", "dpop": proof, "host": host}
        with httpx2.stream("GET", f"{address}/api/feed", headers=headers, timeout=10) as stream:
            lines = stream.iter_lines()
            assert "hello" in next(line for line in lines if line.startswith("event"))
            lost = time.monotonic()
            chief("DELETE", f"/api/devices/{phone.id}", 204)
            assert "goodbye" in next(line for line in lines if line.startswith("event"))
            assert time.monotonic() - lost < 5  # one second, and what a busy machine adds


def test_an_officer_struck_off_loses_his_devices(
    app: FastAPI, chief: Browser, database: Servers, party: Party, make: Callable[[Account], Handset]
) -> None:
    leaving = employ(database, party, Role.FIELD_OFFICER)
    handset = make(leaving)
    chief("PUT", f"/api/officers/{leaving.id}", json={"active": False})
    assert handset.ask("GET", "/api/session").status_code == 401
    assert handset.renew().status_code == 401


@pytest.fixture
def make(app: FastAPI) -> Callable[[Account], Handset]:
    def enrolled(account: Account) -> Handset:
        handset = Handset(app)
        handset.enrol(invited(browser(app, account)))
        return handset

    return enrolled
