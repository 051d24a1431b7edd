"""What a person is filed under and looked up by: keys of names, births and documents, straight from the columns.

A key is a number of 44 bits that mixes a kind with what it holds. A question's keys carry weights that are fixed by
kind (kinds.py) and by how much a word tells (the name model), never by the records held. All that is compiled stands
in this one file, because what numba keeps on disk is renewed only when the very file of a function changes.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tripoint.engines.compiled import compiled
from tripoint.engines.screening.index.kinds import (
    BAG,
    BONES,
    BORN,
    COARSE,
    DOCUMENT,
    FIRST,
    FIRSTS,
    KIN,
    LINE,
    LINE_SLIP,
    NEAR,
    ONE_SLIP,
    PAIR,
    PART,
    SLIP,
    SPELT,
    WHOLE,
    WORD,
    YEAR,
)
from tripoint.engines.screening.people import People

Column = npt.NDArray[Any]

KEY_BITS = 44
MOST_KEYS, MOST_ASKED = 6_000, 1_024  # of a record, of a question
MOST_PAIRED = 6  # words of a name in the kinds that grow with their square
FILED_SLIPS, ASKED_SLIPS = 3, 4  # words of a name up to which its pairs are tried with slips
LONGEST_LINE, SHORTEST_LINE = 16, 4  # consonants of a row tried with slips
SLIP_FROM = 4  # consonants of a single word tried with slips
BONES_KEPT = 12
MOST_YEARS, LONGEST_SPAN, ABOUT = 16, 5, 2
VOWELS = (1 << 1) | (1 << 5) | (1 << 9) | (1 << 15) | (1 << 21) | (1 << 25)
SPREAD = np.uint64(0x9E3779B97F4A7C15)
FIRST_MIX, SECOND_MIX = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
ONE, FIVE, LETTER = np.uint64(1), np.uint64(5), np.uint64(31)
L, M, N, R = np.uint64(12), np.uint64(13), np.uint64(14), np.uint64(18)


class Filed(NamedTuple):
    """The columns of `People` that keys are made of."""

    names: Column
    words: Column
    known: Column
    groups: Column
    bones: Column
    spelling: Column
    births: Column
    birth: Column
    papers: Column
    paper: Column


def filed(people: People) -> Filed:
    """The columns that keys are made of, read-only: compiled functions know no others."""
    columns = (people.names, people.words, people.word_known, people.word_groups, people.bones, people.spelling)
    return Filed(*columns, people.births, people.birth, people.papers, people.paper)


@compiled
def mixed(value: Any) -> Any:
    """A number spread over 64 bits (the finaliser of SplitMix64)."""
    value = (value ^ (value >> np.uint64(30))) * FIRST_MIX
    value = (value ^ (value >> np.uint64(27))) * SECOND_MIX
    return value ^ (value >> np.uint64(31))


@compiled
def key_of(kind: int, one: Any, other: Any) -> Any:
    """The key of a kind and two numbers in this order, 44 bits."""
    return mixed(mixed(one + SPREAD * np.uint64(kind + 1)) + other) >> np.uint64(64 - KEY_BITS)


@compiled
def pair_key(kind: int, one: Any, other: Any) -> Any:
    """The key of a kind and two numbers in either order."""
    return key_of(kind, one, other) if one < other else key_of(kind, other, one)


@compiled
def length(bones: Any) -> int:
    """The number of letters in packed bones."""
    count = 0
    while bones:
        bones >>= FIVE
        count += 1
    return count


@compiled
def without(bones: Any, at: int) -> Any:
    """Packed bones without the letter at a place; what then stands double is written once."""
    shift = np.uint64(5 * at)
    low = bones & ((ONE << shift) - ONE)
    high = bones >> (shift + FIVE)
    if at > 0 and high and (high & LETTER) == (low >> (shift - FIVE)):
        high >>= FIVE
    return low | (high << shift)


@compiled
def head(bones: Any, letters: int) -> Any:
    """The first letters of packed bones."""
    return bones & ((ONE << np.uint64(5 * letters)) - ONE)


@compiled
def tail(bones: Any, letters: int) -> Any:
    """The last letters of packed bones, marked so that they equal no first ones."""
    extent = length(bones)
    return (bones >> np.uint64(5 * max(0, extent - letters))) | (ONE << np.uint64(62))


@compiled
def consonants(bones: Any) -> Any:
    """Packed bones without vowels, which only a word of nothing else has."""
    return np.uint64(0) if (VOWELS >> np.int64(bones & LETTER)) & 1 else bones


@compiled
def coarse(bones: Any) -> Any:
    """Packed bones with m as n, and without l and r but at the beginning, where both are l; doubles once."""
    found, shift, last = np.uint64(0), np.uint64(0), np.uint64(0)
    while bones:
        letter = bones & LETTER
        bones >>= FIVE
        if letter == M:
            letter = N
        if letter == R:
            letter = L
        if letter != last and (letter != L or shift == 0):
            found |= letter << shift
            shift += FIVE
            last = letter
    return found


@compiled
def together(one: Any, other: Any) -> Any:
    """The packed bones of two words written together, at most twelve letters."""
    one, other = consonants(one), consonants(other)
    extent = length(one)
    if extent and (one >> np.uint64(5 * (extent - 1))) == (other & LETTER):
        other >>= FIVE
    if extent >= BONES_KEPT:
        return one
    return head(one | (other << np.uint64(5 * extent)), BONES_KEPT)


@compiled
def put(keys: Column, weights: Column, at: int, key: Any, weight: int) -> int:
    """One more key, unless there is no room; the place of the next."""
    if at < len(keys):
        keys[at] = key
        weights[at] = weight
        return at + 1
    return at


@compiled
def telling(known: Any) -> float:
    """What of a kind's weight a word leaves: a third to the whole, by how much it tells."""
    return 0.34 + 0.66 * min(1.0, max(0.0, float(known)))


