"""Which passwords anybody would try first."""

import pytest
from hypothesis import given, strategies as st

from tripoint.access.passwords import guessable, own_part, repeats, well_known
from tripoint.access.proof import LONGEST, hash_password

NAME = "ana.silva@arc"


@pytest.mark.parametrize(
    "password",
    [
        "password12345678", "PASSWORD-2026-password", "P@ssw0rdP@ssw0rd", "correct horse battery staple",
        "qwertyuiop12345", "1qaz2wsx3edc4rfv", "poiuytrewq54321", "123456789012345", "aaaaaaaaaaaaaaab",
        "abcabcabcabcabcabc", "iloveyou-iloveyou", "tripointtripoint1", "colombia2026police!", "my ana.silva is here",
        "Bienvenido123456", "liverpool-arsenal-chelsea", "administrador-2026", "................",
    ],
)  # fmt: skip
def test_what_guessers_try_first_is_refused(password: str) -> None:
    assert guessable(password, NAME)


@pytest.mark.parametrize(
    "password",
    [
        "seven invented words make a key", "blue kettle under seven ladders", "Tr0ub4dor&3 zebra lamp",
        "مرحبا بالعالم كلمة طويلة", "мой пароль очень длинный", "hM4$kq9!vT2#pL8", "kpwvzjbq xnrlt mgd",
    ],
)  # fmt: skip
def test_what_nobody_tries_first_is_taken(password: str) -> None:
    assert not guessable(password, NAME)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789!-_ ", min_size=1, max_size=60))
def test_no_text_makes_it_fail_and_its_own_part_is_within_it(text: str) -> None:
    guessable(text, NAME)
    assert len(own_part(text)) <= len(text)


def test_every_pair_of_well_known_words_is_refused() -> None:
    words = [word for word in well_known() if len(word) > 6][:60]
    assert all(guessable(f"{one}{two}99", NAME) for one in words for two in words)  # 3,600 passwords
    assert all(repeats(word * 3) for word in words)


def test_long_passwords_of_any_signs_are_taken_as_they_are() -> None:
    assert hash_password("ünïcödé wörds and 龍 ✓ sïgns".ljust(LONGEST, "z"), NAME)
