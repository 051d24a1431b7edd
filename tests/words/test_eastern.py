"""Cyrillic spellings of Japanese and Chinese come back to Hepburn and pinyin."""

import pytest

from tripoint.words.eastern import palladius, polivanov, read_eastern


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("чжан", "zhang"),
        ("цзинь", "jin"),
        ("сяо", "xiao"),
        ("пин", "ping"),
        ("вэнь", "wen"),
        ("юань", "yuan"),
        ("ян", "yang"),
        ("инъинь", "yingyin"),
        ("хуан", "huang"),
        ("ли", "li"),
        ("петров", None),
    ],
)
def test_palladius(word: str, written: str | None) -> None:
    assert palladius(word) == written


@pytest.mark.parametrize(
    ("word", "written"),
    [("сатоитиро", "satoichiro"), ("дзюндзи", "junji"), ("мацуси", "matsushi"), ("кёко", "kyoko"), ("петров", None)],
)
def test_polivanov(word: str, written: str | None) -> None:
    assert polivanov(word) == written


def test_other_names_have_no_such_reading() -> None:
    assert read_eastern(("иван", "петров")) == []
    assert ["zhang", "wen"] in read_eastern(("чжан", "вэнь"))
