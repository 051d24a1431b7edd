"""Canada's consolidated autonomous sanctions list (Special Economic Measures Act, XML)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from tripoint.records.model import Notice, NoticeColour, Person
from tripoint.records.sources.markup import Element, line_of, read_entries, text_of
from tripoint.records.sources.outcomes import BadRow, Faulty, Outcome, Passed, Row
from tripoint.records.sources.written_dates import written_dates
from tripoint.words.dates import PartialDate
from tripoint.words.people import NameKind, PersonDescription, PersonName, PersonStatus

# "Belarusian: X, Russian: Y; a / b or c": the list parts names in all these ways.
SPLIT = re.compile(r"\s*[;,]\s*|\s+or\s+|\s*/\s*|\n")
LANGUAGE = re.compile(r"^\(?\s*[A-Z][A-Za-z]+(?:\s+[a-z]+)?\)?\s*:\s*")
FILLER = re.compile(r"^(?:also known as|a\.?k\.?a\.?|formerly|and)\b[:\s]*", re.IGNORECASE)
SHORTEST_ALIAS = 2
LAST_LATIN = "\u024f"


def read_sema(stream: BinaryIO) -> Iterator[Outcome]:
    """Individuals of the list; entities and ships are passed over.

    The country of a record is that of the regulations, not a nationality: Ukraine's name many who are not Ukrainian.
    """
    for entry in read_entries(stream, "data-set", ("record",)):
        if isinstance(entry, BadRow):
            yield entry
        elif text_of(entry, "EntityOrShip") and not text_of(entry, "LastName"):
            yield Passed(line_of(entry), "ship" if text_of(entry, "ShipIMONumber") else "entity")
        else:
            yield outcome(entry)


def outcome(entry: Element) -> Outcome:
    """One individual; the key is regulations, schedule and item, which is how the list itself is cited."""
    regulations = english(text_of(entry, "Country"))
    item = text_of(entry, "Item")
    key = "|".join((regulations, text_of(entry, "Schedule"), item))
    try:
        if not item:
            raise Faulty("Item", "is empty", "give the item number of the schedule")
        return Row(line_of(entry), key, read_individual(key, regulations, entry))
    except Faulty as fault:
        return fault.at(line_of(entry), key if item else None)


def read_individual(key: str, regulations: str, entry: Element) -> Person:
    """The person one record describes."""
    family, given = text_of(entry, "LastName"), text_of(entry, "GivenName")
    if not family and not given:
        raise Faulty("LastName", "no name is given", "give LastName, GivenName or both")
    primary = PersonName(f"{given} {family}".strip(), NameKind.PRIMARY, given or None, family or None)
    schedule = f"Schedule {text_of(entry, 'Schedule')}, item {text_of(entry, 'Item')}"
    births, unread = births_of(text_of(entry, "DateOfBirthOrShipBuildDate"))
    return Person(
        source_key=key,
        status=PersonStatus.SANCTIONED,
        description=PersonDescription((primary, *aliases(entry.findtext("Aliases") or "")), births),
        notices=(
            Notice(
                NoticeColour.LIST,
                schedule,
                "CAN",
                (regulations,),
                issued=day(text_of(entry, "DateOfListing")),
                remarks=text_of(entry, "TitleOrShip") or None,
            ),
        ),
        remarks=f"birth date as published: {unread}" if unread else None,
    )


def births_of(text: str) -> tuple[tuple[PartialDate, ...], str]:
    """The birth dates, and the text as it stands where it is no date: the entry is too weighty to lose over it."""
    if not text:
        return (), ""
    try:
        return written_dates(text), ""
    except ValueError:
        return (), text


def aliases(text: str) -> tuple[PersonName, ...]:
    """The aliases one field holds. A single word stands beside a full name only to vary it, so it is weak."""
    found: dict[str, PersonName] = {}
    for part in SPLIT.split(text.replace("\u00a0", " ")):
        name = " ".join(FILLER.sub("", LANGUAGE.sub("", part.strip(" ()"))).strip(" .()\"'“”").split())
        if len(name) >= SHORTEST_ALIAS and not name.isdecimal():
            found.setdefault(name.casefold(), PersonName(name, kind_of(name)))
    return tuple(found.values())


def kind_of(name: str) -> NameKind:
    """What an alias is, told by its script and its number of words."""
    if any(letter.isalpha() and letter > LAST_LATIN for letter in name):
        return NameKind.ORIGINAL_SCRIPT
    return NameKind.ALIAS if " " in name else NameKind.WEAK_ALIAS


def english(text: str) -> str:
    """The English half of a heading in two languages."""
    return text.split(" / ")[0].strip()


def day(text: str) -> date | None:
    """The day of listing, where one is given."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
