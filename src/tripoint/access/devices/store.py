"""The tables of devices, through the functions that alone may touch them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tripoint.access.devices.model import Device, Recognised
from tripoint.access.model import Act, SignIn
from tripoint.base.database import Session

DEVICES = """
select d.id, d.officer, o.name, d.name, d.enrolled_at, d.confirmed_at, d.ends_at, d.seen_at, d.revoked_at
  from device d join officer o on o.id = d.officer
 where (%(officer)s::uuid is null or d.officer = %(officer)s) and (%(id)s::uuid is null or d.id = %(id)s)
   and (d.revoked_at is null or d.revoked_at > now() - interval '30 days') order by d.revoked_at is not null, d.enrolled_at desc
"""
INVITE = "select invite_device(%(code)s, %(id)s, %(officer)s, %(name)s, %(ends)s)"
ENROL = "select officer, party, name, awake from enrol_device(%(code)s, %(id)s, %(key)s::jsonb, %(ends)s)"
CHALLENGE = "select challenge_device(%(id)s, %(digest)s)"
ANSWER = "select officer, party, name, awake, public_key from answer_challenge(%(id)s, %(digest)s)"
OPEN = "select open_device_sign_in(%(secret)s, %(sign_in)s, %(device)s, %(acts)s::text[], %(lasts)s, %(ends)s)"


def invite(session: Session, which: UUID, code: bytes, officer: UUID, name: str, ends: datetime) -> bool:
    """Keep an invitation for an officer of the own party, by the digest of its code; False where there is none such."""
    row = {"id": which, "code": code, "officer": officer, "name": name, "ends": ends}
    return bool(session.exec_driver_sql(INVITE, row).scalar_one())


def enrol(session: Session, which: UUID, code: bytes, key: Mapping[str, str], ends: datetime) -> Recognised | None:
    """Use an invitation up for a new device; None for a code that is wrong, used or too old."""
    row = {"id": which, "code": code, "key": json.dumps(dict(key)), "ends": ends}
    found = session.exec_driver_sql(ENROL, row).first()
    return None if found is None else Recognised(*found)


def challenge(session: Session, which: UUID, digest: bytes) -> None:
    """Keep what a device is to sign next; says nothing of whether there is such a device."""
    session.exec_driver_sql(CHALLENGE, {"id": which, "digest": digest})


def answer(session: Session, which: UUID, digest: bytes) -> tuple[Recognised, dict[str, Any]] | None:
    """Whose device answers, and its key; None for an unknown, lost or late one. The challenge is used up."""
    found = session.exec_driver_sql(ANSWER, {"id": which, "digest": digest}).first()
    return None if found is None else (Recognised(*found[:4]), found[4])


def open_sign_in(session: Session, secret: bytes, opened: SignIn, device: UUID, lasts: timedelta) -> bool:
    """Keep a new token of a device that is awake; False when it was revoked meanwhile."""
    acts: Iterable[Act] = opened.acts or ()
    row = {
        "secret": secret, "sign_in": opened.id, "device": device, "acts": sorted(acts), "lasts": lasts,
        "ends": opened.ends_at,
    }  # fmt: skip
    return bool(session.exec_driver_sql(OPEN, row).scalar_one())


def devices(session: Session, officer: UUID | None = None, which: UUID | None = None) -> list[Device]:
    """Devices of the own party, or of one of its officers; lost ones for a month more."""
    return [Device(*row) for row in session.exec_driver_sql(DEVICES, {"officer": officer, "id": which}).all()]


def confirm(session: Session, which: UUID) -> bool:
    """Wake a device of the acting officer himself; False where none of his sleeps under this id."""
    return bool(session.exec_driver_sql("select confirm_device(%(id)s)", {"id": which}).scalar_one())


def revoke(session: Session, which: UUID) -> bool:
    """End a device of the own party and all it has open, at once; False where there is none such."""
    return bool(session.exec_driver_sql("select revoke_device(%(id)s)", {"id": which}).scalar_one())
