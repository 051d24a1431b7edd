"""The table of acts that are done once however often they are sent."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tripoint.base.database import Session

TAKE = "select pg_try_advisory_xact_lock(%(lock)s)"
FIND = "select request_digest, status, sealed_answer from done_once where officer = %(officer)s and key_digest = %(key)s"
KEEP = """
insert into done_once (officer, key_digest, request_digest, status, sealed_answer)
values (%(officer)s, %(key)s, %(request)s, %(status)s, %(answer)s)
"""
FORGET = "delete from done_once where at < now() - interval '1 day'"


@dataclass(frozen=True, slots=True)
class Kept:
    """What was answered: digest of the request, HTTP status, the answer sealed by the client's key."""

    request: bytes
    status: int
    answer: bytes


def take(session: Session, lock: int) -> bool:
    """Hold a signed 64-bit number until the transaction ends; False while another transaction holds it."""
    return bool(session.exec_driver_sql(TAKE, {"lock": lock}).scalar_one())


def find(session: Session, officer: UUID, key: bytes) -> Kept | None:
    """What this officer's key was answered, if it was; ask after `take`, as a statement sees what was kept before it."""
    row = session.exec_driver_sql(FIND, {"officer": officer, "key": key}).one_or_none()
    return None if row is None else Kept(bytes(row[0]), row[1], bytes(row[2]))


def keep(session: Session, officer: UUID, key: bytes, kept: Kept) -> None:
    """Keep an answer in the transaction of its act."""
    row = {"officer": officer, "key": key, "request": kept.request, "status": kept.status, "answer": kept.answer}
    session.exec_driver_sql(KEEP, row)


def forget_answers(session: Session) -> None:
    """Drop what is older than a day; for the relay only."""
    session.exec_driver_sql(FORGET)
