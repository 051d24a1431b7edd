"""Others' scorers, asked as a process of their own; what they answered once is kept by the digest of the task."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tests.quality.metrics import Scores
from tests.quality.ours import Pairs
from tests.quality.persons import Person

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-oracle" / "bin" / "python"
PINS = ROOT / "requirements" / "oracle.txt"
SCRIPT = Path(__file__).with_name("oracle.py")
TIMED = 1_500  # the first pairs of a task are timed, as in oracle.py
KEPT = ROOT / "var" / "oracle"
# Where each alerts by its own makers' word or, for rapidfuzz, by custom.
THRESHOLDS = {"logic-v2": 0.7, "name-based": 0.7, "rapidfuzz WRatio": 0.85, "rapidfuzz token_sort": 0.8}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the others say of one task."""

    versions: dict[str, str]
    scores: dict[str, Scores]
    rates: dict[str, float]  # pairs a second of processor time


def installed() -> bool:
    """Whether the environment of the others was made."""
    return PYTHON.exists()


def ask(people: Sequence[Person], pairs: Pairs) -> Answer | None:
    """The others' scores of pairs among `people`; None where they are not installed and were never asked this.

    Raises subprocess.CalledProcessError when they fail.
    """
    task = json.dumps({"people": [person.as_line() for person in people], "pairs": pairs.tolist()}, ensure_ascii=False)
    digest = hashlib.sha256(b"\0".join((task.encode(), SCRIPT.read_bytes(), PINS.read_bytes()))).hexdigest()[:24]
    kept = KEPT / f"{digest}.json"
    if not kept.exists():
        if not installed():
            return None
        run(task, kept)
    found = json.loads(kept.read_text(encoding="utf-8"))
    scores = {name: np.array(values, np.float64) for name, values in found["scores"].items()}
    return Answer(found["versions"], scores, found["rates"])


def run(task: str, kept: Path) -> None:
    """Let them score a task, and keep the answer once it is whole."""
    KEPT.mkdir(parents=True, exist_ok=True)
    asked, partial = kept.with_suffix(".task"), kept.with_suffix(".part")
    asked.write_text(task, encoding="utf-8")
    try:
        subprocess.run([PYTHON, SCRIPT, asked, partial], check=True, cwd=KEPT)
        partial.rename(kept)
    finally:
        asked.unlink(missing_ok=True)
