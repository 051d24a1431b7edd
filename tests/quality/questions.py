"""Questions whose answers are known: listed people with typing errors, invented people, people of an older edition."""

from __future__ import annotations

import csv
import random
import re
from dataclasses import dataclass, replace
from functools import cache

from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from tests.quality.pairs import DATA
from tests.quality.persons import Person, listed, named, ofac_edition
from tests.quality.split import words

SEED = 20_261_122
NEGATIVES = 500
MOVED = 0.3  # of the names: the family name put first, with a comma


@dataclass(frozen=True, slots=True)
class Question:
    """Somebody asked for, and the listed person meant, if any."""

    asked: Person
    meant: str | None


def mistyped(name: str, chance: random.Random) -> str:
    """The name with one or two typing errors: letters swapped, doubled or left out; or its last part put first.

    The kinds of error are those of published treated names, drawn anew: none of those names is looked up.
    """
    parts = name.split()
    if len(parts) > 1 and chance.random() < MOVED:
        return f"{parts[-1]}, {' '.join(parts[:-1])}" if chance.random() < 0.5 else f"{' '.join(parts[1:])}, {parts[0]}"
    for _ in range(chance.choice((1, 2))):
        name = slip(name, chance)
    return name


def slip(name: str, chance: random.Random) -> str:
    """One error inside one word of three letters or more; the name itself where it has none."""
    places = [at.start() for at in re.finditer(r"(?<=\w)\w(?=\w)", name)]
    if not places:
        return name
    at = chance.choice(places)
    kind = chance.choice(("swapped", "doubled", "left out"))
    if kind == "swapped":
        return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return name[:at] + name[at] * 2 + name[at + 1 :] if kind == "doubled" else name[:at] + name[at + 1 :]


def with_typing_errors(facts: bool) -> list[Question]:
    """Every person of the UN list by a mistyped primary name; with year of birth and nationality if `facts`."""
    chance = random.Random(SEED)
    questions = []
    for person in listed():
        if person.source == "un_sc":
            wrong = mistyped(person.names[0][0], chance)
            births = [person.births[0][:4]] if facts and person.births else []
            asked = named(wrong, f"q-{person.id}-{facts}", births, person.nationalities[:1] if facts else ())
            questions.append(Question(asked, person.id))
    return questions


def invented_americans() -> list[Question]:
    """Invented people of a published file, with birth date and nationality."""
    with (DATA / "negatives_us.csv").open(encoding="utf-8", newline="") as file:
        rows = random.Random(SEED).sample(list(csv.DictReader(file)), NEGATIVES)
    return [
        Question(named(row["full_name"], f"us-{at}", [row["date_of_birth"]], [row["nationality"]]), None)
        for at, row in enumerate(rows)
    ]


def invented_foreigners() -> list[Question]:
    """People that nobody lists, from the lists' own words: first and last words of two persons of one nationality.

    Thrown away, by letters alone and not by any scorer: whoever has the words of a listed name, all or all but some,
    or comes within two letters of one.
    """
    chance = random.Random(SEED + 1)
    people = [person for person in listed() if person.nationalities and len(person.names[0][0].split()) > 1]
    by_nation: dict[str, list[Person]] = {}
    for person in people:
        by_nation.setdefault(person.nationalities[0], []).append(person)
    found: dict[str, Question] = {}
    while len(found) < NEGATIVES:
        one = chance.choice(people)
        other = chance.choice(by_nation[one.nationalities[0]])
        name = f"{one.names[0][0].split()[0]} {other.names[0][0].split()[-1]}"
        born = f"{chance.randint(1940, 2004)}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
        if name not in found and not is_listed(name):
            asked = named(name, f"foreign-{len(found)}", [born], one.nationalities[:1])
            found[name] = Question(asked, None)
    return list(found.values())


@cache
def listed_words() -> tuple[tuple[frozenset[str], ...], tuple[str, ...]]:
    """Each listed name as its set of words, and as its words in the order of the alphabet, written together."""
    every = {tuple(sorted(words(name))) for person in listed() for name, _ in person.names}
    return tuple(map(frozenset, every)), tuple("".join(name) for name in every)


def is_listed(name: str) -> bool:
    """Whether a name may be a listed one by its letters."""
    sets, letters = listed_words()
    own = frozenset(words(name))
    if len(own) < 2 or any(own <= other or (len(other) > 1 and other <= own) for other in sets):
        return True
    near = cdist(["".join(sorted(own))], letters, scorer=Levenshtein.distance, score_cutoff=2)
    return bool((near <= 2).any())


def older_edition() -> tuple[list[Question], list[Question]]:
    """Persons of the OFAC list of 2021-07 whose name or birth stands otherwise in 2023-01, and those taken off it.

    The first are asked for by the older edition's words and are still meant; the second are meant no more.
    """
    newer = {person.id: person for person in ofac_edition("2023-01")}
    known = {person.id for person in listed()}
    changed, gone = [], []
    for person in ofac_edition("2021-07"):
        asked = replace(person, id=f"old-{person.id}", births=person.births[:1], nationalities=person.nationalities[:1])
        now = newer.get(person.id)
        if now is None and person.id not in known:
            gone.append(Question(asked, None))
        elif now and person.id in known and (now.names, now.births) != (person.names, person.births):
            changed.append(Question(asked, person.id))
    return changed, gone
