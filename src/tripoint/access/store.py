"""The tables of access: sign-on and the audit trail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tripoint.access.model import Act, AuditNote, Officer, Party, PartyKind, Role, SignIn
from tripoint.access.visit import Visit
from tripoint.base.database import Session

SIGN_ON = "select * from sign_on(%(secret)s)"
WRITE_AUDIT = """
insert into audit (party, officer, device, sign_in, request, act, purpose, reason, object_kind, object_id, object_owner, object_version, recipients, outcome)
values (%(party)s, %(officer)s, %(device)s, %(sign_in)s, %(request)s, %(act)s, %(purpose)s, %(reason)s, %(object_kind)s, %(object_id)s, %(object_owner)s,
        %(object_version)s, %(recipients)s, %(outcome)s)
"""
PARTIES = "select number, code, name, kind, contact from party where active order by code"


def sign_on(session: Session, secret_hash: bytes) -> tuple[Officer, SignIn] | None:
    """Recognise a secret and stand the transaction under its officer's party; None when it opens nothing."""
    row = session.exec_driver_sql(SIGN_ON, {"secret": secret_hash}).mappings().first()
    if row is None:
        return None
    party = Party(row["party"], row["party_code"], row["party_name"], PartyKind(row["party_kind"]))
    officer = Officer(
        row["officer"], row["officer_name"], row["agency"], party, frozenset(Role(role) for role in row["roles"])
    )
    acts = None if row["acts"] is None else frozenset(Act(act) for act in row["acts"])
    return officer, SignIn(row["sign_in"], row["kind"], row["device"], row["csrf"], acts, row["ends_at"])


def audit_row(visit: Visit, note: AuditNote) -> dict[str, Any]:
    """The columns of one audit row."""
    return {
        "party": visit.party, "officer": visit.officer.id, "device": visit.sign_in.device, "sign_in": visit.sign_in.id,
        "request": visit.request, "act": note.act.value, "purpose": note.purpose, "reason": note.reason,
        "object_kind": note.object_kind, "object_id": note.object_id, "object_owner": note.object_owner,
        "object_version": note.object_version, "recipients": list(note.recipients) or None, "outcome": note.outcome,
    }


def write_audit(visit: Visit, notes: Sequence[AuditNote]) -> None:
    """Write the rows in the visit's own transaction. When they cannot be written the act does not happen."""
    rows = [audit_row(visit, note) for note in notes]
    if rows:
        visit.session.exec_driver_sql(WRITE_AUDIT, rows if len(rows) > 1 else rows[0])


def parties(session: Session) -> list[Party]:
    """All parties of the hub, in the order of their codes."""
    rows = session.exec_driver_sql(PARTIES).all()
    return [Party(number, code, name, PartyKind(kind), contact) for number, code, name, kind, contact in rows]


def own_audit(session: Session, object_id: UUID, limit: int) -> list[dict[str, Any]]:
    """Who did what to one object, as far as the reader's party may know, newest first."""
    found = session.exec_driver_sql(
        "select a.at, a.act, p.code as party, a.officer, a.purpose, a.reason, a.object_kind, a.object_version, a.outcome"
        " from audit a left join party p on p.number = a.party where a.object_id = %(id)s order by a.seq desc limit %(limit)s",
        {"id": object_id, "limit": limit},
    )
    return [dict(row) for row in found.mappings()]
