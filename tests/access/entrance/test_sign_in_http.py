"""Signing in by passkey and by one-time code: what opens, what does not, and what nobody can learn from it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.access.entrance.stage import Clock, add_code, add_passkey, code, enter, entrance, grow_old, knock
from tests.access.passkeys.device import Device
from tests.town import PASSWORD, Browser, as_owner, browser, employ, found, rows
from tripoint.access import proof
from tripoint.access.entry import EntryRules
from tripoint.access.model import Account, Party, Role
from tripoint.base.embedded_postgres import Servers


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(engine: Engine, clock: Clock) -> FastAPI:
    return entrance(engine, clock)


@pytest.fixture(scope="module")
def party(database: Servers) -> Party:
    return found(database)


@pytest.fixture
def hire(database: Servers, party: Party) -> Callable[..., Account]:
    return lambda *roles: employ(database, party, *(roles or (Role.ANALYST,)))


@pytest.fixture
def ana(hire: Callable[..., Account]) -> Account:
    return hire()


@pytest.fixture
def device(app: FastAPI, ana: Account) -> Device:
    """Ana's phone, enrolled."""
    device = Device()
    add_passkey(browser(app, ana), device)
    return device


def test_without_a_second_factor_one_may_do_nothing_but_enrol(app: FastAPI, ana: Account) -> None:
    at = Browser(app)
    session = at.sign_in(ana.sign_in_name)
    assert session["must_enrol"]
    assert set(session["may"]) == {"see_session", "sign_out", "see_account", "prove", "add_passkey", "set_codes"}
    at("GET", "/api/parties", 403)
    at("POST", "/api/tokens", 403, json={"device": "gate", "minutes": 5, "acts": ["see_session"]})
    at("PUT", "/api/account/password", 403, json={"current": PASSWORD, "new": "another set of words here"})
    before = at.client.cookies["__Host-tripoint"]
    freed = add_passkey(at, Device())["session"]
    assert not freed["must_enrol"]
    assert "ask_check" in freed["may"]
    assert at.client.cookies["__Host-tripoint"] != before
    at("GET", "/api/parties")
    at.client.cookies.clear()
    at.client.cookies["__Host-tripoint"] = before
    at("GET", "/api/session", 401)


def test_a_passkey_opens_with_and_without_a_name(app: FastAPI, ana: Account, device: Device) -> None:
    for name in (None, ana.sign_in_name, ana.sign_in_name.upper()):
        session = enter(Browser(app), device, name)
        assert session["officer"]["id"] == str(ana.id)
        assert not session["must_enrol"]


def test_the_cookies_of_a_passkey_are_out_of_reach(app: FastAPI, device: Device) -> None:
    at = Browser(app)
    asked = at.client.post("/api/sign-in/passkey/question", json={})
    answer = at.client.post("/api/sign-in/passkey", json={"credential": device.show(asked.json()["public_key"])})
    for cookie in (*asked.headers.get_list("set-cookie"), *answer.headers.get_list("set-cookie")):
        assert cookie.startswith("__Host-tripoint")
        for part in ("HttpOnly", "Secure", "Path=/", "SameSite=strict"):
            assert part in cookie


def test_an_answer_opens_once_and_only_in_the_browser_that_was_asked(app: FastAPI, device: Device) -> None:
    mine, other = Browser(app), Browser(app)
    asked = mine("POST", "/api/sign-in/passkey/question", json={})
    other("POST", "/api/sign-in/passkey/question", json={})
    shown = {"credential": device.show(asked["public_key"])}
    Browser(app)("POST", "/api/sign-in/passkey", 401, json=shown)
    other("POST", "/api/sign-in/passkey", 401, json=shown)
    secret = mine.client.cookies["__Host-tripoint-asked"]
    mine("POST", "/api/sign-in/passkey", json=shown)
    mine.client.cookies["__Host-tripoint-asked"] = secret
    device.count += 1
    mine("POST", "/api/sign-in/passkey", 401, json=shown)


def test_a_question_holds_for_two_minutes(app: FastAPI, device: Device, database: Servers) -> None:
    at = Browser(app)
    asked = at("POST", "/api/sign-in/passkey/question", json={})
    with as_owner(database) as owner:
        left = rows(owner, "select max(ends_at - now()) from asked_proof")[0][0].total_seconds()
        assert 0 < left <= 120
        owner.exec_driver_sql("update asked_proof set ends_at = now() - interval '1 second'")
    at("POST", "/api/sign-in/passkey", 401, json={"credential": device.show(asked["public_key"])})


