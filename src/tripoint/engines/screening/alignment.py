"""How alike two names are: their words set against each other one to one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from tripoint.engines.screening.model import MODEL
from tripoint.words.names import skeleton, tokens

NAMES = MODEL.names
VOWELLESS = re.compile("[\u0590-\u07bf\ufb1d-\ufdff\ufe70-\ufeff]")  # Hebrew, Arabic: short vowels are not written
NOT_LATIN = re.compile("[^\u0000-\u024f\u1e00-\u1eff]")
LATIN_SCRIPT, OTHER_SCRIPT, NO_VOWELS = 0, 1, 2
ALIKE = 0.9  # a joined word this like another is worth trying in its place
MOST_TO_JOIN = 6
WORTH_JOINING = 0.35  # names less alike than this are not saved by writing words together


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """One word of a name, its consonants, and what it weighs: long words tell more than short ones.

    `letters` marks its different consonants, a bit each, and `fewest` is half their number (0 for a single one):
    words that share fewer are not compared at all.
    """

    text: str
    bones: str
    weight: float
    letters: int
    fewest: float


@dataclass(frozen=True, slots=True)
class PreparedName:
    """A name ready to be compared; `joins` are its words with two neighbours written together."""

    full: str
    words: tuple[Word, ...]
    joins: tuple[tuple[Word, tuple[Word, ...]], ...] = ()
    script: int = LATIN_SCRIPT
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two names are, 0 to 1, and why: pairs of words with their likeness, words with no counterpart."""

    value: float
    pairs: tuple[tuple[str, str, float], ...] = ()
    only_asked: tuple[str, ...] = ()
    only_held: tuple[str, ...] = ()

    @property
    def letters(self) -> float:
        """How many letters asked for were found, each as alike as its word."""
        return sum(len(asked) * alike for asked, _, alike in self.pairs)


NOTHING_ALIKE = Likeness(0.0)


@lru_cache(65_536)
def prepare_name(full: str, truncated: bool = False) -> PreparedName:
    """A name cut, folded and weighed once, to be compared often."""
    texts = tokens(full)[: NAMES.most_words]
    words = tuple(map(word, texts))
    joins = tuple(
        (joined := word(texts[at] + texts[at + 1]), (*words[:at], joined, *words[at + 2 :]))
        for at in range(len(texts) - 1 if len(texts) <= MOST_TO_JOIN else 0)
    )
    script = NO_VOWELS if VOWELLESS.search(full) else OTHER_SCRIPT if NOT_LATIN.search(full) else LATIN_SCRIPT
    return PreparedName(full, words, joins, script, truncated)


@lru_cache(65_536)
def word(text: str) -> Word:
    """A word with its consonants and weight."""
    bones = skeleton(text)
    letters = sum({1 << (ord(letter) & 63) for letter in bones})
    several = letters.bit_count() if letters.bit_count() > 1 else 0
    return Word(text, bones, min(len(text), NAMES.full_length) ** 0.5, letters, several / 2)


def compare_names(asked: PreparedName, held: PreparedName) -> Likeness:
    """How alike two names are, whatever the order of their words, joined or apart."""
    if not asked.words or not held.words:
        return NOTHING_ALIKE
    how = (max(asked.script, held.script) if asked.script != held.script else 0, asked.truncated or held.truncated)
    best = align(asked.words, held.words, *how)
    if not WORTH_JOINING < best.value < NAMES.joined:
        return best
    tries = [(words, held.words) for joined, words in asked.joins if any_alike(joined, held.words, *how)]
    tries += [(asked.words, words) for joined, words in held.joins if any_alike(joined, asked.words, *how)]
    for one, other in tries:
        found = align(one, other, *how)
        if found.value * NAMES.joined > best.value:
            best = replace(found, value=found.value * NAMES.joined)
    return best


