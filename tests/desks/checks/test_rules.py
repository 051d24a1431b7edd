"""The decisions of the checks desk, for every combination there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from tripoint.access.model import Clocks
from tripoint.desks.checks import rules
from tripoint.desks.checks.model import (
    DECISIONS,
    OPEN_STATES,
    WITHOUT_CONFIRMATION,
    FirearmAsked,
    Hit,
    HitKind,
    HitState,
    Met,
    Outcome,
    OwnerContact,
    Side,
    Urgency,
    VehicleAsked,
)
from tripoint.engines.screening import FieldComparison, Grade, Reason, Verdict
from tripoint.records.model import Action, Level
from tripoint.words.documents import DocumentReference, DocumentType
from tripoint.words.people import MASKED, TO_PROTECT, PersonStatus

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
OWNER, ASKER = OwnerContact(1, "ARC", "Arcadia", "call 7"), OwnerContact(2, "BOR", "Borduria", "")
texts = st.text(min_size=1, max_size=8)
facts = st.dictionaries(texts, texts, max_size=3)
meetings = st.builds(
    Met,
    st.sampled_from(HitKind),
    st.uuids(),
    st.integers(1, 9),
    st.integers(0, 255),
    st.sampled_from(Level),
    st.sampled_from(Grade),
    st.none() | st.floats(0, 1),
    st.lists(st.builds(Reason, texts, texts, st.floats(-1, 1)), max_size=3).map(tuple),
    st.lists(st.builds(FieldComparison, texts, texts, texts, st.sampled_from(Verdict), texts), max_size=2).map(tuple),
    facts,
    facts,
    texts,
    st.sampled_from(Action),
    st.none() | texts,
    st.booleans(),
)
few_records = meetings.flatmap(lambda met: st.integers(0, 4).map(lambda n: replace(met, record=UUID(int=n))))


def hit(**changed: object) -> Hit:
    made = Hit(
        UUID(int=1), UUID(int=2), 2, HitKind.DOCUMENT, UUID(int=3), 1, OWNER, ASKER, Level.FULL, Side.ASKER,
        Grade.STRONG, None, HitState.NEW, Urgency.NORMAL, NOW, None, NOW + timedelta(minutes=15), None, None, None,
        None, "stolen", Action.SEIZE_DOCUMENT, False,
    )  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]


@given(meetings)
def test_below_full_nothing_of_the_record_is_told(met: Met) -> None:
    told = rules.as_told(met)
    if met.level is Level.FULL:
        assert told == met
        return
    assert (told.held, told.reasons, told.comparison, told.nature) == ({}, (), (), "")
    assert (told.score, told.instructions, told.protect) == (None, None, False)
    assert (told.action, told.grade) == (Action.ASK_OWNER, Grade.POSSIBLE)
    assert told.kind is not HitKind.PERSON_DOCUMENT


@given(meetings, meetings)
def test_two_records_below_full_are_told_in_the_same_words(one: Met, other: Met) -> None:
    """Only what the asker knows anyway (the kind asked for, the question) and the owner may tell them apart."""
    same = {"record": UUID(int=0), "version": 1, "owner": 0, "asked": {}, "kind": HitKind.DOCUMENT, "model": "m"}
    tell = [replace(rules.as_told(replace(met, level=Level.POINTER)), **same) for met in (one, other)]  # type: ignore[arg-type]
    assert tell[0] == tell[1]


@pytest.mark.parametrize(("status", "level"), list(product(PersonStatus, Level)))
def test_victims_and_witnesses_are_never_opened_by_another_party(status: PersonStatus, level: Level) -> None:
    told = rules.told_level(level, status.value, sealed=False, own=False)
    assert told is (Level.POINTER if level is Level.FULL and status in MASKED else level)
    assert rules.told_level(level, status.value, sealed=True, own=True) is level
    assert rules.told_level(level, status.value, sealed=True, own=False) is not Level.FULL


@given(st.lists(few_records, max_size=30))
def test_each_record_is_told_once_and_the_surest_first(found: list[Met]) -> None:
    kept = rules.best_of_each(found)
    countable = [met for met in found if met.level is not Level.NOTHING and met.grade is not Grade.NONE]
    assert {met.record for met in kept} == {met.record for met in countable}
    assert len({met.record for met in kept}) == len(kept)
    assert [rules.sureness(met) for met in kept] == sorted(rules.sureness(met) for met in kept)
    for met in kept:
        same = [other for other in countable if other.record == met.record]
        assert rules.sureness(met) == min(map(rules.sureness, same))
        assert {reason for other in same for reason in other.reasons} >= set(met.reasons)
    assert rules.best_grade(kept) is (kept[0].grade if kept else Grade.NONE)


def test_no_officer_reads_more_than_twenty() -> None:
    met = Met(
        HitKind.DOCUMENT, UUID(int=1), 1, 1, Level.FULL, Grade.WEAK, None, (), (), {}, {}, "lost", Action.ASK_OWNER
    )
    full = [replace(met, record=UUID(int=n), score=n / 100) for n in range(1, 60)]
    blind = [replace(met, record=UUID(int=100 + n), level=Level.BLIND, grade=Grade.STRONG) for n in range(30)]
    told, kept_blind = rules.told_and_blind(rules.best_of_each(blind + full))
    assert [one.record.int for one in told] == list(range(59, 39, -1))
    assert len(kept_blind) == rules.MOST_TOLD


@pytest.mark.parametrize(
    ("asked", "exact", "issuer", "type_held", "grade"),
    [
        (DocumentReference("A1", "BRA", DocumentType.PASSPORT), True, "BRA", "passport", Grade.STRONG),
        (DocumentReference("A1", "BRA"), True, "BRA", "passport", Grade.STRONG),
        (DocumentReference("A1", "BRA", DocumentType.VISA), True, "BRA", "passport", Grade.POSSIBLE),
        (DocumentReference("A1"), True, "BRA", "passport", Grade.POSSIBLE),
        (DocumentReference("A1", "BRA"), False, "BRA", "passport", Grade.POSSIBLE),
        (DocumentReference("A1"), False, "BRA", "passport", Grade.WEAK),
        (DocumentReference("A1", "BRA", DocumentType.VISA), False, "BRA", "passport", Grade.WEAK),
        (DocumentReference("A1", "BRA"), True, None, None, Grade.POSSIBLE),
    ],
)
def test_a_document_is_number_issuer_and_type(
    asked: DocumentReference, exact: bool, issuer: str | None, type_held: str | None, grade: Grade
) -> None:
    found, reasons, comparison = rules.document_finding(
        asked, how="exact" if exact else "confused", number="A1" if exact else "AI", issuer=issuer, type_held=type_held
    )
    assert found is grade
    assert reasons[0].code == ("same_number" if exact else "confused_number")
    assert comparison[0].verdict is (Verdict.SAME if exact else Verdict.SIMILAR)


@pytest.mark.parametrize(
    ("number", "issuer", "kind", "held", "issuer_held", "type_held", "grade"),
    [
        ("AB123456", "BRA", DocumentType.PASSPORT, "AB123457", "BRA", "passport", Grade.POSSIBLE),
        ("123456789", "BRA", DocumentType.PASSPORT, "123456780", "BRA", "passport", Grade.POSSIBLE),
        ("12345678", "BRA", DocumentType.PASSPORT, "12345670", "BRA", "passport", Grade.WEAK),
        ("123456789", "BRA", DocumentType.PASSPORT, "12345678", "BRA", "passport", Grade.WEAK),
        ("AB123456", "BRA", DocumentType.PASSPORT, "AB123457", "BRA", "visa", Grade.WEAK),
        ("AB123456", "BRA", DocumentType.PASSPORT, "AB123457", "BRA", None, Grade.WEAK),
        ("AB123456", "BRA", None, "AB123457", "BRA", "passport", Grade.WEAK),
        ("AB123456", "BRA", DocumentType.PASSPORT, "AB123457", None, "passport", Grade.WEAK),
        ("AB123456", None, DocumentType.PASSPORT, "AB123457", "BRA", "passport", Grade.WEAK),
    ],
)
def test_a_number_one_slip_away_is_weak_but_where_all_else_agrees(
    number: str, issuer: str | None, kind: DocumentType | None, held: str, issuer_held: str | None,
    type_held: str | None, grade: Grade,
) -> None:  # fmt: skip
    found, reasons, comparison = rules.document_finding(
        DocumentReference(number, issuer, kind), how="near", number=held, issuer=issuer_held, type_held=type_held
    )
    assert found is grade
    assert reasons[0].code == "near_number"
    assert comparison[0].verdict is Verdict.SIMILAR


@pytest.mark.parametrize(
    ("asked", "by_vin", "by_plate", "vin", "country", "grade", "last"),
    [
        (VehicleAsked(vin="V1"), "exact", None, "V1", None, Grade.STRONG, "same_vin"),
        (VehicleAsked(vin="V1"), "confused", None, "VI", None, Grade.POSSIBLE, "confused_vin"),
        (VehicleAsked(plate="P", country="PRY"), None, "exact", None, "PRY", Grade.STRONG, "same_plate"),
        (VehicleAsked(plate="P"), None, "exact", None, "PRY", Grade.POSSIBLE, "same_plate"),
        (VehicleAsked(plate="P", country="PRY"), None, "confused", None, "PRY", Grade.WEAK, "confused_plate"),
        (VehicleAsked("V1", "P", "PRY"), None, "exact", "V2", "PRY", Grade.POSSIBLE, "other_vin"),
    ],
)
def test_a_vehicle_is_its_chassis_or_a_plate_within_its_country(
    asked: VehicleAsked, by_vin: str | None, by_plate: str | None, vin: str | None, country: str | None,
    grade: Grade, last: str,
) -> None:  # fmt: skip
    held = {"vin": vin, "plate": "P", "country": country, "make": None}
    found, reasons, _ = rules.vehicle_finding(asked, by_vin=by_vin, by_plate=by_plate, held=held)
    assert (found, reasons[-1].code) == (grade, last)


@pytest.mark.parametrize(
    ("make", "how", "calibre", "grade"),
    [
        ("Arvandel", "exact", None, Grade.STRONG),
        ("arvandel", "exact", "9 mm", Grade.STRONG),
        ("Arvandel", "exact", "5.56", Grade.POSSIBLE),
        ("Arvandel", "confused", None, Grade.POSSIBLE),
        (None, "exact", None, Grade.POSSIBLE),
        (None, "confused", None, Grade.WEAK),
        ("Otherby", "exact", None, Grade.WEAK),
        ("Arvandel", "near", None, Grade.POSSIBLE),
        (None, "near", "9x19", Grade.POSSIBLE),
        ("Arvandel", "near", "12 gauge", Grade.NONE),
        ("Otherby", "near", "9 mm", Grade.NONE),
        (None, "near", None, Grade.NONE),
    ],
)
def test_a_firearm_is_its_serial_and_make(make: str | None, how: str, calibre: str | None, grade: Grade) -> None:
    held = {"serial": "S1", "make": "Arvandel", "model": None, "calibre": "9 mm"}
    asked = FirearmAsked("S1", make, None, calibre)
    assert rules.firearm_finding(asked, how=how, held=held)[0] is grade


@pytest.mark.parametrize("status", list(PersonStatus))
def test_people_to_protect_are_protected_whatever_a_notice_asks(status: PersonStatus) -> None:
    action = rules.action_for_person(status, [Action.DETAIN_AND_CALL, Action.LOCATE_ONLY])
    assert action is (Action.PROTECT if status in TO_PROTECT else Action.DETAIN_AND_CALL)
    assert rules.action_for_person(PersonStatus.WANTED, []) is Action.ASK_OWNER


@pytest.mark.parametrize(("state", "outcome"), list(product(HitState, Outcome)))
def test_nothing_is_done_on_a_hit_before_its_owner_confirmed(state: HitState, outcome: Outcome) -> None:
    freely = state is HitState.CONFIRMED or outcome in WITHOUT_CONFIRMATION
    for no_reason in (None, "", " \t"):
        assert rules.outcome_allowed(state, outcome, no_reason) is freely
    assert rules.outcome_allowed(state, outcome, "armed and fleeing")


@pytest.mark.parametrize(("state", "decision"), list(product(HitState, HitState)))
def test_a_decision_may_be_corrected_but_never_undone(state: HitState, decision: HitState) -> None:
    allowed = rules.decision_allowed(state, decision)
    assert allowed is (decision in DECISIONS and state is not HitState.EXPIRED and state is not decision)


@pytest.mark.parametrize(("side", "state"), list(product(Side, HitState)))
def test_each_side_has_its_steps(side: Side, state: HitState) -> None:
    steps = rules.may_do(hit(side=side, state=state))
    assert ("refer" in steps) is (side is Side.ASKER and state is HitState.NEW)
    assert ("decide" in steps) is (side is Side.OWNER and state in OPEN_STATES)
    assert ("outcome" in steps) is (side is Side.ASKER)


def test_who_meets_his_own_record_decides_and_acts_without_asking_himself() -> None:
    assert rules.may_do(hit(side=Side.OWNER, owner=ASKER)) == ("decide", "outcome")


@pytest.mark.parametrize("state", list(HitState))
def test_only_open_hits_are_overdue_and_only_after_their_time(state: HitState) -> None:
    late = hit(state=state, due_at=NOW)
    assert rules.overdue(late, NOW + timedelta(seconds=1)) is (state in OPEN_STATES)
    assert not rules.overdue(late, NOW)


def test_an_urgent_question_is_due_sooner() -> None:
    clocks = Clocks(answer=timedelta(hours=72), urgent_answer=timedelta(hours=8))
    assert rules.referred_due(NOW, Urgency.URGENT, clocks) == NOW + timedelta(hours=8)
    assert rules.referred_due(NOW, Urgency.NORMAL, clocks) == NOW + timedelta(hours=72)


@given(st.none() | texts, st.none() | texts, st.booleans())
def test_a_comparison_says_what_is_missing_on_which_side(asked: str | None, held: str | None, similar: bool) -> None:
    found = rules.compare("number", asked, held, similar=similar)
    if asked is None and held is None:
        assert found is None
        return
    assert found is not None
    assert (found.verdict is Verdict.MISSING) is (asked is None or held is None)
    assert (found.asked, found.held) == (asked, held)
