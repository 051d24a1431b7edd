"""How fast people are checked against an index of many, in processor time of one core."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import process_time

import numpy as np

from tests.quality import ours
from tests.quality.metrics import percentile
from tests.quality.population import asked_of, population

CHECKS, WARM = 2_000, 200


@dataclass(frozen=True, slots=True)
class CheckSpeed:
    """What checks over an index cost; seconds of processor time."""

    persons: int
    build: float
    checks_a_second: float
    middle: float
    slowest_of_hundred: float


def measure_checks(persons: int) -> CheckSpeed | None:
    """Build an index of invented persons and ask; None where the engine has no index."""
    with tempfile.TemporaryDirectory() as folder:
        people = list(population(persons))
        begun = process_time()
        search = ours.indexed(people, Path(folder))
        if search is None:
            return None
        built = process_time() - begun
        asked = [person.described() for person in asked_of(people, CHECKS + WARM)]
        for person in asked[:WARM]:
            search(person)
        times = []
        for person in asked[WARM:]:
            begun = process_time()
            search(person)
            times.append(process_time() - begun)
    spent = np.array(times)
    return CheckSpeed(persons, built, 1 / float(spent.mean()), percentile(spent, 0.5), percentile(spent, 0.99))
