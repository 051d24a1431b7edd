"""What people do at the door: sign in and out, make tokens, look after their party's officers."""

from __future__ import annotations

import secrets
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from tripoint.access import entry_store, proof, rules, store
from tripoint.access.door import Door, hash_secret
from tripoint.access.entry import NOTHING_MORE, SECRET_BYTES, EntryRules, entering
from tripoint.access.model import (
    Account,
    Act,
    Agency,
    AuditEntry,
    AuditNote,
    OpenSignIn,
    Operation,
    Party,
    Role,
    SignIn,
)
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, Conflict, NotAllowed, NotFound

MOST_ENTRIES = 500
INITIAL_HOLDS = timedelta(days=3)


@contextmanager
def signing_in(
    door: Door, request: UUID, *, name: str, password: str, code: str | None = None, device: str | None = None,
    rules: EntryRules = NOTHING_MORE, before: str | None = None,
) -> Generator[tuple[Visit, str]]:  # fmt: skip
    """Open a session for whom name and password prove; yields his visit and the session's secret.

    `code` is a one-time or recovery code, `before` the secret of a session that this one replaces.
    The session is kept when the block ends well. Raises WrongCredentials, SecondFactorNeeded or LockedOut.
    """
    proven = proof.by_password(
        door.engine, request, name=name, password=password, code=code, keys=door.keys, now=door.clock()
    )
    with entering(door, rules, request, proven, device=device, before=before) as entered:
        yield entered


def sign_out(visit: Visit) -> None:
    """End the visit's own sign-in."""
    store.end_sign_in(visit.session, visit.sign_in.id)
    visit.note(AuditNote(Act.SIGN_OUT, "sign_in", visit.sign_in.id, visit.party))


@dataclass(frozen=True, slots=True)
class Token:
    """A machine's token at the moment it is made: the only one at which its secret is known."""

    secret: str
    sign_in: SignIn


def make_token(visit: Visit, *, device: str, minutes: int, acts: Iterable[Act]) -> Token:
    """A token by which a device does `acts`, and nothing else, in the officer's name for `minutes`.

    Raises NotAllowed when a token asks for a token, BadInput for acts that the officer may not do himself.
    """
    if visit.sign_in.kind != "session":
        raise NotAllowed("A token cannot make another.", remedy="Sign in with your password to make tokens.")
    wanted = frozenset(acts)
    beyond = sorted(
        act for act in wanted if act in rules.STEP_UP_ACTS or not rules.may(visit.officer, act, visit.sign_in)
    )
    if beyond:
        raise BadInput(
            f"A token of yours cannot carry: {', '.join(beyond)}.",
            field="acts",
            remedy="Name only acts that your own roles allow; a token never does what wants a fresh proof of a person.",
        )
    secret = secrets.token_urlsafe(SECRET_BYTES)
    lasts = timedelta(minutes=minutes)
    opened = SignIn(visit.new_id(), "token", device, None, wanted, visit.clock() + lasts)
    store.open_sign_in(visit.session, hash_secret(secret), opened, visit.officer.id, lasts)
    visit.note(AuditNote(Act.MAKE_TOKEN, "sign_in", opened.id, visit.party))
    return Token(secret, opened)


def list_sign_ins(visit: Visit, *, officer: UUID | None = None, all_of_party: bool = False) -> list[OpenSignIn]:
    """The officer's own open sign-ins; as administrator those of one officer of the party, or of all."""
    if not all_of_party and officer in (None, visit.officer.id):
        return store.sign_ins(visit.session, visit.officer.id)
    if Role.PARTY_ADMINISTRATOR not in visit.officer.roles:
        raise NotAllowed
    return store.sign_ins(visit.session, officer)


def end_sign_in(visit: Visit, which: UUID) -> None:
    """End a sign-in at once: one's own, or as administrator any of the party. Raises NotFound for every other."""
    administers = Role.PARTY_ADMINISTRATOR in visit.officer.roles
    within = store.sign_ins(visit.session, None if administers else visit.officer.id)
    if which not in {sign_in.id for sign_in in within} or not store.end_sign_in(visit.session, which):
        raise NotFound
    visit.note(AuditNote(Act.END_SIGN_IN, "sign_in", which, visit.party))


def list_parties(visit: Visit) -> list[Party]:
    """All parties of the hub: who takes part is no secret among them."""
    return store.parties(visit.session)


def list_operations(visit: Visit) -> list[Operation]:
    """The operations that the own party takes part in or coordinates, latest first."""
    return store.operations(visit.session)


def find_operation(visit: Visit, which: UUID) -> Operation:
    """One operation that the own party takes part in or coordinates. Raises NotFound for every other."""
    found = store.operations(visit.session, which)
    if not found:
        raise NotFound("Your party takes part in no such operation.", field="operation")
    return found[0]


