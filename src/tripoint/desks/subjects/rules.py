"""Pure decisions of the data subjects' desk: clocks, what an owner may decide, what the person is told."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from tripoint.base.errors import BadInput, Conflict
from tripoint.desks.subjects.model import (
    Answered,
    Decision,
    Deed,
    Outcome,
    PartyAnswer,
    Received,
    Request,
    RequestKind,
    RequestState,
    Ruling,
)
from tripoint.records import rules as records
from tripoint.words.countries import read_country
from tripoint.words.documents import normalise_number
from tripoint.words.people import PersonDescription

# Months from admission to answer: Statute of the Commission for the Control of INTERPOL's Files, Art. 40.
MONTHS = {RequestKind.ACCESS: 4, RequestKind.CORRECTION: 9, RequestKind.DELETION: 9}
REMINDERS = (50, 80, 100)  # per cent of the clock; the database reckons the same in tend_subject_requests
PROVEN = {Deed.CORRECTED, Deed.DELETED}
DEEDS = {
    Decision.TOLD: {Deed.TOLD, Deed.WITHHELD},
    Decision.DONE: {Deed.CORRECTED, Deed.DELETED, Deed.KEPT},
    Decision.NOTHING_TO_TELL: {Deed.WITHHELD, Deed.KEPT},
}


def months_later(moment: datetime, months: int) -> datetime:
    """The same day and hour so many months later; a day the month does not have becomes its last."""
    year, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + year, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, calendar.monthrange(year, month)[1]))


def due_at(kind: RequestKind, admitted: datetime) -> datetime:
    """When the person must have been answered: 4 months after admission, 9 for correction and deletion."""
    return months_later(admitted, MONTHS[kind])


def reminder(admitted: datetime, due: datetime, now: datetime) -> int:
    """The highest reminder reached: 0, 50, 80 or 100 per cent of the clock."""
    return max((step for step in REMINDERS if now >= admitted + (due - admitted) * step / 100), default=0)


def normalised(received: Received, today: date) -> Received:
    """The request with codes and numbers as they are compared. Raises BadInput, also for one of a day to come."""
    if received.received_on > today:
        raise BadInput(
            "The request would have come in later than today.", field="received_on", remedy="Give the day it came in."
        )
    return replace(received, person=normalised_person(received.person))


def normalised_person(person: PersonDescription) -> PersonDescription:
    """The particulars with nationalities as codes and document numbers as they are compared. Raises BadInput."""
    documents = tuple(
        replace(
            document, number=records.read("person.documents", normalise_number, document.number),
            issuer=records.optional("person.documents", read_country, document.issuer),
        )
        for document in person.documents
    )  # fmt: skip
    nationalities = tuple(records.read("person.nationalities", read_country, code) for code in person.nationalities)
    return replace(person, nationalities=nationalities, documents=documents)


def check_state(request: Request, *wanted: RequestState) -> None:
    """Raises Conflict unless the request is in one of these states."""
    if request.state not in wanted:
        raise Conflict(f"The request is {request.state.value}.", remedy="Read it again.")


def check_ruling(kind: RequestKind, ruling: Ruling) -> None:
    """Raises BadInput for a decision that does not fit the request, or that does not say what it must."""
    fitting = Decision.TOLD if kind is RequestKind.ACCESS else Decision.DONE
    if ruling.decision not in (fitting, Decision.NOTHING_TO_TELL):
        raise BadInput(
            f"A request for {kind.value} is decided as {fitting.value} or nothing_to_tell.", field="decision"
        )
    if (ruling.decision is Decision.NOTHING_TO_TELL) == bool(ruling.words):
        raise BadInput(
            "Words for the person go with what is told or done, and only with it.", field="words",
            remedy="Say what may be told, or leave it out with nothing_to_tell.",
        )  # fmt: skip
    strange = sorted({one.deed.value for one in ruling.records} - {deed.value for deed in DEEDS[ruling.decision]})
    if strange:
        raise BadInput(f"{ruling.decision.value} does not go with {', '.join(strange)}.", field="records")
    if ruling.decision is Decision.DONE and not {one.deed for one in ruling.records} & PROVEN:
        raise BadInput("Nothing was corrected or deleted.", field="records", remedy="Name the records concerned.")


def check_deed(deed: Deed, row: Mapping[str, Any], received_on: date) -> None:
    """Raises Conflict for a correction or deletion that has not been made since the request came in."""
    changed = row["version"] > 1 and row["changed_at"].date() >= received_on
    ended = row["ended_at"] is not None
    if deed is Deed.CORRECTED and (not changed or ended):
        raise Conflict("The record has not been corrected yet.", field="records", remedy="Have it changed first.")
    if deed is Deed.DELETED and not ended:
        raise Conflict("The record has not been ended yet.", field="records", remedy="Have it ended first.")


def answer(answers: Sequence[PartyAnswer], *, overdue: bool) -> Answered:
    """What the person is told: the words that owners let be told, else what neither confirms nor denies.

    Raises Conflict while a party has still to decide and the clock has not run out; it does not say which.
    """
    if not overdue and any(one.decision is None for one in answers):
        raise Conflict("Not every party asked has decided.", remedy="Wait for them, or for the clock to run out.")
    words = tuple(one.words for one in answers if one.words)
    for decision, outcome in ((Decision.DONE, Outcome.DONE), (Decision.TOLD, Outcome.TOLD)):
        if any(one.decision is decision for one in answers):
            return Answered(outcome, words)
    return Answered(Outcome.NEITHER_CONFIRMED_NOR_DENIED, ())
