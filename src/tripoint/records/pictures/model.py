"""The nouns of pictures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class NewPicture:
    """A picture as it was put in, cleaned. `original` is the SHA-256 of the file as it came, in hexadecimal digits."""

    id: UUID
    kind: str  # media type
    width: int  # pixels
    height: int
    content: bytes
    sha256: str
    original: str
    perceptual: int  # engines/likeness


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture without its bytes, as one reader finds it. `concerns` is the record that it belongs to, if any."""

    id: UUID
    owner: str  # code
    kind: str
    width: int
    height: int
    size: int  # bytes
    sha256: str
    original: str
    perceptual: int
    concerns_kind: str | None
    concerns: UUID | None
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Alike:
    """A picture that shows nearly the same: so many of the 64 bits of its fingerprint differ."""

    picture: Picture
    distance: int
