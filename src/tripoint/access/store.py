"""The tables of access: sign-on, officers, operations and the audit trail."""

from __future__ import annotations

import re
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.exc import DBAPIError

from tripoint.access.model import (
    Account,
    Act,
    Agency,
    AuditEntry,
    AuditNote,
    Officer,
    OpenSignIn,
    Operation,
    Party,
    PartyKind,
    Post,
    Role,
    SignIn,
)
from tripoint.access.rules import recipients_of
from tripoint.access.visit import Visit
from tripoint.base.database import Session, Statement, together
from tripoint.base.errors import TrailFailed

# Holding the rights first: whoever takes one away waits for the acts in hand, and later ones do without it (pre_0014).
SIGN_ON = "select * from sign_on(hold_rights(%(secret)s), %(renew)s)"
WRITE_AUDIT = """
insert into audit (party, officer, device, sign_in, request, act, purpose, reason,
                   object_kind, object_id, object_owner, object_version, recipients, outcome, owner_only)
values (%(party)s, %(officer)s, %(device)s, %(sign_in)s, %(request)s, %(act)s, %(purpose)s, %(reason)s,
        %(object_kind)s, %(object_id)s, %(object_owner)s, %(object_version)s, %(recipients)s, %(outcome)s, %(owner_only)s)
"""
OF_THE_TRAIL = re.compile(r"\baudit\b")  # the table's name, in the database's own sentence about a failure
AUDIT_COLUMNS = (
    "party", "officer", "device", "sign_in", "request", "act", "purpose", "reason", "object_kind", "object_id",
    "object_owner", "object_version", "recipients", "outcome", "owner_only",
)  # fmt: skip
OWN_AUDIT = """
select a.at, a.act, p.code, a.officer, a.purpose, a.reason, a.object_kind, a.object_version, a.outcome
  from audit a left join party p on p.number = a.party where a.object_id = %(id)s order by a.seq desc limit %(limit)s
"""
OPEN_SIGN_IN = """
select open_sign_in(%(secret)s, %(id)s, %(kind)s, %(officer)s, %(device)s, %(csrf)s,
                    %(acts)s::text[], %(idle)s, %(ends)s)
"""
ADD_AGENCY = """
insert into agency (id, party, name) values (%(id)s, %(party)s, %(name)s) on conflict (party, name) do nothing
"""
ACCOUNTS = """
select o.id, o.sign_in_name, o.name, a.id, a.name, o.roles, o.active, o.created_at
  from officer o join agency a on a.id = o.agency where %(id)s::uuid is null or o.id = %(id)s order by o.name, o.id
"""
ADD_OFFICER = """
insert into officer (id, party, agency, sign_in_name, name, roles, active, created_at)
values (%(id)s, %(party)s, %(agency)s, %(sign_in_name)s, %(name)s, %(roles)s, %(active)s, %(created_at)s)
on conflict (sign_in_name) do nothing
"""
CHANGE_OFFICER = """
update officer set name = %(name)s, agency = %(agency)s, roles = %(roles)s, active = %(active)s where id = %(id)s
"""
OPERATIONS = """
select o.id, o.name, o.family, o.edition, o.starts_at, o.ends_at, c.code as coordinator,
       array(select p.code from participation t join party p on p.number = t.party
              where t.operation = o.id order by p.code) as participants
  from operation o join party c on c.number = o.coordinator
 where %(id)s::uuid is null or o.id = %(id)s order by o.starts_at desc, o.id
"""
POSTS = """
select t.operation, t.id, t.name, t.kind, p.code, t.latitude, t.longitude
  from post t join party p on p.number = t.party
 where %(id)s::uuid is null or t.operation = %(id)s order by t.name, t.id
"""
PARTIES = "select number, code, name, kind, contact from party where active order by code"


