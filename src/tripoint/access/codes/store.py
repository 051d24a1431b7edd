"""The tables of one-time codes and recovery codes, reached through functions of the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tripoint.base.database import Session


@dataclass(frozen=True, slots=True)
class KeptCode:
    """An officer's one-time code: the sealed secret in use, one that waits for its first code, the last step used."""

    sealed: bytes | None
    pending: bytes | None
    last_step: int
    confirmed_at: datetime | None


def code_of(session: Session, officer: UUID) -> KeptCode | None:
    """What is kept for an officer."""
    row = session.exec_driver_sql("select * from code_of(%(officer)s)", {"officer": officer}).first()
    return None if row is None else KeptCode(*row)


def begin(session: Session, sealed: bytes) -> None:
    """Keep a new secret of the officer stood under, until its first code shows that it arrived."""
    session.exec_driver_sql("select begin_code(%(sealed)s)", {"sealed": sealed})


def confirm(session: Session, step: int) -> bool:
    """Take the waiting secret into use; its step is used. False where none waits."""
    return bool(session.exec_driver_sql("select confirm_code(%(step)s)", {"step": step}).scalar_one())


def take_step(session: Session, officer: UUID, step: int) -> bool:
    """Use up a step; False when it or a later one was used before."""
    row = {"officer": officer, "step": step}
    return bool(session.exec_driver_sql("select take_code_step(%(officer)s, %(step)s)", row).scalar_one())


def remove(session: Session) -> bool:
    """Remove the one-time code of the officer stood under; False when he has none."""
    return bool(session.exec_driver_sql("select remove_code()").scalar_one())


def set_recovery_codes(session: Session, digests: Sequence[bytes]) -> None:
    """Keep new recovery codes of the officer stood under; earlier ones open nothing any more."""
    session.exec_driver_sql("select set_recovery_codes(%(digests)s::bytea[])", {"digests": list(digests)})


def use_recovery_code(session: Session, officer: UUID, digest: bytes) -> bool:
    """Use up a recovery code; False when it is none of the officer's, or was used before."""
    row = {"officer": officer, "digest": digest}
    return bool(session.exec_driver_sql("select use_recovery_code(%(officer)s, %(digest)s)", row).scalar_one())
