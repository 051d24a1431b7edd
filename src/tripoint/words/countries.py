"""Countries, territories and bodies by their codes (ISO 3166-1 and ICAO Doc 9303 part 3, section 5)."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

# Holders of these are stateless or refugees: a sign to protect, never a mark against anybody.
PROTECTED_CODES = frozenset({"XXA", "XXB", "XXC"})
LONGEST_NAME = 120
NOT_STATED = frozenset({"na", "n/a"})  # lists write so for "not available"; in capitals NA is Namibia
FORM_OF_STATE = frozenset({"republic", "kingdom", "state"})
SMALL_WORDS = frozenset({"the", "of", "and"})
NO_WORD = re.compile(r"[^\w]+|_+")


class CountryKind(StrEnum):
    """What a code stands for. `former` codes are met on old documents, `specimen` on no real one."""

    COUNTRY = "country"
    TERRITORY = "territory"
    CITIZENSHIP = "citizenship"
    ORGANISATION = "organisation"
    PROTECTED = "protected"
    UNSPECIFIED = "unspecified"
    FORMER = "former"
    SPECIMEN = "specimen"


@dataclass(frozen=True, slots=True)
class Country:
    """One issuer or nationality. `name` is the usual English name and takes no side on anybody's status."""

    code: str
    alpha2: str | None
    numeric: str | None
    name: str
    kind: CountryKind


def country(code: str) -> Country:
    """The country of a three-letter code; KeyError when there is none (use `read_country` on what people write)."""
    return countries()[code]


def is_country(code: str) -> bool:
    """Whether `code` is one of our three-letter codes."""
    return code in countries()


def read_country(text: str) -> str:
    """The three-letter code of what a list, a form or a document says.

    Takes alpha-3, alpha-2, the forms of machine-readable zones (`D<<`) and English names with their usual variants,
    whatever the case, accents and order of words. Raises ValueError with a sentence that names the remedy.
    """
    if len(text) <= LONGEST_NAME:
        code = find_country(text)
        if code:
            return code
    raise ValueError(f"{text[:40]!r} is no country we know; give its three-letter code (ISO 3166-1), such as PAN")


def find_code(code: str) -> str | None:
    """The three-letter code of a code in capitals (alpha-3, alpha-2, `D`, a former code), or None."""
    return codes().get(code)


@lru_cache(4096)
def find_country(text: str) -> str | None:
    """As `read_country`, or None."""
    written = text.strip().strip("<").strip()
    if written in NOT_STATED:
        return None
    code = find_code(written.upper())
    if code:
        return code
    found = {names().get(key) for key in name_keys(written)}
    found.discard(None)
    return found.pop() if len(found) == 1 else None


def name_keys(text: str) -> list[str]:
    """The name itself; failing that without its form of state, each side of a slash, what stands outside brackets."""
    whole = name_key(text)
    if not whole or whole in names():
        return [whole]
    sides = [name_key(side) for side in text.split("/")] if "/" in text else []
    outside = [name_key(re.sub(r"\([^)]*\)", " ", text))] if "(" in text else []
    bare = " ".join(word for word in whole.split() if word not in FORM_OF_STATE)
    return [bare, *sides, *outside]


def name_key(text: str) -> str:
    """A name as the sorted set of its words, without accents, case and small words.

    So `Korea, North` and `North Korea` meet, and `Belarus / Bélarus` is `belarus`.
    """
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("&", " and "))
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold().replace("'", "")
    words = {("saint" if word == "st" else word) for word in NO_WORD.split(plain.replace(".", "")) if word}
    return " ".join(sorted(words - SMALL_WORDS))


@cache
def rows() -> tuple[tuple[Country, tuple[str, ...]], ...]:
    """The table beside this module: each country with the other names and old codes it answers to."""
    text = resources.files(__package__).joinpath("countries.csv").read_text(encoding="utf-8")
    return tuple(
        (
            Country(row["code"], row["alpha2"] or None, row["numeric"] or None, row["name"], CountryKind(row["kind"])),
            tuple(filter(None, row["also"].split("|"))),
        )
        for row in csv.DictReader(text.splitlines())
    )


@cache
def countries() -> MappingProxyType[str, Country]:
    """All countries by their three-letter code, in the order of the codes."""
    return MappingProxyType({each.code: each for each, _ in rows()})


@cache
def codes() -> MappingProxyType[str, str]:
    """Three-letter code of every code and abbreviation in capitals."""
    known = {name: each.code for each, also in rows() for name in also if name.isupper() and name.isalpha()}
    known |= {each.alpha2: each.code for each, _ in rows() if each.alpha2}
    known |= {each.code: each.code for each, _ in rows()}
    return MappingProxyType(known)


@cache
def names() -> MappingProxyType[str, str]:
    """Three-letter code of every name in the form of `name_key`."""
    known = {name_key(name): each.code for each, also in rows() for name in also}
    known |= {name_key(each.name): each.code for each, _ in rows()}
    return MappingProxyType(known)
