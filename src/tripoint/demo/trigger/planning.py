"""The whole plan of a replay of Trigger IX, of one seed and one scale: what each party returns, when and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from tripoint.demo.dice import dice
from tripoint.demo.played import TRIGGER
from tripoint.demo.trigger import shares, stories, things
from tripoint.demo.trigger.recoveries import Recovery, recoveries
from tripoint.demo.turquesa.model import Course, Draft, Planned
from tripoint.demo.turquesa.planning import placed
from tripoint.demo.turquesa.returns import on_course
from tripoint.demo.turquesa.shares import scaled
from tripoint.demo.world import World

ORDER = ("group", "investigation", "arrest", "seizure", "victim")


@dataclass(frozen=True)
class Replay:
    """One seed's operation at a scale (1.0 is the published one)."""

    seed: int
    scale: float

    @cached_property
    def returns(self) -> tuple[Planned, ...]:
        """Every occurrence, in the order in which the parties send them."""
        drafts = sorted(drafts_of(self.seed, self.scale), key=lambda one: ORDER.index(one.kind))
        planned = (placed(self.seed, number, draft, TRIGGER.days) for number, draft in enumerate(drafts))
        return tuple(sorted(astray(self.seed, planned), key=in_order))

    @cached_property
    def recoveries(self) -> tuple[Recovery, ...]:
        """Every firearm of the seizures, one by one; some of them are listed by another party, some are traced."""
        traced = scaled(shares.TRACES, self.scale, shares.LEAST_TRACES)
        listed = scaled(shares.LISTED, self.scale, shares.LEAST_LISTED)
        return recoveries(World(self.seed, TRIGGER), self.returns, listed, traced)


def in_order(one: Planned) -> tuple[int, int]:
    """Stories first, then day by day, late returns last; then by kind."""
    when = -1 if one.story else TRIGGER.days if one.course is Course.LATE else one.day
    return (when, ORDER.index(one.kind))


def drafts_of(seed: int, scale: float) -> Iterator[Draft]:
    """Everything that is returned: the stories whole, and the rest of the published totals at the scale."""

    def beside(total: int, in_stories: int) -> int:
        return scaled(total, scale, least=in_stories) - in_stories

    pairs = scaled(shares.JOINT, scale, least=1)
    yield from stories.stories(seed)
    yield from stories.joint(pairs)
    yield from things.armed(
        seed, beside(shares.FIREARMS, shares.TAPED + pairs), beside(shares.ROUNDS, shares.RECORD_ROUNDS),
        scaled(shares.ARMED, scale, least=1),
    )  # fmt: skip
    yield from things.drugs(seed, scaled(shares.DRUGS_KG, scale), scaled(shares.DRUGGED, scale, least=4))
    yield from things.precursors(seed, scaled(shares.PRECURSORS_KG, scale), scaled(shares.CHEMICAL, scale, least=6))
    yield from things.arrests(seed, beside(shares.ARRESTS, stories.ARRESTS))
    yield from things.groups(seed, scaled(shares.GROUPS, scale, least=1))
    yield from things.investigations(seed, scaled(shares.INVESTIGATIONS, scale, least=1))


def astray(seed: int, planned: Iterable[Planned]) -> Iterator[Planned]:
    """Every return with its course; those of the silent party's last day come in late, and its report never does."""
    throw, drawn = dice(seed, "courses"), iter(tuple(Course)[1:-1])
    for one in planned:
        if one.party == TRIGGER.silent and one.day >= TRIGGER.silent_from:
            yield replace(one, course=Course.LATE)
        elif one.story:
            yield one
        else:
            yield on_course(throw, one, next(drawn, None) if one.kind == "arrest" else None)
