"""Listed documents, people, vehicles and firearms put straight into the tables, for tests of what checks meet."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from sqlalchemy import Engine

from tripoint.access.model import Party
from tripoint.base.database import Session, stand_under, transaction
from tripoint.base.ids import uuid7
from tripoint.records.codec import digest_of

NOBODY = {"kind": "own"}
ALL = {"kind": "everyone"}


def terms(session: Session, party: Party, meeting: dict[str, Any], level: str, readers: dict[str, Any]) -> int:
    """The row of terms that says so."""
    spec = {"readers": readers, "meeting": meeting, "level": level}
    found = session.exec_driver_sql(
        "insert into terms (owner, digest, spec, operation, readers, meets_blind, meets_pointer, meets_full, handling,"
        " source_grade, information_grade, confidence, purpose) values (%(owner)s, %(digest)s, %(spec)s, %(operation)s,"
        " party_mask('{}'), party_mask('{}'), party_mask('{}'), party_mask('{}'), 'H0', 'B', '4', 'medium',"
        " 'investigation')"
        " on conflict (owner, digest) do update set digest = excluded.digest returning id",
        {"owner": party.number, "digest": digest_of(spec), "spec": json.dumps(spec),
         "operation": meeting.get("operation") or readers.get("operation")},
    )  # fmt: skip
    return int(found.scalar_one())


def list_record(
    engine: Engine, party: Party, kind: str, values: dict[str, Any], *, level: str = "full",
    meeting: dict[str, Any] = ALL, readers: dict[str, Any] = NOBODY,
) -> UUID:  # fmt: skip
    """One record of the party's, met by checks as told."""
    with transaction(engine) as session:
        stand_under(session, party.number)
        held_under = terms(session, party, meeting, level, readers)
        set_number = session.exec_driver_sql(
            "insert into record_set (id, owner, name, kind, terms, as_of)"
            " values (%(id)s, %(owner)s, %(name)s, %(kind)s, %(terms)s, now())"
            " on conflict (owner, name) do update set as_of = now() returning number",
            {"id": uuid7(), "owner": party.number, "name": f"{kind} list", "kind": kind, "terms": held_under},
        ).scalar_one()
        record = uuid7()
        row = {
            "id": record,
            "owner": party.number,
            "set_number": set_number,
            "terms": held_under,
            "retain_until": "2040-01-01",
        }
        if kind == "person":
            list_person(session, row, values)
        else:
            insert(session, kind, row | values)
        return record


def list_person(session: Session, row: dict[str, Any], values: dict[str, Any]) -> None:
    """A person with documents."""
    content = {"source_key": str(row["id"]), "status": "wanted", **values}
    digest = digest_of(content)
    insert(session, "person", row | {"source_key": content["source_key"], "status": content["status"],
                                     "content": json.dumps(content), "digest": digest})  # fmt: skip
    beneath = {"person": row["id"], "owner": row["owner"], "terms": row["terms"]}
    for document in content.get("documents", ()):
        insert(session, "person_document", beneath | document)


def insert(session: Session, table: str, values: dict[str, Any]) -> None:
    """One row."""
    places = {name: f"%({name})s" for name in values}
    if table == "document":
        places["number_key"] = "mark_key(%(number)s)"
    session.exec_driver_sql(f"insert into {table} ({', '.join(places)}) values ({', '.join(places.values())})", values)
