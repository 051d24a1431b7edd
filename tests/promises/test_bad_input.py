"""Whatever is sent, the answer is one clear sentence in the one shape: no failure of ours, never the input again."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.hub import hub, served
from tests.town import PASSWORD, Browser, as_owner, browser, employ, found, rows
from tripoint.access.door import COOKIE
from tripoint.access.model import Account, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7

SHAPE = {"code", "field", "sentence", "remedy", "request"}
MEGABYTE = 1024 * 1024
ODD_TEXTS = (
    "Robert'); drop table hit; --", "' or 1=1 --", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "%s %(id)s {0} {id}", "\\", "\u202egnirts", "\U0001f6a8", "a\u0300" * 50, "\n\t",
    "=1+1", "../../etc/passwd", "\u200b", "null",
)  # fmt: skip


@pytest.fixture(scope="module")
def app(database: Servers) -> Generator[FastAPI]:
    app = hub(database)
    yield app
    app.state.door.engine.dispose()


@pytest.fixture(scope="module")
def account(database: Servers) -> Account:
    return employ(database, found(database), Role.LIAISON_OFFICER, Role.PARTY_ADMINISTRATOR)


@pytest.fixture(scope="module")
def officer(app: FastAPI, account: Account) -> Browser:
    return browser(app, account)


def question(**parts: Any) -> dict[str, Any]:
    return {"id": str(uuid7()), "purpose": "border_control", **parts}


def refused(answer: Any, status: int, field: str | None = None) -> dict[str, Any]:
    """The error, after looking at its shape."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    body = answer.json()
    assert set(body) == {"error"}
    error: dict[str, Any] = body["error"]
    assert set(error) == SHAPE
    assert error["sentence"]
    assert error["code"]
    assert error["request"] == answer.headers["x-request-id"]
    if field is not None:
        assert error["field"] == field
    return error


