"""Many checks in one request: a line in, a line out, and no line silences another."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.desks.checks.lists import list_record
from tests.hub import hub
from tests.town import Browser, as_owner, browser, employ, found, rows
from tripoint.access.model import Role
from tripoint.access.visit import Visit
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7
from tripoint.desks.checks import many, work
from tripoint.desks.checks.many import Line
from tripoint.desks.checks.model import Question
from tripoint.doors.batch import BATCH, LONGEST_LINE

BAD = (b"{", b"nonsense", b"\xff\xfe", b'{"id": "x"}', b"[]", b'{"document": {"number": "\\u0000"}}', b"{" * 5000)


@pytest.fixture(scope="module")
def app(database: Servers) -> Generator[FastAPI]:
    app = hub(database)
    yield app
    app.state.door.engine.dispose()


@pytest.fixture
def officer(app: FastAPI, database: Servers) -> Browser:
    return browser(app, employ(database, found(database), Role.FIELD_OFFICER))


def line(number: str = "B4TCH", **changed: Any) -> bytes:
    body = {"id": str(uuid7()), "purpose": "border_control", "document": {"number": number}} | changed
    return json.dumps(body).encode()


def send(who: Browser, lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The answers as they come."""
    body = (one + b"\n" for one in lines)
    with who.client.stream("POST", BATCH, content=body) as answer:
        assert answer.status_code == 200, answer.read()
        assert answer.headers["content-type"] == "application/x-ndjson"
        for text in answer.iter_lines():
            yield json.loads(text)


def test_each_line_has_its_answer_in_its_place(app: FastAPI, database: Servers, officer: Browser) -> None:
    held = {"number": "B4TCH1", "issuer": "BRA", "type": "visa", "status": "lost"}
    list_record(app.state.door.engine, found(database), "document", held)
    lines = [line("B4TCH1"), *BAD, line("N0THING"), b"", b"   ", line("--"), line("B4TCH1")]
    answers = list(send(officer, lines))
    assert [answer.get("grade") for answer in answers] == [
        "possible",
        *[None] * len(BAD),
        "nothing_found",
        None,
        "possible",
    ]
    assert [answer["line"] for answer in answers if "error" in answer] == [*range(2, 2 + len(BAD)), len(lines) - 1]
    for answer in answers:
        if "error" in answer:
            assert answer["error"]["sentence"]
            assert answer["error"]["code"] == "bad_field"


def test_a_line_too_long_is_skipped_whole(officer: Browser) -> None:
    long = b'{"id": "' + b"x" * (3 * LONGEST_LINE) + b'"}'
    first, second, third = send(officer, [line(), long, line()])
    assert "grade" in first
    assert second == {"line": 2, "error": second["error"]}
    assert str(LONGEST_LINE) in second["error"]["sentence"]
    assert "grade" in third


def test_the_last_line_needs_no_end(officer: Browser) -> None:
    with officer.client.stream("POST", BATCH, content=line() + b"\n" + line()) as answer:
        assert len(list(answer.iter_lines())) == 2
    assert list(send(officer, [])) == []


def test_one_id_twice_is_one_check(officer: Browser, database: Servers) -> None:
    once, other = line("TW1CE"), uuid7()
    first, second, third, fourth = send(officer, [once, once, line(id=str(other)), line("0THER", id=str(other))])
    assert (first["repeated"], second["repeated"]) == (False, True)
    assert "grade" in third
    assert fourth["error"]["code"] == "id_reused"
    with as_owner(database) as owner:
        assert rows(owner, "select count(*) from check_made where id = %(id)s", id=first["id"]) == [(1,)]


def test_a_fault_of_ours_in_one_line_is_said_there_and_the_rest_goes_on(
    officer: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask, ask_many = work.ask, many.ask_many

    def stumble(visit: Visit, question: Question, asked: Any) -> Any:
        if question.document and question.document.number == "STUMBLE":
            raise ZeroDivisionError("secret")
        return ask(visit, question, asked)

    def stumble_together(visit: Visit, lines: Sequence[Line]) -> Any:
        ask_many(visit, lines)  # what was done before the fault must leave nothing
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(work, "ask", stumble)
    monkeypatch.setattr(many, "ask_many", stumble_together)
    first, second, third = send(officer, [line(), line("STUMBLE"), line()])
    assert ("grade" in first, "grade" in third) == (True, True)
    assert second["error"]["code"] == "internal"
    assert "secret" not in json.dumps(second)


def test_who_may_not_ask_is_refused_before_the_batch_is_read(app: FastAPI, database: Servers) -> None:
    nobody = TestClient(app, base_url="https://hub.test")
    assert nobody.post(BATCH, content=line()).status_code == 401
    viewer = browser(app, employ(database, found(database), Role.VIEWER))
    assert viewer.client.post(BATCH, content=line()).status_code == 403
    del viewer.client.headers["x-csrf-token"]
    assert viewer.client.post(BATCH, content=line()).status_code == 403


def every_hundredth_bad(total: int) -> Iterator[bytes]:
    return (BAD[n % len(BAD)] if n % 100 == 99 else line(f"X{n}") for n in range(total))


@pytest.mark.parametrize("total", [1000, pytest.param(100_000, marks=[pytest.mark.slow, pytest.mark.bench])])
def test_every_hundredth_line_is_bad_and_all_are_answered(
    officer: Browser, database: Servers, total: int, request: pytest.FixtureRequest
) -> None:
    if total > 10_000 and "slow" not in (request.config.getoption("-m") or ""):
        pytest.skip("takes minutes; run it with -m slow")
    with as_owner(database) as owner:
        before = rows(owner, "select count(*) from check_made")[0][0]
    answered = failed = 0
    for place, answer in enumerate(send(officer, every_hundredth_bad(total)), 1):
        if "error" in answer:
            assert (answer["line"], place % 100) == (place, 0)
            failed += 1
        else:
            answered += 1
    assert (answered, failed) == (total - total // 100, total // 100)
    with as_owner(database) as owner:
        assert rows(owner, "select count(*) from check_made")[0][0] == before + answered
