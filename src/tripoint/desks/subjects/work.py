"""What data protection officers do with people's requests: receive, admit, search, decide, answer."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tripoint.access import work as access
from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, Conflict, NotAllowed, NotFound
from tripoint.base.keyring import INDEX
from tripoint.desks.subjects import particulars, rules, store
from tripoint.desks.subjects.model import (
    Answered,
    Concerned,
    Ground,
    MaybeConcerned,
    Received,
    Request,
    RequestFile,
    RequestState,
    Ruling,
    Search,
)
from tripoint.engines.screening import MODEL, prepare, score
from tripoint.records import store as records
from tripoint.records.codec import description_from_json
from tripoint.records.sealed import rules as sealed_rules, store as sealed_store
from tripoint.words.people import PersonDescription

KIND = "subject_request"  # in the trail
MOST_FOUND = 30


def receive(visit: Visit, received: Received) -> Request:
    """Write down a request that came in. Raises BadInput, and Conflict for a file number in use."""
    received = rules.normalised(received, visit.clock().date())
    which = visit.new_id()
    sealed = particulars.put(visit, which, received.person)
    if not store.add(visit.session, which, visit.party, received, sealed):
        raise Conflict(f"There is a request {received.reference!r} already.", field="reference", remedy="Look it up.")
    note(visit, Act.RECEIVE_SUBJECT_REQUEST, which, visit.party)
    return find(visit, which)


def list_requests(visit: Visit) -> list[Request]:
    """The requests that the own party received or is asked about, the most pressing first."""
    return store.requests(visit.session, visit.party)


def find(visit: Visit, which: UUID, *, lock: bool = False) -> Request:
    """One request. Raises NotFound."""
    if lock:
        store.lock(visit.session, which)
    found = store.requests(visit.session, visit.party, which)
    if not found:
        raise NotFound
    return found[0]


def own(visit: Visit, which: UUID) -> Request:
    """A request that the own party received, to be moved on. Raises NotFound, or NotAllowed for another party's."""
    request = find(visit, which, lock=True)
    if request.party != visit.officer.party.code:
        raise NotAllowed("Only the party that received a request moves it on.", remedy=f"Ask {request.party}.")
    return request


def read(visit: Visit, which: UUID) -> RequestFile:
    """One request with what may be known of it; the reading is on the trail. Raises NotFound."""
    request = find(visit, which)
    ours = request.party == visit.officer.party.code
    note(visit, Act.READ_SUBJECT_REQUEST, which, number_of(visit, request.party))
    answers = store.answers(visit.session, which, visit.clock()) if ours else []
    ruling = store.own_ruling(visit.session, which, visit.party)
    return RequestFile(request, particulars.opened(visit, request), tuple(answers), ruling)


def admit(visit: Visit, which: UUID, parties: Sequence[str]) -> Request:
    """Start the clock and ask the own party and these others, by code, for what they hold.

    Raises NotFound, NotAllowed, BadInput for parties that do not take part, Conflict for one not newly received.
    """
    request = own(visit, which)
    rules.check_state(request, RequestState.RECEIVED)
    known = {party.code: party.number for party in access.list_parties(visit)}
    if strangers := sorted(set(parties) - set(known)):
        raise BadInput(
            f"No such party: {', '.join(strangers)}.", field="parties", remedy="GET /api/parties lists the codes."
        )
    asked = {known[code] for code in parties} | {visit.party}
    now = visit.clock()
    store.move(visit.session, which, RequestState.ADMISSIBLE, admitted=now, due=rules.due_at(request.kind, now))
    store.consult(visit.session, which, asked, now)
    note(visit, Act.ADMIT_SUBJECT_REQUEST, which, visit.party, recipients=tuple(sorted(asked - {visit.party})))
    return find(visit, which)


def turn_away(visit: Visit, which: UUID, ground: Ground) -> Request:
    """Do not admit a request, for a ground the person is told. Raises as `admit` does."""
    rules.check_state(own(visit, which), RequestState.RECEIVED)
    store.move(visit.session, which, RequestState.INADMISSIBLE, ended=visit.clock(), ground=ground)
    note(visit, Act.ADMIT_SUBJECT_REQUEST, which, visit.party, outcome=ground.value)
    return find(visit, which)


