"""The one code of an empty hub."""

from __future__ import annotations

from datetime import timedelta

from tripoint.access.model import PartyKind
from tripoint.base.database import Session


def is_empty(session: Session) -> bool:
    """Whether the hub has no officer at all."""
    return bool(session.exec_driver_sql("select hub_is_empty()").scalar_one())


def offer(session: Session, digest: bytes, lasts: timedelta) -> bool:
    """Keep the digest of a new code in place of any earlier one; False where the hub is not empty."""
    values = {"digest": digest, "lasts": lasts}
    return bool(session.exec_driver_sql("select offer_first_code(%(digest)s, %(lasts)s)", values).scalar_one())


def attempt(session: Session, digest: bytes) -> bool:
    """Whether this is the code; each attempt counts, the fifth is the last. Commit before anything is done with it."""
    return bool(session.exec_driver_sql("select try_first_code(%(digest)s)", {"digest": digest}).scalar_one())


def found_party(session: Session, digest: bytes, code: str, name: str, kind: PartyKind) -> int | None:
    """Use the code up and let the party take part; its number, under which the transaction stands from here on."""
    values = {"digest": digest, "code": code, "name": name, "kind": kind.value}
    statement = "select found_first_party(%(digest)s, %(code)s, %(name)s, %(kind)s)"
    return session.exec_driver_sql(statement, values).scalar()