def sign_on(
    session: Session, secret_hash: bytes, *, renew: bool = True, ahead: Sequence[Statement] = ()
) -> tuple[Officer, SignIn, list[list[dict[str, Any]]]] | None:
    """Recognise a secret and stand the transaction under its officer's party; None when it opens nothing.

    `ahead` runs right after it, in the same exchange; its rows come third.
    """
    asked = Statement(SIGN_ON, {"secret": secret_hash, "renew": renew})
    found, *rows = together(session, [asked, *ahead])
    if not found:
        return None
    row = found[0]
    party = Party(row["party"], row["party_code"], row["party_name"], PartyKind(row["party_kind"]))
    officer = Officer(
        row["officer"], row["officer_name"], row["agency"], party, frozenset(Role(role) for role in row["roles"])
    )
    acts = None if row["acts"] is None else frozenset(Act(act) for act in row["acts"])
    entry = SignIn(row["sign_in"], row["kind"], row["device"], row["csrf"], acts, row["ends_at"])
    return officer, entry, rows


def audit_row(visit: Visit, note: AuditNote) -> dict[str, Any]:
    """The columns of one audit row."""
    return {
        "party": visit.party,
        "officer": visit.officer.id,
        "device": visit.sign_in.device,
        "sign_in": visit.sign_in.id,
        "request": visit.request,
        "act": note.act.value,
        "purpose": note.purpose,
        "reason": note.reason,
        "object_kind": note.object_kind,
        "object_id": note.object_id,
        "object_owner": note.object_owner,
        "object_version": note.object_version,
        "recipients": list(recipients_of(note, visit.party)) or None,
        "outcome": note.outcome,
        "owner_only": note.owner_only,
    }


def finish(visit: Visit, notes: Sequence[AuditNote]) -> None:
    """Write what the visit kept for its end and its audit rows, and commit, all in one exchange.

    When the rows cannot be written the act does not happen.
    """
    with written():
        together(visit.session, [*visit.last, *audit_statements(visit, notes)], commit=True)


def write_audit(visit: Visit, notes: Sequence[AuditNote]) -> None:
    """Write audit rows in the visit's own transaction, which goes on."""
    with written():
        together(visit.session, audit_statements(visit, notes))


@contextmanager
def written() -> Generator[None]:
    """Within the block the trail is written to. Raises TrailFailed where the database does not let that be."""
    try:
        yield
    except DBAPIError as error:
        said = getattr(getattr(error.orig, "diag", None), "message_primary", None) or ""
        if error.connection_invalidated or not OF_THE_TRAIL.search(said):
            raise
        raise TrailFailed(remedy="Tell the operator; the hub works on when its trail can be written.") from error


def audit_statements(visit: Visit, notes: Sequence[AuditNote]) -> list[Statement]:
    """The rows of the trail, ready to be sent."""
    return [Statement(WRITE_AUDIT, audit_row(visit, note)) for note in notes]


def parties(session: Session) -> list[Party]:
    """All parties of the hub, in the order of their codes."""
    rows = session.exec_driver_sql(PARTIES).all()
    return [Party(number, code, name, PartyKind(kind), contact) for number, code, name, kind, contact in rows]


def own_audit(session: Session, object_id: UUID, limit: int) -> list[AuditEntry]:
    """Who did what to one object, as far as the reader's party may know, newest first."""
    rows = session.exec_driver_sql(OWN_AUDIT, {"id": object_id, "limit": limit}).all()
    return [AuditEntry(*row) for row in rows]


