"""The nouns of sealing: keys of the log, signed heads, witnesses, proven entries, and where a sealer stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from tripoint.engines.merkle.heads import TreeHead
from tripoint.engines.merkle.tree import Frontier


@dataclass(frozen=True, slots=True)
class LogKey:
    """A key of the log: which heads it signs, and that the key before agreed (None for the first)."""

    number: int
    public_key: bytes
    from_size: int
    at: datetime
    signature: bytes | None


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head of the tree, the number of the key and its signature."""

    head: TreeHead
    key: int
    signature: bytes


@dataclass(frozen=True, slots=True)
class Hour:
    """The head that went to the parties in one hour, and the codes of those who have countersigned it."""

    hour: datetime
    head: SignedHead
    countersigned_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Witness:
    """A party's public key for countersigning; the newest of a party is the one in force."""

    id: UUID
    party: str  # code
    public_key: bytes
    at: datetime


@dataclass(frozen=True, slots=True)
class Countersignature:
    """A party's word that it has seen a head."""

    size: int
    witness: UUID
    party: str  # code
    at: datetime
    signature: bytes


@dataclass(frozen=True, slots=True)
class ProvenEntry:
    """A row of the trail whole, and how it hangs in the tree of the newest published head.

    A row that is later than that head has no position, leaf and proof yet; nor its number, which counts the rows of all
    parties. Whether it is sealed already is not said.
    """

    row: Mapping[str, Any]  # JSON values, as they are hashed; without `seq` where there is no position
    party: str | None  # code
    position: int | None
    leaf: bytes | None
    proof: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A number drawn from the trail's sequence, and the transactions that may then have held one not yet to be seen."""

    seq: int
    writers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealer stands. No row is ever missed: what is not sealed is either above `high` or among `gaps`.

    A number leaves `gaps` when its row is sealed, or when every transaction has ended that could still bring it.
    """

    frontier: Frontier
    previous: bytes | None  # digest of the newest head
    high: int
    gaps: frozenset[int] = frozenset()
    settled: int = 0  # at this number and below no row will come any more
    mark: Mark | None = None

    def marked(self, last: int, writers: frozenset[str]) -> Place:
        """Remember the last number drawn and who was writing just after, unless an earlier mark still waits."""
        return self if self.mark else replace(self, mark=Mark(last, writers))

    def with_taken(self, taken: Iterable[int], writers: frozenset[str], *, whole: bool) -> Place:
        """After the rows numbered so were taken; `whole`: they were all that could be seen.

        `writers` were read before the rows: who is not among them any more has ended, and his rows were to be seen.
        """
        numbers = frozenset(taken)
        high = max(numbers, default=self.high) if max(numbers, default=0) > self.high else self.high
        gaps = (self.gaps | frozenset(range(self.high + 1, high + 1))) - numbers
        if not whole or self.mark is None or self.mark.writers & writers:
            return replace(self, high=high, gaps=gaps)
        settled = max(self.settled, self.mark.seq)
        left = frozenset(number for number in gaps if number > settled)
        return replace(self, high=high, gaps=left, settled=settled, mark=None)
