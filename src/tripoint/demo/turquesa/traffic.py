"""The checks of the five days: how many at which post when, what is asked, and which of them means a listed record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from tripoint.demo.dice import dice, share
from tripoint.demo.lists import RecordList, entries, key_of
from tripoint.demo.places import PLACES, Place, traffic_at
from tripoint.demo.questions import Habits, about, ordinary
from tripoint.demo.traffic import is_listed
from tripoint.demo.turquesa import moments, stories
from tripoint.demo.turquesa.model import DAYS
from tripoint.demo.turquesa.shares import split
from tripoint.demo.world import World
from tripoint.records.model import Level, Listed, RecordKind, TravelDocument

WHOLE = 24 * DAYS  # hours
# How many hours a batch gathers, by the least number of checks in all: few checks are not cut into crumbs.
SPANS = ((50_000, 6), (2_000, 24), (0, WHOLE))
HABITS = Habits(documents=0.78, persons=0.20, vehicles=0.02, firearms=0.0, by_zone=0.2, together=0.05)
ONE_HIT_IN = 2_500
LATE = 12  # hours by which a bad link holds a batch back
BAD_LINKS = frozenset({
    "Bajo Chiquito, Darién", "Lajas Blancas, Darién", "Santa Rosa, river post", "Leticia, river port",
    "Matthew Town, small craft", "Lethem, Takutu bridge", "Saint-Laurent-du-Maroni, river post",
})  # fmt: skip
MOST_AT_ONCE = 500  # lines of one batch
ARRIVAL = 24 + 15  # the hour in which the softball team's coach shows his passport


@dataclass(frozen=True, slots=True)
class Cell:
    """The checks of one post in some hours; `begins` is the first of them, counted from the first midnight (UTC)."""

    place: Place
    begins: int
    hours: int
    checks: int

    @property
    def name(self) -> str:
        """What the cell is called in a list of those that are done."""
        return f"{self.begins:03d}/{self.place.post.name}"

    @property
    def sent(self) -> int:
        """In which hour the post's link lets the batch out: a bad one holds every other batch back."""
        late = self.place.post.name in BAD_LINKS and self.begins // self.hours % 2 == 0
        return self.begins + self.hours + LATE * late


@dataclass(frozen=True, slots=True)
class Asked:
    """One check: its id, its body without the post's ids, and the record it means, if any."""

    id: UUID
    body: dict[str, Any]
    planted: str | None = None


def cells_of(seed: int, total: int) -> tuple[Cell, ...]:
    """So many checks over posts and hours, by the traffic of the local hours; in the order in which they come in."""
    throw, hours = dice(seed, "days"), next(span for least, span in SPANS if total >= least)
    busy = [throw.uniform(0.9, 1.1) for _ in range(DAYS)]
    keys = [(place, begins, hours) for begins in range(0, WHOLE, hours) for place in PLACES]
    weights = [
        sum(busy[hour // 24] * traffic_at(place, hour % 24) for hour in range(begins, begins + hours))
        for place, begins, _ in keys
    ]
    counts = split(total, weights)
    of_the_coach = next(at for at, key in enumerate(keys) if is_coachs(Cell(*key, 1)))
    if not counts[of_the_coach]:  # the story stands at every scale
        counts[counts.index(max(counts))] -= 1
        counts[of_the_coach] = 1
    cells = (Cell(*key, count) for key, count in zip(keys, counts, strict=True) if count)
    return tuple(sorted(cells, key=lambda cell: (cell.sent, cell.name)))


def checks_of(world: World, cell: Cell, first: datetime) -> Iterator[Asked]:
    """The checks of a cell, the same ones every time; those of the softball team's arrival have its coach."""
    throw = dice(world.seed, "checks", cell.name)
    records = told_records(world, cell.place.post.party)
    story = is_coachs(cell)
    hours = range(cell.begins, cell.begins + cell.hours)
    busy = [traffic_at(cell.place, hour % 24) for hour in hours]
    for number, hour in enumerate(throw.choices(hours, busy, k=cell.checks)):
        second = hour * moments.HOUR + throw.randrange(moments.HOUR)
        which = moments.id_of(first, second, world.seed, cell.name, number)
        planted = None
        if story and number == 0:
            asked, planted = coach(world), stories.SOFTBALL
        elif records and share(throw, 1 / ONE_HIT_IN):
            one, record = throw.choice(records)
            asked, planted = about(throw, record, HABITS), f"{one.owner} {key_of(record)}"
        else:
            asked = ordinary_of(throw, world)
        yield Asked(which, framed(asked, cell.place, first, second), planted)


def ordinary_of(throw: Any, world: World) -> dict[str, Any]:
    """A question that means nobody listed."""
    while is_listed(asked := ordinary(throw, HABITS), listed_keys(world)):
        pass
    return asked


def framed(asked: dict[str, Any], where: Place, first: datetime, second: int) -> dict[str, Any]:
    """A question with its purpose and the moment by the device's clock."""
    moment = first + timedelta(seconds=second)
    purpose = "investigation" if where.post.kind == "road" else "border_control"
    return {"purpose": purpose, "device_time": moment.isoformat().replace("+00:00", "Z"), **asked}


def is_coachs(cell: Cell) -> bool:
    """Whether the coach arrives in this cell: Curaçao, the afternoon of the second day (UTC)."""
    return cell.place.post.name == stories.HATO and cell.begins <= ARRIVAL < cell.begins + cell.hours


def coach(world: World) -> dict[str, Any]:
    """The passport that the Dominican Republic lists."""
    records = next(one for one in world.lists if one.owner == "DOM" and one.kind is RecordKind.DOCUMENT).records
    passport = next(one for one in records if isinstance(one, TravelDocument))
    return {"document": {"number": passport.number, "issuer": "DOM", "type": passport.type.value}}


@lru_cache(64)
def told_records(world: World, party: str) -> tuple[tuple[RecordList, Listed], ...]:
    """The records of others of which checks of the party are told in full, of the kinds that are asked for."""
    kinds = (RecordKind.DOCUMENT, RecordKind.PERSON)
    return tuple(
        (one, record) for one, record in entries(world.lists)
        if one.kind in kinds and one.owner != party and one.level_for(record, party) is Level.FULL
    )  # fmt: skip


@lru_cache(2)
def listed_keys(world: World) -> frozenset[tuple[RecordKind, str]]:
    """What names every listed record."""
    return frozenset((one.kind, key_of(record)) for one, record in entries(world.lists))
