"""The tables of founding: parties and the application's place within a connection of the owner."""

from __future__ import annotations

from uuid import UUID

from tripoint.access.model import Agency, Party, PartyKind
from tripoint.base.database import APPLICATION_ROLE, Session

LOCK_PARTIES = "lock table party in share row exclusive mode"
NEXT_NUMBER = "select coalesce(max(number) + 1, 0) from party"
ADD_PARTY = """
insert into party (number, code, name, kind, contact)
values (%(number)s, %(code)s, %(name)s, %(kind)s, %(contact)s) on conflict (code) do nothing
"""
PARTY = "select number, code, name, kind, contact from party where code = %(code)s"
OFFICER_NAMED = "select id from officer where sign_in_name = %(name)s"


def next_party_number(session: Session) -> int:
    """The number the next party gets; nobody else founds one until this transaction ends."""
    session.exec_driver_sql(LOCK_PARTIES)
    return int(session.exec_driver_sql(NEXT_NUMBER).scalar_one())


def add_party(session: Session, party: Party) -> bool:
    """Keep a new party; False when the code is taken. Only the owner of the tables may."""
    row = {"number": party.number, "code": party.code, "name": party.name, "kind": party.kind, "contact": party.contact}
    return session.exec_driver_sql(ADD_PARTY, row).rowcount == 1


def party_named(session: Session, code: str) -> Party | None:
    """The party of a code."""
    row = session.exec_driver_sql(PARTY, {"code": code}).first()
    return None if row is None else Party(row[0], row[1], row[2], PartyKind(row[3]), row[4])


def officer_named(session: Session, sign_in_name: str) -> UUID | None:
    """The officer of the party stood under who signs in by this name."""
    return session.exec_driver_sql(OFFICER_NAMED, {"name": sign_in_name}).scalar()


def agency_called(session: Session, name: str) -> Agency | None:
    """The agency of the party stood under by its name."""
    row = session.exec_driver_sql("select id, name from agency where name = %(name)s", {"name": name}).first()
    return None if row is None else Agency(*row)


def act_as_application(session: Session) -> None:
    """From here on the application's role, which row-level security binds as it binds every request."""
    session.exec_driver_sql(f"set local role {APPLICATION_ROLE}")


def act_as_owner(session: Session) -> None:
    """Back to the connection's own role, standing under nobody."""
    session.exec_driver_sql("reset role")
    session.exec_driver_sql(
        "select set_config('tripoint.party', '', true), set_config('tripoint.home', '', true),"
        " set_config('tripoint.officer', '', true)"
    )
