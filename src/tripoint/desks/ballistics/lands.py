"""Lands of bullets beside the database: the profile of each in a small file of its own, all compared one by one.

A profile has a thousand points and a comparison of two takes half a millisecond: no search in two steps is needed.
"""

from __future__ import annotations

from collections.abc import Collection as Several
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID
from zipfile import BadZipFile

from tripoint.base.logs import logger
from tripoint.desks.ballistics.jobs import Met, Ranked
from tripoint.desks.ballistics.surfaces import comparison_json

if TYPE_CHECKING:
    from tripoint.engines.ballistics.bullets import Land
    from tripoint.engines.ballistics.preparing import Prepared

END = ".npz"
log = logger(__name__)


@dataclass(frozen=True, slots=True)
class Lands:
    """The profiles in one folder."""

    folder: Path

    def all(self) -> set[UUID]:
        """Every scan that is there."""
        return {UUID(file.stem) for file in self.folder.glob(f"*{END}")}

    def put(self, scan: UUID, prepared: Prepared) -> None:
        """Keep the profile of a scan, in place of what was there of it; readers see the one or the other."""
        import numpy as np

        from tripoint.engines.ballistics.bullets import read_land

        land = read_land(prepared)
        self.folder.mkdir(parents=True, exist_ok=True)
        making = self.folder / f"{scan}.new"
        with making.open("wb") as file:
            np.savez(
                file, heights=land.heights, known=land.known,
                numbers=np.array([land.step_um, land.start_um, land.twist_deg, land.striae, float(land.turned)]),
            )  # fmt: skip
        making.replace(self.folder / f"{scan}{END}")

    def drop(self, scan: UUID) -> None:
        """Take a scan out."""
        (self.folder / f"{scan}{END}").unlink(missing_ok=True)

    def get(self, scan: UUID) -> Land | None:
        """The profile of a scan that is there; a damaged file is removed, and taken anew once the worker begins."""
        import numpy as np

        from tripoint.engines.ballistics.bullets import Land

        try:
            with np.load(self.folder / f"{scan}{END}", allow_pickle=False) as kept:
                step, start, twist, striae, turned = (float(one) for one in kept["numbers"])
                return Land(kept["heights"], kept["known"], step, start, twist, striae, bool(turned))
        except (ValueError, KeyError, EOFError, BadZipFile) as fault:
            log.warning("the profile of a land is damaged and is taken anew", scan=str(scan), fault=str(fault))
            self.drop(scan)
            return None

    def rank(self, query: Prepared, k: int, among: Several[UUID]) -> Ranked:
        """The best of those allowed; every one of them is fully scored."""
        from tripoint.engines.ballistics.bullets import read_land
        from tripoint.engines.ballistics.comparing.lands import compare_read_lands
        from tripoint.engines.ballistics.comparing.pairs import score_of

        asked = read_land(query)
        allowed = sorted(self.all() & set(among))
        there = [(scan, land) for scan in allowed if (land := self.get(scan)) is not None]
        found = [(compare_read_lands(asked, land, score_of), scan) for scan, land in there]
        told = sorted((one for one in found if one[0].score > 0), key=lambda one: (-one[0].score, str(one[1])))
        met = tuple(
            Met(scan, place, float(one.score), int(one.congruent_cells), int(one.cells_compared), comparison_json(one))
            for place, (one, scan) in enumerate(told[:k], 1)
        )
        return Ranked(len(there), len(there), met)
