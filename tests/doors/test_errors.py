"""The four ways an error leaves, and that none says more than it should."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from fastapi import FastAPI, HTTPException
from hypothesis import given, strategies as st
from starlette.requests import Request
from starlette.testclient import TestClient

from tripoint.base.errors import BadInput, TripointError, Unavailable
from tripoint.doors.errors import add_error_shapes, field_of, ours, refused, shaped, unforeseen, unreadable


def request() -> Request:
    return Request({"type": "http", "path": "/api/ours", "headers": [], "state": {"id": uuid4()}})


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    add_error_shapes(app)

    @app.get("/ours/{kind}")
    def fail(kind: str) -> None:
        raise {"bad": BadInput("No such spoon.", field="spoon", remedy="Take a fork."), "gone": Unavailable()}[kind]

    @app.get("/theirs")
    def theirs() -> None:
        raise HTTPException(418, "the framework's own words")

    @app.get("/number")
    def number(n: int) -> int:
        return n

    return TestClient(app, raise_server_exceptions=False)


def test_our_errors_keep_their_words(client: TestClient) -> None:
    answer = client.get("/ours/bad")
    error = answer.json()["error"]
    assert (answer.status_code, error["field"], error["sentence"], error["remedy"]) == (
        422,
        "spoon",
        "No such spoon.",
        "Take a fork.",
    )
    assert client.get("/ours/gone").status_code == 503


def test_the_frameworks_refusals_take_our_shape(client: TestClient) -> None:
    for path, status, code in (
        ("/nowhere", 404, "not_found"),
        ("/theirs", 418, "refused"),
        ("/number?n=x", 422, "bad_field"),
    ):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
        assert "framework" not in answer.text
    assert client.post("/theirs").headers["allow"] == "GET"


def test_what_was_not_foreseen_tells_nothing(client: TestClient) -> None:
    answer = client.get("/ours/spoon")
    assert answer.status_code == 500
    assert "KeyError" not in answer.text
    assert "spoon" not in answer.text


def test_each_shape_takes_only_its_own_errors() -> None:
    for shape in (ours, unreadable, refused):
        with pytest.raises(TypeError):
            shape(request(), ValueError("secret"))
    assert unforeseen(request(), ValueError("secret")).status_code == 500


@given(st.lists(st.text() | st.integers(), max_size=4), st.text())
def test_any_place_and_sentence_can_go_out(location: list[str | int], sentence: str) -> None:
    answer = shaped(
        request(), 422, "bad_field", sentence.encode("utf-8", "replace").decode(), field_of(tuple(location))
    )
    assert json.loads(bytes(answer.body))["error"]["code"] == "bad_field"


@given(st.sampled_from(["body", "query", "path", "header"]), st.text(min_size=1).filter(str.isidentifier))
def test_a_field_is_named_as_the_caller_wrote_it(kind: str, name: str) -> None:
    assert field_of((kind, name, 0)) == (f"{name}.0" if name not in ("body", "query", "path", "header") else "0")
    assert field_of((kind,)) is None


def test_half_a_character_in_a_name_becomes_a_question_mark() -> None:
    assert field_of(("body", "a\ud800b")) == "a?b"


def test_an_error_of_ours_without_remedy_has_none() -> None:
    answer = json.loads(bytes(ours(request(), TripointError()).body))["error"]
    assert (answer["code"], answer["remedy"], answer["field"]) == ("internal", None, None)
