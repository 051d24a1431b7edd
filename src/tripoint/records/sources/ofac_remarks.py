"""The remarks of the OFAC list of specially designated nationals: facts in one text, parted by semicolons."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tripoint.records.sources.identity_papers import country_or_none, written_paper
from tripoint.records.sources.written_dates import written_dates
from tripoint.words.dates import PartialDate
from tripoint.words.documents import DocumentReference
from tripoint.words.people import Sex

ALTERNATIVE = re.compile(r"^alt\. ", re.IGNORECASE)
NICKNAME = re.compile(r"a\.k\.a\. '(.+)'")
SEXES = {"male": Sex.MALE, "female": Sex.FEMALE}


@dataclass(slots=True)
class Remarks:
    """What the remarks say of a person; `rest` is what stands there besides."""

    births: list[PartialDate] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    nationalities: list[str] = field(default_factory=list)
    documents: list[DocumentReference] = field(default_factory=list)
    nicknames: list[str] = field(default_factory=list)
    sex: Sex | None = None
    rest: list[str] = field(default_factory=list)


def read_remarks(text: str) -> Remarks:
    """Take the remarks apart. What is not understood is kept word for word in `rest`, nothing is dropped."""
    remarks = Remarks()
    for part in text.split(";"):
        fact = ALTERNATIVE.sub("", part.strip()).removesuffix(".").strip()
        if fact and not take(remarks, fact):
            remarks.rest.append(fact)
    return remarks


def take(remarks: Remarks, fact: str) -> bool:
    """Note one fact; False when it is of no kind we hold by itself."""
    label, _, value = fact.partition(" ")
    match label:
        case "DOB":
            return take_birth(remarks, value)
        case "POB":
            remarks.places.append(value)
        case "nationality" | "citizen":
            return take_nationality(remarks, value)
        case "Gender":
            remarks.sex = SEXES.get(value.lower())
            return remarks.sex is not None
        case "a.k.a.":
            return take_nickname(remarks, fact)
        case _:
            return take_paper(remarks, fact)
    return True


def take_birth(remarks: Remarks, value: str) -> bool:
    """A birth date; one that cannot be read stays in the text."""
    try:
        remarks.births.extend(date for date in written_dates(value) if date not in remarks.births)
    except ValueError:
        return False
    return True


def take_nationality(remarks: Remarks, value: str) -> bool:
    """A nationality or citizenship; both count as nationality here."""
    code = country_or_none(value)
    if code and code not in remarks.nationalities:
        remarks.nationalities.append(code)
    return code is not None


def take_nickname(remarks: Remarks, fact: str) -> bool:
    """A name given in the remarks alone: the list itself calls these weak."""
    found = NICKNAME.fullmatch(fact)
    if found:
        remarks.nicknames.append(found[1].strip())
    return found is not None


def take_paper(remarks: Remarks, fact: str) -> bool:
    """An identity document; tax numbers and their like stay in the text."""
    document = written_paper(fact)
    if document and document not in remarks.documents:
        remarks.documents.append(document)
    return document is not None