@compiled
def put_slips(keys: Column, weights: Column, at: int, bones: Any, beside: Any, weight: int) -> int:
    """The keys of a word without one of its consonants, with the word beside it."""
    extent = length(bones)
    if extent > 1:
        for gone in range(extent):
            at = put(keys, weights, at, pair_key(SLIP, without(bones, gone), beside), weight)
    return at


@compiled
def put_parts(keys: Column, weights: Column, at: int, bones: Any, beside: Any, heft: float, table: Column) -> int:
    """The keys of a word with the beginning or the end of another."""
    at = put(keys, weights, at, key_of(FIRST, bones, head(beside, 1)), int(table[FIRST] * heft))
    at = put(keys, weights, at, key_of(PART, bones, head(beside, 2)), int(table[PART] * heft))
    if length(beside) > 2:
        at = put(keys, weights, at, key_of(PART, bones, tail(beside, 2)), int(table[PART] * heft))
    return at


@compiled
def put_kin(source: Filed, one: int, other: int, weight: int, keys: Column, weights: Column, at: int) -> int:
    """The keys of a word with the groups of given names that another is in."""
    for place in range(source.groups.shape[1]):
        group = source.groups[other, place]
        if group >= 0:
            at = put(keys, weights, at, key_of(KIN, source.bones[one], np.uint64(group >> 1)), weight)
    return at


@compiled
def put_pairs(
    source: Filed, begin: int, end: int, asking: bool, table: Column, keys: Column, weights: Column, at: int
) -> int:
    """The keys of every two words of a name, and of neighbours together with each word beside them."""
    bones, spelling = source.bones, source.spelling
    count = end - begin
    end = min(end, begin + MOST_PAIRED)
    slips = count <= (ASKED_SLIPS if asking else FILED_SLIPS)
    for one in range(begin, end):
        for other in range(one + 1, end):
            heft = (telling(source.known[one]) + telling(source.known[other])) / 2
            mine, yours = bones[one], bones[other]
            at = put(keys, weights, at, pair_key(PAIR, mine, yours), int(table[PAIR] * heft))
            at = put(keys, weights, at, pair_key(SPELT, spelling[one], spelling[other]), int(table[SPELT] * heft))
            at = put_kin(source, one, other, int(table[KIN] * heft), keys, weights, at)
            at = put_kin(source, other, one, int(table[KIN] * heft), keys, weights, at)
            if slips:
                weight = int(table[SLIP] * heft)
                at = put(keys, weights, at, pair_key(SLIP, mine, yours), weight)
                at = put_slips(keys, weights, at, mine, yours, weight)
                at = put_slips(keys, weights, at, yours, mine, weight)
                at = put(keys, weights, at, pair_key(COARSE, coarse(mine), coarse(yours)), int(table[COARSE] * heft))
                at = put_parts(keys, weights, at, mine, yours, heft, table)
                at = put_parts(keys, weights, at, yours, mine, heft, table)
    for one in range(begin, end - 1):
        joint = together(bones[one], bones[one + 1])
        for other in range(begin, end):
            if other < one or other > one + 1:
                heft = (telling(source.known[one]) + telling(source.known[other])) / 2
                at = put(keys, weights, at, pair_key(PAIR, joint, bones[other]), int(table[PAIR] * heft))
    return at


