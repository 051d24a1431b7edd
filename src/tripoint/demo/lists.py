"""The parties' invented lists, and the terms on which each is shared: mostly with the operation, some hardly at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from tripoint.demo import marks
from tripoint.demo.dice import dice, pick, share
from tripoint.demo.people import TODAY, invent_person
from tripoint.demo.places import ISSUERS
from tripoint.demo.played import TURQUESA, PlayedOperation
from tripoint.records.model import (
    Audience,
    AudienceKind,
    Firearm,
    Level,
    Listed,
    Person,
    RecordKind,
    Terms,
    TravelDocument,
    Vehicle,
)
from tripoint.words.documents import DocumentStatus, DocumentType
from tripoint.words.firearms import FirearmStatus, normalise_serial
from tripoint.words.people import MASKED, PersonStatus
from tripoint.words.vehicles import VehicleStatus, normalise_plate


@dataclass(frozen=True, slots=True)
class Sharing:
    """What checks of the other parties of the operation meet of a list; `barred` parties meet nothing."""

    level: Level
    barred: tuple[str, ...] = ()

    def terms(self, operation: UUID) -> Terms:
        """The terms as the hub keeps them. At level full the parties may read the list too."""
        if self.level is Level.NOTHING:
            return Terms()
        met = Audience(AudienceKind.OPERATION, operation=operation, barred=self.barred)
        return Terms(readers=met if self.level is Level.FULL else Audience(), meeting=met, level=self.level)

    def level_for(self, asker: str, owner: str) -> Level:
        """What a check of `asker`, who takes part in the operation, meets."""
        if asker == owner:
            return Level.FULL
        return Level.NOTHING if asker in self.barred else self.level


@dataclass(frozen=True, slots=True)
class RecordList:
    """One list of one party."""

    owner: str
    name: str
    kind: RecordKind
    sharing: Sharing
    records: tuple[Listed, ...]

    def level_for(self, record: Listed, asker: str) -> Level:
        """What a check of `asker` learns on meeting the record: of victims never more than whom to ask."""
        level = self.sharing.level_for(asker, self.owner)
        masked = isinstance(record, Person) and record.status in MASKED and asker != self.owner
        return Level.POINTER if masked and level is Level.FULL else level


@dataclass(frozen=True, slots=True)
class ListPlan:
    """A kind of list: who keeps one, how it is shared, how long it is."""

    name: str
    kind: RecordKind
    level: Level
    owners: tuple[str, ...]
    length: int
    statuses: tuple[PersonStatus, ...] = ()


_OF_INTEREST = (PersonStatus.PERSON_OF_INTEREST, PersonStatus.SUSPECT, PersonStatus.WARNING)
_TO_PROTECT, _SANCTIONED = (PersonStatus.MISSING, PersonStatus.VICTIM), (PersonStatus.SANCTIONED,)
_WANTED, _SUSPECTS = (PersonStatus.WANTED,), (PersonStatus.SUSPECT,)
_WITH_VEHICLES = ("ARG", "BOL", "BRA", "CHL", "COL", "MEX", "PRY", "URY")
_WITH_FIREARMS = ("ARG", "BRA", "COL", "HND", "MEX", "PRY")
_WITH_INTELLIGENCE = ("BRA", "COL", "CRI", "ECU", "MEX", "PER")
PLANS = (
    ListPlan("Stolen and lost travel documents", RecordKind.DOCUMENT, Level.FULL, ISSUERS, 160),
    ListPlan("Documents under watch", RecordKind.DOCUMENT, Level.BLIND, ("BRA", "COL", "MEX", "PAN"), 60),
    ListPlan("Documents, not shared", RecordKind.DOCUMENT, Level.NOTHING, ("ARG", "PER"), 60),
    ListPlan("Wanted persons", RecordKind.PERSON, Level.FULL, ISSUERS, 18, _WANTED),
    ListPlan("Persons of interest", RecordKind.PERSON, Level.POINTER, _WITH_INTELLIGENCE, 24, _OF_INTEREST),
    ListPlan("Persons under observation", RecordKind.PERSON, Level.BLIND, ("BRA", "CHL", "PAN"), 15, _SUSPECTS),
    ListPlan("Persons, not shared", RecordKind.PERSON, Level.NOTHING, ("COL", "PRY"), 15, _OF_INTEREST),
    ListPlan("Regional watch list", RecordKind.PERSON, Level.POINTER, ("IMPACS",), 40, _OF_INTEREST),
    ListPlan("Missing on the way", RecordKind.PERSON, Level.FULL, ("IOM", "CRI", "GTM", "HND"), 25, _TO_PROTECT),
    ListPlan("Travel bans", RecordKind.PERSON, Level.FULL, ("ARG", "CHL"), 20, _SANCTIONED),
    ListPlan("Stolen vehicles", RecordKind.VEHICLE, Level.FULL, _WITH_VEHICLES, 60),
    ListPlan("Vehicles of smugglers", RecordKind.VEHICLE, Level.POINTER, ("GTM", "PAN", "PER"), 25),
    ListPlan("Stolen and trafficked firearms", RecordKind.FIREARM, Level.FULL, _WITH_FIREARMS, 40),
    ListPlan("Firearms under investigation", RecordKind.FIREARM, Level.POINTER, ("CRI", "SLV"), 25),
)  # fmt: skip
BARRING = {"BRA": ("TCA",), "COL": ("BMU", "URY"), "PAN": ("HTI",), "MEX": ("CUW",), "CRI": ("BOL",)}


def make_lists(seed: int, played: PlayedOperation = TURQUESA) -> tuple[RecordList, ...]:
    """Every list of every party of an operation: one seed, one world."""
    codes = played.codes
    return tuple(
        make_list(dice(seed, "list", plan.name, owner), plan, owner, codes)
        for plan in PLANS if plan.kind in played.kinds for owner in plan.owners if owner in codes
    )  # fmt: skip


def make_list(throw: Random, plan: ListPlan, owner: str, parties: Sequence[str]) -> RecordList:
    """One list, without two records of one mark; barred from it is only who is among the parties."""
    wanted = BARRING.get(owner, ()) if plan.level is not Level.NOTHING else ()
    barred = tuple(party for party in wanted if party in parties)
    records: dict[str, Listed] = {}
    places = iter(range(10 * plan.length))
    while len(records) < plan.length:
        record = INVENT[plan.kind](throw, owner, next(places), plan)
        records.setdefault(key_of(record), record)
    return RecordList(owner, plan.name, plan.kind, Sharing(plan.level, barred), tuple(records.values()))


def key_of(record: Listed) -> str:
    """What names a record within its owner's lists of one kind."""
    match record:
        case Person():
            return record.source_key
        case TravelDocument():
            return f"{record.number}|{record.issuer}"
        case Vehicle():
            return record.vin or f"{record.country}|{record.plate}"
        case Firearm():
            return f"{record.serial}|{record.make}"


