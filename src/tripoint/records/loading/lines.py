"""Rows in the text form in which the database takes them in bulk (PostgreSQL, COPY, text format)."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import lru_cache, partial

from tripoint.records.codec import digest_of, person_to_json
from tripoint.records.model import Content, Firearm, Person, RecordKind, TravelDocument, Vehicle
from tripoint.records.sources.outcomes import Row

NOTHING = "\\N"
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
LineOf = Callable[[Row], str]
DigestOf = Callable[[Person], bytes]

# The columns each kind of line fills, beside `line` and `kept`.
COLUMNS: dict[RecordKind, tuple[str, ...]] = {
    RecordKind.PERSON: ("source_key", "status", "digest", "content"),
    RecordKind.DOCUMENT: ("number", "issuer", "type", "status", "reported", "circumstances"),
    RecordKind.VEHICLE: ("status", "vin", "plate", "country", "make", "model", "colour", "reported"),
    RecordKind.FIREARM: (
        "status", "serial", "make", "model", "calibre", "country", "reported", "type", "made_in", "importer",
        "import_country", "import_year", "illicit", "other_marks", "event_date", "event_place", "case_reference",
        "recheck",
    ),
}  # fmt: skip


def escaped(text: str | None) -> str:
    """A text, or the mark for none."""
    return NOTHING if text is None else text.translate(ESCAPES)


@lru_cache(65536)
def day(value: date | None) -> str:
    """A day, or the mark for none."""
    return NOTHING if value is None else value.isoformat()


def year(value: int | None) -> str:
    """A year, or the mark for none."""
    return NOTHING if value is None else str(value)


def kept_line(kind: RecordKind, line: int, key: str) -> str:
    """A line that brings nothing but keeps the record held under `key` from ending."""
    return f"{line}\t{escaped(key)}{(chr(9) + NOTHING) * len(COLUMNS[kind])}\n"


def plain_digest(person: Person) -> bytes:
    """The digest of a person of whom nothing is sealed."""
    return digest_of(person_to_json(person))


def line_maker(kind: RecordKind, digest: DigestOf = plain_digest) -> LineOf:
    """What writes the lines of one kind. Raises TypeError on content of another."""
    match kind:
        case RecordKind.PERSON:
            return partial(person_line, digest=digest)
        case RecordKind.DOCUMENT:
            return document_line
        case RecordKind.VEHICLE:
            return vehicle_line
        case RecordKind.FIREARM:
            return firearm_line


def person_line(row: Row, digest: DigestOf = plain_digest) -> str:
    """A person: content as JSON, and its digest."""
    person = row.content
    if not isinstance(person, Person):
        raise wrong_kind(person)
    values = person_to_json(person)
    parts = (
        str(row.line), NOTHING, escaped(person.source_key), person.status, "\\\\x" + digest(person).hex(),
        escaped(json.dumps(values, ensure_ascii=False)),
    )  # fmt: skip
    return "\t".join(parts) + "\n"


def document_line(row: Row) -> str:
    """A travel document; number, issuer, type and status need no escaping."""
    line, _, document = row
    if not isinstance(document, TravelDocument):
        raise wrong_kind(document)
    circumstances = document.circumstances
    return (
        f"{line}\t\\N\t{document.number}\t{document.issuer}\t{document.type._value_}\t{document.status._value_}"
        f"\t{day(document.reported)}\t{NOTHING if circumstances is None else circumstances.translate(ESCAPES)}\n"
    )


def vehicle_line(row: Row) -> str:
    """A vehicle."""
    vehicle = row.content
    if not isinstance(vehicle, Vehicle):
        raise wrong_kind(vehicle)
    texts = (vehicle.vin, vehicle.plate, vehicle.country, vehicle.make, vehicle.model, vehicle.colour)
    return "\t".join([str(row.line), NOTHING, vehicle.status, *map(escaped, texts), day(vehicle.reported)]) + "\n"


def firearm_line(row: Row) -> str:
    """A firearm."""
    firearm = row.content
    if not isinstance(firearm, Firearm):
        raise wrong_kind(firearm)
    told = firearm
    texts = (told.serial, told.make, told.model, told.calibre, told.country)
    return "\t".join([
        str(row.line), NOTHING, told.status, *map(escaped, texts), day(told.reported), escaped(told.type),
        year(told.made_in), escaped(told.importer), escaped(told.import_country), year(told.import_year),
        escaped(told.illicit), escaped(told.other_marks), day(told.event_date), escaped(told.event_place),
        escaped(told.case_reference), day(told.recheck),
    ]) + "\n"  # fmt: skip


def wrong_kind(content: Content) -> TypeError:
    """A reader and a set that do not belong together."""
    return TypeError(f"a {type(content).__name__} in a set of another kind")
