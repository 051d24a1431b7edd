"""Pure decisions of the victims' desk: which step follows, what it needs, when it is due, who comes first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from tripoint.base.errors import BadInput, Conflict
from tripoint.desks.victims.model import Move, Pathway, Target, Unit
from tripoint.words import htcds
from tripoint.words.referral import Step

S = Step
DECISIONS = frozenset({S.IDENTIFIED, S.NEGATIVE})
# What may follow each step. A grown person is referred only once he has agreed; a child's pathway begins there.
NEXT: Mapping[Step, tuple[Step, ...]] = {
    S.SCREENED: (S.INDICATORS, S.CLOSED),
    S.INDICATORS: (S.CONSENT, S.CLOSED),
    S.CONSENT: (S.REFERRED, S.CLOSED),
    S.REFERRED: (S.ACCEPTED, S.REFERRED),
    S.ACCEPTED: (S.FIRST_CONTACT, S.REFERRED),
    S.FIRST_CONTACT: (S.REASONABLE_GROUNDS,),
    S.REASONABLE_GROUNDS: (S.IDENTIFIED, S.NEGATIVE),
    S.IDENTIFIED: (S.CLOSED,),
    S.NEGATIVE: (S.CLOSED,),
    S.CLOSED: (),
}
# The usual times. Referral within 48 hours, reasonable grounds within 5 working days and a decision within 30 days are
# those of the United Kingdom's national referral mechanism; the others follow from them.
USUAL = {
    False: {
        S.INDICATORS: (24, Unit.HOURS), S.CONSENT: (24, Unit.HOURS), S.REFERRED: (48, Unit.HOURS),
        S.ACCEPTED: (48, Unit.HOURS), S.FIRST_CONTACT: (24, Unit.HOURS),
        S.REASONABLE_GROUNDS: (5, Unit.WORKING_DAYS), S.IDENTIFIED: (30, Unit.DAYS), S.CLOSED: (365, Unit.DAYS),
    },
    True: {
        S.REFERRED: (0, Unit.HOURS), S.ACCEPTED: (12, Unit.HOURS), S.FIRST_CONTACT: (12, Unit.HOURS),
        S.REASONABLE_GROUNDS: (5, Unit.WORKING_DAYS), S.IDENTIFIED: (30, Unit.DAYS), S.CLOSED: (365, Unit.DAYS),
    },
}  # fmt: skip
# The step whose target is the clock of each step; the decision has one clock, however it ends.
AWAITED: Mapping[Step, Step] = {
    S.SCREENED: S.INDICATORS, S.INDICATORS: S.CONSENT, S.CONSENT: S.REFERRED, S.REFERRED: S.ACCEPTED,
    S.ACCEPTED: S.FIRST_CONTACT, S.FIRST_CONTACT: S.REASONABLE_GROUNDS, S.REASONABLE_GROUNDS: S.IDENTIFIED,
    S.IDENTIFIED: S.CLOSED, S.NEGATIVE: S.CLOSED,
}  # fmt: skip
BEFORE_REFERRAL = frozenset({S.SCREENED, S.INDICATORS, S.CONSENT})
CHILD_SERVICE = "child protection"
FAST_CLOCK = timedelta(minutes=15)  # how far ahead the clock of a phone may be
SATURDAY = 5


def usual_targets() -> list[Target]:
    """The times that hold where a party has set none."""
    return [Target(child, step, *time) for child, times in USUAL.items() for step, time in times.items()]


def targets_in_force(own: Iterable[Target]) -> list[Target]:
    """The usual times, with those that the party has set in their place."""
    held = {(target.child, target.step): target for target in usual_targets()}
    held |= {(target.child, target.step): target for target in own}
    return list(held.values())


def check_targets(targets: Iterable[Target]) -> None:
    """Raises BadInput for a step that has no clock, or a child's referral that were to wait."""
    for target in targets:
        if target.step not in USUAL[target.child]:
            raise BadInput(
                f"The step {target.step.value} has no clock of its own.", field="step",
                remedy=f"These have: {', '.join(step.value for step in USUAL[target.child])}.",
            )  # fmt: skip
        if target.child and target.step is S.REFERRED and target.amount:
            raise BadInput(
                "A child's referral starts at once and never waits.", field="amount", remedy="Leave it at 0 hours."
            )


