"""Who stands on two official lists: links by a rule of numbers and letters that no scorer had a part in."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import Levenshtein

from tests.quality.persons import Person, listed
from tests.quality.split import words

RULE = """\
A person of the UN list and one of the OFAC list are linked where (a) they share a document number of at least six
letters and digits, one of them a digit, or (b) they share a full date of birth and the words of their primary names,
as many on either side and set in the order of the alphabet, are within two letters of each other. Whoever would be
linked more than once is left out on both sides. The rule misses people whose names are romanised differently and who
have no document in common, so part (b) is easier than life; part (a) owes nothing to names. A pair counted as false
may be true where one list holds a person twice."""
SHORTEST_NUMBER, MOST_LETTERS = 6, 2


def on(source: str) -> list[Person]:
    """The persons of one list: `un_sc`, `ofac_sdn` or `ca_sema`."""
    return [person for person in listed() if person.source == source]


def gold_links() -> dict[str, str]:
    """The OFAC person of each UN person linked, by id, by the rule above."""
    return one_to_one(set(find_links(on("un_sc"), on("ofac_sdn"))))


def find_links(left: Sequence[Person], right: Sequence[Person]) -> Iterator[tuple[str, str]]:
    """Every pair the rule joins."""
    by_number, by_birth = defaultdict(list), defaultdict(list)
    for person in right:
        for number in numbers(person):
            by_number[number].append(person.id)
        for birth in full_births(person):
            by_birth[birth].append(person)
    for person in left:
        for number in numbers(person):
            yield from ((person.id, other) for other in by_number[number])
        for birth in full_births(person):
            yield from ((person.id, other.id) for other in by_birth[birth] if same_letters(person, other))


def one_to_one(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The links whose two persons are in no other link."""
    links = set(links)
    left, right = Counter(one for one, _ in links), Counter(other for _, other in links)
    return {one: other for one, other in sorted(links) if left[one] == right[other] == 1}


def numbers(person: Person) -> set[str]:
    """The person's document numbers in capitals and digits, the long enough ones."""
    plain = (re.sub(r"[^0-9A-Z]", "", number.upper()) for _, number, _ in person.documents)
    return {number for number in plain if len(number) >= SHORTEST_NUMBER and re.search(r"\d", number)}


def full_births(person: Person) -> set[str]:
    """The person's dates of birth that name a day."""
    return {birth for birth in person.births if re.fullmatch(r"\d{4}-\d\d-\d\d", birth)}


def same_letters(one: Person, other: Person) -> bool:
    """Whether the primary names are near-identical, letter by letter."""
    here, there = sorted(words(one.names[0][0])), sorted(words(other.names[0][0]))
    return len(here) == len(there) and Levenshtein.distance("".join(here), "".join(there)) <= MOST_LETTERS
