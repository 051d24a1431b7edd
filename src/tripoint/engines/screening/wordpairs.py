"""The compiled comparison of two words, sound by sound.

Two words are compared by the log-odds of their best alignment: how much likelier their sounds stand beside each other
in two spellings of one name than in two names by chance (a memoryless transducer, Ristad and Yianilos 1998, with
costs learned for each script). Words that one typing error parts, or that are forms of one given name, are alike too.
"""

from __future__ import annotations

import numpy as np

from tripoint.engines.compiled import borrowing
from tripoint.engines.screening.tables import ROW, Column, Columns, Room, Tables

CUT_LEFT, CUT_RIGHT, WRITTEN_APART = 1, 2, 4  # a name cut short on one side; names of different scripts
SWAP = 2.5  # what two neighbouring letters in each other's place cost
INITIAL = 0.9
NICKNAME, SPELLING = 0.65, 0.8
LEAST_SHARE = 0.12  # words less alike than this are two words
SLIP, SHORTEST_SLIP = 1.8, 3  # letters' worth that one typing error costs, and the fewest sounds that may hold one
NEVER = -1e9
NO_SOUND = 255
ONE = np.uint64(1)


@borrowing
def likeness(
    one: Column, start: int, end: int, other: Column, begin: int, finish: int, costs: Column, rows: Column, cut: int
) -> float:
    """The log-odds that two words are spellings of one; `cut` says which of them may be only the beginning."""
    width, begun = finish - begin, np.float32(NEVER)
    now, before, earlier = 2 * ROW, ROW, 0
    rows[before] = 0.0
    for j in range(width):
        rows[before + j + 1] = rows[before + j] + costs[0, other[begin + j]]
    last_x = NO_SOUND
    for i in range(start, end):
        x, last_y = one[i], NO_SOUND
        left_out, aslant = costs[x, 0], rows[before]
        value = aslant + left_out
        rows[now] = value
        for j in range(width):
            y, above = other[begin + j], rows[before + j + 1]
            value = max(max(aslant + costs[x, y], above + left_out), value + costs[0, y])
            if y == last_x and x == last_y and x != y:
                value = max(value, rows[earlier + j - 1] + costs[x, x] + costs[y, y] - np.float32(SWAP))
            rows[now + j + 1] = value
            aslant, last_y = above, y
        last_x = x
        earlier, before, now = before, now, earlier
        if cut & CUT_RIGHT:
            begun = max(begun, value)
    if cut & CUT_LEFT:
        for j in range(width + 1):
            begun = max(begun, rows[before + j])
    return float(max(rows[before + width], begun))


@borrowing
def at_most(word: Column, start: int, end: int, met: int, most: Column, partners: Column, rest: Column) -> float:
    """What a word can be worth at most beside one with the sounds `met`, a bit each: far cheaper than `likeness`."""
    total = 0.0
    for at in range(start, end):
        total += most[word[at]] if partners[word[at]] & met else rest[word[at]]
    return total


@borrowing
def too_unlike(
    left: Columns, i: int, wide: int, right: Columns, j: int, here: int, there: int, table: int, t: Tables, least: float
) -> bool:
    """Whether words of the sounds `here` (`wide` of them written together) and `there` cannot be worth `least`."""
    a, b, c, d = left.letters[i], left.letters[i + wide], right.letters[j], right.letters[j + 1]
    if at_most(left.letter, a, b, there, t.most[table, 0], t.partners[table, 0], t.rest[table, 0]) < least:
        return True
    return at_most(right.letter, c, d, here, t.most[table, 1], t.partners[table, 1], t.rest[table, 1]) < least


@borrowing
def spell_out(letter: Column, start: int, end: int, spelt: Column, typed: Column) -> int:
    """The letters of at most three sounds into `typed`; returns how many."""
    count = 0
    for at in range(start, end):
        for place in range(3):
            if spelt[letter[at], place]:
                typed[count] = spelt[letter[at], place]
                count += 1
    return count


@borrowing
def one_slip(
    one: Column, start: int, end: int, other: Column, begin: int, finish: int, spelt: Column, typed: Column
) -> bool:
    """Whether one letter more, less, other or exchanged with its neighbour makes two words one."""
    while start < end and begin < finish and one[start] == other[begin]:
        start, begin = start + 1, begin + 1
    while start < end and begin < finish and one[end - 1] == other[finish - 1]:
        end, finish = end - 1, finish - 1
    if end - start > 3 or finish - begin > 3:
        return False
    n, m = spell_out(one, start, end, spelt, typed[0]), spell_out(other, begin, finish, spelt, typed[1])
    first = 0
    while first < min(n, m) and typed[0, first] == typed[1, first]:
        first += 1
    while n > first and m > first and typed[0, n - 1] == typed[1, m - 1]:
        n, m = n - 1, m - 1
    if n - first == 2 and m - first == 2:
        return bool(typed[0, first] == typed[1, first + 1] and typed[0, first + 1] == typed[1, first])
    return n - first <= 1 and m - first <= 1


@borrowing
def slip_share(left: Columns, i: int, right: Columns, j: int, spelt: Column, typed: Column) -> float:
    """What share of a full match two words are that one typing error parts; 0 where more does."""
    a, b, c, d = left.letters[i], left.letters[i + 1], right.letters[j], right.letters[j + 1]
    if max(b - a, d - c) < SHORTEST_SLIP or min(b - a, d - c) < 2 or abs((b - a) - (d - c)) > 2:
        return 0.0
    if not one_slip(left.letter, a, b, right.letter, c, d, spelt, typed):
        return 0.0
    return float(1.0 - SLIP / max(b - a, d - c))


@borrowing
def kinship(groups: Column, at: int, others: Column, other: int) -> float:
    """What share of a full match two forms of one given name are; 0 where they are none."""
    found = 0.0
    for one in range(2):
        group = groups[at, one]
        if group >= 0 and (group == others[other, 0] or group == others[other, 1]):
            found = max(found, NICKNAME if group & 1 else SPELLING)
    return found


@borrowing
def compare_words(
    left: Columns, i: int, right: Columns, j: int, table: int, t: Tables, cut: int, r: Room, at: int, by: int
) -> tuple[float, float]:
    """The log-odds of one word beside another, and what share of a full match they are.

    `at` and `by` are their places in `r.best`, what each is worth when met by itself.
    """
    a, b, c, d = left.letters[i], left.letters[i + 1], right.letters[j], right.letters[j + 1]
    costs, full, same = t.costs[table], 0.5 * (r.best[0, at] + r.best[1, by]), left.spelling[i] == right.spelling[j]
    value = NEVER
    if b > a and d > c:
        if not same and (b - a == 1 or d - c == 1):
            if costs[left.letter[a], right.letter[c]] > 0.5:
                value = INITIAL * costs[left.letter[a], right.letter[c]]
                return value, value / max(value, 0.1)
        elif cut & (CUT_LEFT | CUT_RIGHT) or not too_unlike(
            left, i, 1, right, j, r.sounds[0, at], r.sounds[1, by], table, t, LEAST_SHARE * full
        ):
            value = likeness(left.letter, a, b, right.letter, c, d, costs, r.rows, 0 if same else cut)
        if same:
            value = max(value, full)
    value = max(value, full * kinship(left.word_groups, i, right.word_groups, j) or NEVER)
    if not cut & WRITTEN_APART and value < 0.8 * full:
        value = max(value, full * slip_share(left, i, right, j, t.spelt, r.typed) or NEVER)
    return value, value / full
