from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from tests.town import as_owner, found, rows
from tripoint.access import founding
from tripoint.access.model import Party
from tripoint.base.database import Session, stand_under
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7
from tripoint.desks.operations import store
from tripoint.desks.operations.model import Plan
from tripoint.records import store as records
from tripoint.records.model import Audience, AudienceKind, RecordKind, Terms, Vehicle
from tripoint.words.vehicles import VehicleStatus

NOW = datetime.now(UTC)
PLAN = Plan("Quiet River", NOW - timedelta(days=1), NOW + timedelta(days=1), ())


def sees(session: Session, party: Party, which: UUID) -> bool:
    with founding.standing_under(session, party):
        return bool(rows(session, "select 1 from vehicle where id = %(id)s", id=which))


def test_terms_follow_parties_and_dates_within_one_transaction(database: Servers) -> None:
    chief, owner, reader = (found(database) for _ in range(3))
    operation, which = uuid7(), uuid7()
    with as_owner(database) as session:
        with founding.standing_under(session, chief):
            store.add(session, operation, PLAN, chief.number)
            store.set_participants(session, operation, [owner.number])
        terms = Terms(readers=Audience(AudienceKind.OPERATION, operation=operation))
        with founding.standing_under(session, owner):
            row = records.terms_for(session, owner.number, terms, operation)
            assert records.terms_for(session, owner.number, terms, operation) == row
            number, _ = records.set_for(session, owner.number, "Vehicles", RecordKind.VEHICLE, row, uuid7())
            content = Vehicle(VehicleStatus.STOLEN, plate="ABC123")
            records.add(session, RecordKind.VEHICLE, records.Writing(
                which, owner.number, number, row, content, NOW, None, date(2099, 1, 1)
            ))  # fmt: skip
        assert not sees(session, reader, which)
        assert sees(session, chief, which)
        with founding.standing_under(session, chief):
            store.set_participants(session, operation, [owner.number, reader.number])
        assert sees(session, reader, which)
        with founding.standing_under(session, chief):
            ended = Plan("Quiet River", PLAN.starts_at, NOW - timedelta(seconds=5), ())
            assert store.change(session, operation, ended)
        assert not sees(session, reader, which)
        assert not sees(session, chief, which)
        assert sees(session, owner, which)


def test_another_party_changes_nothing(database: Servers) -> None:
    chief, member = found(database), found(database)
    operation = uuid7()
    with as_owner(database) as session:
        with founding.standing_under(session, chief):
            store.add(session, operation, PLAN, chief.number)
            store.set_participants(session, operation, [member.number])
        with founding.standing_under(session, member):
            assert not store.change(session, operation, PLAN)
            session.exec_driver_sql("delete from participation where operation = %(id)s", {"id": operation})
            stand_under(session, member.number)
            assert rows(session, "select count(*) from participation where operation = %(id)s", id=operation) == [(1,)]
