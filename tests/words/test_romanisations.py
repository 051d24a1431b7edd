"""Syllables come out as the tables of Wade-Giles and of Hong Kong have them."""

import pytest

from tripoint.words.romanisations import hong_kong, in_wade_giles, wade_giles


@pytest.mark.parametrize(
    "pair",
    [
        "zhong chung",
        "xiao hsiao",
        "qing ching",
        "ping ping",
        "bei pei",
        "deng teng",
        "guo kuo",
        "he ho",
        "ge ko",
        "zi tzu",
        "si ssu",
        "shi shih",
        "ri jih",
        "jie chieh",
        "xian hsien",
        "yan yen",
        "ye yeh",
        "duo to",
        "luo lo",
        "gui kuei",
        "xue hsueh",
        "rong jung",
        "cao tsao",
        "zhang chang",
        "zhu chu",
    ],
)
def test_wade_giles(pair: str) -> None:
    pinyin, written = pair.split()
    assert in_wade_giles(pinyin) == written


def test_syllables_are_joined() -> None:
    assert wade_giles(["xiao", "ping"]) == "hsiaoping"


@pytest.mark.parametrize(
    "pair",
    [
        "zoeng cheung",
        "can chan",
        "wong wong",
        "lei lee",
        "lau lau",
        "ng ng",
        "loeng leung",
        "lam lam",
        "ho ho",
        "gwok kwok",
        "zang tsang",
        "zeng tseng",
        "zau chau",
        "ceoi chui",
        "coi choi",
        "ze tse",
        "heoi hui",
        "jip yip",
        "joeng yeung",
        "dang tang",
        "kwan kwan",
        "sek shek",
        "jyun yuen",
    ],
)
def test_hong_kong(pair: str) -> None:
    jyutping, written = pair.split()
    assert hong_kong(jyutping) == written
