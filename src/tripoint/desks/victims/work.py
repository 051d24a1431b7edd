"""What people do for victims: see who waits, take the next step, set the times, count without identity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.announcements import Announcement, announce
from tripoint.base.errors import NotFound
from tripoint.desks.victims import rules, store
from tripoint.desks.victims.model import Case, Move, Pathway, StepTaken, Target, Timeliness
from tripoint.records.occurrences import work as occurrences
from tripoint.records.occurrences.hooks import KindHooks
from tripoint.records.occurrences.model import Correction, Occurrence, OccurrenceKind
from tripoint.words.ctdc import as_ctdc
from tripoint.words.ictip import as_entities
from tripoint.words.referral import Step, first_step, is_child

VICTIM = OccurrenceKind.VICTIM
KIND = "victim_pathway"  # in the trail
TOLD_AS = "occurrence"  # in the feed: the report is what changed
MOST_CASES = 20_000
# What the form calls the two ends of a formal decision.
STATUSES = {Step.IDENTIFIED: "ActualVictimOfTrafficking", Step.NEGATIVE: "NotAVictimOfTrafficking"}
Json = dict[str, Any]


def after(visit: Visit, report: Occurrence, values: Json) -> None:
    """A report just written: its pathway begins, a child's with a referral in the same moment; or it goes on."""
    age_group = values.get("age_group")
    child, step, now = is_child(age_group), first_step(age_group), visit.clock()
    times = targets_of(visit)
    due = rules.due_after(step, now, child=child, targets=times)
    opened = Pathway(report.id, report.operation, child, step, now, due, now, None)
    if store.open_pathway(visit.session, visit.party, opened):
        service = rules.CHILD_SERVICE if step is Step.REFERRED else None
        first = StepTaken(1, step, now, visit.officer.id, service, {}, None, late=False)
        store.take_step(visit.session, visit.party, report.id, first)
        tell(visit, report.id, "opened")
        return
    follow(visit, report.id, child=child, times=times)


def follow(visit: Visit, which: UUID, *, child: bool, times: Sequence[Target]) -> None:
    """A corrected report: whoever turns out to be a child is referred at once; the line keeps the step it stood at."""
    found = store.pathways(visit.session, None, which)
    if not found:
        return
    pathway, now = found[0], visit.clock()
    step = pathway.step
    if child and not pathway.child and step in rules.BEFORE_REFERRAL:
        step = Step.REFERRED
        taken = StepTaken(0, step, now, visit.officer.id, rules.CHILD_SERVICE, {}, None, late=False)
        store.take_step(visit.session, visit.party, which, taken)
        store.move(visit.session, which, step, now, rules.due_after(step, now, child=True, targets=times))
    if child != pathway.child:
        since = now if step is not pathway.step else pathway.since
        due = rules.due_after(step, since, child=child, targets=times)
        store.grow(visit.session, which, child=child, due=due)
        tell(visit, which, "age_group")
    store.show_step(visit.session, visit.party, which, step)


HOOKS = KindHooks(after=after)


def queue(visit: Visit, operation: UUID | None) -> list[Pathway]:
    """Who waits, children first, then by the clock; of each no more than the line of the report."""
    visit.note(AuditNote(Act.LIST_PATHWAYS, KIND))
    return rules.in_order(store.pathways(visit.session, operation))


def read(visit: Visit, which: UUID) -> tuple[Pathway, list[StepTaken]]:
    """One pathway with its steps. Raises NotFound."""
    pathway = find(visit, which)
    visit.note(AuditNote(Act.READ_PATHWAY, KIND, which, visit.party))
    return pathway, store.steps(visit.session, which)


def find(visit: Visit, which: UUID) -> Pathway:
    """The pathway of a report that the officer may open. Raises NotFound."""
    found = store.pathways(visit.session, None, which)
    if not found:
        raise NotFound
    return found[0]


