"""What is compiled: marks packed, walked as the tree they are when they stand in order, sifted, verified, weighed.

The first twelve folded characters of a mark stand in one number, five bits each, so that order is the order of folds;
the characters themselves stand one after another in `text`, those of row r from starts[r] to starts[r + 1].
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tripoint.engines.compiled import compiled
from tripoint.engines.marks import aligning
from tripoint.engines.marks.folding import ALPHABET, CHARACTERS, fold

Column = npt.NDArray[Any]
HEAD = 12  # characters in the packed number
BITS = 5
LEAF = 24  # rows that are looked at one by one sooner than by their next character
FIVE, LOW = np.uint64(BITS), np.uint64(31)
# Folds by number, from 1; 0 ends a mark. `FOLDED` gives a character's fold, `SHOWN` a character of each fold.
FOLDED = np.array([ALPHABET.index(fold(one)) + 1 for one in CHARACTERS], dtype=np.uint8)
SHOWN = np.array([0, *(CHARACTERS.index(one) for one in ALPHABET), *[0] * (31 - len(ALPHABET))], dtype=np.uint8)

step = compiled(aligning.step)
first_row = compiled(aligning.first_row)


@compiled
def pack(text: Column, starts: Column, folded: Column) -> Column:
    """The packed number of each row."""
    found = np.zeros(len(starts) - 1, dtype=np.uint64)
    for row in range(len(found)):
        value = np.uint64(0)
        length = np.int64(starts[row + 1]) - np.int64(starts[row])
        for at in range(HEAD):
            symbol = folded[text[np.int64(starts[row]) + at]] if at < length else np.uint8(0)
            value = (value << FIVE) | np.uint64(symbol)
        found[row] = value
    return found


@compiled
def held_in(text: Column, starts: Column, folded: Column) -> Column:
    """Which folds each row has anywhere, a bit each by number."""
    found = np.zeros(len(starts) - 1, dtype=np.uint32)
    for row in range(len(found)):
        held = np.uint32(0)
        for at in range(np.int64(starts[row]), np.int64(starts[row + 1])):
            held |= np.uint32(1) << np.uint32(folded[text[at]])
        found[row] = held
    return found


@compiled
def in_order(text: Column, starts: Column, order: Column, new_starts: Column) -> Column:
    """The texts of rows one after another in another order; `new_starts` says where each begins."""
    found = np.empty(len(text), dtype=np.uint8)
    for row in range(len(order)):
        begin, target = np.int64(starts[order[row]]), np.int64(new_starts[row])
        for at in range(np.int64(starts[order[row] + 1]) - begin):
            found[target + at] = text[begin + at]
    return found


@compiled
def aligned(
    costs: Column, drops: Column, runs: Column, text: Column, begin: int, end: int, swap: float, zero: float,
    most: float, rows: Column,
) -> float:  # fmt: skip
    """As aligning.align."""
    tokens = len(drops)
    before, here, last = 0, tokens + 1, 2 * (tokens + 1)
    first_row(drops, tokens, rows, here)
    for at in range(begin, end):
        before, here, last = here, last, before
        least = step(costs, drops, runs, tokens, text, at, begin, swap, zero, rows, before, here, last)
        if least > most + 1.0 - swap:
            return aligning.FAR
    found = rows[here + tokens]
    return found if found <= most else aligning.FAR


@compiled
def after(head: Column, first: int, limit: int, shift: Any) -> int:
    """The first row from `first` on, before `limit`, whose number differs in the bits above `shift`."""
    value, stride, low = head[first] >> shift, 1, first
    while low + stride < limit and head[low + stride] >> shift == value:
        low += stride
        stride *= 2
    high = min(limit, low + stride)
    while low + 1 < high:
        middle = (low + high) // 2
        if head[middle] >> shift == value:
            low = middle
        else:
            high = middle
    return high


@compiled
def put_rows(out: Column, found: int, first: int, last: int) -> Column:
    """Rows from `first` to before `last` written at place `found`; the array, or a larger copy of it."""
    if found + last - first > len(out):
        larger = np.empty(2 * (found + last - first), dtype=np.int64)
        larger[:found] = out[:found]
        out = larger
    for row in range(first, last):
        out[found + row - first] = row
    return out


@compiled
def walk(
    head: Column, starts: Column, text: Column, costs: Column, drops: Column, runs: Column, most: float, shown: Column
) -> tuple[Column, int]:
    """The rows within `most` edits of the question, and how many were looked at one by one.

    Rows in order of their folds are a tree: a beginning that is too far off already cuts its whole branch.
    """
    tokens = len(drops)
    wide = tokens + 1
    rows, room = np.zeros((HEAD + 2) * wide), np.zeros(3 * wide)
    path, low, high = np.zeros(HEAD, dtype=np.uint8), np.zeros(HEAD, dtype=np.int64), np.zeros(HEAD, dtype=np.int64)
    out, found, looked, depth = np.empty(256, dtype=np.int64), 0, 0, 0
    first_row(drops, tokens, rows, wide)
    high[0] = len(head)
    while depth >= 0:
        first = low[depth]
        if first >= high[depth]:
            depth -= 1
            continue
        shift = np.uint64(BITS * (HEAD - 1 - depth))
        last = low[depth] = after(head, first, high[depth], shift)
        symbol = (head[first] >> shift) & LOW
        here = (depth + 2) * wide
        if symbol == np.uint64(0):
            if rows[here - 1] <= most:
                out, found = put_rows(out, found, first, last), found + last - first
            continue
        path[depth] = shown[symbol]
        least = step(costs, drops, runs, tokens, path, depth, 0, 1.0, 1.0, rows, here - wide, here, here - 2 * wide)
        if least > most:
            continue
        if last - first > LEAF and depth + 1 < HEAD:
            depth += 1
            low[depth], high[depth] = first, last
            continue
        looked += last - first
        for row in range(first, last):
            if aligned(costs, drops, runs, text, starts[row], starts[row + 1], 1.0, 1.0, most, room) <= most:
                out, found = put_rows(out, found, row, row + 1), found + 1
    return out[:found], looked


@compiled
def holds(number: Any, grams: Column, width: int) -> bool:
    """Whether the packed number has one of the grams of `width` characters anywhere, or may have it further on."""
    if number & LOW:
        return True
    mask = (np.uint64(1) << np.uint64(BITS * width)) - np.uint64(1)
    for at in range(HEAD - width + 1):
        part = (number >> np.uint64(BITS * at)) & mask
        for gram in grams:
            if part == gram:
                return True
    return False


@compiled
def sift(
    head: Column, first: int, last: int, makes: Column, wanted: Column, grams: Column, width: int
) -> Column:
    """The rows from `first` to before `last` of a wanted make that may hold one of the grams (none: all may)."""
    out, found = np.empty(1024, dtype=np.int64), 0
    for row in range(first, last):
        if wanted[makes[row]] and (width == 0 or holds(head[row], grams, width)):
            if found == len(out):
                larger = np.empty(2 * found, dtype=np.int64)
                larger[:found] = out
                out = larger
            out[found] = row
            found += 1
    return out[:found]


@compiled
def fits(
    number: Any, begin: Any, length: Any, text: Column, states: Any, takes: Column, stays: Column, skips: Any,
    chain: int, final: Any, sure: Any, folded: Column,
) -> bool:  # fmt: skip
    """Whether one number fits a pattern without edits: all its states at once, a bit each."""
    one, at = np.uint64(1), 0
    while at < length and states and not states & sure:
        if at < HEAD:
            symbol = np.int64((number >> np.uint64(BITS * (HEAD - 1 - at))) & LOW)
        else:
            symbol = np.int64(folded[text[begin + at]])
        states = ((states & takes[symbol]) << one) | (states & stays[symbol])
        for _ in range(chain):
            states |= (states & skips) << one
        at += 1
    return bool(states & final)


@compiled
def has_all(held: Any, needed: Column) -> bool:
    """Whether a row has a fold of every set."""
    for one in needed:  # noqa: SIM110  # compiled: a loop is what it is
        if not held & one:
            return False
    return True


@compiled
def fitting(
    head: Column, starts: Column, text: Column, first: int, last: int, makes: Column, wanted: Column, grams: Column,
    width: int, held: Column, needed: Column, takes: Column, stays: Column, skips: Any, chain: int, final: Any,
    sure: Any, folded: Column,
) -> tuple[Column, int]:  # fmt: skip
    """Of the rows from `first` to before `last` those that fit a pattern without edits, and how many were looked at.

    `takes[fold]` are the states that go on by a fold, `stays[fold]` those that stay with it, `skips` those that go on
    by nothing, at most `chain` of them in a row; from `sure` whatever follows fits. Makes and grams as in `sift`; of
    each set of `needed`, folds as bits, a row that fits has one.
    """
    out, found, looked, one = np.empty(1024, dtype=np.int64), 0, 0, np.uint64(1)
    states = one
    for _ in range(chain):
        states |= (states & skips) << one
    for row in range(first, last):
        if not has_all(held[row], needed) or not wanted[makes[row]]:
            continue
        if width and not holds(head[row], grams, width):
            continue
        begin = np.int64(starts[row])
        length, looked = np.int64(starts[row + 1]) - begin, looked + 1
        if fits(head[row], begin, length, text, states, takes, stays, skips, chain, final, sure, folded):
            out, found = put_rows(out, found, row, row + 1), found + 1
    return out[:found], looked


@compiled
def verified(
    starts: Column, text: Column, rows: Column, costs: Column, drops: Column, runs: Column, most: float
) -> Column:
    """Of some rows those within `most` edits of the question."""
    out, found, room = np.empty(len(rows), dtype=np.int64), 0, np.zeros(3 * (len(drops) + 1))
    for row in rows:
        if aligned(costs, drops, runs, text, starts[row], starts[row + 1], 1.0, 1.0, most, room) <= most:
            out[found] = row
            found += 1
    return out[:found]


@compiled
def weighed(
    starts: Column, text: Column, rows: Column, costs: Column, drops: Column, runs: Column, swap: float, zero: float
) -> Column:
    """The weighted edit distance of some rows."""
    found, room = np.empty(len(rows)), np.zeros(3 * (len(drops) + 1))
    for at in range(len(rows)):
        row = rows[at]
        price = aligned(costs, drops, runs, text, starts[row], starts[row + 1], swap, zero, aligning.FAR, room)
        found[at] = price
    return found
