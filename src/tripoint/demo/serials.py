"""Serial numbers that nobody stamped: invented makes in the shapes that makers use, as many as are wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import TextIO

from tripoint.demo.dice import dice
from tripoint.demo.marks import CALIBRES

# L: a letter, #: a digit, all else stands for itself. Shapes as they are seen on recovered firearms; the makes are not.
FORMS = (
    "LLLL###", "LLL####", "LLL######", "LL######", "LLL#####", "######", "LLL###", "L######", "########", "L####",
    "#########", "L#######", "LL#####", "L######L", "###-######", "##L######", "LL####", "#######", "#####", "######L",
    "L#####", "LL#######", "####L", "L##-#####", "##-######", "LLLLL##", "L#L#####", "######LL",
)  # fmt: skip
FIRST = (
    "Bel", "Nor", "Fer", "Kvar", "Dov", "Tal", "Oru", "Sil", "Vae", "Zor", "Mir", "Hal", "Esk", "Jav", "Quin", "Pla",
    "Rud", "Tov", "Uld", "Wex",
)  # fmt: skip
LAST = (
    "turqui", "tuga", "rovante", "elund", "artsyn", "imov", "andar", "okha", "sierpe", "urmo", "ebran", "yvall",
    "ostre", "ikkel", "agorn",
)  # fmt: skip
MAKES = tuple(f"{first}{last}" for first in FIRST for last in LAST)  # 300
LETTERS, DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0123456789"
HEADING = "id,serial,make,model,calibre"


@dataclass(frozen=True, slots=True)
class Gun:
    """A firearm that exists nowhere."""

    id: str
    serial: str
    make: str
    model: str
    calibre: str


def guns(seed: int, count: int) -> Iterator[Gun]:
    """So many firearms, the same ones for the same seed."""
    throw = dice(seed, "serials")
    for at in range(count):
        rank = throw.randrange(len(MAKES))
        serial, model = shaped(throw, throw.choice(FORMS)), f"Model {throw.randrange(1, 7)}"
        yield Gun(f"G{at:08d}", serial, MAKES[rank], model, CALIBRES[(rank + throw.randrange(2)) % len(CALIBRES)])


def shaped(throw: Random, form: str) -> str:
    """A number of a form."""
    bits = throw.getrandbits(8 * len(form))
    found = []
    for one in form:
        bits, low = bits >> 8, bits & 0xFF
        found.append(LETTERS[low % 26] if one == "L" else DIGITS[low % 10] if one == "#" else one)
    return "".join(found)


def write_list(out: TextIO, seed: int, count: int) -> None:
    """The list as a CSV file of `tripoint marks build`."""
    print(HEADING, file=out)
    for one in guns(seed, count):
        out.write(f"{one.id},{one.serial},{one.make},{one.model},{one.calibre}\n")
