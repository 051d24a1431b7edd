"""The tables of passkeys, reached through functions of the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tripoint.access.passkeys.ceremony import Known, Made
from tripoint.base.database import Session

ADD = """
select add_passkey(%(id)s, %(credential)s, %(public_key)s, %(sign_count)s, %(name)s, %(transports)s::text[], %(backed_up)s)
"""


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey as its officer sees it."""

    id: UUID
    name: str
    backed_up: bool  # it is kept by the maker of the device too, and comes back on a new one
    added_at: datetime
    used_at: datetime | None
    known: Known


@dataclass(frozen=True, slots=True)
class Borne:
    """A passkey that opens an account: whose, and by what it is verified."""

    id: UUID
    officer: UUID
    party: int
    handle: bytes
    public_key: bytes
    sign_count: int


def my_handle(session: Session, fresh: bytes) -> bytes:
    """The handle of the officer stood under: random bytes that say nothing of him; `fresh` where he has none yet."""
    return bytes(session.exec_driver_sql("select my_handle(%(fresh)s)", {"fresh": fresh}).scalar_one())


def my_passkeys(session: Session) -> list[Passkey]:
    """The passkeys of the officer stood under, oldest first."""
    rows = session.exec_driver_sql("select * from my_passkeys()").all()
    return [
        Passkey(id, name, backed_up, added_at, used_at, Known(bytes(credential), tuple(transports)))
        for id, credential, name, transports, backed_up, added_at, used_at in rows
    ]


def known_of(session: Session, sign_in_name: str) -> list[Known]:
    """The passkeys of whoever bears a sign-in name."""
    rows = session.exec_driver_sql("select * from credentials_named(%(name)s)", {"name": sign_in_name}).all()
    return [Known(bytes(credential), tuple(transports)) for credential, transports in rows]


def borne(session: Session, credential: bytes) -> Borne | None:
    """The passkey of a credential id, where its officer may sign in."""
    row = session.exec_driver_sql("select * from passkey_with(%(credential)s)", {"credential": credential}).first()
    return None if row is None else Borne(row[0], row[1], row[2], bytes(row[3]), bytes(row[4]), row[5])


def add(session: Session, new_id: UUID, made: Made, name: str, transports: tuple[str, ...]) -> bool:
    """Keep a new passkey of the officer stood under; False where its credential id is known already."""
    row = {
        "id": new_id, "credential": made.credential, "public_key": made.public_key, "sign_count": made.sign_count,
        "name": name, "transports": list(transports), "backed_up": made.backed_up,
    }  # fmt: skip
    return bool(session.exec_driver_sql(ADD, row).scalar_one())


def remove(session: Session, which: UUID) -> bool:
    """Remove a passkey of the officer stood under; False where he has none such."""
    return bool(session.exec_driver_sql("select remove_passkey(%(which)s)", {"which": which}).scalar_one())


def use(session: Session, which: UUID, sign_count: int) -> bool:
    """Write down a use; False where its counter did not go on, so that it may be a copy."""
    row = {"which": which, "count": sign_count}
    return bool(session.exec_driver_sql("select use_passkey(%(which)s, %(count)s)", row).scalar_one())
