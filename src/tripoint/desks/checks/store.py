"""The tables of the checks desk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from tripoint.base.announcements import Announcement
from tripoint.base.database import Session, Statement, together
from tripoint.base.errors import StillAnswering
from tripoint.desks.checks.model import Answer, Failed, HitState, KnownSet, Met, Question, Urgency
from tripoint.words.documents import one_edit

Row = dict[str, Any]

# One look before any search: is the same question in hand or answered, and is the operation open to the asker?
CLAIM = """
select pg_try_advisory_xact_lock(me(), %(lock)s) as free,
       (select body_hash from check_made where party = me() and id = %(id)s) as earlier,
       (select coordinator from operation where id = %(operation)s and now() between starts_at and ends_at) as coordinator,
       exists (select from post where id = %(post)s and operation = %(operation)s) as post_known
"""
SETS = """
select coalesce(json_agg(json_build_object('id', s.id, 'name', s.name, 'owner', p.code, 'kind', s.kind,
                                           'as_of', to_char(s.as_of, 'YYYY-MM-DD"T"HH24:MI:SSZ')) order by p.code, s.name), '[]')::text
  from record_set s join party p on p.number = s.owner
"""
SEARCH_DOCUMENTS = "select * from search_documents(%(number)s, %(issuer)s, %(near)s::text[])"
CONFIRM_PERSONS = "select * from confirm_persons(%(found)s::uuid[])"
SEARCH_VEHICLES = "select * from search_vehicles(%(vin)s, %(plate)s, %(country)s)"
SEARCH_SEALED = "select * from search_sealed(%(marks)s::bytea[])"
KEEP = """
with made as (
  insert into check_made (party, id, officer, device, operation, post, coordinator, purpose, kinds, grade, complete, latitude, longitude,
                          device_time, asked_at, body_hash, sets_digest, failed)
  values (%(party)s, %(id)s, %(officer)s, %(device)s, %(operation)s, %(post)s, %(coordinator)s, %(purpose)s, %(kinds)s, %(grade)s, %(complete)s,
          %(latitude)s, %(longitude)s, %(device_time)s, %(asked_at)s, %(body_hash)s, %(sets_digest)s, %(failed)s)),
sets as (insert into searched_sets (party, digest, sets) values (%(party)s, %(sets_digest)s, %(sets)s) on conflict do nothing),
told as (insert into outbox (kind, parties, ref, facts) values ('checks', %(told)s, %(id)s, %(facts)s))
insert into check_question (party, id, asked, retain_until) values (%(party)s, %(id)s, %(asked)s, current_date + 365)
"""
RAISE = """
insert into hit (id, check_party, check_id, kind, record, record_version, owner, asker, level, coordinator, operation, post, grade, score, raised_at, due_at, expires_at)
values (%(id)s, %(party)s, %(check)s, %(kind)s, %(record)s, %(version)s, %(owner)s, %(party)s, %(level)s, %(coordinator)s, %(operation)s, %(post)s,
        %(grade)s, %(score)s, %(at)s, %(due_at)s, %(expires_at)s)
"""
RAISE_FINDING = """
insert into hit_finding (hit, owner, asker, level, kind, grade, score, record_version, asked, held, comparison, reasons, model, nature, action, instructions, protect)
values (%(id)s, %(owner)s, %(party)s, %(level)s, %(kind)s, %(grade)s, %(score)s, %(version)s, %(asked)s, %(held)s, %(comparison)s, %(reasons)s, %(model)s,
        %(nature)s, %(action)s, %(instructions)s, %(protect)s)
"""
POINTED_TO = "select pointed_to(%(kind)s, %(record)s, %(other)s) as pointed"
ADD_EVENT = """
insert into hit_event (id, hit, at, state, party, officer, by_name, reason)
values (%(id)s, %(hit)s, %(at)s, %(state)s, %(party)s, %(officer)s, %(by_name)s, %(reason)s)
"""
# At level pointer the hit's own row says what everybody is told; what it was stands in the finding, for whom it is.
HITS = """
select h.id, h.check_id, h.check_party, coalesce(f.kind, h.kind) as kind, h.record, coalesce(f.record_version, h.record_version) as record_version, h.owner, h.asker,
       h.level, h.coordinator, h.operation, h.post, coalesce(f.grade, h.grade) as grade, coalesce(f.score, h.score) as score, h.state, h.urgency, h.raised_at,
       h.referred_at, h.due_at, h.expires_at, h.decided_at, h.outcome, h.outcome_at, h.override_reason, f.nature, f.action, f.protect, f.instructions,
       o.code as owner_code, o.name as owner_name, o.contact as owner_contact, a.code as asker_code, a.name as asker_name, a.contact as asker_contact,
       p.name as post_name, p.latitude, p.longitude
  from hit h join party o on o.number = h.owner join party a on a.number = h.asker
  left join hit_finding f on f.hit = h.id left join post p on p.id = h.post