def add_agency(visit: Visit, *, name: str) -> Agency:
    """A new agency of the own party. Raises Conflict when it has one of this name."""
    agency = Agency(visit.new_id(), name)
    if not store.add_agency(visit.session, visit.party, agency):
        raise Conflict(f"Your party already has an agency {name!r}.", field="name", remedy="Choose another name.")
    visit.note(AuditNote(Act.ADD_AGENCY, "agency", agency.id, visit.party))
    return agency


def list_officers(visit: Visit) -> tuple[list[Account], list[Agency]]:
    """The own party's officers and agencies."""
    return store.accounts(visit.session), store.agencies(visit.session)


def add_officer(
    visit: Visit, *, sign_in_name: str, name: str, agency: UUID, roles: Iterable[Role]
) -> tuple[Account, str]:
    """A new officer of the own party, whose sign-in name ends in the party's code, and a password to begin with.

    The password holds for three days, and for choosing his own alone.

    Raises Conflict when the name is taken, BadInput or NotAllowed for what he may not be given.
    """
    full_name = rules.full_sign_in_name(sign_in_name, visit.officer.party.code)
    given = rules.grantable(frozenset(roles), visit.officer.party)
    rules.check_may_act_on(visit.officer.roles, given)
    account = Account(
        visit.new_id(), full_name, name, agency_named(visit, agency), given, active=True, created_at=visit.clock()
    )
    password, hashed = proof.initial_password(full_name)
    if not store.add_officer(visit.session, visit.party, account):
        raise Conflict(f"{full_name} is taken.", field="sign_in_name", remedy="Choose another sign-in name.")
    entry_store.set_initial_password(visit.session, account.id, hashed, INITIAL_HOLDS)
    visit.note(AuditNote(Act.ADD_OFFICER, "officer", account.id, visit.party))
    return account, password


@dataclass(frozen=True, slots=True)
class OfficerChange:
    """What an administrator changes of an officer; None leaves it as it is."""

    name: str | None = None
    agency: UUID | None = None
    roles: frozenset[Role] | None = None
    active: bool | None = None
    new_password: bool = False


def change_officer(visit: Visit, which: UUID, change: OfficerChange) -> tuple[Account, str | None]:
    """Change an officer of the own party. Struck off, with a role less, an administrator's role
    more or a new password, his sign-ins end at once.

    Gives the account and, where a new password was wanted, one to begin with: no administrator chooses another's.
    Raises NotFound for an officer of another party, NotAllowed for one's own roles and for whoever has more rights.
    """
    found = store.accounts(visit.session, which)
    if not found:
        raise NotFound
    if which == visit.officer.id and (change.roles is not None or change.active is not None):
        raise NotAllowed("Nobody changes his own roles.", remedy="Ask another administrator of your party.")
    rules.check_may_act_on(visit.officer.roles, found[0].roles | (change.roles or frozenset()))
    account = changed(visit, found[0], change)
    password = None
    if change.new_password:
        password, hashed = proof.initial_password(account.sign_in_name)
        entry_store.set_initial_password(visit.session, which, hashed, INITIAL_HOLDS)
    store.change_officer(visit.session, account)
    gained = (account.roles - found[0].roles) & rules.OFFICE  # who keeps accounts may have to come in another way
    if not account.active or change.new_password or gained or not account.roles >= found[0].roles:
        store.end_sign_ins_of(visit.session, which)
    visit.note(AuditNote(Act.CHANGE_OFFICER, "officer", which, visit.party))
    return account, password


def changed(visit: Visit, account: Account, change: OfficerChange) -> Account:
    """The account after the change."""
    roles = account.roles if change.roles is None else rules.grantable(change.roles, visit.officer.party)
    return replace(
        account,
        name=account.name if change.name is None else change.name,
        agency=account.agency if change.agency is None else agency_named(visit, change.agency),
        roles=roles,
        active=account.active if change.active is None else change.active,
    )


def agency_named(visit: Visit, which: UUID) -> Agency:
    """An agency of the own party. Raises BadInput for any other."""
    for agency in store.agencies(visit.session):
        if agency.id == which:
            return agency
    raise BadInput(
        "Your party has no such agency.", field="agency", remedy="Take one from the list of agencies, or add it first."
    )


def read_audit(visit: Visit, object_id: UUID, *, limit: int = 100) -> list[AuditEntry]:
    """Who did what to one object: the own party's acts, and everybody's upon what the own party holds."""
    visit.note(AuditNote(Act.READ_AUDIT, "audit", object_id))
    return store.own_audit(visit.session, object_id, min(limit, MOST_ENTRIES))
