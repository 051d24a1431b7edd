"""The demonstration from end to end: a rehearsal that proves itself, a second start, a bench, an orderly stop."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tripoint.base.errors import SetUp, TripointError
from tripoint.base.settings import Settings
from tripoint.demo import folder
from tripoint.demo.bulk import Question
from tripoint.demo.client import sign_in
from tripoint.doors import child
from tripoint.doors.bench_driver import Plan, at, fault_of, moments_of
from tripoint.doors.cli import app
from tripoint.doors.live import stopped_in_order

runner = CliRunner()


@pytest.fixture
def place() -> Generator[Path]:
    """A folder another user may pass, as whom the database runs for root; other test runs close pytest's own to him."""
    with tempfile.TemporaryDirectory(prefix="tripoint-demo-test-") as made:
        Path(made).chmod(0o711)
        yield Path(made)


@pytest.mark.slow
@pytest.mark.database
def test_a_replay_is_scored_and_a_rehearsal_proves_itself_in_the_same_folder(place: Path) -> None:
    data = ["--data", str(place / "data")]
    chosen = ["--headless", "--scale", "0.001", "--seed", "7", *data, "--out", str(place / "replay")]
    played = runner.invoke(app, ["demo", "turquesa", *chosen])
    assert played.exit_code == 0, played.output
    check_replay(place / "replay")
    rehearsed = runner.invoke(app, [
        "demo", "--headless", "--checks", "180", "--one-hit-in", "4", *data, "--out", str(place / "rehearsal"), "--log",
    ])  # fmt: skip
    assert rehearsed.exit_code == 0, rehearsed.output
    summary: dict[str, Any] = json.loads((place / "rehearsal" / "summary.json").read_text())
    assert summary["checks"] == summary["answered"] == summary["checks_in_database"] - 850 == 180
    assert summary["lost"] == summary["answered_otherwise"] == summary["withheld_told"] == 0
    assert summary["hits_planted"] == summary["hits_found"] == summary["hits_confirmed"] > 20
    assert summary["p50_ms"] <= summary["p95_ms"] <= summary["p99_ms"]
    assert summary["sent_twice"] > 0
    assert summary["seed"] == 7
    assert len((place / "rehearsal" / "checks.jsonl").read_text().splitlines()) == 180


def check_replay(out: Path) -> None:
    """What a replay writes: the hub's figures are the truth, its stories are found, what nobody looks for is not."""
    scored, truth = (json.loads((out / name).read_text()) for name in ("score.json", "truth.json"))
    assert scored["lost"] == 0
    assert truth["figures"]["checks_database"] == 850
    for name, figure in scored["figures"].items():
        assert figure["reported"] == pytest.approx(figure["truth"]) or "CUB" in figure["explained"], name
    assert scored["findings"]["softball_team"]["status"] == scored["findings"]["notice_requests"]["status"] == "found"
    assert scored["findings"]["china_trend"] == {"planted": 1, "found": 0, "false_alarms": 0, "status": "not yet"}
    sheet = json.loads((out / "results.json").read_text())
    assert sheet["state"] == "published"
    assert [one["party"] for one in sheet["content"]["missing"]] == ["CUB"]
    assert (out / "results.pdf").read_bytes().startswith(b"%PDF-")
    lines = [json.loads(line) for line in (out / "progress.jsonl").read_text().splitlines()]
    refused = [line["name"] for line in lines if line.get("refused")]
    assert refused  # countries that nobody can spell
    assert len({line["name"] for line in lines}) == len(lines)


