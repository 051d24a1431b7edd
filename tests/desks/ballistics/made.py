"""Small made scans, and a collection that holds them in memory: what the desk's tests need of the engine."""

from __future__ import annotations

import base64
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from uuid import UUID

import numpy as np
from scipy.ndimage import gaussian_filter

from tripoint.desks.ballistics.jobs import Met, Ranked
from tripoint.engines.ballistics.surface import ScanFacts, Surface
from tripoint.engines.ballistics.x3p import write_x3p

SIDE, STEP_UM = 96, 12.5  # 1.2 mm


@lru_cache(maxsize=32)
def x3p(seed: int, *, blank: bool = False) -> bytes:
    """A made scan as X3P: texture of the size of machining marks, or nothing at all."""
    noise = np.random.default_rng(seed).standard_normal((SIDE, SIDE))
    texture = gaussian_filter(noise, 3) - gaussian_filter(noise, 9)
    heights = texture / texture.std() if not blank else np.full((SIDE, SIDE), np.nan)
    facts = ScanFacts(creator="made for a test", instrument="none", simulated=True)
    return write_x3p(Surface(heights.astype(np.float32), STEP_UM, STEP_UM, facts=facts))


def x3p_text(seed: int, **how: Any) -> str:
    """The same in base64."""
    return base64.b64encode(x3p(seed, **how)).decode()


def comparison(score: float = 0.8, cells: int = 9) -> dict[str, Any]:
    """A comparison as the desk keeps it."""
    return {
        "score": score, "congruent_cells": cells, "cells_compared": 12, "rotation_deg": 3.0, "dx_um": 10.0,
        "dy_um": -5.0, "correlation": 0.7, "forward": [cells, 12], "backward": [cells, 12], "cells": [],
        "reasons": [{"code": "congruent", "number": cells}],
    }  # fmt: skip


@dataclass
class InMemory:
    """A collection for tests. Scans with the same heights are alike, all others hardly."""

    held: dict[UUID, Any] = field(default_factory=dict)
    asked: list[frozenset[UUID]] = field(default_factory=list)

    def has(self, scan: UUID) -> bool:
        return scan in self.held

    def put(self, scans: Sequence[tuple[UUID, Any]]) -> None:
        self.held.update(scans)

    def all(self) -> set[UUID]:
        return set(self.held)

    def drop(self, scan: UUID) -> None:
        self.held.pop(scan, None)

    def rank(self, query: Any, k: int, among: Collection[UUID]) -> Ranked:
        there = [scan for scan in self.held if scan in among]
        self.asked.append(frozenset(there))
        alike = {scan: bool(np.array_equal(self.held[scan].levelled, query.levelled)) for scan in there}
        best = sorted(there, key=lambda scan: (not alike[scan], str(scan)))[:k]
        met = [
            Met(scan, place, 0.8 if alike[scan] else 0.1, 9 if alike[scan] else 1, 12,
                comparison(0.8, 9) if alike[scan] else comparison(0.1, 1))
            for place, scan in enumerate(best, 1)
        ]  # fmt: skip
        return Ranked(len(there), min(len(there), 200), tuple(met))
