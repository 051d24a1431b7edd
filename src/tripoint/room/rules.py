"""Pure decisions of the room: how fine a timeline is, and the mark by which a reader says what he has seen."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from tripoint.base.errors import BadInput
from tripoint.room.model import Picture, Span, Wanted

STEPS = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 3 * 60, 6 * 60, 24 * 60, 7 * 24 * 60, 28 * 24 * 60)
)
MOST_STEPS = 120  # bars that a screen of 1366 pixels shows apart
USUAL = timedelta(hours=24)  # what the timeline shows where no operation says more
ORIGIN = datetime(2001, 1, 1, tzinfo=UTC)  # a Monday: steps of a week begin with it
HOUR = timedelta(hours=1)
PARTS = tuple(field.name for field in fields(Picture) if field.name not in ("as_of", "span"))
LENGTH = 12  # hexadecimal digits of a part's mark: by chance two differ in one of 2^48
MARK = re.compile(rf'"([0-9a-f]{{{LENGTH}}}(?:\.[0-9a-f]{{{LENGTH}}})*)"')


def period(wanted: Wanted) -> None:
    """Raise BadInput where a period ends before it begins, or has no time zone."""
    for name, since, until in (("to", wanted.since, wanted.until), ("end", wanted.begin, wanted.end)):
        if any(moment is not None and moment.tzinfo is None for moment in (since, until)):
            raise BadInput("The moment has no time zone.", field=name, remedy="Write it in UTC: 2023-11-27T06:00:00Z.")
        if since is not None and until is not None and since >= until:
            raise BadInput("The period ends before it begins.", field=name, remedy="Let it end after it begins.")


def span(wanted: Wanted, runs: tuple[datetime, datetime] | None, now: datetime) -> Span:
    """What the timeline shows: as wanted, else the operation from its beginning until `now` or its end.

    `runs` are the operation's dates, None without one. The step is the finest with at most MOST_STEPS bars. Raises
    BadInput where even the coarsest step makes more.
    """
    begin = wanted.begin or (runs[0] if runs else now - USUAL)
    end = wanted.end or (min(runs[1], now) if runs else now)
    if end <= begin:  # an operation that has not begun
        end = begin + HOUR
    for step in STEPS:
        first, last = whole(begin, step), whole(end - timedelta(microseconds=1), step) + step
        if (last - first) / step <= MOST_STEPS:
            return Span(first, last, step)
    raise BadInput("The timeline is too long.", field="begin", remedy="Choose at most nine years.")


def whole(moment: datetime, step: timedelta) -> datetime:
    """The last moment not after `moment` at which a step begins."""
    return moment - (moment - ORIGIN) % step


def by_the_hour(*moments: datetime | None) -> bool:
    """Whether sums by the hour are fine enough for a period between these moments."""
    return all(moment is None or whole(moment, HOUR) == moment for moment in moments)


def marks(picture: Picture) -> dict[str, str]:
    """For each part of the picture a short hash of what is shown in it, and of nothing else."""
    return {name: mark(getattr(picture, name)) for name in PARTS}


def mark(shown: Any) -> str:
    """The hash of one part as it is shown."""
    text = json.dumps(shown, default=str, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()[:LENGTH]


def tag(parts: Mapping[str, str]) -> str:
    """The entity tag of a picture: the marks of its parts in their order."""
    return f'"{".".join(parts[name] for name in PARTS)}"'


def known(header: str | None) -> dict[str, str]:
    """The marks that a reader's If-None-Match names; none where it is not a tag of ours."""
    found = MARK.search(header or "")
    given = found.group(1).split(".") if found else []
    return dict(zip(PARTS, given, strict=True)) if len(given) == len(PARTS) else {}


def place(after: str | None) -> tuple[datetime, UUID] | None:
    """The moment and id that a page's `next` names. Raises BadInput where it names none."""
    if after is None:
        return None
    moment, _, which = after.partition("_")
    with suppress(ValueError):
        found = datetime.fromisoformat(moment), UUID(which)
        if found[0].tzinfo is not None:
            return found
    raise BadInput("This is no place in the list.", field="after", remedy="Send `next` of a page as it was.")