@compiled
def put_line(source: Filed, begin: int, end: int, table: Column, keys: Column, weights: Column, at: int) -> int:
    """The keys of a whole name: as spelt, its consonants by words in any order, and in one row, whole or slipped."""
    spelt = bag = np.uint64(0)
    row = np.zeros(LONGEST_LINE + 1, dtype=np.uint64)
    extent, heft = 0, 0.0
    for word in range(begin, end):
        spelt += mixed(source.spelling[word])
        bag += mixed(source.bones[word] + ONE)
        heft += telling(source.known[word]) / (end - begin)
        rest = consonants(source.bones[word])
        while rest and extent <= LONGEST_LINE:
            if extent == 0 or row[extent - 1] != rest & LETTER:
                row[extent] = rest & LETTER
                extent += 1
            rest >>= FIVE
    if end - begin > 1:
        at = put(keys, weights, at, key_of(WHOLE, spelt, np.uint64(0)), int(table[WHOLE] * heft))
    if end - begin > 2:
        at = put(keys, weights, at, key_of(BAG, bag, np.uint64(0)), int(table[BAG] * heft))
    at = put(keys, weights, at, key_of(LINE, row_hash(row, extent, -1), np.uint64(0)), int(table[LINE] * heft))
    if SHORTEST_LINE <= extent <= LONGEST_LINE:
        for gone in range(-1, extent):
            key = key_of(LINE_SLIP, row_hash(row, extent, gone), np.uint64(0))
            at = put(keys, weights, at, key, int(table[LINE_SLIP] * heft))
    return at


@compiled
def row_hash(row: Column, extent: int, gone: int) -> Any:
    """A hash of a row of letters without the one at a place (-1: with all), doubles written once."""
    value = last = np.uint64(0)
    for at in range(extent):
        if at != gone and row[at] != last:
            last = row[at]
            value = (value + last) * SPREAD
            value ^= value >> np.uint64(29)
    return value


@compiled
def put_words(source: Filed, begin: int, end: int, table: Column, keys: Column, weights: Column, at: int) -> int:
    """The keys of each word alone: as spelt, by its consonants, and by those but one."""
    for word in range(begin, end):
        heft, bones = telling(source.known[word]), source.bones[word]
        at = put(keys, weights, at, key_of(WORD, source.spelling[word], np.uint64(0)), int(table[WORD] * heft))
        extent = length(bones)
        if extent > 1:
            at = put(keys, weights, at, key_of(BONES, bones, np.uint64(0)), int(table[BONES] * heft))
        if extent >= SLIP_FROM:
            weight = int(table[ONE_SLIP] * heft)
            at = put(keys, weights, at, key_of(ONE_SLIP, bones, np.uint64(0)), weight)
            for gone in range(extent):
                at = put(keys, weights, at, key_of(ONE_SLIP, without(bones, gone), np.uint64(0)), weight)
    return at


