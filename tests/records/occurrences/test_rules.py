from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from tripoint.access.model import Officer, Party, PartyKind, Role
from tripoint.access.rules import OF_CLASS, AccessClass, classes_of
from tripoint.base.errors import BadInput, Conflict, NotAllowed
from tripoint.records.occurrences import custody, rules
from tripoint.records.occurrences.custody import Entry
from tripoint.records.occurrences.model import TO_PROTECT, Custody, Link, Occurrence, OccurrenceKind, Relation, State
from tripoint.words.forms.catalogue import FORMS

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LAND = Party(3, "ARC", "Arcadia", PartyKind.COUNTRY)
every_role = st.frozensets(st.sampled_from(Role))


def officer(*roles: Role) -> Officer:
    return Officer(UUID(int=1), "Ana Inventada", "Border Guard", LAND, frozenset(roles))


def occurrence(kind: OccurrenceKind, state: State = State.PRELIMINARY, *, readable: bool = True) -> Occurrence:
    return Occurrence(
        UUID(int=2), kind, "ARC", UUID(int=3), None, None, NOW, state, 1, {}, NOW, NOW, None, readable
    )


def test_every_kind_has_its_form_and_its_class() -> None:
    assert set(FORMS) == {kind.value for kind in OccurrenceKind}
    for kind in OccurrenceKind:
        assert FORMS[kind.value].body_class == rules.class_of(kind).value
        assert (rules.class_of(kind) is AccessClass.GENERAL) == (kind not in TO_PROTECT)


@pytest.mark.parametrize("relation", Relation)
def test_migrants_are_not_suspects_nothing_leads_from_them_to_a_hit_a_record_or_an_arrest(relation: Relation) -> None:
    """Step by step over every relation: whoever follows links from a detection comes to people to protect only."""
    reached, seen = {OccurrenceKind.DETECTION.value}, set[str]()
    while reached - seen:
        kind = (reached - seen).pop()
        seen.add(kind)
        if kind in {one.value for one in TO_PROTECT}:
            for one, (whence, whither) in rules.LEADS.items():
                if OccurrenceKind(kind) in whence and one not in (Relation.LED_BY, Relation.FOUND_WITH):
                    reached |= whither
    assert not reached & (rules.RECORDS | {rules.HIT, "arrest", "group", "investigation"})
    for to_kind in (*rules.RECORDS, rules.HIT, "arrest", "group", "seizure"):
        with pytest.raises(BadInput):
            rules.check_leads(OccurrenceKind.DETECTION, [Link(relation, to_kind, UUID(int=4))])


def test_a_hit_leads_to_something_only_once_it_is_confirmed_or_in_an_emergency_with_a_reason() -> None:
    rules.check_lead(True, {})
    rules.check_lead(False, {"urgent": True, "urgent_reason": "he draws a weapon"})
    for values in ({}, {"urgent": True}, {"urgent_reason": "because"}, {"urgent": False, "urgent_reason": "x"}):
        with pytest.raises(Conflict):
            rules.check_lead(False, values)


@given(held=every_role)
def test_classes_follow_from_roles(held: frozenset[Role]) -> None:
    found = classes_of(held)
    assert found == {each for role in held for each in classes_of(frozenset({role}))}
    assert (AccessClass.VICTIMS in found) == bool(held & {Role.VICTIM_SPECIALIST, Role.DATA_PROTECTION_OFFICER})
    assert all(OF_CLASS[each] for each in AccessClass)


@given(held=every_role, kind=st.sampled_from(OccurrenceKind), state=st.sampled_from(State), to=st.sampled_from(State),
       mine=st.booleans(), filer=st.booleans())  # fmt: skip
def test_nobody_decides_what_is_not_his_to_decide(
    held: frozenset[Role], kind: OccurrenceKind, state: State, to: State, mine: bool, filer: bool
) -> None:
    found = occurrence(kind, state)
    try:
        rules.check_decision(found, to, officer(*held), mine=mine, filer=filer)
    except (NotAllowed, Conflict):
        return
    assert mine
    assert to in rules.NEXT[state]
    if not (filer and to is State.WITHDRAWN and state is State.PRELIMINARY):
        assert rules.class_of(kind) in classes_of(held)
        assert held & (rules.DECIDERS | {Role.VICTIM_SPECIALIST})


def test_what_is_closed_withdrawn_or_confirmed_is_not_corrected_by_whoever_comes() -> None:
    kind = OccurrenceKind.VICTIM
    rules.check_correctable(occurrence(kind), officer(Role.FIELD_OFFICER), mine=True)
    refused = (
        (occurrence(kind), False), (occurrence(kind, readable=False), True), (occurrence(kind, State.WITHDRAWN), True),
        (occurrence(kind, State.CONFIRMED), True),
    )  # fmt: skip
    for found, mine in refused:
        with pytest.raises((NotAllowed, Conflict)):
            rules.check_correctable(found, officer(Role.FIELD_OFFICER), mine=mine)


def test_a_report_is_of_the_operations_days_and_not_of_tomorrow() -> None:
    operation = (NOW - timedelta(days=2), NOW + timedelta(days=3))
    for hours in (0, 1, 24, 71):
        rules.check_happened(NOW - timedelta(hours=hours), NOW, operation)
    for at in (NOW + timedelta(hours=1), NOW - timedelta(days=4), NOW.replace(tzinfo=None)):
        with pytest.raises(BadInput):
            rules.check_happened(at, NOW, operation)


def entry(number: int, item: int, act: str) -> Entry:
    return Entry(UUID(int=number), item, NOW + timedelta(minutes=number), act, "Ana", "Quay", seal=f"S-{number}")


def chain(which: UUID, *entries: Entry) -> list[Custody]:
    made: list[Custody] = []
    for number, one in enumerate(entries, 1):
        digest = custody.chained(which, made[-1].digest if made else "", number, one)
        made.append(Custody(one.id, number, one.item, one.at, one.act, one.by_officer, one.seal, one.place, "", digest))
    return made


def test_a_chain_of_custody_shows_whatever_was_changed_taken_out_or_put_in() -> None:
    which = UUID(int=9)
    acts = ("seized", "sealed", "moved", "stored")
    whole = chain(which, *(entry(number, 1, act) for number, act in enumerate(acts, 1)))
    assert custody.whole(which, whole)
    assert not custody.whole(UUID(int=8), whole)
    assert not custody.whole(which, whole[1:])
    assert not custody.whole(which, [whole[0], *whole[2:]])
    assert not custody.whole(which, [whole[1], whole[0], *whole[2:]])
    assert custody.whole(which, whole[:-1]), "what was cut off at the end only the trail tells"


def test_an_items_chain_begins_with_its_seizure_and_ends_for_good() -> None:
    which, later = UUID(int=9), NOW + timedelta(hours=1)
    begun = chain(which, entry(1, 1, "seized"))
    custody.check_next(entry(2, 1, "sealed"), begun, 2, later)
    custody.check_next(entry(2, 2, "seized"), begun, 2, later)
    twice, unbegun, nothing = entry(2, 1, "seized"), entry(2, 2, "sealed"), entry(2, 3, "seized")
    for wrong in (twice, unbegun, nothing, entry(2, 1, "eaten"), entry(0, 1, "sealed")):
        with pytest.raises(BadInput):
            custody.check_next(wrong, begun, 2, later)
    ended = chain(which, entry(1, 1, "seized"), entry(2, 1, "returned"))
    with pytest.raises(Conflict):
        custody.check_next(entry(3, 1, "sealed"), ended, 2, later)
