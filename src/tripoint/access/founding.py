"""Founding a hub from inside: parties, and officers before there is an administrator to add them.

For the command line, the demonstration and tests, with a connection of the tables' owner. Whatever belongs to a
party is written as the application's role standing under that party, so that the same rules bind it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from datetime import UTC, datetime
from uuid import UUID

from tripoint.access import founding_store, proof, rules, store
from tripoint.access.model import Account, Act, Agency, Operation, Party, PartyKind, Role
from tripoint.base.database import Session, stand_under
from tripoint.base.errors import BadInput, Conflict, NotFound, TripointError
from tripoint.base.ids import uuid7

MOST_PARTIES = 256
CODE = re.compile(r"[A-Z0-9]{2,12}")


def found_party(connection: Session, code: str, name: str, kind: PartyKind, contact: str = "") -> Party:
    """A new party with the next number, 0 to 255. `contact` is what an asker is told to call.

    Raises BadInput for a code not of 2 to 12 capitals and digits, Conflict when it is taken or the hub is full.
    """
    if not CODE.fullmatch(code):
        raise BadInput(
            f"{code!r} cannot be a party's code.", field="code", remedy="Use 2 to 12 capital letters and digits: BRA."
        )
    number = founding_store.next_party_number(connection)
    if number >= MOST_PARTIES:
        raise Conflict(f"The hub is full: it has {MOST_PARTIES} parties.", remedy="Found a second hub for more.")
    party = Party(number, code, name, kind, contact)
    if not founding_store.add_party(connection, party):
        raise Conflict(f"There is a party {code} already.", field="code", remedy="Choose another code.")
    return party


def party_named(connection: Session, code: str) -> Party:
    """The party of a code. Raises NotFound."""
    party = founding_store.party_named(connection, code)
    if party is None:
        raise NotFound(f"There is no party {code}.", field="party", remedy="`tripoint party list` shows the parties.")
    return party


@contextmanager
def standing_under(connection: Session, party: Party, officer: UUID | None = None) -> Generator[Session]:
    """Within the block the owner's connection is the application's role standing under one party."""
    founding_store.act_as_application(connection)
    stand_under(connection, party.number, officer)
    try:
        yield connection
    except TripointError:  # refused, not broken: the transaction may go on
        founding_store.act_as_owner(connection)
        raise
    founding_store.act_as_owner(connection)


def found_officer(
    connection: Session, party: Party, *, sign_in_name: str, name: str, agency: str, roles: Iterable[Role],
    password: str, new_id: Callable[[], UUID] = uuid7,
) -> Account:  # fmt: skip
    """A new officer of `party`, and his agency where the party has none of that name.

    His sign-in name comes back with the party's ending: `ana` of ARC is `ana@arc`.
    Raises BadInput, NotAllowed or Conflict as an administrator's own adding does.
    """
    full_name = rules.full_sign_in_name(sign_in_name, party.code)
    given = rules.grantable(frozenset(roles), party)
    hashed = proof.hash_password(password, full_name)
    with standing_under(connection, party) as session:
        place = agency_called(session, party, agency, new_id)
        account = Account(new_id(), full_name, name, place, given, active=True, created_at=datetime.now(UTC))
        if not store.add_officer(session, party.number, account):
            raise Conflict(f"{full_name} is taken.", field="sign_in_name", remedy="Choose another sign-in name.")
        store.set_password(session, account.id, hashed)
        write_entry(session, Act.ADD_OFFICER, party, "officer", account.id)
    return account


def agency_called(session: Session, party: Party, name: str, new_id: Callable[[], UUID]) -> Agency:
    """The party's agency of this name, added where it has none."""
    found = founding_store.agency_called(session, name)
    if found is None:
        found = Agency(new_id(), name)
        store.add_agency(session, party.number, found)
    return found


def renew_password(connection: Session, party: Party, sign_in_name: str, password: str) -> None:
    """A new password for an officer, whose sign-ins end. Raises NotFound, or BadInput for a bad password."""
    full_name = rules.full_sign_in_name(sign_in_name, party.code)
    hashed = proof.hash_password(password, full_name)
    with standing_under(connection, party) as session:
        officer = founding_store.officer_named(session, full_name)
        if officer is None:
            raise NotFound(f"{party.code} has no officer {full_name}.", field="sign_in_name")
        store.set_password(session, officer, hashed)
        store.end_sign_ins_of(session, officer)
        write_entry(session, Act.CHANGE_OFFICER, party, "officer", officer)


def list_officers(connection: Session, party: Party) -> list[Account]:
    """The officers of a party, by name."""
    with standing_under(connection, party) as session:
        return store.accounts(session)


def list_parties(connection: Session) -> list[Party]:
    """All parties, in the order of their codes."""
    return store.parties(connection)


def operation_named(session: Session, which: UUID) -> Operation:
    """An operation of the party stood under. Raises NotFound."""
    found = store.operations(session, which)
    if not found:
        raise NotFound
    return found[0]


def list_operations(connection: Session, party: Party) -> list[Operation]:
    """The operations a party takes part in or coordinates, latest first."""
    with standing_under(connection, party) as session:
        return store.operations(session)


def write_entry(session: Session, act: Act, party: Party, object_kind: str, object_id: UUID) -> None:
    """What was done from the command line, for the party's own trail; nobody had signed in."""
    store.write_entry(
        session, act=act, party=party.number, officer=None, request=uuid7(), outcome="done",
        object_kind=object_kind, object_id=object_id, object_owner=party.number, device="command line",
    )  # fmt: skip
