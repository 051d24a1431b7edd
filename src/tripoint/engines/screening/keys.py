"""Keys by which a database finds candidates: what a record is filed under and what a question looks up.

Each key is a number with a weight fixed by its kind, never by what records are held, so that looking up betrays
nothing. Composite kinds weigh most because few records share them; a database should look them up first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import combinations, pairwise, permutations

from tripoint.words.dates import PartialDate
from tripoint.words.documents import fold
from tripoint.words.names import skeleton, tokens
from tripoint.words.people import PersonDescription, PersonName

MOST_RECORD_KEYS, MOST_QUESTION_KEYS = 400, 120
SLIP_FROM = 5  # consonants of a word that is rare enough to be looked up with an error
MOST_WORDS = 6  # of one name, for the kinds that grow with their square
MOST_NAMES = 40
LONGEST_SPAN = 5  # years of a span of births that are filed one by one
ABOUT = 2

WEIGHTS = {
    "document": 10.0,  # a document number, folded
    "whole": 8.0,  # all words of a name in any order
    "pair": 6.0,  # the consonants of two words in either order
    "year": 5.0,  # the consonants of a word with a year of birth
    "near": 3.5,  # the same with the year before or after (questions only)
    "part": 4.0,  # the consonants of one of two words with the head or tail of the other: survives a typing error
    "born": 4.0,  # a full date of birth with the first consonant of a word
    "slip": 2.5,  # the consonants of a long word, whole or with one left out
    "word": 2.0,  # a word as spelt
    "bones": 1.5,  # the consonants of a word
}


@dataclass(frozen=True, slots=True)
class Key:
    """One key: a signed 64-bit number, and a weight from 0 to 10 by its kind."""

    value: int
    weight: float


def key(kind: str, text: str) -> Key:
    """The key of a kind and text (BLAKE2b with 8 bytes, as a signed number)."""
    filed_as = "year" if kind == "near" else kind
    digest = blake2b(f"{filed_as}:{text}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return Key(int.from_bytes(digest, "big", signed=True), WEIGHTS[kind])


def record_keys(person: PersonDescription) -> tuple[Key, ...]:
    """What a record is filed under, heaviest first, at most 400."""
    return heaviest(all_keys(person, asking=False), MOST_RECORD_KEYS)


def question_keys(person: PersonDescription) -> tuple[Key, ...]:
    """What a question looks up, heaviest first, at most 120."""
    return heaviest(all_keys(person, asking=True), MOST_QUESTION_KEYS)


def heaviest(keys: Iterable[Key], most: int) -> tuple[Key, ...]:
    """Each value once with its greatest weight; the first `most` by weight, then as they came."""
    best: dict[int, Key] = {}
    for each in keys:
        if each.value not in best or best[each.value].weight < each.weight:
            best[each.value] = each
    return tuple(sorted(best.values(), key=lambda each: -each.weight)[:most])


def all_keys(person: PersonDescription, *, asking: bool) -> Iterator[Key]:
    """Every key of a description, the first names first."""
    for document in person.documents:
        yield key("document", fold("".join(filter(str.isalnum, document.number.upper()))))
    years = sorted({year for birth in person.births for year in years_of(birth)})
    days = [birth for birth in person.births if birth.exact]
    for name in person.names[:MOST_NAMES]:
        yield from name_keys(name, years, days, asking=asking)


def years_of(birth: PartialDate) -> range:
    """The years a date of birth is filed under."""
    slack = ABOUT if birth.about else 0
    last = min(birth.year_to or birth.year, birth.year + LONGEST_SPAN)
    return range(birth.year - slack, last + slack + 1)


def name_keys(name: PersonName, years: list[int], days: list[PartialDate], *, asking: bool) -> Iterator[Key]:
    """The keys of one name with the dates of birth."""
    words = tokens(name.full)[:MOST_WORDS]
    if not words:
        return
    bones = [skeleton(word) for word in words]
    joined = [skeleton(one + other) for one, other in pairwise(words)]
    yield key("whole", " ".join(sorted(words)))
    yield from pair_keys(bones, joined)
    for each in (*bones, *joined):
        yield from dated_keys(each, years, asking=asking)
    for first, birth in {(each[0], str(birth)): None for each in bones for birth in days}:
        yield key("born", f"{birth} {first}")
    if len(words) == 2:
        yield from part_keys(words, bones)
    if not asking or len(words) == 1:  # alone, a word of a longer question would meet too many records
        yield from single_keys(words, bones)
    yield from slip_keys(bones, joined)


def pair_keys(bones: list[str], joined: list[str]) -> Iterator[Key]:
    """Two words in either order; and neighbours written together with each word beside them."""
    for one, other in combinations(bones, 2):
        yield key("pair", " ".join(sorted((one, other))))
    for at, together in enumerate(joined):
        for each in bones[:at] + bones[at + 2 :]:
            yield key("pair", " ".join(sorted((together, each))))


def dated_keys(bones: str, years: list[int], *, asking: bool) -> Iterator[Key]:
    """A word with each year of birth; a question also tries the years beside."""
    for year in years:
        yield key("year", f"{bones} {year}")
        if asking:
            yield key("near", f"{bones} {year - 1}")
            yield key("near", f"{bones} {year + 1}")


def part_keys(words: tuple[str, ...], bones: list[str]) -> Iterator[Key]:
    """Of a name of two words, the consonants of one with the first or last two letters of the other."""
    for at, beside in permutations(range(2)):
        yield key("part", f"{bones[at]} {words[beside][:2]}-")
        yield key("part", f"{bones[at]} -{words[beside][-2:]}")


def single_keys(words: tuple[str, ...], bones: Iterable[str]) -> Iterator[Key]:
    """A word alone, as spelt and by its consonants."""
    for word in words:
        yield key("word", word)
    for each in bones:
        if len(each) > 2:
            yield key("bones", each)


def slip_keys(bones: list[str], joined: list[str]) -> Iterator[Key]:
    """The consonants of a long word, whole and with one of them left out; neighbours written together only whole."""
    for each in (*bones, *joined):
        if len(each) >= SLIP_FROM:
            yield key("slip", each)
    for each in bones:
        if len(each) >= SLIP_FROM:
            yield from (key("slip", each[:at] + each[at + 1 :]) for at in range(len(each)))
