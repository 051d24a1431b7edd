"""Pure decisions about records: who may change one, how long it is kept, what a reader sees, what a check meets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from tripoint.access.model import Officer, Party, PartyKind, Role
from tripoint.base.errors import BadInput, Conflict, NotAllowed
from tripoint.records.model import (
    Audience,
    AudienceKind,
    Content,
    Firearm,
    Level,
    MaskedPerson,
    Person,
    RecordKind,
    Terms,
    TravelDocument,
    Vehicle,
)
from tripoint.words.countries import read_country
from tripoint.words.documents import DocumentReference, normalise_number
from tripoint.words.firearms import normalise_serial
from tripoint.words.people import PersonDescription, is_masked
from tripoint.words.vehicles import normalise_plate, normalise_vin

# Years a record is kept unless its owner says shorter, for lists and for what is entered by hand alike. Persons as
# INTERPOL's Rules on the Processing of Data, Art. 49; documents as its list of stolen and lost ones; firearms as its
# ballistics (and Directive (EU) 2021/555, Art. 4); nothing is laid down for vehicles, which stay as documents do.
RETENTION_YEARS = {
    RecordKind.PERSON: 5, RecordKind.DOCUMENT: 10, RecordKind.VEHICLE: 10, RecordKind.FIREARM: 30,
}  # fmt: skip
UNMASKED = frozenset({Role.DATA_PROTECTION_OFFICER, Role.LIAISON_OFFICER})
Value = TypeVar("Value")


def kind_of(content: Content) -> RecordKind:
    """What kind of record a content belongs to."""
    match content:
        case Person() | MaskedPerson():
            return RecordKind.PERSON
        case TravelDocument():
            return RecordKind.DOCUMENT
        case Vehicle():
            return RecordKind.VEHICLE
        case Firearm():
            return RecordKind.FIREARM


def years_later(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the first of the month after where that month is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    try:
        return day.replace(year=day.year + years, month=month + 1)
    except ValueError:
        return date(day.year + years, month + 2, 1)


def longest_retention(kind: RecordKind, today: date) -> date:
    """The last day a record entered or confirmed today may be kept."""
    return years_later(today, RETENTION_YEARS[kind])


def retain_until(kind: RecordKind, today: date, wished: date | None) -> date:
    """Until when a record is kept: as its owner wishes, within the longest for its kind.

    Raises BadInput for a day that has passed or lies beyond.
    """
    longest = longest_retention(kind, today)
    if wished is None:
        return longest
    if not today <= wished <= longest:
        raise BadInput(
            f"The record cannot be kept until {wished.isoformat()}.",
            field="retain_until",
            remedy=f"Give a day from today to {longest.isoformat()}, or leave it out.",
        )
    return wished


def no_longer_than(kept: date, wished: date) -> date:
    """The day that is wished, when it is not later than the one a record is kept until.

    Raises BadInput for a later one: keeping longer is a renewal, which asks for a reason.
    """
    if wished > kept:
        raise BadInput(
            f"The record is kept until {kept.isoformat()}; a change keeps it no longer.",
            field="retain_until", remedy="Renew it, saying why it is still needed.",
        )  # fmt: skip
    return wished


def check_may_hold(content: Content, owner: Party) -> None:
    """Raises NotAllowed for a travel document of another issuer: only the issuing country lists its documents."""
    if not isinstance(content, TravelDocument):
        return
    if owner.kind is PartyKind.BODY or content.issuer != owner.code:
        raise NotAllowed(
            f"Only {content.issuer} itself lists its travel documents.",
            field="content.issuer",
            remedy=f"Ask {content.issuer} to list it, or list the person who carries it.",
        )


def check_may_change(owner: int, reader: int, *, version: int, expected: int, ended: bool) -> None:
    """Raises NotAllowed for another party's record, Conflict for one that changed or ended meanwhile."""
    if owner != reader:
        raise NotAllowed("Only the owner of a record changes it.", remedy="Ask the owner to change it.")
    if ended:
        raise Conflict("The record has ended.", remedy="Enter a new record if there is new reason.")
    if version != expected:
        raise Conflict(
            f"The record is at version {version}, your change was made from version {expected}.",
            field="version",
            remedy="Read it again and repeat your change.",
        )


def check_terms(terms: Terms, known_parties: Mapping[str, int], known_operations: frozenset[UUID]) -> UUID | None:
    """The operation that the terms name, if any.

    Raises BadInput for parties that do not take part, for an operation the owner has no part in, and for two
    operations at once.
    """
    operations = set()
    for field, audience in (("terms.readers", terms.readers), ("terms.meeting", terms.meeting)):
        check_audience(field, audience, known_parties)
        if audience.operation is not None:
            operations.add(audience.operation)
    if len(operations) > 1:
        raise BadInput("The terms name two operations.", field="terms", remedy="Name the same operation in both.")
    if operations - known_operations:
        raise BadInput(
            "Your party takes part in no such operation.",
            field="terms",
            remedy="GET /api/operations lists yours.",
        )
    return next(iter(operations), None)


