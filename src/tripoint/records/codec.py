"""Records as plain JSON values and back: the form they are stored, compared, answered and kept in history."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from tripoint.records.model import (
    Action,
    Content,
    Firearm,
    MaskedPerson,
    Notice,
    NoticeColour,
    Person,
    RecordKind,
    TravelDocument,
    Vehicle,
)
from tripoint.words.dates import PartialDate, read_partial_date
from tripoint.words.documents import DocumentReference, DocumentStatus, DocumentType
from tripoint.words.firearms import FirearmStatus
from tripoint.words.people import NameKind, PersonDescription, PersonName, PersonStatus, Sex
from tripoint.words.vehicles import VehicleStatus

Json = dict[str, Any]


def without_empty(values: Json) -> Json:
    """The values that say something: no None, no empty list, no empty text."""
    return {name: value for name, value in values.items() if value not in (None, [], "")}


def text_of(day: date | None) -> str | None:
    """ISO form of a day."""
    return None if day is None else day.isoformat()


def day_of(said: str | date | None) -> date | None:
    """A day from its ISO form; one that is a day already stays."""
    return said if isinstance(said, date) else None if not said else date.fromisoformat(said)


def name_to_json(name: PersonName) -> Json:
    """A name as JSON values; that a document cut it short is said only where it is so."""
    values = {"full": name.full, "kind": name.kind.value, "given": name.given, "family": name.family}
    return without_empty(values | {"truncated": name.truncated or None})


def name_from_json(values: Mapping[str, Any]) -> PersonName:
    """The inverse of `name_to_json`."""
    kind = NameKind(values.get("kind", "primary"))
    return PersonName(values["full"], kind, values.get("given"), values.get("family"), values.get("truncated", False))


def description_to_json(description: PersonDescription) -> Json:
    """What is known of a person, as JSON values."""
    return without_empty(
        {
            "names": [name_to_json(name) for name in description.names],
            "births": [str(birth) for birth in description.births],
            "nationalities": list(description.nationalities),
            "sex": description.sex.value if description.sex else None,
            "documents": [
                without_empty({"number": d.number, "issuer": d.issuer, "type": d.type.value if d.type else None})
                for d in description.documents
            ],
        }
    )


def description_from_json(values: Mapping[str, Any]) -> PersonDescription:
    """The inverse of `description_to_json`."""
    return PersonDescription(
        names=tuple(name_from_json(name) for name in values.get("names", ())),
        births=tuple(read_partial_date(birth) for birth in values.get("births", ())),
        nationalities=tuple(values.get("nationalities", ())),
        sex=Sex(values["sex"]) if values.get("sex") else None,
        documents=tuple(
            DocumentReference(d["number"], d.get("issuer"), DocumentType(d["type"]) if d.get("type") else None)
            for d in values.get("documents", ())
        ),
    )


def notice_to_json(notice: Notice) -> Json:
    """A notice as JSON values."""
    return without_empty(
        {
            "colour": notice.colour.value,
            "reference": notice.reference,
            "issuer": notice.issuer,
            "charges": list(notice.charges),
            "action": notice.action.value,
            "issued": text_of(notice.issued),
            "remarks": notice.remarks,
        }
    )


def notice_from_json(values: Mapping[str, Any]) -> Notice:
    """The inverse of `notice_to_json`."""
    return Notice(
        NoticeColour(values["colour"]),
        values.get("reference"),
        values.get("issuer"),
        tuple(values.get("charges", ())),
        Action(values.get("action", "ask_owner")),
        day_of(values.get("issued")),
        values.get("remarks"),
    )


def person_to_json(person: Person) -> Json:
    """A person record as JSON values: the column `person.content`."""
    return without_empty(
        {
            "source_key": person.source_key,
            "status": person.status.value,
            **description_to_json(person.description),
            "notices": [notice_to_json(notice) for notice in person.notices],
            "birth_places": list(person.birth_places),
            "marks": person.marks,
            "instructions": person.instructions,
            "remarks": person.remarks,
        }
    )


def masked_to_json(person: MaskedPerson) -> Json:
    """A masked person as JSON values: `sealed` or `masked` names the fields that are not there."""
    hidden = {"masked": list(person.hidden)} if person.sealed_at is None else {
        "sealed": list(person.hidden), "sealed_at": person.sealed_at,
    }  # fmt: skip
    values = {
        "source_key": person.source_key, "status": person.status.value, "nationalities": list(person.nationalities),
        "sex": person.sex.value if person.sex else None, "instructions": person.instructions,
        "notices": [notice_to_json(notice) for notice in person.notices],
    }  # fmt: skip
    return without_empty(values) | hidden


def masked_from_json(values: Mapping[str, Any]) -> MaskedPerson:
    """The inverse of `masked_to_json`."""
    return MaskedPerson(
        values["source_key"], PersonStatus(values["status"]), tuple(values.get("nationalities", ())),
        Sex(values["sex"]) if values.get("sex") else None,
        tuple(notice_from_json(notice) for notice in values.get("notices", ())), values.get("instructions"),
        tuple(values.get("sealed", values.get("masked", ()))), values.get("sealed_at"),
    )  # fmt: skip


def is_hidden(values: Mapping[str, Any]) -> bool:
    """Whether JSON values of a person are those of a masked one."""
    return "sealed" in values or "masked" in values


def either_from_json(values: Mapping[str, Any]) -> Person | MaskedPerson:
    """A person as the column `person.content` holds one: whole, or masked where the rest is sealed."""
    return masked_from_json(values) if is_hidden(values) else person_from_json(values)


def person_from_json(values: Mapping[str, Any]) -> Person:
    """The inverse of `person_to_json`."""
    return Person(
        values["source_key"],
        PersonStatus(values["status"]),
        description_from_json(values),
        tuple(notice_from_json(notice) for notice in values.get("notices", ())),
        tuple(values.get("birth_places", ())),
        values.get("marks"),
        values.get("instructions"),
        values.get("remarks"),
    )


def content_to_json(content: Content) -> Json:
    """Any record's content as JSON values."""
    match content:
        case Person():
            return person_to_json(content)
        case MaskedPerson():
            return masked_to_json(content)
        case TravelDocument() | Vehicle() | Firearm():
            return without_empty({field.name: plain(getattr(content, field.name)) for field in fields(content)})


