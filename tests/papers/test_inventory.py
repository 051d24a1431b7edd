"""What the inventory of cryptography claims beyond its table: nothing weak, nothing guessable, one place for keys."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.papers.inventory import NO_SECRET, SOURCE, imported

WEAK = {"md5", "sha1", "DES", "TripleDES", "ARC4", "Blowfish", "ECB", "CBC", "PKCS1v15"}
# One-time codes of the clock are HMAC-SHA-1 because every application makes them so (RFC 6238); as HMAC it still holds.
BY_STANDARD = {"access/codes/steps.py": {"sha1"}}


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE)
        if place.parts[0] not in NO_SECRET:
            yield place.as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def names(tree: ast.Module) -> set[str]:
    said = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    said |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    return said | {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def test_no_weak_hash_or_cipher_is_used() -> None:
    assert {place: names(tree) & WEAK for place, tree in trees() if names(tree) & WEAK} == BY_STANDARD


def test_nothing_that_must_not_be_guessed_is_left_to_chance() -> None:
    """The module `random` is for play: where it stands, nothing secret is made."""
    playing = {place for place, tree in trees() if "random" in imported(tree)}
    assert playing <= {"doors/bench.py", "doors/bench_driver.py"}, playing
