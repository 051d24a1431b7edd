"""The tree of RFC 6962 and RFC 9162, section 2.1: growing it, its root, and the proofs read from it.

A leaf is hashed with 0x00 before it, a node with 0x01, so that neither can pass for the other. Positions count from 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

EMPTY = sha256(b"").digest()
STORED = 8  # every eighth level of nodes is kept, above the leaves: a proof then reads some hundred hashes at most
TILE = 1 << STORED

Subtree = Callable[[int, int], bytes]  # (level, index) -> hash over 2^level leaves from index * 2^level on


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry of the log, 32 bytes."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees beside each other, 32 bytes."""
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Node:
    """A whole subtree that is kept: of 2^level leaves, the `index`-th of its level."""

    level: int
    index: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Frontier:
    """The right edge of a tree: all that is needed to let it grow, one hash for each bit set in its size."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()  # of the largest whole subtree first

    def root(self) -> bytes:
        """The tree's root, 32 bytes."""
        if not self.peaks:
            return EMPTY
        root = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            root = node_hash(peak, root)
        return root

    def extended(self, leaves: Iterable[bytes]) -> tuple[Frontier, list[Node]]:
        """The edge after these leaf hashes, and the nodes to keep that they completed; O(leaves + log size)."""
        peaks, size, whole = list(self.peaks), self.size, []
        for leaf in leaves:
            hash, level, index = leaf, 0, size
            while index & 1:
                hash, level, index = node_hash(peaks.pop(), hash), level + 1, index >> 1
                if level % STORED == 0:
                    whole.append(Node(level, index, hash))
            peaks.append(hash)
            size += 1
        return Frontier(size, tuple(peaks)), whole

    @classmethod
    def read(cls, size: int, subtree: Subtree) -> Frontier:
        """The edge of a tree of `size` leaves whose whole subtrees can be read."""
        peaks, start = [], 0
        for level in reversed(range(size.bit_length())):
            if size >> level & 1:
                peaks.append(subtree(level, start >> level))
                start += 1 << level
        return cls(size, tuple(peaks))


@dataclass(frozen=True, slots=True)
class Tiles:
    """Reads whole subtrees from what is kept: leaves and every eighth level, up to 256 neighbours at a time.

    `fetch(level, tile)` gives the kept hashes of `level` numbered from 256 * tile on, as far as there are.
    """

    fetch: Callable[[int, int], Sequence[bytes]]
    _read: dict[tuple[int, int], Sequence[bytes]] = field(default_factory=dict)

    def subtree(self, level: int, index: int) -> bytes:
        """The hash of a whole subtree. Raises LookupError where the log does not hold all of it."""
        kept = level - level % STORED
        span = 1 << (level - kept)
        tile, place = divmod(index * span, TILE)
        if (kept, tile) not in self._read:
            self._read[kept, tile] = self.fetch(kept, tile)
        hashes = self._read[kept, tile][place : place + span]
        if len(hashes) < span:
            raise LookupError("the log does not reach so far")
        while len(hashes) > 1:
            hashes = [node_hash(hashes[at], hashes[at + 1]) for at in range(0, len(hashes), 2)]
        return hashes[0]


def range_hash(start: int, end: int, subtree: Subtree) -> bytes:
    """The root over leaves `start` to `end` - 1 (MTH of RFC 9162, 2.1.1); `start` as the tree's own cuts give it."""
    width = end - start
    if width & (width - 1) == 0:
        level = width.bit_length() - 1
        return subtree(level, start >> level)
    middle = start + left_part(width)
    return node_hash(range_hash(start, middle, subtree), range_hash(middle, end, subtree))


def inclusion_proof(position: int, size: int, subtree: Subtree) -> list[bytes]:
    """The audit path of a leaf in the tree of `size` leaves (RFC 9162, 2.1.3.1), nearest sibling first."""
    if not 0 <= position < size:
        raise ValueError("the position lies outside the tree")
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + left_part(end - start)
        if position < middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start = middle
    return [range_hash(*one, subtree) for one in reversed(path)]


def consistency_proof(first: int, second: int, subtree: Subtree) -> list[bytes]:
    """That the tree of `second` leaves begins with that of `first` (RFC 9162, 2.1.4.1); 0 < first <= second."""
    if not 0 < first <= second:
        raise ValueError("a consistency proof leads from a smaller tree to a larger one")
    path, start, end, whole = [], 0, second, True
    while first - start != end - start:
        middle = start + left_part(end - start)
        if first <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start, whole = middle, False
    if not whole:
        path.append((start, end))
    return [range_hash(*one, subtree) for one in reversed(path)]


def left_part(width: int) -> int:
    """How many of `width` > 1 leaves stand in the left subtree: the largest power of two below `width`."""
    return 1 << ((width - 1).bit_length() - 1)
