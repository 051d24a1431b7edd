"""The stream of checks: who asks where and when, which of them meets something, and what must then be told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from tripoint.demo.dice import dice, share
from tripoint.demo.lists import RecordList, entries, key_of
from tripoint.demo.places import Place, traffic_at
from tripoint.demo.questions import HABITS, about, lookalike, ordinary
from tripoint.demo.world import World
from tripoint.records.model import Level, Listed, RecordKind
from tripoint.words.mrz import read_mrz

LOOKALIKES = 0.02  # the share of ordinary questions that come close to a record without meaning it


@dataclass(frozen=True, slots=True)
class Planted:
    """A record the check means, and what the asker must learn: at level blind or nothing, nothing at all."""

    owner: str
    kind: RecordKind
    key: str
    level: Level


@dataclass(frozen=True, slots=True)
class PlannedCheck:
    """One check to be made: where, what is asked, what it must find."""

    number: int
    place: Place
    asked: dict[str, Any]
    planted: Planted | None = None

    @property
    def party(self) -> str:
        """Whose officer asks."""
        return self.place.post.party


@dataclass(frozen=True, slots=True)
class Mix:
    """How often a check means a listed record: once in `one_hit_in`."""

    one_hit_in: int = 150


def plan_checks(world: World, mix: Mix, utc_hour: Callable[[], int], run: int = 0) -> Iterator[PlannedCheck]:
    """Checks without end. The same seed, run and hours give the same checks; `utc_hour` is asked before each."""
    throw = dice(world.seed, "traffic", run)
    records = tuple(entries(world.lists))
    listed = frozenset((one.kind, key_of(record)) for one, record in records)
    number = 0
    while True:
        where = choose_place(throw, world.places, utc_hour())
        yield plan_check(throw, number, where, records, listed, mix)
        number += 1


def choose_place(throw: Random, places: tuple[Place, ...], utc_hour: int) -> Place:
    """A post, by its traffic at this hour."""
    return throw.choices(places, [traffic_at(place, utc_hour) for place in places])[0]


def plan_check(
    throw: Random, number: int, where: Place, records: tuple[tuple[RecordList, Listed], ...],
    listed: frozenset[tuple[RecordKind, str]], mix: Mix,
) -> PlannedCheck:  # fmt: skip
    """One check at a post."""
    if share(throw, 1 / mix.one_hit_in):
        one, record = choose_record(throw, records)
        planted = Planted(one.owner, one.kind, key_of(record), one.level_for(record, where.post.party))
        return PlannedCheck(number, where, about(throw, record, HABITS), planted)
    if share(throw, LOOKALIKES):
        _, record = choose_record(throw, records)
        asked = lookalike(throw, record)
    else:
        asked = ordinary(throw, HABITS)
    # Numbers are drawn at random: one that is on a list after all would be a true hit, not a false alarm.
    return (
        plan_check(throw, number, where, records, listed, mix)
        if is_listed(asked, listed)
        else PlannedCheck(number, where, asked)
    )


def choose_record(throw: Random, records: tuple[tuple[RecordList, Listed], ...]) -> tuple[RecordList, Listed]:
    """A record of a kind chosen first, so that the few vehicles and firearms are met too."""
    kind = throw.choices(KINDS, KIND_WEIGHTS)[0]
    while True:
        one, record = throw.choice(records)
        if one.kind is kind:
            return one, record


KINDS = (RecordKind.DOCUMENT, RecordKind.PERSON, RecordKind.VEHICLE, RecordKind.FIREARM)
KIND_WEIGHTS = (45, 35, 14, 6)


def is_listed(asked: dict[str, Any], listed: frozenset[tuple[RecordKind, str]]) -> bool:
    """Whether an ordinary question happens to name a listed document or vehicle exactly, typed or by its zone."""
    document, vehicle = asked.get("document", {}), asked.get("vehicle", {})
    zone = read_mrz(document["mrz"]) if "mrz" in document else None
    written, issuer = (zone.number, zone.issuer) if zone else (document.get("number", ""), document.get("issuer"))
    number = "".join(filter(str.isalnum, str(written).upper()))
    return (
        (RecordKind.DOCUMENT, f"{number}|{issuer}") in listed
        or (RecordKind.VEHICLE, str(vehicle.get("vin"))) in listed
    )  # fmt: skip
