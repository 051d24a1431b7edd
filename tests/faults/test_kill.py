"""Twenty kills of hub and database under load lose and double nothing; unsafe commits are found out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.kill import KINDS, run

pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found through /proc"),
    pytest.mark.database,
]
KILLS = 20


@pytest.mark.slow
def test_twenty_kills_lose_and_double_nothing() -> None:
    report = run(KILLS, seed=4)
    assert report.rounds == KILLS
    assert report.acknowledged > KILLS * 5
    assert report.sent_again >= KILLS // len(KINDS), "nobody was interrupted: the kills proved nothing"
    assert (report.lost, report.doubled) == ([], []), str(report)


def test_commits_acknowledged_before_the_disk_are_found_lost() -> None:
    assert run(5, seed=4, unsafe=True).lost
