"""Documents by number: the same, misread, one slip away; and what a party may not be told crowds out nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from tests.desks.checks.lists import NOBODY, list_record
from tests.town import as_owner, found, rows
from tripoint.access.model import Party
from tripoint.base.database import Session, stand_under, together, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7
from tripoint.desks.checks import meeting, store
from tripoint.desks.checks.model import HitKind, Met, Question
from tripoint.engines.screening import Grade
from tripoint.records.model import Level
from tripoint.words.documents import DIGITS, LETTERS, DocumentReference, DocumentType, fold
from tripoint.words.purposes import Purpose

PASSPORT = {"issuer": "BRA", "type": "passport", "status": "stolen"}


@pytest.fixture(scope="module")
def holder(database: Servers) -> Party:
    return found(database)


@pytest.fixture(scope="module")
def asker(database: Servers) -> Party:
    return found(database)


def listed(engine: Engine, holder: Party, number: str, level: str = "full", **values: Any) -> None:
    list_record(engine, holder, "document", PASSPORT | {"number": number} | values, level=level)


def question(number: str, issuer: str | None, *, near: bool = False) -> Question:
    asked = DocumentReference(number, issuer, DocumentType.PASSPORT)
    return Question(uuid7(), Purpose.BORDER_CONTROL, document=asked, near=near)


def found_by(session: Session, number: str, issuer: str) -> list[dict[str, Any]]:
    return together(session, [store.document_look(question(number, issuer, near=True))])[0]


def met(engine: Engine, asker: Party, number: str, issuer: str | None = None, **wish: bool) -> list[Met]:
    asked = question(number, issuer, **wish)
    with transaction(engine) as session:
        stand_under(session, asker.number)
        return meeting.meet_documents(session, asked, asker.number, None)


def told(found: list[Met]) -> dict[str, tuple[str, Grade]]:
    return {one.held["number"]: (one.reasons[0].code, one.grade) for one in found}


def test_each_tier_is_told_as_what_it_is(engine: Engine, holder: Party, asker: Party) -> None:
    for number in ("TX4O7186", "TX407186", "TX407168", "TX40718", "TX4071860", "TX407196", "TX417196"):
        listed(engine, holder, number)
    assert told(met(engine, asker, "TX407186", "BRA")) == {
        "TX407186": ("same_number", Grade.STRONG), "TX4O7186": ("confused_number", Grade.POSSIBLE),
    }  # fmt: skip
    near = ("near_number", Grade.POSSIBLE)
    assert told(met(engine, asker, "TX407186", "BRA", near=True)) == {
        "TX407186": ("same_number", Grade.STRONG), "TX4O7186": ("confused_number", Grade.POSSIBLE),
        "TX407168": near, "TX40718": near, "TX4071860": near, "TX407196": near,
    }  # fmt: skip


def test_a_slip_is_looked_for_only_where_it_was_wished(engine: Engine, holder: Party, asker: Party) -> None:
    listed(engine, holder, "SL1P4455")
    assert met(engine, asker, "SL1P4456", "BRA") == []
    assert len(met(engine, asker, "SL1P4456", "BRA", near=True)) == 1


def test_a_slip_within_another_issuers_numbers_is_a_strangers(engine: Engine, holder: Party, asker: Party) -> None:
    listed(engine, holder, "NX300101", issuer="COL")
    documents = [
        {"number": "NX300102"},
        {"number": "NX300103", "issuer": "COL"},
        {"number": "NX300104", "issuer": "BRA"},
    ]
    list_record(engine, holder, "person", {"names": [{"full": "Tessaly Omberdine"}], "documents": documents})
    told_of = [one for one in met(engine, asker, "NX300100", "COL", near=True) if one.kind is HitKind.DOCUMENT]
    assert [one.held["number"] for one in told_of] == ["NX300101"]
    with transaction(engine) as session:
        stand_under(session, asker.number)
        found = found_by(session, "NX300100", "COL")
    assert {row["number"] for row in found} == {"NX300101", "NX300102", "NX300103"}
    assert {row["how"] for row in found} == {"near"}
    assert [one.grade for one in met(engine, asker, "NX300100", None, near=True) if one.kind is HitKind.DOCUMENT] == [
        Grade.WEAK
    ]


@pytest.mark.parametrize("near", [False, True])
@pytest.mark.parametrize(
    ("level", "terms", "learns"),
    [
        ("full", {}, Level.FULL), ("pointer", {}, Level.POINTER), ("blind", {}, Level.BLIND), ("nothing", {}, None),
        ("full", {"meeting": NOBODY}, None),
    ],
)  # fmt: skip
def test_each_tier_keeps_to_the_level(
    engine: Engine, holder: Party, asker: Party, level: str, terms: dict[str, Any], learns: Level | None, near: bool
) -> None:
    number = f"LV{level[:4].upper()}{len(terms)}{near:d}77"
    list_record(engine, holder, "document", PASSPORT | {"number": number}, level=level, **terms)
    asked = number[:-1] + "3" if near else number
    assert [one.level for one in met(engine, asker, asked, near=near)] == ([learns] if learns else [])
    assert [one.level for one in met(engine, holder, asked, near=near)] == [Level.FULL]


@pytest.mark.parametrize(("near", "places"), [(False, 50), (True, 20)])
def test_what_is_met_blind_crowds_out_nothing_that_is_told(
    engine: Engine, database: Servers, asker: Party, near: bool, places: int
) -> None:
    """Sixty records blind to the asker, made first, and three he may be told of."""
    secret, open_handed = found(database), found(database)
    number = f"CR{near:d}70419"
    for place in range(60):
        listed(engine, secret, number, level="blind", issuer=f"X{place:02d}")
    for place in range(3):
        listed(engine, open_handed, number, issuer=f"Y{place:02d}")
    levels = [one.level for one in met(engine, asker, number[:-1] + "8" if near else number, near=near)]
    assert levels.count(Level.FULL) == 3
    assert levels.count(Level.BLIND) == places


def test_the_same_number_comes_before_misread_ones_when_places_run_out(
    engine: Engine, holder: Party, asker: Party
) -> None:
    for place in range(55):
        listed(engine, holder, "PLO0O000", issuer=f"X{place:02d}")
    listed(engine, holder, "PL000000")
    found = told(met(engine, asker, "PL000000"))
    assert found["PL000000"][0] == "same_number"


def test_ended_documents_are_met_by_no_tier(engine: Engine, database: Servers, holder: Party, asker: Party) -> None:
    listed(engine, holder, "EN0D4411")
    with as_owner(database) as owner:
        owner.exec_driver_sql("create policy ending on document for all to current_user using (true)")
        owner.exec_driver_sql("update document set ended_at = now() where number = 'EN0D4411'")
        owner.exec_driver_sql("drop policy ending on document")
    assert met(engine, asker, "EN0D4411", near=True) == []
    assert met(engine, asker, "EN0D4412", near=True) == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(alphabet=LETTERS + DIGITS, min_size=4, max_size=10), st.sampled_from(["change", "omit", "add", "exchange"]),
    st.integers(0, 9), st.sampled_from(LETTERS), st.sampled_from(DIGITS),
)  # fmt: skip
def test_every_slip_of_a_held_number_is_found(
    connection: Connection, holder: Party, number: str, slip: str, place: int, letter: str, digit: str
) -> None:
    """The held number is found from whatever one slip made of it, in whichever part of the table it lies."""
    at = place % (len(number) - 1)
    other = digit if number[at].isdigit() else letter
    typed = {
        "change": number[:at] + other + number[at + 1 :], "omit": number[:at] + number[at + 1 :],
        "add": number[:at] + other + number[at:],
        "exchange": number[:at] + number[at + 1] + number[at] + number[at + 2 :],
    }[slip]  # fmt: skip
    savepoint = connection.begin_nested()
    stand_under(connection, holder.number)
    connection.exec_driver_sql(
        "insert into document (number_key, set_number, terms, retain_until, type, status, owner, issuer, number)"
        " values (mark_key(%(number)s), 0, 0, '2040-01-01', 'visa', 'lost', %(owner)s, 'BRA', %(number)s)",
        {"number": number, "owner": holder.number},
    )
    found = found_by(connection, typed, "BRA")
    savepoint.rollback()
    how = "exact" if typed == number else "confused" if fold(typed) == fold(number) else "near"
    alone = slip == "omit" and not any(one.isdigit() == number[at].isdigit() for one in typed[max(at - 1, 0) : at + 1])
    assert how in {row["how"] for row in found if row["number"] == number} or alone


def test_a_key_that_is_not_the_numbers_own_is_refused(connection: Connection, holder: Party) -> None:
    stand_under(connection, holder.number)
    with pytest.raises(IntegrityError, match="check constraint"), connection.begin_nested():
        connection.exec_driver_sql(
            "insert into document (number_key, set_number, terms, retain_until, type, status, owner, issuer, number)"
            f" values (7, 0, 0, '2040-01-01', 'visa', 'lost', {holder.number}, 'BRA', 'KEY7')"
        )


def test_a_document_moves_to_another_part_with_its_number(
    engine: Engine, database: Servers, holder: Party, asker: Party
) -> None:
    """A number may be corrected: the row goes where its new key belongs."""
    listed(engine, holder, "MV0000001")
    with transaction(engine) as session:
        stand_under(session, holder.number)
        session.exec_driver_sql(
            "update document set number = 'MV0000009', number_key = mark_key('MV0000009') where number = 'MV0000001'"
        )
    assert told(met(engine, asker, "MV0000009")) == {"MV0000009": ("same_number", Grade.POSSIBLE)}
    with as_owner(database) as owner:
        places = rows(owner, "select mark_key('MV0000001') >> 60, mark_key('MV0000009') >> 60")
    assert places[0][0] != places[0][1]
    assert replace(met(engine, asker, "MV0000009")[0], level=Level.FULL).held["issuer"] == "BRA"


def test_a_check_looks_into_one_part(database: Servers) -> None:
    with as_owner(database) as owner:
        owner.exec_driver_sql("set local plan_cache_mode = force_generic_plan")
        owner.exec_driver_sql("prepare look (bigint) as select id from document where number_key = $1")
        plan = "\n".join(row[0] for row in rows(owner, "explain execute look (mark_key('AB123456'))"))
    assert "Subplans Removed: 15" in plan
