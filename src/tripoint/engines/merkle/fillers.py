"""Leaves that stand for no row: they round a tree up, so that its size tells only coarsely how much was written.

The rounding is that of Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs"
(PoPETs 2019, section 4: padding to few significant bits), here of what was added since the head published before.
"""

from __future__ import annotations

from tripoint.engines.merkle.canonical import canonical
from tripoint.engines.merkle.tree import leaf_hash

NONCE_BYTES = 32
LEAST = 1_024  # leaves by which a published tree grows at least, a quiet hour too
BITS = 4  # bits after the first that a growth keeps: the rounding adds a sixteenth at most


def filler_hash(nonce: bytes) -> bytes:
    """The leaf's hash of a filler, 32 bytes; `nonce` is random, so that no filler is told from a row by its hash."""
    return leaf_hash(canonical({"filler": nonce.hex()}))


def step(growth: int) -> int:
    """The step to whose multiples a growth is rounded: max(1024, 2^(floor(log2 growth) - 4)); `growth` > 0."""
    return max(LEAST, 1 << max(0, growth.bit_length() - 1 - BITS))


def rounded(published: int, size: int) -> int:
    """The size at which a tree of `size` leaves is next published, when `published` were before (0: never).

    Always larger than `size`: the head over the rounded tree is then another than the head over the rows. The growth is
    rounded and not the size: a size rounded every hour would grow by a sixteenth every hour.
    """
    growth = size - published + 1
    each = step(growth)
    return published + -(-growth // each) * each
