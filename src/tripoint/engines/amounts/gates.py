"""The figures that gates are made of: percentiles of weights by substance, family and over everything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

import numpy as np

from tripoint.words.drugs.gates import FEWEST, PERCENTILE, Gate, names_of
from tripoint.words.drugs.reading import Drug

MILLIGRAM = Decimal("0.000001")  # kilograms


def percentiles(reports: Iterable[tuple[Drug, float]]) -> list[Gate]:
    """The gates that these weights in kilograms give, by name; those of too few reports are left out.

    The percentile is the nearest weight that was reported, never one between two.
    """
    found: dict[str, list[float]] = defaultdict(list)
    for drug, kilograms in reports:
        for name in names_of(drug):
            found[name].append(kilograms)
    return [
        Gate(name, Decimal(str(np.percentile(weights, PERCENTILE, method="higher"))).quantize(MILLIGRAM), len(weights))
        for name, weights in sorted(found.items())
        if len(weights) >= FEWEST or name == "*"
    ]
