"""Pure decisions of the tracing desk: which state follows by whose hand, what a request and an answer must say."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any

from tripoint.base.errors import BadInput, Conflict, NotAllowed
from tripoint.desks.tracing.model import (
    Answer,
    Asking,
    Description,
    Limits,
    OwnPart,
    Priority,
    Request,
    Side,
    State,
    Step,
)
from tripoint.words.traces import REASONS, TRACED, AnswerClass, Restriction, WhyNot

S = State
ASKER, ASKED = Side.ASKER, Side.ASKED
OPEN = frozenset({S.SUBMITTED, S.ACKNOWLEDGED, S.MORE_INFO_NEEDED, S.IN_PROGRESS, S.PARTIAL_RESULT})
ENDED = frozenset({S.CLOSED, S.WITHDRAWN, S.EXPIRED})
# What may follow each state, and whose hand it takes; the hub itself lets an open request expire.
MOVES: Mapping[State, Mapping[State, Side]] = {
    S.DRAFT: {S.SUBMITTED: ASKER, S.WITHDRAWN: ASKER},
    S.SUBMITTED: {S.ACKNOWLEDGED: ASKED, S.MORE_INFO_NEEDED: ASKED, S.WITHDRAWN: ASKER},
    S.ACKNOWLEDGED: {
        S.MORE_INFO_NEEDED: ASKED, S.IN_PROGRESS: ASKED, S.PARTIAL_RESULT: ASKED, S.ANSWERED: ASKED, S.WITHDRAWN: ASKER,
    },
    S.MORE_INFO_NEEDED: {S.SUBMITTED: ASKER, S.WITHDRAWN: ASKER},
    S.IN_PROGRESS: {
        S.MORE_INFO_NEEDED: ASKED, S.PARTIAL_RESULT: ASKED, S.ANSWERED: ASKED, S.WITHDRAWN: ASKER,
    },
    S.PARTIAL_RESULT: {
        S.MORE_INFO_NEEDED: ASKED, S.PARTIAL_RESULT: ASKED, S.ANSWERED: ASKED, S.WITHDRAWN: ASKER,
    },
    S.ANSWERED: {S.CLOSED: ASKER},
    S.CLOSED: {}, S.WITHDRAWN: {}, S.EXPIRED: {},
}  # fmt: skip
BY_ANSWER = frozenset({S.PARTIAL_RESULT, S.ANSWERED})  # reached by answering, never by a bare move
NEED_REASON = frozenset({S.MORE_INFO_NEEDED, S.WITHDRAWN})
# What identifies a firearm at least (INTERPOL's training for tracing): without it the answer may be "insufficient".
IDENTIFYING = ("make", "country_of_manufacture", "type", "calibre")


def next_states(state: State, side: Side) -> tuple[State, ...]:
    """What this half may make of a request in this state, answers among them, in the order of the states."""
    return tuple(after for after in State if MOVES[state].get(after) is side)


def check_move(state: State, after: State, side: Side, reason: str | None) -> None:
    """Raises Conflict for a state that does not follow or takes the other half's hand, BadInput without its reason."""
    if MOVES[state].get(after) is not side:
        able = [one.value for one in next_states(state, side) if one not in BY_ANSWER]
        raise Conflict(
            f"The request is {state.value}: your side cannot make it {after.value}.", field="to",
            remedy=f"You may make it: {', '.join(able)}." if able else "Read it again, or write a comment.",
        )  # fmt: skip
    if after in NEED_REASON and state is not S.DRAFT and not reason:
        raise BadInput(f"Say why it is {after.value}.", field="reason", remedy="Give a reason.")


def lacking(description: Description) -> tuple[str, ...]:
    """Which of the facts that identify a firearm are missing; empty when all are there."""
    found = [name for name in IDENTIFYING if not getattr(description, name)]
    serial = any(mark.kind == "serial" for mark in description.marks)
    return (*found, *(() if serial else ("serial",)))


def check_asking(asking: Asking) -> None:
    """Raises BadInput for what a request must say before it goes out (International Tracing Instrument, para. 17)."""
    if asking.priority is Priority.URGENT and not asking.urgent_reason:
        raise BadInput("An urgent request says why.", field="urgent_reason", remedy="Say why, or ask routinely.")
    if not asking.grounds:
        raise BadInput("No ground says why the firearm is illicit.", field="grounds", remedy="Name one of five.")
    if not asking.intended_use:
        raise BadInput("It is not said what the answer is for.", field="intended_use", remedy="Say it in words.")
    if asking.description.recovery is None:
        raise BadInput(
            "The request does not say where the firearm was recovered.", field="description.recovery",
            remedy="Give at least the country.",
        )  # fmt: skip
    if not asking.description.marks and not asking.description.make:
        raise BadInput(
            "Nothing identifies the firearm: no mark and no make.", field="description.marks",
            remedy="Give every mark as it can be read, and the make.",
        )  # fmt: skip