def test_a_wrong_answer_uses_the_question_up(app: FastAPI, device: Device) -> None:
    at = Browser(app)
    asked = at("POST", "/api/sign-in/passkey/question", json={})["public_key"]
    wrong = device.show(asked)
    wrong["response"]["signature"] = wrong["response"]["signature"][:-8] + "AAAAAAAA"
    at("POST", "/api/sign-in/passkey", 401, json={"credential": wrong})
    at("POST", "/api/sign-in/passkey", 401, json={"credential": device.show(asked)})


@pytest.mark.parametrize(
    "bent",
    [{"origin": "https://evil.test"}, {"domain": "evil.test"}, {"flags": 1}, {"more": {"crossOrigin": True}},
     {"handle": b"x" * 32}, {"say_whose": False}, {"count": -1, "counts": False}],
    ids=str,
)  # fmt: skip
def test_a_bent_answer_opens_nothing(app: FastAPI, device: Device, bent: dict[str, Any]) -> None:
    enter(Browser(app), device)
    if bent.get("count") == -1:
        bent = {"count": 1, "counts": False}  # a copy of the device that was used before
    for name, value in bent.items():
        setattr(device, name, value)
    enter(Browser(app), device, expect=401)


def test_a_device_that_does_not_say_whose_it_is_needs_the_name(app: FastAPI, ana: Account, device: Device) -> None:
    device.say_whose = False
    enter(Browser(app), device, ana.sign_in_name)


def test_a_question_says_nothing_of_the_account(
    app: FastAPI, hire: Callable[..., Account], ana: Account, device: Device
) -> None:
    def asked(name: str) -> list[Any]:
        found = Browser(app)("POST", "/api/sign-in/passkey/question", json={"name": name})["public_key"]
        assert set(found) == {"challenge", "timeout", "rpId", "allowCredentials", "userVerification"}
        allowed: list[Any] = found["allowCredentials"]
        return allowed

    nobody, without = f"nobody{uuid4().hex}@arc", hire().sign_in_name
    for name in (nobody, without, ana.sign_in_name):
        first, second = asked(name), asked(name)
        assert first == second
        assert [len(one["id"]) for one in first] == [43]
    assert asked(nobody) != asked(without)


def test_five_failures_lock_a_passkey_and_guessed_passwords_do_not(app: FastAPI, ana: Account, device: Device) -> None:
    for _ in range(6):
        knock(app, ana, password="not the password")
    assert knock(app, ana)[0].status_code == 429
    enter(Browser(app), device)
    device.origin, guesser = "https://evil.test", Browser(app)
    for status in [401] * 5 + [429]:
        enter(guesser, device, expect=status)
    device.origin = "https://hub.test"
    enter(guesser, device, expect=429)
    enter(Browser(app), device)  # whoever knows the passkey's number locks it in his own browser alone


def test_an_officer_struck_off_does_not_come_in_by_passkey(
    app: FastAPI, ana: Account, device: Device, database: Servers
) -> None:
    with as_owner(database) as owner:
        owner.exec_driver_sql("update officer set active = false where id = %(id)s", {"id": ana.id})
    enter(Browser(app), device, expect=401)


def test_a_password_alone_opens_nothing_where_there_is_a_second_factor(
    app: FastAPI, ana: Account, device: Device
) -> None:
    answer, at = knock(app, ana)
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "second_factor_needed")
    assert not at.client.cookies
    app.state.entry = EntryRules(False, app.state.entry.public_address)  # nor where it is only offered
    assert knock(app, ana)[0].status_code == 401


def test_a_code_opens_with_the_password_and_once(app: FastAPI, ana: Account, clock: Clock) -> None:
    secret, _ = add_code(browser(app, ana), clock)
    assert knock(app, ana, code=code(secret, clock))[0].status_code == 401  # used up by enrolling
    clock.pass_by(30)
    now = code(secret, clock)
    answer, _ = knock(app, ana, code=f"{now[:3]} {now[3:]}")
    assert answer.status_code == 200
    assert not answer.json()["must_enrol"]
    assert knock(app, ana, code=now)[0].json() == knock(app, ana, code="000000")[0].json()
    assert knock(app, ana, code=now)[0].status_code == 401


def test_a_wrong_password_with_a_right_code_does_not_use_the_code_up(app: FastAPI, ana: Account, clock: Clock) -> None:
    secret, _ = add_code(browser(app, ana), clock)
    clock.pass_by(30)
    assert knock(app, ana, password="not the password", code=code(secret, clock))[0].status_code == 401
    assert knock(app, ana, code=code(secret, clock))[0].status_code == 200


def test_a_recovery_code_opens_once(app: FastAPI, ana: Account, clock: Clock) -> None:
    _, codes = add_code(browser(app, ana), clock)
    assert len(set(codes)) == 10
    assert knock(app, ana, code=codes[0].lower())[0].status_code == 200
    assert knock(app, ana, code=codes[0])[0].status_code == 401
    assert knock(app, ana, code=codes[1])[0].status_code == 200