@compiled
def put_dated(
    source: Filed, begin: int, end: int, year: int, kind: int, table: Column, keys: Column, weights: Column, at: int
) -> int:
    """The keys of the words of a name with a year, `kind` is YEAR or NEAR."""
    when = np.uint64(year)
    share = table[kind] / table[YEAR]
    for word in range(begin, end):
        heft, bones = telling(source.known[word]), source.bones[word]
        at = put(keys, weights, at, key_of(YEAR, bones, when), int(table[kind] * heft))
        if word + 1 < end:
            joint = together(bones, source.bones[word + 1])
            at = put(keys, weights, at, key_of(YEAR, joint, when), int(table[kind] * heft))
        for other in range(word + 1, min(end, begin + MOST_PAIRED)):
            one, two = bones & LETTER, source.bones[other] & LETTER
            both = min(one, two) * np.uint64(32) + max(one, two)
            at = put(keys, weights, at, key_of(FIRSTS, both, when), int(table[FIRSTS] * share))
    return at


@compiled
def put_days(
    source: Filed, row: int, begin: int, end: int, asking: bool, table: Column, keys: Column, weights: Column, at: int
) -> int:
    """The keys of full dates of birth with the first consonant of a word; a question also exchanges day and month."""
    for entry in range(source.births[row], source.births[row + 1]):
        birth = source.birth[entry]
        if birth[3] == 0 or birth[4] or birth[1] != birth[0]:
            continue
        for word in range(begin, end):
            first = source.bones[word] & LETTER
            day = np.uint64((np.int64(birth[0]) * 16 + birth[2]) * 32 + birth[3])
            at = put(keys, weights, at, key_of(BORN, first, day), int(table[BORN]))
            if asking and birth[3] != birth[2] and birth[3] < 13:
                day = np.uint64((np.int64(birth[0]) * 16 + birth[3]) * 32 + birth[2])
                at = put(keys, weights, at, key_of(BORN, first, day), int(table[BORN] * 0.7))
    return at


@compiled
def years_of(source: Filed, row: int, years: Column) -> int:
    """The years a person is filed under, in `years`; how many."""
    count = 0
    for entry in range(source.births[row], source.births[row + 1]):
        birth = source.birth[entry]
        slack = ABOUT if birth[4] else 0
        last = min(int(birth[1]), int(birth[0]) + LONGEST_SPAN)
        for year in range(int(birth[0]) - slack, last + slack + 1):
            known = False
            for at in range(count):
                known = known or years[at] == year
            if not known and count < len(years):
                years[count] = year
                count += 1
    return count


@compiled
def keys_of(source: Filed, row: int, asking: bool, table: Column, keys: Column, weights: Column) -> int:
    """All keys of one person with their weights, the documents first, then name by name; how many.

    What a question adds to the keys of a record: the years beside, and days and months exchanged.
    """
    at = 0
    for paper in range(source.papers[row], source.papers[row + 1]):
        at = put(keys, weights, at, key_of(DOCUMENT, source.paper[paper, 1], np.uint64(0)), int(table[DOCUMENT]))
    years = np.zeros(MOST_YEARS, dtype=np.int64)
    count = years_of(source, row, years)
    for reading in range(source.names[row], source.names[row + 1]):
        begin, end = source.words[reading], source.words[reading + 1]
        if begin == end:
            continue
        at = put_line(source, begin, end, table, keys, weights, at)
        at = put_pairs(source, begin, end, asking, table, keys, weights, at)
        for place in range(count):
            at = put_dated(source, begin, end, years[place], YEAR, table, keys, weights, at)
            if asking:
                at = put_dated(source, begin, end, years[place] - 1, NEAR, table, keys, weights, at)
                at = put_dated(source, begin, end, years[place] + 1, NEAR, table, keys, weights, at)
        at = put_days(source, row, begin, end, asking, table, keys, weights, at)
        at = put_words(source, begin, end, table, keys, weights, at)
    return at


@compiled
def pack_rows(
    source: Filed, begin: int, table: Column, out: Column, keys: Column, weights: Column, row_bits: Any
) -> tuple[int, int]:
    """Keys with rows in one number each, from row `begin` on until `out` may not hold another; next row, how many."""
    at, row, rows = 0, begin, len(source.names) - 1
    while row < rows and at + len(keys) <= len(out):
        count = keys_of(source, row, False, table, keys, weights)
        for place in range(count):
            out[at + place] = (keys[place] << row_bits) | np.uint64(row)
        at += count
        row += 1
    return row, at
