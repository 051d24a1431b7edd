"""The tables of retention: what comes due, proofs of erasing, recalls; and the functions that erase."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tripoint.base.database import Session
from tripoint.records.model import RecordKind
from tripoint.records.retention.model import Due, Erasure, Recall, Why

ERASE_EXPIRED = "select erase_expired_records(%(today)s, %(most)s)"
ASK_OWNERS = "select ask_owners(%(today)s)"
ERASE_OWN = "select erase_own_record(%(kind)s, %(id)s, %(version)s, %(why)s, %(reason)s)"
SHREDS_DUE = "select shreds_due()"
SHREDS_DONE = "select shreds_done(%(slots)s)"
ERASURES = """
select record, kind, version, encode(digest, 'hex'), why, reason, erased_at, erased_by from erasure
 where (%(record)s::uuid is null or record = %(record)s) order by erased_at desc, record limit %(limit)s
"""
RECALLS = """
select r.id, r.record, r.kind, o.code, p.code, r.raised_at, r.acknowledged_at
  from recall r join party o on o.number = r.owner join party p on p.number = r.party
 where (%(open)s is false or r.acknowledged_at is null) and (%(id)s::uuid is null or r.id = %(id)s)
 order by r.raised_at desc, r.id limit %(limit)s
"""
ACKNOWLEDGE = "update recall set acknowledged_at = %(at)s, acknowledged_by = %(by)s where id = %(id)s and acknowledged_at is null"


def due_of(kind: RecordKind) -> str:
    """The statement that finds what comes due of a kind; its name is one of four fixed ones."""
    return (
        "select r.id, s.id, s.name, r.version, r.retain_until"  # noqa: S608
        f" from {kind.value} r join record_set s on s.number = r.set_number where r.owner = me() and r.ended_at is null"
        " and r.retain_until between %(today)s and %(until)s and (%(set)s::uuid is null or s.id = %(set)s)"
        " order by r.retain_until, r.id limit %(limit)s"
    )


def header_of(kind: RecordKind) -> str:
    """The statement that finds one record's header, locked until the transaction ends."""
    blank = " and not content ? 'erased'" if kind is RecordKind.PERSON else ""
    return f"select owner, version, retain_until, ended_at from {kind.value} where id = %(id)s{blank}"  # noqa: S608


def renew_of(kind: RecordKind) -> str:
    """The statement that lets a record be kept until another day, if it still is at the expected version."""
    return (
        f"update {kind.value} set retain_until = %(until)s"  # noqa: S608
        " where id = %(id)s and version = %(version)s and ended_at is null"
    )


DUE = {kind: due_of(kind) for kind in RecordKind}
HEADER = {kind: header_of(kind) for kind in RecordKind}
RENEW = {kind: renew_of(kind) for kind in RecordKind}


def erase_expired(session: Session, today: date, most: int) -> int:
    """Erase up to `most` records of each kind whose time is over, once a day; how many. For the relay only."""
    return int(session.exec_driver_sql(ERASE_EXPIRED, {"today": today, "most": most}).scalar_one())


def ask_owners(session: Session, today: date) -> int:
    """Tell the owners of sets of which something comes due within six months; how many. For the relay only."""
    return int(session.exec_driver_sql(ASK_OWNERS, {"today": today}).scalar_one())


def erase(session: Session, kind: RecordKind, which: UUID, version: int, why: Why, reason: str) -> bool:
    """Erase one record of the own party; False when it is not at the version any more."""
    row = {"kind": kind.value, "id": which, "version": version, "why": why.value, "reason": reason}
    return bool(session.exec_driver_sql(ERASE_OWN, row).scalar_one())


def shreds_due(session: Session) -> list[int]:
    """Slots of shares that are still to be destroyed. For the relay only."""
    return [row[0] for row in session.exec_driver_sql(SHREDS_DUE).all()]


def shreds_done(session: Session, slots: Sequence[int]) -> None:
    """Note that these shares are destroyed. For the relay only."""
    session.exec_driver_sql(SHREDS_DONE, {"slots": list(slots)})


def due(session: Session, kinds: Iterable[RecordKind], today: date, until: date, of_set: UUID | None, limit: int) -> list[Due]:
    """Records of the own party to be looked at before they go, soonest first."""
    values = {"today": today, "until": until, "set": of_set, "limit": limit}
    found = [
        Due(id, kind, set_id, set_name, version, day)
        for kind in kinds
        for id, set_id, set_name, version, day in session.exec_driver_sql(DUE[kind], values).all()
    ]
    return sorted(found, key=lambda one: (one.retain_until, one.id))[:limit]


def header(session: Session, kind: RecordKind, which: UUID) -> dict[str, Any] | None:
    """Owner, version, day and end of a record that the party may see."""
    row = session.exec_driver_sql(HEADER[kind], {"id": which}).mappings().first()
    return None if row is None else dict(row)


def renew(session: Session, kind: RecordKind, which: UUID, version: int, until: date) -> bool:
    """Keep a record until another day; False when it is not at the version any more."""
    values = {"id": which, "version": version, "until": until}
    return session.exec_driver_sql(RENEW[kind], values).rowcount == 1


def erasures(session: Session, record: UUID | None, limit: int) -> list[Erasure]:
    """Proofs of erasing of the own party's records, newest first."""
    rows = session.exec_driver_sql(ERASURES, {"record": record, "limit": limit}).all()
    return [
        Erasure(id, kind, version, digest, Why(why), reason, at, by)
        for id, kind, version, digest, why, reason, at, by in rows
    ]


def recalls(session: Session, *, still_open: bool, which: UUID | None = None, limit: int = 200) -> list[Recall]:
    """Recalls by and to the own party, newest first."""
    rows = session.exec_driver_sql(RECALLS, {"open": still_open, "id": which, "limit": limit}).all()
    return [Recall(*row) for row in rows]


def acknowledge(session: Session, which: UUID, at: datetime, by: UUID) -> bool:
    """Note that the own party has dropped its copies; False when that was noted before, or it is not its recall."""
    return session.exec_driver_sql(ACKNOWLEDGE, {"id": which, "at": at, "by": by}).rowcount == 1


def number_of(session: Session, code: str) -> int | None:
    """The number of a party."""
    return session.exec_driver_sql("select number from party where code = %(code)s", {"code": code}).scalar()