def test_five_wrong_codes_lock_as_wrong_passwords_do(app: FastAPI, ana: Account, clock: Clock) -> None:
    secret, _ = add_code(browser(app, ana), clock)
    clock.pass_by(30)
    seen = [knock(app, ana, code="000000")[0].status_code for _ in range(6)]
    assert seen == [401] * 5 + [429]
    assert knock(app, ana, code=code(secret, clock))[0].status_code == 429


def test_nothing_secret_is_kept_as_it_is(app: FastAPI, ana: Account, clock: Clock, database: Servers) -> None:
    secret, codes = add_code(browser(app, ana), clock)
    with as_owner(database) as owner:
        kept = rows(owner, "select sealed from one_time_code where officer = %(id)s", id=ana.id)[0][0]
        digests = rows(owner, "select digest from recovery_code where officer = %(id)s", id=ana.id)
        trail = str(rows(owner, "select a::text from audit a"))
    assert secret not in bytes(kept)
    assert not {bytes(digest) for (digest,) in digests} & {one.replace("-", "").encode() for one in codes}
    assert not [one for one in (*codes, secret.hex(), PASSWORD) if one in trail]


def test_as_many_passwords_are_hashed_for_a_name_nobody_bears(
    app: FastAPI, ana: Account, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time an answer takes is that of one hash, which is made for every name."""
    made: list[str] = []
    real = proof.verified

    def counted(kept: str, password: str) -> bool:
        made.append(kept)
        return real(kept, password)

    monkeypatch.setattr(proof, "verified", counted)
    Browser(app).client.post("/api/sign-in", json={"name": f"nobody{uuid4().hex}@arc", "password": "x" * 20})
    knock(app, ana, password="not the password")
    knock(app, ana)
    assert len(made) == 3
    assert len({kept.rpartition("$")[0].rpartition("$")[0] for kept in made}) == 1  # of the same cost


def test_who_is_sent_away_because_others_wait_has_not_failed(
    app: FastAPI, ana: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = browser(app, ana)
    monkeypatch.setattr(proof, "PATIENCE", 0.01)
    with ExitStack() as others:
        for _ in range(proof.MOST_AT_ONCE):
            others.enter_context(proof.one_of_few())
        assert [knock(app, ana)[0].status_code for _ in range(6)] == [503] * 6
        for _ in range(6):
            at("POST", "/api/session/proof", 503, json={"password": PASSWORD})
    assert knock(app, ana)[0].status_code == 200
    at("POST", "/api/session/proof", json={"password": PASSWORD})


def test_signing_in_makes_a_new_session_and_ends_the_one_before(app: FastAPI, device: Device) -> None:
    at = Browser(app)
    enter(at, device)
    before = at.client.cookies["__Host-tripoint"]
    enter(at, device)
    after = at.client.cookies["__Host-tripoint"]
    assert before != after
    thief = Browser(app)
    thief.client.cookies["__Host-tripoint"] = before
    thief("GET", "/api/session", 401)


def test_the_ways_in_are_told(app: FastAPI) -> None:
    assert Browser(app)("GET", "/api/sign-in/ways") == {"passkeys": True, "issuers": []}
    app.state.entry = EntryRules(True, "")
    assert Browser(app)("GET", "/api/sign-in/ways")["passkeys"] is False
    Browser(app)("POST", "/api/sign-in/passkey/question", 422, json={})


def test_what_happened_is_in_the_trail_of_the_party(
    app: FastAPI, ana: Account, device: Device, database: Servers
) -> None:
    enter(Browser(app), device)
    knock(app, ana)
    device.origin = "https://evil.test"
    enter(Browser(app), device, expect=401)
    with as_owner(database) as owner:
        seen = rows(owner, "select act, outcome, party from audit where officer = %(id)s order by seq", id=ana.id)
        asked = "select distinct method from sign_in_proof p join sign_in s on s.id = p.sign_in where officer = %(id)s"
        method = rows(owner, asked, id=ana.id)
    assert [(act, outcome) for act, outcome, _ in seen][-3:] == [
        ("sign_in", "done"), ("sign_in", "half_proven"), ("sign_in", "refused"),
    ]  # fmt: skip
    assert {party for _, _, party in seen} == {seen[0][2]}
    assert {name for (name,) in method} == {"password", "passkey"}


def test_an_old_proof_is_asked_for_again(app: FastAPI, ana: Account, device: Device, database: Servers) -> None:
    at = Browser(app)
    enter(at, device)
    grow_old(database, ana, 6)
    refusal = at("POST", "/api/account/passkeys/question", 403)
    assert refusal["error"]["code"] == "step_up_needed"
