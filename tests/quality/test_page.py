"""The page and its charts from invented figures; the links and the others from invented people."""

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.quality import chart, figures, links, others, page, records
from tests.quality.neutral import PieceSearch
from tests.quality.persons import Person, named
from tests.quality.questions import Question

SCORES, SAME = np.array([0.9, 0.8, 0.4, 0.1]), np.array([True, False, True, False])


def holding(at: str, name: str, number: str = "", born: str = "") -> Person:
    documents = (("Passport", number, None),) if number else ()
    return Person(at, at[:2], ((name, "primary"),), (born,) if born else (), (), documents)


def test_a_chart_is_well_formed_and_names_every_curve() -> None:
    drawn = ElementTree.fromstring(chart.draw("Few & false", {"ours": [(0, 0), (0.01, 0.5), (1, 1)], "<b>": [(0, 0)]}))
    texts = [element.text for element in drawn.iter() if element.text]
    assert {"ours", "<b>", "Few & false"} <= set(texts)


def test_a_curve_rises_in_steps() -> None:
    drawn = chart.path([(0, 0), (0.01, 0.5), (0.01, 0.6), (0.2, 1)])
    assert drawn == f"M{chart.across(0)} {chart.up(0)}H{chart.across(0.01)}V{chart.up(0.6)}H{chart.across(0.1)}"


def test_the_page_tells_every_set() -> None:
    measured = [figures.measure("all", scorer, SCORES, SAME) for scorer in (figures.OURS, "logic-v2")]
    asked = figures.measure_asked("Somebody", "logic-v2", [Question(named("A"), "un-1")], [[("un-1", 0.9)]])
    written = page.Page({"date": "2026-01-01"}, measured, measured, measured, {figures.OURS: 1e4}, [(0, float("nan"))])
    written.asked, written.links, written.historical = [asked], measured, measured
    text = written.text()
    assert "| logic-v2 | 0.70 | 0.500 | 0.500 |" in text
    assert "| Somebody | logic-v2 | 1 | 1 | 1.000 | 1.000 | 1.000 |" in text
    assert "No index was measured." in text


def test_equal_scores_count_against_the_one_meant() -> None:
    asked = [Question(named("A"), "un-1")] * 2
    found = [[("un-1", 0.9), ("un-2", 0.9), ("ofac-3", 1.0)], [("un-2", 0.8)]]
    told = figures.measure_asked("", "logic-v2", asked, found)
    assert (told.alerted, told.meant_told, told.first, told.first_ten) == (1, 0.5, 0, 0.5)


def test_links_need_a_number_or_a_birth_and_letters() -> None:
    left = [holding("un-1", "Ada Byron", "AB-12345"), holding("un-2", "BYRON, Ada", born="1815-12-10")]
    right = [holding("of-1", "Countess", "ab 12345"), holding("of-2", "Ada Biron", born="1815-12-10")]
    right.append(holding("of-3", "Grace Hopper", born="1815-12-10"))
    assert set(links.find_links(left, right)) == {("un-1", "of-1"), ("un-2", "of-2")}
    assert links.one_to_one([("a", "x"), ("a", "y"), ("b", "z")]) == {"b": "z"}


def test_what_was_not_found_counts_as_missed() -> None:
    scores, same = records.as_pairs([Question(named("A"), "of-1")], [[("of-2", 0.7)]])
    assert scores.tolist() == [0.7, 0.0]
    assert same.tolist() == [False, True]


def test_pieces_find_the_nearest_name_first() -> None:
    search = PieceSearch([named("Grace Hopper"), named("Ada Byron"), named("Ada King")])
    assert search.find("Adda Byron", 2).tolist() == [1, 2]


def test_without_the_others_nothing_is_invented(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(others, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(others, "KEPT", tmp_path)
    assert others.ask([named("A")], np.zeros((1, 2), np.int32)) is None
