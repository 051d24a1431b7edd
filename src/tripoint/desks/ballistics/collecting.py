"""The collection beside the database: files of the engine in the hub's data folder, one folder for each region."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Collection as Several, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from tripoint.base.logs import logger
from tripoint.desks.ballistics.jobs import Met, Ranked
from tripoint.desks.ballistics.lands import Lands
from tripoint.desks.ballistics.surfaces import comparison_json

if TYPE_CHECKING:
    from tripoint.engines.ballistics.collection import Collection
    from tripoint.engines.ballistics.preparing import Prepared

NAME, LOCK, LAND = "ballistics", "worker.lock", "land"  # in the data folder
log = logger(__name__)


class Busy(RuntimeError):
    """Another process of this hub works on the collection."""


@dataclass(slots=True)
class Files:
    """The collections of all regions in one folder, which one process at a time works on.

    A folder that is damaged or of other settings is removed; the worker then takes its scans anew (`jobs.mend`).
    """

    folder: Path
    _regions: dict[str, Collection] = field(default_factory=dict)
    _where: dict[UUID, str] = field(default_factory=dict)
    _lock: int = -1

    @property
    def lands(self) -> Lands:
        """The lands of bullets, which are kept and compared in another way."""
        return Lands(self.folder / LAND)

    @classmethod
    def opened(cls, folder: Path) -> Files:
        """The collections of a folder. Raises Busy where another process has it."""
        files = cls(folder)
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        files._lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(files._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            files.close()
            raise Busy from error
        for part in sorted(one for one in folder.iterdir() if one.is_dir()):
            files._open(part)
        return files

    def close(self) -> None:
        """Let another process work on it."""
        os.close(self._lock)

    def _open(self, part: Path) -> None:
        from tripoint.engines.ballistics.collection import Collection, CollectionDamaged

        if part.name == LAND:
            self._where.update(dict.fromkeys(self.lands.all(), LAND))
            return
        try:
            found = Collection(part)
        except CollectionDamaged as fault:
            log.warning("a collection of ballistics is of no use and is built anew", region=part.name, fault=str(fault))
            shutil.rmtree(part)
            return
        self._regions[part.name] = found
        alive = (name for name, ended in zip(found.ids, found.ended, strict=True) if not ended)
        self._where.update({UUID(name): part.name for name in alive})

    def _of(self, region: str) -> Collection:
        """The collection of a region, begun where there is none."""
        from tripoint.engines.ballistics.collection import Collection
        from tripoint.engines.ballistics.surface import Region

        if region not in self._regions:
            self._regions[region] = Collection.create(self.folder / region, Region(region))
        return self._regions[region]

    def has(self, scan: UUID) -> bool:
        """Whether the scan is in it."""
        return scan in self._where

    def all(self) -> set[UUID]:
        """Every scan that is in it."""
        return set(self._where)

    def put(self, scans: Sequence[tuple[UUID, Prepared]]) -> None:
        """Add scans, each in place of what was there of it; what is not fit is not taken."""
        by_region: dict[str, list[tuple[UUID, Prepared]]] = {}
        for scan, prepared in scans:
            by_region.setdefault(prepared.region.value, []).append((scan, prepared))
        for region, several in by_region.items():
            if region == LAND:
                for scan, prepared in several:
                    self.lands.put(scan, prepared)
                self._where.update({scan: LAND for scan, _ in several})
                continue
            left = self._of(region).append([str(scan) for scan, _ in several], (made for _, made in several))
            self._where.update({scan: region for scan, _ in several if str(scan) not in left})
            for name in left:
                self.drop(UUID(name))

    def drop(self, scan: UUID) -> None:
        """Take a scan out."""
        region = self._where.pop(scan, None)
        if region == LAND:
            self.lands.drop(scan)
        elif region is not None:
            self._of(region).end(str(scan))
            self._of(region).again()

    def rank(self, query: Prepared, k: int, among: Several[UUID]) -> Ranked:
        """The best of those allowed. The similarity is that of the two marks alone, whatever else is there."""
        if query.region.value == LAND:
            return self.lands.rank(query, k, among)
        names = frozenset(str(scan) for scan in among)
        found = self._of(query.region.value).rank(query, k, among=names, helpers=(os.cpu_count() or 1) - 1)
        met = tuple(
            Met(UUID(one.id), one.rank, float(one.comparison.score), int(one.comparison.congruent_cells),
                int(one.comparison.cells_compared), comparison_json(one.comparison))
            for one in found.candidates
        )  # fmt: skip
        return Ranked(found.searched, found.fully_scored, met)
