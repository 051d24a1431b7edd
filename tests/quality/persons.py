"""Persons as their lists publish them, for our scorer and for others alike."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import Any

from tests.quality.pairs import DATA
from tripoint.words.countries import find_country
from tripoint.words.dates import PartialDate, read_partial_date
from tripoint.words.documents import DocumentReference, DocumentType
from tripoint.words.people import NameKind, PersonDescription, PersonName, Sex

KINDS = {"primary": NameKind.PRIMARY, "weak": NameKind.WEAK_ALIAS, "fka": NameKind.FORMER,
         "original_script": NameKind.ORIGINAL_SCRIPT}  # fmt: skip
SEXES = {"male": Sex.MALE, "female": Sex.FEMALE}
BORN = re.compile(r"\bDOB (\d{2} \w{3} \d{4}|\w{3} \d{4}|\d{4})")
NATION = re.compile(r"\b(?:nationality|citizen) ([^;.]+)")


@dataclass(frozen=True, slots=True)
class Person:
    """One person in the words of a list: nothing read, nothing put right."""

    id: str
    source: str
    names: tuple[tuple[str, str], ...]  # full name and kind: primary, aka, weak, fka, original_script
    births: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    documents: tuple[tuple[str, str, str | None], ...] = ()  # type, number, country
    sex: str | None = None

    def as_line(self) -> dict[str, Any]:
        """What others' scorers are given, as JSON values."""
        return asdict(self)

    def described(self) -> PersonDescription:
        """The person as our engine takes it; dates and countries that cannot be read are left out."""
        names = tuple(PersonName(name, KINDS.get(kind, NameKind.ALIAS)) for name, kind in self.names)
        births = tuple(filter(None, map(birth, self.births)))
        nationalities = tuple(dict.fromkeys(filter(None, map(find_country, self.nationalities))))
        documents = tuple(map(reference, self.documents))
        return PersonDescription(names, births, nationalities, SEXES.get(self.sex or ""), documents)


def named(text: str, at: str = "asked", births: Iterable[str] = (), nationalities: Iterable[str] = ()) -> Person:
    """Somebody asked for by one name."""
    return Person(at, "asked", ((text, "primary"),), tuple(births), tuple(nationalities))


def birth(text: str) -> PartialDate | None:
    """A birth date as a list writes it, a span of days as a span of years; None where it is no date."""
    first, _, last = text.partition("/")
    try:
        return read_partial_date(
            f"{first[:4]}/{last[:4]}" if last and first[:4] != last[:4] else first[: 4 if last else 10]
        )
    except ValueError:
        return None


def reference(document: tuple[str, str, str | None]) -> DocumentReference:
    """A document as our engine takes it."""
    kind, number, country = document
    known = DocumentType.PASSPORT if "passport" in kind.lower() else DocumentType.IDENTITY_CARD
    return DocumentReference(number, find_country(country) if country else None, known)


@cache
def listed() -> tuple[Person, ...]:
    """The persons of the three lists."""
    with (DATA / "watchlist_persons.jsonl").open(encoding="utf-8") as file:
        return tuple(from_line(json.loads(line)) for line in file)


def from_line(line: dict[str, Any]) -> Person:
    """A person from a line of the watch list."""
    return Person(
        line["id"],
        line["source"],
        tuple((name["full"], name["kind"]) for name in line["names"] if name["full"]),
        tuple(line["birth_dates"]),
        tuple(line["nationalities"]),
        tuple((document["type"], document["number"], document["country"]) for document in line["documents"]),
        line["gender"],
    )


def ofac_edition(year_month: str) -> Iterator[Person]:
    """The persons of one edition of the OFAC list, by primary name, with birth dates and nationalities."""
    with (DATA / f"sdn_{year_month}.csv").open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.reader(file):
            if len(row) == 12 and row[2].strip() == "individual":
                family, _, given = row[1].partition(",")
                full = f"{given.strip()} {family.strip()}".strip()
                births = tuple(map(written_date, BORN.findall(row[11])))
                nations = tuple(dict.fromkeys(nation.strip() for nation in NATION.findall(row[11])))
                yield Person(f"ofac-{row[0]}", f"ofac {year_month}", ((full, "primary"),), births, nations)


def written_date(text: str) -> str:
    """`19 Jun 1951`, `Jun 1951` and `1951` as 1951-06-19, 1951-06 and 1951."""
    for form, written in (("%d %b %Y", "%Y-%m-%d"), ("%b %Y", "%Y-%m"), ("%Y", "%Y")):
        try:
            return datetime.strptime(text, form).strftime(written)
        except ValueError:
            continue
    return text
