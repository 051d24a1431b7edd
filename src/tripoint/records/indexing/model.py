"""How far an index has followed the database, and what the follower says of itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any
from uuid import UUID

NOBODY_YET = str(UUID(int=0))  # below every id


@dataclass(frozen=True, slots=True)
class Change:
    """A person as the index must know it. `description` is None where only the terms moved, or the record ended."""

    id: UUID
    terms: int
    ended: bool
    description: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Late:
    """A large transaction whose persons are taken in a little at a time: up to which id, and under which terms."""

    reached: str
    terms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Which transactions had ended at a moment (PostgreSQL, pg_snapshot): all below `end` but those in `open`."""

    end: int
    open: tuple[int, ...]

    @classmethod
    def read(cls, text: str) -> Snapshot:
        """From `begin:end:open,open`; raises ValueError for other text."""
        _, end, listed = text.split(":")
        return cls(int(end), tuple(int(one) for one in listed.split(",") if one))

    def without(self, transactions: Iterable[int]) -> Snapshot:
        """The same, as if these transactions were still open."""
        return Snapshot(self.end, tuple(sorted({*self.open, *(one for one in transactions if one < self.end)})))

    def __str__(self) -> str:
        begin = min((*self.open, self.end))
        return f"{begin}:{self.end}:{','.join(map(str, self.open))}"


@dataclass(frozen=True, slots=True)
class Position:
    """How far an index has followed its database; kept in the index's own manifest, so that both are one.

    `place` names the database and its table. Whatever `snapshot` shows is in the index. While `base` is an id, the
    persons that `base_snapshot` shows are taken in from there on. `late` holds large transactions in work, by number.
    """

    place: str
    snapshot: str
    base: str | None = None
    base_snapshot: str = ""
    late: Mapping[int, Late] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Position | None:
        """From the manifest's note; None where there is none yet."""
        if not text:
            return None
        values = json.loads(text)
        late = {int(number): Late(one["reached"], tuple(one["terms"])) for number, one in values.pop("late").items()}
        return cls(**values, late=late)

    def __str__(self) -> str:
        return json.dumps(asdict(self))

    @property
    def whole(self) -> bool:
        """Whether every person of some moment is in the index, so that it may be searched."""
        return self.base is None

    def at(self, snapshot: Snapshot, base: str | None, late: Mapping[int, Late]) -> Position:
        """The position after one more step."""
        return replace(self, snapshot=str(snapshot.without(late)), base=base, late=dict(late))


class State(StrEnum):
    """What may be said of the index to anybody."""

    READY = "ready"
    BEHIND = "behind"  # the follower is not running, or cannot keep up
    BUILDING = "building"
    ABSENT = "absent"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Status:
    """What the follower says of itself; for the machine's operator, as it counts what all parties hold.

    `taken` of `of` persons are in the index being built. `late_terms`: terms of which persons are not all in yet.
    """

    state: State
    persons: int = 0
    generation: int = 0
    taken: int = 0
    of: int = 0
    rebuilding: bool = False
    late_terms: tuple[int, ...] = ()
    left_out: int = 0
    place: str = ""

    @classmethod
    def read(cls, text: str) -> Status:
        """From its file; raises ValueError for what is no status."""
        values = json.loads(text)
        return cls(**{**values, "state": State(values["state"]), "late_terms": tuple(values["late_terms"])})

    def __str__(self) -> str:
        return json.dumps(asdict(self))


def in_words(said: Status) -> str:
    """How the index stands, for the operator of the machine."""
    building = f"building {said.taken:,} of {said.of:,}"
    match said.state:
        case State.READY:
            late = ", taking in a large list" if said.late_terms else ""
            again = f"; another is {building}" if said.rebuilding else ""
            return f"Index ready: {said.persons:,} persons, generation {said.generation}{late}{again}."
        case State.BUILDING:
            return f"Index {building}; until it is ready checks say that persons could not be searched."
        case State.BEHIND:
            return f"Index of {said.persons:,} persons, but nobody follows the database: is the hub running?"
        case _:
            return "There is no index yet; the hub builds it when it starts."
