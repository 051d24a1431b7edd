"""When things happen in an operation: by the rhythm of the local day, in seconds from its first midnight (UTC)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from tripoint.demo.dice import dice
from tripoint.demo.places import BUSY, PLACES, Place
from tripoint.demo.turquesa.model import DAYS

HOUR, DAY = 3600, 86_400
PUBLISHED = date(2023, 11, 27)  # the first day as published; the replay's own days end the day before it is played
BY_NAME = {place.post.name: place for place in PLACES}
BY_PARTY = {
    party: tuple(place for place in PLACES if place.post.party == party) for party in {p.post.party for p in PLACES}
}


def begin(today: datetime, days: int = DAYS) -> datetime:
    """Midnight (UTC) of the first of so many days, the last of which was yesterday: nothing is still to come."""
    return today.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days)


def second_of(throw: Random, where: Place, day: int) -> int:
    """A second of the day at a post, by how busy its local hours are."""
    hour = throw.choices(range(24), [BUSY[(hour + where.hours_from_utc) % 24] for hour in range(24)])[0]
    return day * DAY + hour * HOUR + throw.randrange(HOUR)


def place_of(throw: Random, party: str) -> Place | None:
    """One of a party's posts, by its traffic; None for a party without one."""
    places = BY_PARTY.get(party, ())
    return throw.choices(places, [place.traffic for place in places])[0] if places else None


def id_of(first: datetime, second: int, seed: int, *what: object) -> UUID:
    """An id of version 7 that the same replay makes again: the moment, and dice named after the thing."""
    throw = dice(seed, "id", first.isoformat(), *what)
    millisecond = int(first.timestamp() * 1000) + second * 1000
    value = (
        (millisecond & (2**48 - 1)) << 80 | 0x7 << 76 | throw.getrandbits(12) << 64 | 0b10 << 62 | throw.getrandbits(62)
    )
    return UUID(int=value)
