"""A town of invented persons as large as wanted, for measuring speed: seeded, and the same every time."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from functools import cache

from tests.quality.pairs import DATA
from tests.quality.persons import Person, listed
from tests.quality.questions import mistyped

SEED, MIDDLE_NAME = 7, 0.35
Words = dict[str, tuple[list[str], list[str]]]


@cache
def words_by_origin() -> Words:
    """First and last words of names by where they come from: the published invented people, and each nation's list."""
    found: Words = {}
    with (DATA / "negatives_us.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["first_name"] and row["last_name"]]
    found[""] = [row["first_name"] for row in rows], [row["last_name"] for row in rows]
    for person in listed():
        words = person.names[0][0].split()
        if person.nationalities and len(words) > 1:
            first, last = found.setdefault(person.nationalities[0], ([], []))
            first.append(words[0])
            last.append(words[-1])
    return {nation: parts for nation, parts in found.items() if len(parts[0]) >= 20}


def population(size: int) -> Iterator[Person]:
    """`size` invented persons with a name, a birth date between 1940 and 2008 and a nationality.

    Half have words of the published file, half words of one nation's list: names are as unevenly common as there.
    """
    chance = random.Random(SEED)
    origins = words_by_origin()
    nations = [nation for nation in origins if nation]
    weights = [len(origins[nation][0]) for nation in nations]
    for at in range(size):
        nation = chance.choices(nations, weights)[0]
        first, last = origins[nation if chance.random() < 0.5 else ""]
        middle = [chance.choice(first)] if chance.random() < MIDDLE_NAME else []
        name = " ".join((chance.choice(first), *middle, chance.choice(last)))
        born = f"{int(chance.triangular(1940, 2008, 1985))}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        yield Person(f"s{at}", "invented", ((name, "primary"),), (born,), (nation,))


def asked_of(people: list[Person], count: int) -> list[Person]:
    """People to ask for: half of them held and mistyped, half strangers made the same way; each with birth and nation.

    Every fourth is asked for by name alone.
    """
    chance = random.Random(SEED + 1)
    strangers = list(population(len(people) + count))[len(people) :]
    found = []
    for at in range(count):
        person = chance.choice(people) if at % 2 else strangers[at]
        name = mistyped(person.names[0][0], chance) if at % 2 else person.names[0][0]
        facts = (person.births, person.nationalities) if at % 4 else ((), ())
        found.append(Person(f"q{at}", "asked", ((name, "primary"),), *facts))
    return found
