"""The tables of the data subjects' desk: seen by data protection officers alone, each party its own part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from tripoint.base.database import Row, Session
from tripoint.desks.subjects.model import (
    Concerned,
    Decision,
    Deed,
    Ground,
    Outcome,
    PartyAnswer,
    Received,
    Request,
    RequestKind,
    RequestState,
    Ruling,
)
from tripoint.engines.sealing import Sealed
from tripoint.records.model import RecordKind
from tripoint.records.sealed.model import DataKeyRow

ADD = """
insert into subject_request (id, party, kind, reference, received_on, nonce, ciphertext)
values (%(id)s, %(party)s, %(kind)s, %(reference)s, %(received_on)s, %(nonce)s, %(ciphertext)s)
on conflict (party, reference) do nothing
"""
# Of a request that another party received, file number, ground and outcome stay there.
REQUESTS = """
select r.id, p.code as party, r.kind, r.state, r.received_on, r.admitted_at, r.due_at, r.reminded, r.ended_at,
       r.nonce, r.ciphertext,
       case when r.party = %(party)s then r.reference end as reference,
       case when r.party = %(party)s then r.outcome end as outcome,
       case when r.party = %(party)s then r.ground end as ground,
       not exists (select from subject_consultation c
                    where c.request = r.id and c.party = %(party)s and c.decided_at is null) as decided
  from subject_request r join party p on p.number = r.party
 where (%(id)s::uuid is null or r.id = %(id)s)
 order by r.due_at nulls first, r.received_on, r.id limit %(limit)s
"""
LOCK = "select 1 from subject_request where id = %(id)s for update"
MOVE = """
update subject_request set state = %(state)s, admitted_at = coalesce(%(admitted)s, admitted_at),
       due_at = coalesce(%(due)s, due_at), ended_at = %(ended)s, outcome = %(outcome)s, ground = %(ground)s
 where id = %(id)s
"""
CONSULT = """
insert into subject_consultation (request, party, asked_at) select %(id)s, unnest(%(parties)s::smallint[]), %(at)s
"""
ANSWERS = "select * from subject_answers(%(id)s, %(at)s)"
DECIDE = """
update subject_consultation set decided_at = %(at)s, decision = %(decision)s, words = %(words)s, reason = %(reason)s
 where request = %(id)s and party = %(party)s and decided_at is null
"""
CONCERN = """
insert into subject_record (request, party, kind, record, deed)
values (%(id)s, %(party)s, %(kind)s, %(record)s, %(deed)s) on conflict (request, kind, record) do nothing
"""
OWN_RULING = """
select decision, reason, words from subject_consultation
 where request = %(id)s and party = %(party)s and decided_at is not null
"""
OWN_RECORDS = "select kind, record, deed from subject_record where request = %(id)s and party = %(party)s order by record"
OWN_PERSONS = """
select id, content from person where id = any(%(ids)s::uuid[]) and owner = %(party)s and ended_at is null
"""
KEY_OF = "select * from subject_key(%(id)s)"
ERASED = "select version, erased_at from erasure where record = %(id)s and owner = %(party)s"
TEND = "select tend_subject_requests(%(at)s)"
MOST = 500


def add(session: Session, which: UUID, party: int, received: Received, sealed: Sealed) -> bool:
    """Keep a new request; False when the party's office has this file number already."""
    row = {
        "id": which, "party": party, "kind": received.kind.value, "reference": received.reference,
        "received_on": received.received_on, "nonce": sealed.nonce, "ciphertext": sealed.ciphertext,
    }  # fmt: skip
    return session.exec_driver_sql(ADD, row).rowcount == 1


def requests(session: Session, party: int, which: UUID | None = None) -> list[Request]:
    """The requests that the party received or is asked about, the most pressing first; or the one named by id."""
    row = {"party": party, "id": which, "limit": MOST}
    return [request_of(found) for found in session.exec_driver_sql(REQUESTS, row).mappings().all()]