@pytest.mark.slow
@pytest.mark.database
def test_the_live_demonstration_lets_people_in_and_stops_in_order(place: Path) -> None:
    data, port = place / "data", free()
    arguments = ["demo", "--data", str(data), "--port", str(port), "--rate", "20", "--one-hit-in", "4"]
    process = subprocess.Popen(
        [sys.executable, "-c", child.RUN, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    session = sign_in("127.0.0.1", port, "coordinator@hub", password_of(process, data, port))
    try:
        wait_for(lambda: session.ask("GET", "/api/room/figures")["checks"]["total"] > 20)
        wait_for(lambda: len(session.ask("GET", "/api/hits?side=coordinator")["hits"]) > 0)
    finally:
        session.close()
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=60)
    assert process.returncode == 0, output
    assert "Stopped" in output
    assert "coordinator@hub" in output
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.slow
@pytest.mark.database
def test_a_bench_prints_one_object_and_loads_once(place: Path) -> None:
    arguments = ["bench", "checks", "--documents", "3000", "--persons", "40", "--rate", "20", "--seconds", "1",
                 "--workers", "1", "--data", str(place / "data"), "--json"]  # fmt: skip
    first = runner.invoke(app, arguments)
    assert first.exit_code == 0, first.output
    result = json.loads(first.stdout)
    assert (result["documents"], result["persons"], result["errors"]) == (3000, 40, 0)
    assert result["asked"] == result["answered"] > 5
    assert result["p99_ms"] > 0
    assert result["database_bytes"] > 1_000_000
    refused = runner.invoke(app, [*arguments, "--documents", "4000"])
    assert refused.exit_code == 1


def free() -> int:
    """A port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def password_of(process: subprocess.Popen[str], data: Path, port: int) -> str:
    """The password, once the pages are open."""
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        kept = folder.read(data) if (data / folder.NAME).exists() else None
        with socket.socket() as probe:
            if kept and kept.settled and probe.connect_ex(("127.0.0.1", port)) == 0:
                return kept.password
        time.sleep(0.2)
    pytest.fail(f"the demonstration did not open: {process.communicate(timeout=5)[0] if process.poll() else ''}")


def wait_for(holds: Any, seconds: float = 40) -> None:
    """Wait until something holds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.3)


def test_a_port_in_use_is_named() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(SetUp, match="cannot be used"):
            child.free_port("127.0.0.1", other.getsockname()[1])


def test_a_hub_that_does_not_open_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "RUN", "raise SystemExit('no hub today')")
    with pytest.raises(TripointError, match="no hub today"), child.running_hub(Settings(data=tmp_path, port=0)):
        pytest.fail("it opened")


def test_the_first_signal_leaves_and_later_ones_do_not_disturb() -> None:
    cleaned = False
    before = signal.getsignal(signal.SIGTERM)
    with stopped_in_order():
        try:
            signal.raise_signal(signal.SIGTERM)
        finally:
            signal.raise_signal(signal.SIGINT)
            cleaned = True
    assert cleaned
    assert signal.getsignal(signal.SIGTERM) is before


def test_questions_are_due_evenly_or_as_people_arrive() -> None:
    plan = Plan("h", 1, "t", {}, 1, 0, 0, rate=100, seconds=10, warm_up=0, connections=1, even=True)
    even = list(moments_of(plan, 5.0, 4))
    assert even == pytest.approx([5.0, 5.01, 5.02, 5.03])
    people = list(moments_of(Plan("h", 1, "t", {}, 1, 0, 0, 100, 10, 0, 1, even=False), 5.0, 4000))
    assert people == sorted(people)
    assert (people[-1] - 5.0) / 4000 == pytest.approx(0.01, rel=0.1)


def test_an_answer_is_looked_at() -> None:
    head = b"HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n"
    assert fault_of(head + b'{"hits":[]}', Question(b"", False)) is None
    assert fault_of(head + b'{"hits":[]}', Question(b"", True)) == "listed document not found"
    assert fault_of(b"HTTP/1.1 503 Unavailable\r\n\r\n", Question(b"", False)) == "status 503"


def test_times_are_taken_by_nearest_rank() -> None:
    ordered = [n / 1000 for n in range(1, 101)]
    assert (at(ordered, 50), at(ordered, 99), at(ordered, 100)) == (50.0, 99.0, 100.0)
    assert at([], 50) is None
