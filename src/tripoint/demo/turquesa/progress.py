"""How far a replay has come: a line for each part that is done, so that it can be stopped and goes on where it was."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tripoint.base.errors import SetUp

NAME = "progress.jsonl"
Done = dict[str, Any]


@dataclass(slots=True)
class Progress:
    """The parts that are done, by name; threads share it."""

    file: Path
    done: dict[str, Done] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, name: str, **what: Any) -> None:
        """Write down that a part is done, and what came of it."""
        with self._turn, self.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"name": name, **what}, ensure_ascii=False) + "\n")
            self.done[name] = what

    def of(self, beginning: str) -> Iterator[Done]:
        """What came of all parts whose names begin so."""
        with self._turn:
            return iter([what for name, what in self.done.items() if name.startswith(beginning)])


def begin(folder: Path, seed: int, scale: float, first: datetime) -> tuple[Progress, datetime]:
    """The progress kept in a folder, and the first day it was begun with; a new one where there is none.

    Raises SetUp for a folder in which another replay was begun.
    """
    folder.mkdir(parents=True, exist_ok=True)
    progress = Progress(folder / NAME)
    text = progress.file.read_text(encoding="utf-8") if progress.file.exists() else ""
    if text and not text.endswith("\n"):  # the last line was cut short; the next one begins anew
        with progress.file.open("a", encoding="utf-8") as file:
            file.write("\n")
    for what in filter(None, map(read_line, text.splitlines())):
        progress.done[what.pop("name")] = what
    known = progress.done.get("replay")
    if known is None:
        progress.keep("replay", seed=seed, scale=scale, first=first.isoformat())
        return progress, first
    if (known["seed"], known["scale"]) != (seed, scale):
        raise SetUp(
            f"{folder} holds a replay of seed {known['seed']} at scale {known['scale']:g}.",
            remedy="Give another folder with --out, or the same seed and scale.",
        )
    return progress, datetime.fromisoformat(known["first"])


def read_line(line: str) -> Done | None:
    """One part; None for a line that was cut short when the replay was stopped."""
    try:
        found: Done = json.loads(line)
    except ValueError:
        return None
    return found