def take(visit: Visit, which: UUID, move: Move) -> tuple[Pathway, list[StepTaken]]:
    """Record the next step. A formal decision corrects the report too, so that both say the same.

    Raises NotFound, Conflict for a step that does not follow, BadInput for what it lacks, NotAllowed where the report
    cannot be corrected.
    """
    store.lock(visit.session, which)
    pathway = find(visit, which)
    at = rules.check_move(pathway, move, visit.clock())
    if move.step in STATUSES:
        decide(visit, which, move)
    taken = StepTaken(
        0, move.step, at, visit.officer.id, move.service, rules.noted(move), pathway.due_at, late=False
    )  # the store reckons number and lateness
    store.take_step(visit.session, visit.party, which, taken)
    due = rules.due_after(move.step, at, child=pathway.child, targets=targets_of(visit))
    store.move(visit.session, which, move.step, at, due)
    store.show_step(visit.session, visit.party, which, move.step)
    visit.note(AuditNote(Act.MOVE_PATHWAY, KIND, which, visit.party, outcome=move.step.value))
    tell(visit, which, move.step.value)
    return find(visit, which), store.steps(visit.session, which)


def decide(visit: Visit, which: UUID, move: Move) -> None:
    """Write the formal decision into the report: its status and who decided. Raises as `occurrences.correct` does."""
    report = occurrences.find(visit, VICTIM, which)
    values = {
        **(report.body or {}), "vic_TraffickingStatus": STATUSES[move.step],
        "vic_TraffickingStatusDecisionMakingOrg": move.decided_by,
    }  # fmt: skip
    occurrences.correct(visit, VICTIM, which, Correction(values, f"formal decision: {move.step.value}"), HOOKS)


def targets_of(visit: Visit) -> list[Target]:
    """The times in force in the own party."""
    return rules.targets_in_force(store.own_targets(visit.session, visit.party))


def see_targets(visit: Visit) -> list[Target]:
    """The times in force in the own party, to be shown."""
    visit.note(AuditNote(Act.SEE_TARGETS, "pathway_target"))
    return targets_of(visit)


def set_targets(visit: Visit, targets: Sequence[Target]) -> list[Target]:
    """Set times of the own party's; they hold for clocks that begin from now on. Raises BadInput."""
    rules.check_targets(targets)
    store.set_targets(visit.session, visit.party, targets, visit.clock(), visit.officer.id)
    visit.note(AuditNote(Act.SET_TARGETS, "pathway_target"))
    return targets_of(visit)


def timeliness(visit: Visit, operation: UUID | None) -> list[Timeliness]:
    """How the steps of the own party kept their time."""
    visit.note(AuditNote(Act.COUNT_VICTIMS, KIND))
    return store.timeliness(visit.session, visit.party, operation)


def cases(visit: Visit, operation: UUID | None) -> list[Case]:
    """The own party's reports on victims, without identity; the trail keeps that they were read."""
    found = store.cases(visit.session, visit.party, operation, MOST_CASES)
    visit.note(AuditNote(Act.COUNT_VICTIMS, "victim", outcome=str(len(found))))
    return found


def ctdc(visit: Visit, operation: UUID | None) -> list[dict[str, str]]:
    """The own party's victims in the 27 columns of CTDC."""
    return [as_ctdc(case.values, case.happened_at.year) for case in cases(visit, operation)]


def ictip(visit: Visit, operation: UUID | None) -> list[Json]:
    """The own party's victims as events, victims, perpetrators and reporting entities; numbered within this file."""
    return [
        as_entities(
            case.values, number=number, year=case.happened_at.year, party=case.party, age_group=case.age_group
        )
        for number, case in enumerate(cases(visit, operation), 1)
    ]


def tell(visit: Visit, which: UUID, change: str) -> None:
    """Let the own party's pages know: ids only."""
    announce(visit.session, Announcement(TOLD_AS, (visit.party,), which, change))
