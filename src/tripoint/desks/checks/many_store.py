"""The tables of the checks desk for many checks at once: a look and a keeping for a whole chunk of questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from tripoint.base.database import Session, Statement, together
from tripoint.base.errors import StillAnswering
from tripoint.desks.checks import store
from tripoint.desks.checks.model import Question
from tripoint.desks.checks.rules import may_be_near
from tripoint.records.marks import check_wanted, met_look

Row = dict[str, Any]
MOST_CONFIRMED = 200  # persons that the database confirms at once

# As the single claim (store.py): is the same question in hand or answered, is its operation open, is its post known?
CLAIM_MANY = """
select pg_try_advisory_xact_lock(me(), q.lock) as free, c.body_hash as earlier, o.coordinator, p.id is not null as post_known
  from unnest(%(locks)s::integer[], %(ids)s::uuid[], %(operations)s::uuid[], %(posts)s::uuid[])
       with ordinality as q(lock, id, operation, post, place)
  left join check_made c on c.party = me() and c.id = q.id
  left join operation o on o.id = q.operation and now() between o.starts_at and o.ends_at
  left join post p on p.id = q.post and p.operation = q.operation
 order by q.place
"""
SEARCH_SEALED = "select * from search_sealed_many(%(places)s::integer[], %(marks)s::bytea[])"
SEARCH_DOCUMENTS = "select * from search_documents_many(%(places)s::integer[], %(numbers)s::text[], %(issuers)s::text[])"
SEARCH_VEHICLES = """
select * from search_vehicles_many(%(places)s::integer[], %(vins)s::text[], %(plates)s::text[], %(countries)s::text[])
"""
KEEP_MANY = """
with kept as (
  select party, id, officer, device, operation, post, coordinator, purpose, kinds::text[], grade, complete, latitude,
         longitude, device_time, asked_at, body_hash, sets_digest, failed::jsonb, told::smallint[], facts::jsonb, asked::jsonb,
         place
    from unnest(%(party)s::smallint[], %(id)s::uuid[], %(officer)s::uuid[], %(device)s::text[], %(operation)s::uuid[],
                %(post)s::uuid[], %(coordinator)s::smallint[], %(purpose)s::text[], %(kinds)s::text[], %(grade)s::text[],
                %(complete)s::boolean[], %(latitude)s::double precision[], %(longitude)s::double precision[],
                %(device_time)s::timestamptz[], %(asked_at)s::timestamptz[], %(body_hash)s::bytea[], %(sets_digest)s::bytea[],
                %(failed)s::text[], %(told)s::text[], %(facts)s::text[], %(asked)s::text[])
         with ordinality as q(party, id, officer, device, operation, post, coordinator, purpose, kinds, grade, complete,
                latitude, longitude, device_time, asked_at, body_hash, sets_digest, failed, told, facts, asked, place)),
made as (
  insert into check_made (party, id, officer, device, operation, post, coordinator, purpose, kinds, grade, complete, latitude, longitude,
                          device_time, asked_at, body_hash, sets_digest, failed)
  select party, id, officer, device, operation, post, coordinator, purpose, kinds, grade, complete, latitude, longitude,
         device_time, asked_at, body_hash, sets_digest, failed from kept),
told as (insert into outbox (kind, parties, ref, facts) select 'checks', told, id, facts from kept order by place)
insert into check_question (party, id, asked, retain_until) select party, id, asked, current_date + 365 from kept
"""
KEEP_SETS = """
insert into searched_sets (party, digest, sets) values (%(party)s, %(sets_digest)s, %(sets)s) on conflict do nothing
"""
COLUMNS = (
    "party", "id", "officer", "device", "operation", "post", "coordinator", "purpose", "grade", "complete", "latitude",
    "longitude", "device_time", "asked_at", "body_hash", "sets_digest", "failed", "facts", "asked",
)  # fmt: skip
WRITE_AUDIT = """
insert into audit (party, officer, device, sign_in, request, act, purpose, reason,
                   object_kind, object_id, object_owner, object_version, recipients, outcome, owner_only)
select party, officer, device, sign_in, request, act, purpose, reason, object_kind, object_id, object_owner, object_version,
       recipients::smallint[], outcome, owner_only
  from unnest(%(party)s::smallint[], %(officer)s::uuid[], %(device)s::text[], %(sign_in)s::uuid[], %(request)s::uuid[],
              %(act)s::text[], %(purpose)s::text[], %(reason)s::text[], %(object_kind)s::text[], %(object_id)s::uuid[],
              %(object_owner)s::smallint[], %(object_version)s::integer[], %(recipients)s::text[], %(outcome)s::text[],
              %(owner_only)s::boolean[])
       with ordinality as q(party, officer, device, sign_in, request, act, purpose, reason, object_kind, object_id,
                            object_owner, object_version, recipients, outcome, owner_only, place)
 order by place
