"""An index of a list in a folder: the engine's own index, and beside it the entries its answers are explained with."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import numpy.typing as npt

from tripoint.base.errors import BadInput
from tripoint.bulk.lists import Listed
from tripoint.engines.screening import score
from tripoint.engines.screening.index import Batch, Index, IndexDamaged, build, open_index as open_engine
from tripoint.engines.screening.people import encode
from tripoint.records.codec import description_from_json, description_to_json
from tripoint.words.people import PersonDescription

AT_ONCE = 50_000  # entries encoded together
ENTRIES, PLACES = "entries.jsonl", "entries.npy"
REMEDY = "Build it again with `tripoint names build`."
HEADING = b'{"entries": 1}\n'  # an empty file cannot be mapped
FIRST = 1  # places of entries; place 0 holds the number of the build


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may be the person asked for: its id, the score from 0 to 1, and why, in sentences."""

    id: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class ListIndex:
    """An index opened, mapped and not read: `places` says where each entry begins in the file of entries."""

    engine: Index
    entries: npt.NDArray[np.uint8]
    places: npt.NDArray[np.uint64]

    def __len__(self) -> int:
        return len(self.engine)

    def entry(self, row: int) -> tuple[str, PersonDescription]:
        """Id and person of an entry, by its place in the list from 0."""
        begin, end = self.places[FIRST + row : FIRST + row + 2].tolist()
        values = json.loads(self.entries[begin:end].tobytes())
        return values["id"], description_from_json(values)

    def search(self, person: PersonDescription, most: int) -> list[Candidate]:
        """The best `most` candidates for a person, best first."""
        found = []
        for each in self.engine.search(person, None, most):
            identifier, held = self.entry(row_of(each.ref, int(self.places[0])))
            reasons = tuple(reason.words for reason in score(person, held).reasons)
            found.append(Candidate(identifier, each.score, reasons))
        return found


def build_index(people: Iterable[Listed], folder: Path) -> int:
    """Build an index in a folder, in the place of one that was there; gives how many entries it holds."""
    folder.mkdir(parents=True, exist_ok=True)
    number, places = int.from_bytes(os.urandom(8), "big"), [len(HEADING)]
    with (folder / ENTRIES).open("wb") as entries:
        entries.write(HEADING)
        build(folder, batches(people, entries, number, places))
    np.save(folder / PLACES, np.array([number, *places], dtype=np.uint64))
    return len(places) - 1


def batches(people: Iterable[Listed], entries: Any, number: int, places: list[int]) -> Iterator[Batch]:
    """The entries for the engine's index, written to the file of entries on the way."""
    rest = iter(people)
    while part := list(islice(rest, AT_ONCE)):
        first = len(places) - 1
        for each in part:
            values = {"id": each.id, **description_to_json(each.person)}
            entries.write(json.dumps(values, ensure_ascii=False).encode() + b"\n")
            places.append(entries.tell())
        references = b"".join(reference(number, first + at) for at in range(len(part)))
        rows = np.frombuffer(references, dtype=np.uint8).reshape(-1, 16)
        yield Batch(rows, np.zeros(len(part), dtype=np.int32), encode(each.person for each in part))


def reference(number: int, row: int) -> bytes:
    """What the engine's index knows an entry by: the build's number, and the entry's place in the list."""
    return number.to_bytes(8, "big") + row.to_bytes(8, "big")


def row_of(known_by: bytes, number: int) -> int:
    """The place of an entry. Raises BadInput when the index is of another build than the entries."""
    if int.from_bytes(known_by[:8], "big") != number:
        raise BadInput("The index and its entries are of different builds.", field="--index", remedy=REMEDY)
    return int.from_bytes(known_by[8:], "big")


def open_index(folder: Path) -> ListIndex:
    """An index that `build_index` made. Raises BadInput when it is damaged, incomplete or of another version."""
    try:
        opened = ListIndex(
            open_engine(folder), np.memmap(folder / ENTRIES, np.uint8, "r"), np.load(folder / PLACES, mmap_mode="r")
        )
    except (IndexDamaged, OSError, ValueError, EOFError) as error:
        raise BadInput(f"The index in {folder} cannot be read: {error}", field="--index", remedy=REMEDY) from error
    whole = opened.places.ndim == 1 and opened.places.dtype == np.uint64 and len(opened.places) > FIRST
    if not whole or int(opened.places[-1]) != len(opened.entries) or len(opened) != len(opened.places) - 1 - FIRST:
        raise BadInput(f"The index in {folder} is cut short or incomplete.", field="--index", remedy=REMEDY)
    return opened


def answer_queries(index: ListIndex, queries: Iterable[Listed], most: int, out: TextIO) -> int:
    """Write a line for each query in their order: its id and its candidates. Gives how many."""
    count = 0
    for query in queries:
        found = [{"id": one.id, "score": round(one.score, 6), "reasons": one.reasons} for one in
                 index.search(query.person, most)]  # fmt: skip
        print(json.dumps({"id": query.id, "candidates": found}, ensure_ascii=False), file=out)
        count += 1
    return count
