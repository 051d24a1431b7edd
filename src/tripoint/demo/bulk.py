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

STRIDE = 7_654_321  # shares no factor with a space: every number comes once, in no order an index would like
APART = 98_765_431  # between where two issuers begin
LETTERS = "ACEFHKMNPRTUVWXY"  # those that are not misread for digits
MOST = 200_000_000
STATUSES = (PersonStatus.WANTED, PersonStatus.PERSON_OF_INTEREST, PersonStatus.SUSPECT, PersonStatus.MISSING)
TYPES = (DocumentType.PASSPORT, DocumentType.PASSPORT, DocumentType.IDENTITY_CARD)
REASONS = (DocumentStatus.STOLEN, DocumentStatus.LOST, DocumentStatus.LOST, DocumentStatus.REVOKED)
DAYS = tuple(TODAY - timedelta(days=days) for days in range(0, 3650, 5))


@dataclass(frozen=True, slots=True)
class Form:
    """How an issuer numbers its documents: how they begin, listed ones and others, and how many digits follow."""

    issuer: int
    listed: tuple[str, ...]
    unlisted: tuple[str, ...]
    digits: int

    @property
    def space(self) -> int:
        """How many numbers begin as listed ones do."""
        return len(self.listed) * int(10**self.digits)

    def number(self, at: int, starts: tuple[str, ...]) -> str:
        """The `at`-th number with one of these beginnings."""
        place = (at * STRIDE + self.issuer * APART) % self.space
        start, place = divmod(place, int(10**self.digits))
        return f"{starts[start]}{place:0{self.digits}d}"


PAIRS = tuple(first + second for first in LETTERS for second in LETTERS)
HALF = len(PAIRS) // 2


def form_of(issuer: str) -> Form:
    """The form of an issuer's numbers: two letters and seven digits for every other one, else nine digits or eight."""
    rank = ISSUERS.index(issuer)
    if rank % 2 == 0:
        return Form(rank, PAIRS[:HALF], PAIRS[HALF:], 7)
    return Form(rank, ("1", "2", "3", "4"), ("6", "7", "8", "9"), 8 if rank < 12 else 7)


@dataclass(frozen=True, slots=True)
class Share:
    """One issuer's part of the whole."""

    issuer: str
    documents: int
    persons: int


def shares(documents: int, persons: int) -> list[Share]:
    """The whole cut into an issuer's parts: of documents as uneven as in the world, of people as equal as can be."""
    count, weights = len(ISSUERS), [1 / (rank + 3) for rank in range(len(ISSUERS))]
    cuts = [round(documents * sum(weights[:rank]) / sum(weights)) for rank in range(count + 1)]
    return [
        Share(issuer, cuts[at + 1] - cuts[at], persons // count + (at < persons % count))
        for at, issuer in enumerate(ISSUERS)
    ]


def number(issuer: str, at: int) -> str:
    """The `at`-th listed number of an issuer."""
    form = form_of(issuer)
    return form.number(at, form.listed)


def documents(issuer: str, count: int) -> Iterator[Row]:
    """So many documents of one issuer."""
    form = form_of(issuer)
    for at in range(count):
        mark = form.number(at, form.listed)
        yield Row(at + 1, None, TravelDocument(mark, issuer, TYPES[at % 3], REASONS[at % 4], DAYS[at % 730]))


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
    return {"document": {"number": number(part.issuer, throw.randrange(part.documents)), "issuer": part.issuer}}


def ordinary(throw: Random, load: Load) -> dict[str, Any]:
    """A question about a traveller or his document, which is on no list."""
    if share(throw, load.persons):
        return {"person": ask_of_person(throw, HABITS)["person"]}
    issuer = throw.choice(ISSUERS)
    form = form_of(issuer)
    digits = form.number(throw.randrange(form.space), form.unlisted)
    if share(throw, load.by_zone):
        return {"document": {"mrz": zone_of(replace(invent_traveller(throw), number=digits))}}
    return {"document": {"number": digits, "issuer": issuer, "type": "passport"}}


def written(check: UUID, place: dict[str, str], asked: dict[str, Any]) -> bytes:
    """The body of a request."""
    return json.dumps({"id": str(check), "purpose": "border_control", **place, **asked}, ensure_ascii=False).encode()


def first(source: Iterator[Question], count: int) -> list[Question]:
    """So many questions."""
    return list(islice(source, count))
