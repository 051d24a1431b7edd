"""Many checks in one visit: each answered and kept as if it had come alone, all of them in a few exchanges."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

from tripoint.access import store as access_store
from tripoint.access.lookup import MaybePersons
from tripoint.access.model import Act, AuditNote
from tripoint.access.rules import Standing, standing
from tripoint.access.visit import Visit
from tripoint.base.database import Statement, together
from tripoint.base.errors import IdReused, QueryFailed, StillAnswering, TripointError
from tripoint.base.keyring import KeyRing
from tripoint.desks.checks import many_store, meeting, raising, rules, store, work
from tripoint.desks.checks.model import Answer, Failed, HitState, Met, OwnerContact, Question, Told
from tripoint.engines.screening import MODEL, prepare
from tripoint.records.codec import description_to_json
from tripoint.words.people import PersonDescription

Row = Mapping[str, Any]
PERSONS_FAILED = Failed("person", "The person lists could not be searched; ask again.")


@dataclass(frozen=True, slots=True)
class Line:
    """One check of many: the question, and the body it came as, without its id."""

    question: Question
    asked: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What the common looks found for one question."""

    claim: Row
    sealed: Sequence[Row]
    documents: Sequence[Row]
    vehicles: Sequence[Row]
    firearms: Sequence[Row]
    persons: MaybePersons | None  # None where they could not be searched, or none was asked for


@dataclass(slots=True)
class Chunk:
    """What the checks of one visit have in common, and what is kept of them at its end."""

    visit: Visit
    sets: str
    confirmed: Mapping[UUID, Row]
    owners: dict[int, tuple[str, str, str]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)

    def contact(self, owner: int) -> OwnerContact:
        """The party to ask."""
        if not self.owners:
            self.owners = store.owners(self.visit.session)
        return OwnerContact(owner, *self.owners[owner])


def looks(lines: Sequence[Line], keys: KeyRing) -> list[Statement]:
    """What a visit may look at together with its sign-on, before it asks."""
    questions = [line.question for line in lines]
    return many_store.looks(questions, [work.sealed_marks(question, keys) for question in questions])


def ask_many(visit: Visit, lines: Sequence[Line]) -> list[Answer | TripointError]:
    """Answer many checks, each with its answer or its own error, in their order.

    The ids differ from each other. What concerns them all (the database gone, an id answered meanwhile) is raised, and
    then nothing of any was kept: they are to be asked one by one (`work.ask`), which gives the same answers. The visit
    may have taken the first looks (`looks`) already, with its sign-on.
    """
    found = look(visit, lines)
    wanted = (which for one in found if one.persons for which in one.persons.ids)
    sets = visit.memory.get(("sets", visit.party), lambda: store.known_sets(visit.session))
    chunk = Chunk(visit, sets, many_store.confirm_persons(visit.session, wanted))
    answers = [answered(chunk, line, one) for line, one in zip(lines, found, strict=True)]
    for statement in many_store.kept(chunk.rows):
        visit.at_the_end(statement)
    write_together(visit)
    return answers


def look(visit: Visit, lines: Sequence[Line]) -> list[Found]:
    """What is found for each line; persons in the index, all else in one exchange."""
    claims, *others = visit.ahead or together(visit.session, looks(lines, visit.keys))
    visit.ahead.clear()
    sealed, documents, vehicles, firearms = (many_store.by_place(rows) for rows in others)
    return [
        Found(
            claims[at], sealed.get(at, ()), documents_of(visit, line.question, documents.get(at, ())),
            vehicles.get(at, ()), firearms.get(at, ()), persons_of(visit, line.question.person),
        )
        for at, line in enumerate(lines)
    ]  # fmt: skip


def documents_of(visit: Visit, question: Question, found: Sequence[Row]) -> Sequence[Row]:
    """The documents of one question; where near numbers are wished for, they are looked for now."""
    return many_store.near_documents(visit.session, question) if question.document and question.near else found


def persons_of(visit: Visit, asked: PersonDescription | None) -> MaybePersons | None:
    """Whom a description may mean; None where nobody was asked for or the index cannot be searched now."""
    if asked is None:
        return None
    try:
        return visit.persons.search(
            asked, visit.party, meeting.MOST_CANDIDATES, MODEL.thresholds[-1][1] - meeting.ROUNDING
        )
    except QueryFailed:
        return None


