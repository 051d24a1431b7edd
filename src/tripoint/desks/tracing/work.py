"""What people do about traces: ask, take up, comment, answer, follow the chain, set the clocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from tripoint.access.model import Act, AuditNote, Party
from tripoint.access.rules import Standing, standing
from tripoint.access.store import parties
from tripoint.access.visit import Visit
from tripoint.base.announcements import Announcement, announce
from tripoint.base.errors import BadInput, Conflict, IdReused, NotFound
from tripoint.desks.tracing import clocks, custody, rules, steps_store, store
from tripoint.desks.tracing.model import (
    Answer,
    Asking,
    Chain,
    ClockPolicy,
    Clocks,
    Context,
    Description,
    Filters,
    Opened,
    OwnPart,
    Request,
    Side,
    State,
    Step,
    Suggestion,
    Wish,
)
from tripoint.desks.tracing.suggesting import suggestions
from tripoint.words.traces import AnswerClass

KIND = "trace"  # in the trail and in the feed
CHANGEABLE = frozenset({State.DRAFT, State.MORE_INFO_NEEDED})


def ask(visit: Visit, wish: Wish) -> tuple[Request, bool]:
    """Write a request down, and send it where wished; the same id with the same words is the same request.

    Gives the request and whether it is new. Raises BadInput for what a request must say, an unknown party or
    operation, IdReused, NotFound for a request to follow that is not there, NotAllowed and Conflict for one that may
    not be followed.
    """
    asking, digest = outgoing(wish), rules.digest_of(wish.asked, wish.asking, wish.own, extra_of(wish))
    kept = store.kept_digest(visit.session, wish.id)
    if kept is not None:
        if standing(kept, digest) is not Standing.REPEATED:
            raise IdReused("This id was already used for another request.", field="id", remedy="Make a new id.")
        return find(visit, wish.id), False
    asked = party_of(visit, wish.asked)
    own = with_root(visit, wish)
    if wish.submit:
        rules.check_asking(asking)
    halves, now = (visit.party, asked.number), visit.clock()
    steps = carried(visit, wish.steps, asked.code)
    rules.check_steps(None, steps)
    if not store.add(visit.session, wish.id, halves, asking, own, digest=digest, by=visit.officer.id, at=now):
        raise IdReused("This id was already used for another request.", field="id", remedy="Make a new id.")
    steps_store.add(
        visit.session, wish.id, visit.party, steps, answer=None, use_until=None, by=visit.officer.id, at=now
    )
    made = find(visit, wish.id)
    sent_to = (asked.number,) if wish.submit else ()
    visit.note(AuditNote(Act.ASK_TRACE, KIND, wish.id, visit.party, recipients=sent_to, outcome="draft"))
    return (turned(visit, made, State.SUBMITTED, None) if wish.submit else made), True


def extra_of(wish: Wish) -> dict[str, object]:
    """What else makes a request the same."""
    return {"send_possessor": wish.send_possessor, "submit": wish.submit, "steps": [str(one) for one in wish.steps]}


def outgoing(wish: Wish) -> Asking:
    """What is sent, the possessor only where chosen. Raises NotAllowed for somebody to protect."""
    sent = rules.sent(wish.asking.description, wish.own, with_possessor=wish.send_possessor)
    return replace(wish.asking, description=sent)


def party_of(visit: Visit, code: str) -> Party:
    """The party to be asked. Raises BadInput for the own one and for one that takes no part in this hub."""
    found = {party.code: party for party in parties(visit.session)}.get(code)
    if found is None or code == visit.officer.party.code:
        own = code == visit.officer.party.code
        raise BadInput(
            "Your own registers come before any request." if own else "No such party takes part in this hub.",
            field="asked", remedy="Name another party; GET /api/parties lists them.",
        )  # fmt: skip
    return found


def with_root(visit: Visit, wish: Wish) -> OwnPart:
    """The asker's own part with the first request of the trail. Raises as `ask` does."""
    own = wish.own
    if own.operation is not None and not store.knows_operation(visit.session, own.operation):
        raise BadInput(
            "Your party takes part in no such operation.", field="operation", remedy="GET /api/operations lists yours."
        )
    if own.recovered is not None and not store.recoveries(visit.session, own.recovered):
        raise BadInput(
            "Your party has no such recovered firearm.", field="recovered", remedy="Leave it out, or name your own."
        )
    if own.parent is None:
        return replace(own, root=wish.id)
    parent = find(visit, own.parent)
    rules.check_forwarding(parent, wish.asked)
    return replace(own, root=root_of(parent))


