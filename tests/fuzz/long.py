"""Every parser under atheris, one after another: `python -m tests.fuzz.long [--seconds N] [NAME ...]`.

The corpus of each grows in var/fuzz/NAME/corpus. What is found lies in var/fuzz/NAME/found; each finding is tried again
as it would run in earnest, and those that fail or take more than a second are told. They become tests: put the shortest
form of each, with nothing real in it, into tests/fuzz/corpus/NAME.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from tests.fuzz.targets import TARGETS
from tests.fuzz.trying import attempt, examples

FOLDER = Path("var/fuzz")
MOST_BYTES = 16_384
SPENT_STARTING = 600  # seconds beyond those of the run


def fuzzed(name: str, seconds: int) -> list[str]:
    """Sentences on what was found, none where all is well."""
    folder = FOLDER / name
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={MOST_BYTES}",
        "-timeout=60",
        "-rss_limit_mb=4096",
        "-print_final_stats=1",
    ]
    command = [sys.executable, "-m", "tests.fuzz.one", name, str(folder), *options]
    run = subprocess.run(command, capture_output=True, text=True, timeout=seconds + SPENT_STARTING, check=False)
    told = [line for line in run.stderr.splitlines() if "number_of_executed_units" in line]
    print(f"{name}: {told[-1].split()[-1] if told else 0} inputs", flush=True)
    wrong = again(name, folder / "found")
    if run.returncode and not wrong:
        wrong.append(f"{name}: ended with {run.returncode}: {run.stderr[-2000:]}")
    return wrong


def again(name: str, found: Path) -> list[str]:
    """Which findings are findings without the instruments, too."""
    target, wrong = TARGETS[name], []
    for example in examples(name, target):  # so that nothing is loaded for the first time below
        attempt(target, example, longest=600)
    for path in sorted(found.glob("*")):
        try:
            attempt(target, path.read_bytes())
        except Exception as error:
            wrong.append(f"{name}: {type(error).__name__}: {error}; the input is {path}")
    return wrong


def main() -> int:
    """Fuzz and tell; 1 where something was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seconds", type=int, default=60, help="for each parser")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(TARGETS))
    chosen = parser.parse_args()
    wrong = [sentence for name in chosen.names or TARGETS for sentence in fuzzed(name, chosen.seconds)]
    print("\n".join(wrong) or "Nothing was found.")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
