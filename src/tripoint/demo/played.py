"""Which operation is played: its name, days, parties, posts and lists; the same machinery plays each of them."""

from __future__ import annotations

from dataclasses import dataclass

from tripoint.access.model import PartyKind
from tripoint.access.rules import HUB
from tripoint.demo.places import EDITION, FAMILY, PARTIES, PLACES, Place, PlannedParty
from tripoint.records.model import RecordKind


@dataclass(frozen=True, slots=True)
class PlayedOperation:
    """One operation to be played.

    `fully_staffed` parties have analysts and overseers besides liaison officers. The daily reports of the `silent`
    party never come from day `silent_from` on (0 is the first). `kinds` are those of the lists that are loaded.
    """

    family: str
    edition: str
    days: int
    parties: tuple[PlannedParty, ...]
    places: tuple[Place, ...]
    fully_staffed: tuple[str, ...]
    silent: str
    silent_from: int
    kinds: frozenset[RecordKind] = frozenset(RecordKind)

    @property
    def name(self) -> str:
        """What the operation is called."""
        return f"{self.family} {self.edition}"

    @property
    def codes(self) -> tuple[str, ...]:
        """Every party's code, bodies and the coordination unit among them."""
        return tuple(party.code for party in self.parties)

    @property
    def taking_part(self) -> tuple[str, ...]:
        """Who takes part: bodies are partners and do not."""
        return tuple(party.code for party in self.parties if party.kind is not PartyKind.BODY)


TURQUESA = PlayedOperation(
    FAMILY, EDITION, 5, PARTIES, PLACES, ("BRA", "COL", "PAN", "CRI"),  # their hits wait for whoever tries it
    silent="CUB", silent_from=4,
)  # fmt: skip
# As published: fifteen countries, from 12 March to 2 April 2023.
OF_TRIGGER = (
    "ARG", "BOL", "BRA", "CHL", "COL", "CRI", "ECU", "SLV", "GTM", "HND", "MEX", "PAN", "PRY", "PER", "URY",
)  # fmt: skip
TRIGGER = PlayedOperation(
    "Trigger", "IX", 22, tuple(party for party in PARTIES if party.code in (*OF_TRIGGER, HUB)),
    tuple(place for place in PLACES if place.post.party in OF_TRIGGER), ("ARG", "BRA", "COL", "PRY", "URY"),
    silent="SLV", silent_from=21, kinds=frozenset({RecordKind.FIREARM}),
)  # fmt: skip
