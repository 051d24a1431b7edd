from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from tests.town import as_owner, found, rows
from tripoint.access.model import Party
from tripoint.base.database import Session, stand_under
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7
from tripoint.records import store
from tripoint.records.model import (
    Audience,
    AudienceKind,
    Content,
    Level,
    Notice,
    NoticeColour,
    Person,
    RecordKind,
    Terms,
    TravelDocument,
)
from tripoint.records.rules import kind_of
from tripoint.words.documents import DocumentReference, DocumentStatus, DocumentType
from tripoint.words.people import PersonDescription, PersonName, PersonStatus

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DESCRIPTION = PersonDescription((PersonName("Aurelio Inexistente"),), documents=(DocumentReference("AB1234", "COL"),))
NOTICE = Notice(NoticeColour.RED, charges=("fraud",))
PERSON = Person("W-1", PersonStatus.WANTED, DESCRIPTION, (NOTICE, NOTICE))


@pytest.fixture(scope="module")
def party(database: Servers) -> Party:
    return found(database)


@pytest.fixture
def session(connection: Session, party: Party) -> Session:
    stand_under(connection, party.number)
    return connection


def keep(session: Session, party: Party, content: Content, terms: Terms | None = None) -> store.Writing:
    kind = kind_of(content)
    row = store.terms_for(session, party.number, terms or Terms(), None)
    number, _ = store.set_for(session, party.number, f"All {kind}", kind, row, uuid7())
    record = store.Writing(uuid7(), party.number, number, row, content, NOW, None, date(2030, 1, 1))
    store.add(session, kind, record)
    return record


def test_equal_terms_are_one_row(session: Session, party: Party) -> None:
    everyone = Terms(readers=Audience(AudienceKind.EVERYONE))
    first = store.terms_for(session, party.number, everyone, None)
    assert store.terms_for(session, party.number, everyone, None) == first
    assert store.terms_for(session, party.number, Terms(), None) != first


def test_a_set_is_made_once_by_its_name(session: Session, party: Party) -> None:
    row = store.terms_for(session, party.number, Terms(), None)
    first = store.set_for(session, party.number, "Stolen", RecordKind.VEHICLE, row, uuid7())
    assert store.set_for(session, party.number, "Stolen", RecordKind.FIREARM, row, uuid7()) == first
    store.count_in_set(session, first[0], 2, row, NOW)
    store.count_in_set(session, first[0], -5, row, NOW)
    otherwise = store.terms_for(session, party.number, Terms(level=Level.BLIND), None)
    store.count_in_set(session, first[0], 0, otherwise, NOW + timedelta(days=1))  # what others may not know of it
    (kept,) = [each for each in store.sets(session, party.number) if each.name == "Stolen"]
    assert (kept.kind, kept.owner, kept.as_of, kept.records) == (RecordKind.VEHICLE, party.code, NOW, 0)
    assert [each.records for each in store.sets(session, party.number + 1) if each.name == "Stolen"] == [None]


def test_a_person_is_confirmed_and_met_by_a_document(session: Session, party: Party) -> None:
    record = keep(session, party, PERSON)
    confirmed = "select id, level, content->>'source_key' from confirm_persons(%(ids)s)"
    assert rows(session, confirmed, ids=[record.id, uuid7()]) == [(record.id, "full", "W-1")]
    met = rows(session, "select id, kind, how from search_documents('A81234', 'COL')")
    assert met == [(record.id, "person_document", "confused")]


def test_a_revision_is_written_only_upon_the_version_it_was_made_from(session: Session, party: Party) -> None:
    content = TravelDocument("AB123", party.code, DocumentType.PASSPORT, DocumentStatus.STOLEN)
    record = keep(session, party, content)
    assert store.revise(session, RecordKind.DOCUMENT, record, 1)
    assert not store.revise(session, RecordKind.DOCUMENT, record, 1)
    assert not store.end(session, RecordKind.DOCUMENT, record.id, 1, NOW, uuid7())
    assert store.end(session, RecordKind.DOCUMENT, record.id, 2, NOW, uuid7())
    assert not store.revise(session, RecordKind.DOCUMENT, record, 3)
    found_row = store.find(session, RecordKind.DOCUMENT, record.id)
    assert found_row is not None
    assert (found_row["version"], found_row["ended_at"], found_row["status"]) == (3, NOW, "stolen")
    assert rows(session, "select 1 from search_documents('AB123', null)") == []


def test_parts_of_a_person_carry_the_terms_of_the_person(session: Session, party: Party) -> None:
    record = keep(session, party, PERSON, Terms(meeting=Audience(AudienceKind.EVERYONE), level=Level.BLIND))
    for table, least in (("notice", 2), ("person_document", 1)):
        found_rows = rows(session, f"select owner, terms from {table} where person = %(id)s", id=record.id)
        assert len(found_rows) >= least
        assert set(map(tuple, found_rows)) == {(party.number, record.terms)}


def test_a_reference_is_found_in_its_set_alone(session: Session, party: Party) -> None:
    record = keep(session, party, PERSON)
    assert store.has_source_key(session, record.set_number, "W-1") == record.id
    assert store.has_source_key(session, record.set_number, "W-2") is None
    assert store.has_source_key(session, record.set_number + 1, "W-1") is None


def test_history_belongs_to_the_owner(session: Session, party: Party, database: Servers) -> None:
    record = keep(session, party, PERSON)
    row = store.find(session, RecordKind.PERSON, record.id)
    assert row is not None
    store.keep_history(session, RecordKind.PERSON, row, "add_record", PERSON)
    (kept,) = store.history(session, RecordKind.PERSON, record.id)
    assert (kept.version, kept.act, kept.content["source_key"]) == (1, "add_record", "W-1")
    stand_under(session, found(database).number)
    assert store.history(session, RecordKind.PERSON, record.id) == []


def test_what_is_not_there_is_not_found(session: Session) -> None:
    assert store.find(session, RecordKind.VEHICLE, UUID(int=1)) is None


def test_a_notice_keeps_its_id_where_it_stands() -> None:
    person = UUID(int=5)
    assert store.notice_id(person, 0, {"colour": "red"}) == store.notice_id(person, 0, {"colour": "red"})
    others = {store.notice_id(person, 1, {"colour": "red"}), store.notice_id(person, 0, {"colour": "blue"})}
    assert store.notice_id(person, 0, {"colour": "red"}) not in others
    assert store.notice_id(person, 0, {}).version == 8


def test_marks_fit_their_tables(database: Servers) -> None:
    with as_owner(database) as owner:
        for kind, marks in store.MARKS.items():
            columns = {
                row[0]
                for row in rows(
                    owner, "select column_name from information_schema.columns where table_name = %(t)s", t=kind.value
                )
            }
            assert {*store.HEADER, *marks} <= columns
