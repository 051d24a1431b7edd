"""Every program of this folder in its long form, one after another, and a table at the end: `make faults`.

A program that fails holds up none of the others; the whole fails when one did. `--only kill --only disk` takes some.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Program:
    """One proof: the module, what it is told, and what it proves. `finds` where a protection is off and loss is due."""

    module: str
    arguments: tuple[str, ...]
    proves: str
    finds: bool = False

    @property
    def name(self) -> str:
        """The last word of the module: simulation of tests.faults.simulation.run."""
        return self.module.removeprefix("tests.faults.").partition(".")[0]

    @property
    def command(self) -> list[str]:
        """What is run."""
        return [sys.executable, "-m", self.module, *self.arguments]


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended: its status and the seconds it took."""

    program: Program
    status: int
    seconds: float


PROGRAMS = (
    Program("tests.faults.simulation.run", ("--seeds", "10000"), "sync protocol over a bad network, 10,000 seeds"),
    Program("tests.faults.kill", ("--rounds", "500"), "500 kills of hub and database under load"),
    Program("tests.faults.kill", ("--rounds", "10", "--unsafe"), "commits that do not wait for the disk", finds=True),
    Program("tests.faults.disk", (), "a disk that is full, and has room again"),
    Program("tests.faults.disk", ("--unprotected",), "the same without room held back", finds=True),
    Program("tests.faults.network", ("--seconds", "120"), "delay, loss, duplicates, cuts between device and hub"),
    Program("tests.faults.network", ("--careless",), "a device that sends again under another id", finds=True),
    Program("tests.faults.clock", (), "clocks three hours fast and slow"),
    Program("tests.faults.restore", ("--megabytes", "1000"), "backup, restore, a point in time"),
    Program("tests.faults.pgbackrest", ("--megabytes", "300"), "the same with pgBackRest"),
    Program("tests.faults.pgbackrest", ("--without-archive",), "the same without its archive", finds=True),
    Program("tests.faults.sealer", ("--seconds", "60"), "the seal under full load, and its verifying"),
    Program("pytest", ("-q", "tests/faults/test_answers.py"), "an answer lost after the commit, at every route"),
    Program("pytest", ("-q", "tests/faults/test_upgrade.py"), "an upgrade from the release before"),
)


def run(program: Program) -> int:
    """Run one program, its words on our own outputs; its status."""
    return subprocess.run(program.command, check=False).returncode


def run_all(
    programs: Iterable[Program], how: Callable[[Program], int] = run, clock: Callable[[], float] = time.monotonic
) -> list[Ended]:
    """Run the programs one after another, whatever becomes of each."""
    ended = []
    for program in programs:
        print(f"\n== {program.name} {' '.join(program.arguments)}: {program.proves}", flush=True)
        began = clock()
        ended.append(Ended(program, how(program), clock() - began))
    return ended


def table(ended: Sequence[Ended]) -> str:
    """How each ended, a line each, and how many failed."""
    lines = [
        f"{'failed' if one.status else 'proven':7} {one.seconds:8.1f} s  "
        f"{one.program.name} {' '.join(one.program.arguments)}: {one.program.proves}"
        f"{' (the loss is found)' if one.program.finds and not one.status else ''}"
        f"{f' (status {one.status})' if one.status else ''}"
        for one in ended
    ]
    failed = sum(bool(one.status) for one in ended)
    return "\n".join([*lines, f"{len(ended)} programs, {failed} failed, {sum(one.seconds for one in ended):.0f} s"])


def chosen(names: Sequence[str]) -> list[Program]:
    """The programs of these names, all where there are none. Raises SystemExit for a name that none bears."""
    known = {one.name for one in PROGRAMS}
    if unknown := sorted(set(names) - known):
        raise SystemExit(f"No program is called {', '.join(unknown)}; there are {', '.join(sorted(known))}.")
    return [one for one in PROGRAMS if not names or one.name in names]


def main(words: Sequence[str] | None = None) -> int:
    """Run what is asked for; 1 where anything failed."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--only", action="append", default=[], metavar="NAME", help="one program; may be repeated")
    ended = run_all(chosen(reader.parse_args(words).only))
    print(f"\n{table(ended)}", flush=True)
    return int(any(one.status for one in ended))


if __name__ == "__main__":
    raise SystemExit(main())
