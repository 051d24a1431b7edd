"""The nouns of sealing: which fields are sealed, and what one opening shows."""

from __future__ import annotations

from dataclasses import dataclass, field as kept
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class SealedField(StrEnum):
    """The fields that tell who a person is, named as in its content. Notices are sealed with all their texts."""

    NAMES = "names"
    BIRTHS = "births"
    DOCUMENTS = "documents"
    BIRTH_PLACES = "birth_places"
    MARKS = "marks"
    REMARKS = "remarks"
    NOTICES = "notices"


@dataclass(frozen=True, slots=True)
class Opened:
    """One field, opened for one person who gave a reason."""

    record: UUID
    field: SealedField
    version: int  # at which it was sealed
    value: Any = kept(repr=False)


@dataclass(frozen=True, slots=True)
class DataKeyRow:
    """A record's wrapped data key, as it stands in the database."""

    record: UUID
    slot: int
    owner_key: int
    wrapped: bytes = kept(repr=False)


@dataclass(frozen=True, slots=True)
class Box:
    """One sealed field, as it stands in the database."""

    record: UUID
    version: int
    field: str
    nonce: bytes
    ciphertext: bytes = kept(repr=False)


@dataclass(frozen=True, slots=True)
class Mark:
    """One blind form a record can be looked up by. `kind` is `document` or `person`."""

    record: UUID
    kind: str
    index_key: int
    mark: bytes = kept(repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """A sealed record that was looked up: no more than that it is there."""

    record: UUID
    status: str
    by: tuple[str, ...]  # `document`, `person`
    changed_at: datetime
