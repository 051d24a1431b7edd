"""The tree against a naive one, grown in any batches, read from what is kept of it."""

from collections.abc import Sequence
from hashlib import sha256

import pytest
from hypothesis import given, strategies as st

from tripoint.engines.merkle.proofs import consistent, included
from tripoint.engines.merkle.tree import (
    EMPTY,
    TILE,
    Frontier,
    Tiles,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
)


def naive_root(leaves: Sequence[bytes]) -> bytes:
    """The definition of RFC 9162, 2.1.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    cut = 1
    while cut * 2 < len(leaves):
        cut *= 2
    return node_hash(naive_root(leaves[:cut]), naive_root(leaves[cut:]))


def leaves_of(count: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(count)]


def grown(leaves: Sequence[bytes], batch: int) -> tuple[Frontier, Tiles]:
    frontier, kept = Frontier(), {0: list(leaves)}
    for start in range(0, len(leaves), batch):
        frontier, whole = frontier.extended(leaves[start : start + batch])
        for node in whole:
            level = kept.setdefault(node.level, [])
            assert len(level) == node.index
            level.append(node.hash)
    return frontier, Tiles(lambda level, tile: kept.get(level, [])[tile * TILE : (tile + 1) * TILE])


def test_leaf_and_node_are_told_apart() -> None:
    assert leaf_hash(b"") == sha256(b"\x00").digest()
    assert node_hash(EMPTY, EMPTY) == sha256(b"\x01" + EMPTY + EMPTY).digest()
    assert Frontier().root() == EMPTY


@given(st.integers(1, 300), st.integers(1, 150))
def test_it_grows_as_the_naive_tree(count: int, batch: int) -> None:
    leaves = leaves_of(count)
    frontier, tiles = grown(leaves, batch)
    assert frontier.root() == naive_root(leaves)
    assert Frontier.read(count, tiles.subtree) == frontier


@given(st.integers(1, 300).flatmap(lambda size: st.tuples(st.integers(0, size - 1), st.just(size))), st.data())
def test_every_leaf_is_proved_and_nothing_else(where: tuple[int, int], data: st.DataObject) -> None:
    position, size = where
    leaves = leaves_of(size)
    frontier, tiles = grown(leaves, 100)
    proof, root = inclusion_proof(position, size, tiles.subtree), frontier.root()
    assert included(leaves[position], position, size, proof, root)
    other = data.draw(st.integers(0, size + 3))
    assert included(leaves[position], other, size, proof, root) == (other == position)
    assert not included(leaf_hash(b"another"), position, size, proof, root)
    assert not included(leaves[position], position, size, [*proof, EMPTY], root)
    if proof:
        assert not included(leaves[position], position, size, proof[:-1], root)


@given(st.integers(1, 300).flatmap(lambda size: st.tuples(st.integers(1, size), st.just(size))))
def test_a_larger_tree_is_proved_to_begin_with_a_smaller(sizes: tuple[int, int]) -> None:
    first, second = sizes
    leaves = leaves_of(second)
    _, tiles = grown(leaves, 64)
    proof, roots = consistency_proof(first, second, tiles.subtree), (naive_root(leaves[:first]), naive_root(leaves))
    assert consistent(first, second, *roots, proof)
    forged = naive_root([leaf_hash(b"another"), *leaves[1:first]])
    assert not consistent(first, second, forged, roots[1], proof)
    assert not consistent(first, second, *roots, [*proof, EMPTY])


def test_what_is_not_there_cannot_be_proved() -> None:
    _, tiles = grown(leaves_of(5), 5)
    for position, size in ((5, 5), (-1, 5), (0, 0)):
        with pytest.raises(ValueError, match="outside"):
            inclusion_proof(position, size, tiles.subtree)
    for first, second in ((0, 5), (6, 5)):
        with pytest.raises(ValueError, match="smaller"):
            consistency_proof(first, second, tiles.subtree)
    with pytest.raises(LookupError):
        inclusion_proof(0, 9, tiles.subtree)


def test_a_proof_in_a_large_tree_reads_little() -> None:
    leaves = leaves_of(70_000)
    _, tiles = grown(leaves, 5_000)
    read: list[tuple[int, int]] = []

    def fetch(level: int, tile: int) -> Sequence[bytes]:
        read.append((level, tile))
        return tiles.fetch(level, tile)

    counted = Tiles(fetch)
    proof = inclusion_proof(33_333, 70_000, counted.subtree)
    assert included(leaves[33_333], 33_333, 70_000, proof, naive_root(leaves))
    assert len(read) <= 6
