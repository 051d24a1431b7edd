"""Signing in through a party's own service, from the button to the session; and everything that may go wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.access.entrance.stage import Clock, add_code, add_passkey, entrance
from tests.access.federation.service import ADDRESS, Service, issuer, new_key
from tests.access.passkeys.device import Device
from tests.town import Browser, as_owner, browser, employ, found, rows
from tripoint.access.federation.issuers import read_issuers
from tripoint.access.federation.provider import federation_of, make_client
from tripoint.access.model import Account, Party, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import SetUp
from tripoint.base.outbound import NotCalled

HUB = "https://hub.test"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service(clock: Clock) -> Service:
    return Service(clock.now)


@pytest.fixture(scope="module")
def party(database: Servers) -> Party:
    return found(database)


@pytest.fixture
def app(engine: Engine, clock: Clock, service: Service, party: Party) -> FastAPI:
    app = entrance(engine, clock)
    app.state.federation = federation_of((issuer(party.code),), service.client())
    return app


@pytest.fixture
def ana(database: Servers, party: Party, app: FastAPI, service: Service) -> Account:
    """An officer whom her administrator has linked."""
    ana = employ(database, party, Role.ANALYST)
    service.claims["sub"] = f"u-{ana.id}"
    link(app, chief_of(database, party), ana, service.claims["sub"])
    return ana


def chief_of(database: Servers, party: Party) -> Account:
    return employ(database, party, Role.PARTY_ADMINISTRATOR)


def link(app: FastAPI, chief: Account, officer: Account, subject: str, expect: int = 204, name: str = "arc") -> Any:
    at_desk = Browser(app)
    if at_desk.sign_in(chief.sign_in_name)["must_enrol"]:
        add_passkey(at_desk, Device())
    body = {"issuer": name, "subject": subject}
    return at_desk("POST", f"/api/officers/{officer.id}/identities", expect, json=body)


def go(at: Browser, service: Service) -> dict[str, str]:
    """The browser goes to the service; what it brought there."""
    return service.visited(at("POST", "/api/sign-in/issuer/arc")["address"])


def come_back(at: Browser, **brought: str) -> tuple[str, bool]:
    """The browser comes back; where it is sent on to, and whether a session was opened."""
    answer = at.client.get("/api/sign-in/issuer/back", params={"code": "c"} | brought, follow_redirects=False)
    assert answer.status_code == 303
    return answer.headers["location"], "__Host-tripoint=" in answer.headers.get("set-cookie", "")


def refused(at: Browser, **brought: str) -> bool:
    place, opened = come_back(at, **brought)
    return place == "/#/refused?code=wrong_credentials" and not opened


def test_who_is_linked_comes_in(app: FastAPI, ana: Account, service: Service, database: Servers) -> None:
    at = Browser(app)
    assert at("GET", "/api/sign-in/ways")["issuers"] == [{"name": "arc", "label": "Police of Arcadia"}]
    asked = go(at, service)
    assert (asked["response_type"], asked["scope"], asked["client_id"]) == ("code", "openid", "tripoint")
    assert (asked["code_challenge_method"], asked["redirect_uri"]) == ("S256", HUB + "/api/sign-in/issuer/back")
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) == 43
    assert come_back(at, state=asked["state"]) == ("/", True)
    assert service.form["redirect_uri"] == asked["redirect_uri"]
    session = at("GET", "/api/session")
    assert session["officer"]["id"] == str(ana.id)
    assert not session["must_enrol"]
    with as_owner(database) as owner:
        asked_for = "select p.method from sign_in_proof p join sign_in s on s.id = p.sign_in where s.officer = %(id)s"
        assert [tuple(row) for row in rows(owner, asked_for, id=ana.id)] == [("issuer arc",)]


def test_an_answer_counts_once_and_in_the_browser_that_went(app: FastAPI, ana: Account, service: Service) -> None:
    at, other = Browser(app), Browser(app)
    state = go(at, service)["state"]
    go(other, service)
    assert refused(Browser(app), state=state)
    assert refused(other, state=state)
    assert refused(at, state="x" * 43)
    state = go(at, service)["state"]
    secret = at.client.cookies["__Host-tripoint-away"]
    assert come_back(at, state=state)[1]
    at.client.cookies["__Host-tripoint-away"] = secret
    assert refused(at, state=state)


def test_nobody_is_made_by_signing_in(app: FastAPI, service: Service, database: Servers) -> None:
    service.claims["sub"] = "a stranger"
    with as_owner(database) as owner:
        before = rows(owner, "select count(*) from officer")
    at = Browser(app)
    assert refused(at, state=go(at, service)["state"])
    with as_owner(database) as owner:
        assert rows(owner, "select count(*) from officer") == before


def test_an_issuer_vouches_for_its_own_party_alone(
    app: FastAPI, ana: Account, service: Service, database: Servers
) -> None:
    other = found(database)
    stranger = employ(database, other, Role.ANALYST)
    link(app, chief_of(database, other), stranger, "u-9", expect=404)
    with as_owner(database) as owner:  # even where such a link stands in the table
        owner.exec_driver_sql(
            "insert into identity_elsewhere (issuer, subject, officer) values (%(i)s, 'u-9', %(o)s)",
            {"i": ADDRESS, "o": stranger.id},
        )
    service.claims["sub"] = "u-9"
    at = Browser(app)
    assert refused(at, state=go(at, service)["state"])


def test_links_are_the_partys_own(
    app: FastAPI, ana: Account, service: Service, database: Servers, party: Party
) -> None:
    link(app, chief_of(database, party), ana, service.claims["sub"], expect=409)
    link(app, chief_of(database, party), ana, "u-2", expect=404, name="other")
    at_desk, at = browser(app, employ(database, party, Role.PARTY_ADMINISTRATOR)), Browser(app)
    add_passkey(at_desk, Device())
    (linked,) = at_desk("GET", f"/api/officers/{ana.id}/identities")["identities"]
    assert (linked["issuer"], linked["subject"]) == (ADDRESS, service.claims["sub"])
    assert come_back(at, state=go(at, service)["state"])[1]
    at_desk("POST", f"/api/officers/{ana.id}/identities/end", 204, json={n: linked[n] for n in ("issuer", "subject")})
    at("GET", "/api/session", 401)
    assert refused(at, state=go(at, service)["state"])


def test_one_factor_there_is_not_enough_here(app: FastAPI, ana: Account, service: Service, clock: Clock) -> None:
    service.claims["amr"] = ["pwd"]
    at = Browser(app)
    assert come_back(at, state=go(at, service)["state"])[1]
    session = at("GET", "/api/session")
    assert session["must_enrol"]
    at.client.headers["x-csrf-token"] = session["csrf"]
    add_code(at, clock)
    again = Browser(app)
    place, opened = come_back(again, state=go(again, service)["state"])
    assert (place, opened) == ("/#/refused?code=second_factor_needed", False)


BENT: dict[str, dict[str, Any]] = {
    "nonce": {"claims": {"nonce": "another"}}, "audience": {"claims": {"aud": "other"}},
    "issuer": {"claims": {"iss": "https://evil.test"}}, "time": {"claims": {"exp": 1}},
    "no token": {"answer": (200, {"token_type": "Bearer"})}, "rubbish": {"answer": (200, [])},
    "refusal": {"answer": (400, {"error": "invalid_grant"})}, "redirection": {"answer": (302, {})},
    "alg none": {"answer": (200, {"id_token": "eyJhbGciOiJub25lIn0.e30."})},
    "number": {"answer": (200, {"id_token": 7})},
}  # fmt: skip


@pytest.mark.parametrize("name", BENT)
def test_a_bent_answer_of_the_service_opens_nothing(app: FastAPI, ana: Account, service: Service, name: str) -> None:
    at = Browser(app)
    state = go(at, service)["state"]
    service.claims |= BENT[name].get("claims", {})
    service.answer = BENT[name].get("answer")
    assert refused(at, state=state)


@pytest.mark.parametrize(
    "said",
    [{"issuer": "https://evil.test"}, {"issuer": ADDRESS + "/"}, {"token_endpoint": "https://evil.test/token"},
     {"jwks_uri": "http://login.arc.test/keys"}, {"authorization_endpoint": None},
     {"jwks_uri": "https://login.arc.test:444/keys"}, {"code_challenge_methods_supported": ["plain"]}],
    ids=str,
)  # fmt: skip
def test_a_service_that_describes_itself_wrongly_is_not_believed(
    app: FastAPI, service: Service, said: dict[str, Any]
) -> None:
    service.description = said
    Browser(app)("POST", "/api/sign-in/issuer/arc", 401)


def test_the_answer_says_which_issuer_it_comes_from(app: FastAPI, ana: Account, service: Service) -> None:
    at = Browser(app)
    assert refused(at, state=go(at, service)["state"], iss="https://evil.test")
    service.description = {"authorization_response_iss_parameter_supported": True}
    app.state.federation._known.clear()
    assert refused(at, state=go(at, service)["state"])
    assert come_back(at, state=go(at, service)["state"], iss=ADDRESS)[1]


def test_new_keys_are_fetched_when_an_unknown_one_signs_and_not_too_often(
    app: FastAPI, ana: Account, service: Service
) -> None:
    steady = [0.0]
    app.state.federation.steady = lambda: steady[0]
    at = Browser(app)
    assert come_back(at, state=go(at, service)["state"])[1]
    service.keys = [new_key("EC", "k2")]
    assert refused(at, state=go(at, service)["state"])  # within a minute nothing is asked again
    assert service.calls.count("/keys") == 1
    steady[0] += 61
    assert come_back(at, state=go(at, service)["state"])[1]
    assert service.calls.count("/keys") == 2
    service.keys = [new_key("EC", "k2")]  # the same name, another key: refused until it is published
    app.state.federation._known["arc"].since += 0
    assert refused(at, state=go(at, service)["state"])
    steady[0] += 601
    assert come_back(at, state=go(at, service)["state"])[1]


def test_a_service_that_is_away_is_said_to_be_away(app: FastAPI, service: Service) -> None:
    def away(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("no route")

    app.state.federation.client = httpx2.Client(transport=httpx2.MockTransport(away))
    Browser(app)("POST", "/api/sign-in/issuer/arc", 503)
    Browser(app)("POST", "/api/sign-in/issuer/other", 404)


def test_the_client_proves_itself_where_it_has_a_secret(
    app: FastAPI, ana: Account, service: Service, party: Party
) -> None:
    app.state.federation = federation_of((issuer(party.code, secret="s:ecret"),), service.client())
    at = Browser(app)
    assert come_back(at, state=go(at, service)["state"])[1]
    assert service.authorization == httpx2.BasicAuth("tripoint", "s%3Aecret")._auth_header


def test_nobody_but_listed_hosts_is_called(party: Party) -> None:
    client = make_client((issuer(party.code, hosts=("keys.arc.test",)),))
    for address in ("https://evil.test/x", "http://login.arc.test/x", "https://login.arc.test:444/x"):
        with pytest.raises(NotCalled):
            client.get(address)
    client.close()


GOOD_FILE = """
[[issuer]]
name = "arc"
label = "Police of Arcadia"
party = "ARC"
issuer = "https://login.arc.test/realm"
client = "tripoint"
hosts = ["keys.arc.test"]
algorithms = ["ES256"]
longest_minutes = 60
"""


def test_a_file_of_issuers_is_read(tmp_path: Path) -> None:
    file, secret = tmp_path / "issuers.toml", tmp_path / "secret"
    secret.write_text("s3cret\n")
    secret.chmod(0o600)
    file.write_text(GOOD_FILE + f'secret_file = "{secret}"\n')
    (one,) = read_issuers(file)
    assert (one.name, one.party, one.address, one.secret) == ("arc", "ARC", "https://login.arc.test/realm", "s3cret")
    assert (one.algorithms, one.amr, one.longest.total_seconds()) == (("ES256",), frozenset({"mfa"}), 3600)
    assert "s3cret" not in repr(one)
    secret.chmod(0o644)
    with pytest.raises(SetUp, match="others may read"):
        read_issuers(file)
    assert urlsplit(one.address).hostname == "login.arc.test"


@pytest.mark.parametrize(
    ("old", "new"),
    [("https://login", "http://login"), ("/realm", "/realm?x=1"), ("ES256", "none"), ("ES256", "HS256"),
     ("= 60", "= 721"), ("= 60", '= "x"'), ('"arc"', '"Arc!"'), ("client =", "klient ="), ('["keys.arc.test"]', '"x"'),
     ("[[issuer]]", "[issuer]"), ("[[", "[["), ('label = "', 'label = ')],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_a_sentence(tmp_path: Path, old: str, new: str) -> None:
    file = tmp_path / "issuers.toml"
    file.write_text(GOOD_FILE.replace(old, new) if old != new else GOOD_FILE * 2)
    with pytest.raises(SetUp) as raised:
        read_issuers(file)
    assert raised.value.field == "TRIPOINT_ISSUERS"
