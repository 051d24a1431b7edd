"""The application and the database must give one answer to who sees what, in whatever world."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import Engine, create_engine

from tests.town import found, rows
from tripoint.access import founding
from tripoint.access.model import Party
from tripoint.access.rules import sees_record
from tripoint.base.database import Session
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7
from tripoint.desks.operations import store as operations
from tripoint.desks.operations.model import Plan
from tripoint.records import rules, store
from tripoint.records.model import Audience, AudienceKind, Content, Firearm, Level, RecordKind, Terms, Vehicle
from tripoint.words.firearms import FirearmStatus
from tripoint.words.vehicles import VehicleStatus

PARTIES, OPERATIONS, NOBODY = 5, 3, -1
HOURS = st.sampled_from([-50, -2, 2, 50])
SOME = st.frozensets(st.integers(0, PARTIES - 1))


@dataclass(frozen=True, slots=True)
class PlannedOperation:
    coordinator: int
    participants: frozenset[int]
    starts: int  # hours from now
    lasts: int


@dataclass(frozen=True, slots=True)
class PlannedAudience:
    kind: AudienceKind
    parties: frozenset[int]
    operation: int
    barred: frozenset[int]


@dataclass(frozen=True, slots=True)
class PlannedRecord:
    owner: int
    readers: PlannedAudience
    meeting: PlannedAudience
    level: Level
    firearm: bool


OPERATION = st.builds(
    PlannedOperation, st.integers(0, PARTIES - 1), SOME, HOURS, st.sampled_from([1, 10, 100])
)  # fmt: skip
AUDIENCE = st.builds(PlannedAudience, st.sampled_from(AudienceKind), SOME, st.integers(0, OPERATIONS - 1), SOME)
RECORD = st.builds(
    PlannedRecord, st.integers(0, PARTIES - 1), AUDIENCE, AUDIENCE, st.sampled_from(Level), st.booleans()
)


@dataclass(frozen=True, slots=True)
class World:
    """How things stand before, and what changes after the records are entered."""

    operations: tuple[PlannedOperation, ...]
    records: tuple[PlannedRecord, ...]
    later: tuple[PlannedOperation, ...]
    struck_off: frozenset[int]


ALL_OPERATIONS = st.tuples(*[OPERATION] * OPERATIONS)
WORLD = st.builds(
    World, ALL_OPERATIONS, st.lists(RECORD, min_size=1, max_size=5).map(tuple), ALL_OPERATIONS,
    st.frozensets(st.integers(0, PARTIES - 1), max_size=2),
)  # fmt: skip


@pytest.fixture(scope="module")
def owner_engine(database: Servers) -> Generator[Engine]:
    engine = create_engine(database.admin)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def parties(database: Servers) -> list[Party]:
    return [found(database) for _ in range(PARTIES)]


@dataclass
class Built:
    """A world that stands in the database, and what the application needs to judge it."""

    session: Session
    parties: list[Party]
    world: World
    now: datetime
    ids: list[UUID]

    def plan(self, planned: PlannedOperation) -> Plan:
        starts = self.now + timedelta(hours=planned.starts)
        return Plan("Any", starts, starts + timedelta(hours=planned.lasts), ())

    def numbers(self, chosen: frozenset[int]) -> list[int]:
        return [self.parties[index].number for index in chosen]

    def set_up_operations(self) -> None:
        for which, planned in zip(self.ids, self.world.operations, strict=True):
            coordinator = self.parties[planned.coordinator]
            with founding.standing_under(self.session, coordinator) as session:
                operations.add(session, which, self.plan(planned), coordinator.number)
                operations.set_participants(session, which, self.numbers(planned.participants))

    def change_operations(self) -> None:
        for which, before, after in zip(self.ids, self.world.operations, self.world.later, strict=True):
            with founding.standing_under(self.session, self.parties[before.coordinator]) as session:
                operations.change(session, which, self.plan(after))
                operations.set_participants(session, which, self.numbers(after.participants))
        for index in self.world.struck_off:
            number = self.parties[index].number
            self.session.exec_driver_sql("update party set active = false where number = %(n)s", {"n": number})

    def audience(self, planned: PlannedAudience) -> Audience:
        codes = tuple(sorted(self.parties[index].code for index in planned.parties))
        barred = tuple(sorted(self.parties[index].code for index in planned.barred))
        match planned.kind:
            case AudienceKind.PARTIES:
                return Audience(planned.kind, parties=codes, barred=barred)
            case AudienceKind.OPERATION:
                return Audience(planned.kind, operation=self.ids[planned.operation], barred=barred)
            case _:
                return Audience(planned.kind, barred=barred)

    def terms(self, planned: PlannedRecord) -> Terms:
        readers, meeting = (self.own_if_outside(planned, a) for a in (planned.readers, planned.meeting))
        if readers.operation and meeting.operation:  # terms name one operation at most
            meeting = Audience(AudienceKind.OPERATION, operation=readers.operation, barred=meeting.barred)
        return Terms(readers, meeting, planned.level)

    def own_if_outside(self, planned: PlannedRecord, audience: PlannedAudience) -> Audience:
        """The audience; its owner cannot share with an operation that he has no part in when he enters the record."""
        operation = self.world.operations[audience.operation] if self.world.operations else None
        outside = operation and planned.owner not in operation.participants | {operation.coordinator}
        if audience.kind is AudienceKind.OPERATION and outside:
            return Audience(barred=self.audience(audience).barred)
        return self.audience(audience)

    def enter(self, planned: PlannedRecord, mark: str) -> UUID:
        owner, terms, which = self.parties[planned.owner], self.terms(planned), uuid7()
        content: Content = Firearm(FirearmStatus.STOLEN, mark) if planned.firearm else Vehicle(
            VehicleStatus.STOLEN, plate=mark
        )  # fmt: skip
        kind = rules.kind_of(content)
        with founding.standing_under(self.session, owner) as session:
            operation = terms.readers.operation or terms.meeting.operation
            row = store.terms_for(session, owner.number, terms, operation)
            number, _ = store.set_for(session, owner.number, kind.value, kind, row, uuid7())
            store.add(session, kind, store.Writing(
                which, owner.number, number, row, content, self.now, None, date(2999, 1, 1)
            ))  # fmt: skip
        return which

    def active(self) -> dict[str, int]:
        return {p.code: p.number for index, p in enumerate(self.parties) if index not in self.world.struck_off}

    def members(self, planned: PlannedRecord) -> tuple[frozenset[int], frozenset[int], bool]:
        """The readers and the meeting parties of a record after all changes, and whether its terms hold."""
        terms = self.terms(planned)
        taking_part = {
            which: frozenset(self.numbers(after.participants | {before.coordinator}))
            for which, before, after in zip(self.ids, self.world.operations, self.world.later, strict=True)
        }
        which = terms.readers.operation or terms.meeting.operation
        plan = self.plan(self.world.later[self.ids.index(which)]) if which else None
        valid = rules.in_force(self.now, (plan.starts_at, plan.ends_at) if plan else None)
        owner, active = self.parties[planned.owner].number, self.active()
        readers = rules.members(terms.readers, owner, active, taking_part)
        return readers, rules.members(terms.meeting, owner, active, taking_part), valid


def stand(session: Session, reader: int) -> None:
    session.exec_driver_sql("set local role tripoint_app")
    session.exec_driver_sql("select set_config('tripoint.party', %(p)s, true)", {"p": str(reader)})


def level_met(session: Session, planned: PlannedRecord, mark: str) -> Level:
    search = "search_firearms(%(mark)s)" if planned.firearm else "search_vehicles(null, %(mark)s, null)"
    met = rows(session, f"select level from {search}", mark=mark)
    return Level(met[0][0] or "nothing") if met else Level.NOTHING


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(world=WORLD)
def test_the_database_and_the_application_agree(owner_engine: Engine, parties: list[Party], world: World) -> None:
    with owner_engine.connect() as session, session.begin() as errand:
        now = session.exec_driver_sql("select now()").scalar_one().astimezone(UTC)
        built = Built(session, parties, world, now, [uuid7() for _ in range(OPERATIONS)])
        built.set_up_operations()
        marks = [f"MARK{index}" for index in range(len(world.records))]
        ids = [built.enter(planned, mark) for planned, mark in zip(world.records, marks, strict=True)]
        built.change_operations()
        for reader in (NOBODY, *(party.number for party in parties)):
            stand(session, reader)
            seen = {row[0] for row in rows(session, "select id from vehicle union select id from firearm")}
            for planned, mark, which in zip(world.records, marks, ids, strict=True):
                readers, meeting, valid = built.members(planned)
                owner = parties[planned.owner].number
                assert (which in seen) == sees_record(reader, owner=owner, readers=readers, valid=valid)
                assert level_met(session, planned, mark) == rules.meets(
                    reader, owner=owner, meeting=meeting, level=planned.level, valid=valid
                )
        errand.rollback()


def test_nobody_who_stands_under_no_party_sees_anything(owner_engine: Engine, parties: list[Party]) -> None:
    everyone = PlannedAudience(AudienceKind.EVERYONE, frozenset(), 0, frozenset())
    world = World((), (PlannedRecord(0, everyone, everyone, Level.FULL, False),), (), frozenset())
    with owner_engine.connect() as session, session.begin() as errand:
        built = Built(session, parties, world, datetime.now(UTC), [])
        built.enter(world.records[0], "MARK")
        session.exec_driver_sql("set local role tripoint_app")
        assert rows(session, "select id from vehicle") == []
        assert rows(session, "select 1 from search_vehicles(null, 'MARK', null)") == []
        errand.rollback()


def test_every_kind_of_record_stands_under_the_same_policy(owner_engine: Engine) -> None:
    names = [*(kind.value for kind in RecordKind), "notice", "person_document", "mark"]
    with owner_engine.connect() as session:
        found = rows(
            session,
            "select distinct qual from pg_policies where policyname = 'released' and tablename = any(%(names)s)",
            names=names,
        )
        gives = "policyname = 'released' and permissive = 'PERMISSIVE'"  # a restrictive one takes away only
        count = rows(session, f"select count(*) from pg_policies where {gives}")
    assert len(found) == 1
    assert count[0][0] == len(names)