def plain(value: object) -> Any:
    """A field of a mark's record as a JSON value."""
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def content_from_json(kind: RecordKind, values: Mapping[str, Any]) -> Content:
    """The inverse of `content_to_json`."""
    get = values.get
    match kind:
        case RecordKind.PERSON:
            return either_from_json(values)
        case RecordKind.DOCUMENT:
            return TravelDocument(
                values["number"],
                values["issuer"],
                DocumentType(values["type"]),
                DocumentStatus(values["status"]),
                day_of(get("reported")),
                get("circumstances"),
            )
        case RecordKind.VEHICLE:
            return Vehicle(
                VehicleStatus(values["status"]),
                get("vin"),
                get("plate"),
                get("country"),
                get("make"),
                get("model"),
                get("colour"),
                day_of(get("reported")),
            )
        case RecordKind.FIREARM:
            return firearm_from_json(values)


def firearm_from_json(values: Mapping[str, Any]) -> Firearm:
    """A listed firearm as the column `firearm.content` holds one; what is not said stays empty."""
    told = {field.name: values.get(field.name) for field in fields(Firearm)}
    days = {name: day_of(values.get(name)) for name in ("reported", "event_date", "recheck")}
    return Firearm(**{**told, **days, "status": FirearmStatus(values["status"]), "serial": values["serial"]})


def digest_of(values: Mapping[str, Any]) -> bytes:
    """SHA-256 of JSON values in a fixed order: equal content, equal digest."""
    return sha256(json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).digest()


def birth_text(births: tuple[PartialDate, ...]) -> str:
    """Birth dates for a person to read."""
    return ", ".join(str(birth) for birth in births)
