"""Pure decisions of sealing: what of a person is sealed, what stays to be seen, by what it can be looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from tripoint.base.errors import BadInput
from tripoint.engines.sealing import blinded
from tripoint.records.codec import Json, person_to_json
from tripoint.records.model import MaskedPerson, Person
from tripoint.records.sealed.model import SealedField
from tripoint.words.dates import PartialDate
from tripoint.words.documents import fold, normalise_number
from tripoint.words.names import tokens
from tripoint.words.people import PersonDescription, is_sealed

SHORTEST_REASON = 10  # characters: "because" is no reason
MOST_MARKS = 200  # of one record: every name with every birth


def must_seal(person: Person, today: date) -> bool:
    """Whether the person's identity is kept encrypted."""
    return is_sealed(person.status, person.description.births, today)


def masked(person: Person, sealed_at: int | None = None) -> MaskedPerson:
    """The person without what tells who it is; sealed at a version, or only not shown."""
    values = person_to_json(person)
    hidden = tuple(field.value for field in SealedField if field.value in values)
    notices = tuple(replace(notice, remarks=None, charges=()) for notice in person.notices)
    description = person.description
    return MaskedPerson(
        person.source_key, person.status, description.nationalities, description.sex, notices, person.instructions,
        hidden, sealed_at,
    )  # fmt: skip


def fields_of(person: Person) -> dict[SealedField, Any]:
    """What is sealed of a person: field by field, as JSON values."""
    values = person_to_json(person)
    return {field: values[field.value] for field in SealedField if field.value in values}


def whole_again(masked: Json, opened: Mapping[str, Any]) -> Json:
    """The JSON values of the person, from the masked ones and all that was sealed."""
    return {name: value for name, value in masked.items() if name not in ("sealed", "sealed_at")} | dict(opened)


def check_reason(reason: str) -> str:
    """The reason for an opening. Raises BadInput for one that says nothing."""
    said = " ".join(reason.split())
    if len(said) < SHORTEST_REASON:
        raise BadInput(
            "The reason says too little.", field="reason",
            remedy=f"Say in {SHORTEST_REASON} characters or more what the name is needed for; the trail keeps it.",
        )  # fmt: skip
    return said


def marks_of(person: PersonDescription, key: bytes) -> dict[bytes, str]:
    """Every blind form the person can be looked up by, with its kind."""
    found = {mark_of_document(document.number, key): "document" for document in person.documents}
    for name in person.names:
        for birth in person.births:
            if (mark := mark_of_person(name.full, as_told(birth), key)) is not None:
                found[mark] = "person"
    return dict(list(found.items())[:MOST_MARKS])


def asked_marks(asked: PersonDescription | None, numbers: Iterable[str], keys: Iterable[bytes]) -> list[bytes]:
    """The blind forms of what somebody asks, under every index key that is kept."""
    numbers, found = list(numbers), []
    for key in keys:
        found += [mark_of_document(number, key) for number in numbers]
        for name in asked.names if asked else ():
            told = {part for birth in asked.births for part in coarser(as_told(birth))} if asked else set()
            found += [mark for part in sorted(told) if (mark := mark_of_person(name.full, part, key)) is not None]
    return found


def mark_of_document(number: str, key: bytes) -> bytes:
    """The blind form of a document's number; what eyes confuse is one, as in all our searches for numbers."""
    return blinded(key, "document", fold(normalise_number(number)))


def as_told(birth: PartialDate) -> str:
    """A date of birth as it goes into a blind form: as much of it as is known; of a span or about a year, that year."""
    return str(birth) if not birth.about and birth.year_to is None else f"{birth.year:04d}"


def coarser(birth: str) -> tuple[str, ...]:
    """The birth as asked and whatever a record may know of it: the day, the month, the year."""
    return tuple({birth, birth[:7], birth[:4]})


def mark_of_person(name: str, birth: str, key: bytes) -> bytes | None:
    """The blind form of a whole name and a date of birth as told; None for a name without a readable word.

    Order, capitals, accents and particles of the name play no part: what is left after words.names.tokens.
    """
    words = sorted(set(tokens(name)))
    return blinded(key, "person", *words, birth) if words else None
