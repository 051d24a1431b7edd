"""Pure decisions on rosters: how long a shift may be, whether two meet, where nobody stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from tripoint.base.errors import BadInput, Conflict, NotAllowed
from tripoint.desks.operations.roster.model import Gap, Place, Planned, Shift, Span
from tripoint.desks.operations.rules import zone
from tripoint.words.local_time import NotOneMoment, moment_of

SHORTEST, LONGEST = timedelta(minutes=15), timedelta(hours=24)
LONGEST_LOOK = timedelta(days=62)


def check_place(place: Place, party: str, *, cancelled: bool) -> None:
    """Raises NotAllowed for a post of another party; hubs are manned by all.

    Raises Conflict for a closed post, where shifts can only be cancelled.
    """
    if place.is_post and place.party != party:
        raise NotAllowed(f"{place.name} is a post of {place.party}, which rosters it.", field="place")
    if place.closed and not cancelled:
        raise Conflict(f"{place.name} is closed.", field="place", remedy="Open the post again, or choose another.")


def moments(planned: Planned, place: Place) -> tuple[datetime, datetime]:
    """Beginning and end of a shift in UTC. Raises BadInput for a local time that is no moment, or two, naming both,
    and for a shift shorter than a quarter of an hour or longer than a day, by the hours that truly pass.
    """
    at = {"starts": moment(planned.starts, place, "starts"), "ends": moment(planned.ends, place, "ends")}
    length = at["ends"] - at["starts"]
    if not SHORTEST <= length <= LONGEST:
        raise BadInput(
            f"The shift would last {length.total_seconds() / 3600:.2f} hours.",
            field="ends",
            remedy="A shift lasts from 15 minutes to 24 hours.",
        )
    return at["starts"], at["ends"]


def moment(written: datetime, place: Place, field: str) -> datetime:
    """The moment in UTC that is meant at a place. Raises BadInput naming the field."""
    try:
        return moment_of(written, zone(place.time_zone, "time_zone"))
    except NotOneMoment as error:
        raise BadInput(str(error), field=field, remedy=error.remedy) from error


def check_overlap(starts_at: datetime, ends_at: datetime, others: Iterable[Shift]) -> None:
    """Raises Conflict when another shift of the officer runs at the same time; one may begin as another ends."""
    for other in others:
        if not other.cancelled and other.starts_at < ends_at and starts_at < other.ends_at:
            raise Conflict(
                f"{other.officer_name} has another shift from {shown(other.starts_at)} to {shown(other.ends_at)} UTC.",
                field="starts",
                remedy="Change or cancel that shift first, or choose another officer.",
            )


def shown(moment: datetime) -> str:
    """A moment for a sentence, in UTC."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M")


def window(begins: datetime, ends: datetime) -> tuple[datetime, datetime]:
    """What is looked at. Raises BadInput for a window that is empty or longer than two months."""
    if not timedelta(0) < ends - begins <= LONGEST_LOOK:
        raise BadInput(
            "A roster is shown for at most 62 days.", field="until", remedy="Give an end after the beginning."
        )
    return begins, ends


def gaps(place: Place, spans: Sequence[Span], begins: datetime, ends: datetime) -> list[Gap]:
    """The times between two moments at which fewer stand at the place than are wanted, joined where they touch."""
    if place.closed or place.officers_wanted == 0:
        return []
    here = [span for span in spans if span.place == place.id and span.starts_at < ends and begins < span.ends_at]
    edges = sorted({begins, ends, *(max(s.starts_at, begins) for s in here), *(min(s.ends_at, ends) for s in here)})
    found: list[Gap] = []
    for since, until in pairwise(edges):
        standing = sum(span.starts_at <= since and until <= span.ends_at for span in here)
        if standing >= place.officers_wanted:
            continue
        if found and found[-1].ends_at == since and found[-1].standing == standing:
            since = found.pop().starts_at
        found.append(Gap(place.id, since, until, standing, place.officers_wanted))
    return found