def write_entry(
    session: Session, *, act: Act, party: int | None, officer: UUID | None, request: UUID, outcome: str,
    object_kind: str | None = None, object_id: UUID | None = None, object_owner: int | None = None,
    device: str | None = None,
) -> None:  # fmt: skip
    """An audit row for what happens without a visit: a failed sign-in, an act of the command line."""
    row = dict.fromkeys(AUDIT_COLUMNS) | {
        "party": party, "officer": officer, "request": request, "act": act.value, "outcome": outcome,
        "object_kind": object_kind, "object_id": object_id, "object_owner": object_owner, "device": device,
        "owner_only": False,
    }  # fmt: skip
    with written():
        session.exec_driver_sql(WRITE_AUDIT, row)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to sign in, already counted: whom the name names, if anybody."""

    officer: UUID | None
    party: int | None
    hash: str | None
    locked: bool


def begin_attempt(session: Session, sign_in_name: str) -> Attempt:
    """Count an attempt on a name; commit this before judging it."""
    return Attempt(*session.exec_driver_sql("select * from begin_attempt(%(name)s)", {"name": sign_in_name}).one())


def attempt_succeeded(session: Session, sign_in_name: str) -> None:
    """Forget the failures before a success."""
    session.exec_driver_sql("select attempt_succeeded(%(name)s)", {"name": sign_in_name})


def open_sign_in(session: Session, secret_hash: bytes, opened: SignIn, officer: UUID, idle: timedelta) -> None:
    """Keep a new session or token of an officer; it also ends when it is idle for so long."""
    session.exec_driver_sql(OPEN_SIGN_IN, {
        "secret": secret_hash, "id": opened.id, "kind": opened.kind, "officer": officer, "device": opened.device,
        "csrf": opened.csrf, "acts": None if opened.acts is None else sorted(opened.acts), "idle": idle,
        "ends": opened.ends_at,
    })  # fmt: skip


def sign_ins(session: Session, officer: UUID | None) -> list[OpenSignIn]:
    """The open sign-ins of the own party, or of one of its officers, newest first."""
    rows = session.exec_driver_sql("select * from sign_ins(%(officer)s)", {"officer": officer}).all()
    return [OpenSignIn(*row) for row in rows]


def end_sign_in(session: Session, which: UUID) -> bool:
    """End a sign-in of the own party at once; False when there is none such open."""
    return bool(session.exec_driver_sql("select end_sign_in(%(id)s)", {"id": which}).scalar_one())


def end_sign_ins_of(session: Session, officer: UUID) -> None:
    """End every sign-in of an officer of the own party at once."""
    session.exec_driver_sql("select end_sign_ins_of(%(officer)s)", {"officer": officer})


def set_password(session: Session, officer: UUID, new_hash: str) -> None:
    """Give an officer of the own party a new password; ends a lock."""
    session.exec_driver_sql("select set_password(%(officer)s, %(hash)s)", {"officer": officer, "hash": new_hash})


def agencies(session: Session) -> list[Agency]:
    """The agencies of the own party, by name."""
    return [Agency(*row) for row in session.exec_driver_sql("select id, name from agency order by name").all()]


def add_agency(session: Session, party: int, agency: Agency) -> bool:
    """Keep a new agency; False when the party has one of this name."""
    row = {"id": agency.id, "party": party, "name": agency.name}
    return session.exec_driver_sql(ADD_AGENCY, row).rowcount == 1


def accounts(session: Session, which: UUID | None = None) -> list[Account]:
    """The officers of the own party, by name; or the one named by id."""
    rows = session.exec_driver_sql(ACCOUNTS, {"id": which}).all()
    return [
        Account(id, sign_in_name, name, Agency(agency, agency_name), frozenset(map(Role, roles)), active, created)
        for id, sign_in_name, name, agency, agency_name, roles, active, created in rows
    ]


def add_officer(session: Session, party: int, account: Account) -> bool:
    """Keep a new officer; False when the sign-in name is taken."""
    return session.exec_driver_sql(ADD_OFFICER, {"party": party, **account_row(account)}).rowcount == 1


def change_officer(session: Session, account: Account) -> None:
    """Write an officer's new name, agency, roles and whether he may sign in."""
    session.exec_driver_sql(CHANGE_OFFICER, account_row(account))


def account_row(account: Account) -> dict[str, Any]:
    """The columns of one officer."""
    return {
        "id": account.id, "sign_in_name": account.sign_in_name, "name": account.name, "agency": account.agency.id,
        "roles": sorted(account.roles), "active": account.active, "created_at": account.created_at,
    }  # fmt: skip


def operations(session: Session, which: UUID | None = None) -> list[Operation]:
    """The operations the own party takes part in or coordinates, latest first; or the one named by id."""
    rows = session.exec_driver_sql(OPERATIONS, {"id": which}).mappings().all()
    posts: dict[UUID, list[Post]] = {}
    for operation, *post in session.exec_driver_sql(POSTS, {"id": which}).all():
        posts.setdefault(operation, []).append(Post(*post))
    return [
        Operation(**{**row, "participants": tuple(row["participants"])}, posts=tuple(posts.get(row["id"], ())))
        for row in rows
    ]
