"""What the inventory of cryptography claims beyond its table: nothing weak, nothing guessable, one place for keys."""

from __future__ import annotations

import re

from tests.papers.inventory import imported, modules

WEAK = re.compile(r"\b(?:md5|sha1|DES|TripleDES|ARC4|Blowfish|ECB|CBC|PKCS1v15)\b")
# One-time codes of the clock are HMAC-SHA-1 because every application makes them so (RFC 6238); as HMAC it still holds.
# Lists of breached passwords are published as SHA-1: it looks a password up in them, and nothing so hashed is kept.
# Scans of surfaces (ISO 25178-72) carry an MD5 of their parts against damage on the way; nothing is trusted for it.
BY_STANDARD = {
    "access/codes/steps.py": {"sha1"}, "access/breached.py": {"sha1"},
    "engines/ballistics/x3p/container.py": {"md5"}, "engines/ballistics/x3p/points.py": {"md5"},
}  # fmt: skip


def test_no_weak_hash_or_cipher_is_used() -> None:
    assert {place: set(found) for place, text in modules() if (found := WEAK.findall(text))} == BY_STANDARD


def test_nothing_that_must_not_be_guessed_is_left_to_chance() -> None:
    """The module `random` is for play: where it stands, nothing secret is made."""
    playing = {place for place, text in modules() if "random" in imported(text)}
    assert playing <= {"doors/bench.py", "doors/bench_driver.py"}, playing
