"""Historical people with errors: record pairs of one person, and of strangers with a surname or postcode in common."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import combinations

import numpy as np

from tests.quality.metrics import Labels
from tests.quality.ours import Pairs
from tests.quality.pairs import DATA
from tests.quality.persons import Person

FILE = DATA / "splink_historical_figures_with_errors_50k.parquet"
SEED, PAIRS_OF_A_KIND = 1_850, 5_000
YEARS_MOVED = 250  # these people were born from the 17th century on, before anything a police list holds


def record_pairs() -> tuple[list[Person], Pairs, Labels]:
    """The records, pairs of them, and whether both are of one person: as many that are as are not."""
    rows = import_module("pyarrow.parquet").read_table(FILE).to_pylist()
    chance = random.Random(SEED)
    same = sorted(within(rows))
    different = sorted(across(rows, chance))
    chosen = chance.sample(same, PAIRS_OF_A_KIND) + chance.sample(different, PAIRS_OF_A_KIND)
    labels = np.repeat([True, False], PAIRS_OF_A_KIND)
    used = sorted({at for pair in chosen for at in pair})
    place = {at: new for new, at in enumerate(used)}
    pairs = np.array([(place[one], place[other]) for one, other in chosen], np.int32)
    return [person(rows[at]) for at in used], pairs, labels


def within(rows: Sequence[dict[str, str]]) -> Iterator[tuple[int, int]]:
    """Every pair of records of one person."""
    clusters = defaultdict(list)
    for at, row in enumerate(rows):
        clusters[row["cluster"]].append(at)
    for cluster in clusters.values():
        yield from combinations(cluster, 2)


def across(rows: Sequence[dict[str, str]], chance: random.Random) -> set[tuple[int, int]]:
    """For each record a stranger with the same surname and one with the same postcode, where there is one."""
    found = set()
    for field in ("surname", "postcode_fake"):
        groups = defaultdict(list)
        for at, row in enumerate(rows):
            if row[field]:
                groups[row[field]].append(at)
        for at, row in enumerate(rows):
            other = chance.choice(groups[row[field]]) if row[field] else at
            if rows[other]["cluster"] != row["cluster"]:
                found.add((min(at, other), max(at, other)))
    return found


def person(row: dict[str, str]) -> Person:
    """A record as a person; the years moved into a time that travel documents know."""
    year, _, day = (row["dob"] or "").partition("-")
    births = (f"{int(year) + YEARS_MOVED}-{day}" if day else f"{int(year) + YEARS_MOVED}",) if year.isdigit() else ()
    return Person(row["unique_id"], "historical", ((row["full_name"] or "", "primary"),), births, sex=row["gender"])
