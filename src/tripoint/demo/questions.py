"""What officers at the posts ask: of ordinary travellers, and now and then of somebody or something that is listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from tripoint.demo import marks
from tripoint.demo.dice import pick, share
from tripoint.demo.people import TODAY, Traveller, invent_traveller
from tripoint.demo.places import ISSUERS
from tripoint.demo.slips import another_order, known_birth, misread, slip_in_name, spaced
from tripoint.records.model import Firearm, Listed, Person, TravelDocument, Vehicle
from tripoint.words.dates import PartialDate
from tripoint.words.documents import DocumentType
from tripoint.words.mrz import write_mrz_td3
from tripoint.words.people import NameKind, Sex, is_sealed

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Habits:
    """How often things are asked and go wrong: shares of 0 to 1. The first four are kinds and add up to 1."""

    documents: float = 0.60
    persons: float = 0.25
    vehicles: float = 0.12
    firearms: float = 0.03
    by_zone: float = 0.45  # of passports, read by machine
    together: float = 0.2  # a person and his document, or a vehicle and its driver, in one question
    slips: float = 0.5  # of planted hits: asked with an error


HABITS = Habits()


def ordinary(throw: Random, habits: Habits = HABITS) -> Body:
    """A question about somebody or something that nobody has listed, so far as the dice know."""
    ask = pick(throw, (
        (ask_of_document, habits.documents), (ask_of_person, habits.persons), (ask_of_vehicle, habits.vehicles),
        (ask_of_firearm, habits.firearms),
    ))  # fmt: skip
    return ask(throw, habits)


def ask_of_document(throw: Random, habits: Habits) -> Body:
    """A traveller's document, by its zone or typed; sometimes with the traveller."""
    traveller = invent_traveller(throw)
    if share(throw, habits.by_zone):
        return {"document": {"mrz": zone_of(traveller)}}
    kind = pick(throw, ((DocumentType.PASSPORT, 6), (DocumentType.IDENTITY_CARD, 4)))
    body: Body = {"document": document_typed(throw, traveller.number, traveller.nationality, kind)}
    if share(throw, habits.together):
        body["person"] = person_typed(throw, traveller)
    return body


def ask_of_person(throw: Random, habits: Habits) -> Body:
    """A traveller by name, birth and nationality."""
    traveller = invent_traveller(throw)
    body: Body = {"person": person_typed(throw, traveller)}
    if share(throw, habits.together):
        body["document"] = document_typed(throw, traveller.number, traveller.nationality, DocumentType.PASSPORT)
    return body


def ask_of_vehicle(throw: Random, habits: Habits) -> Body:
    """A vehicle by plate and country, at some posts by its chassis number too; sometimes with the driver."""
    vehicle: Body = {"plate": marks.plate(throw), "country": throw.choice(ISSUERS)}
    if share(throw, 0.3):
        vehicle["vin"] = marks.vin(throw)
    body: Body = {"vehicle": vehicle}
    if share(throw, habits.together):
        body["person"] = person_typed(throw, invent_traveller(throw))
    return body


def ask_of_firearm(throw: Random, _: Habits) -> Body:
    """A firearm by serial and make."""
    make = throw.choice(sorted(marks.GUN_MAKES))
    return {"firearm": {"serial": marks.serial(throw), "make": make, "calibre": throw.choice(marks.CALIBRES)}}


def zone_of(traveller: Traveller) -> str:
    """The machine-readable zone of the traveller's passport."""
    return write_zone(
        traveller.name.given, traveller.name.family, traveller.number, traveller.nationality, traveller.nationality,
        traveller.birth, traveller.sex, traveller.expiry,
    )  # fmt: skip


def write_zone(
    given: str, family: str, number: str, issuer: str, nationality: str, birth: date, sex: Sex, expiry: date
) -> str:
    """A passport's zone with all its check digits."""
    return write_mrz_td3(
        surname=family, given_names=given, number=number, issuer=issuer, nationality=nationality, birth=birth, sex=sex,
        expiry=expiry,
    )  # fmt: skip


def document_typed(throw: Random, number: str, issuer: str, kind: DocumentType | None) -> Body:
    """A document as typed; the issuer is left out now and then, the type often."""
    body: Body = {"number": spaced(throw, number)}
    if share(throw, 0.93):
        body["issuer"] = issuer
    if kind and share(throw, 0.7):
        body["type"] = kind.value
    return body


def person_typed(throw: Random, traveller: Traveller) -> Body:
    """A traveller as typed from his papers or as he says; the date of birth is missing once in twenty."""
    birth = PartialDate(traveller.birth.year, traveller.birth.month, traveller.birth.day)
    body: Body = {"name": traveller.name.full}
    if share(throw, 0.95):
        body["birth"] = known_birth(throw, birth)
    if share(throw, 0.9):
        body["nationality"] = traveller.nationality
    if share(throw, 0.8):
        body["sex"] = traveller.sex.value
    return body