def due_after(step: Step, since: datetime, *, child: bool, targets: Iterable[Target]) -> datetime | None:
    """When the step after `step`, taken at `since`, is due; None where nothing follows."""
    awaited = AWAITED.get(step)
    clock = next((one for one in targets if one.child == child and one.step is awaited), None)
    return None if clock is None else later(since, clock)


def later(since: datetime, target: Target) -> datetime:
    """The moment so much after `since`; working days pass over Saturdays and Sundays."""
    if target.unit is Unit.HOURS:
        return since + timedelta(hours=target.amount)
    if target.unit is Unit.DAYS:
        return since + timedelta(days=target.amount)
    moment, left = since, target.amount
    while left:
        moment += timedelta(days=1)
        left -= moment.weekday() < SATURDAY
    return moment


def check_move(pathway: Pathway, move: Move, now: datetime) -> datetime:
    """When the step was taken. Raises Conflict for one that does not follow, BadInput for what it lacks."""
    if move.step not in NEXT[pathway.step]:
        raise Conflict(
            f"The pathway stands at {pathway.step.value}: {move.step.value} does not follow.", field="step",
            remedy=f"These may follow: {', '.join(step.value for step in NEXT[pathway.step]) or 'none'}.",
        )  # fmt: skip
    at = move.at or now
    if not pathway.since <= at <= now + FAST_CLOCK:
        raise BadInput(
            "A step lies after the one before it, and not ahead.", field="at",
            remedy=f"Give a moment from {pathway.since.isoformat(timespec='minutes')} until now.",
        )  # fmt: skip
    check_needs(pathway, move)
    return at


def check_needs(pathway: Pathway, move: Move) -> None:
    """Raises BadInput where the step lacks what it cannot be taken without."""
    if move.step is S.CONSENT and not move.consented:
        raise BadInput(
            "The person has not agreed to be referred.", field="consented",
            remedy="Wait for the person's own decision, or close the pathway.",
        )  # fmt: skip
    if move.step in (S.REFERRED, S.ACCEPTED) and not move.service:
        raise BadInput("No service is named.", field="service", remedy="Name the service the person was referred to.")
    if pathway.child and move.step is S.REASONABLE_GROUNDS and not (move.guardian and move.best_interests):
        raise BadInput(
            "For a child, a guardian and the child's best interests come before any decision.",
            field="guardian" if not move.guardian else "best_interests",
            remedy="Have a guardian appointed and the best interests assessed; referral and care do not wait for it.",
        )  # fmt: skip
    if move.step in DECISIONS and move.decided_by not in htcds.codes("vic_TraffickingStatusDecisionMakingOrg"):
        raise BadInput(
            "Nobody is named who decided this formally.", field="decided_by",
            remedy=f"Name one of: {', '.join(htcds.codes('vic_TraffickingStatusDecisionMakingOrg'))}.",
        )  # fmt: skip
    if move.step is S.CLOSED and not move.note:
        raise BadInput("A pathway is closed for a reason.", field="note", remedy="Say why it ends.")


def noted(move: Move) -> dict[str, Any]:
    """What is kept of a step beside its time and service."""
    facts = {
        "consented": move.consented, "guardian": move.guardian, "best_interests": move.best_interests,
        "decided_by": move.decided_by, "note": move.note,
    }  # fmt: skip
    return {name: value for name, value in facts.items() if value is not None}


def in_order(pathways: Iterable[Pathway]) -> list[Pathway]:
    """The queue: children first, then whoever's next step is due soonest; what is closed comes last."""
    return sorted(pathways, key=lambda one: (
        one.closed_at is not None, not one.child, one.due_at is None, one.due_at or one.since, str(one.occurrence),
    ))  # fmt: skip
