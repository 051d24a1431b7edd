"""The one command that runs every program of this folder."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.faults import every
from tests.faults.every import PROGRAMS, Ended, Program, chosen, run, run_all, table

FOLDER = Path(__file__).parent
NO_PROOFS = {"forked_hub", "upgrade", "every"}  # a hub to be killed, the maker of an old dump, this command itself


def test_every_program_of_the_folder_is_run() -> None:
    of_modules = {path for path in FOLDER.rglob("*.py") if "__main__" in path.read_text(encoding="utf-8")}
    names = {path.relative_to(FOLDER).parts[0].removesuffix(".py") for path in of_modules} - {"test_every"}
    assert names - NO_PROOFS == {one.name for one in PROGRAMS} - {"pytest"}
    tested = {Path(word).stem for one in PROGRAMS for word in one.arguments if word.endswith(".py")}
    assert all((FOLDER / f"{name}.py").exists() for name in tested)


def test_each_protection_is_also_switched_off() -> None:
    assert {one.name for one in PROGRAMS if one.finds} >= {"kill", "disk", "network"}
    for one in PROGRAMS:  # what it is told, it understands
        options = [word for word in one.arguments if word.startswith("--")]
        source = FOLDER.parents[1] / f"{one.module.replace('.', '/')}.py"
        assert one.module == "pytest" or all(f'"{word}"' in source.read_text(encoding="utf-8") for word in options), one


def test_a_failure_holds_up_none_of_the_others(capfd: pytest.CaptureFixture[str]) -> None:
    def saying(word: str, status: int) -> Program:
        return Program("this", ("-c", f"print('{word}'); raise SystemExit({status})"), word)

    def here(program: Program) -> int:
        return run(Shown(program))

    class Shown(Program):
        """The same, run by this Python without a module."""

        def __init__(self, program: Program) -> None:
            super().__init__(program.module, program.arguments, program.proves)

        @property
        def command(self) -> list[str]:
            return [sys.executable, *self.arguments]

    ended = run_all([saying("first", 0), saying("second", 3), saying("third", 0)], here)
    assert [one.status for one in ended] == [0, 3, 0]
    said = capfd.readouterr().out
    assert re.findall(r"^(first|second|third)$", said, re.M) == ["first", "second", "third"]
    assert "3 programs, 1 failed" in table(ended)
    assert "(status 3)" in table(ended)


@pytest.mark.parametrize(("statuses", "whole"), [((0, 0), 0), ((0, 1), 1), ((2, 0), 1)])
def test_the_whole_fails_where_one_did(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], statuses: tuple[int, int], whole: int
) -> None:
    left = iter(statuses)
    monkeypatch.setattr(
        every, "run_all", lambda programs: [Ended(one, next(left), 1.0) for one in programs if not one.finds][:2]
    )
    assert every.main(["--only", "kill", "--only", "clock"]) == whole
    assert capsys.readouterr().out.count("\n") == 4


def test_a_name_that_none_bears_is_said_so() -> None:
    with pytest.raises(SystemExit, match="kil"):
        chosen(["kil"])
    assert {one.name for one in chosen(["disk"])} == {"disk"}
    assert len(chosen(["disk"])) == 2
