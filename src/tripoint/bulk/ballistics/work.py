"""A folder of scans built into a collection, and a scan ranked in it, from file to file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tripoint.base.errors import BadInput, TripointError
from tripoint.bulk.ballistics.reading import prepared_from
from tripoint.engines.ballistics.collection import Collection, CollectionDamaged, Ranking
from tripoint.engines.ballistics.preparing import Prepared
from tripoint.engines.ballistics.surface import Region, Unit

SUFFIX = ".x3p"
TOGETHER = 50  # scans taken in at once


@dataclass(frozen=True, slots=True)
class Refused:
    """A scan that was not taken in: its file, why, and what to do."""

    file: str
    reason: str
    remedy: str


Told = Callable[[Refused], None]


def scans_in(folder: Path) -> list[Path]:
    """The X3P files of a folder and the folders in it, by name. Raises BadInput where two would have one id."""
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() == SUFFIX and path.is_file())
    names: dict[str, Path] = {}
    for path in found:
        if names.setdefault(path.stem, path) is not path:
            remedy = "The name without suffix is the scan's id: rename one."
            raise BadInput(f"{path.name} is there twice.", field="--scans", remedy=remedy)
    return found


def opened(folder: Path, field: str = "--index") -> Collection:
    """The collection in a folder. Raises BadInput where there is none, or it is cut short or of another version."""
    try:
        return Collection(folder)
    except CollectionDamaged as error:
        remedy = "Build it with `tripoint ballistics build --scans DIR --out INDEX`."
        raise BadInput(f"The index cannot be used: {error}.", field=field, remedy=remedy) from error


def begun(folder: Path, region: Region) -> Collection:
    """The collection in a folder, an empty one where there is nothing yet. Raises BadInput."""
    if region is Region.LAND:
        remedy = "Compare lands pair by pair with `tripoint ballistics compare --region land`."
        raise BadInput("Lands of bullets have no index: they have no rings.", field="--region", remedy=remedy)
    if (folder / "manifest.json").exists():
        found = opened(folder, "--out")
        if found.region is not region:
            remedy = "Name another folder: each region has an index of its own."
            raise BadInput(f"The index holds scans of a {found.region}.", field="--out", remedy=remedy)
        return found
    try:
        return Collection.create(folder, region)
    except (CollectionDamaged, OSError) as error:
        raise BadInput(f"The index cannot be begun: {error}.", field="--out", remedy="Name another folder.") from error


def build(
    scans: list[Path], folder: Path, region: Region, unit: Unit | None, told: Told, done: Callable[[], None]
) -> int:
    """Take scans into the collection in `folder`, begun where there is none; gives how many were taken.

    A scan whose id is there already stays as it is. What cannot be read or shows nothing goes to `told`; `done` is
    called after every scan. Raises BadInput.
    """
    collection = begun(folder, region)
    there, taken = {collection.ids[row] for row in collection.allowed()}, 0
    wanted = [path for path in scans if path.stem not in there]
    for at in range(0, len(wanted), TOGETHER):
        marks = dict(readable(wanted[at : at + TOGETHER], region, unit, told, done))
        left = collection.append(list(marks), marks.values())
        for name in left:
            reasons = ", ".join(marks[name].quality.reasons)
            told(Refused(name, f"is not fit to be compared: {reasons}", "Scan the mark again, or draw its mask."))
        taken += len(marks) - len(left)
    return taken


def readable(
    paths: list[Path], region: Region, unit: Unit | None, told: Told, done: Callable[[], None]
) -> Iterator[tuple[str, Prepared]]:
    """Id and prepared mark of each scan that can be read."""
    for path in paths:
        try:
            yield path.stem, prepared_from(path, region, unit)
        except TripointError as error:
            told(Refused(path.name, error.sentence, error.remedy or ""))
        done()


def rank_on_spark(index: Path, query: Path, k: int, rescore: int | None, master: str, unit: Unit | None) -> Ranking:
    """The same by Apache Spark. `master` is where, as Spark writes it; tripoint and the index must be there too."""
    from tripoint.bulk.ballistics.spark_engine import Executors
    from tripoint.bulk.crossmatch.work import spark_session

    collection = opened(index)
    mark = prepared_from(query, collection.region, unit)
    with spark_session(master) as spark:
        return collection.rank(mark, k, rescore=rescore, by=partial(Executors, spark, index.absolute()))


def rank(index: Path, query: Path, k: int, rescore: int | None, workers: int, unit: Unit | None) -> Ranking:
    """The marks of a collection most alike the scan in a file. Raises BadInput, TooLarge."""
    collection = opened(index)
    try:
        return collection.rank(
            prepared_from(query, collection.region, unit), k, rescore=rescore, helpers=workers - 1
        )
    except CollectionDamaged as error:
        raise BadInput(f"The index is damaged: {error}.", field="--index", remedy="Build it anew.") from error