def places(value: Any, text: str, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every text of a body in turn replaced by `text`, with its path."""
    for name, part in value.items():
        if isinstance(part, dict):
            for inner, changed in places(part, text, (*path, name)):
                yield inner, value | {name: changed}
        elif isinstance(part, str):
            yield ".".join((*path, name)), value | {name: text}


EVERYTHING = {
    "person": {
        "name": "Ana Inventada", "given": "Ana", "family": "Inventada", "birth": "1976", "nationality": "COL",
        "sex": "F",
    },
    "document": {"number": "A1", "issuer": "COL", "type": "visa"},
    "vehicle": {"vin": "9BWZZZ377VT004251", "plate": "A1", "country": "COL", "make": "Arvandel"},
    "firearm": {"serial": "A1", "make": "Arvandel", "model": "M", "calibre": "9 mm"},
}  # fmt: skip


@pytest.mark.parametrize(("field", "body"), list(places(EVERYTHING, "a\x00b")), ids=lambda value: str(value)[:30])
def test_nul_is_refused_by_name(officer: Browser, field: str, body: dict[str, Any]) -> None:
    refused(officer.client.post("/api/checks", json=question(**body)), 422, field)


def test_nul_is_refused_wherever_text_is_taken(officer: Browser) -> None:
    which = uuid7()
    for path, body in (
        (f"/api/hits/{which}/decision", {"decision": "confirmed", "reason": "a\x00b"}),
        (f"/api/hits/{which}/referral", {"note": "a\x00b"}),
        (f"/api/hits/{which}/outcome", {"outcome": "cleared", "override_reason": "a\x00b"}),
        ("/api/sign-in", {"name": "a\x00b@arc", "password": "x"}),
        ("/api/checks", question(document={"mrz": "P<\x00"})),
        ("/api/agencies", {"name": "a\x00b"}),
        ("/api/records/vehicle", {"content": {"plate": "A\x001", "status": "stolen"}}),
    ):
        refused(officer.client.post(path, json=body), 422)
    for query in (
        "/api/checks?grade=%00",
        "/api/checks?after=%00",
        "/api/hits?state=%00",
        "/api/room/figures?operation=%00",
    ):
        refused(officer.client.get(query), 422)


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_texts_are_only_texts(officer: Browser, database: Servers, text: str) -> None:
    for field, body in places(EVERYTHING, text):
        answer = officer.client.post("/api/checks", json=question(**body))
        if answer.status_code != 200:
            assert str(refused(answer, 422)["field"]).split(".")[0] == field.split(".")[0]
    with as_owner(database) as owner:
        assert rows(owner, "select to_regclass('hit') is not null") == [(True,)]


def test_markup_comes_back_as_it_was_kept_and_as_json(officer: Browser) -> None:
    body = question(person={"name": "<script>alert(1)</script> Ana"})
    officer("POST", "/api/checks", json=body)
    answer = officer.client.get(f"/api/checks/{body['id']}")
    assert answer.json()["asked"]["person"]["name"] == "<script>alert(1)</script> Ana"
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{", b"null", b"[]", b'"text"', b"12", b"{}garbage", b"\xff\xfe\x00", b'{"id": "\xc3\x28"}',
        b"\xef\xbb\xbf{}",
        b'{"id": 1e999}', b"NaN", b'{"position": {"latitude": NaN, "longitude": 1}}', b'{"a": ' * 100_000,
        b"[" * 100_000 + b"]" * 100_000, b'{"id": ' + b"9" * 10_000 + b"}", b'{"id": -' + b"9" * 5_000 + b".5e9999}",
        b'{"\\ud800": 1}', b'{"person": {"name": "\\ud800"}}', b'{"person": {"\\udfff": "x"}}',
        b'{"id": "x", "id": "y"}',
    ],
    ids=lambda raw: repr(raw[:30]),
)  # fmt: skip
def test_what_is_no_check_is_refused(officer: Browser, raw: bytes) -> None:
    for path in ("/api/checks", "/api/sign-in", "/api/records/person"):
        answer = officer.client.post(path, content=raw, headers={"content-type": "application/json"})
        assert answer.status_code in (400, 422), answer.text
        refused(answer, answer.status_code)


@pytest.mark.parametrize("number", ["1e400", "-1e400", "NaN", "Infinity", "9" * 400, "1e-400"])
def test_impossible_numbers_name_their_field(officer: Browser, number: str) -> None:
    body = json.dumps(question(document={"number": "A1"}, position={"latitude": 1, "longitude": 2}))
    raw = body.replace('"latitude": 1', f'"latitude": {number}')
    answer = officer.client.post("/api/checks", content=raw, headers={"content-type": "application/json"})
    if number == "1e-400":
        assert answer.status_code == 200  # nothing but a small number
    else:
        refused(answer, 422, "position.latitude")


def test_half_characters_are_refused_and_not_repeated(officer: Browser) -> None:
    for body in ('{"\\ud800": 1}', '{"person": {"name": "\\udcff"}}', '{"document": {"number": "A1", "\\ud834": 1}}'):
        answer = officer.client.post("/api/checks", content=body, headers={"content-type": "application/json"})
        refused(answer, 422)


def test_an_error_never_repeats_what_was_sent(officer: Browser) -> None:
    secret = "Zyx Wvutsrq"
    for body in (question(person={"name": [secret]}), question(person={"name": "A", "sex": secret}), {"id": secret}):
        assert secret not in officer.client.post("/api/checks", json=body).text


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_read(officer: Browser, content_type: str) -> None:
    raw = json.dumps(question(document={"number": "A1"}))
    answer = officer.client.post("/api/checks", content=raw, headers={"content-type": content_type})
    refused(answer, answer.status_code)
    assert answer.status_code in (415, 422)


ANSWER_ANYBODY = {"/api/health", "/api/sign-in/ways", "/api/devices/{which}/challenge", "/api/first"}


def test_every_refusal_has_the_one_shape(app: FastAPI, officer: Browser, database: Servers) -> None:
    """Over every route: without sign-in, without the session's word, with a wrong method, with nonsense for an id."""
    nobody = TestClient(app, base_url="https://hub.test")
    stranger = browser(app, employ(database, found(database), Role.AUDITOR))
    forged = {"x-csrf-token": "forged"}
    for path, methods in app.openapi()["paths"].items():
        concrete = path.replace("{kind}", "person").replace("{plural}", "arrests")
        for name in ("check", "hit", "which", "operation", "valuation"):
            concrete = concrete.replace(f"{{{name}}}", str(uuid4()))
        nonsense = path.replace("{kind}", "spoon").replace("{", "").replace("}", "")
        refused(officer.client.request("PATCH", concrete), 405)
        for method in methods:
            if path in ANSWER_ANYBODY or method == "parameters":
                continue
            if not path.startswith("/api/sign-in") or path.startswith("/api/sign-ins"):
                answer = nobody.request(method, concrete, json={})
                refused(answer, answer.status_code)
                assert answer.status_code in (401, 422), (path, answer.text)
                if method != "get":
                    forging = officer.client.request(method, concrete, headers=forged, json={})
                    refused(forging, forging.status_code)
                    assert forging.status_code in (403, 422)
            for asker in (officer, stranger):
                if path in ("/api/feed", "/api/sign-out") or (method == "get" and nonsense == path):
                    continue
                answer = asker.client.request(method, nonsense, json={"nothing": "known"})
                if answer.status_code >= 400:
                    refused(answer, answer.status_code)
    for path in ("/api", "/api/nothing", "/nothing", "/assets/nothing.js", "/assets/../pyproject.toml", "/api/checks/"):
        answer = officer.client.get(path)
        assert answer.status_code in (404, 422, 200), path
        if answer.status_code != 200:
            refused(answer, answer.status_code)


def test_a_sign_in_that_fails_says_so_in_the_one_shape(app: FastAPI, account: Account) -> None:
    client = TestClient(app, base_url="https://hub.test")
    refused(client.post("/api/sign-in", json={"name": account.sign_in_name, "password": "wrong"}), 401)
    for body in (
        {"name": "", "password": "x"},
        {"name": "x" * 1000, "password": "x"},
        {"name": "x", "password": "x" * 2000},
    ):
        refused(client.post("/api/sign-in", json=body), 422)


@pytest.fixture(scope="module")
def address(app: FastAPI) -> Generator[str]:
    with served(app) as address:
        yield address


@pytest.fixture(scope="module")
def headers(app: FastAPI, account: Account) -> dict[str, str]:
    """What a browser of the officer sends, over a plain port."""
    signed_in = browser(app, account)
    cookie = signed_in.client.cookies[COOKIE]
    return {"cookie": f"{COOKIE}={cookie}", "x-csrf-token": signed_in.client.headers["x-csrf-token"]}


def test_ten_megabytes_are_too_much_declared_or_in_chunks(address: str, headers: dict[str, str]) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(11):
            yield b" " * MEGABYTE

    for content in (b" " * (10 * MEGABYTE + 1), chunks()):
        with httpx2.Client(base_url=address, headers=headers) as client:
            answer = client.post("/api/checks", content=content, headers={"content-type": "application/json"})
        error = refused(answer, 413)
        assert (error["code"], "10 MB" in error["sentence"]) == ("too_large", True)
    assert httpx2.get(f"{address}/api/health").status_code == 200


def test_a_body_of_just_ten_megabytes_is_read(address: str, headers: dict[str, str]) -> None:
    body = json.dumps(question(document={"number": "A1"})).encode()
    padded = body + b" " * (10 * MEGABYTE - len(body))
    answer = httpx2.post(
        f"{address}/api/checks", content=padded, headers=headers | {"content-type": "application/json"}, timeout=20
    )
    assert answer.status_code == 200


def test_the_password_of_the_town_is_nowhere_in_an_answer(officer: Browser) -> None:
    assert PASSWORD not in officer.client.get("/api/session").text
