"""Calibres: what is marked, which calibre it means and how surely, and which look alike but do not interchange."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

from tripoint.words.firearms.cartridges import cartridge_keys
from tripoint.words.firearms.spelling import Key, bore_of, key_of

LONGEST = 100


class Relation(StrEnum):
    """How two calibres stand to each other."""

    SAME = "same"
    SAME_CASE = "same_case_different_spec"
    CHAMBERS_IN = "chambers_in"
    NOT_INTERCHANGEABLE = "not_interchangeable_confusable"  # they look alike
    BLANK_CONVERTIBLE = "blank_convertible"
    SAME_FAMILY = "same_family"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Calibre:
    """One calibre: our id, the family of its bore, its metric name, and how people write it."""

    id: str
    family: str
    metric: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CalibreReading:
    """What a marked calibre means. `marked` is as it was written, and never changed.

    `confidence` is from 0 to 1, and 1 only where the words name one calibre. Where it is below 1 the bore alone was
    said: `calibre_id` is then the usual one, `candidates` are all it may be, and only `family` may be relied on.
    `cartridge` is a name of the trade that we know of without having an id for it.
    """

    marked: str
    calibre_id: str | None = None
    family: str | None = None
    confidence: float = 0.0
    candidates: tuple[str, ...] = ()
    cartridge: str | None = None

    @property
    def ambiguous(self) -> bool:
        """Whether more than one calibre may be meant."""
        return 0.0 < self.confidence < 1.0


# A bore said alone, and what it may be: the usual one first. Shotgun bores have one each, but a bare 20 may be more.
BARE: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "9": ("9x19", "9x17", "9x18", "9x21", "9mmpak"), "38": ("38spl", "38sw", "38super"), "357": ("357mag", "357sig"),
    "32": ("32acp", "32swl"), "7.65": ("32acp", "7.65para"), "40": ("40sw", "10mm"), "44": ("44mag", "44spl"),
    "45": ("45acp", "45colt", "4570"), "50": ("50bmg", "50ae"), "12.7": ("50bmg", "127x108", "50ae"),
    "22": ("22lr", "22short", "22wmr"), "30": ("3006", "3030", "30carbine"),
    "7.62": ("762x39", "762nato", "762x54r", "762x25", "308win"), "7": ("7x57", "7mmremmag"), "8": ("8x57", "8mmblank"),
    "300": ("300blk", "300winmag"), "338": ("338lm",), "6.5": ("65creed",), "17": ("17hmr",), "12": ("12ga",),
    "16": ("16ga",), "20": ("20ga",), "28": ("28ga",), "36": ("410",), "4.6": ("46x30",),
})  # fmt: skip
SURE, USUAL, STRANGE_WORDS = 1.0, 0.6, 0.5


@cache
def calibres() -> Mapping[str, Calibre]:
    """Every calibre by its id."""
    found: dict[str, Calibre] = {}
    with resources.files(__package__).joinpath("calibre_aliases.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            which = row["calibre_id"]
            before = found.get(which)
            names = (*(before.aliases if before else ()), row["alias"])
            found[which] = Calibre(which, row["bore_family"], row["metric_name"], names)
    return MappingProxyType(found)


@cache
def spellings() -> Mapping[Key, str]:
    """The calibre of every spelling that names one, by its key. A bore said alone is none of them."""
    found: dict[Key, str] = {}
    every = calibres().values()
    written = [(alias, one.id) for one in every for alias in one.aliases]
    metric = [(one.metric, one.id) for one in every if "x" in one.metric]  # where two share one, the alias decided
    for alias, which in (*written, *metric):
        if bore_of(key := key_of(alias)) not in BARE:
            found.setdefault(key, which)
    return MappingProxyType(found)


@cache
def relations() -> Mapping[tuple[str, str], Relation]:
    """What is written of pairs of calibres, in both directions."""
    found: dict[tuple[str, str], Relation] = {}
    with resources.files(__package__).joinpath("calibre_relations.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            relation = Relation(row["relation"].partition("(")[0])
            found[row["a"], row["b"]] = found[row["b"], row["a"]] = relation
    return MappingProxyType(found)


@lru_cache(4096)
def read_calibre(text: str) -> CalibreReading:
    """What a calibre as marked or written means; never raises, text beyond 100 characters is not looked at.

    `9mm` is ambiguous: the usual calibre at 0.6, its family, all candidates. `9 mm Para` is 9x19 at 1. A spelling that
    holds words nobody knows is read by the bore it names, at most at 0.5; nothing known gives confidence 0.
    """
    marked = text[:LONGEST]
    key = key_of(marked)
    bore = bore_of(key)
    if bore in BARE:
        return by_bore(marked, bore, USUAL)
    if which := spellings().get(key):
        return CalibreReading(marked, which, calibres()[which].family, SURE, (which,))
    if name := cartridge_keys().get(key):
        return CalibreReading(marked, cartridge=name)
    return by_known_words(marked, key)


def by_known_words(marked: str, key: Key) -> CalibreReading:
    """What the numbers say where the words are strange: the full name of a case, else the bore."""
    numbers, words = key
    full = [number for number in numbers if "x" in number]
    if full and (which := spellings().get(((full[0],), frozenset()))):
        named = spellings().get(((full[0].partition("x")[0],), words))
        sure = SURE if named == which else STRANGE_WORDS
        may_be = (which, named) if named and named != which else (which,)
        return CalibreReading(marked, which, calibres()[which].family, sure, may_be)
    if len(numbers) == 1 and numbers[0] in BARE:
        return by_bore(marked, numbers[0], STRANGE_WORDS)
    return CalibreReading(marked)


def by_bore(marked: str, bore: str, confidence: float) -> CalibreReading:
    """The reading of a bore said alone; its family only where all that it may be share one."""
    may_be = BARE[bore]
    families = {calibres()[which].family for which in may_be if calibres()[which].family != "blank"}
    family = calibres()[may_be[0]].family if len(families) == 1 else None
    return CalibreReading(marked, may_be[0], family, confidence, may_be)


def related(one: str, other: str) -> Relation:
    """How two calibres, by their ids, stand to each other. Raises KeyError for no id of ours."""
    if one == other:
        return Relation.SAME
    a, b = calibres()[one], calibres()[other]
    return relations().get((one, other)) or (Relation.SAME_FAMILY if a.family == b.family else Relation.DIFFERENT)


AGREEMENT = {
    Relation.SAME: 1.0, Relation.SAME_CASE: 0.8, Relation.CHAMBERS_IN: 0.4, Relation.BLANK_CONVERTIBLE: 0.4,
    Relation.SAME_FAMILY: 0.2, Relation.NOT_INTERCHANGEABLE: 0.1, Relation.DIFFERENT: 0.0,
}  # fmt: skip


def agree(one: CalibreReading, other: CalibreReading) -> float | None:
    """How well two marked calibres go together, 0 to 1; None where one of them says nothing we know.

    Where a bore alone was said, the best that it may be counts, at most 0.6: it speaks for the family, no more.
    """
    if not one.calibre_id or not other.calibre_id:
        same = one.cartridge is not None and one.cartridge == other.cartridge
        return 1.0 if same else None
    best = max(AGREEMENT[related(a, b)] for a in one.candidates for b in other.candidates)
    return min(best, USUAL) if one.ambiguous or other.ambiguous else best


def look_alikes(which: str) -> tuple[str, ...]:
    """The ids of calibres that look like this one and must not be taken for it."""
    return tuple(b for (a, b), how in relations().items() if a == which and how is Relation.NOT_INTERCHANGEABLE)
