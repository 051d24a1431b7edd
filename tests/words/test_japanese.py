"""Kana are read by Hepburn and Kunrei, katakana as the foreign names they write."""

import pytest

from tripoint.words.japanese import family_name, given_name, hiragana_aloud, read_kana


@pytest.mark.parametrize(
    ("kana", "hepburn"),
    [
        ("さとう", "satou"),
        ("きょうこ", "kyouko"),
        ("はっとり", "hattori"),
        ("しゅんいち", "shunichi"),
        ("まっちゃ", "matcha"),
    ],
)
def test_hiragana_by_hepburn(kana: str, hepburn: str) -> None:
    assert hiragana_aloud(kana) == hepburn


def test_long_vowels_and_kunrei_are_other_readings() -> None:
    assert read_kana(("しょうじ",)) == [["shoji"], ["shouji"], ["syozi"]]


@pytest.mark.parametrize(
    ("kana", "sound"),
    [
        ("スミス", "smis"),
        ("ルイス", "ruis"),
        ("トランプ", "tranp"),
        ("フィリップ", "firipp"),
        ("ヴィクター", "vikta"),
        ("ジェーン", "jen"),
    ],
)
def test_katakana_by_sound(kana: str, sound: str) -> None:
    assert read_kana((kana,))[0] == [sound]


def test_kanji_are_read_as_names_are() -> None:
    assert [family_name(word) for word in ("山田", "中村", "高橋", "渡辺", "藤田")] == [
        "yamada", "nakamura", "takahashi", "watanabe", "fujida"]  # fmt: skip
    assert [given_name(word) for word in ("太郎", "恵子", "健一")] == ["taro", "eko", "kenichi"]
