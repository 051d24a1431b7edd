"""The plan of Trigger IX: at full scale it adds up to what was published, at any scale it is the same plan again."""

from __future__ import annotations

from collections import Counter

import pytest

from tripoint.demo.lists import entries
from tripoint.demo.played import OF_TRIGGER, TRIGGER
from tripoint.demo.trigger import shares, tracing, ways
from tripoint.demo.trigger.planning import Replay
from tripoint.demo.trigger.truth import measures_of, parts_of
from tripoint.demo.turquesa.model import Course
from tripoint.demo.world import World
from tripoint.records.model import Level, RecordKind
from tripoint.words.forms.catalogue import FORMS
from tripoint.words.forms.model import FormAnswer
from tripoint.words.forms.reading import read
from tripoint.words.forms.writing import values_of


@pytest.fixture(scope="module")
def whole() -> Replay:
    return Replay(2026, 1.0)


@pytest.fixture(scope="module")
def small() -> Replay:
    return Replay(7, 0.01)


def test_the_totals_are_those_of_the_press_release(whole: Replay) -> None:
    figures = measures_of(whole)
    published = {
        "parties": 15, "arrests": 14_260, "firearms": 8_263, "rounds": 305_000, "drugs_kg": 203_000,
        "precursors_kg": 372_000, "groups_disrupted": 20, "investigations": 30, "modi_operandi_new": 15, "victims": 11,
    }  # fmt: skip
    assert {name: figures[name] for name in published} == published
    parts = parts_of(whole)
    assert sum(count for name, count in parts.items() if name.startswith("arrests_")) == 14_260
    assert parts["firearms_recovered"] == len(whole.recoveries) == 8_263


def test_the_record_is_one_item_of_a_hundred_thousand_rounds(small: Replay) -> None:
    (record,) = [one for one in small.returns if one.key == "record-ammunition"]
    assert (record.party, [item["quantity"] for item in record.values["items"]]) == ("URY", ["100000"])


def test_every_return_is_one_that_the_forms_take(small: Replay) -> None:
    for one in small.returns:
        assert isinstance(read(FORMS[one.kind], one.values), FormAnswer), one
        assert one.party in OF_TRIGGER
        assert 0 <= one.day < TRIGGER.days
    for gun in small.recoveries:
        cells = {name: text for name, text in gun.cells.items() if name != "item"}
        assert isinstance(read(FORMS["recovery"], values_of(FORMS["recovery"], cells)), FormAnswer), gun


def test_returns_go_astray_and_none_is_missing(small: Replay, whole: Replay) -> None:
    courses = {one.course for one in small.returns}
    assert courses == set(Course) - {Course.MISSING}
    late = [one for one in whole.returns if one.party == TRIGGER.silent and one.day >= TRIGGER.silent_from]
    assert late
    assert {one.course for one in late} == {Course.LATE}


def test_every_firearm_belongs_to_an_item_of_its_partys_seizure(small: Replay) -> None:
    held = {one.key: one for one in small.returns if one.kind == "seizure"}
    counted: Counter[tuple[str, int]] = Counter()
    for one in small.recoveries:
        assert held[one.seizure].party == one.party
        counted[one.seizure, int(one.cells["item"])] += 1
    for (key, item), count in counted.items():
        assert int(held[key].values["items"][item - 1]["quantity"]) == count


def test_no_two_rows_of_firearms_say_the_same(whole: Replay) -> None:
    """They would be taken for one row that was sent twice."""
    said = Counter((one.party, one.seizure, *sorted(one.cells.items())) for one in whole.recoveries)
    assert [row for row, times in said.items() if times > 1] == []


def test_what_is_listed_is_listed_by_somebody_else_who_tells_it(small: Replay) -> None:
    known = {
        (one.owner, record.serial): one for one, record in entries(World(7, TRIGGER).lists)
        if hasattr(record, "serial")
    }  # fmt: skip
    listed = [one for one in small.recoveries if one.listed]
    assert len(listed) == shares.LEAST_LISTED
    for one in listed:
        assert one.listed is not None
        assert one.listed != one.party
        assert known[one.listed, one.serial].sharing.level is Level.FULL


def test_traces_lead_over_two_hops_or_three_and_never_back(small: Replay) -> None:
    paths = [tracing.path_of(one.party, one.traced) for one in small.recoveries if one.traced is not None]
    assert len(paths) == shares.LEAST_TRACES
    assert {len(path) for path in paths} == {3, 4}
    assert all(len(set(path)) == len(path) and set(path) <= set(OF_TRIGGER) for path in paths)


def test_fifteen_ways_are_told_and_one_of_them_again() -> None:
    assert len({one.title for one in ways.WAYS}) == len({one.words for one in ways.WAYS}) == shares.MODI
    assert ways.AGAIN.codes == ways.WAYS[0].codes


def test_the_world_of_trigger_holds_its_own_parties_posts_and_lists() -> None:
    world = World(7, TRIGGER)
    assert set(TRIGGER.taking_part) == set(OF_TRIGGER)
    assert {one.party for one in world.officers} == {*OF_TRIGGER, "HUB"}
    assert {one.kind for one in world.lists} == {RecordKind.FIREARM}
    assert all(set(one.sharing.barred) <= set(TRIGGER.codes) for one in world.lists)
    assert {place.post.party for place in world.places} == set(OF_TRIGGER)


def test_the_same_seed_plays_the_same(small: Replay) -> None:
    again = Replay(7, 0.01)
    assert (again.returns, again.recoveries) == (small.returns, small.recoveries)
    assert Replay(8, 0.01).recoveries != small.recoveries
