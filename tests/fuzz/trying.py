"""One input tried on one target: it must come through in time, or with an error that its parser declares."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from tests.fuzz.targets import Target

CORPUS = Path(__file__).parent / "corpus"
LONGEST = 1.0  # seconds of processor time for one input


class Hang(Exception):
    """An input took too long."""


def examples(name: str, target: Target) -> list[bytes]:
    """The target's first examples and every input that is kept for it."""
    kept = sorted((CORPUS / name).glob("*")) if (CORPUS / name).is_dir() else []
    return [*target.seeds, *target.made(), *(path.read_bytes() for path in kept)]


def attempt(target: Target, data: bytes, longest: float = LONGEST) -> None:
    """Raises whatever the parser does not declare, and Hang for what takes longer."""
    began = time.process_time()
    with suppress(*target.errors):
        target.feed(data)
    spent = time.process_time() - began
    if spent > longest:
        raise Hang(f"{spent:.2f} seconds for {len(data)} bytes")
