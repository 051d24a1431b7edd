"""The own party's records, to be exported."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tripoint.base.database import Session
from tripoint.records.model import RecordKind
from tripoint.records.store import HEADER, MARKS


def own_of(kind: RecordKind) -> str:
    """The statement that finds the live records of one party; built from fixed names, values go as parameters."""
    columns = ", ".join(f"r.{name}" for name in (*HEADER, *MARKS[kind]) if name != "digest")
    return (
        f"select {columns}, t.handling from {kind.value} r join terms t on t.id = r.terms"  # noqa: S608
        " join record_set s on s.number = r.set_number where r.owner = %(owner)s and r.ended_at is null"
        " and (%(set)s::uuid is null or s.id = %(set)s) order by r.id limit %(limit)s"
    )


OWN = {kind: own_of(kind) for kind in RecordKind}


def own_records(session: Session, kind: RecordKind, owner: int, within: UUID | None, limit: int) -> list[dict[str, Any]]:
    """At most `limit` live records of the own party, of one set where it is named."""
    rows = session.exec_driver_sql(OWN[kind], {"owner": owner, "set": within, "limit": limit}).mappings().all()
    return [{str(name): value for name, value in row.items()} for row in rows]
