"""What is asked: always a check the hub takes; of listed records only with errors from which they can still be told."""

from __future__ import annotations

from itertools import islice

import pytest
from hypothesis import given, strategies as st

from tripoint.base.ids import uuid7
from tripoint.demo import slips
from tripoint.demo.dice import dice
from tripoint.demo.lists import entries, key_of
from tripoint.demo.places import PLACES
from tripoint.demo.questions import about, lookalike, ordinary
from tripoint.demo.traffic import Mix, PlannedCheck, plan_checks
from tripoint.demo.world import World
from tripoint.desks.checks.http import question_from
from tripoint.desks.checks.model import Question
from tripoint.desks.checks.shapes import CheckAsked
from tripoint.engines.screening import Grade, score
from tripoint.records.model import Firearm, Person, TravelDocument, Vehicle
from tripoint.words.documents import fold, normalise_number
from tripoint.words.vehicles import fold_plate

WORLD = World(7)
RECORDS = tuple(entries(WORLD.lists))


def read(asked: dict[str, object]) -> Question:
    """The question as the desk reads it; fails where the desk would refuse."""
    return question_from(CheckAsked.model_validate({"id": str(uuid7()), "purpose": "border_control", **asked}))


@given(st.integers())
def test_ordinary_questions_are_taken(seed: int) -> None:
    assert read(ordinary(dice(seed, "q"))).kinds


@given(st.integers(), st.sampled_from(RECORDS))
def test_a_question_about_a_record_can_still_be_told_to_mean_it(seed: int, entry: tuple[object, object]) -> None:
    record = entry[1]
    assert isinstance(record, Person | TravelDocument | Vehicle | Firearm)
    question = read(about(dice(seed, "q"), record))
    match record:
        case TravelDocument():
            assert question.document
            assert fold(question.document.number) == fold(record.number)
            assert question.document.issuer == record.issuer
        case Vehicle():
            assert question.vehicle
            asked, held = question.vehicle, record
            assert (asked.vin and held.vin and fold(asked.vin) == fold(held.vin)) or (
                asked.plate and held.plate and fold_plate(asked.plate) == fold_plate(held.plate)
            )
        case Firearm():
            assert question.firearm
            assert fold(question.firearm.serial) == fold(record.serial)
        case Person() if question.person:
            assert score(question.person, record.description).grade is not Grade.NONE


@given(st.integers(), st.sampled_from([record for _, record in RECORDS if isinstance(record, Person)]))
def test_a_namesake_is_no_strong_hit(seed: int, person: Person) -> None:
    question = read(lookalike(dice(seed, "q"), person))
    assert question.person
    assert score(question.person, person.description).grade is not Grade.STRONG


@given(st.integers(), st.text("0123456789ABC", min_size=6, max_size=12))
def test_a_misread_number_differs_in_one_confusable_character(seed: int, mark: str) -> None:
    read_as = slips.misread(dice(seed, "m"), mark)
    assert len(read_as) == len(mark)
    assert fold(read_as) == fold(mark)
    assert sum(one != other for one, other in zip(read_as, mark, strict=True)) <= 1
    assert read_as[:2] == mark[:2]


@given(st.integers(), st.text("0123456789ABC", min_size=2, max_size=12))
def test_a_spaced_number_is_the_same_number(seed: int, mark: str) -> None:
    assert normalise_number(slips.spaced(dice(seed, "s"), mark)) == mark


def test_the_same_seed_and_run_make_the_same_checks() -> None:
    def some(run: int) -> list[PlannedCheck]:
        return list(islice(plan_checks(WORLD, Mix(10), lambda: 12, run), 60))

    assert some(1) == some(1)
    assert some(1) != some(2)


def test_checks_meet_records_about_as_often_as_they_should() -> None:
    checks = list(islice(plan_checks(WORLD, Mix(20), lambda: 12), 3000))
    planted = [check for check in checks if check.planted]
    assert 100 < len(planted) < 210
    assert {check.planted.kind for check in planted if check.planted} == {one.kind for one, _ in RECORDS}
    by_kind = [next(iter(read(check.asked).kinds)) for check in checks if not check.planted]
    assert by_kind.count("vehicle") < by_kind.count("person")


@pytest.mark.parametrize("hour", [3, 15])
def test_posts_are_chosen_by_their_traffic(hour: int) -> None:
    chosen = [check.place for check in islice(plan_checks(WORLD, Mix(), lambda: hour), 800)]
    busiest = max(PLACES, key=lambda place: place.traffic)
    quietest = min(PLACES, key=lambda place: place.traffic)
    assert chosen.count(busiest) > chosen.count(quietest)


def test_planted_keys_name_records_of_the_owner() -> None:
    known = {(one.owner, one.kind, key_of(record)) for one, record in RECORDS}
    for check in islice(plan_checks(WORLD, Mix(3), lambda: 12), 300):
        if check.planted:
            assert (check.planted.owner, check.planted.kind, check.planted.key) in known
