"""The tables of recovered firearms and of meetings; every reading goes through row-level security."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from tripoint.base.database import Session, Statement, together
from tripoint.records.firearms.model import (
    Filters,
    Json,
    MarkSeen,
    Meeting,
    MeetingState,
    Pair,
    Recovered,
    Side,
    StepSaid,
)
from tripoint.words.firearms.recovery import STEPS, Step, StepState

FACTS = (
    "acquired_by", "type", "make_text", "make_id", "model_text", "model_id", "calibre_text", "calibre_id", "bore_family",
    "calibre_confidence", "country_of_manufacture", "made_in", "importer", "import_country", "import_year", "marked_status",
    "converted", "deactivated", "privately_made", "illicit_grounds", "crime_codes", "place", "seizure", "item",
)  # fmt: skip
HEAD = ("id", "owner", "terms", "operation", "happened_at", "version", "filed_by", "filed_at", "changed_at")
KEEP = (
    f"insert into recovered_firearm ({', '.join((*HEAD, *FACTS))})"  # noqa: S608 - fixed names
    f" values ({', '.join(f'%({name})s' for name in (*HEAD, *FACTS))}) on conflict (id) do update set "
    + ", ".join(f"{name} = excluded.{name}" for name in ("terms", "happened_at", "version", "changed_at", *FACTS))
)
BODY_TERMS = "select t.spec from occurrence_body b join terms t on t.id = b.terms where b.occurrence = %(id)s"
DROP_MARKS = "delete from mark where holder = %(id)s and holder_kind = 'recovered'"
ADD_MARK = """
insert into mark (id, owner, terms, holder_kind, holder, place, kind, raw, script, normal, readings, make, model, calibre, type, made_in)
values (%(id)s, %(owner)s, %(terms)s, 'recovered', %(holder)s, %(place)s, %(kind)s, %(raw)s, %(script)s, %(normal)s, %(readings)s::jsonb,
        %(make)s, %(model)s, %(calibre)s, %(type)s, %(made_in)s)
"""
ADD_KEYS = "select keep_mark_keys(%(id)s, %(expression)s, %(low)s, %(high)s, %(reversed)s)"
READ = (
    f"select r.id, p.code as owner, r.owner as owner_number, r.terms, r.operation, r.happened_at, r.state, r.version,"  # noqa: S608
    f" {', '.join('r.' + name for name in FACTS)} from recovered_firearm r join party p on p.number = r.owner"
)
MARKS = """
select id, kind, place, raw, script, readings from mark where holder = %(id)s and holder_kind = 'recovered' order by kind <> 'serial', id
"""
STEPS_SAID = """
select distinct on (step) step, state, note, by_officer, at, number from recovery_step where recovered = %(id)s order by step, number desc
"""
ADD_STEP = """
insert into recovery_step (recovered, owner, terms, step, number, state, note, by_officer, at)
values (%(recovered)s, %(owner)s, %(terms)s, %(step)s, %(number)s, %(state)s, %(note)s, %(by_officer)s, %(at)s) on conflict do nothing
"""
MEETINGS = """
select h.meeting, h.side, h.own, p.code, p.contact, h.level, h.score, h.content, h.state, h.made_at, h.decided_at, h.reason
  from meeting_half h join party p on p.number = h.other_party
"""
DECIDE = "select decide_meeting(%(id)s, %(state)s, %(reason)s)"
PAIRS = "select * from marks_to_meet(%(most)s)"
LISTED = "select * from listed_facts(%(ids)s::uuid[])"
KEEP_MEETINGS = "select keep_meetings(%(found)s::jsonb)"
MODELS = """
select number, make, model, type, action, country, years, serial_numbering, calibres, also from firearm_reference
 where make_id = %(make)s order by model limit 500
"""


def readers_of(session: Session, which: UUID) -> Json | None:
    """The terms of a recovery's body as they were said, for its owner."""
    return session.exec_driver_sql(BODY_TERMS, {"id": which}).scalar()


def keep(session: Session, row: Mapping[str, Any], marks: Sequence[Mapping[str, Any]]) -> None:
    """Write a recovered firearm and its marks anew; `row` has the columns, marks are as `rules.mark_row` makes them."""
    kept = {**row, "place": json.dumps(row["place"]) if row["place"] is not None else None}
    statements = [Statement(KEEP, kept), Statement(DROP_MARKS, {"id": row["id"]})]
    for mark in marks:
        described = {name: row[f"{name}_text"] for name in ("make", "model", "calibre")}
        statements.append(Statement(ADD_MARK, {
            **mark, **described, "owner": row["owner"], "terms": row["terms"], "holder": row["id"], "type": row["type"],
            "made_in": row["made_in"], "readings": json.dumps(mark["readings"]),
        }))  # fmt: skip
        if mark["keys"] is not None:
            statements.append(Statement(ADD_KEYS, {"id": mark["id"], **mark["keys"]}))
    together(session, statements)


def find(session: Session, which: UUID) -> dict[str, Any] | None:
    """One recovered firearm, as far as the reader may see it."""
    row = session.exec_driver_sql(f"{READ} where r.id = %(id)s", {"id": which}).mappings().first()
    return None if row is None else {str(name): value for name, value in row.items()}