"""


def looks(questions: Sequence[Question], marks: Sequence[Sequence[bytes]]) -> list[Statement]:
    """What is looked at before all else: claims, sealed persons, documents, vehicles, firearms; a statement each.

    `marks` are each question's blind forms. The looks are the same ones whatever was ever sealed or listed.
    """
    claim = {
        "locks": [question.id.int & 0x7FFFFFFF for question in questions], "ids": [one.id for one in questions],
        "operations": [one.operation for one in questions], "posts": [one.post for one in questions],
    }  # fmt: skip
    blind = [(place, mark) for place, own in enumerate(marks) for mark in own]
    sealed = {"places": [place for place, _ in blind], "marks": [mark for _, mark in blind]}
    return [
        Statement(CLAIM_MANY, claim), Statement(SEARCH_SEALED, sealed), documents_look(questions),
        vehicles_look(questions), firearms_look(questions),
    ]  # fmt: skip


def documents_look(questions: Sequence[Question]) -> Statement:
    """The documents asked for, but for those of which near numbers are wished for: these are looked for one by one."""
    asked = [(at, one.document) for at, one in enumerate(questions) if one.document and not one.near]
    return Statement(SEARCH_DOCUMENTS, {
        "places": [at for at, _ in asked], "numbers": [one.number for _, one in asked],
        "issuers": [one.issuer for _, one in asked],
    })  # fmt: skip


def vehicles_look(questions: Sequence[Question]) -> Statement:
    """The vehicles asked for."""
    asked = [(at, one.vehicle) for at, one in enumerate(questions) if one.vehicle]
    return Statement(SEARCH_VEHICLES, {
        "places": [at for at, _ in asked], "vins": [one.vin for _, one in asked],
        "plates": [one.plate for _, one in asked], "countries": [one.country for _, one in asked],
    })  # fmt: skip


def firearms_look(questions: Sequence[Question]) -> Statement:
    """The firearms asked for, with the same look as one check alone takes."""
    asked = [(at, one.firearm) for at, one in enumerate(questions) if one.firearm]
    return met_look(check_wanted(at, one.serial, one.make, near=may_be_near(one)) for at, one in asked)


def by_place(rows: Iterable[Row]) -> dict[int, list[Row]]:
    """The rows of a look, each question's together."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        found.setdefault(row["place"], []).append(row)
    return found


def near_documents(session: Session, question: Question) -> list[Row]:
    """The documents of one question that wishes for numbers one slip away too."""
    return together(session, [store.document_look(question)])[0]


def confirm_persons(session: Session, found: Iterable[UUID]) -> dict[UUID, Row]:
    """Of these persons, those alive that this party's checks may meet now, by id; so many at once as one may ask."""
    ids = list(dict.fromkeys(found))
    parts = [ids[at : at + MOST_CONFIRMED] for at in range(0, len(ids), MOST_CONFIRMED)]
    if not parts:
        return {}
    answers = together(session, [Statement(store.CONFIRM_PERSONS, {"found": part}) for part in parts])
    return {row["id"]: row for rows in answers for row in rows}


def kept(checks: Sequence[Mapping[str, Any]]) -> list[Statement]:
    """To keep many checks: the rows of `store.kept`, in as few statements as there are states of the lists, and one.

    They end in StillAnswering where one of the ids was answered between the look before the search and now.
    """
    if not checks:
        return []
    columns = {name: [row[name] for row in checks] for name in COLUMNS}
    columns["kinds"] = ["{" + ",".join(row["kinds"]) + "}" for row in checks]
    columns["told"] = [numbers(row["told"]) for row in checks]
    sets = {row["sets_digest"]: Statement(KEEP_SETS, row) for row in checks}
    return [*sets.values(), Statement(KEEP_MANY, columns, taken=StillAnswering)]


def noted(rows: Sequence[Row]) -> Statement:
    """To write many rows of the trail, in their order."""
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    columns["recipients"] = [row["recipients"] and numbers(row["recipients"]) for row in rows]
    return Statement(WRITE_AUDIT, columns)


def numbers(values: Iterable[int]) -> str:
    """An array of numbers as the database writes it: arrays of uneven length do not stand in one array."""
    return "{" + ",".join(map(str, values)) + "}"
