"""The intervals of custody: kept whole by their writer, read as far as they were released."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tripoint.base.database import Row, Session
from tripoint.desks.tracing.model import Step
from tripoint.desks.tracing.store import limits_of
from tripoint.words.dates import PartialDate, read_partial_date
from tripoint.words.traces import Evidence, HolderRole

ADD = """
insert into trace_step (id, request, owner, number, answer, role, country, since, until, evidence, lawful, retail, result,
                        next_country, released, use_until, carried_from, at, by_officer)
values (%(id)s, %(request)s, %(owner)s, %(number)s, %(answer)s, %(role)s, %(country)s, %(since)s, %(until)s, %(evidence)s,
        %(lawful)s, %(retail)s, %(result)s, %(next_country)s, %(released)s, %(use_until)s, %(carried_from)s, %(at)s,
        %(by)s)
"""
ADD_HOLDER = """
insert into trace_step_holder (step, request, owner, released, use_until, holder, licence, document)
values (%(id)s, %(request)s, %(owner)s, %(names_released)s, %(use_until)s, %(holder)s, %(licence)s, %(document)s)
"""
# The limits of an interval are those of the answer it came with; of the asker's own ones, those of the request.
STEPS = """
select s.*, p.code as party, s.owner = me() as own, h.holder, h.licence, h.document, h.released as names_released,
       coalesce(a.limits, q.limits, '{}') as limits, coalesce(a.limit_words, q.limit_words) as limit_words
  from trace_step s join party p on p.number = s.owner
  left join trace_step_holder h on h.step = s.id
  left join trace_answer a on a.request = s.request and a.number = s.answer and a.owner = s.owner
  left join trace_sent q on q.request = s.request and q.asker = s.owner
"""
OF_REQUESTS = STEPS + " where s.request = any(%(requests)s::uuid[]) order by s.request, s.number"
BY_ID = STEPS + " where s.id = any(%(ids)s::uuid[])"
LAST_NUMBER = "select coalesce(max(number), 0) from trace_step where request = %(request)s and owner = %(owner)s"


def add(
    session: Session, request: UUID, owner: int, steps: Sequence[Step], *, answer: int | None, use_until: date | None,
    by: UUID, at: datetime,
) -> None:  # fmt: skip
    """Keep intervals of a request; `use_until` ends what the other half sees of them."""
    last = session.exec_driver_sql(LAST_NUMBER, {"request": request, "owner": owner}).scalar_one()
    for number, step in enumerate(steps, int(last) + 1):
        row = step_row(step) | {
            "request": request, "owner": owner, "number": number, "answer": answer, "use_until": use_until, "by": by,
            "at": at,
        }  # fmt: skip
        session.exec_driver_sql(ADD, row)
        if step.holder or step.licence or step.document:
            session.exec_driver_sql(ADD_HOLDER, row)


def step_row(step: Step) -> dict[str, Any]:
    """An interval as a row."""
    return {
        "id": step.id, "role": step.role.value, "country": step.country, "since": written(step.since),
        "until": written(step.until), "evidence": step.evidence.value, "lawful": step.lawful, "retail": step.retail,
        "result": step.result, "next_country": step.next_country, "released": step.released,
        "names_released": step.released and step.names_released, "carried_from": step.carried_from,
        "holder": step.holder, "licence": step.licence, "document": step.document,
    }  # fmt: skip


def written(day: PartialDate | None) -> str | None:
    """A date as it is kept."""
    return None if day is None else str(day)


def of_requests(session: Session, requests: Iterable[UUID]) -> list[Step]:
    """The intervals of these requests that the reader may see."""
    wanted = list(requests)
    if not wanted:
        return []
    return [step_of(row) for row in session.exec_driver_sql(OF_REQUESTS, {"requests": wanted}).mappings().all()]


def by_id(session: Session, ids: Iterable[UUID]) -> dict[UUID, Step]:
    """These intervals, where the reader may see them."""
    rows = session.exec_driver_sql(BY_ID, {"ids": list(ids)}).mappings().all()
    return {row["id"]: step_of(row) for row in rows}


def step_of(row: Row) -> Step:
    """An interval of its row. Names that are not the reader's to see are None, and so is that there are any."""
    return Step(
        row["id"], HolderRole(row["role"]), row["country"], read(row["since"]), read(row["until"]),
        Evidence(row["evidence"]), row["lawful"], row["retail"], row["holder"], row["licence"], row["document"],
        row["result"], row["next_country"], row["released"], bool(row["names_released"]),
        row["carried_from"] if row["own"] else None, row["request"], row["party"], row["own"],
        limits_of(row["limits"], row["limit_words"]), row["use_until"],
    )  # fmt: skip


def read(kept: str | None) -> PartialDate | None:
    """A date as it was kept."""
    return None if kept is None else read_partial_date(kept)
