"""What examiners do with links: ask for the exhibits themselves, exchange them, say what the microscope shows."""

from __future__ import annotations

from uuid import UUID

from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, Conflict, NotFound
from tripoint.desks.ballistics import linking_store, rules, searching
from tripoint.desks.ballistics.codes import Finding, LinkState, LinkStep
from tripoint.desks.ballistics.model import Link

KIND = "hit_link"  # in the trail


def ask(visit: Visit, which: UUID, candidate: UUID, reason: str) -> tuple[Link, bool]:
    """Ask the other party for a comparison of the exhibits themselves, of a candidate called potential; and whether
    this is new. From here on the other party knows of it, whatever its searches met.

    Raises NotFound, Conflict.
    """
    found = searching.candidate_to(visit, candidate)
    if found.link == which:
        return link_to(visit, which), False
    rules.check_linkable(found.verdict)
    said = {"id": which, "candidate": candidate, "reason": reason, "by_name": visit.officer.name}
    if linking_store.ask_physical(visit.session, said) != LinkState.PHYSICAL_ASKED:
        said_why = "A link stands on this pair, or the id was used."
        raise Conflict(said_why, field="candidate", remedy="Look at the links.")
    made = link_to(visit, which)
    visit.note(AuditNote(Act.ASK_PHYSICAL, KIND, which, visit.party, recipients=made.parties))
    return made, True


def link_to(visit: Visit, which: UUID) -> Link:
    """A link of the own party. Raises NotFound."""
    found = linking_store.links(visit.session, which=which)
    if not found:
        raise NotFound
    return found[0]


def read(visit: Visit, which: UUID) -> Link:
    """A link with its steps, and the findings that the officer learns. Raises NotFound."""
    found = link_to(visit, which)
    visit.note(AuditNote(Act.COMPARE_EXHIBITS, KIND, which, visit.party))
    return found


def listing(visit: Visit, state: str | None) -> list[Link]:
    """The links of the own party, newest first."""
    visit.note(AuditNote(Act.COMPARE_EXHIBITS, KIND, outcome="listed"))
    return linking_store.links(visit.session, state=state)


def step(visit: Visit, which: UUID, taken: LinkStep, finding: Finding | None, remarks: str) -> Link:
    """Move a link. A finding is the examiner's own, by name; the trail keeps that one was given, not which.

    Raises NotFound, Conflict where the link does not stand so, NotAllowed for the same examiner twice, BadInput.
    """
    before = link_to(visit, which)
    if (taken is LinkStep.FINDING) != (finding is not None):
        belongs = "A finding belongs to that step, and to no other."
        raise BadInput(belongs, field="finding", remedy="Say what was found.")
    said = {"id": which, "by_name": visit.officer.name, "remarks": remarks}
    if finding is not None:
        outcome = linking_store.give_finding(visit.session, {**said, "finding": finding.value})
    else:
        outcome = linking_store.step(visit.session, {**said, "step": taken.value})
    if outcome == "unknown":
        raise NotFound
    if outcome not in list(LinkState):
        raise rules.refused(outcome, before.state.value)
    visit.note(AuditNote(Act.CONFIRM_HIT_LINK, KIND, which, visit.party, recipients=before.parties, outcome=outcome))
    return link_to(visit, which)
