"""Pairs of names of two people surely not born in the same years: what a search meets beside the one meant.

Labelled pairs hold few strangers who share a given name or a family name, as everybody does in a long list. These
are found by our own search, so they are the hard ones; the labels come from the birth dates alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.quality import ours
from tests.quality.pairs import Row
from tests.quality.persons import Person, listed, named
from tripoint.engines.screening import prepare
from tripoint.engines.screening.compare import best_readings

APART = 3  # years between two births that no error explains
AGAIN = 2.0  # evidence above which two names are so alike that the lists may hold one person with two births
MOST_EACH = 4


def stranger_rows() -> list[Row]:
    """Each listed person's first name beside the likest names of others; deterministic."""
    people = listed()
    asked = [person for person in people if years(person)]
    by_id = {person.id: person for person in people}
    found = ours.search(people, [named(person.names[0][0]) for person in asked])
    rows = [
        Row("strangers", person.names[0][0], name, same=False)
        for person, answers in zip(asked, found, strict=True)
        for name in likest(person, (by_id[at] for at, _ in answers))
    ]
    return list(dict.fromkeys(rows))


def years(person: Person) -> set[int]:
    """The years in which a person may be born."""
    births = person.described().births
    return {year for birth in births for year in range(birth.year, (birth.year_to or birth.year) + 1)}


def likest(person: Person, others: Iterator[Person]) -> Iterator[str]:
    """The name of each stranger among the others that is most like the person's first name."""
    question = prepare(named(person.names[0][0]).described())
    told = 0
    for other in others:
        born = years(other)
        if told == MOST_EACH or not born or min(abs(a - b) for a in born for b in years(person)) < APART:
            continue
        held = prepare(other.described())
        evidence, _, reading = best_readings(question.people, held.people)
        if reading >= 0 and evidence < AGAIN:
            told += 1
            yield held.names[reading].full
