"""Han characters are read as family and given name in each language, and by sound in foreign names."""

import time

import pytest

from tripoint.words.han import in_hong_kong, in_korean, mandarin, read_han, simple, softened
from tripoint.words.han_tables import tables


@pytest.mark.parametrize(
    ("parts", "written"),
    [
        (["单", "文"], ["shan", "wen"]),
        (["仇", "明"], ["qiu", "ming"]),
        (["解", "文"], ["xie", "wen"]),
        (["區", "明"], ["ou", "ming"]),
        (["曾", "華"], ["zeng", "hua"]),
        (["尉迟", "明"], ["yuchi", "ming"]),
        (["呂", "文"], ["lu", "wen"]),
    ],
)
def test_a_family_name_may_have_a_reading_of_its_own(parts: list[str], written: list[str]) -> None:
    assert mandarin(parts) == written


@pytest.mark.parametrize(("word", "parts"), [("诸葛明", ["zhuge", "ming"]), ("歐陽文華", ["ouyang", "wenhua"])])
def test_a_family_name_may_have_two_characters(word: str, parts: list[str]) -> None:
    assert read_han((word,))[0] == parts


def test_a_name_is_read_in_five_languages() -> None:
    found = read_han(("張文明",))
    assert found[:4] == [["zhang", "wenming"], ["chang", "wenming"], ["cheung", "manming"], ["jang", "moonmyung"]]
    assert read_han(("高橋健一",))[-2:] == [["takahashi", "kenichi"], ["gao", "qiaojianyi"]]
    assert read_han(("山田",), japanese=True)[0] == ["yamada"]


@pytest.mark.parametrize("spelling", ["陈", "陳"])
def test_traditional_and_simplified_are_read_alike(spelling: str) -> None:
    assert mandarin([spelling, "明"]) == ["chen", "ming"]
    assert in_hong_kong(spelling) == "chan"
    assert in_korean([spelling, "明"]) == ["jin", "myung"]
    assert simple(spelling) == "陈"


def test_a_dot_makes_each_part_one_word_by_sound() -> None:
    assert read_han(("玛尔塔", "托罗"), foreign=True)[:2] == [["malta", "toro"], ["marta", "toro"]]
    assert read_han(("瑪爾塔", "托羅"), foreign=True)[:2] == [["malta", "toro"], ["marta", "toro"]]


def test_korean_words_lose_an_l_or_n_they_begin_with() -> None:
    assert [softened(word) for word in ("룡수", "녀진", "라영", "미라")] == ["용수", "여진", "나영", "미라"]


def test_the_tables_are_read_fast_and_once() -> None:
    tables.cache_clear()
    started = time.process_time()
    assert len(tables()["mandarin"]) > 20_000
    assert time.process_time() - started < 0.3
    assert tables() is tables()
