"""Invented people: travellers, and those whom the parties' lists hold, with the notices that say why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tripoint.demo.dice import pick, share
from tripoint.demo.marks import document_number
from tripoint.demo.names import REGION_OF, InventedName, invent_name
from tripoint.records.model import Action, Notice, NoticeColour, Person
from tripoint.words.dates import PartialDate
from tripoint.words.documents import DocumentReference, DocumentType
from tripoint.words.people import NameKind, PersonDescription, PersonName, PersonStatus, Sex

TODAY = date(2026, 1, 1)  # ages and reports are counted from here, so that one seed always gives one world
INVENTED = "Invented for the demonstration: this person exists nowhere."
# Who travels: nationality and how many of all travellers, loosely after published crossings of the Americas.
TRAVELLERS = (
    ("VEN", 20), ("COL", 14), ("BRA", 12), ("ECU", 9), ("HTI", 7), ("PER", 6), ("ARG", 6), ("MEX", 6), ("CHN", 3),
    ("PAN", 3), ("CRI", 3), ("CHL", 3), ("GTM", 3), ("HND", 3), ("SLV", 2), ("PRY", 3), ("BOL", 3), ("URY", 2),
    ("DOM", 3), ("CUB", 3), ("NIC", 2), ("BHS", 1), ("BMU", 1), ("CUW", 1), ("UKR", 1),
    ("KAZ", 1), ("SYR", 1), ("MAR", 1),
)  # fmt: skip
_RED, _CALL = NoticeColour.RED, Action.DETAIN_AND_CALL
Why = tuple[NoticeColour, Action, tuple[str, ...], str]
REASONS: dict[PersonStatus, tuple[Why, ...]] = {
    PersonStatus.WANTED: (
        (_RED, _CALL, ("smuggling of migrants",), "Keep apart from the group travelling along."),
        (_RED, _CALL, ("trafficking in persons",), "Speak alone to those who travel along."),
        (_RED, _CALL, ("trafficking in firearms",), "May be armed."),
        (_RED, _CALL, ("forgery of travel documents",), "Keep all documents found."),
    ),
    PersonStatus.PERSON_OF_INTEREST: (
        (NoticeColour.BLUE, Action.LOCATE_ONLY, (), "Note the way and the company; do not stop."),
        (NoticeColour.GREEN, Action.ASK_OWNER, (), "Ask the owner before anything is done."),
    ),
    PersonStatus.SUSPECT: ((NoticeColour.BLUE, Action.LOCATE_ONLY, (), "Note the vehicle and who travels along."),),
    PersonStatus.WARNING: ((NoticeColour.ORANGE, Action.ASK_OWNER, (), "Two officers; call before a search."),),
    PersonStatus.SANCTIONED: ((NoticeColour.LIST, Action.ASK_OWNER, (), "Travel ban: ask the owner for exemptions."),),
    PersonStatus.MISSING: ((NoticeColour.YELLOW, Action.PROTECT, (), "Make safe and tell the owner."),),
    PersonStatus.VICTIM: ((NoticeColour.YELLOW, Action.PROTECT, (), "Never name the person before company."),),
}


@dataclass(frozen=True, slots=True)
class Traveller:
    """Somebody at a post, as his papers say. Everything is invented."""

    name: InventedName
    birth: date
    nationality: str
    sex: Sex
    number: str
    expiry: date


def invent_traveller(throw: Random) -> Traveller:
    """A traveller by the dice."""
    nationality = pick(throw, TRAVELLERS)
    female = share(throw, 0.45)
    return Traveller(
        invent_name(throw, REGION_OF[nationality], female), invent_birth(throw), nationality,
        Sex.FEMALE if female else Sex.MALE, document_number(throw), TODAY + timedelta(days=throw.randrange(200, 3600)),
    )  # fmt: skip


def invent_birth(throw: Random, youngest: int = 16, oldest: int = 68) -> date:
    """A date of birth for an age in years between the two."""
    return TODAY - timedelta(days=throw.randrange(youngest * 365, oldest * 365))


def invent_person(throw: Random, owner: str, home: str, key: str, statuses: tuple[PersonStatus, ...]) -> Person:
    """Somebody for a list of `owner`, mostly of nationality `home`; `key` is the list's own reference."""
    status = throw.choice(statuses)
    nationality = home if share(throw, 0.7) else pick(throw, TRAVELLERS)
    female = share(throw, 0.6 if status in (PersonStatus.MISSING, PersonStatus.VICTIM) else 0.2)
    name = invent_name(throw, REGION_OF[nationality], female)
    colour, action, charges, instructions = throw.choice(REASONS[status])
    young = status in (PersonStatus.MISSING, PersonStatus.VICTIM)
    birth = invent_birth(throw, *((6, 25) if young else (19, 64)))
    description = PersonDescription(
        names_of(throw, name, nationality, female), (held_birth(throw, birth),),
        (nationality,), Sex.FEMALE if female else Sex.MALE, held_documents(throw, nationality),
    )  # fmt: skip
    notice = Notice(colour, f"{key}/N", owner, charges, action, TODAY - timedelta(days=throw.randrange(1500)))
    return Person(key, status, description, (notice,), instructions=instructions, remarks=INVENTED)


def names_of(throw: Random, name: InventedName, nationality: str, female: bool) -> tuple[PersonName, ...]:
    """The name as held, in its own script where there is one, and now and then another he goes by."""
    names = [PersonName(name.full, given=name.given, family=name.family)]
    if name.script:
        names.append(PersonName(name.script, NameKind.ORIGINAL_SCRIPT))
    if share(throw, 0.2):
        names.append(PersonName(invent_name(throw, REGION_OF[nationality], female).full, NameKind.ALIAS))
    return tuple(names)


def held_birth(throw: Random, birth: date) -> PartialDate:
    """The date of birth as lists hold it: in some the day, in some the month too is unknown."""
    kind = pick(throw, (("full", 75), ("month", 8), ("year", 12), ("about", 5)))
    if kind == "full":
        return PartialDate(birth.year, birth.month, birth.day)
    return PartialDate(birth.year, birth.month if kind == "month" else None, about=kind == "about")


def held_documents(throw: Random, nationality: str) -> tuple[DocumentReference, ...]:
    """A document he is known to carry, for two people in five."""
    if not share(throw, 0.4):
        return ()
    kind = pick(throw, ((DocumentType.PASSPORT, 3), (DocumentType.IDENTITY_CARD, 1)))
    return (DocumentReference(document_number(throw), nationality, kind),)