def recovered_of(row: Mapping[str, Any]) -> Recovered:
    """A recovered firearm from its row."""
    facts = {name: row[name] for name in FACTS}
    return Recovered(row["id"], row["owner"], row["operation"], row["happened_at"], row["state"], row["version"], facts)


def listing(session: Session, filters: Filters) -> list[Recovered]:
    """The recovered firearms the reader may see, latest first; one more than `filters.limit` where there are more."""
    chosen: dict[str, Any] = {
        "r.operation = %(operation)s": filters.operation, "r.type = %(type)s": filters.type,
        "r.make_id = %(make_id)s": filters.make_id, "r.bore_family = %(bore_family)s": filters.bore_family,
        "r.calibre_id = %(calibre_id)s": filters.calibre_id, "r.marked_status = %(marked_status)s": filters.marked_status,
        "r.acquired_by = %(acquired_by)s": filters.acquired_by, "p.code = %(party)s": filters.party,
        "(r.happened_at, r.id) < (select c.happened_at, c.id from recovered_firearm c where c.id = %(after)s)": filters.after,
    }  # fmt: skip
    where = [condition for condition, value in chosen.items() if value is not None]
    values = {name: getattr(filters, name) for name in Filters.__slots__ if getattr(filters, name) is not None}
    query = f"{READ} where {' and '.join(['true', *where])} order by r.happened_at desc, r.id desc limit %(most)s"
    rows = session.exec_driver_sql(query, {**values, "most": filters.limit + 1}).mappings().all()
    return [recovered_of(dict(row)) for row in rows]


def marks(session: Session, which: UUID) -> list[MarkSeen]:
    """The marks of a recovered firearm."""
    rows = session.exec_driver_sql(MARKS, {"id": which}).all()
    return [MarkSeen(row[0], row[1], row[2], row[3], row[4], tuple(row[5])) for row in rows]


def steps(session: Session, which: UUID) -> list[StepSaid]:
    """The nine steps in their order, each as far as it is."""
    said = {row[0]: row for row in session.exec_driver_sql(STEPS_SAID, {"id": which}).all()}
    return [
        StepSaid(step, StepState(said[step][1]), *said[step][2:]) if step in said
        else StepSaid(step, StepState.OPEN, "", "", None, 0) for step in STEPS
    ]  # fmt: skip


def add_step(session: Session, row: Mapping[str, Any]) -> bool:
    """Write the next word on a step; False where somebody else wrote it."""
    return bool(session.exec_driver_sql(ADD_STEP, dict(row)).rowcount)


def step_of(text: str) -> Step:
    """A step by its code. Raises ValueError."""
    return Step(text)


def meetings(
    session: Session, own: UUID | None = None, state: str | None = None, which: UUID | None = None, limit: int = 200
) -> list[Meeting]:
    """The reader's halves of meetings, newest first."""
    chosen = {"h.own = %(own)s": own, "h.state = %(state)s": state, "h.meeting = %(which)s": which}
    where = " and ".join(["true", *(condition for condition, value in chosen.items() if value is not None)])
    query = f"{MEETINGS} where {where} order by h.made_at desc, h.meeting desc limit %(limit)s"
    rows = session.exec_driver_sql(query, {"own": own, "state": state, "which": which, "limit": limit}).all()
    return [
        Meeting(id, Side(side), mine, code, contact, level, score, content, MeetingState(stands), made, decided, reason)
        for id, side, mine, code, contact, level, score, content, stands, made, decided, reason in rows
    ]


def decide(session: Session, which: UUID, state: str, reason: str) -> str | None:
    """Have a meeting decided; gives the state it was in, None where the reader does not own its listed record."""
    return session.exec_driver_sql(DECIDE, {"id": which, "state": state, "reason": reason}).scalar()


def pairs(session: Session, most: int) -> list[Pair]:
    """What marks just written may mean; for the relay, which takes them from the queue with it."""
    return [
        Pair(
            row["recovered"], row["recovered_owner"], row["recovered_party"], row["recovered_raw"],
            {"make": row["recovered_make"], "model": row["recovered_model"], "calibre": row["recovered_calibre"],
             "type": row["recovered_type"], "year": row["recovered_year"]},
            row["recovered_level"], row["listed"], row["listed_owner"], row["listed_party"], row["listed_normal"],
            row["listed_raw"], row["listed_level"],
        )
        for row in session.exec_driver_sql(PAIRS, {"most": most}).mappings()
    ]  # fmt: skip


def listed(session: Session, ids: Iterable[UUID]) -> dict[UUID, Json]:
    """What is known of listed firearms; for the relay."""
    rows = session.exec_driver_sql(LISTED, {"ids": list(ids)}).mappings()
    return {row["id"]: {str(name): value for name, value in row.items() if name != "id"} for row in rows}


def keep_meetings(session: Session, found: Sequence[Json]) -> int:
    """Write meetings with their halves, and have both parties told; gives how many are new."""
    return int(session.exec_driver_sql(KEEP_MEETINGS, {"found": json.dumps(found, default=str)}).scalar() or 0)


def models(session: Session, make: str) -> list[Json]:
    """Models of a make in the reference that the operator loaded."""
    rows = session.exec_driver_sql(MODELS, {"make": make}).mappings()
    return [{str(name): value for name, value in row.items()} for row in rows]
