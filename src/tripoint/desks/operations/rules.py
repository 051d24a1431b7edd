"""Pure decisions of the operations desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from tripoint.access.model import Operation
from tripoint.base.errors import BadInput, NotAllowed
from tripoint.desks.operations.model import PartyPart, Phase, PhaseKind, Plan, PlannedPost, Site
from tripoint.words.local_time import UnknownZone, zone_named

LONGEST = timedelta(days=5 * 366)
LONGEST_REPORTING = timedelta(days=183)  # after the end: what was shared for an operation is not read for ever


def check_plan(plan: Plan) -> None:
    """Raises BadInput for a plan that ends before it starts, runs longer than five years, or miscounts its parties."""
    if plan.ends_at <= plan.starts_at:
        raise BadInput(
            "The operation would end before it starts.", field="ends_at", remedy="Give an end later than the start."
        )
    if plan.ends_at - plan.starts_at > LONGEST:
        raise BadInput(
            "The operation would run longer than five years.", field="ends_at", remedy="Plan a new edition instead."
        )
    if plan.time_zone:
        zone(plan.time_zone, "time_zone")
    check_count(plan.stated_count, plan.participants)


def check_count(stated: int | None, participants: Iterable[str]) -> None:
    """Raises BadInput when the number of parties that is stated is not that of the list, naming both."""
    listed = len(set(participants))
    if stated is not None and stated != listed:
        raise BadInput(
            f"{stated} parties are stated and {listed} are listed.",
            field="stated_count",
            remedy="Correct the number or the list; they must agree.",
        )


def zone(name: str, field: str) -> ZoneInfo:
    """The time zone of this name. Raises BadInput naming the field."""
    try:
        return zone_named(name)
    except UnknownZone as error:
        raise BadInput(str(error), field=field, remedy="Write a name of the IANA list: America/Panama.") from error


def party_numbers(codes: Iterable[str], known: Mapping[str, int], field: str = "participants") -> list[int]:
    """The numbers of parties by their codes, each once. Raises BadInput naming codes of no party."""
    wanted = sorted(set(codes))
    strangers = [code for code in wanted if code not in known]
    if strangers:
        raise BadInput(
            f"No such party: {', '.join(strangers)}.", field=field, remedy="GET /api/parties lists the codes."
        )
    return [known[code] for code in wanted]


def check_coordinates(operation: Operation, party: str) -> None:
    """Raises NotAllowed unless `party` coordinates the operation."""
    if operation.coordinator != party:
        raise NotAllowed(
            f"Only {operation.coordinator}, who coordinates {operation.name}, changes it.",
            remedy=f"Ask {operation.coordinator}.",
        )


def taking_part(operation: Operation) -> frozenset[str]:
    """The codes of all parties of an operation, its coordinator among them."""
    return frozenset((operation.coordinator, *operation.participants))


def check_post(post: PlannedPost, operation: Operation, party: str) -> None:
    """Raises BadInput for a post of a party outside the operation, NotAllowed for another party's post.

    The coordinator sets up posts for every party of the operation, the others their own.
    """
    if post.party not in taking_part(operation):
        raise BadInput(
            f"{post.party} does not take part in {operation.name}.",
            field="party",
            remedy="Name a party of the operation.",
        )
    if party not in (post.party, operation.coordinator):
        raise NotAllowed(f"Posts of {post.party} are set up by {post.party} or {operation.coordinator}.", field="party")
    if post.time_zone:
        zone(post.time_zone, "time_zone")


def check_phases(phases: Sequence[Phase], operation: Operation) -> None:
    """Raises BadInput for a phase that ends before it starts, for action days outside the operation's own dates,
    for preparation that begins after the operation's end, for follow-up that ends before its beginning, and for a
    reporting phase that ends before the operation or long after it.
    """
    for phase in phases:
        if phase.ends_at <= phase.starts_at:
            raise BadInput("A phase would end before it starts.", field="ends_at", remedy="Give a later end.")
        within = operation.starts_at <= phase.starts_at and phase.ends_at <= operation.ends_at
        if phase.kind is PhaseKind.ACTION and not within:
            raise BadInput(
                "Action days must lie within the operation's own dates.",
                field="phases",
                remedy="Change the operation's dates first, or the phase.",
            )
        if phase.kind is PhaseKind.PRE and phase.starts_at >= operation.ends_at:
            raise BadInput("Preparation must begin before the operation ends.", field="phases", remedy="Correct it.")
        if phase.kind is PhaseKind.POST and phase.ends_at <= operation.starts_at:
            raise BadInput("Follow-up must end after the operation begins.", field="phases", remedy="Correct it.")
        if phase.kind is PhaseKind.REPORTING:
            check_reporting(phase, operation)


def check_reporting(phase: Phase, operation: Operation) -> None:
    """Raises BadInput for a reporting phase that adds nothing, or lasts longer than half a year after the end."""
    if not operation.ends_at < phase.ends_at <= operation.ends_at + LONGEST_REPORTING:
        raise BadInput(
            "The reporting phase must end after the operation, and within half a year.", field="phases",
            remedy=f"Give an end until {operation.ends_at + LONGEST_REPORTING:%Y-%m-%d}.",
        )  # fmt: skip


def check_sites(sites: Sequence[Site]) -> None:
    """Raises BadInput for a site in no time zone, or with half a position."""
    for site in sites:
        zone(site.time_zone, "time_zone")
        if (site.latitude is None) != (site.longitude is None):
            raise BadInput(
                f"{site.name} has only half a position.", field="longitude", remedy="Give both numbers or neither."
            )


def check_part(part: PartyPart, operation: Operation, party: str) -> None:
    """Raises NotAllowed or BadInput for a party's part that `party` may not write, or that cannot be."""
    if part.party not in taking_part(operation):
        raise BadInput(
            f"{part.party} does not take part in {operation.name}.",
            field="party",
            remedy="Name a party of the operation.",
        )
    if party not in (part.party, operation.coordinator):
        raise NotAllowed(f"The part of {part.party} is written by {part.party} or {operation.coordinator}.")
    zone(part.time_zone, "time_zone")
    names = [agency.name.casefold() for agency in part.agencies]
    if len(set(names)) != len(names):
        raise BadInput("An agency stands twice in the list.", field="agencies", remedy="Name each once.")
