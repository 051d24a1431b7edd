"""Local time and UTC: what a clock on a wall says, and which moment is meant by it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

NOT_PLACES = ("posix/", "right/", "SystemV/")
NOT_ZONES = frozenset({"localtime", "posixrules", "Factory"})


class UnknownZone(ValueError):
    """No such time zone."""


class NotOneMoment(ValueError):
    """A local time that the clocks skip, or show twice. `remedy` says what to write instead."""

    def __init__(self, sentence: str, remedy: str) -> None:
        self.remedy = remedy
        super().__init__(sentence)


@cache
def zone_names() -> frozenset[str]:
    """The names of the time zones of the IANA database that stand for places."""
    return frozenset(
        name for name in available_timezones() if name not in NOT_ZONES and not name.startswith(NOT_PLACES)
    )


def zone_named(name: str) -> ZoneInfo:
    """The time zone of a name like `America/Panama`. Raises UnknownZone."""
    if name not in zone_names():
        raise UnknownZone(f"There is no time zone {name!r}.")
    return ZoneInfo(name)


def moments_of(local: datetime, zone: ZoneInfo) -> list[datetime]:
    """The moments, in UTC and in their order, at which a clock in the zone shows `local`: none, one or two."""
    found = {local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return sorted(moment for moment in found if moment.astimezone(zone).replace(tzinfo=None) == local)


def moment_of(written: datetime, zone: ZoneInfo) -> datetime:
    """The moment in UTC of a time with its own offset, or of a local time in the zone.

    Raises NotOneMoment for a local time that does not exist or exists twice, when clocks are put on or back.
    """
    if written.tzinfo is not None:
        return written.astimezone(UTC)
    found = moments_of(written, zone)
    if len(found) == 1:
        return found[0]
    shown = written.isoformat(sep=" ", timespec="minutes")
    if found:
        one, two = (moment.astimezone(zone).isoformat(timespec="minutes") for moment in found)
        raise NotOneMoment(f"{shown} comes twice in {zone.key}: clocks are put back.", f"Write {one} or {two}.")
    later = written.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).isoformat(timespec="minutes")
    raise NotOneMoment(f"{shown} does not exist in {zone.key}: clocks are put on.", f"Write {later}, an hour later.")


def due_at(day: date, local: time, zone: ZoneInfo) -> datetime:
    """The moment in UTC by which something of a day is due: skipped times fall later, doubled ones on the first."""
    return datetime.combine(day, local, zone).astimezone(UTC)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The day that a calendar in the zone shows at the moment."""
    return moment.astimezone(zone).date()
