"""The catalogue of rules: complete, each with a head that says what it means, and in the documentation."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tripoint.engines.books.recipes import check_choices, recipe_from, recipes
from tripoint.reports.texts import LANGUAGES, texts

DOCS = Path(__file__).resolve().parents[3] / "docs" / "dealers.md"


def test_there_are_twenty_two_rules_in_order() -> None:
    assert [one.number for one in recipes()] == list(range(1, 23))
    assert len({one.name for one in recipes()}) == 22


def test_every_parameter_is_asked_for_and_every_one_asked_for_is_there() -> None:
    for recipe in recipes():
        named = set(re.findall(r"\$(\w+)", f"{recipe.findings}\n{recipe.base}"))
        assert named == {one.name for one in recipe.parameters}, recipe.name
        assert all(one.unit and one.meaning for one in recipe.parameters)


def test_every_head_says_what_cautions_and_counts() -> None:
    for recipe in recipes():
        assert recipe.sentence.endswith("."), recipe.name
        assert recipe.caution.endswith("."), recipe.name
        assert recipe.unit
        assert recipe.evidence


def test_rules_about_buyers_are_marked() -> None:
    assert {one.number for one in recipes() if one.people} == {8, 9, 12, 13, 14, 15, 16, 17, 18, 21}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_is_said_in_every_language(language: str) -> None:
    said = texts(language)
    for recipe in recipes():
        assert said.say(f"report-rule-{recipe.number}")
    if language == "en":
        assert all(said.say(f"report-rule-{one.number}") == one.sentence for one in recipes())


def test_the_documentation_has_every_rule() -> None:
    page = DOCS.read_text(encoding="utf-8")
    for recipe in recipes():
        parameters = ", ".join(f"`{one.name}` {one.default} {one.unit}" for one in recipe.parameters) or "–"
        assert f"| {recipe.number} | {recipe.sentence} | {parameters} |" in page


def test_a_head_that_lacks_something_is_named() -> None:
    with pytest.raises(ValueError, match="sentence"):
        recipe_from("x.sql", "-- rule: 1\n-- name: x\n\n-- base rate\nselect 1;\n-- findings\nselect 2;\n")


def test_an_unknown_parameter_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="it has: least, within"):
        check_choices({12: {"many": 3}})
