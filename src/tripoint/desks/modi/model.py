"""The nouns of the desk of modi operandi."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tripoint.records.model import Terms
from tripoint.words.modi import Certainty, Danger, Stage


class ModusState(StrEnum):
    """How far a modus operandi is. The library is what is accepted, new or published."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"  # in the library, without saying that it is new
    NEW = "new"  # in the library: an analyst decided that nothing known matches
    PUBLISHED = "published"
    SUPERSEDED = "superseded"  # another one stands for it


LIBRARY = (ModusState.ACCEPTED, ModusState.NEW, ModusState.PUBLISHED)


class Verdict(StrEnum):
    """What an analyst decides of what was proposed; `known` also of what stands in the library."""

    NEW = "new"
    ACCEPTED = "accepted"
    KNOWN = "known"  # another one is the same
    BACK = "back"  # it wants more work


@dataclass(frozen=True, slots=True)
class ModusText:
    """What is told in one language. `indicators` are for the front line, one a line."""

    title: str
    summary: str = ""
    indicators: str = ""
    countermeasures: str = ""
    danger: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What is said of a modus operandi, in codes and in each language."""

    stage: Stage
    crime_area: str
    danger: Danger
    texts: Mapping[str, ModusText]
    commodity: str | None = None
    concealment: str | None = None
    transport: str | None = None
    installation: str | None = None
    routing: str | None = None
    detected_by: str | None = None
    countries: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    first_seen: date | None = None
    last_seen: date | None = None
    operation: UUID | None = None
    pictures: tuple[UUID, ...] = ()
    terms: Terms = field(default_factory=Terms)


@dataclass(frozen=True, slots=True)
class Modus:
    """A modus operandi as one reader finds it."""

    id: UUID
    owner: str  # code
    state: ModusState
    version: int
    content: Content
    card: bool
    decided_new: bool
    superseded_by: UUID | None
    written_by_name: str
    written_at: datetime
    changed_at: datetime
    decided_by_name: str | None
    decided_at: datetime | None
    reason: str | None
    own: bool
    grading: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """An occurrence that shows the modus, how surely, and who says so."""

    occurrence: UUID
    kind: str
    owner: str  # code of the party that set it
    confidence: Certainty
    remarks: str
    set_by_name: str
    set_at: datetime


@dataclass(frozen=True, slots=True)
class Compared:
    """What a decision kept: the other modus, how near it came and why, and what was said of it."""

    other: UUID
    score: float
    reasons: tuple[Mapping[str, Any], ...]
    verdict: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ModusFile:
    """One modus with what hangs on it."""

    modus: Modus
    cases: tuple[Case, ...]
    compared: tuple[Compared, ...]
    notices: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Features:
    """What of a modus is compared. `stems` are its word stems by language."""

    id: UUID
    codes: Mapping[str, str]
    tools: frozenset[str]
    documents: frozenset[str]
    stems: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of a likeness: how much it weighs and how far the two agree in it, both from 0 to 1."""

    feature: str
    weight: float
    share: float


@dataclass(frozen=True, slots=True)
class Near:
    """An accepted modus beside another: how near, from 0 to 1, and why."""

    modus: Modus
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: words in any of the languages, and codes."""

    words: str | None = None
    codes: Mapping[str, str] = field(default_factory=dict)
    country: str | None = None
    language: str | None = None
    operation: UUID | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Decision:
    """What an analyst decides, why, and which others he has looked at."""

    verdict: Verdict
    reason: str
    compared: tuple[UUID, ...] = ()
    same_as: UUID | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """How often a code stands among what was found."""

    field: str
    code: str
    n: int