def root_of(request: Request) -> UUID:
    """The first request of the trail, as far as the reader's half goes."""
    return request.own.root if request.own and request.own.root else request.id


def carried(visit: Visit, steps: Sequence[Step], to: str) -> list[Step]:
    """The intervals under ids of their own; those carried from another request say what that one told.

    Raises NotFound for one that is not there, NotAllowed for one that may not be passed on.
    """
    steps = [replace(step, id=visit.new_id()) for step in steps]
    wanted = [step.carried_from for step in steps if step.carried_from]
    known = steps_store.by_id(visit.session, wanted) if wanted else {}
    every = []
    for step in steps:
        if step.carried_from is None:
            every.append(step)
            continue
        if step.carried_from not in known:
            raise NotFound
        source = known[step.carried_from]
        rules.check_carried(source, to)
        every.append(replace(
            source, id=step.id, carried_from=source.id, released=step.released, names_released=step.names_released,
        ))  # fmt: skip
    return every


def change(visit: Visit, which: UUID, wish: Wish) -> Request:
    """Let an own draft, or a request of which more must be known, say something else. Raises as `ask`, Conflict."""
    request = locked(visit, which, Side.ASKER)
    if request.state not in CHANGEABLE:
        raise Conflict(
            f"The request is {request.state.value} and says what it says.", remedy="Write a comment, or withdraw it."
        )
    if wish.asked != request.asked:
        raise BadInput("Another party is asked in another request.", field="asked", remedy="Withdraw this one.")
    asking = outgoing(wish)
    if request.state is State.MORE_INFO_NEEDED or wish.submit:
        rules.check_asking(asking)
    store.change(visit.session, which, asking, wish.own)
    sent_to = () if request.submitted_at is None and not wish.submit else (request.other,)
    visit.note(AuditNote(Act.ASK_TRACE, KIND, which, request.other, recipients=sent_to, outcome="changed"))
    changed = find(visit, which)
    if wish.submit:
        return turned(visit, changed, State.SUBMITTED, None)
    tell(visit, changed, "changed")
    return changed


def press(visit: Visit, which: UUID, to: State, reason: str | None) -> Request:
    """The asker submits, withdraws or closes a request. Raises NotFound, Conflict, BadInput."""
    request = locked(visit, which, Side.ASKER)
    rules.check_move(request.state, to, Side.ASKER, reason)
    if to is State.SUBMITTED:
        rules.check_asking(request.asking)
    sent_to = () if request.submitted_at is None and to is not State.SUBMITTED else (request.other,)
    visit.note(AuditNote(Act.ASK_TRACE, KIND, which, request.other, recipients=sent_to, outcome=to.value))
    return turned(visit, request, to, reason)


def handle(visit: Visit, which: UUID, to: State, reason: str | None) -> Request:
    """The asked party acknowledges a request, takes it up, or asks for more. Raises NotFound, Conflict, BadInput."""
    request = locked(visit, which, Side.ASKED)
    if to in rules.BY_ANSWER:
        raise BadInput("A result is given with an answer.", field="to", remedy="Answer the request.")
    rules.check_move(request.state, to, Side.ASKED, reason)
    visit.note(AuditNote(Act.ANSWER_TRACE, KIND, which, request.other, recipients=(request.other,), outcome=to.value))
    return turned(visit, request, to, reason)


def answer(visit: Visit, which: UUID, told: Answer, steps: Sequence[Step]) -> Opened:
    """Answer a request, in part or in the end, with the intervals of custody found. Raises NotFound, Conflict,
    BadInput for an answer that does not say what it must, NotAllowed for what may not be passed on."""
    request = locked(visit, which, Side.ASKED)
    to = State.PARTIAL_RESULT if told.partial else State.ANSWERED
    rules.check_move(request.state, to, Side.ASKED, None)
    now = visit.clock()
    rules.check_answer(told, now.date())
    found = carried(visit, steps, request.asker)
    before = [step for step in steps_store.of_requests(visit.session, [which]) if step.own]
    rules.check_steps(told.kind, [*before, *found])
    told = bound(told, found)
    number = store.add_answer(visit.session, which, visit.party, told, by=visit.officer.id, at=now)
    steps_store.add(
        visit.session, which, visit.party, found, answer=number, use_until=told.use_until, by=visit.officer.id, at=now
    )
    visit.note(AuditNote(
        Act.ANSWER_TRACE, KIND, which, request.other, recipients=(request.other,), outcome=told.kind.value,
    ))  # fmt: skip
    turned(visit, request, to, told.words, result=told.kind)
    return opened(visit, find(visit, which))