def sent(description: Description, own: OwnPart, *, with_possessor: bool) -> Description:
    """The description as it goes out, the possessor only where chosen. Raises NotAllowed for somebody to protect."""
    values = {name: getattr(description, name) for name in Description.__slots__ if name != "possessor"}
    if with_possessor and own.possessor_protected:
        raise NotAllowed(
            "Somebody to protect is never sent with a request.", field="send_possessor",
            remedy="Leave the possessor out; the firearm is traced without.",
        )  # fmt: skip
    return Description(**values, possessor=own.possessor if with_possessor else None)


def check_answer(answer: Answer, today: date) -> None:
    """Raises BadInput for a reason that does not go with the class, and for what an answer must add."""
    fitting = REASONS.get(answer.kind, frozenset())
    if fitting and answer.why not in fitting:
        raise BadInput(
            f"An answer {answer.kind.value} says why.", field="why",
            remedy=f"Name one of: {', '.join(sorted(one.value for one in fitting))}.",
        )  # fmt: skip
    if not fitting and answer.why is not None:
        raise BadInput("What was traced needs no reason why not.", field="why", remedy="Leave it out.")
    if answer.kind is AnswerClass.REFUSED and not answer.words:
        raise BadInput("A refusal gives its reasons in words.", field="words", remedy="Say what stands against it.")
    if answer.kind is AnswerClass.REFUSED and answer.partial:
        raise BadInput("A refusal is no partial result.", field="partial", remedy="Answer, or refuse in the end.")
    if answer.why is WhyNot.FOREIGN_ORIGIN and not answer.ask_next:
        raise BadInput("Which country is to be asked?", field="ask_next", remedy="Name the country of origin.")
    if answer.use_until is not None and answer.use_until < today:
        raise BadInput("The answer could never be read.", field="use_until", remedy="Give a day to come.")


def check_steps(kind: AnswerClass | None, steps: Iterable[Step]) -> None:
    """Raises BadInput for intervals that end before they begin, and for a trace that shows nobody."""
    every = list(steps)
    for place, step in enumerate(every):
        if step.since and step.until and step.until.latest < step.since.earliest:
            raise BadInput("The interval ends before it begins.", field=f"steps.{place}.until", remedy="Swap them.")
        if step.lawful and step.evidence.value == "none":
            raise BadInput(
                "Lawful custody needs some evidence.", field=f"steps.{place}.evidence",
                remedy="Say what it rests on, or leave open whether it was lawful.",
            )  # fmt: skip
    if kind in TRACED and not any(step.released for step in every):
        raise BadInput(
            "A trace names at least one interval of custody.", field="steps", remedy="Release the last lawful one."
        )


def check_forwarding(parent: Request, asked: str) -> None:
    """Raises for a request of which nothing may be passed on: by its asker's limits, or because it has ended.

    `parent` is the request this one follows. One's own hops follow each other freely unless withdrawn.
    """
    if parent.state in (S.DRAFT, S.WITHDRAWN):
        raise Conflict(f"The request it follows is {parent.state.value}.", field="parent", remedy="Submit it first.")
    if parent.mine is not ASKED:
        return
    if parent.state not in OPEN:
        raise Conflict("The request it follows has ended.", field="parent", remedy="Ask anew, without it.")
    if Restriction.NOT_PASSED_ON in parent.asking.limits.codes and asked != parent.asker:
        raise passed_on(parent.asker)


def check_carried(step: Step, to: str) -> None:
    """Raises NotAllowed where the party that told an interval forbids passing it on to `to`."""
    if Restriction.NOT_PASSED_ON in step.limits.codes and step.party != to:
        raise passed_on(step.party)


def passed_on(party: str) -> NotAllowed:
    """The refusal to hand on what a party limited."""
    return NotAllowed(
        f"{party} does not allow that this is passed on to a third party.", field="limits",
        remedy=f"Ask {party} to release it, in the thread of its request.",
    )


def limits_in_force(every: Iterable[Limits]) -> Limits:
    """All limits together, as they are shown on a reading: each code once, the words one after the other."""
    listed = list(every)
    codes = tuple(code for code in Restriction if any(code in one.codes for one in listed))
    words = "; ".join(dict.fromkeys(one.words for one in listed if one.words))
    return Limits(codes, words or None)


def digest_of(asked: str, asking: Asking, own: OwnPart, extra: Mapping[str, Any]) -> bytes:
    """What makes a request the same request when its id comes again: SHA-256 of everything it says."""
    said = {"asked": asked, "asking": asdict(asking), "own": asdict(own), **extra}
    return sha256(json.dumps(said, sort_keys=True, default=str).encode()).digest()
