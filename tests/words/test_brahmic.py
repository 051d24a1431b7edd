"""Indian scripts are read by the names of their letters, last vowels left out where the language does so."""

import pytest

from tripoint.words.brahmic import read_brahmic


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("राम", "ram"),
        ("कृष्ण", "krishna"),
        ("सिंह", "singh"),
        ("मनोज", "manoj"),
        ("शर्मा", "sharma"),
        ("হাসিনা", "hasina"),
        ("ਸਿੰਘ", "singh"),
        ("નરેશ", "naresh"),
        ("రాము", "ramu"),
        ("ಗೌಡ", "gauda"),
        ("രാജൻ", "rajan"),
        ("ජයන්", "jayan"),
        ("សុខ", "sukh"),
    ],
)
def test_likeliest_reading(word: str, first: str) -> None:
    assert read_brahmic((word,))[0] == [first]


def test_tamil_stops_may_be_voiced() -> None:
    assert ["karunanidi"] in read_brahmic(("கருணாநிதி",))