def search(visit: Visit, which: UUID) -> Search:
    """Whom of the own party's lists the particulars may mean, likeliest first.

    Only the own party's records, whatever the index finds. Raises NotFound, Conflict once they are erased,
    QueryFailed while persons cannot be searched.
    """
    request = find(visit, which)
    person = particulars.opened(visit, request)
    if person is None:
        raise Conflict("The particulars were erased.", remedy="Take in a new request.")
    note(visit, Act.FIND_SUBJECT_RECORDS, which, visit.party)
    maybe = visit.persons.search(person, visit.party, MOST_FOUND, MODEL.thresholds[-1][1])
    asked = prepare(person)
    found = [
        MaybeConcerned(row["id"], round(score(asked, description_from_json(row["content"])).score, 4))
        for row in store.own_persons(visit.session, visit.party, maybe.ids)
    ]
    found += [MaybeConcerned(which, 1.0, sealed=True) for which in sealed_records(visit, person)]
    return Search(tuple(sorted(found, key=lambda one: (-one.score, one.record))), maybe.late)


def sealed_records(visit: Visit, person: PersonDescription) -> list[UUID]:
    """The own party's sealed records of exactly this name and birth, or of one of these documents."""
    keys = [key.secret for key in visit.keys.keys(INDEX)]
    marks = sealed_rules.asked_marks(person, [], keys)
    return [row[0] for row in sealed_store.found(visit.session, marks)] if marks else []


def decide(visit: Visit, which: UUID, ruling: Ruling) -> RequestFile:
    """The own party's decision about its own records; each of them is on the trail.

    Raises NotFound for records not its own, BadInput and Conflict as the rules do.
    """
    request = find(visit, which, lock=True)
    rules.check_state(request, RequestState.ADMISSIBLE)
    rules.check_ruling(request.kind, ruling)
    for one in ruling.records:
        note_deed(visit, request, one)
    if not store.decide(visit.session, which, visit.party, ruling, visit.clock()):
        raise Conflict("Your party has decided already.", remedy="Read the request again.")
    note(visit, Act.DECIDE_SUBJECT_REQUEST, which, visit.party, outcome=ruling.decision.value)
    moved, kept = find(visit, which), store.own_ruling(visit.session, which, visit.party)
    return RequestFile(moved, particulars.opened(visit, moved), (), kept)


def note_deed(visit: Visit, request: Request, one: Concerned) -> None:
    """The line for the trail of a record concerned. Raises NotFound unless it is the own party's, Conflict."""
    row = records.find(visit.session, one.kind, one.record) or store.erased(visit.session, visit.party, one.record)
    if row is None or row["owner"] != visit.party:
        raise NotFound
    rules.check_deed(one.deed, row, request.received_on)
    visit.note(AuditNote(
        Act.DECIDE_SUBJECT_REQUEST, one.kind.value, one.record, visit.party, row["version"], outcome=one.deed.value
    ))  # fmt: skip


def answer(visit: Visit, which: UUID) -> Answered:
    """Close the request with what the person is told. Raises NotFound, NotAllowed, Conflict."""
    request = own(visit, which)
    rules.check_state(request, RequestState.ADMISSIBLE)
    now = visit.clock()
    overdue = request.due_at is not None and now >= request.due_at
    told = rules.answer(store.answers(visit.session, which, now), overdue=overdue)
    store.move(visit.session, which, RequestState.ANSWERED, ended=now, outcome=told.outcome)
    note(visit, Act.ANSWER_SUBJECT_REQUEST, which, visit.party, outcome=told.outcome.value)
    return told


def withdraw(visit: Visit, which: UUID) -> Request:
    """The person takes the request back. Raises NotFound, NotAllowed, Conflict."""
    rules.check_state(own(visit, which), RequestState.RECEIVED, RequestState.ADMISSIBLE)
    store.move(visit.session, which, RequestState.WITHDRAWN, ended=visit.clock())
    note(visit, Act.ANSWER_SUBJECT_REQUEST, which, visit.party, outcome=RequestState.WITHDRAWN.value)
    return find(visit, which)


def number_of(visit: Visit, code: str) -> int:
    """The number of a party by its code."""
    return next(party.number for party in access.list_parties(visit) if party.code == code)


def note(
    visit: Visit, act: Act, which: UUID, owner: int, *, outcome: str = "done", recipients: tuple[int, ...] = ()
) -> None:
    """The line for the trail. Its owner is who may see it: the receiving party, or whoever decides for itself."""
    visit.note(AuditNote(act, KIND, which, owner, recipients=recipients, outcome=outcome))
