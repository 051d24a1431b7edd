"""Learning how sounds are written for each other."""

import random

import numpy as np

from tests.quality.sounding import LEAST_ODDS, Aligned, expected, learned, log_odds
from tripoint.engines.screening.sounds import NUMBER, SOUNDS, sounds

PRIOR = expected()


def pairs_with(old: str, new: str, count: int = 3_000) -> list[Aligned]:
    """Invented words in which one letter is always written for another."""
    chance = random.Random(2)
    words = {
        "".join(chance.choice(part) for part in ("bdgklmnrst", "aeiou", old, "aeiou", "lmnrt")) for _ in range(count)
    }
    return [(sounds(word), sounds(word.replace(old, new))) for word in sorted(words)]


def test_the_expectation_knows_itself_and_its_like() -> None:
    odds = log_odds(PRIOR)
    assert np.isfinite(odds).all()
    assert (odds >= LEAST_ODDS).all()
    assert all(odds[number, number] > 0 for number in range(1, SOUNDS))
    assert odds[NUMBER["b"], NUMBER["p"]] > odds[NUMBER["b"], NUMBER["s"]]
    np.testing.assert_allclose(odds, odds.T, atol=1e-9)


def test_leaving_out_a_sound_never_speaks_for_a_pair() -> None:
    odds = log_odds(PRIOR)
    assert (odds[0] <= 0).all()
    assert (odds[:, 0] <= 0).all()


def test_an_exchange_of_sounds_is_learned_in_its_own_direction() -> None:
    before, after = log_odds(PRIOR), learned(pairs_with("f", "z"), PRIOR, symmetric=False)
    assert after[NUMBER["f"], NUMBER["z"]] > 0 > before[NUMBER["f"], NUMBER["z"]]
    assert after[NUMBER["z"], NUMBER["f"]] < 0


def test_without_sides_it_is_learned_in_both() -> None:
    after = learned(pairs_with("f", "z"), PRIOR, symmetric=True)
    assert after[NUMBER["f"], NUMBER["z"]] > 0
    np.testing.assert_allclose(after, after.T, atol=1e-9)


def test_nothing_to_learn_from_leaves_the_expectation() -> None:
    np.testing.assert_allclose(learned([], PRIOR, symmetric=False), log_odds(PRIOR))
