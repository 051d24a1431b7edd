"""The consolidated list of the United Nations Security Council (XML)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO

from tripoint.records.model import Action, Notice, NoticeColour, Person
from tripoint.records.sources.identity_papers import country_or_none, paper, paper_type
from tripoint.records.sources.markup import Element, line_of, read_entries, text_of, texts_of
from tripoint.records.sources.outcomes import BadRow, Faulty, Outcome, Passed, Row
from tripoint.words.dates import PartialDate, read_partial_date
from tripoint.words.documents import DocumentReference, DocumentType
from tripoint.words.people import NameKind, PersonDescription, PersonName, PersonStatus, Sex

NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
SEXES = {"male": Sex.MALE, "female": Sex.FEMALE}
NUMBER_IN_TEXT = re.compile(r"[A-Z0-9][A-Z0-9 ./-]*\d[A-Z0-9./-]*", re.IGNORECASE)
LEADING_WORDS = re.compile(r"^.*\bnumber\s+", re.IGNORECASE)


def read_consolidated(stream: BinaryIO) -> Iterator[Outcome]:
    """Individuals of the list; entities are passed over. Ends with a fatal `BadRow` where the file breaks off."""
    for entry in read_entries(stream, "CONSOLIDATED_LIST", ("INDIVIDUAL", "ENTITY")):
        if isinstance(entry, BadRow):
            yield entry
        elif entry.tag == "ENTITY":
            yield Passed(line_of(entry), "entity")
        else:
            yield outcome(entry)


def outcome(entry: Element) -> Outcome:
    """One individual."""
    key = text_of(entry, "REFERENCE_NUMBER") or text_of(entry, "DATAID")
    try:
        if not key:
            raise Faulty("REFERENCE_NUMBER", "is empty", "give the permanent reference number of the entry")
        return Row(line_of(entry), key, read_individual(key, entry))
    except Faulty as fault:
        return fault.at(line_of(entry), key or None)


def read_individual(key: str, entry: Element) -> Person:
    """The person one entry describes."""
    names = tuple(dict.fromkeys(names_of(entry)))
    if not names:
        raise Faulty("FIRST_NAME", "no part of the name is given", "give at least the first name")
    return Person(
        source_key=key,
        status=PersonStatus.SANCTIONED,
        description=PersonDescription(
            names=names,
            births=tuple(dict.fromkeys(births_of(entry))),
            nationalities=codes(texts_of(entry, "NATIONALITY/VALUE")),
            sex=SEXES.get(text_of(entry, "GENDER").lower()),
            documents=tuple(dict.fromkeys(documents_of(entry))),
        ),
        notices=(listing(key, entry),),
        birth_places=tuple(places_of(entry)),
        remarks=text_of(entry, "COMMENTS1") or None,
    )


def names_of(entry: Element) -> Iterator[PersonName]:
    """The listed name, its original script, and the aliases with their quality."""
    full = " ".join(filter(None, (text_of(entry, part) for part in NAME_PARTS)))
    if full:
        yield PersonName(full)
    if script := text_of(entry, "NAME_ORIGINAL_SCRIPT"):
        yield PersonName(script, NameKind.ORIGINAL_SCRIPT)
    for alias in entry.iterfind("INDIVIDUAL_ALIAS"):
        kind = NameKind.WEAK_ALIAS if text_of(alias, "QUALITY").lower() == "low" else NameKind.ALIAS
        if full := text_of(alias, "ALIAS_NAME"):
            # Several weak names often stand in one field: "(a) One; (b) Two".
            for each in re.split(r"\s*;\s*", full) if kind is NameKind.WEAK_ALIAS else (full,):
                if cleaned := re.sub(r"^\(?[a-z]\)\s*", "", each).strip(" ,"):
                    yield PersonName(cleaned, kind)


def births_of(entry: Element) -> Iterator[PartialDate]:
    """Birth dates of every type the list knows: exact, approximate, and between two years."""
    for birth in [*entry.iterfind("INDIVIDUAL_DATE_OF_BIRTH"), *entry.iterfind("INDIVIDUAL_ALIAS")]:
        about = text_of(birth, "TYPE_OF_DATE") == "APPROXIMATELY" or text_of(birth, "NOTE").lower().startswith("approx")
        try:
            date_of_birth = birth_of(birth)
        except ValueError as error:
            raise Faulty("INDIVIDUAL_DATE_OF_BIRTH", str(error), "give YYYY, YYYY-MM-DD or two years") from error
        if date_of_birth:
            yield PartialDate(date_of_birth.year, date_of_birth.month, date_of_birth.day, date_of_birth.year_to, about)


def birth_of(birth: Element) -> PartialDate | None:
    """One date, span or year; None where the element says nothing."""
    for tag in ("DATE", "DATE_OF_BIRTH"):
        if text := text_of(birth, tag):
            return read_partial_date(text[:10])
    first, last = text_of(birth, "FROM_YEAR"), text_of(birth, "TO_YEAR")
    if first and last and first != last:
        return read_partial_date(f"{first}/{last}")
    year = text_of(birth, "YEAR") or first or last
    return read_partial_date(year) if year else None


def documents_of(entry: Element) -> Iterator[DocumentReference]:
    """Passports and identity cards whose number can be read."""
    for element in entry.iterfind("INDIVIDUAL_DOCUMENT"):
        wording = f"{text_of(element, 'TYPE_OF_DOCUMENT')} {text_of(element, 'TYPE_OF_DOCUMENT2')}"
        issuer = text_of(element, "ISSUING_COUNTRY") or text_of(element, "COUNTRY_OF_ISSUE")
        written = LEADING_WORDS.sub("", text_of(element, "NUMBER"))
        found = NUMBER_IN_TEXT.search(written)
        kind = paper_type(wording) or (DocumentType.OTHER if not wording.strip() else None)
        document = paper(kind, found[0], issuer) if found and kind else None
        if document:
            yield document


def places_of(entry: Element) -> Iterator[str]:
    """Birth places as one line each."""
    for place in entry.iterfind("INDIVIDUAL_PLACE_OF_BIRTH"):
        if line := ", ".join(filter(None, (text_of(place, tag) for tag in ("CITY", "STATE_PROVINCE", "COUNTRY")))):
            yield line


def listing(key: str, entry: Element) -> Notice:
    """Why the person is listed: the Committee's list, the day, and the offices the list names."""
    regime = text_of(entry, "UN_LIST_TYPE")
    return Notice(
        colour=NoticeColour.UN_SPECIAL,
        reference=key,
        issuer="UN",
        charges=(f"Security Council sanctions: {regime}",) if regime else (),
        action=Action.ASK_OWNER,
        issued=day(text_of(entry, "LISTED_ON")),
        remarks="; ".join([*texts_of(entry, "TITLE/VALUE"), *texts_of(entry, "DESIGNATION/VALUE")]) or None,
    )


def day(text: str) -> date | None:
    """The day of listing; the list sometimes adds a zone to it."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def codes(names: tuple[str, ...]) -> tuple[str, ...]:
    """Country codes of the names we know, each once."""
    return tuple(dict.fromkeys(code for name in names if (code := country_or_none(name))))
