"""The judge of a rehearsal: it finds what is lost, what was not found and what was told wrongly."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from tripoint.base.ids import uuid7
from tripoint.demo import judging
from tripoint.demo.asking import Made
from tripoint.demo.judging import Held
from tripoint.demo.places import PLACES
from tripoint.demo.rehearsal import Course
from tripoint.demo.store import HeldHit
from tripoint.demo.traffic import PlannedCheck, Planted
from tripoint.records.model import Level, RecordKind

RECORD = uuid7()
KEY = ("COL", RecordKind.DOCUMENT, "XX0000001|COL")


def made(level: Level | None, told: list[dict[str, Any]] | None = None) -> Made:
    planted = None if level is None else Planted(*KEY, level)
    asked = {"document": {"number": "XX0000001", "issuer": "COL"}}
    answer = {"grade": "strong", "hits": told or []}
    return Made(PlannedCheck(0, PLACES[0], asked, planted), uuid7(), asked, 200, answer, 0.01)


def held_for(check: Made, record: UUID | None = RECORD, level: str = "full") -> tuple[Held, HeldHit]:
    hit = HeldHit(uuid7(), "BRA", check.id, record or uuid7(), level, "confirmed", "strong")
    held = Held(records={KEY: RECORD})
    held.checks[check.id] = 1
    held.hits[check.id] = [hit] if record else []
    return held, hit


def summary_of(check: Made, held: Held, shown: set[str] | None = None) -> dict[str, Any]:
    course = Course(made=[check], seconds=1.0, shown_to_owner=shown or set())
    return judging.summarise(course, held, judging.judge(course, held))


@pytest.mark.parametrize("level", [Level.FULL, Level.POINTER])
def test_a_told_hit_on_the_planted_record_is_found(level: Level) -> None:
    check = made(level)
    held, hit = held_for(check, level=level.value)
    check.answer["hits"] = [{"id": str(hit.id), "level": level.value, "grade": "strong"}]
    summary = summary_of(check, held)
    assert (summary["hits_planted"], summary["hits_found"], summary["hits_confirmed"]) == (1, 1, 1)
    assert judging.passed(summary)


def test_a_hit_on_another_record_is_not_found() -> None:
    check = made(Level.FULL)
    held, hit = held_for(check, record=uuid7())
    check.answer["hits"] = [{"id": str(hit.id), "level": "full", "grade": "strong"}]
    assert not judging.passed(summary_of(check, held))


def test_a_hit_that_the_answer_does_not_name_is_not_found() -> None:
    check = made(Level.FULL)
    assert summary_of(check, held_for(check)[0])["hits_found"] == 0


def test_a_hit_told_at_another_level_is_not_found() -> None:
    check = made(Level.POINTER)
    held, hit = held_for(check)
    check.answer["hits"] = [{"id": str(hit.id), "level": "full", "grade": "strong"}]
    assert summary_of(check, held)["pointer_found"] == 0


def test_a_blind_hit_is_found_on_the_owners_desk_only() -> None:
    check = made(Level.BLIND)
    held, hit = held_for(check, level="blind")
    assert summary_of(check, held)["blind_found"] == 0
    assert summary_of(check, held, {str(hit.id)})["blind_found"] == 1
    check.answer["hits"] = [{"id": str(hit.id), "level": "blind", "grade": "strong"}]
    assert summary_of(check, held, {str(hit.id)})["blind_found"] == 0


def test_what_is_withheld_must_not_be_met() -> None:
    check = made(Level.NOTHING)
    assert judging.passed(summary_of(check, held_for(check, record=None)[0]))
    summary = summary_of(check, held_for(check)[0])
    assert summary["withheld_told"] == 1
    assert summary["hits_planted"] == 0
    assert not judging.passed(summary)


def test_false_alarms_are_strong_or_possible_hits_where_nothing_was_planted() -> None:
    told = [{"id": str(uuid7()), "level": "full", "grade": grade} for grade in ("strong", "possible", "weak")]
    check = made(None, told)
    assert summary_of(check, held_for(check, record=None)[0])["false_alarms"] == 2


@pytest.mark.parametrize("times", [0, 2])
def test_an_acknowledged_check_held_never_or_twice_is_lost(times: int) -> None:
    check = made(None)
    held, _ = held_for(check, record=None)
    held.checks[check.id] = times
    assert summary_of(check, held)["lost"] == 1


def test_a_refused_check_is_not_answered_and_proves_nothing() -> None:
    check = replace(made(None), status=503)
    held, _ = held_for(check, record=None)
    summary = summary_of(check, held)
    assert (summary["answered"], summary["lost"]) == (0, 0)
    assert not judging.passed(summary)


@given(st.lists(st.floats(0, 1000), min_size=1), st.sampled_from([50, 95, 99, 100]))
def test_percentile_is_a_value_with_enough_below(values: list[float], part: int) -> None:
    ordered = sorted(values)
    found = judging.percentile(ordered, part)
    assert found is not None
    assert round(found, 2) in {round(value, 2) for value in values}
    assert sum(round(value, 2) <= found for value in ordered) >= len(ordered) * part / 100


def test_the_log_holds_ids_and_outcomes_and_nothing_asked() -> None:
    check = made(Level.FULL)
    held, _ = held_for(check)
    course = Course(made=[check], seconds=1.0)
    line = next(judging.lines(judging.judge(course, held)))
    assert line["wrong"] == "found, but the answer does not say so"
    assert "asked" not in line
    assert "body" not in line
