"""A precursor found by what stands on its label: CAS number, then name, then the heading of its papers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tripoint.words.vocabulary import key, rows

CAS = re.compile(r"([0-9]{2,7})-([0-9]{2})-([0-9])")
# In the languages of the posts; those of the list itself are English.
MORE_NAMES = {
    "Acetic anhydride": "anhídrido acético|anidrido acético|anhydride acétique|أنهيدريد الخل",
    "Potassium permanganate": "permanganato de potasio|permanganato de potássio|permanganate de potassium",
    "Hydrochloric acid": "ácido clorhídrico|ácido clorídrico|acide chlorhydrique|muriatic acid",
    "Sulphuric acid": "ácido sulfúrico|acide sulfurique", "Acetone": "acetona|acétone", "Toluene": "tolueno|toluène",
    "Ethyl ether": "éter etílico|éther éthylique", "Ephedrine": "efedrina|éphédrine",
    "Pseudoephedrine": "pseudoefedrina|pseudoéphédrine", "Methyl ethyl ketone": "metiletilcetona|2-butanone",
    "Red phosphorus": "fósforo rojo|fósforo vermelho|phosphore rouge", "Safrole": "safrol",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Precursor:
    """A substance drugs are made with; `table` is I or II of the Convention of 1988, ISSL or national."""

    name: str
    aliases: tuple[str, ...]
    table: str
    cas: str
    heading: str  # Harmonised System 2022, six digits with a point
    scheduled: str
    mainly_for: tuple[str, ...]


def parts(text: str, sign: str) -> tuple[str, ...]:
    """The parts of a cell that holds several."""
    return tuple(part.strip() for part in text.split(sign) if part.strip())


@cache
def known_precursors() -> tuple[Precursor, ...]:
    """Every precursor of the list."""
    return tuple(
        Precursor(
            row["name"], (*parts(row["aliases"], ";"), *parts(MORE_NAMES.get(row["name"], ""), "|")),
            row["un1988_table"], row["cas"], row["hs2022"], row["scheduled"], parts(row["mainly_for"], ";"),
        )
        for row in rows(__package__, "precursors.csv")
    )  # fmt: skip


def is_cas(text: str) -> bool:
    """Whether a text is a number of the Chemical Abstracts Service whose check digit is right."""
    found = CAS.fullmatch(text.strip())
    if found is None:
        return False
    digits = (found[1] + found[2])[::-1]
    return sum(place * int(digit) for place, digit in enumerate(digits, 1)) % 10 == int(found[3])


def by_cas(number: str) -> Precursor | None:
    """The precursor of a CAS number; None where the list has none."""
    return next((one for one in known_precursors() if one.cas == number.strip()), None)


def by_name(name: str) -> Precursor | None:
    """The precursor of a name or alias, whatever its case, accents and signs."""
    return names().get(key(name))


@cache
def names() -> dict[str, Precursor]:
    """Every name as it is compared."""
    return {key(name): one for one in known_precursors() for name in (one.name, *one.aliases)}


def by_heading(heading: str) -> tuple[Precursor, ...]:
    """The precursors of a customs heading (HS 2022, `2915.24` or `291524`): several may share one."""
    digits = heading.replace(".", "").strip()[:6]
    return tuple(one for one in known_precursors() if one.heading.replace(".", "") == digits)