def answered(chunk: Chunk, line: Line, found: Found) -> Answer | TripointError:
    """The answer to one line, or what is wrong with it alone; as `work.ask` has it."""
    body_hash = sha256(store.as_json(line.asked).encode()).digest()
    try:
        if not found.claim["free"]:
            raise StillAnswering
        stands = standing(found.claim["earlier"] and bytes(found.claim["earlier"]), body_hash)
        if stands is Standing.REUSED:
            raise IdReused(field="id")
        if stands is Standing.REPEATED:
            return work.look_again(chunk.visit, line.question)
        work.check_place(line.question, found.claim)
    except TripointError as error:
        return error
    return answered_anew(chunk, line, found, body_hash)


def answered_anew(chunk: Chunk, line: Line, found: Found, body_hash: bytes) -> Answer:
    """The answer to a question that was never asked before, kept with its hits and the word to those concerned."""
    visit, question, coordinator = chunk.visit, line.question, found.claim["coordinator"]
    met, failed = meet_found(chunk, question, found)
    known, blind = rules.told_and_blind(met)
    hits = raising.raise_hits(visit, question, known, coordinator)
    told = tuple(
        Told(hits[one.record], one, HitState.NEW, chunk.contact(one.owner)) for one in map(rules.as_told, known)
    )
    grade = rules.best_grade(one.met for one in told)
    answer = Answer(question, visit.clock(), grade, store.sets_from(chunk.sets), told, failed)
    chunk.rows.append(store.kept(
        answer, party=visit.party, officer=visit.officer.id, device=visit.sign_in.device, coordinator=coordinator,
        asked=line.asked, body_hash=body_hash, sets=chunk.sets, blind=raising.in_waiting(visit, question, blind),
    ).parameters)  # fmt: skip
    visit.note(AuditNote(Act.ASK_CHECK, "check", question.id, visit.party, purpose=question.purpose.value))
    return answer


def meet_found(chunk: Chunk, question: Question, found: Found) -> tuple[list[Met], tuple[Failed, ...]]:
    """Everything the question meets of what was found, in the order of `meeting.meet`."""
    party, met = chunk.visit.party, [meeting.met_sealed(row, chunk.visit.party) for row in found.sealed if row["level"]]
    if question.document:
        met += [meeting.met_document(question.document, row, party) for row in found.documents if row["level"]]
    if question.person and found.persons:
        met += met_persons(chunk, question.person, found.persons.ids)
    if question.vehicle:
        met += [meeting.met_vehicle(question.vehicle, row) for row in found.vehicles if row["level"]]
    if question.firearm:
        met += meeting.met_firearms(question.firearm, found.firearms)
    today = chunk.visit.clock().date()
    return [rules.without_who(one, today) for one in rules.best_of_each(met)], failed_of(question, found.persons)


def met_persons(chunk: Chunk, asked: PersonDescription, ids: Iterable[UUID]) -> list[Met]:
    """Of the persons found in the index those that the database confirms and the explained score bears out."""
    rows = [chunk.confirmed[which] for which in ids if which in chunk.confirmed]
    if not rows:
        return []
    prepared, as_asked = prepare(asked), description_to_json(asked)
    met = (meeting.met_by_name(dict(row), prepared, as_asked, chunk.visit.party) for row in rows if row["level"])
    return [one for one in met if one is not None]


def failed_of(question: Question, persons: MaybePersons | None) -> tuple[Failed, ...]:
    """What could not be searched, or not to the end."""
    if question.person is None:
        return ()
    if persons is None:
        return (PERSONS_FAILED,)
    return (Failed("person", persons.late),) if persons.late else ()


def write_together(visit: Visit) -> None:
    """Let the rows of the trail go out in one statement; the door writes the last one, as it does for every visit."""
    if len(visit.notes) < 2:
        return
    rows = [access_store.audit_row(visit, note) for note in visit.notes[:-1]]
    visit.at_the_end(many_store.noted(rows))
    del visit.notes[:-1]
