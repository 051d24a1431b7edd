"""Logs: ids and numbers only, whatever is thrown at them."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
import structlog
from hypothesis import given, strategies as st

from tripoint.base.logs import configure_logs, logger

Lines = Callable[[], list[dict[str, Any]]]
ENDS_A_LINE = re.compile(r"[\x00-\x1f\x80-\x9f\u2028\u2029]")


@pytest.fixture
def lines() -> Iterator[Lines]:
    root = logging.getLogger()
    before, level = root.handlers, root.level
    stream = io.StringIO()
    configure_logs("json", "debug", stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers = before
    root.setLevel(level)
    structlog.reset_defaults()


def test_ids_stay_and_content_is_dropped(lines: Lines) -> None:
    with structlog.contextvars.bound_contextvars(request="r-1", officer="o-1"):
        logger("checks").info("A check was answered.", milliseconds=3, name="Ana Ejemplo", number="X123")
    (line,) = lines()
    line.pop("timestamp")
    assert line == {
        "event": "A check was answered.",
        "level": "info",
        "logger": "checks",
        "milliseconds": 3,
        "request": "r-1",
        "officer": "o-1",
    }


@given(st.text(), st.sampled_from(["json", "console"]))
def test_whatever_a_line_is_told_it_stays_one_line(said: str, form: Literal["json", "console"]) -> None:
    root, stream = logging.getLogger(), io.StringIO()
    before, level = root.handlers, root.level
    configure_logs(form, "info", stream)
    try:
        logger("guard").warning("A request was refused.", fault=said, route=said)
    finally:
        root.handlers = before
        root.setLevel(level)
        structlog.reset_defaults()
    written = stream.getvalue()
    assert written.endswith("\n")
    assert not ENDS_A_LINE.search(written.removesuffix("\n"))
    if form == "json":
        assert json.loads(written)["fault"] == said


def test_an_error_is_named_by_kind_and_place_without_its_words(lines: Lines) -> None:
    try:
        raise ValueError("Ana Ejemplo")
    except ValueError:
        logger("checks").exception("A check failed.")
        logging.getLogger("another.package").exception("It failed.")
    for line in lines():
        assert line["error"] == "ValueError"
        assert "test_logs.py" in line["trace"][0]
        assert "Ejemplo" not in json.dumps(line)


def test_details_of_other_packages_are_left_out(lines: Lines) -> None:
    logging.getLogger("another.package").debug("parameters: %s", "Ana Ejemplo")
    logging.getLogger("another.package").info("started")
    assert [line["event"] for line in lines()] == ["(detail of a package, left out)", "started"]


def test_addresses_asked_for_are_not_logged(lines: Lines) -> None:
    logging.getLogger("uvicorn.access").info("GET /api/records?name=Ana")
    assert lines() == []


def test_a_person_gets_readable_lines() -> None:
    stream = io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers, root.level
    configure_logs("console", "info", stream)
    logger("doors").info("The hub is open.", port=8000)
    root.handlers = before
    root.setLevel(level)
    assert "The hub is open." in stream.getvalue()
    assert "port=8000" in stream.getvalue()
