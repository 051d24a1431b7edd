"""The table of identities elsewhere, reached through functions of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tripoint.base.database import Session

FIND = "select * from officer_known_as(%(issuer)s, %(subject)s)"
LINK = "select link_identity(%(issuer)s, %(subject)s, %(who)s)"
UNLINK = "select unlink_identity(%(issuer)s, %(subject)s, %(who)s)"


@dataclass(frozen=True, slots=True)
class Linked:
    """Who an officer is at an issuer, and since when the hub knows."""

    issuer: str
    subject: str
    added_at: datetime


def officer_known_as(session: Session, issuer: str, subject: str) -> tuple[UUID, int, str] | None:
    """Officer, number and code of his party; None for nobody who may sign in."""
    row = session.exec_driver_sql(FIND, {"issuer": issuer, "subject": subject}).first()
    return None if row is None else (row[0], row[1], row[2])


def link(session: Session, officer: UUID, issuer: str, subject: str) -> bool:
    """Link an officer of the own party; False where the identity is linked, or he is none of the party."""
    row = {"issuer": issuer, "subject": subject, "who": officer}
    return bool(session.exec_driver_sql(LINK, row).scalar_one())


def unlink(session: Session, officer: UUID, issuer: str, subject: str) -> bool:
    """Unlink; False where there was no such link of the own party."""
    row = {"issuer": issuer, "subject": subject, "who": officer}
    return bool(session.exec_driver_sql(UNLINK, row).scalar_one())


def identities_of(session: Session, officer: UUID) -> list[Linked]:
    """The identities of an officer of the own party."""
    rows = session.exec_driver_sql("select * from identities_of(%(who)s)", {"who": officer}).all()
    return [Linked(*row) for row in rows]
