"""Marks as they stand on metal, the grammar of questions, and the tables of confusions and formats."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings, strategies as st

from tripoint.engines.marks.expanding import expand, with_zeros
from tripoint.engines.marks.folding import (
    ALPHABET,
    CHARACTERS,
    IN_CLASS,
    KNOWN_CONFUSION,
    OTHER,
    confusions,
    cost,
    fold,
    told_as,
)
from tripoint.engines.marks.formats import fits, formats, warning
from tripoint.engines.marks.pattern import Token, Unbounded, read_pattern
from tripoint.engines.marks.ranking import Described, rank, slips
from tripoint.engines.marks.reading import PositionRead, Script, pattern_of, read_mark, read_marks


@pytest.mark.parametrize(
    ("raw", "script", "normal", "keys"),
    [
        ("S/N ab-0012", Script.LATIN, "AB0012", ("AB0012",)),
        ("МКН 4471", Script.CYRILLIC, "MKH4471", ("MKH4471", "MKN4471")),
        ("ΑΒ 12", Script.GREEK, "AB12", ("AB12", "AV12")),
        ("АB12", Script.MIXED, "AB12", ("AB12",)),
        ("12345678-XY77", Script.LATIN, "12345678XY77", ("12345678XY77", "XY77")),
        ("１２３", Script.LATIN, "123", ("123",)),
    ],
)
def test_a_mark_is_read(raw: str, script: Script, normal: str, keys: tuple[str, ...]) -> None:
    mark = read_mark(raw)
    assert (mark.raw, mark.script, mark.normal, mark.fold) == (raw, script, normal, fold(normal))
    assert mark.keys == keys


def test_several_serials_and_what_cannot_be_read() -> None:
    assert [one.normal for one in read_marks("AB 1; CD-2 ;")] == ["AB1", "CD2"]
    assert read_mark("007").without_zeros == "7"
    assert read_mark("000").without_zeros == "000"
    for bad in ("", " - ", ";", "A" * 41, "A" * 201):
        with pytest.raises(ValueError, match=r"holds|has"):
            read_marks(bad)


def test_an_examiners_reading_is_a_pattern() -> None:
    seen = [PositionRead(1, "a"), PositionRead(2, "8B3", 0.5), PositionRead(5, "7"), PositionRead(4)]
    assert pattern_of(seen) == "A[8B3]??7"
    with pytest.raises(ValueError, match="twice"):
        pattern_of([PositionRead(1, "A"), PositionRead(1, "B")])
    with pytest.raises(ValueError, match="no position"):
        pattern_of([])
    with pytest.raises(ValueError, match="from 1"):
        PositionRead(0)


@pytest.mark.parametrize(
    ("text", "expression", "edits", "plain"),
    [
        ("A?4[8B3]*7", "^A.4[38].*7$", 0, None),
        ("~1 ab-12", "^A812$", 1, "AB12"),
        ("~212345", "^12345$", 2, "12345"),
        ("~AB12", "^A812$", 1, "AB12"),
        ("AB12", "^A812$", 1, "AB12"),
        ("~0AB12", "^A812$", 0, "AB12"),
        ("A*{2,4}7", "^A...?.?7$", 0, None),
        ("A*{2,}7", "^A...*7$", 0, None),
        ("A*{3}7", "^A...7$", 0, None),
        ("*1234", "^.*1234$", 0, None),
        ("АВ?1", "^A8.1$", 0, None),
    ],
)
def test_the_grammar(text: str, expression: str, edits: int, plain: str | None) -> None:
    pattern = read_pattern(text)
    assert (pattern.expression(), pattern.edits, pattern.plain) == (expression, edits, plain)


@pytest.mark.parametrize(
    "text", ["", "???", "A[", "A]", "A[]", "A[?]", "A*{", "A*{4,2}", "A*{99}", "~3A", "A}", "A" * 41, "?" * 201]
)
def test_what_is_wrong_with_a_question_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"holds|has|allows|is longer"):
        read_pattern(text)


def test_too_loose_a_question_is_refused_with_the_reason() -> None:
    for text in ("*7", "*A*4*", "~1*A?47*", "A*{2,40}"):
        with pytest.raises(Unbounded, match="too loose"):
            read_pattern(text).check_bounds(None)
        read_pattern(text).check_bounds("Glock")
    for text in ("*1234", "A?4[8B3]*7", "A*{2,4}7", "7", "~2A1"):
        read_pattern(text).check_bounds(None)


@settings(max_examples=100)
@given(st.text("AB?*[]{},~0127 -", max_size=14))
def test_every_question_is_read_or_refused(text: str) -> None:
    try:
        pattern = read_pattern(text)
    except ValueError:
        return
    assert pattern.tokens
    assert pattern.shortest <= 40
    assert re.compile(pattern.expression())


def test_expanding_is_all_within_the_edits_once() -> None:
    for text, edits in (("0A", 2), ("A81", 1), ("1234567", 1)):
        found = expand(text, edits)
        pattern = read_pattern(f"~{edits}{text}")
        near = {one for one in found if slips(pattern, one) is not None}
        assert all(set(one) <= set(ALPHABET) for one in found)
        assert {one for one in near if slips(pattern, one) == 1} <= {one for one, step in found.items() if step == 1}
        assert found[text] == 0
        assert len(near) == len(found) or edits == 2  # two exchanges may cross
    assert with_zeros("0012") == ("12", "012", "00012", "000012")
    assert with_zeros("000") == ()


def test_confusions_and_formats_are_tables_in_order() -> None:
    for pair in confusions():
        one, other = sorted(pair)
        assert {one, other} <= set(CHARACTERS)
        assert fold(one) != fold(other), f"{one} and {other} share a class already"
        assert cost(one, other) == cost(other, one) == KNOWN_CONFUSION
        assert told_as(one, other)
    assert (cost("B", "8"), cost("A", "A"), cost("A", "W")) == (IN_CLASS, 0.0, OTHER)
    assert all(re.fullmatch(r"[L#A-Z0-9-]+", one.form) for forms in formats().values() for one in forms)
    assert fits("GLOCK", "ABC123") is True
    assert fits("Glock Ges.m.b.H.", "123456789") is False
    assert fits("Arvandel", "ABC123") is None
    assert "LLL###" in (warning("Glock", "123456789") or "")


def test_a_leading_zero_counts_little_and_a_strange_format_is_told() -> None:
    zeros = rank(read_pattern("12345"), Described(), "0012345", Described())
    other = rank(read_pattern("12345"), Described(), "9912345", Described())
    assert zeros.score > other.score
    assert zeros.reasons[0].code == "leading_zeros"
    strange = rank(read_pattern("123456789"), Described("Glock"), "123456789", Described("Glock", "17"))
    assert strange.reasons[-1].code == "strange_format"
    assert Token("8B3").folds == {"8", "3"}
