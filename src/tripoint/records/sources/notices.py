"""Red, yellow and Security Council notices in the JSON of the public interface for notices."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, BinaryIO

from tripoint.records.model import Action, Notice, NoticeColour, Person
from tripoint.records.sources.identity_papers import country_or_none, paper, paper_type, written_paper
from tripoint.records.sources.notice_files import Entry, read_entries
from tripoint.records.sources.outcomes import BadRow, Faulty, Outcome, Passed, Row
from tripoint.words.dates import PartialDate, read_partial_date
from tripoint.words.documents import DocumentReference, DocumentType
from tripoint.words.people import NameKind, PersonDescription, PersonName, PersonStatus, Sex

ADDRESS = re.compile(r"/(red|yellow|un)(?:[/?]|$)")
COLOURS = {"red": NoticeColour.RED, "yellow": NoticeColour.YELLOW, "un": NoticeColour.UN_SPECIAL}
STATUSES = {
    NoticeColour.RED: (PersonStatus.WANTED, Action.DETAIN_AND_CALL),
    NoticeColour.YELLOW: (PersonStatus.MISSING, Action.PROTECT),
    NoticeColour.UN_SPECIAL: (PersonStatus.SANCTIONED, Action.ASK_OWNER),
}
SEXES = {"M": Sex.MALE, "F": Sex.FEMALE}
OF_ENTITIES = ("legal_form", "registration_number", "from_chamber_of_commerce", "formerly_known_as")
RELATIVES = {"father_forename": "father", "mother_forename": "mother", "mother_name": "mother's family"}


def read_notices(stream: BinaryIO, colour: NoticeColour | None = None) -> Iterator[Outcome]:
    """Yield a person per notice. `colour` is used where neither the notice nor its page tells it."""
    for found in read_entries(stream):
        yield found if isinstance(found, BadRow) else outcome(*found, colour)


def outcome(line: int, entry: Entry, colour: NoticeColour | None) -> Outcome:
    """One notice."""
    key = None
    try:
        key = said(entry, "entity_id").replace("-", "/") or said(entry, "un_reference") or None
        if any(entry.get(name) for name in OF_ENTITIES):
            return Passed(line, "entity")
        if not key:
            raise Faulty("entity_id", "is empty", "give the notice's own number, such as 1993/27493")
        return Row(line, key, read_person(key, colour_of(entry) or colour, entry))
    except Faulty as fault:
        return fault.at(line, key)


def read_person(key: str, colour: NoticeColour | None, entry: Entry) -> Person:
    """The person a notice is about."""
    if colour is None:
        raise Faulty("colour", "is not told by the notice", "say --colour red, yellow or un_special")
    family, given = said(entry, "name"), said(entry, "forename")
    if not family and not given:
        raise Faulty("name", "is empty, and so is forename", "give at least one of them")
    status, action = STATUSES[colour]
    primary = PersonName(f"{given} {family}".strip(), NameKind.PRIMARY, given or None, family or None)
    nationalities = listed(entry, "nationalities")
    return Person(
        source_key=key,
        status=status,
        description=PersonDescription(
            names=tuple(dict.fromkeys((primary, *other_names(entry)))),
            births=births_of(entry),
            nationalities=tuple(dict.fromkeys(code for each in nationalities if (code := country_or_none(each)))),
            sex=SEXES.get(said(entry, "sex_id")),
            documents=tuple(documents_of(entry)),
        ),
        notices=tuple(notices_of(key, colour, action, entry)),
        birth_places=birth_places(entry),
        marks="; ".join(marks_of(entry)) or None,
        remarks="; ".join(remarks_of(entry, nationalities)) or None,
    )


def colour_of(entry: Entry) -> NoticeColour | None:
    """The colour by the notice's address, else by the fields only one colour has."""
    links = entry.get("_links")
    own = links.get("self") if isinstance(links, dict) else None
    found = ADDRESS.search(str(own.get("href", ""))) if isinstance(own, dict) else None
    if found:
        return COLOURS[found[1]]
    if "un_reference" in entry:
        return NoticeColour.UN_SPECIAL
    if "arrest_warrants" in entry:
        return NoticeColour.RED
    return NoticeColour.YELLOW if "date_of_event" in entry else None


def other_names(entry: Entry) -> Iterator[PersonName]:
    """Names at birth, in the original script, and aliases (texts, or name and forename)."""
    for field in ("birth_name", "name_at_birth"):
        if name := said(entry, field):
            yield PersonName(name, NameKind.BIRTH)
    script = f"{said(entry, 'forename_in_original_script')} {said(entry, 'name_in_original_script')}".strip()
    if script:
        yield PersonName(script, NameKind.ORIGINAL_SCRIPT)
    for alias in items(entry, "aliases"):
        if isinstance(alias, dict):
            name = f"{said(alias, 'forename')} {said(alias, 'name')}".strip()
        else:
            name = plain("aliases", alias)
        if name:
            yield PersonName(name, NameKind.ALIAS)


