"""Invented lists of persons for the tests of bulk work, with errors of typing and fields left out."""

from __future__ import annotations

import random

from tripoint.bulk.lists import Listed
from tripoint.words.dates import PartialDate
from tripoint.words.documents import DocumentReference
from tripoint.words.people import PersonDescription, PersonName, Sex

GIVEN = ("Oldara", "Mireya", "Tassu", "Benedo", "Iluka", "Corvan", "Selmira", "Jandor", "Petrika", "Amoset", "Rudvin")
FAMILY = ("Veskimeny", "Antuco", "Velas", "Dromar", "Kestavi", "Ubeldo", "Parvanin", "Solmeck", "Ighanze", "Torrevic")


def people(count: int, seed: int) -> list[Listed]:
    """A list in which many share names and years."""
    dice = random.Random(seed)
    return [Listed(at + 1, f"{seed}-{at}", person(dice)) for at in range(count)]


def person(dice: random.Random) -> PersonDescription:
    names = tuple(PersonName(full_name(dice)) for _ in range(dice.choice((1, 1, 1, 2, 3))))
    return PersonDescription(
        names,
        (birth(dice),) if dice.random() < 0.8 else (),
        (dice.choice(("COL", "BRA", "PER")),) if dice.random() < 0.5 else (),
        dice.choice((None, Sex.FEMALE, Sex.MALE)),
        (DocumentReference(f"AB{dice.randrange(40):04d}"),) if dice.random() < 0.3 else (),
    )


def full_name(dice: random.Random) -> str:
    words = [dice.choice(GIVEN), *dice.sample(FAMILY, dice.choice((1, 2)))]
    if dice.random() < 0.3:
        at, where = dice.randrange(len(words)), dice.randrange(1, 4)
        words[at] = words[at][:where] + dice.choice("aeiouklmn") + words[at][where + dice.choice((0, 1)) :]
    return " ".join(words)


def birth(dice: random.Random) -> PartialDate:
    year = 1960 + dice.randrange(8)
    return PartialDate(year) if dice.random() < 0.2 else PartialDate(year, dice.randrange(1, 13), dice.randrange(1, 28))
