"""How sign-ins are proven, renewed and ended, and what an officer has to prove himself with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tripoint.access.model import Act
from tripoint.base.database import Session

ASK = "select ask_proof(%(digest)s, %(kind)s, %(sign_in)s, %(challenge)s, %(detail)s, %(lasts)s)"
EVENTS = """
select at, act, outcome, device from audit
 where officer = %(officer)s
   and act in ('sign_in', 'prove', 'change_password', 'add_passkey', 'remove_passkey', 'set_codes', 'remove_codes')
 order by seq desc limit %(most)s
"""


@dataclass(frozen=True, slots=True)
class Factors:
    """What an officer has besides his password."""

    passkeys: int
    codes: bool
    recovery: int  # recovery codes not used yet

    @property
    def enrolled(self) -> bool:
        """Whether there is a second factor; recovery codes alone are none."""
        return self.passkeys > 0 or self.codes


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to an account: what, when, and how it ended."""

    at: datetime
    act: str
    outcome: str
    device: str | None


def factors_of(session: Session, officer: UUID) -> Factors:
    """What an officer has enrolled."""
    return Factors(*session.exec_driver_sql("select * from factors_of(%(who)s)", {"who": officer}).one())


def proven_lately(session: Session, sign_in: UUID, holds: timedelta) -> bool:
    """Whether the sign-in is a session that was proven within `holds`; signing in is its first proof."""
    row = {"which": sign_in, "holds": holds}
    return bool(session.exec_driver_sql("select proven_lately(%(which)s, %(holds)s)", row).scalar_one())


def prove_sign_in(session: Session, sign_in: UUID, method: str) -> None:
    """Write down that a sign-in was proven now, and by what."""
    session.exec_driver_sql(
        "select prove_sign_in(%(which)s, %(method)s)", {"which": sign_in, "method": method}
    )


def renew_sign_in(session: Session, sign_in: UUID, secret_hash: bytes, acts: frozenset[Act] | None) -> None:
    """Give the officer's own session a new secret, and the acts it is confined to; None for none."""
    row = {"which": sign_in, "secret": secret_hash, "acts": None if acts is None else sorted(acts)}
    session.exec_driver_sql("select renew_sign_in(%(which)s, %(secret)s, %(acts)s::text[])", row)


def set_initial_password(session: Session, officer: UUID, new_hash: str, lasts: timedelta) -> None:
    """Give an officer of the own party a password with which he can choose his own, for so long."""
    row = {"who": officer, "hash": new_hash, "lasts": lasts}
    session.exec_driver_sql("select set_initial_password(%(who)s, %(hash)s, %(lasts)s)", row)


def initial_holds(session: Session, officer: UUID) -> bool | None:
    """None where the officer chose his password himself; else whether the given one still holds."""
    found: bool | None = session.exec_driver_sql("select initial_holds(%(who)s)", {"who": officer}).scalar()
    return found


def end_session_with(session: Session, secret_hash: bytes) -> None:
    """End the session of a secret that its own browser showed."""
    session.exec_driver_sql("select end_session_with(%(secret)s)", {"secret": secret_hash})


def end_other_sign_ins(session: Session, keep: UUID) -> int:
    """End every sign-in of the officer stood under but one; how many ended."""
    return int(session.exec_driver_sql("select end_other_sign_ins(%(keep)s)", {"keep": keep}).scalar_one())


def ask_proof(
    session: Session, digest: bytes, *, kind: str, challenge: bytes, lasts: timedelta, sign_in: UUID | None = None,
    detail: str | None = None,
) -> None:  # fmt: skip
    """Keep a question put to a browser whose own secret has this digest."""
    session.exec_driver_sql(ASK, {
        "digest": digest, "kind": kind, "sign_in": sign_in, "challenge": challenge, "detail": detail, "lasts": lasts,
    })  # fmt: skip


def take_asked(session: Session, digest: bytes, *, kind: str, sign_in: UUID | None = None) -> tuple[bytes, str | None] | None:
    """The challenge and detail of an open question, once; None for none, an old one, or another's."""
    row = {"digest": digest, "kind": kind, "sign_in": sign_in}
    found = session.exec_driver_sql("select * from take_asked(%(digest)s, %(kind)s, %(sign_in)s)", row).first()
    return None if found is None else (bytes(found[0]), found[1])


def my_password(session: Session) -> str | None:
    """The hash of the password of the officer stood under."""
    found: str | None = session.exec_driver_sql("select my_password()").scalar()
    return found


def reset_factors(session: Session, officer: UUID) -> bool:
    """Remove all second factors of an officer of the own party; False when he is none."""
    return bool(session.exec_driver_sql("select reset_factors(%(who)s)", {"who": officer}).scalar_one())


def events_of(session: Session, officer: UUID, most: int) -> list[Event]:
    """What lately happened to an account, newest first."""
    rows = session.exec_driver_sql(EVENTS, {"officer": officer, "most": most}).all()
    return [Event(*row) for row in rows]


def disable_idle_officers(session: Session, idle: timedelta) -> int:
    """Switch off officers who were not seen for so long; done once a day. How many."""
    return int(session.exec_driver_sql("select disable_idle_officers(%(idle)s)", {"idle": idle}).scalar_one())