def births_of(entry: Entry) -> tuple[PartialDate, ...]:
    """The birth date as YYYY/MM/DD, YYYY/MM or YYYY."""
    written = said(entry, "date_of_birth")
    if not written:
        return ()
    try:
        return (read_partial_date(written),)
    except ValueError as error:
        raise Faulty("date_of_birth", str(error), "give YYYY/MM/DD, YYYY/MM or YYYY", written) from None


def documents_of(entry: Entry) -> Iterator[DocumentReference]:
    """Identity documents, whether each is a text or a set of fields."""
    for each in items(entry, "identity_documents"):
        fields = each if isinstance(each, dict) else {}
        wording = " ".join(plain(name, value) for name, value in fields.items() if "type" in name)
        number = next((plain(name, value) for name, value in fields.items() if "number" in name), "")
        issuer = next((plain(name, value) for name, value in fields.items() if "country" in name), "")
        document = paper(paper_type(wording) or DocumentType.OTHER, number, issuer)
        if not fields:
            document = written_paper(plain("identity_documents", each))
        if document:
            yield document


def notices_of(key: str, colour: NoticeColour, action: Action, entry: Entry) -> Iterator[Notice]:
    """One notice for each country that issued a warrant; a single one for the other colours."""
    if colour is NoticeColour.UN_SPECIAL:
        purposes = listed(entry, "purposes") or tuple(filter(None, (said(entry, "un_resolution"),)))
        reference = said(entry, "un_reference") or key
        issued, summary = day(said(entry, "un_reference_date")), said(entry, "summary") or None
        yield Notice(colour, reference, "UN", purposes, action, issued, summary)
        return
    charges: dict[str | None, list[str]] = {}
    for warrant in items(entry, "arrest_warrants"):
        if isinstance(warrant, dict):
            charges.setdefault(issuer_of(warrant), []).extend(charge_of(warrant))
    for issuer, each in (charges or {None: []}).items():
        yield Notice(colour, key, issuer, tuple(each), action, remarks=event_of(entry))


def issuer_of(warrant: Entry) -> str | None:
    """The issuing country; the codes of bodies that are no states (914, 922) stay as printed."""
    written = said(warrant, "issuing_country_id")
    return country_or_none(written) or written or None


def charge_of(warrant: Entry) -> list[str]:
    """The charge in its own language, with its translation where there is one."""
    charge, translation = said(warrant, "charge"), said(warrant, "charge_translation")
    if charge and translation and charge != translation:
        return [f"{charge} ({translation})"]
    return [charge or translation] if charge or translation else []


def event_of(entry: Entry) -> str | None:
    """When and where a missing person was last seen."""
    parts = [said(entry, name) for name in ("date_of_event", "place", "country")]
    return f"missing since {', '.join(filter(None, parts))}" if any(parts) else None


def birth_places(entry: Entry) -> tuple[str, ...]:
    """The place and the country of birth in one line."""
    line = ", ".join(filter(None, (said(entry, "place_of_birth"), said(entry, "country_of_birth_id"))))
    return (line,) if line else ()


def marks_of(entry: Entry) -> Iterator[str]:
    """What the person looks like. A height or weight of 0 means unknown."""
    for name, unit in (("height", "m"), ("weight", "kg")):
        measure = entry.get(name)
        if isinstance(measure, int | float) and measure > 0:
            yield f"{name} {measure:g} {unit}"
    for name, label in (("eyes_colors_id", "eyes"), ("hairs_id", "hair")):
        if found := listed(entry, name):
            yield f"{label} {', '.join(found)}"
    if found_marks := said(entry, "distinguishing_marks"):
        yield found_marks


def remarks_of(entry: Entry, nationalities: tuple[str, ...]) -> Iterator[str]:
    """What has no field of its own, word for word."""
    if languages := listed(entry, "languages_spoken_ids"):
        yield f"speaks {', '.join(languages)}"
    for each in nationalities:
        if country_or_none(each) is None:
            yield f"nationality as published: {each}"
    for name, label in RELATIVES.items():
        if relative := said(entry, name):
            yield f"{label}: {relative}"
    for name in ("profession", "additional_information"):
        if text := said(entry, name):
            yield text


def said(entry: Entry, name: str) -> str:
    """A text field, empty when it is missing or null."""
    return plain(name, entry.get(name))


def listed(entry: Entry, name: str) -> tuple[str, ...]:
    """A field that holds a list of texts, or sometimes one text."""
    return tuple(text for each in items(entry, name) if (text := plain(name, each)))


def items(entry: Entry, name: str) -> list[Any]:
    """A field as a list, whatever it is."""
    found = entry.get(name)
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def plain(name: str, value: Any) -> str:
    """A text or number as text with single spaces; raises Faulty for anything else and for what cannot be stored."""
    if value is None:
        return ""
    if not isinstance(value, str | int | float):
        raise Faulty(name, "is no text", "send the field as the interface gives it", str(value)[:200])
    text = str(value)
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Faulty(name, "holds characters that cannot be stored", "remove NUL and half characters", text)
    return " ".join(text.split())


def day(text: str) -> date | None:
    """A whole day, or None."""
    try:
        found = read_partial_date(text)
    except ValueError:
        return None
    return found.earliest if found.exact else None
