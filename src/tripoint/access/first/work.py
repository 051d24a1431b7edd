"""What happens before there is anybody: a code is offered, and whoever reads the console becomes administrator."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from tripoint.access import founding, founding_store, proof, rules, store as access_store
from tripoint.access.door import Door, hash_secret
from tripoint.access.first import store
from tripoint.access.model import Account, Act, Party, PartyKind, Role
from tripoint.base.database import Engine, Session, transaction
from tripoint.base.errors import BadInput, Conflict, NotFound, WrongCredentials

HOLDS = timedelta(minutes=15)
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that eyes confuse
GROUPS, GROUP = 5, 5  # 25 signs of 32: 125 bits, so that five guesses are nothing


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first party and its first administrator, as they are asked for."""

    party: str
    party_name: str
    kind: PartyKind
    sign_in_name: str
    name: str
    agency: str
    password: str


def offer(engine: Engine) -> str | None:
    """A new code for an empty hub, good once and for 15 minutes, in place of any earlier one; None where anybody is."""
    code = "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))
    with transaction(engine) as session:
        return code if store.offer(session, digest_of(code), HOLDS) else None


def digest_of(code: str) -> bytes:
    """What is kept of a code, whatever case and spaces it is typed with."""
    return hash_secret("".join(sign for sign in code.upper() if sign.isalnum()))


def is_open(engine: Engine) -> bool:
    """Whether the hub still waits for its first administrator."""
    with transaction(engine) as session:
        return store.is_empty(session)


def begin(door: Door, request: UUID, code: str, beginning: Beginning) -> Account:
    """Make the first administrator of the first party; at the hub's own body he is its operator too.

    Raises NotFound where there is somebody already, WrongCredentials for a code that is wrong, used, too old, or tried
    too often, BadInput for what cannot be a party, name or password.
    """
    if not is_open(door.engine):
        raise NotFound
    if not founding.CODE.fullmatch(beginning.party):
        raise BadInput("A party's code has 2 to 12 capitals and digits.", field="party", remedy="Write it like BRA.")
    full_name = rules.full_sign_in_name(beginning.sign_in_name, beginning.party)
    hashed = proof.hash_password(beginning.password, full_name)
    with transaction(door.engine) as session:
        right = store.attempt(session, digest_of(code))
    if not right:
        raise WrongCredentials(
            "The code is wrong, used, or older than 15 minutes; after five attempts it is dead.",
            field="code", remedy="Start the hub again, or run `tripoint first-code`: it shows a new one.",
        )  # fmt: skip
    with transaction(door.engine) as session:
        party = first_party(session, code, beginning)
        return first_officer(door, session, request, party, full_name, beginning, hashed)


def first_party(session: Session, code: str, beginning: Beginning) -> Party:
    """The party, founded by the code, which is used up by that. Raises Conflict when somebody else was quicker."""
    number = store.found_party(session, digest_of(code), beginning.party, beginning.party_name, beginning.kind)
    if number is None:
        raise Conflict("Somebody else has just used the code.", field="code", remedy="Look whether it was you.")
    party = founding_store.party_named(session, beginning.party)
    if party is None:
        raise NotFound
    return party


def first_officer(
    door: Door, session: Session, request: UUID, party: Party, full_name: str, beginning: Beginning, hashed: str
) -> Account:
    """The party's first administrator, with a line on its trail."""
    hub = party.code == rules.HUB and party.kind is PartyKind.BODY
    roles = frozenset({Role.PARTY_ADMINISTRATOR, Role.HUB_OPERATOR} if hub else {Role.PARTY_ADMINISTRATOR})
    agency = founding.agency_called(session, party, beginning.agency, door.new_id)
    account = Account(
        door.new_id(), full_name, beginning.name, agency, rules.grantable(roles, party), active=True,
        created_at=door.clock(),
    )  # fmt: skip
    if not access_store.add_officer(session, party.number, account):
        raise Conflict(f"{full_name} is taken.", field="sign_in_name")
    access_store.set_password(session, account.id, hashed)
    access_store.write_entry(
        session, act=Act.FOUND_HUB, party=party.number, officer=account.id, request=request, outcome="done",
        object_kind="officer", object_id=account.id, object_owner=party.number,
    )  # fmt: skip
    return account
