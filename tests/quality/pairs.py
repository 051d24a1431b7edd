"""The labelled pairs of names, as they lie in the data folder beside the project."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parents[3] / "shared" / "data" / "screening"
PAIRS = DATA / "labelled_name_pairs.csv"
TOKEN_SETS = frozenset({"tok_arabic", "tok_arabic_google", "tok_chinese", "tok_russian"})


@dataclass(frozen=True, slots=True)
class Row:
    """Two names and whether one person bears both; `group` is the set they were published in."""

    group: str
    name1: str
    name2: str
    same: bool
    note: str = ""


def read_pairs(path: Path = PAIRS) -> list[Row]:
    """Every labelled pair in the order of the file; FileNotFoundError without the data folder."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Row(line["set"], line["name1"], line["name2"], line["label"] == "1", line["note"])
            for line in csv.DictReader(file)
        ]
