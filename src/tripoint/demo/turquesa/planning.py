"""The whole plan of a replay, of one seed and one scale: every occurrence with its moment, post and course."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tripoint.demo.dice import dice, share
from tripoint.demo.turquesa import arrests, detections, moments, shares, stories, things
from tripoint.demo.turquesa.model import DAYS, Course, Draft, Planned
from tripoint.demo.turquesa.returns import astray
from tripoint.demo.turquesa.traffic import Cell, cells_of

LEAST_DETECTIONS = 120  # fewer would hold fewer Ecuadorians than the story of the new route
# What is led to stands before what leads there.
ORDER = (
    "group", "investigation", "arrest", "seizure", "freeze", "victim", "detection", "incident", "interview",
    "notice_request",
)  # fmt: skip


@dataclass(frozen=True)
class Replay:
    """One seed's operation at a scale (1.0 is the published one)."""

    seed: int
    scale: float

    @cached_property
    def returns(self) -> tuple[Planned, ...]:
        """Every occurrence, in the order in which the parties send them."""
        drafts = sorted(drafts_of(self.seed, self.scale), key=lambda one: ORDER.index(one.kind))
        planned = (placed(self.seed, number, draft) for number, draft in enumerate(drafts))
        return tuple(sorted(astray(self.seed, planned), key=in_order))

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Which post makes how many checks in which quarter of which day."""
        return cells_of(self.seed, shares.scaled(shares.CHECKS, self.scale, least=len(moments.BY_NAME)))

    @property
    def checks(self) -> int:
        """How many checks there are."""
        return sum(cell.checks for cell in self.cells)


def in_order(one: Planned) -> tuple[int, int]:
    """Stories first, whose parts lead to each other, then day by day, late returns last; then by kind."""
    when = -1 if one.story else DAYS if one.course is Course.LATE else one.day
    return (when, ORDER.index(one.kind))


def drafts_of(seed: int, scale: float) -> Iterator[Draft]:
    """Everything that is returned: the stories whole, and the rest of the published totals at the scale."""

    def beside(total: int, in_stories: int) -> int:
        return shares.scaled(total, scale, least=in_stories) - in_stories

    victims = beside(shares.VICTIMS, stories.VICTIMS)
    yield from stories.stories(seed)
    yield from detections.detections(seed, shares.scaled(shares.DETECTIONS, scale, least=LEAST_DETECTIONS))
    yield from arrests.arrests(seed, beside(shares.ARRESTS, stories.ARRESTS))
    yield from arrests.victims(seed, victims, arrests.minors_beside(victims, shares.MINORS))
    yield from things.seizures(seed, shares.scaled(shares.SEIZURES, scale, least=3))
    yield from things.freezes(seed, beside(shares.FREEZES, 1))
    yield from things.groups(seed, beside(shares.GROUPS, 2))
    yield from things.investigations(seed, beside(shares.INVESTIGATIONS, 2))
    yield from things.incidents(seed, beside(shares.INCIDENTS, 2))
    yield from things.interviews(seed, shares.scaled(shares.INTERVIEWS, scale, least=3))


def placed(seed: int, number: int, draft: Draft, days: int = DAYS) -> Planned:
    """An occurrence at a post of its party and a moment of the days."""
    key = draft.key or f"{draft.kind}-{number}"
    throw = dice(seed, "placed", key)
    where = moments.BY_NAME[draft.post] if draft.post else moments.place_of(throw, draft.party)
    if where is None:
        raise ValueError(f"{draft.party} has no post")
    # Stories happen before the last day, so that they are told whole; the rest on any, detections most in the middle.
    day = throw.randrange(days - 1) if draft.story or share(throw, 0.3) else throw.randrange(days)
    second = moments.second_of(throw, where, day)
    return Planned(
        key, draft.kind, draft.party, where.post.name, second, draft.values, draft.story, joint=draft.joint,
        links=draft.links,
    )  # fmt: skip
