"""Arabic names of two words come out in one spelling, however a list cuts and spells them."""

import pytest

from tripoint.words.compounds import compounds


@pytest.mark.parametrize(
    ("texts", "written"),
    [
        (
            "abd al rahman,abdul rahman,abdulrahman,abdurrahman,abdurahman,abderrahman,abd rahman,abdirahman",
            "abdulrahman",
        ),
        ("abd allah,abdullah,abdallah,abdulla,abdoullah,abdula", "abdulah"),
        ("abdel aziz,abdulaziz,abdelaziz,abdul aziz,abd al aziz", "abdulaziz"),
        ("habib ullah,habibullah,habiballah,habib allah", "habibulah"),
        ("shams al din,shamsuddin,shamsudin,shams eddin,shams ud din", "shamsudin"),
        ("abou bakr,abo bakr,abu bakr", "abu bakr"),
    ],
)
def test_spellings_come_together(texts: str, written: str) -> None:
    for text in texts.split(","):
        assert compounds(text.replace(" ud ", " ").split()) == written.split(), text


@pytest.mark.parametrize("text", ["abdul", "odin", "din", "lah", "bill haller", "abdi ali", "ivan petrov", "abi"])
def test_other_words_stay(text: str) -> None:
    assert compounds(text.split()) == text.split()
