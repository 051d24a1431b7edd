"""Every fold a few edits away from another: few enough to be asked for outright, so that order is index enough."""

from __future__ import annotations

from tripoint.engines.marks.folding import ALPHABET
from tripoint.words.firearms import LONGEST_SERIAL

MOST_EDITS = 2
MOST_ZEROS = 4  # leading zeros that are put before a number asked without them


def expand(folded: str, edits: int) -> dict[str, int]:
    """Every fold within so many edits, itself included, with the fewest edits that lead to it.

    An edit is one character of the folded alphabet put for another, left out or put in, or two neighbours exchanged.
    About 450 folds of eight characters for one edit, 10^5 for two. Raises ValueError for more than two.
    """
    if not 0 <= edits <= MOST_EDITS:
        raise ValueError(f"allows 0 to {MOST_EDITS} edits")
    found, newest = {folded: 0}, {folded}
    for step in range(1, edits + 1):
        newest = {fold for one in newest for fold in one_edit(one)} - found.keys()
        found |= dict.fromkeys(newest, step)
    return found


def one_edit(folded: str) -> set[str]:
    """Every fold one edit away."""
    found = set()
    for at in range(len(folded) + 1):
        before, after = folded[:at], folded[at:]
        found |= {f"{before}{one}{after}" for one in ALPHABET}
        if after:
            found |= {f"{before}{one}{after[1:]}" for one in ALPHABET}
            found.add(before + after[1:])
        if len(after) > 1:
            found.add(before + after[1] + after[0] + after[2:])
    return {one for one in found if one and one != folded and len(one) <= LONGEST_SERIAL}


def with_zeros(normal: str) -> tuple[str, ...]:
    """The number without its leading zeros, and with up to four of them; itself is not among them."""
    bare = normal.lstrip("0")
    if not bare:
        return ()
    others = ("0" * zeros + bare for zeros in range(max(MOST_ZEROS, len(normal) - len(bare)) + 1))
    return tuple(one for one in others if one != normal and len(one) <= LONGEST_SERIAL)