def about(throw: Random, record: Listed, habits: Habits = HABITS) -> Body:
    """A question that means a listed record, often with an error, never with so many that nobody could tell."""
    slip = share(throw, habits.slips)
    match record:
        case Person():
            return about_person(throw, record, slip)
        case TravelDocument():
            return about_document(throw, record, slip, habits)
        case Vehicle():
            return {"vehicle": about_vehicle(throw, record, slip)}
        case Firearm():
            return {"firearm": about_firearm(throw, record, slip)}


def about_document(throw: Random, record: TravelDocument, slip: bool, habits: Habits) -> Body:
    """A listed document in somebody's hand: the bearer is an ordinary traveller, the number perhaps misread."""
    number = misread(throw, record.number) if slip else record.number
    if record.type is DocumentType.PASSPORT and share(throw, habits.by_zone):
        bearer = invent_traveller(throw)
        zone = write_zone(
            bearer.name.given, bearer.name.family, record.number, record.issuer, record.issuer, bearer.birth,
            bearer.sex,
            bearer.expiry,
        )  # fmt: skip
        return {"document": {"mrz": zone.replace(record.number, number)}}
    typed = document_typed(throw, number, record.issuer, record.type)
    return {"document": typed | {"issuer": record.issuer}}


def about_person(throw: Random, record: Person, slip: bool) -> Body:
    """A listed person at a post: by name, at times by his own document alone."""
    held = record.description
    # Who is sealed is met by what is known exactly: those who asked were told, and make no slip.
    exactly = is_sealed(record.status, held.births, date.today())
    slip = slip and not exactly
    if held.documents and share(throw, 0.25):
        own = held.documents[0]
        number = misread(throw, own.number) if slip else own.number
        return {"document": {"number": spaced(throw, number), "issuer": own.issuer}}
    body: Body = {"name": name_as_asked(throw, record, slip), "nationality": held.nationalities[0]}
    body["birth"] = str(held.births[0]).strip("~") if exactly else known_birth(throw, held.births[0])
    if held.sex and share(throw, 0.8):
        body["sex"] = held.sex.value
    return {"person": body}


def name_as_asked(throw: Random, record: Person, slip: bool) -> str:
    """The name with one kind of error at most: a slip, another spelling, another order, or his own script."""
    names = record.description.names
    original = next((name.full for name in names if name.kind is NameKind.ORIGINAL_SCRIPT), None)
    if not slip:
        return names[0].full
    kinds = [("slip", 4), ("order", 2), ("accents", 2)] + ([("script", 3)] if original else [])
    kind = pick(throw, kinds)
    if kind == "script" and original:
        return original
    if kind == "order":
        return another_order(names[0].full)
    if kind == "accents":
        return respelt(names[0].full)
    return slip_in_name(throw, names[0].full)


# Sounds that clerks of two countries write differently; one is exchanged.
RESPELT = (
    ("v", "b"),
    ("z", "s"),
    ("qu", "k"),
    ("ñ", "n"),
    ("ç", "s"),
    ("ll", "y"),
    ("sh", "ch"),
    ("y", "i"),
    ("w", "v"),
)


def respelt(name: str) -> str:
    """The name as a clerk of another country writes what he hears."""
    for sound, other in RESPELT:
        if sound in name:
            return name.replace(sound, other, 1)
    return name


def about_vehicle(throw: Random, record: Vehicle, slip: bool) -> Body:
    """A listed vehicle: by plate and country where it has one, or by chassis number."""
    if record.plate and share(throw, 0.7):
        plate = misread(throw, record.plate, keep=3) if slip else record.plate
        return {"plate": plate, "country": record.country}
    vin = misread(throw, record.vin or "") if slip else record.vin
    return {"vin": vin, "make": record.make}


def about_firearm(throw: Random, record: Firearm, slip: bool) -> Body:
    """A listed firearm: by serial and make, at times the serial alone."""
    serial = misread(throw, record.serial) if slip else record.serial
    body: Body = {"serial": spaced(throw, serial)}
    if share(throw, 0.8):
        body["make"] = record.make
    return body


def lookalike(throw: Random, record: Listed) -> Body:
    """A question that must not be taken for the record: a namesake, the next number, another country or make."""
    match record:
        case Person():
            born = TODAY.replace(year=TODAY.year - throw.randrange(18, 60), day=throw.randrange(1, 29))
            while any(abs(born.year - birth.year) < 4 for birth in record.description.births):
                born = born.replace(year=TODAY.year - throw.randrange(18, 60))
            namesake: Body = {"name": record.description.names[0].full, "birth": born.isoformat()}
            return {"person": namesake | {"nationality": throw.choice(ISSUERS)}}
        case TravelDocument():
            return {"document": {"number": next_number(record.number), "issuer": record.issuer}}
        case Vehicle():
            return {"vehicle": {"vin": next_number(record.vin or marks.vin(throw))}}
        case Firearm():
            make = throw.choice([make for make in sorted(marks.GUN_MAKES) if make != record.make])
            return {"firearm": {"serial": record.serial, "make": make}}


def next_number(mark: str) -> str:
    """The mark whose last digit is one further: another document altogether."""
    return f"{mark[:-1]}{(int(mark[-1]) + 1) % 10}"
