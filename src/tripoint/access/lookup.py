"""What a visit may ask besides the database: whom a description may mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from tripoint.base.errors import QueryFailed
from tripoint.words.people import PersonDescription


@dataclass(frozen=True, slots=True)
class MaybePersons:
    """Records that a description may mean, likeliest first, then those met blind.

    `late` is a sentence where some may be missing.
    """

    ids: tuple[UUID, ...] = ()
    late: str | None = None


class PersonLookup(Protocol):
    """Finds listed persons. What of them may be told is for the database to say."""

    def search(self, asked: PersonDescription, party: int, most: int, least: float) -> MaybePersons:
        """At most `most` persons that checks of the party (its number) may be told of, and as many met blind.

        From a score of `least` on. Raises QueryFailed where they cannot be searched now.
        """


class NoPersons:
    """Where no index was given: says so with every question, and never that there is nobody."""

    def search(self, asked: PersonDescription, party: int, most: int, least: float) -> MaybePersons:  # noqa: ARG002
        """Raises QueryFailed."""
        raise QueryFailed
