"""Marks of listed firearms: filled by triggers, found by folds and patterns, at the level of the terms."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine

from tests.desks.checks.lists import NOBODY, list_record
from tests.town import found, rows
from tripoint.access.model import Party
from tripoint.base.database import stand_under, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import BadInput
from tripoint.engines.marks.folding import fold
from tripoint.records.marks import Candidate, MarkQuery, candidates, candidates_of_each
from tripoint.records.model import Level


@pytest.fixture(scope="module")
def holder(database: Servers) -> Party:
    return found(database)


@pytest.fixture(scope="module")
def asker(database: Servers) -> Party:
    return found(database)


def gun(engine: Engine, holder: Party, serial: str, level: str = "full", **more: Any) -> UUID:
    return list_record(engine, holder, "firearm", {"serial": serial, "status": "stolen", **more}, level=level)


def ask(engine: Engine, party: Party, text: str, limit: int = 20, **more: Any) -> list[Candidate]:
    with transaction(engine) as session:
        stand_under(session, party.number)
        return candidates(session, MarkQuery(text, **more), limit)


def serials(found: list[Candidate]) -> list[str]:
    return [one.normal for one in found]


def test_what_looks_alike_and_one_slip_away_is_found_and_ranked(engine: Engine, holder: Party, asker: Party) -> None:
    for serial in ("QRT80135", "QRTB0135", "QRTB0136", "QRTB135", "QTRB0135", "QRTB0246"):
        gun(engine, holder, serial, make="Arvandel")
    assert serials(ask(engine, asker, "qrt-b0135", make="ARVANDEL"))[:2] == ["QRTB0135", "QRT80135"]
    assert set(serials(ask(engine, asker, "QRTB0135"))) == {"QRTB0135", "QRT80135", "QRTB0136", "QRTB135", "QTRB0135"}
    assert serials(ask(engine, asker, "~0QRTB0135")) == ["QRTB0135", "QRT80135"]
    assert "QRTB0246" not in serials(ask(engine, asker, "QRTB0135", edits=2))
    assert "QRTB0246" in serials(ask(engine, asker, "~2QRTB0245"))


def test_leading_zeros_other_alphabets_and_the_make(engine: Engine, holder: Party, asker: Party) -> None:
    gun(engine, holder, "0071442", make="Arvandel")
    gun(engine, holder, "71442", make="Ferrovante")
    found = ask(engine, asker, "71442", make="Arvandel", edits=0)
    assert serials(found) == ["0071442", "71442"]
    assert [one.code for one in found[0].ranked.reasons[:2]] == ["leading_zeros", "same_make"]
    gun(engine, holder, "MKH4471", make="Arvandel")
    assert serials(ask(engine, asker, "МКН 4471")) == ["MKH4471"]


def test_patterns(engine: Engine, holder: Party, asker: Party) -> None:
    for serial in ("WA14B77", "WA1431997", "WA24C77"):
        gun(engine, holder, serial, make="Dovrelund")
    assert set(serials(ask(engine, asker, "WA?4[8B3]*7"))) == {"WA14B77", "WA1431997"}
    assert serials(ask(engine, asker, "*[CK]77")) == ["WA24C77"]
    assert serials(ask(engine, asker, "W*{2,3}B77")) == ["WA14B77"]
    assert set(serials(ask(engine, asker, "W*7", make="Dovrelund"))) == {"WA14B77", "WA1431997", "WA24C77"}
    with pytest.raises(BadInput, match="too loose"):
        ask(engine, asker, "W*7")
    with pytest.raises(BadInput, match="together"):
        ask(engine, asker, "~1WA?4B77")


def test_a_level_is_said_and_who_may_not_meet_finds_nothing(engine: Engine, holder: Party, asker: Party) -> None:
    for level in ("full", "pointer", "blind"):
        gun(engine, holder, "LVL55501", level=level)
    with transaction(engine) as session:
        stand_under(session, holder.number)
        own = session.exec_driver_sql("select count(*) from mark where normal = 'LVL55501'").scalar_one()
    assert own == 3
    assert [one.level for one in ask(engine, asker, "LVL55501")][-1] is Level.BLIND
    assert {one.level for one in ask(engine, asker, "LVL55501")} == set(Level) - {Level.NOTHING}
    list_record(engine, holder, "firearm", {"serial": "HID77701", "status": "lost"}, meeting=NOBODY)
    assert ask(engine, asker, "HID77701") == []
    assert len(ask(engine, holder, "HID77701")) == 1
    with transaction(engine) as session:
        stand_under(session, asker.number)
        assert rows(session, "select 1 from mark where normal in ('LVL55501', 'HID77701')") == []


def test_marks_follow_their_firearm(engine: Engine, holder: Party) -> None:
    which = gun(engine, holder, "TWIN111;TWIN222", make="Arvandel")
    with transaction(engine) as session:
        stand_under(session, holder.number)
        twins = [(one, fold(one), "Arvandel") for one in ("TWIN111", "TWIN222")]
        assert marks_of(session, which) == twins
        changed = "update firearm set serial = 'SOLO333', make = 'Other' where id = %(id)s"
        session.exec_driver_sql(changed, {"id": which})
        assert marks_of(session, which) == [("SOLO333", fold("SOLO333"), "Other")]
        session.exec_driver_sql("update firearm set ended_at = now() where id = %(id)s", {"id": which})
    assert ask(engine, holder, "SOLO333") == []


def marks_of(session: Connection, which: UUID) -> list[tuple[Any, ...]]:
    asked = "select normal, fold, make from mark where holder = %(id)s and fold_reverse = reverse(fold) order by normal"
    return list(rows(session, asked, id=which))


def test_many_are_asked_at_once_with_the_same_answers(engine: Engine, holder: Party, asker: Party) -> None:
    for serial in ("MANY100", "MANY101", "MANY200"):
        gun(engine, holder, serial)
    asked = [MarkQuery("MANY100"), MarkQuery("NOSUCH99"), MarkQuery("MANY200")]
    with transaction(engine) as session:
        stand_under(session, asker.number)
        together = candidates_of_each(session, asked)
    assert [serials(one) for one in together] == [serials(ask(engine, asker, one.text)) for one in asked]
    assert [len(one) for one in together] == [3, 0, 2]
