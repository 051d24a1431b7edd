"""The table of approvals: asked once, decided once."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from tripoint.access.four_eyes.model import Approval, Colleague, Proposal, State
from tripoint.access.model import Act, Role
from tripoint.base.database import Row, Session

ADD = """
insert into approval (id, party, act, object_kind, object_id, body, digest, reason, asked_by, asked_at, ends_at)
values (%(id)s, %(party)s, %(act)s, %(object_kind)s, %(object_id)s, %(body)s::jsonb, %(digest)s, %(reason)s,
        %(asked_by)s, %(asked_at)s, %(ends_at)s)
"""
SHOWN = """
select a.id, a.act, a.object_kind, a.object_id, a.body, a.digest, a.reason, a.asked_by, o.name as asked_by_name,
       a.asked_at, a.ends_at, a.state, a.decided_by, a.decided_at, a.answer
  from approval a join officer o on o.id = a.asked_by
"""
ONE = SHOWN + " where a.id = %(id)s"
NEWEST = SHOWN + " order by a.state <> 'waiting', a.asked_at desc, a.id limit %(limit)s"
HOLD = "select id from approval where id = %(id)s for update"
COLLEAGUES = """
select id, name, agency, roles, active from officer where id = any(%(ids)s) order by id for share
"""
DECIDE = """
update approval set state = %(state)s, decided_by = %(by)s, decided_at = %(at)s, answer = %(answer)s
 where id = %(id)s and state = 'waiting'
"""


def add(session: Session, which: UUID, party: int, asked: Proposal, digest: bytes, by: UUID,
        at: datetime, until: datetime) -> None:  # fmt: skip
    """Keep a new request."""
    session.exec_driver_sql(ADD, {
        "id": which, "party": party, "act": asked.act.value, "object_kind": asked.object_kind,
        "object_id": asked.object_id, "body": json.dumps(dict(asked.body)), "digest": digest, "reason": asked.reason,
        "asked_by": by, "asked_at": at, "ends_at": until,
    })  # fmt: skip


def hold(session: Session, which: UUID) -> None:
    """Keep everybody else from deciding this request until the transaction ends; nothing where it is decided."""
    session.exec_driver_sql(HOLD, {"id": which})


def find(session: Session, which: UUID) -> Approval | None:
    """A request of the own party, as it stands now."""
    row = session.exec_driver_sql(ONE, {"id": which}).mappings().first()
    return None if row is None else approval_of(row)


def newest(session: Session, limit: int) -> list[Approval]:
    """The own party's requests: those that wait first, the newest before the older."""
    return [approval_of(row) for row in session.exec_driver_sql(NEWEST, {"limit": limit}).mappings().all()]


def hold_colleagues(session: Session, *ids: UUID) -> dict[UUID, Colleague]:
    """Officers of the own party as they stand now; no change of their roles comes in between until the transaction ends."""
    rows = session.exec_driver_sql(COLLEAGUES, {"ids": list(ids)}).all()
    return {
        id: Colleague(id, name, agency, frozenset(Role(role) for role in roles), active)
        for id, name, agency, roles, active in rows
    }


def decide(session: Session, which: UUID, state: State, by: UUID, at: datetime, answer: str | None) -> bool:
    """Write the decision; False when somebody else was quicker."""
    row = {"id": which, "state": state.value, "by": by, "at": at, "answer": answer}
    return session.exec_driver_sql(DECIDE, row).rowcount == 1


def expire(session: Session) -> int:
    """End the requests whose time has passed; for the relay only."""
    return int(session.exec_driver_sql("select expire_approvals()").scalar_one())


def approval_of(row: Row) -> Approval:
    """A request from its row."""
    values: dict[str, Any] = {str(name): value for name, value in row.items()}
    return Approval(**values | {
        "act": Act(row["act"]), "state": State(row["state"]), "digest": bytes(row["digest"]),
    })  # fmt: skip
