import concurrent.futures
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import Engine

from tests.town import as_owner, employ, found, rows, visiting
from tripoint.access.model import Account, Act, Party, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import BadInput, Conflict, NotFound, TripointError
from tripoint.records import work
from tripoint.records.model import Level, Person, RecordKind, Terms, Vehicle
from tripoint.words.people import PersonDescription, PersonName, PersonStatus
from tripoint.words.purposes import Purpose
from tripoint.words.vehicles import VehicleStatus

VEHICLE = Vehicle(VehicleStatus.STOLEN, plate="ABC123")
NOW = datetime(2024, 2, 29, 23, 30, tzinfo=UTC)


@pytest.fixture
def party(database: Servers) -> Party:
    return found(database)


@pytest.fixture
def ana(database: Servers, party: Party) -> Account:
    return employ(database, party, Role.CONTRIBUTOR)


def person(key: str = "W-1") -> Person:
    return Person(key, PersonStatus.WANTED, PersonDescription((PersonName("Aurelio Inexistente"),)))


def enter(engine: Engine, who: Account, entry: work.Entry) -> UUID:
    with visiting(engine, who, Act.ADD_RECORD) as visit:
        return work.create(visit, entry).id


def change(engine: Engine, who: Account, which: UUID, version: int) -> int:
    """The status of the answer: 200, or what the refusal carries."""
    try:
        with visiting(engine, who, Act.CHANGE_RECORD) as visit:
            work.revise(visit, which, work.Entry(VEHICLE, Terms()), version=version)
    except TripointError as error:
        return error.status
    return 200


def test_retention_counts_from_the_clock_that_is_handed_in(engine: Engine, ana: Account) -> None:
    with visiting(engine, ana, Act.ADD_RECORD, lambda: NOW) as visit:
        written = work.create(visit, work.Entry(person(), Terms()))
    assert written.retain_until.isoformat() == "2029-03-01"


def test_of_many_changes_at_once_one_is_kept(engine: Engine, database: Servers, ana: Account) -> None:
    which = enter(engine, ana, work.Entry(VEHICLE, Terms()))
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: change(engine, ana, which, 1), range(6)))
    assert sorted(answers) == [200, *[409] * 5]
    with as_owner(database) as owner:
        assert rows(owner, "select version from record_history where record = %(id)s", id=which) == [(1,)]
        assert rows(owner, "select version from vehicle where id = %(id)s", id=which) == [(2,)]


def test_of_one_reference_entered_twice_at_once_one_is_kept(engine: Engine, ana: Account) -> None:
    enter(engine, ana, work.Entry(person("W-0"), Terms(), set_name="Wanted"))

    def attempt(_: int) -> bool:
        try:
            enter(engine, ana, work.Entry(person("W-1"), Terms(), set_name="Wanted"))
        except Conflict:
            return False
        return True

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(attempt, range(4))) == 1
    with visiting(engine, ana, Act.LIST_SETS) as visit:
        assert [each.records for each in work.list_sets(visit)] == [2]


def test_new_terms_come_with_a_change(engine: Engine, ana: Account) -> None:
    which = enter(engine, ana, work.Entry(VEHICLE, Terms()))
    with visiting(engine, ana, Act.CHANGE_RECORD) as visit:
        work.revise(visit, which, work.Entry(VEHICLE, Terms(level=Level.BLIND)), version=1)
    with visiting(engine, ana, Act.READ_RECORD) as visit:
        held = work.read(visit, RecordKind.VEHICLE, which, work.Why())
    assert held.terms == Terms(level=Level.BLIND)


def test_a_refused_opening_of_a_person_is_no_reading(engine: Engine, database: Servers, ana: Account) -> None:
    which = enter(engine, ana, work.Entry(person(), Terms()))

    def ask(why: work.Why) -> None:
        with visiting(engine, ana, Act.READ_RECORD) as visit:
            work.read(visit, RecordKind.PERSON, which, why)

    for why in (work.Why(), work.Why(Purpose.INVESTIGATION), work.Why(reason="because"), work.Why(reason="")):
        with pytest.raises(BadInput):
            ask(why)
    ask(work.Why(Purpose.INVESTIGATION, "because"))
    with as_owner(database) as owner:
        kept = rows(
            owner, "select purpose, reason, object_version from audit where object_id = %(id)s and act = 'read_record'",
            id=which,
        )  # fmt: skip
    assert kept == [("investigation", "because", 1)]


def test_a_record_is_of_one_kind(engine: Engine, ana: Account) -> None:
    which = enter(engine, ana, work.Entry(VEHICLE, Terms()))

    def ask() -> None:
        with visiting(engine, ana, Act.READ_RECORD) as visit:
            work.read(visit, RecordKind.FIREARM, which, work.Why())

    with pytest.raises(NotFound):
        ask()
