"""An operation on a test's database with what its parties filed, written straight into the tables."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from tests.hub import operation
from tests.town import as_owner, employ, found
from tripoint.access.model import Account, Operation, Party, Role
from tripoint.base.database import Session
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7

NOON = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
NOBODY = "repeat('0', 256)::bit(256)"
TERMS = f"""
insert into terms (owner, digest, spec, operation, readers, meets_blind, meets_pointer, meets_full, handling,
                   source_grade, information_grade, confidence, purpose)
values (%(owner)s, sha256(convert_to(%(spec)s || %(owner)s::text, 'UTF8')), %(spec)s::jsonb, null, {NOBODY}, {NOBODY},
        {NOBODY}, {NOBODY}, 'open', 'a', 'a', 'a', 'a')
on conflict (owner, digest) do update set handling = excluded.handling returning id
"""
FILE = """
insert into occurrence (id, owner, operation, kind, post, happened_at, state, version, line, terms, filed_by, filed_at,
                        changed_at, digest, joint)
values (%(id)s, %(owner)s, %(operation)s, %(kind)s, null, %(at)s, %(state)s, %(version)s, %(line)s::jsonb, %(terms)s,
        %(id)s, %(at)s, %(at)s, sha256('none'), %(joint)s)
"""


@dataclass
class Scene:
    """A coordinating party with two officers, two parties of the operation, and a stranger."""

    database: Servers
    hub: Party = field(init=False)
    one: Party = field(init=False)
    two: Party = field(init=False)
    plan: Operation = field(init=False)
    analyst: Account = field(init=False)
    chief: Account = field(init=False)

    def __post_init__(self) -> None:
        self.hub, self.one, self.two = (found(self.database) for _ in range(3))
        self.plan = operation(self.database, self.hub, self.one, self.two)
        self.analyst = employ(self.database, self.hub, Role.ANALYST, name="drafter")
        self.chief = employ(self.database, self.hub, Role.COORDINATOR, name="decider")

    def file(self, kind: str, owner: Party | None = None, *, times: int = 1, **more: Any) -> list[UUID]:
        """So many occurrences of this kind and line."""
        with as_owner(self.database) as session:
            return [self.filed(session, kind, owner or self.one, **more) for _ in range(times)]

    def filed(self, session: Session, kind: str, owner: Party, **more: Any) -> UUID:
        which = more.get("id") or uuid7()
        spec = json.dumps({"readers": {"kind": "parties", "parties": [self.hub.code]}, "level": "full"})
        terms = session.exec_driver_sql(TERMS, {"owner": owner.number, "spec": spec}).scalar_one()
        session.exec_driver_sql(FILE, {
            "id": which, "owner": owner.number, "operation": self.plan.id, "kind": kind, "at": more.get("at", NOON),
            "state": more.get("state", "confirmed"), "version": more.get("version", 1), "terms": terms,
            "line": json.dumps(more.get("line", {})), "joint": more.get("joint"),
        })  # fmt: skip
        return which

    def victims(self, exploitation: str, times: int, **line: Any) -> None:
        self.file("victim", times=times, line={
            "status": "potential", "age_group": "adult", "exploitation": [exploitation], "sex": "female", **line,
        })  # fmt: skip

    def yesterday(self) -> datetime:
        return NOON - timedelta(days=1)
