"""The one comparison of a question with a mark, written so that it runs as plain Python and compiled alike.

A question is a row of tokens. Each says what every character costs in its place, what it costs to leave the token out,
and whether it may stand for a run. Plain numbers, unknown positions, runs and edits are then one and the same reckoning
(optimal string alignment: Levenshtein, and two neighbours exchanged).
"""

from __future__ import annotations

from typing import Any

WIDTH = 36  # characters of a mark, by their place in CHARACTERS
FAR = 1e6
AGREES = 0.25  # the most a character may cost that counts as the one asked for, where neighbours are exchanged


def align(
    costs: Any, drops: Any, runs: Any, tokens: int, text: Any, begin: int, end: int, swap: float, zero: float,
    most: float, rows: Any,
) -> float:  # fmt: skip
    """What it costs at least to turn the question into a text; FAR where that is more than `most`.

    `costs` holds WIDTH numbers a token, one token after another; `drops` and `runs` one. `text[begin:end]` are places
    in CHARACTERS. An added character costs 1, but `zero` for a 0 before all else. `rows` is room for 3 * (tokens + 1).
    """
    before, here, last = 0, tokens + 1, 2 * (tokens + 1)
    first_row(drops, tokens, rows, here)
    for at in range(begin, end):
        before, here, last = here, last, before
        least = step(costs, drops, runs, tokens, text, at, begin, swap, zero, rows, before, here, last)
        if least > most + 1.0 - swap:
            return FAR
    found = float(rows[here + tokens])
    return found if found <= most else FAR


def first_row(drops: Any, tokens: int, rows: Any, here: int) -> None:
    """The row before any character, at `here`."""
    rows[here] = 0.0
    for i in range(tokens):
        rows[here + i + 1] = rows[here + i] + drops[i]


def step(
    costs: Any, drops: Any, runs: Any, tokens: int, text: Any, at: int, begin: int, swap: float, zero: float, rows: Any,
    before: int, here: int, last: int,
) -> float:  # fmt: skip
    """The row after one more character, and the least in it. Rows begin in `rows` at `last` (two characters ago),
    `before` and `here`."""
    x = text[at]
    leading = x == 0 and rows[before] == zero * (at - begin)
    rows[here] = rows[before] + (zero if leading else 1.0)
    least = rows[here]
    for i in range(tokens):
        cost = costs[i * WIDTH + x]
        best = min(rows[before + i] + cost, rows[before + i + 1] + 1.0, rows[here + i] + drops[i])
        if runs[i]:
            best = min(best, rows[before + i + 1] + cost)
        elif i > 0 and at > begin and not runs[i - 1]:
            one, other = costs[(i - 1) * WIDTH + x], costs[i * WIDTH + text[at - 1]]
            if one <= AGREES and other <= AGREES:
                best = min(best, rows[last + i - 1] + swap + one + other)
        rows[here + i + 1] = best
        least = min(least, best)
    return float(least)
