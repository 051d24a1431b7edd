"""The nouns of marks in the database: what is asked, and a candidate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from tripoint.engines.marks.ranking import Described, Ranked
from tripoint.records.model import Level


class Holder(StrEnum):
    """What bears a mark: a firearm on a list, or one that was recovered."""

    LISTED = "listed"
    RECOVERED = "recovered"


@dataclass(frozen=True, slots=True)
class MarkQuery:
    """A question: the mark as typed (docs/marks.md has the grammar), and what is known of the firearm beside it.

    `edits` overrides what the text allows; `holders` None asks for both kinds of holder.
    """

    text: str
    make: str | None = None
    model: str | None = None
    calibre: str | None = None
    type: str | None = None
    year: int | None = None
    edits: int | None = None
    holders: Holder | None = None

    @property
    def described(self) -> Described:
        """What is known of the firearm beside its mark."""
        return Described(self.make, self.model, self.calibre, self.type, self.year)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One mark that may be the one asked for: a lead, never a match by itself.

    `slips` are the edits between the folds (0 where only leading zeros differ). `row` has what the database tells of
    the holder: raw, normal, place, kind, make, model, calibre, type, made_in; of a listed firearm also status, country,
    reported, version.
    """

    mark: UUID
    holder_kind: Holder
    holder: UUID
    owner: int
    level: Level
    normal: str
    slips: int
    exact: bool
    ranked: Ranked
    row: dict[str, Any]

    @property
    def held(self) -> Described:
        """What is known of the holder."""
        row = self.row
        return Described(row["make"], row["model"], row["calibre"], row["type"], row["made_in"])

    @property
    def reported(self) -> date | None:
        """When a listed firearm was reported."""
        day: date | None = self.row["reported"]
        return day
