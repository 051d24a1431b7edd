"""What people do with four eyes: ask, look at what waits, approve, turn down, withdraw."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from uuid import UUID

from tripoint.access.four_eyes import rules, store
from tripoint.access.four_eyes.model import Approval, Proposal, State
from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.announcements import Announcement, announce
from tripoint.base.errors import Conflict, NotAllowed, NotFound

# What happens when an act is approved, in the very transaction of the approval; what it raises undoes the approval too.
Executor = Callable[[Visit, Approval], None]
MOST_SHOWN = 200
KIND = "approval"


def ask(visit: Visit, proposal: Proposal) -> Approval:
    """Ask a second officer for an act. It waits for 24 hours; nothing of it has happened yet."""
    which, now = visit.new_id(), visit.clock()
    store.add(
        visit.session, which, visit.party, proposal, rules.digest_of(proposal.body), visit.officer.id, now,
        now + rules.WAITS,
    )  # fmt: skip
    visit.note(AuditNote(proposal.act, KIND, which, visit.party, reason=proposal.reason, outcome="asked"))
    tell(visit, which, "asked")
    return found(visit, which)


def waiting(visit: Visit) -> list[Approval]:
    """The own party's requests, those that wait first."""
    return store.newest(visit.session, MOST_SHOWN)


def approve(visit: Visit, which: UUID, digest: bytes, executors: Mapping[Act, Executor]) -> Approval:
    """Approve a request of another officer and do what it asks for, both or neither, once.

    `digest` says what the officer saw. The request and both officers are held until the transaction ends: of two who
    approve at once the second finds it decided, and a role taken away meanwhile counts.
    Raises NotFound, NotAllowed for one's own request or a role that cannot, Conflict when it is decided, expired or
    is not what was seen, and whatever the act itself raises.
    """
    approval = held(visit, which)
    if not all(hmac.compare_digest(digest, own) for own in (approval.digest, rules.digest_of(approval.body))):
        raise Conflict("The request is not the one that you saw.", field="digest", remedy="Read it again.")
    people = store.hold_colleagues(visit.session, approval.asked_by, visit.officer.id)
    if approval.asked_by not in people or visit.officer.id not in people:
        raise NotAllowed
    rules.check_may_approve(approval, people[approval.asked_by], people[visit.officer.id])
    executors[approval.act](visit, approval)
    decide(visit, approval, State.APPROVED, None, Act.APPROVE)
    return found(visit, which)


def turn_down(visit: Visit, which: UUID, answer: str) -> Approval:
    """Reject another officer's request. Raises as `approve` does."""
    approval = held(visit, which)
    if approval.asked_by == visit.officer.id:
        raise NotAllowed("This is your own request.", remedy="Withdraw it instead.")
    if not visit.officer.roles & rules.APPROVERS.get(approval.act, frozenset()):
        raise NotAllowed("Your role cannot decide this.", remedy="Leave it to a liaison officer of your party.")
    decide(visit, approval, State.REJECTED, answer, Act.TURN_DOWN)
    return found(visit, which)


def withdraw(visit: Visit, which: UUID) -> Approval:
    """Take back one's own request. Raises NotAllowed for another's, Conflict when it is decided or expired."""
    approval = held(visit, which)
    if approval.asked_by != visit.officer.id:
        raise NotAllowed("Only whoever asked withdraws a request.", remedy="Reject it instead, if your role may.")
    decide(visit, approval, State.WITHDRAWN, None, Act.WITHDRAW)
    return found(visit, which)


def held(visit: Visit, which: UUID) -> Approval:
    """The request, held against everybody else, when it may still be decided. Raises NotFound or Conflict."""
    store.hold(visit.session, which)
    approval = found(visit, which)
    rules.check_waits(approval, visit.clock())
    return approval


def decide(visit: Visit, approval: Approval, state: State, answer: str | None, act: Act) -> None:
    """Write the decision down, tell the party, and leave a line on the trail."""
    if not store.decide(visit.session, approval.id, state, visit.officer.id, visit.clock(), answer):
        raise Conflict("Somebody else has just decided this.", remedy="Look at the list of requests again.")
    visit.note(AuditNote(act, KIND, approval.id, visit.party, reason=answer, outcome=state.value))
    tell(visit, approval.id, state.value)


def found(visit: Visit, which: UUID) -> Approval:
    """A request of the own party. Raises NotFound."""
    approval = store.find(visit.session, which)
    if approval is None:
        raise NotFound
    return approval


def tell(visit: Visit, which: UUID, change: str) -> None:
    """Let the own party's pages know that the list changed: ids only."""
    announce(visit.session, Announcement(KIND, (visit.party,), which, change))
