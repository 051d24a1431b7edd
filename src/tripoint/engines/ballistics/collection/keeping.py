"""The marks of one region kept in a folder: begun, opened, appended to, ended one by one, read."""

from __future__ import annotations

from collections.abc import Callable, Collection as Several, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Self, TypeAlias

import numpy as np

from tripoint.engines.ballistics.collection.files import (
    LONGEST_ID,
    ROW,
    CollectionDamaged,
    Manifest,
    alone,
    append_to,
    lay_empty,
    mapped,
    read_manifest,
    write_manifest,
)
from tripoint.engines.ballistics.collection.packing import (
    layout_of,
    packed_spectra,
    packed_surface,
    spectra_from,
    surface_from,
)
from tripoint.engines.ballistics.comparing.fields import Field
from tripoint.engines.ballistics.comparing.pairs import coarse_of, fine_of, turning_for
from tripoint.engines.ballistics.comparing.rings import Spectra
from tripoint.engines.ballistics.preparing import Prepared
from tripoint.engines.ballistics.settings import SETTINGS
from tripoint.engines.ballistics.surface import Region

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
Among: TypeAlias = "Several[str] | Callable[[str], bool] | None"


class Kept:
    """Marks of one region (and, where the keeper parts them so, of one class of calibres) in a folder.

    One process at a time appends; any number search. What was appended or ended later is seen after `again`.
    """

    def __init__(self, folder: Path) -> None:
        """Opens the collection in `folder`. Raises CollectionDamaged."""
        self.folder = folder
        self.again()

    @classmethod
    def create(cls, folder: Path, region: Region = Region.BREECH_FACE) -> Self:
        """An empty collection in a new or empty folder. Raises CollectionDamaged where it holds other files."""
        lay_empty(folder, Manifest(region, layout_of(turning_for(region)).numbers))
        return cls(folder)

    def again(self) -> None:
        """Looks what there is by now. Raises CollectionDamaged."""
        self.manifest = said = read_manifest(self.folder)
        self.region, self.turning = said.region, turning_for(said.region)
        self.layout = layout_of(self.turning)
        if self.layout.numbers != said.numbers:
            raise CollectionDamaged(f"{self.folder} was built with other settings; build it again")
        self.features = mapped(self.folder / "features.bin", np.int8, (said.rows, said.numbers))
        self.rows = mapped(self.folder / "rows.bin", ROW, (said.rows,))
        self.surfaces = mapped(self.folder / "surfaces.bin", np.uint8, (said.surfaces,))
        self.letters = mapped(self.folder / "ids.bin", np.uint8, (said.ids,))
        self.ended = mapped(self.folder / "ended.bin", np.uint8, (said.rows,))
        self._ids: list[str] | None = None

    def __len__(self) -> int:
        """How many marks it holds that were not ended."""
        return int((np.asarray(self.ended) == 0).sum())

    @property
    def ids(self) -> list[str]:
        """The ids of all marks in their order, ended ones too."""
        if self._ids is None:
            text = np.asarray(self.letters).tobytes()
            begins, lengths = self.rows["id"].tolist(), self.rows["letters"].tolist()
            self._ids = [text[begin : begin + length].decode() for begin, length in
                         zip(begins, lengths, strict=True)]  # fmt: skip
        return self._ids

    def append(self, ids: Sequence[str], marks: Iterable[Prepared]) -> tuple[str, ...]:
        """Take marks in, all or none; one whose id is there already takes its place. Gives the ids of those not taken:
        what is not fit is never ranked.

        Raises ValueError for a mark of another region or an id that is empty, too long or given twice.
        """
        check_ids(ids)
        kept, left = [], []
        for name, mark in zip(ids, marks, strict=True):
            if mark.region is not self.region:
                raise ValueError(f"{name} is a {mark.region}, the collection holds {self.region}")
            if mark.quality.fit:
                numbers, units = packed_spectra(coarse_of(mark).known(self.turning), self.layout)
                kept.append((name, numbers, units, packed_surface(fine_of(mark))))
            else:
                left.append(name)
        if kept:
            self.write(kept)
        return tuple(left)

    def write(self, kept: Sequence[tuple[str, Array, Array, bytes]]) -> None:
        """Append packed marks: id, numbers, units, surface."""
        with alone(self.folder):
            self.again()
            said, names = self.manifest, [name.encode() for name, *_ in kept]
            rows = np.zeros(len(kept), ROW)
            rows["packed"], rows["letters"] = [len(each[3]) for each in kept], [len(name) for name in names]
            rows["surface"] = said.surfaces + np.cumsum(rows["packed"], dtype=np.uint64) - rows["packed"]
            rows["id"] = said.ids + np.cumsum(rows["letters"], dtype=np.uint64) - rows["letters"]
            rows["units"] = [each[2] for each in kept]
            content = {
                "features.bin": np.stack([each[1] for each in kept]).tobytes(),
                "rows.bin": rows.tobytes(),
                "surfaces.bin": b"".join(each[3] for each in kept), "ids.bin": b"".join(names),
                "ended.bin": bytes(len(kept)),
            }  # fmt: skip
            for name, counted in said.sizes().items():
                append_to(self.folder / name, counted, content[name])
            new = {name for name, *_ in kept}
            former = [at for at, name in enumerate(self.ids) if name in new]
            write_manifest(self.folder, replace(
                said, rows=said.rows + len(kept), surfaces=said.surfaces + len(content["surfaces.bin"]),
                ids=said.ids + len(content["ids.bin"])))  # fmt: skip
            self.mark_ended(former)
            self.again()

    def end(self, name: str) -> bool:
        """Take a mark out: it is found by nobody from now on. False where there is none of this id."""
        with alone(self.folder):
            self.again()
            here = [at for at, one in enumerate(self.ids) if one == name and not self.ended[at]]
            self.mark_ended(here)
        return bool(here)

    def mark_ended(self, rows: Sequence[int]) -> None:
        """Note which rows count no more, and wipe their marks."""
        with (self.folder / "ended.bin").open("r+b") as stream:
            for row in rows:
                stream.seek(row)
                stream.write(b"\1")
        wide = self.layout.numbers
        for name, begins, lengths in (
            ("features.bin", [wide * row for row in rows], [wide] * len(rows)),
            ("surfaces.bin", self.rows["surface"][rows].tolist(), self.rows["packed"][rows].tolist()),
        ):
            with (self.folder / name).open("r+b") as stream:
                for begin, length in zip(begins, lengths, strict=True):
                    stream.seek(begin)
                    stream.write(bytes(length))

    def allowed(self, among: Among = None) -> Array:
        """The rows that a question may meet: those not ended whose ids `among` holds, or says yes to."""
        rows = np.flatnonzero(np.asarray(self.ended) == 0)
        if among is None:
            return rows
        holds: Callable[[str], bool] = among if callable(among) else frozenset(among).__contains__
        ids = self.ids
        return np.array([row for row in rows if holds(ids[row])], np.int64)

    def spectra(self, rows: Array) -> Spectra:
        """The spectra of some rows, (frequencies, rows, rings)."""
        return spectra_from(self.features[rows], self.rows["units"][rows], self.layout)

    def surface(self, row: int) -> Field:
        """The fine surface of one row. Raises CollectionDamaged."""
        begin = int(self.rows["surface"][row])
        packed = self.surfaces[begin : begin + int(self.rows["packed"][row])].tobytes()
        try:
            return surface_from(packed, SETTINGS.preparing.step_um)
        except ValueError as error:
            raise CollectionDamaged(f"the mark {self.ids[row]} cannot be read ({error}); build it again") from error


def check_ids(ids: Sequence[str]) -> None:
    """Raises ValueError for ids that are empty, too long or given twice."""
    if len(set(ids)) != len(ids):
        raise ValueError("an id is given twice")
    for name in ids:
        if not 0 < len(name.encode()) <= LONGEST_ID:
            raise ValueError(f"an id has 1 to {LONGEST_ID} bytes, not {name[:40]!r}")
