"""The look for known flaws: findings are told, and silence is no finding and no failure."""

from __future__ import annotations

import sys

import pytest

from tests.supply import audit
from tests.supply.audit import NoAnswer, asked, of_python, of_the_pages


def test_flaws_are_told_with_what_mends_them() -> None:
    flawed = {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}
    sound = {"name": "b", "version": "1", "vulns": []}
    skipped = {"name": "c", "version": "1", "vulns": [], "skip_reason": "not found"}
    assert of_python({"dependencies": [flawed, sound, skipped]}) == ["a 1: PYSEC-1, mended in 2"]
    assert of_the_pages({"vulnerabilities": {
        "x": {"severity": "critical", "range": "<2"}, "y": {"severity": "low", "range": "*"},
    }}) == ["x: critical, versions <2"]  # fmt: skip


def test_where_nothing_could_be_looked_up_nothing_is_said_to_be_well() -> None:
    for read, answer in ((of_python, {"dependencies": [{"name": "a", "skip_reason": "not found"}]}), (of_python, {}),
                         (of_the_pages, {"error": "refused"})):  # fmt: skip
        with pytest.raises(NoAnswer):
            read(answer)


@pytest.mark.parametrize("program", ["print('no json')", "import sys; sys.exit(3)", "import time; time.sleep(9)"])
def test_silence_is_told_and_no_failure(
    program: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "PATIENCE", 1)
    assert asked("these", (sys.executable, "-c", program), of_python) == []
    assert "did not answer for these" in capsys.readouterr().out
    assert asked("these", ("/no/such/program",), of_python) == []