"""
CHECKS = """
select c.id, c.asked_at, c.device_time, c.post, c.purpose, c.kinds, c.grade, o.name as officer, (select count(*) from hit h where h.check_party = c.party and h.check_id = c.id) as hits
  from check_made c left join officer o on o.id = c.officer
 where c.party = %(party)s and (%(post)s::uuid is null or c.post = %(post)s) and (%(operation)s::uuid is null or c.operation = %(operation)s)
   and (%(grade)s::text is null or c.grade = %(grade)s)
   and (%(before)s::timestamptz is null or (c.asked_at, c.id) < (%(before)s, %(before_id)s::uuid))
 order by c.asked_at desc, c.id desc limit %(limit)s
"""
COUNT = """
insert into check_count (party, coordinator, operation, post, minute, checks, persons, documents, vehicles, firearms)
select * from unnest(%(party)s::smallint[], %(coordinator)s::smallint[], %(operation)s::uuid[], %(post)s::uuid[], %(minute)s::timestamptz[],
  %(checks)s::integer[], %(persons)s::integer[], %(documents)s::integer[], %(vehicles)s::integer[], %(firearms)s::integer[])
on conflict (party, operation, post, minute, coordinator) do update set checks = check_count.checks + excluded.checks,
  persons = check_count.persons + excluded.persons, documents = check_count.documents + excluded.documents,
  vehicles = check_count.vehicles + excluded.vehicles, firearms = check_count.firearms + excluded.firearms
"""
EXPIRE = "update hit set state = 'expired' where state in ('new', 'referred') and expires_at < now() returning id, owner, asker, level, coordinator"


def as_json(value: Any) -> str:
    """JSON text for a jsonb column."""
    return json.dumps(value, ensure_ascii=False, default=in_json)


def in_json(value: Any) -> Any:
    """What JSON does not know: our nouns by their fields (without the copies that asdict makes), all else as text."""
    return {each.name: getattr(value, each.name) for each in fields(value)} if is_dataclass(value) else str(value)


def looks(question: Question, marks: Sequence[bytes] = ()) -> list[Statement]:
    """What is looked at before all else, for the party that asks: the claim, then sealed persons with these blind forms.

    Third the document, where nothing else is asked. The claim holds the question's id until the transaction ends. The
    sealed are looked for even without a form: a check's work does not tell whether anything was ever sealed.
    """
    lock = question.id.int & 0x7FFFFFFF  # of this party alone: two numbers are another space than one
    row = {"lock": lock, "id": question.id, "operation": question.operation, "post": question.post}
    first = [Statement(CLAIM, row), Statement(SEARCH_SEALED, {"marks": list(marks)})]
    return [*first, document_look(question)] if question.kinds == ("document",) else first


def document_look(question: Question) -> Statement:
    """Documents, and documents of listed people, that the asker's checks may meet.

    Where near numbers are wished for, what is met under one of them says so in its column `how`.
    """
    asked = question.document
    if asked is None:
        raise ValueError("A question without a document looks for none.")
    near = list(one_edit(asked.number)) if question.near else None
    return Statement(SEARCH_DOCUMENTS, {"number": asked.number, "issuer": asked.issuer, "near": near})


def known_sets(session: Session) -> str:
    """The lists the asker may know of, as the JSON text in which they are kept beside the check."""
    return str(session.exec_driver_sql(SETS).scalar_one())


@lru_cache(256)
def sets_from(text: str) -> tuple[KnownSet, ...]:
    """The lists from their JSON text; the same text comes with every check until a list changes."""
    return tuple(KnownSet(**one) for one in json.loads(text))


def confirm_persons(session: Session, found: Sequence[UUID]) -> list[Row]:
    """Of these persons, those alive that this party's checks may meet now, with what they are held as."""
    return together(session, [Statement(CONFIRM_PERSONS, {"found": list(found)})])[0]


def search_vehicles(session: Session, vin: str | None, plate: str | None, country: str | None) -> list[Row]:
    """Vehicles that this party's checks may meet."""
    return together(session, [Statement(SEARCH_VEHICLES, {"vin": vin, "plate": plate, "country": country})])[0]


