"""Put the invented operation into an empty hub, through the same doors as real parties: founding and loading."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from tripoint.access import founding
from tripoint.access.model import Operation, Party
from tripoint.access.rules import HUB
from tripoint.base.database import Engine, Session, make_engine, owner_engine, transaction
from tripoint.base.errors import SetUp
from tripoint.base.keyring import KeyRing
from tripoint.demo.lists import RecordList, key_of
from tripoint.demo.world import PlannedOfficer, World
from tripoint.desks.operations import work as operations
from tripoint.desks.operations.model import Plan
from tripoint.records.loading.model import Edition, Report
from tripoint.records.loading.work import load_edition
from tripoint.records.model import AudienceKind, Level, Listed, Person, Terms
from tripoint.records.sources.outcomes import Row

AT_ONCE = 4
LASTS = timedelta(days=365)
T = TypeVar("T")
R = TypeVar("R")
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Settled:
    """What was put there: how many of each."""

    parties: int
    officers: int
    posts: int
    lists: int
    records: int


def settle(
    admin: str, app: str, world: World, password: str, now: datetime, tell: Tell, keys: KeyRing
) -> Settled:  # fmt: skip
    """Found parties, operation and officers and load every list. Run again after a break it goes on where it was."""
    with owner_engine(admin, pool=AT_ONCE) as engine:
        tell("parties and operation")
        with transaction(engine) as connection:
            parties = found_parties(connection, world)
            operation = found_operation(connection, parties[HUB], world, now)
        tell(f"{len(world.officers)} officers")
        in_parallel(lambda officers: found_officers(engine, parties, officers, password), by_party(world.officers))
    engine = make_engine(app, pool=AT_ONCE)
    tell(f"{len(world.lists)} lists")
    shared = [(one, terms_of(one, operation.id, world)) for one in world.lists]
    reports = in_parallel(lambda pair: load_list(engine, *pair, now, keys), shared)
    engine.dispose()
    return Settled(
        len(parties), len(world.officers), len(operation.posts), len(reports), sum(report.rows for report in reports)
    )


def check_empty(admin: str) -> None:
    """Raises SetUp when the hub has parties that no demonstration brought."""
    with owner_engine(admin, pool=AT_ONCE) as engine, transaction(engine) as connection:
        if founding.list_parties(connection):
            raise SetUp(
                "This hub has parties already; the demonstration invents its own.",
                field="--data",
                remedy="Give an empty folder with --data.",
            )


def in_parallel(act: Callable[[T], R], things: Iterable[T]) -> list[R]:
    """Do it for all, a few at once; the first error ends it."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(act, things))


def found_parties(connection: Session, world: World) -> dict[str, Party]:
    """Every party by its code, founded where absent."""
    known = {party.code: party for party in founding.list_parties(connection)}
    for planned in world.parties:
        if planned.code not in known:
            known[planned.code] = founding.found_party(
                connection, planned.code, planned.name, planned.kind, planned.contact
            )
    return known


def found_operation(connection: Session, hub: Party, world: World, now: datetime) -> Operation:
    """The operation with its posts, founded where absent; it began as many days ago as it has gone on."""
    played = world.played
    for operation in founding.list_operations(connection, hub):
        if operation.name == played.name:
            return operation
    began = now - timedelta(days=played.days)
    plan = Plan(played.name, began, now + LASTS, played.taking_part, played.family, played.edition)
    return operations.found_operation(connection, hub, plan, tuple(place.post for place in world.places))


def by_party(officers: tuple[PlannedOfficer, ...]) -> list[list[PlannedOfficer]]:
    """The officers of each party together: two transactions must not add one agency at once."""
    groups: dict[str, list[PlannedOfficer]] = {}
    for officer in officers:
        groups.setdefault(officer.party, []).append(officer)
    return list(groups.values())


def found_officers(engine: Engine, parties: dict[str, Party], planned: list[PlannedOfficer], password: str) -> None:
    """The officers of one party, each where absent."""
    with transaction(engine) as connection:
        party = parties[planned[0].party]
        known = {account.sign_in_name for account in founding.list_officers(connection, party)}
        for officer in planned:
            if officer.sign_in_name not in known:
                founding.found_officer(
                    connection, party, sign_in_name=officer.sign_in, name=officer.name, agency=officer.agency,
                    roles=officer.roles, password=password,
                )  # fmt: skip


def load_list(engine: Engine, one: RecordList, terms: Terms, now: datetime, keys: KeyRing) -> Report:
    """One list as the first edition of its set."""
    digest = sha256("\n".join(map(repr, one.records)).encode()).digest()
    edition = Edition(one.owner, one.name, one.kind, "demonstration", terms, digest, now.astimezone(UTC))
    report = load_edition(engine, edition, rows_of(one.records), date.today(), keys=keys)
    if report.bad:
        raise SetUp(f"{one.owner}, {one.name}: {report.bad} invented records were refused.")
    return report


def terms_of(one: RecordList, operation: UUID, world: World) -> Terms:
    """The terms of a list; a partner takes no part in the operation and shares with every party."""
    terms = one.sharing.terms(operation)
    if one.owner in world.played.taking_part:
        return terms
    everyone = replace(terms.meeting, kind=AudienceKind.EVERYONE, operation=None)
    return replace(terms, meeting=everyone, readers=everyone if one.sharing.level is Level.FULL else terms.readers)


def rows_of(records: tuple[Listed, ...]) -> Iterator[Row]:
    """The records as a reader of files would yield them."""
    for line, record in enumerate(records, 1):
        yield Row(line, key_of(record) if isinstance(record, Person) else None, record)
