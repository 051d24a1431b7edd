"""Invented lists of any length, made as they are loaded and held nowhere, and questions to put to them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID

from tripoint.base.ids import uuid7
from tripoint.demo.dice import dice, share
from tripoint.demo.people import TODAY, invent_person, invent_traveller
from tripoint.demo.places import ISSUERS
from tripoint.demo.questions import HABITS, ask_of_person, zone_of
from tripoint.records.model import TravelDocument
from tripoint.records.sources.outcomes import Row
from tripoint.words.documents import DocumentStatus, DocumentType
from tripoint.words.people import PersonStatus

SPACE = 10_000_000  # numbers of seven digits an issuer has
STRIDE = 7_654_321  # shares no factor with SPACE: every number comes once, in no order an index would like
LISTED, UNLISTED = "XX", "XY"  # how numbers on the lists begin, and those that are on none
MOST = SPACE * len(ISSUERS)
STATUSES = (PersonStatus.WANTED, PersonStatus.PERSON_OF_INTEREST, PersonStatus.SUSPECT, PersonStatus.MISSING)
TYPES = (DocumentType.PASSPORT, DocumentType.PASSPORT, DocumentType.IDENTITY_CARD)
REASONS = (DocumentStatus.STOLEN, DocumentStatus.LOST, DocumentStatus.LOST, DocumentStatus.REVOKED)
DAYS = tuple(TODAY - timedelta(days=days) for days in range(0, 3650, 5))


@dataclass(frozen=True, slots=True)
class Share:
    """One issuer's part of the whole."""

    issuer: str
    documents: int
    persons: int


def shares(documents: int, persons: int) -> list[Share]:
    """The whole cut into an issuer's parts, as equal as can be."""
    count = len(ISSUERS)
    return [
        Share(issuer, documents // count + (at < documents % count), persons // count + (at < persons % count))
        for at, issuer in enumerate(ISSUERS)
    ]


def number(at: int) -> str:
    """The `at`-th listed number of any issuer."""
    return f"{LISTED}{at * STRIDE % SPACE:07d}"


def documents(issuer: str, count: int) -> Iterator[Row]:
    """So many documents of one issuer."""
    for at in range(count):
        yield Row(at + 1, None, TravelDocument(number(at), issuer, TYPES[at % 3], REASONS[at % 4], DAYS[at % 730]))


def persons(seed: int, owner: str, count: int) -> Iterator[Row]:
    """So many people of one owner."""
    throw = dice(seed, "bulk", owner)
    for at in range(count):
        person = invent_person(throw, owner, owner, f"XX-{owner}-{at:07d}", STATUSES)
        yield Row(at + 1, person.source_key, person)


@dataclass(frozen=True, slots=True)
class Load:
    """What to ask: the share of person checks, and how many document checks mean a listed one."""

    persons: float = 0.2
    one_hit_in: int = 5000
    by_zone: float = 0.0  # of documents; the bearer a zone names is searched too, which costs a person check more


@dataclass(frozen=True, slots=True)
class Question:
    """A request body ready to be sent, and whether a listed document was meant."""

    body: bytes
    planted: bool


def questions(seed: int, parts: list[Share], load: Load, place: dict[str, str]) -> Iterator[Question]:
    """Questions without end, each with an id of its own; `place` names operation and post."""
    throw = dice(seed, "bulk questions", uuid7())
    holding = [part for part in parts if part.documents]
    while True:
        planted = bool(holding) and share(throw, 1 / load.one_hit_in)
        asked = listed(throw, holding) if planted else ordinary(throw, load)
        yield Question(written(uuid7(), place, asked), planted)


def listed(throw: Random, holding: list[Share]) -> dict[str, Any]:
    """A question that means a listed document."""
    part = throw.choice(holding)
    return {"document": {"number": number(throw.randrange(part.documents)), "issuer": part.issuer}}


def ordinary(throw: Random, load: Load) -> dict[str, Any]:
    """A question about a traveller or his document, which is on no list."""
    if share(throw, load.persons):
        return {"person": ask_of_person(throw, HABITS)["person"]}
    digits = f"{UNLISTED}{throw.randrange(SPACE):07d}"
    if share(throw, load.by_zone):
        return {"document": {"mrz": zone_of(replace(invent_traveller(throw), number=digits))}}
    return {"document": {"number": digits, "issuer": throw.choice(ISSUERS), "type": "passport"}}


def written(check: UUID, place: dict[str, str], asked: dict[str, Any]) -> bytes:
    """The body of a request."""
    return json.dumps({"id": str(check), "purpose": "border_control", **place, **asked}, ensure_ascii=False).encode()


def first(source: Iterator[Question], count: int) -> list[Question]:
    """So many questions."""
    return list(islice(source, count))