def kept(
    answer: Answer, *, party: int, officer: UUID, device: str | None, coordinator: int | None, asked: Row,
    body_hash: bytes, sets: str, blind: Sequence[Row],
) -> Statement:  # fmt: skip
    """To keep a check with its question, the sets searched and its announcement, in one statement.

    `blind` is what was met blind, to be raised apart (raising.py). The statement ends in StillAnswering where the same
    id was answered between the look before the search and now.
    """
    told = [party] if coordinator in (None, party) else [party, coordinator]
    row = question_row(answer.question, coordinator, blind) | {
        "party": party,
        "officer": officer,
        "device": device,
        "grade": answer.grade.value,
        "complete": not answer.failed,
        "asked_at": answer.answered_at,
        "body_hash": body_hash,
        "sets_digest": sha256(sets.encode()).digest(),
        "sets": sets,
        "failed": as_json(answer.failed) if answer.failed else None,
        "told": told,
        "asked": as_json(asked),
    }
    return Statement(KEEP, row, taken=StillAnswering)


def question_row(question: Question, coordinator: int | None, blind: Sequence[Row]) -> Row:
    """What is kept of the question beside its text."""
    facts = {
        "operation": question.operation,
        "post": question.post,
        "kinds": question.kinds,
        "coordinator": coordinator,
        "blind": blind,
    }
    return {
        "id": question.id,
        "operation": question.operation,
        "post": question.post,
        "coordinator": coordinator,
        "purpose": question.purpose.value,
        "kinds": list(question.kinds),
        "latitude": question.latitude,
        "longitude": question.longitude,
        "device_time": question.device_time,
        "facts": as_json(facts),
    }


def hit_rows(hit_id: UUID, met: Met, facts: Row) -> Row:
    """One hit as rows: `header` for all who may know of it, as `facts` have it; `finding` for the owner, a full asker."""
    header = {
        "id": hit_id,
        "kind": met.kind.value,
        "record": met.record,
        "version": met.version,
        "owner": met.owner,
        "level": met.level.value,
        "grade": met.grade.value,
        "score": met.score,
        **facts,
    }
    finding = {
        "id": hit_id,
        "owner": met.owner,
        "party": facts["party"],
        "level": met.level.value,
        "kind": met.kind.value,
        "grade": met.grade.value,
        "score": met.score,
        "version": met.version,
        "asked": as_json(met.asked),
        "held": as_json(met.held),
        "comparison": as_json(met.comparison),
        "reasons": as_json(met.reasons),
        "model": met.model,
        "nature": met.nature,
        "action": met.action.value,
        "instructions": met.instructions,
        "protect": met.protect,
    }
    return {"header": header, "finding": finding}


def raised(hit: Row) -> list[Statement]:
    """To keep one hit. One that waited while the hub was upgraded says what it was in its header alone."""
    return [Statement(RAISE, hit["header"]), Statement(RAISE_FINDING, hit["header"] | hit["finding"])]


def keep_while_raising(session: Session, record: str) -> bool:
    """Whether a record was not erased; then it is not until this transaction ends. For the relay only."""
    return bool(session.exec_driver_sql("select keep_while_raising(%(id)s)", {"id": record}).scalar_one())


def add_event(session: Session, event: Row) -> None:
    """Add one step to a hit's history."""
    session.exec_driver_sql(ADD_EVENT, event)


def pointed_to(session: Session, met: Sequence[tuple[str, UUID]], other: int) -> list[bool]:
    """Of each record, by kind and id, whether party number `other` may learn that it was met."""
    asked = [Statement(POINTED_TO, {"kind": kind, "record": record, "other": other}) for kind, record in met]
    return [bool(row["pointed"]) for (row,) in together(session, asked)] if asked else []


def owners(session: Session) -> dict[int, tuple[str, str, str]]:
    """Code, name and contact of every party, by its number."""
    return {
        n: (code, name, contact)
        for n, code, name, contact in session.exec_driver_sql("select number, code, name, contact from party")
    }


def hits_where(session: Session, condition: str, parameters: Row, limit: int = 200) -> Sequence[RowMapping]:
    """Hits this party may see, newest first. `condition` is one of this module's own texts, never a caller's."""
    statement = f"{HITS} where {condition} order by h.raised_at desc, h.id desc limit %(limit)s"
    return session.exec_driver_sql(statement, {**parameters, "limit": limit}).mappings().all()


def hits_of_check(session: Session, party: int, check: UUID) -> Sequence[RowMapping]:
    """The hits of one check that the asker may know of."""
    return hits_where(
        session,
        "h.check_party = %(party)s and h.check_id = %(id)s and h.asker = %(party)s and h.level <> 'blind'",
        {"party": party, "id": check},
    )


def list_hits(session: Session, filters: Row) -> Sequence[RowMapping]:
    """The hit desk's queue."""
    return hits_where(
        session,
        "(%(state)s::text is null or h.state = %(state)s)"
        " and (%(before)s::timestamptz is null or (h.raised_at, h.id) < (%(before)s, %(before_id)s::uuid))"
        " and (%(side)s::text is null or (%(side)s = 'owner' and h.owner = %(party)s) or (%(side)s = 'asker' and h.asker = %(party)s)"
        " or (%(side)s = 'coordinator' and h.coordinator = %(party)s))",
        filters,
        filters["limit"],
    )


