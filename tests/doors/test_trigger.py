"""Trigger IX from end to end at a small scale: its figures open their records, its findings are found by the desks."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tripoint.demo.client import Line, sign_in
from tripoint.demo.played import TRIGGER
from tripoint.demo.trigger.planning import Replay
from tripoint.demo.turquesa.reading import ANALYST
from tripoint.doors.demo import on_stage, settings_of
from tripoint.doors.trigger import replay

WALKED = ("arrests", "firearms", "rounds", "drugs_kg", "precursors_kg", "modi_operandi_new", "investigations")


@pytest.fixture
def place() -> Generator[Path]:
    """A folder another user may pass, as whom the database runs for root."""
    with tempfile.TemporaryDirectory(prefix="tripoint-trigger-test-") as made:
        Path(made).chmod(0o711)
        yield Path(made)


@pytest.mark.slow
@pytest.mark.database
def test_a_replay_is_scored_and_its_figures_open_their_records(place: Path) -> None:
    with on_stage(settings_of(place / "data", 0), 7, TRIGGER) as stage:
        assert replay(stage, Replay(7, 0.01), place / "out") == 0
        scored = check_written(place / "out")
        analyst = sign_in(stage.hub.host, stage.hub.port, ANALYST, stage.kept.password)
        with closing(analyst):
            for name in WALKED:
                assert walked(analyst, operation_of(analyst), name) == scored["figures"][name]["truth"], name


def check_written(out: Path) -> dict[str, Any]:
    """What a replay writes: every figure is the truth, every finding is found, the sheet names the missing report."""
    scored: dict[str, Any] = json.loads((out / "score.json").read_text())
    assert scored["lost"] == 0
    for name, one in scored["figures"].items():
        assert one["reported"] == pytest.approx(one["truth"]), name
    for name in ("listed_firearms_met", "traces_over_hops", "modi_decided_new", "dealers_not_in_stock"):
        one = scored["findings"][name]
        assert one == {"planted": one["found"], "found": one["found"], "false_alarms": 0, "status": "found"}, name
        assert one["planted"] > 0
    sheet = json.loads((out / "results.json").read_text())
    assert sheet["state"] == "published"
    assert [one["party"] for one in sheet["content"]["missing"]] == [TRIGGER.silent]
    assert (out / "results.pdf").read_bytes().startswith(b"%PDF-")
    return scored


def operation_of(line: Line) -> str:
    """The operation's id."""
    (operation,) = line.ask("GET", "/api/session")["operations"]
    return str(operation["id"])


def walked(line: Line, operation: str, measure: str) -> float:
    """A figure added up from the records it opens, page by page."""
    total, after = 0.0, ""
    while True:
        page = line.ask("GET", f"/api/results/figures/records?operation={operation}&measure={measure}&limit=50{after}")
        total += sum(1.0 if one["amount"] is None else one["amount"] for one in page["records"] if one["counted"])
        if page["next"] is None:
            return total
        after = f"&after={page['next']}"