def check_audience(field: str, audience: Audience, known_parties: Mapping[str, int]) -> None:
    """Raises BadInput when an audience names what its kind does not take, or parties that do not take part."""
    strangers = sorted({*audience.parties, *audience.barred} - set(known_parties))
    if strangers:
        raise BadInput(
            f"No such party: {', '.join(strangers)}.", field=field, remedy="GET /api/parties lists the codes."
        )
    if bool(audience.parties) != (audience.kind is AudienceKind.PARTIES):
        raise BadInput(
            "Parties are named with the kind `parties`, and only with it.", field=f"{field}.parties",
            remedy='Write {"kind": "parties", "parties": ["..."]}.',
        )  # fmt: skip
    if (audience.operation is not None) != (audience.kind is AudienceKind.OPERATION):
        raise BadInput(
            "An operation is named with the kind `operation`, and only with it.", field=f"{field}.operation",
            remedy='Write {"kind": "operation", "operation": "..."}.',
        )  # fmt: skip


def members(
    audience: Audience, owner: int, parties: Mapping[str, int], operations: Mapping[UUID, frozenset[int]]
) -> frozenset[int]:
    """The party numbers of an audience; the function audience_mask in the database decides the same.

    `parties` are the numbers of active parties by code, `operations` the parties of each operation with its
    coordinator.
    """
    match audience.kind:
        case AudienceKind.EVERYONE:
            chosen = set(parties.values())
        case AudienceKind.PARTIES:
            chosen = {parties[code] for code in audience.parties if code in parties}
        case AudienceKind.OPERATION:
            chosen = set(operations.get(audience.operation, ())) if audience.operation else set()
        case AudienceKind.OWN:
            chosen = set()
    barred = {parties[code] for code in audience.barred if code in parties}
    return frozenset(((chosen - barred) | {owner}) & set(parties.values()))


def in_force(now: datetime, operation: tuple[datetime, datetime] | None) -> bool:
    """Whether terms hold now: always, or while the operation they name lasts."""
    return operation is None or operation[0] <= now <= operation[1]


def meets(reader: int, *, owner: int, meeting: frozenset[int], level: Level, valid: bool) -> Level:
    """What a check of party `reader` meets of a record; the function meeting_level in the database decides the same.

    `meeting` are the party numbers whose checks may meet it. -1 is nobody.
    """
    if reader == owner and reader >= 0:
        return Level.FULL
    return level if reader >= 0 and valid and reader in meeting else Level.NOTHING


def must_mask(person: Person | MaskedPerson, officer: Officer, today: date) -> bool:
    """Whether this officer is not shown who the person is, inside the owner's party too: victims, witnesses, children.

    What is sealed is shown to nobody by reading; it is opened field by field (records/sealed).
    """
    if isinstance(person, MaskedPerson):
        return True
    return is_masked(person.status, person.description.births, today) and not officer.roles & UNMASKED


def normalised(content: Content, owner: Party) -> Content:
    """The content with numbers, codes and names in the form they are compared.

    Raises BadInput naming the field and what is wrong with it.
    """
    match content:
        case Person():
            return replace(content, description=normalised_description(content.description))
        case MaskedPerson():
            codes = tuple(read("content.nationalities", read_country, code) for code in content.nationalities)
            return replace(content, nationalities=codes)
        case TravelDocument():
            return replace(
                content,
                number=read("content.number", normalise_number, content.number),
                issuer=issuer_code(content.issuer, owner),
            )
        case Vehicle():
            return normalised_vehicle(content)
        case Firearm():
            return replace(
                content,
                serial=read("content.serial", normalise_serial, content.serial),
                country=optional("content.country", read_country, content.country),
                import_country=optional("content.import_country", read_country, content.import_country),
            )


def normalised_description(description: PersonDescription) -> PersonDescription:
    """A description with nationalities as codes and document numbers as they are compared."""
    if not description.names:
        raise BadInput("A person needs a name.", field="content.names", remedy="Give at least the name as published.")
    return replace(
        description,
        nationalities=tuple(read("content.nationalities", read_country, code) for code in description.nationalities),
        documents=tuple(normalised_reference(document) for document in description.documents),
    )


def normalised_reference(document: DocumentReference) -> DocumentReference:
    """A document that a person carries, as it is compared."""
    return replace(
        document,
        number=read("content.documents", normalise_number, document.number),
        issuer=optional("content.documents", read_country, document.issuer),
    )


def normalised_vehicle(vehicle: Vehicle) -> Vehicle:
    """A vehicle as it is compared. Raises BadInput for one without number and plate."""
    if not vehicle.vin and not vehicle.plate:
        raise BadInput("A vehicle needs a mark.", field="content.vin", remedy="Give its chassis number or its plate.")
    return replace(
        vehicle,
        vin=optional("content.vin", normalise_vin, vehicle.vin),
        plate=optional("content.plate", normalise_plate, vehicle.plate),
        country=optional("content.country", read_country, vehicle.country),
    )


def issuer_code(text: str, owner: Party) -> str:
    """The code of an issuer; the owner's own code stands for itself even where no standard lists it."""
    return owner.code if text.strip().upper() == owner.code else read("content.issuer", read_country, text)


def read(field: str, reader: Callable[[str], Value], text: str) -> Value:
    """What `reader` makes of a text; its ValueError becomes BadInput naming the field."""
    try:
        return reader(text)
    except ValueError as error:
        raise BadInput(f"{field}: {error}.", field=field) from None


def optional(field: str, reader: Callable[[str], Value], text: str | None) -> Value | None:
    """The same for a field that may be absent."""
    return None if text is None or not text.strip() else read(field, reader, text)
