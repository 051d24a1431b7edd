"""Judging proofs without the log: RFC 9162, sections 2.1.3.2 and 2.1.4.2, which agree with RFC 6962.

Everything here is false for whatever is not exactly right: numbers out of range, hashes too many or too few.
"""

from __future__ import annotations

from collections.abc import Sequence
from hmac import compare_digest

from tripoint.engines.merkle.tree import node_hash

HASH_BYTES = 32

def included(leaf: bytes, position: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from a leaf's hash at `position` to the root of the tree of `size` leaves."""
    if not 0 <= position < size or len(leaf) != HASH_BYTES:
        return False
    place, last, hash = position, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            hash = node_hash(sibling, hash)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            hash = node_hash(hash, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and compare_digest(hash, root)


def consistent(first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the tree of `second` leaves begins with the tree of `first`.

    False for an empty first tree, which nothing can be proved of.
    """
    if not 0 < first <= second:
        return False
    if first == second:
        return not proof and compare_digest(first_root, second_root)
    if not proof:
        return False
    hashes = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    return _climbs(hashes, place, last, first_root, second_root)


def _climbs(hashes: list[bytes], place: int, last: int, first_root: bytes, second_root: bytes) -> bool:
    old = new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and compare_digest(old, first_root) and compare_digest(new, second_root)
