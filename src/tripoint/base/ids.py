"""Identifiers: UUID version 7 (RFC 9562 section 5.7), ordered by time, made anywhere."""

from __future__ import annotations

import secrets
import time
from uuid import UUID


def uuid7(milliseconds: int | None = None) -> UUID:
    """A new id; `milliseconds` since 1970 may be given for tests and replays."""
    moment = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    value = (moment & 0xFFFFFFFFFFFF) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)