def bound(told: Answer, steps: Sequence[Step]) -> Answer:
    """The answer under its own limits and those of what was carried into it: they bind whoever hands it on."""
    days = [day for day in (told.use_until, *(step.use_until for step in steps)) if day]
    limits = rules.limits_in_force([told.limits, *(step.limits for step in steps)])
    return replace(told, limits=limits, use_until=min(days, default=None))


def comment(visit: Visit, which: UUID, words: str) -> Opened:
    """Write a line that both halves read. Raises NotFound, Conflict for a draft, of which the other knows nothing."""
    request = locked(visit, which)
    if request.submitted_at is None:
        raise Conflict("Nobody reads this thread before the request is submitted.", remedy="Submit it first.")
    store.add_comment(visit.session, which, visit.party, words, by=visit.officer.id, at=visit.clock())
    visit.note(AuditNote(Act.COMMENT_TRACE, KIND, which, request.other, recipients=(request.other,)))
    tell(visit, request, "comment")
    return opened(visit, find(visit, which))


def read(visit: Visit, which: UUID) -> Opened:
    """One request with everything of it that the reader's half may see. Raises NotFound."""
    found = opened(visit, find(visit, which))
    note_reading(visit, found.request, found.answers)
    return found


def note_reading(visit: Visit, request: Request, answers: Sequence[Answer]) -> None:
    """The line of the trail that says under which limits something was read."""
    codes = limits_on(request, answers)
    reason = f"limits: {', '.join(codes)}" if codes else None
    visit.note(AuditNote(Act.READ_TRACE, KIND, request.id, request.other, reason=reason))


def limits_on(request: Request, answers: Sequence[Answer]) -> list[str]:
    """The codes of what the other half limited."""
    told = [one.limits for one in answers] if request.mine is Side.ASKER else [request.asking.limits]
    return [code.value for code in rules.limits_in_force(told).codes]


def opened(visit: Visit, request: Request) -> Opened:
    """A request as the reader's half sees it."""
    session, which = visit.session, request.id
    answers = store.answers(session, which)
    ended = request.mine is Side.ASKER and store.use_ended(session, which)
    return Opened(
        request, tuple(store.comments(session, which)), tuple(store.turns(session, which)), tuple(answers),
        tuple(steps_store.of_requests(session, [which])), ended,
    )  # fmt: skip


def listed(visit: Visit, filters: Filters) -> tuple[list[Request], UUID | None]:
    """Requests that came in or went out, the latest change first; and after which to ask on."""
    row = {name: getattr(filters, name) for name in Filters.__slots__}
    found = store.listed(visit.session, row | {"limit": filters.limit + 1, "now": visit.clock()})
    visit.note(AuditNote(Act.LIST_TRACES, KIND, outcome=str(min(len(found), filters.limit))))
    page = found[: filters.limit]
    return page, page[-1].id if len(found) > filters.limit else None


def chain(visit: Visit, which: UUID) -> Chain:
    """The chain of custody over all hops of the trail that the reader's party asked or was asked. Raises NotFound."""
    request = find(visit, which)
    hops = hops_of(visit, request)
    for hop in hops:
        note_reading(visit, hop, store.answers(visit.session, hop.id))
    return replace(chain_of(visit, hops), hops=tuple(hops))


def hops_of(visit: Visit, request: Request) -> list[Request]:
    """Every hop of the trail that the reader's party has a half of, from the first on."""
    root = root_of(request)
    hops = store.of_root(visit.session, root)
    if all(hop.id != root for hop in hops):
        hops.insert(0, find(visit, root))
    return hops


def chain_of(visit: Visit, hops: Sequence[Request]) -> Chain:
    """The chain of hops; an interval that was carried on is told once, by the one it was carried from."""
    steps = steps_store.of_requests(visit.session, [hop.id for hop in hops])
    ids = {step.id for step in steps}
    told = [step for step in steps if step.carried_from not in ids]
    return custody.chain(told, hops[0].asking.description.recovery)


