"""The plan of the replay: its totals are the published ones, its stories whole, and a seed makes it again."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings, strategies as st

from tripoint.demo.places import TAKING_PART
from tripoint.demo.turquesa import shares, stories
from tripoint.demo.turquesa.model import DAYS, Course
from tripoint.demo.turquesa.planning import Replay
from tripoint.demo.turquesa.returns import SILENT
from tripoint.demo.turquesa.traffic import checks_of
from tripoint.demo.turquesa.truth import Tally, figures_of, kinds_of, only, truth_of
from tripoint.demo.world import World
from tripoint.words.countries import read_country
from tripoint.words.forms.catalogue import FORMS
from tripoint.words.forms.model import FormAnswer
from tripoint.words.forms.reading import read

FIRST = datetime(2026, 11, 17, tzinfo=UTC)


@pytest.fixture(scope="module")
def whole() -> Replay:
    return Replay(2026, 1.0)


@pytest.fixture(scope="module")
def small() -> Replay:
    return Replay(7, 0.002)


def test_the_published_totals_are_planted(whole: Replay) -> None:
    figures = figures_of(whole.returns, Tally(checks=whole.checks))
    published = {
        "parties": 33, "checks_database": 850_000, "arrests": 257, "victims": 163, "victims_children": 41,
        "detections": 12_000, "nationalities": 69, "notices_requested": 5,
    }  # fmt: skip
    assert {name: figures[name] for name in published} == published
    assert figures["frozen_usd"] >= stories.FROZEN


def test_nationalities_stand_in_the_published_order(whole: Replay) -> None:
    nationalities = Counter(one.values["nationality"] for one in only(whole, "detection"))
    assert tuple(code for code, _ in nationalities.most_common(3)) == ("VEN", "ECU", "CHN")
    assert len(nationalities) == len(set(shares.NATIONALITIES)) == 69


def test_prices_span_what_was_told(whole: Replay) -> None:
    prices = [int(price["amount"]) for one in only(whole, "interview") for price in one.values.get("prices", ())]
    assert min(prices) == 2_700
    assert max(prices) > 20_000


@pytest.mark.parametrize("scale", [0.002, 0.01, 0.3, 1.0])
def test_stories_are_whole_at_every_scale(scale: float) -> None:
    told = Counter((one.story, one.kind) for one in Replay(3, scale).returns if one.story)
    assert told[stories.BAHAMAS, "detection"] == 18
    assert told[stories.NOTICES, "notice_request"] == 5
    assert told[stories.CHILDREN, "victim"] == 12
    assert told[stories.PATERNITY, "incident"] + told[stories.BABY, "incident"] == 2
    assert told[stories.SOFTBALL, "arrest"] == 1
    assert told[stories.SCAM, "freeze"] == 1


def test_the_youngest_child_in_honduras_is_six(whole: Replay) -> None:
    ages = [one.values["age"] for one in whole.returns if one.story == stories.CHILDREN]
    assert (len(ages), min(ages)) == (12, 6)


def test_a_seed_makes_it_again_and_another_makes_another(small: Replay) -> None:
    assert Replay(7, 0.002).returns == small.returns
    assert Replay(7, 0.002).cells == small.cells
    assert Replay(8, 0.002).returns != small.returns


def test_every_return_is_of_a_party_that_takes_part_and_within_the_five_days(whole: Replay) -> None:
    assert {one.party for one in whole.returns} <= set(TAKING_PART)
    assert {one.day for one in whole.returns} == set(range(DAYS))
    assert len({one.key for one in whole.returns}) == len(whole.returns)


def test_returns_go_astray_in_every_way(whole: Replay) -> None:
    courses = Counter(one.course for one in whole.returns)
    assert set(courses) == set(Course)
    assert {one.party for one in whole.returns if one.course is Course.MISSING} == {SILENT}
    slips = [one for one in whole.returns if one.course in (Course.CORRECTED, Course.WRONG_CODE)]
    assert all(one.first is not None and one.first != one.values for one in slips)


def test_the_forms_take_what_is_returned_and_refuse_what_is_misspelt(small: Replay) -> None:
    for one in small.returns:
        assert isinstance(read(FORMS[one.kind], dict(one.values)), FormAnswer), one
        if one.course is Course.WRONG_CODE:
            assert not isinstance(read(FORMS[one.kind], dict(one.first or {})), FormAnswer)


@settings(max_examples=40, deadline=None)
@given(total=st.integers(0, 10_000), weights=st.lists(st.floats(0.01, 100), min_size=1, max_size=40))
def test_a_split_adds_up_and_is_never_further_off_than_one(total: int, weights: list[float]) -> None:
    parts = shares.split(total, weights)
    assert sum(parts) == total
    exact = [total * weight / sum(weights) for weight in weights]
    assert all(abs(part - meant) < 1 + 1e-6 for part, meant in zip(parts, exact, strict=True))


def test_checks_have_a_day_and_a_night(whole: Replay) -> None:
    tabatinga = [cell for cell in whole.cells if cell.place.post.name == "Tabatinga, land border"]
    by_quarter = Counter({cell.begins % 24: cell.checks for cell in tabatinga})
    assert by_quarter[12] > 2 * by_quarter[0] > 0  # from 8 in the morning there, against from 8 in the evening
    assert sum(cell.checks for cell in whole.cells) == 850_000


def test_bad_links_send_late(whole: Replay) -> None:
    sent = [cell.sent for cell in whole.cells]
    assert sent == sorted(sent)
    late = [cell for cell in whole.cells if cell.sent > cell.begins + cell.hours]
    assert {"Bajo Chiquito, Darién", "Leticia, river port"} <= {cell.place.post.name for cell in late}


def test_checks_are_made_again_under_the_same_ids(small: Replay) -> None:
    world, cell = World(7), small.cells[0]
    first, again = (list(checks_of(world, cell, FIRST)) for _ in range(2))
    assert first == again
    assert len({one.id for one in first}) == cell.checks == len(first)
    assert all(one.id.version == 7 for one in first)


def test_the_coach_shows_his_passport_once(small: Replay) -> None:
    world = World(7)
    met = [one for cell in small.cells for one in checks_of(world, cell, FIRST) if one.planted == stories.SOFTBALL]
    assert [one.body["document"]["issuer"] for one in met] == ["DOM"]


def test_the_truth_adds_up(small: Replay) -> None:
    truth = truth_of(small, Tally(small.checks), FIRST)
    assert sum(truth["arrests_by_offence"].values()) == sum(truth["arrests_by_party"].values())
    assert sum(truth["arrests_by_party"].values()) == truth["figures"]["arrests"] + 1  # two parties report one
    assert sum(truth["detections_by_nationality"].values()) == truth["figures"]["detections"]
    assert sum(truth["courses"].values()) == len(small.returns)


def test_what_a_check_asks_for_is_counted_as_the_hub_counts_it() -> None:
    assert kinds_of({"document": {"number": "X1"}}) == {"document"}
    zone = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
    assert kinds_of({"document": {"mrz": zone}}) == {"document", "person"}


def test_no_misspelt_country_can_be_read() -> None:
    wrong = [one for one in Replay(7, 1.0).returns if one.course is Course.WRONG_CODE and one.first]
    assert len(wrong) > 50
    for one in wrong:
        with pytest.raises(ValueError, match="country"):
            read_country(str(one.first["nationality"] if one.first else ""))
