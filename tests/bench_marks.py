"""How fast and how surely marks are found among millions: `python -m tests.bench_marks --marks 10000000`.

Writes an invented list, builds its index with `tripoint marks build`, asks it in this process, and prints one JSON
object: milliseconds at the median and the 95th percentile of each kind of question, and how many were found.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

from tripoint.demo.serials import FORMS, Gun, guns, write_list
from tripoint.engines.marks.folding import CHARACTERS, fold
from tripoint.engines.marks.index import MarkIndex, open_index
from tripoint.engines.marks.ranking import Described
from tripoint.engines.marks.reading import read_mark

SEED = 2026
LIKE = {one: [other for other in CHARACTERS if other != one and fold(other) == fold(one)] for one in CHARACTERS}
BARS = {"confusions": 20, "one edit": 100, "one edit, make": 100, "two edits": 1000, "three in a row": 300,
        "three known, open": 300, "prefix": 300, "suffix": 300, "make": 300, "unknown places": 300}  # fmt: skip
Made = tuple[str, Described]


def confused(throw: Random, number: str) -> str:
    """Up to three characters read for look-alikes."""
    found = list(number)
    for at in throw.sample(range(len(found)), min(3, len(found))):
        found[at] = throw.choice(LIKE[found[at]] or [found[at]])
    return "".join(found)


def slipped(throw: Random, number: str, edits: int) -> str:
    """So many random edits."""
    for _ in range(edits):
        at, how = throw.randrange(len(number)), throw.randrange(4)
        one = throw.choice(CHARACTERS)
        if how == 0:
            number = number[:at] + one + number[at + 1 :]
        elif how == 1 and len(number) > 3:
            number = number[:at] + number[at + 1 :]
        elif how == 2:
            number = number[:at] + one + number[at:]
        else:
            number = number[:at] + number[at : at + 2][::-1] + number[at + 2 :]
    return number


def hidden(throw: Random, number: str) -> str:
    """Two places unknown."""
    gone = throw.sample(range(len(number)), 2)
    return "".join("?" if at in gone else one for at, one in enumerate(number))


def middle(throw: Random, number: str) -> str:
    """Three in a row of the middle, nothing else."""
    at = throw.randrange(len(number) - 2)
    return f"*{number[at : at + 3]}*"


def apart(throw: Random, number: str) -> str:
    """Three characters that do not stand together, in a number of any length."""
    at = sorted(throw.sample(range(1, len(number)), min(3, len(number) - 1)))
    return "*" + "*".join(number[one] for one in at) + "*"


KINDS: dict[str, tuple[Callable[[Random, str], str], bool]] = {
    "confusions": (lambda throw, number: "~0" + confused(throw, number), False),
    "one edit": (lambda throw, number: "~1" + slipped(throw, confused(throw, number), 1), False),
    "one edit, make": (lambda throw, number: "~1" + slipped(throw, confused(throw, number), 1), True),
    "two edits": (lambda throw, number: "~2" + slipped(throw, number, 2), False),
    "unknown places": (hidden, False),
    "prefix": (lambda throw, number: number[:4] + "*", False),
    "suffix": (lambda throw, number: "*" + number[-4:], False),
    "three in a row": (middle, False),
    "three known, open": (apart, False),
    "make": (lambda throw, number: f"*{number[1]}*{number[-1]}", True),
}


def ask(index: MarkIndex, sample: list[Gun], kind: str) -> dict[str, Any]:
    """Ask one kind of question about each gun of a sample."""
    throw = Random(f"{SEED} {kind}")
    make_question, with_make = KINDS[kind]
    times, work, found, first, ten = [], [], 0, 0, 0
    for gun in sample:
        number = read_mark(gun.serial).normal
        asked = Described(make=gun.make) if with_make else Described()
        question = make_question(throw, number)
        began, worked = time.perf_counter(), time.process_time()
        answer = index.search(question, asked, 10)
        times.append((time.perf_counter() - began) * 1000)
        work.append((time.process_time() - worked) * 1000)
        ids = [one.id for one in answer.results]
        first, ten, found = first + (ids[:1] == [gun.id]), ten + (gun.id in ids), found + answer.found
    many = len(sample)
    return {
        "p50": round(median(times), 2), "p95": round(quantiles(times, n=20)[-1], 2), "bar": BARS[kind],
        "cpu_p50": round(median(work), 2), "cpu_p95": round(quantiles(work, n=20)[-1], 2),
        "at_1": round(first / many, 4), "at_10": round(ten / many, 4), "found": round(found / many),
    }  # fmt: skip


def built(place: Path, count: int) -> Iterator[tuple[str, float]]:
    """Write the list and build its index, unless both stand already; how long each took."""
    place.mkdir(parents=True, exist_ok=True)
    listed, folder = place / "list.csv", place / "index"
    if not listed.exists():
        began = time.perf_counter()
        with listed.open("w", encoding="utf-8") as out:
            write_list(out, SEED, count)
        yield "list_seconds", round(time.perf_counter() - began, 1)
    if not folder.exists():
        began = time.perf_counter()
        program = str(Path(sys.executable).with_name("tripoint"))
        command = [program, "marks", "build", "--list", str(listed), "--out", str(folder)]
        subprocess.run(command, check=True)
        yield "build_seconds", round(time.perf_counter() - began, 1)


def main() -> None:
    """Measure."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--marks", type=int, default=10_000_000)
    reader.add_argument("--questions", type=int, default=200)
    reader.add_argument("--data", type=Path)
    chosen = reader.parse_args()
    place = chosen.data or Path("var/bench") / f"marks-{chosen.marks}"
    figures: dict[str, Any] = dict(built(place, chosen.marks))
    index = open_index(place / "index")
    every = Random(SEED).sample(range(chosen.marks), chosen.questions)
    wanted = set(every)
    sample = [gun for at, gun in enumerate(guns(SEED, max(every) + 1)) if at in wanted]
    for kind in KINDS:
        ask(index, sample[:5], kind)
        figures[kind] = ask(index, sample, kind)
        print(kind, figures[kind], file=sys.stderr)
    told = {"marks": len(index), "megabytes": index.size >> 20, "forms": len(FORMS), "questions": chosen.questions}
    print(json.dumps(told | figures))


if __name__ == "__main__":
    main()
