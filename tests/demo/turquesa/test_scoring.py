"""The score: what the hub says beside what was planted, and nothing found that no desk looks for."""

from __future__ import annotations

from typing import Any

from tripoint.demo.turquesa.batching import loudest
from tripoint.demo.turquesa.scoring import score, wrong
from tripoint.demo.turquesa.truth import NOT_YET

TRUTH: dict[str, Any] = {
    "figures": {"arrests": 257, "cash_usd": 100.25},
    "figures_without_missing": {"arrests": 256, "cash_usd": 100.25},
    "findings": {"softball_team": 1, "notice_requests": 5, "listed_records_met": 3, **dict.fromkeys(NOT_YET, 1)},
}
MET = {"softball_team": 1, "notice_requests": 4, "listed_records_met": 3, "listed_records_met_false": 2}
MISSING = [{"party": "CUB", "days": ["2026-11-21"]}]


def test_figures_that_agree_need_no_explanation() -> None:
    scored = score(TRUTH, {"arrests": 257.0, "cash_usd": 100.25}, MISSING, MET, 0)
    assert scored["figures"]["arrests"] == {"reported": 257.0, "truth": 257}
    assert not wrong(scored)


def test_only_the_sheet_explains_a_difference() -> None:
    reported = {"arrests": 256.0, "cash_usd": 100.25}
    explained = score(TRUTH, reported, MISSING, MET, 0)
    assert "CUB: 2026-11-21" in explained["figures"]["arrests"]["explained"]
    assert not wrong(explained)
    unexplained = score(TRUTH, reported, [], MET, 0)
    assert unexplained["figures"]["arrests"] == {"reported": 256.0, "truth": 257}
    assert wrong(unexplained) == ["arrests: 256.0 reported, 257 planted."]


def test_what_the_missing_returns_do_not_make_up_is_not_explained_by_them() -> None:
    scored = score(TRUTH, {"arrests": 250.0, "cash_usd": 0.0}, MISSING, MET, 0)
    assert len(wrong(scored)) == 2


def test_a_figure_that_the_hub_does_not_give_is_wrong_whatever_is_missing() -> None:
    scored = score(TRUTH, {"arrests": None, "cash_usd": 100.25}, MISSING, MET, 0)
    assert len(wrong(scored)) == 1


def test_lost_checks_speak_against_the_run() -> None:
    assert "3 checks" in wrong(score(TRUTH, {"arrests": 257.0, "cash_usd": 100.25}, [], MET, 3))[0]


def test_findings_say_how_they_stand() -> None:
    findings = score(TRUTH, {}, [], MET, 0)["findings"]
    assert findings["softball_team"] == {"planted": 1, "found": 1, "false_alarms": 0, "status": "found"}
    assert (findings["notice_requests"]["found"], findings["notice_requests"]["status"]) == (4, "partly")
    assert findings["listed_records_met"]["false_alarms"] == 2
    assert all(findings[name] == {"planted": 1, "found": 0, "false_alarms": 0, "status": "not yet"} for name in NOT_YET)


def test_false_alarms_are_told_by_what_was_met_and_how_surely() -> None:
    met = {**MET, "listed_records_met_false person weak": 2}
    assert score(TRUTH, {}, [], met, 0)["findings"]["listed_records_met"]["false_alarms_by"] == {"person weak": 2}
    listed = [{"kind": "person", "grade": "weak"}, {"kind": "document", "grade": "possible"}]
    assert loudest(listed) == "document possible"