def request_of(row: Row) -> Request:
    """A request from its row."""
    return Request(
        row["id"], row["party"], RequestKind(row["kind"]), RequestState(row["state"]), row["received_on"],
        row["admitted_at"], row["due_at"], row["reminded"], row["ended_at"], row["decided"],
        None if row["ciphertext"] is None else Sealed(bytes(row["nonce"]), bytes(row["ciphertext"])), row["reference"],
        Outcome(row["outcome"]) if row["outcome"] else None, Ground(row["ground"]) if row["ground"] else None,
    )  # fmt: skip


def lock(session: Session, which: UUID) -> None:
    """Let nobody else move this request until the transaction ends."""
    session.exec_driver_sql(LOCK, {"id": which})


def move(
    session: Session, which: UUID, state: RequestState, *, admitted: datetime | None = None,
    due: datetime | None = None, ended: datetime | None = None, outcome: Outcome | None = None,
    ground: Ground | None = None,
) -> None:  # fmt: skip
    """Write the next state of a request that the own party received."""
    session.exec_driver_sql(MOVE, {
        "id": which, "state": state.value, "admitted": admitted, "due": due, "ended": ended,
        "outcome": outcome.value if outcome else None, "ground": ground.value if ground else None,
    })  # fmt: skip


def consult(session: Session, which: UUID, parties: Iterable[int], at: datetime) -> None:
    """Ask these parties, by number, to decide about their own records."""
    session.exec_driver_sql(CONSULT, {"id": which, "parties": sorted(parties), "at": at})


def answers(session: Session, which: UUID, at: datetime) -> list[PartyAnswer]:
    """What the parties asked let be told, as far as it is open at that moment; for the receiving party."""
    rows: Sequence[Any] = session.exec_driver_sql(ANSWERS, {"id": which, "at": at}).all()
    return [
        PartyAnswer(party, Decision(decision) if decision else None, words, late)
        for party, decision, words, late in rows
    ]


def decide(session: Session, which: UUID, party: int, ruling: Ruling, at: datetime) -> bool:
    """Keep the party's decision and the records concerned; False where it is not asked or has decided."""
    row = {
        "id": which, "party": party, "at": at, "decision": ruling.decision.value, "words": ruling.words,
        "reason": ruling.reason,
    }  # fmt: skip
    if session.exec_driver_sql(DECIDE, row).rowcount != 1:
        return False
    for one in ruling.records:
        session.exec_driver_sql(CONCERN, {
            "id": which, "party": party, "kind": one.kind.value, "record": one.record, "deed": one.deed.value,
        })  # fmt: skip
    return True


def own_ruling(session: Session, which: UUID, party: int) -> Ruling | None:
    """The party's own decision, None before it."""
    row = {"id": which, "party": party}
    found = session.exec_driver_sql(OWN_RULING, row).first()
    if found is None:
        return None
    records = session.exec_driver_sql(OWN_RECORDS, row).all()
    concerned = tuple(Concerned(RecordKind(kind), record, Deed(deed)) for kind, record, deed in records)
    return Ruling(Decision(found.decision), found.reason, found.words, concerned)


def own_persons(session: Session, party: int, ids: Sequence[UUID]) -> list[Row]:
    """Id and content of those persons among `ids` that the party itself lists."""
    return list(session.exec_driver_sql(OWN_PERSONS, {"ids": list(ids), "party": party}).mappings().all())


def key_of(session: Session, which: UUID) -> DataKeyRow | None:
    """The wrapped data key of a request's particulars."""
    found = session.exec_driver_sql(KEY_OF, {"id": which}).first()
    return None if found is None else DataKeyRow(found.record, found.slot, found.owner_key, bytes(found.wrapped))


def erased(session: Session, party: int, record: UUID) -> dict[str, Any] | None:
    """What is left of a record of the party that was erased, in the names of a record's row."""
    found = session.exec_driver_sql(ERASED, {"id": record, "party": party}).first()
    if found is None:
        return None
    return {"owner": party, "version": found.version, "changed_at": found.erased_at, "ended_at": found.erased_at}


def tend(session: Session, at: datetime) -> int:
    """Remind and erase what is due at that moment; how many reminders. For the relay only."""
    return int(session.exec_driver_sql(TEND, {"at": at}).scalar_one())
