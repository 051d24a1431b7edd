"""The stories of Trigger IX that are played whole at every scale; the people in them are invented."""

from __future__ import annotations

from collections.abc import Iterator

from tripoint.demo.dice import dice
from tripoint.demo.trigger import shares
from tripoint.demo.turquesa.arrests import victim
from tripoint.demo.turquesa.model import Draft

RECORD, TAPED, RESCUED = "record_ammunition", "taped_to_the_body", "rescued_in_paraguay"
ARRESTS = 3  # two for the record seizure, one for the pistols on a body


def stories(seed: int) -> Iterator[Draft]:
    """Every occurrence of every story."""
    throw = dice(seed, "stories")
    yield Draft("seizure", "URY", {
        "items": [{
            "category": "ammunition", "quantity": str(shares.RECORD_ROUNDS), "calibre": "9 mm",
            "ammunition_state": "live", "packaging": "box",
        }], "found_in": "premises", "remarks": "One consignment: the country's largest seizure of ammunition.",
    }, RECORD, key="record-ammunition")  # fmt: skip
    for number in range(2):
        yield Draft("arrest", "URY", {
            "offence": "0901", "role": "organiser", "basis": "investigation", "nationality": "ESP", "sex": "male",
            "age": 41 + number,
        }, RECORD)  # fmt: skip
    yield Draft("seizure", "PRY", {
        "items": [
            {"category": "firearm", "quantity": str(shares.TAPED), "calibre": "9 mm", "description": "pistol"},
            {"category": "magazine", "quantity": str(shares.TAPED_MAGAZINES), "calibre": "9 mm"},
        ], "found_in": "person", "hiding_place": "on_body",
    }, TAPED, post="Ciudad del Este, bridge", key="taped-pistols")  # fmt: skip
    yield Draft("arrest", "PRY", {
        "offence": "0901", "role": "transporter", "basis": "observation", "nationality": "PRY", "sex": "female",
        "age": 32,
    }, TAPED, post="Ciudad del Este, bridge")  # fmt: skip
    yield from (
        Draft("victim", "PRY", victim(throw, "PRY", child=False), RESCUED) for _ in range(shares.VICTIMS)
    )


def joint(pairs: int) -> Iterator[Draft]:
    """Seizures of one firearm each that two parties report as one event: they count once."""
    for number in range(pairs):
        parties = (("BRA", "PRY"), ("ARG", "URY"), ("COL", "ECU"))[number % 3]
        item = {"category": "firearm", "quantity": "1", "calibre": "9 mm", "description": "pistol"}
        yield from (
            Draft("seizure", party, {"items": [item], "found_in": "vehicle"}, joint=f"joint-{number}")
            for party in parties
        )