def suggest(visit: Visit, description: Description, parent: UUID | None) -> list[Suggestion]:
    """Whom to ask next, best first, with the reason of each. Raises NotFound for a request to follow."""
    every = {party.code for party in parties(visit.session)}
    own = visit.officer.party.code
    visit.note(AuditNote(Act.ASK_TRACE, KIND, parent, visit.party, outcome="suggested"))
    if parent is None:
        return suggestions(description, own=own, parties=frozenset(every))
    hops = hops_of(visit, find(visit, parent))
    answers = [one for hop in hops for one in reversed(store.answers(visit.session, hop.id))]
    asked = frozenset({own, *(hop.asked for hop in hops)})
    return suggestions(
        description, own=own, trail=chain_of(visit, hops).steps, answers=answers, parties=frozenset(every), asked=asked
    )


def see_clocks(visit: Visit) -> dict[str, ClockPolicy]:
    """The own party's clocks: what it has set, else the usual ones. Those of others show in what is due, no sooner."""
    kept = store.policies(visit.session)
    visit.note(AuditNote(Act.LIST_TRACES, "trace_clock"))
    own = next(party.code for party in parties(visit.session) if party.number == visit.party)
    return {own: kept.get(own, clocks.USUAL)}


def set_clocks(visit: Visit, policy: ClockPolicy) -> ClockPolicy:
    """Set the own party's clocks; they hold for what is submitted or moved from now on. Raises BadInput."""
    clocks.check_policy(policy)
    store.set_policy(visit.session, visit.party, policy, by=visit.officer.id, at=visit.clock())
    visit.note(AuditNote(Act.SET_TRACE_CLOCKS, "trace_clock", object_owner=visit.party))
    return policy


def decide_context(visit: Visit, context: Context) -> Context:
    """Say whether a recovered firearm of the own party must be traced, on whose authority, why. Raises NotFound."""
    if not store.recoveries(visit.session, context.recovered):
        raise NotFound
    store.set_context(visit.session, visit.party, context, by=visit.officer.id, at=visit.clock())
    visit.note(AuditNote(
        Act.ASK_TRACE, "recovered_firearm", context.recovered, visit.party, reason=context.reason,
        outcome=context.need.value,
    ))  # fmt: skip
    return context


def find(visit: Visit, which: UUID) -> Request:
    """A request that the officer's party has a half of. Raises NotFound."""
    found = store.find(visit.session, which)
    if found is None:
        raise NotFound
    return found


def locked(visit: Visit, which: UUID, side: Side | None = None) -> Request:
    """The same, to be changed, and with this half. Raises NotFound, Conflict for the other half."""
    store.lock(visit.session, which)
    found = find(visit, which)
    if side is not None and found.mine is not side:
        raise Conflict(
            "This is for the other half to do.", remedy="Read the request: it says which moves are yours."
        )
    return found


def turned(
    visit: Visit, request: Request, to: State, reason: str | None, *, result: AnswerClass | None = None
) -> Request:
    """Let a request reach a state, with its clocks, and tell both halves."""
    now = visit.clock()
    after = clocks_of(visit, request, to, now)
    store.move(visit.session, request, to, after, party=visit.party, at=now, reason=reason, result=result)
    moved = find(visit, request.id)
    tell(visit, moved, to.value)
    return moved


def clocks_of(visit: Visit, request: Request, to: State, now: datetime) -> Clocks:
    """The clocks of a request that reaches a state now, by the calendars of its two parties."""
    kept = store.policies(visit.session)
    waited = now - request.state_since if request.state is State.MORE_INFO_NEEDED else timedelta()
    return clocks.clocks_after(
        to, now, priority=request.asking.priority, asked=kept.get(request.asked, clocks.USUAL),
        asker=kept.get(request.asker, clocks.USUAL), before=request.clocks, waited=waited,
    )  # fmt: skip


def tell(visit: Visit, request: Request, change: str) -> None:
    """Let the pages of both halves know, of a draft only the own: ids only."""
    told = request.numbers if request.submitted_at else (visit.party,)
    announce(visit.session, Announcement(KIND, told, request.id, change))
