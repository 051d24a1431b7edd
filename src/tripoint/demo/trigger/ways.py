"""The fifteen modi operandi, invented: written by a party's desk, compared and decided by its analyst, drafted on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tripoint.demo.played import TRIGGER
from tripoint.demo.turquesa.filing import Filer, asked

MODI = "/api/modi"


@dataclass(frozen=True, slots=True)
class Way:
    """One way of doing it: its codes, title and text, and what it was done with."""

    title: str
    words: str
    codes: dict[str, str]
    tools: tuple[str, ...]


def way(title: str, words: str, tools: str, **codes: str) -> Way:
    """A way; tools are parted by commas."""
    return Way(title, words, codes, tuple(one.strip() for one in tools.split(",")))


WAYS = (
    way("Pistols taped to the body under loose clothes", "A carrier on foot bears eight pistols and their magazines.",
        "adhesive tape, elastic bandage", stage="concealment", concealment="on_body", transport="on_foot"),
    way("Alarm pistols bored out in a workshop", "Blocked barrels are drilled and sleeved; the bore stays rough.",
        "lathe, drill", stage="conversion", installation="home"),
    way("Rifle kits posted apart as machine spares", "Barrel, bolt and stock travel in three shipments to three names.",
        "vacuum bags", stage="transport", concealment="parcel", transport="mail"),
    way("Sales booked to dead buyers", "The dealer fills his ledger with names from obituaries.", "ledger",
        stage="sourcing", installation="business"),
    way("Many purchasers with one payer", "Students sign for handguns that somebody else pays by card.", "payment card",
        stage="payment"),
    way("Receivers milled from unfinished blanks", "Half-made aluminium pieces are finished with a jig at night.",
        "milling machine, jig", stage="manufacture", installation="factory"),
    way("Printed frames with steel rails", "Plastic frames come from printers, springs and rails from hardware shops.",
        "printer, filament", stage="manufacture", installation="laboratory"),
    way("Cartridges in sacks of fertiliser", "Rounds lie in plastic tubes in the middle of the load.", "plastic tubes",
        stage="concealment", concealment="freight", transport="commercial_road"),
    way("Second bottom of a river boat", "A steel floor is welded above the keel, with a hatch below the engine.",
        "welding set", stage="border_crossing", concealment="vehicle_part", transport="river"),
    way("Numbers of destroyed guns stamped anew", "Old numbers are ground off; those of a destruction record follow.",
        "grinder, punches", stage="storage", installation="warehouse"),
    way("One import permit, two consignments", "A copy clears another port on the same morning.", "copier",
        stage="border_crossing", installation="seaport", transport="commercial_sea"),
    way("Guards report their own revolvers stolen", "A security firm writes losses each month end and buys more.",
        "loss reports", stage="theft", installation="business"),
    way("Auto sears sold in closed chats", "Small conversion parts are offered as jewellery and shown in short films.",
        "messaging application", stage="sale", transport="mail"),
    way("Rifles handed over for coca paste at air strips", "Crews barter on the ground and fly back within the hour.",
        "satellite telephone", stage="payment", installation="farm", transport="private_air"),
    way("Club shooters as ammunition couriers", "Members draw their quota weekly and leave it in a locker.", "lockers",
        stage="storage", installation="other"),
)  # fmt: skip
AGAIN = way(
    "Handguns fixed with tape under wide clothing", "A carrier on foot bears pistols and their magazines.",
    "adhesive tape, elastic bandage", stage="concealment", concealment="on_body", transport="on_foot",
)  # fmt: skip


def play(filer: Filer, number: int, known_as: UUID | None = None) -> str:
    """Write one, propose it, let the analyst compare and decide, draft its notice; the state it is left in.

    `known_as` is the one that it is known as already.
    """
    party = TRIGGER.fully_staffed[number % len(TRIGGER.fully_staffed)]
    desk, analyst = filer.desks.line(party), filer.desks.open(f"analyst@{party.lower()}")
    which, operation = id_of(filer, number), filer.desks.places()[0]
    asked(desk, "POST", MODI, content(number, which, operation, party))
    if state(filer, number) == "draft":
        asked(desk, "POST", f"{MODI}/{which}/proposal")
    if state(filer, number) == "proposed":
        near = asked(analyst, "GET", f"{MODI}/{which}/nearest").body["nearest"]
        seen = [one["modus"]["id"] for one in near]
        same = {"verdict": "known", "same_as": str(known_as)} if known_as else {"verdict": "new"}
        decision = {"reason": "Compared with the nearest of the library.", "compared": seen, **same}
        asked(analyst, "POST", f"{MODI}/{which}/decision", decision)
    if known_as is None:
        purple = {"id": str(filer.id_of(f"purple/{number}")), "operation": operation}
        asked(desk, "POST", f"{MODI}/{which}/purple", purple)
    return state(filer, number)


def id_of(filer: Filer, number: int) -> UUID:
    """The id of a modus."""
    return filer.id_of(f"modus/{number}")


def state(filer: Filer, number: int) -> str:
    """How far a modus is."""
    party = TRIGGER.fully_staffed[number % len(TRIGGER.fully_staffed)]
    found = asked(filer.desks.line(party), "GET", f"{MODI}/{id_of(filer, number)}").body["modus"]
    return str(found["state"])


def content(number: int, which: UUID, operation: str, party: str) -> dict[str, Any]:
    """What is sent of a way."""
    one = (*WAYS, AGAIN)[number]
    return {
        "id": str(which), "crime_area": "ammunition" if "artridge" in one.title else "firearms", "danger": "caution",
        "texts": {"en": {"title": one.title, "summary": one.words}}, "tools": list(one.tools), "countries": [party],
        "operation": operation, "terms": {"readers": {"kind": "everyone"}}, **one.codes,
    }  # fmt: skip
