"""Thai and Lao vowels go behind their consonants; Burmese comes out syllable by syllable."""

import pytest

from tripoint.words.siamese import burmese, thai


@pytest.mark.parametrize(
    ("word", "written"),
    [
        ("สมชาย", "somchai"),
        ("วิชัย", "wichai"),
        ("ใจดี", "chaidi"),
        ("เสน", "sen"),
        ("ทวี", "thawi"),
        ("ประวัติ", "prawati"),
        ("หลวง", "luang"),
        ("จันทร์", "chan"),
        ("ສົມສີ", "somsi"),
    ],
)
def test_thai_and_lao(word: str, written: str) -> None:
    assert thai(word) == written


@pytest.mark.parametrize(
    ("word", "written"),
    [("အောင်", ["aung"]), ("မင်းသိန်း", ["min", "thein"]), ("ကျော်", ["kyaw"]), ("လှိုင်", ["hlaing"]), ("နု", ["nu"])],
)
def test_burmese(word: str, written: list[str]) -> None:
    assert burmese(word) == written
