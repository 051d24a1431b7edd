"""Failpoints: armed by tests alone, never by a real hub."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from tripoint.base import failpoints
from tripoint.base.errors import SetUp

NAME = failpoints.VARIABLE


@pytest.fixture(autouse=True)
def disarmed() -> Generator[None]:
    yield
    failpoints.arm("")


def test_nothing_happens_where_nothing_is_armed() -> None:
    failpoints.reached("answer", "POST /x")


def test_a_place_is_taken_at_its_time_and_for_its_matter_alone() -> None:
    failpoints.arm("answer POST /x=drop@2; answer PUT /y=drop")
    failpoints.reached("answer", "POST /z")
    failpoints.reached("answer", "POST /x")
    with pytest.raises(failpoints.BrokenOff):
        failpoints.reached("answer", "POST /x")
    failpoints.reached("answer", "POST /x")
    with pytest.raises(failpoints.BrokenOff):
        failpoints.reached("answer", "PUT /y")


@pytest.mark.parametrize("text", ["answer", "answer=sleep", "=drop", "answer=drop@x"])
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(SetUp, match="no failpoint"):
        failpoints.arm(text)


def test_a_hub_refuses_to_fail_on_purpose_unless_a_test_marked_its_folder(tmp_path: Path) -> None:
    failpoints.arm_from({}, tmp_path)
    with pytest.raises(SetUp, match=NAME):
        failpoints.arm_from({NAME: "answer=exit"}, tmp_path)
    (tmp_path / failpoints.MARK).touch()
    failpoints.arm_from({NAME: "answer=drop"}, tmp_path)
    with pytest.raises(failpoints.BrokenOff):
        failpoints.reached("answer", "anything")


def test_exit_ends_the_process_without_a_goodbye() -> None:
    code = (
        "import atexit; from tripoint.base import failpoints; atexit.register(print, 'goodbye');"
        " failpoints.arm('here=exit'); failpoints.reached('here', '')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (failpoints.KILLED, "")