def any_alike(joined: Word, words: tuple[Word, ...], script: int, truncated: bool) -> bool:
    """Whether a joined word has a counterpart; short ones would find one by chance."""
    return any(
        joined.bones[0] == other.bones[0]
        and len(other.text) > 4
        and abs(len(joined.bones) - len(other.bones)) < 3
        and word_likeness(joined, other, script, truncated) > ALIKE
        for other in words
    )


def align(asked: tuple[Word, ...], held: tuple[Word, ...], script: int, truncated: bool) -> Likeness:
    """Words set against each other one to one, greedily from the most alike.

    A word without counterpart on one side only was omitted, which costs little; words left over on both sides
    contradict each other, which costs their whole weight.
    """
    found = [
        (-word_likeness(one, other, script, truncated), at, beside)
        for at, one in enumerate(asked)
        for beside, other in enumerate(held)
        if (shared := (one.letters & other.letters).bit_count()) >= one.fewest or shared >= other.fewest
    ]
    found.sort()
    free_asked, free_held = list(range(len(asked))), list(range(len(held)))
    matched: list[tuple[float, int, int]] = []
    for minus, at, beside in found:
        if at in free_asked and beside in free_held:
            free_asked.remove(at)
            free_held.remove(beside)
            matched.append((-minus, at, beside))
            if not free_asked or not free_held:
                break
    while free_asked and free_held:  # what is left over on both sides contradicts
        matched.append((0.0, free_asked.pop(0), free_held.pop(0)))
    return weigh(asked, held, matched, free_asked, free_held)


def weigh(
    asked: tuple[Word, ...],
    held: tuple[Word, ...],
    matched: list[tuple[float, int, int]],
    free_asked: list[int],
    free_held: list[int],
) -> Likeness:
    """The likeness of a whole alignment: pairs by their weight, pulled down by the worst, omissions at their price."""
    total = weight = 0.0
    for alike, at, beside in matched:
        shared = asked[at].weight + held[beside].weight
        total += alike * shared
        weight += shared
    weight += 2 * NAMES.omitted_by_asker * sum([held[at].weight for at in free_held])
    weight += 2 * NAMES.omitted_by_holder * sum([asked[at].weight for at in free_asked])
    value = total / weight * (1 - NAMES.worst_pair * (1 - matched[-1][0]))
    if len(matched) == 1 and (free_asked or free_held):
        value *= NAMES.single_word
    return Likeness(
        min(1.0, value),
        tuple((asked[at].text, held[beside].text, alike) for alike, at, beside in matched),
        tuple(asked[at].text for at in free_asked),
        tuple(held[at].text for at in free_held),
    )


@lru_cache(262_144)
def word_likeness(one: Word, other: Word, script: int, truncated: bool) -> float:
    """How alike two words are, 0 to 1: their spelling and their consonants; across scripts mostly the consonants."""
    here, there = one.text, other.text
    if here == there:
        return 1.0
    if truncated and (here.startswith(there) or there.startswith(here)):
        return NAMES.cut_short
    if len(here) == 1 or len(there) == 1:
        return NAMES.initial if here[0] == there[0] else 0.0
    bones = bones_likeness(one.bones, other.bones)
    slips = OSA.distance(here, there)
    longest = max(len(here), len(there))
    if script == NO_VOWELS:
        return bones * NAMES.no_vowels
    spelling = (JaroWinkler.similarity(here, there) + 1 - slips / longest) / 2
    both = (1 - NAMES.by_consonants) * spelling + NAMES.by_consonants * bones
    least = 1 - NAMES.one_slip / longest if slips == 1 else 0.0
    return max(both, least, bones * NAMES.other_script if script == OTHER_SCRIPT else 0.0)


def bones_likeness(one: str, other: str) -> float:
    """How alike two words are by their consonants; a single consonant tells little."""
    if one == other:
        return 1.0 if len(one) > 1 else NAMES.single_consonant
    if len(one) < 2 or len(other) < 2:
        return NAMES.single_consonant if one[0] == other[0] else 0.0
    return float(OSA.normalized_similarity(one, other))