def one_hit(session: Session, hit: UUID, *, lock: bool = False) -> RowMapping | None:
    """One hit through the predicate; locked against other acts until the transaction ends when asked for."""
    if lock:
        session.exec_driver_sql("select 1 from hit where id = %(id)s for update", {"id": hit})
    found = hits_where(session, "h.id = %(id)s", {"id": hit}, 1)
    return found[0] if found else None


def finding(session: Session, hit: UUID) -> RowMapping | None:
    """What lies beneath a hit, for whom it is."""
    return session.exec_driver_sql("select * from hit_finding where hit = %(id)s", {"id": hit}).mappings().first()


def events(session: Session, hit: UUID) -> Sequence[RowMapping]:
    """A hit's history, oldest first; the names of another party's officers are theirs."""
    return (
        session.exec_driver_sql(
            "select e.at, e.state, p.code as party, case when e.party = me() then e.by_name end as by, e.reason"
            " from hit_event e join party p on p.number = e.party where e.hit = %(id)s order by e.at, e.id",
            {"id": hit},
        )
        .mappings()
        .all()
    )


def refer(session: Session, hit: UUID, urgency: Urgency, at: datetime, due: datetime) -> None:
    """A hit goes to its owner; the clock starts."""
    session.exec_driver_sql(
        "update hit set state = 'referred', urgency = %(urgency)s, referred_at = %(at)s, due_at = %(due)s where id = %(id)s",
        {"id": hit, "urgency": urgency.value, "at": at, "due": due},
    )


def decide(session: Session, hit: UUID, state: HitState, at: datetime) -> None:
    """The owner's word."""
    session.exec_driver_sql(
        "update hit set state = %(state)s, decided_at = %(at)s where id = %(id)s",
        {"id": hit, "state": state.value, "at": at},
    )


def record_outcome(session: Session, hit: UUID, outcome: str, override: str | None, at: datetime) -> None:
    """What became of it."""
    session.exec_driver_sql(
        "update hit set outcome = %(outcome)s, override_reason = %(override)s, outcome_at = %(at)s where id = %(id)s",
        {"id": hit, "outcome": outcome, "override": override, "at": at},
    )


def earlier_check(session: Session, party: int, check: UUID) -> RowMapping | None:
    """A check already answered, with its question and the sets of that moment; the asker's own."""
    return (
        session.exec_driver_sql(
            "select c.*, q.asked, s.sets from check_made c join check_question q using (party, id)"
            " join searched_sets s on s.party = c.party and s.digest = c.sets_digest where c.party = %(party)s and c.id = %(id)s",
            {"party": party, "id": check},
        )
        .mappings()
        .first()
    )


def list_checks(session: Session, parameters: Row) -> Sequence[RowMapping]:
    """The party's own checks, newest first."""
    return session.exec_driver_sql(CHECKS, parameters).mappings().all()


def failed_from(values: list[dict[str, str]] | None) -> tuple[Failed, ...]:
    """The failed parts of a stored check."""
    return tuple(Failed(**one) for one in values or ())


def count_checks(session: Session, heard: Sequence[Announcement]) -> None:
    """Add checks to the figures, by party, operation, post and minute; for the relay only."""
    sums: dict[tuple[Any, ...], list[int]] = {}
    nowhere = UUID(int=0)
    for told in heard:
        if told.at is None:
            raise ValueError("an announcement taken from the outbox has its moment")
        facts, minute = told.facts, told.at.replace(second=0, microsecond=0)
        coordinator = -1 if facts.get("coordinator") is None else facts["coordinator"]
        key = (
            told.parties[0],
            coordinator,
            UUID(facts.get("operation") or str(nowhere)),
            UUID(facts.get("post") or str(nowhere)),
            minute,
        )
        row = sums.setdefault(key, [0, 0, 0, 0, 0])
        for place, counted in enumerate(
            (True, *(kind in facts["kinds"] for kind in ("person", "document", "vehicle", "firearm")))
        ):
            row[place] += counted
    columns = zip(*((*key, *row) for key, row in sorted(sums.items(), key=str)), strict=True)
    names = ("party", "coordinator", "operation", "post", "minute", "checks", "persons", "documents", "vehicles", "firearms")
    session.exec_driver_sql(COUNT, {name: list(values) for name, values in zip(names, columns, strict=True)})


def expire(session: Session) -> Sequence[RowMapping]:
    """Let leads that nobody confirmed in time expire; for the relay only."""
    return session.exec_driver_sql(EXPIRE).mappings().all()
