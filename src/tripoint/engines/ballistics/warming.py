"""Everything compiled once, for the set-up: later processes load it from the disk."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from tripoint.engines.ballistics.collection import Collection
from tripoint.engines.ballistics.comparing import compare
from tripoint.engines.ballistics.preparing import prepare
from tripoint.engines.ballistics.regions import Region
from tripoint.engines.ballistics.simulating import simulate


def warm() -> None:
    """Compares two invented shots, and searches a collection of them, so that what is compiled is compiled and kept."""
    marks = {name: prepare(surface, Region.BREECH_FACE) for name, surface in simulate(1, 2)}
    one, other = marks.values()
    compare(one, other)
    with TemporaryDirectory() as folder:
        collection = Collection.create(Path(folder) / "marks")
        collection.append(list(marks), marks.values())
        collection.rank(one, 1)
