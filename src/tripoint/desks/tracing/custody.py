"""The chain of custody of one firearm: intervals in their order, gaps, the point of diversion, the time-to-crime."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from uuid import UUID

from tripoint.desks.tracing.model import Chain, Gap, Recovery, Step
from tripoint.words.time_to_crime import TimeToCrime, time_to_crime
from tripoint.words.traces import PROVES, HolderRole

ORDER = tuple(HolderRole)
FAR = date.max


def in_order(steps: Sequence[Step]) -> list[Step]:
    """The intervals by when they began; where that is unknown, by the order in which a lawful firearm is handed on."""
    return sorted(steps, key=lambda step: (begins(step, steps), ORDER.index(step.role), str(step.id)))


def begins(step: Step, steps: Sequence[Step]) -> date:
    """When an interval began; one without a date stands just before the first dated holder who comes after its role."""
    if step.since:
        return step.since.earliest
    if step.until:
        return step.until.earliest
    place = ORDER.index(step.role)
    later = [one.since.earliest for one in steps if one.since and ORDER.index(one.role) > place]
    return min(later, default=FAR)


def lawfully_proven(step: Step) -> bool:
    """Whether lawful custody is proven by a document or a register."""
    return bool(step.lawful) and step.evidence in PROVES


def point_of_diversion(ordered: Sequence[Step]) -> Step | None:
    """The last interval with lawful evidence; after it the firearm left lawful hands. None where nothing is proven."""
    return next((step for step in reversed(ordered) if lawfully_proven(step)), None)


def gaps(ordered: Sequence[Step], recovered: date | None) -> tuple[Gap, ...]:
    """Where nobody is known to have held it: between a stated end and the next beginning, and until the recovery."""
    found = [
        Gap(one.until, two.since)
        for one, two in pairwise(ordered)
        if one.until and two.since and one.until.latest < two.since.earliest
    ]
    if ordered and recovered and ordered[-1].until and ordered[-1].until.latest < recovered:
        found.append(Gap(ordered[-1].until, None))
    return tuple(found)


def conflicts(ordered: Sequence[Step]) -> tuple[UUID, ...]:
    """Intervals that surely began before the one before them ended: two sources contradict each other."""
    return tuple(
        two.id
        for one, two in pairwise(ordered)
        if one.until and two.since and two.since.latest < one.until.earliest
    )


def since_sale(ordered: Sequence[Step], recovered: date | None) -> TimeToCrime | None:
    """The time-to-crime: from the last known retail sale, the beginning of a buyer's custody, to the recovery."""
    sales = [step.since for step in ordered if step.since and (step.retail or step.role is HolderRole.BUYER)]
    if not sales or recovered is None:
        return None
    return time_to_crime(max(sales, key=lambda sale: sale.earliest), recovered)


def chain(steps: Sequence[Step], recovery: Recovery | None) -> Chain:
    """Everything the intervals tell together."""
    ordered = in_order(steps)
    day = recovery.day if recovery else None
    last = point_of_diversion(ordered)
    return Chain(
        tuple(ordered), last.id if last else None, gaps(ordered, day), recovery, since_sale(ordered, day),
        conflicts=conflicts(ordered),
    )  # fmt: skip


def source_country(found: Chain) -> str | None:
    """The country of the point of diversion; where nothing is proven, that of the last known lawful holder."""
    known = [step for step in found.steps if step.id == found.diversion] or [
        step for step in reversed(found.steps) if step.lawful
    ]
    return known[0].country if known else None
