"""How much a word of a name tells, from a fixed and published model: Mohammed little, a rare word everything.

The model is a committed table and never the records held, or scores would tell of records a party may not see.
"""

from __future__ import annotations

from functools import cache, lru_cache

from tripoint.words.han_tables import rows_of
from tripoint.words.names import skeleton

LEAST, RARE = 0.35, 1.0


@cache
def weights() -> dict[str, dict[str, float]]:
    """The weight of each listed word, and of each listed skeleton of consonants."""
    found: dict[str, dict[str, float]] = {"word": {}, "skeleton": {}}
    for row in rows_of("commonness.csv"):
        found[row["kind"]].update(dict.fromkeys(row["words"].split(), float(row["weight"])))
    return found


@lru_cache(65_536)
def common(word: str) -> float:
    """How much a word of a reading tells: 0.35 for the commonest names of the world up to 1.0 for rare ones.

    A word that is not listed tells as much as common words with its consonants do, so that spellings and scripts agree.
    """
    listed = weights()["word"].get(word)
    return listed if listed is not None else weights()["skeleton"].get(skeleton(word), RARE)
