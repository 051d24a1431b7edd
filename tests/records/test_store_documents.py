"""Documents lie in parts, and a corrected number moves its row: two who change one at once are told so."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine

from tests.town import found
from tripoint.base.database import stand_under, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7
from tripoint.records import store
from tripoint.records.model import RecordKind, Terms, TravelDocument
from tripoint.words.documents import DocumentStatus, DocumentType

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
FIRST = TravelDocument("PT0000001", "BRA", DocumentType.PASSPORT, DocumentStatus.LOST)


@pytest.mark.parametrize("number", ["PT0000009", "PT0000001"])
@pytest.mark.parametrize("act", ["revise", "end"])
def test_the_slower_of_two_is_told(engine: Engine, database: Servers, number: str, act: str) -> None:
    """Whether the quicker one's correction moves the row to another part or not."""
    party = found(database)
    with transaction(engine) as session:
        stand_under(session, party.number)
        terms = store.terms_for(session, party.number, Terms(), None)
        set_number, _ = store.set_for(session, party.number, "All", RecordKind.DOCUMENT, terms, uuid7())
        record = store.Writing(uuid7(), party.number, set_number, terms, FIRST, NOW, None, date(2030, 1, 1))
        store.add(session, RecordKind.DOCUMENT, record)
    corrected = replace(record, content=replace(FIRST, number=number))
    later: list[bool] = []

    def slower() -> None:
        with engine.connect() as connection, connection.begin() as errand:
            stand_under(connection, party.number)
            if act == "revise":
                later.append(store.revise(connection, RecordKind.DOCUMENT, record, 1))
            else:
                later.append(store.end(connection, RecordKind.DOCUMENT, record.id, 1, NOW, uuid7()))
            errand.rollback()

    with transaction(engine) as session:
        stand_under(session, party.number)
        assert store.revise(session, RecordKind.DOCUMENT, corrected, 1)
        waiting = threading.Thread(target=slower)
        waiting.start()
        time.sleep(0.3)  # until the other waits for this transaction
    waiting.join()
    assert later == [False]
    with transaction(engine) as session:
        stand_under(session, party.number)
        found_row = store.find(session, RecordKind.DOCUMENT, record.id)
    assert found_row is not None
    assert (found_row["number"], found_row["version"]) == (number, 2)
