"""An officer's own account: fresh proofs before what is grave, a new password, lost devices, and what else is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.access.entrance.stage import Clock, add_code, add_passkey, code, enter, entrance, grow_old, knock
from tests.access.passkeys.device import Device
from tests.town import PASSWORD, Browser, as_owner, browser, employ, found, rows
from tripoint.access.entry import EntryRules
from tripoint.access.idle import disable_idle
from tripoint.access.model import Account, Party, Role
from tripoint.access.rules import STEP_UP_ACTS
from tripoint.base.database import RELAY_ROLE, make_engine, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7

NEW = "nine lanterns over quiet water"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(engine: Engine, clock: Clock) -> FastAPI:
    return entrance(engine, clock, required=False)


@pytest.fixture(scope="module")
def party(database: Servers) -> Party:
    return found(database)


@pytest.fixture
def hire(database: Servers, party: Party) -> Callable[..., Account]:
    return lambda *roles: employ(database, party, *(roles or (Role.ANALYST,)))


@pytest.fixture
def ana(hire: Callable[..., Account]) -> Account:
    return hire()


def prove_by(at: Browser, expect: int = 200, **proof: object) -> object:
    return at("POST", "/api/session/proof", expect, json=proof)


@pytest.mark.parametrize("way", ["password", "code", "recovery", "passkey"])
def test_a_fresh_proof_opens_the_grave_acts_for_five_minutes(
    app: FastAPI, ana: Account, clock: Clock, database: Servers, way: str
) -> None:
    at, device = browser(app, ana), Device()
    secret, codes = add_code(at, clock) if way in ("code", "recovery") else (b"", [""])
    if way == "passkey":
        add_passkey(at, device)
    grow_old(database, ana, 5.1)
    assert at("POST", "/api/account/code", 403)["error"]["code"] == "step_up_needed"
    clock.pass_by(60)
    asked = at("POST", "/api/session/proof/question")
    assert (asked["password"], asked["code"]) == (way == "password", way in ("code", "recovery"))
    before = at.client.cookies["__Host-tripoint"]
    shown = {"password": PASSWORD, "code": code(secret, clock) if secret else "", "recovery": codes[0]}
    if way == "passkey":
        prove_by(at, credential=device.show(asked["public_key"]))
    else:
        at("POST", "/api/session/proof", json={"code" if way == "recovery" else way: shown[way]})
    assert at.client.cookies["__Host-tripoint"] != before
    at("POST", "/api/account/code")
    grow_old(database, ana, 4.5)
    at("POST", "/api/account/code")
    grow_old(database, ana, 0.7)
    at("POST", "/api/account/code", 403)


def test_the_secret_before_a_proof_opens_nothing_after_it(app: FastAPI, ana: Account) -> None:
    at, thief = browser(app, ana), Browser(app)
    thief.client.cookies["__Host-tripoint"] = at.client.cookies["__Host-tripoint"]
    thief("GET", "/api/session")
    prove_by(at, password=PASSWORD)
    thief("GET", "/api/session", 401)
    at("GET", "/api/session")


def test_a_password_is_no_proof_for_who_has_more(app: FastAPI, ana: Account, clock: Clock) -> None:
    at = browser(app, ana)
    add_code(at, clock)
    refusal = prove_by(at, 403, password=PASSWORD)
    assert refusal["error"]["code"] == "wrong_proof"  # type: ignore[index]


def test_failed_proofs_are_counted_written_down_and_lock_this_session_alone(
    app: FastAPI, ana: Account, database: Servers
) -> None:
    at, other = browser(app, ana), browser(app, ana)
    for status in [403] * 5 + [429]:
        prove_by(at, status, password="not the password")
    prove_by(at, 429, password=PASSWORD)
    prove_by(other, password=PASSWORD)
    with as_owner(database) as owner:
        seen = rows(owner, "select outcome from audit where act = 'prove' and officer = %(id)s order by seq", id=ana.id)
    assert [outcome for (outcome,) in seen] == ["refused"] * 5 + ["locked_out"] * 2 + ["done"]


def test_another_sessions_question_and_anothers_passkey_prove_nothing(
    app: FastAPI, hire: Callable[..., Account]
) -> None:
    ana, ben = hire(), hire()
    mine, his = Device(), Device()
    at, other, at_ben = browser(app, ana), browser(app, ana), browser(app, ben)
    add_passkey(at, mine)
    add_passkey(at_ben, his)
    asked = at("POST", "/api/session/proof/question")["public_key"]
    prove_by(other, 403, credential=mine.show(asked))
    prove_by(at, 403, credential=his.show(at("POST", "/api/session/proof/question")["public_key"]))
    his.credential, his.handle = mine.credential, mine.handle
    prove_by(at, 403, credential=his.show(at("POST", "/api/session/proof/question")["public_key"]))
    entering = Browser(app)("POST", "/api/sign-in/passkey/question", json={})["public_key"]
    prove_by(at, 403, credential=mine.show(entering))
    prove_by(at, credential=mine.show(at("POST", "/api/session/proof/question")["public_key"]))


@pytest.mark.parametrize("proof", [{}, {"password": PASSWORD, "code": "123456"}, {"code": "1"}, {"name": "x"}])
def test_exactly_one_proof_is_wanted(app: FastAPI, ana: Account, proof: dict[str, str]) -> None:
    prove_by(browser(app, ana), 422, **proof)


def test_no_token_carries_a_grave_act(app: FastAPI, hire: Callable[..., Account]) -> None:
    at = browser(app, hire(Role.ANALYST, Role.PARTY_ADMINISTRATOR))
    for act in sorted(STEP_UP_ACTS):
        at("POST", "/api/tokens", 422, json={"device": "gate", "minutes": 5, "acts": [act]})


def test_passkeys_are_named_listed_and_removed(app: FastAPI, hire: Callable[..., Account], ana: Account) -> None:
    at, phone, key = browser(app, ana), Device(), Device()
    first = add_passkey(at, phone)
    add_passkey(at, key, "key on my ring")
    seen = at("GET", "/api/account")
    assert [one["name"] for one in seen["passkeys"]] == ["my phone", "key on my ring"]
    assert seen["sign_in_name"] == ana.sign_in_name
    assert seen["can_add_passkeys"]
    browser(app, hire())("DELETE", f"/api/account/passkeys/{first['id']}", 404)
    at("DELETE", f"/api/account/passkeys/{first['id']}", 204)
    enter(Browser(app), phone, expect=401)
    enter(Browser(app), key)


def test_a_passkey_is_kept_once(app: FastAPI, hire: Callable[..., Account], ana: Account) -> None:
    device, other = Device(), Device()
    add_passkey(browser(app, ana), device)
    add_passkey(browser(app, hire()), other)
    other.credential = device.credential
    at = browser(app, hire())
    add_passkey(at, other, expect=409)


def test_the_handle_says_nothing_of_the_officer(app: FastAPI, hire: Callable[..., Account]) -> None:
    ana = hire()
    at = browser(app, ana)
    first = at("POST", "/api/account/passkeys/question")["public_key"]["user"]["id"]
    assert first == at("POST", "/api/account/passkeys/question")["public_key"]["user"]["id"]
    assert len(first) == 43
    assert first != browser(app, hire())("POST", "/api/account/passkeys/question")["public_key"]["user"]["id"]


def test_a_new_code_counts_when_its_first_was_shown(app: FastAPI, ana: Account, clock: Clock) -> None:
    at = browser(app, ana)
    begun = at("POST", "/api/account/code")
    assert begun["picture"].startswith("data:image/svg+xml;base64,")
    at("POST", "/api/account/code/first", 422, json={"code": "000000"})
    assert knock(app, ana)[0].status_code == 200
    secret, _ = add_code(at, clock)
    at("POST", "/api/account/code")  # begun anew: the present one goes on
    clock.pass_by(30)
    assert knock(app, ana, code=code(secret, clock))[0].status_code == 200
    at("DELETE", "/api/account/code", 204)
    at("DELETE", "/api/account/code", 404)
    assert knock(app, ana)[0].status_code == 200


def test_new_recovery_codes_replace_the_old(app: FastAPI, ana: Account, clock: Clock) -> None:
    at = browser(app, ana)
    _, old = add_code(at, clock)
    new = at("POST", "/api/account/recovery-codes")["recovery_codes"]
    assert not set(old) & set(new)
    assert knock(app, ana, code=old[0])[0].status_code == 401
    assert knock(app, ana, code=new[0])[0].status_code == 200
    assert at("GET", "/api/account")["recovery_codes"] == 9


def test_a_new_password_wants_the_present_one_and_ends_everything_else(app: FastAPI, ana: Account) -> None:
    at, elsewhere = browser(app, ana), browser(app, ana)
    made = at("POST", "/api/tokens", 201, json={"device": "gate", "minutes": 5, "acts": ["see_session"]})
    at("PUT", "/api/account/password", 403, json={"current": "not the password", "new": NEW})
    for bad in ("short", "password12345678", ana.sign_in_name + " and more"):
        at("PUT", "/api/account/password", 422, json={"current": PASSWORD, "new": bad})
    elsewhere("GET", "/api/session")
    at("PUT", "/api/account/password", 204, json={"current": PASSWORD, "new": NEW})
    at("GET", "/api/session")
    elsewhere("GET", "/api/session", 401)
    Browser(app)("GET", "/api/session", 401, headers={"authorization": f"Bearer {made['token']}"})
    assert knock(app, ana)[0].status_code == 401
    assert knock(app, ana, password=NEW)[0].status_code == 200


def test_a_given_password_opens_nothing_but_the_choice_of_ones_own(
    app: FastAPI, hire: Callable[..., Account], ana: Account, database: Servers, clock: Clock
) -> None:
    app.state.entry = EntryRules(True, app.state.entry.public_address)
    at_desk = Browser(app)
    at_desk.sign_in(hire(Role.PARTY_ADMINISTRATOR).sign_in_name)
    add_passkey(at_desk, Device())
    given = at_desk("PUT", f"/api/officers/{ana.id}", json={"new_password": True})["initial_password"]
    assert at_desk("PUT", f"/api/officers/{ana.id}", json={"name": "Ana Otra"})["initial_password"] is None
    answer, at = knock(app, ana, password=given)
    assert answer.json()["must_choose"]
    assert not answer.json()["must_enrol"]
    at("POST", "/api/account/code", 403)
    at("GET", "/api/parties", 403)
    prove_by(at, password=given)
    at("GET", "/api/parties", 403)  # a proof lifts nothing
    at("PUT", "/api/account/password", 422, json={"current": given, "new": given})
    at("PUT", "/api/account/password", 204, json={"current": given, "new": NEW})
    assert at("GET", "/api/session")["must_enrol"]
    add_code(at, clock)
    at("GET", "/api/parties")
    assert knock(app, ana, password=given)[0].status_code == 401


def test_a_given_password_ends_after_three_days(
    app: FastAPI, hire: Callable[..., Account], ana: Account, database: Servers
) -> None:
    at_desk = browser(app, hire(Role.PARTY_ADMINISTRATOR))
    given = at_desk("PUT", f"/api/officers/{ana.id}", json={"new_password": True})["initial_password"]
    with as_owner(database) as owner:
        kept = rows(owner, "select initial_until - now() from officer_password where officer = %(id)s", id=ana.id)
        assert timedelta(days=2, hours=23) < kept[0][0] <= timedelta(days=3)
        ends = "update officer_password set initial_until = now() where officer = %(id)s"
        owner.exec_driver_sql(ends, {"id": ana.id})
    assert knock(app, ana, password=given)[0].status_code == 401


def test_log_out_everywhere_ends_all_but_this(app: FastAPI, ana: Account) -> None:
    at, others = browser(app, ana), [browser(app, ana) for _ in range(3)]
    assert at("POST", "/api/account/end-others") == {"ended": 3}
    for other in others:
        other("GET", "/api/session", 401)
    at("GET", "/api/session")


def test_an_administrator_resets_what_was_lost(
    app: FastAPI, hire: Callable[..., Account], ana: Account, clock: Clock
) -> None:
    at, device = browser(app, ana), Device()
    add_passkey(at, device)
    add_code(at, clock)
    chief = hire(Role.PARTY_ADMINISTRATOR)
    at_desk = browser(app, chief)
    at("DELETE", f"/api/officers/{chief.id}/factors", 403)
    at_desk("DELETE", f"/api/officers/{chief.id}/factors", 403)
    at_desk("DELETE", f"/api/officers/{uuid4()}/factors", 404)
    at_desk("DELETE", f"/api/officers/{ana.id}/factors", 204)
    at("GET", "/api/session", 401)
    enter(Browser(app), device, expect=401)
    assert knock(app, ana)[0].status_code == 200


def test_another_partys_officer_cannot_be_reset(app: FastAPI, database: Servers, ana: Account) -> None:
    at, device = browser(app, ana), Device()
    add_passkey(at, device)
    stranger = employ(database, found(database), Role.PARTY_ADMINISTRATOR)
    browser(app, stranger)("DELETE", f"/api/officers/{ana.id}/factors", 404)
    enter(Browser(app), device)


def test_the_account_tells_what_happened_to_it(app: FastAPI, ana: Account) -> None:
    at = browser(app, ana)
    knock(app, ana, password="not the password")
    seen = [(one["act"], one["outcome"]) for one in at("GET", "/api/account")["events"]]
    assert seen == [("sign_in", "refused"), ("sign_in", "done")]


def officer_was_active(database: Servers, which: UUID) -> bool:
    with as_owner(database) as owner:
        return bool(rows(owner, "select active from officer where id = %(id)s", id=which)[0][0])


def test_an_officer_not_seen_for_ninety_days_is_switched_off(app: FastAPI, own_database: Servers) -> None:
    party = found(own_database)
    gone, new, lately = (employ(own_database, party, Role.VIEWER) for _ in range(3))
    relay = make_engine(own_database.relay, role=RELAY_ROLE)
    with as_owner(own_database) as owner:
        owner.exec_driver_sql(
            "update officer set active_since = now() - interval '91 days' where id = any(%(ids)s)",
            {"ids": [gone.id, lately.id]},
        )
        owner.exec_driver_sql(
            "select open_sign_in('\\x01', %(id)s, 'session', %(who)s, null, null, null, '1 h', now() + interval '1 h')",
            {"id": uuid7(), "who": lately.id},
        )
    for _ in range(2):
        with transaction(relay) as session:
            disable_idle(session)
    relay.dispose()
    assert [officer_was_active(own_database, one.id) for one in (gone, new, lately)] == [False, True, True]
    with as_owner(own_database) as owner:
        kept = rows(owner, "select party, outcome from audit where object_id = %(id)s and outcome = 'idle'", id=gone.id)
        owner.exec_driver_sql("update officer set active = true where id = %(id)s", {"id": gone.id})
        owner.exec_driver_sql("update chore_done set day = day - 1")
    assert [tuple(row) for row in kept] == [(party.number, "idle")]
    relay = make_engine(own_database.relay, role=RELAY_ROLE)
    with transaction(relay) as session:
        disable_idle(session)
    relay.dispose()
    assert officer_was_active(own_database, gone.id)