def reported(throw: Random) -> date:
    """The day of a loss, within eight years."""
    return TODAY - timedelta(days=throw.randrange(8 * 365))


def listed_person(throw: Random, owner: str, place: int, plan: ListPlan) -> Person:
    """Somebody on a list; a body's people come from anywhere."""
    home = owner if owner in ISSUERS else throw.choice(ISSUERS)
    letters = "".join(word[0] for word in plan.name.split()).upper()
    return invent_person(throw, owner, home, f"XX-{owner}-{letters}-{place:04d}", plan.statuses)


def listed_document(throw: Random, owner: str, _: int, __: ListPlan) -> TravelDocument:
    """A document of the owner's own: only the issuing country adds one."""
    kind = pick(
        throw, ((DocumentType.PASSPORT, 70), (DocumentType.IDENTITY_CARD, 25), (DocumentType.RESIDENCE_PERMIT, 5))
    )
    status = pick(throw, (
        (DocumentStatus.STOLEN, 40), (DocumentStatus.LOST, 40), (DocumentStatus.REVOKED, 10),
        (DocumentStatus.INVALID, 5),
        (DocumentStatus.STOLEN_BLANK, 5),
    ))  # fmt: skip
    return TravelDocument(marks.document_number(throw), owner, kind, status, reported(throw))


def listed_vehicle(throw: Random, owner: str, _: int, plan: ListPlan) -> Vehicle:
    """A vehicle with chassis number and plate; of one in eight only the chassis number is known."""
    status = VehicleStatus.STOLEN if plan.level is Level.FULL else VehicleStatus.WANTED_FOR_SEARCH
    make = throw.choice(sorted(marks.CAR_MAKES))
    plate = None if share(throw, 0.125) else normalise_plate(marks.plate(throw))
    return Vehicle(
        status, marks.vin(throw), plate, owner, make, throw.choice(marks.CAR_MAKES[make]), throw.choice(marks.COLOURS),
        reported(throw),
    )  # fmt: skip


def listed_firearm(throw: Random, owner: str, _: int, __: ListPlan) -> Firearm:
    """A firearm of an invented make."""
    status = pick(throw, ((FirearmStatus.STOLEN, 4), (FirearmStatus.TRAFFICKED, 3), (FirearmStatus.LOST, 2)))
    make = throw.choice(sorted(marks.GUN_MAKES))
    return Firearm(
        status, normalise_serial(marks.serial(throw)), make, throw.choice(marks.GUN_MAKES[make]),
        throw.choice(marks.CALIBRES),
        owner, reported(throw),
    )  # fmt: skip


INVENT: dict[RecordKind, Callable[[Random, str, int, ListPlan], Listed]] = {
    RecordKind.PERSON: listed_person, RecordKind.DOCUMENT: listed_document, RecordKind.VEHICLE: listed_vehicle,
    RecordKind.FIREARM: listed_firearm,
}  # fmt: skip


def entries(lists: tuple[RecordList, ...]) -> Iterator[tuple[RecordList, Listed]]:
    """Every record with the list it stands on."""
    return ((one, record) for one in lists for record in one.records)
