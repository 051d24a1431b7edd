"""The whole invented operation for one seed: who takes part, who serves where, what the lists hold."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from tripoint.access.model import Role
from tripoint.access.rules import HUB
from tripoint.demo.dice import dice
from tripoint.demo.lists import RecordList, make_lists
from tripoint.demo.names import REGION_OF, invent_name
from tripoint.demo.places import BODIES, Place, PlannedParty
from tripoint.demo.played import TURQUESA, PlayedOperation

BORDER_POLICE, LIAISON_DESK, OVERSIGHT = "Border police", "Liaison desk", "Oversight"
# What each country's people are; a body has but a desk. `*` serves at a post.
LIAISON = frozenset({Role.LIAISON_OFFICER, Role.CONTRIBUTOR})
STAFF = (
    ("analyst", frozenset({Role.ANALYST, Role.VIEWER}), LIAISON_DESK),
    ("specialist", frozenset({Role.VICTIM_SPECIALIST}), LIAISON_DESK),
    ("admin", frozenset({Role.PARTY_ADMINISTRATOR}), OVERSIGHT),
    ("auditor", frozenset({Role.AUDITOR, Role.DATA_PROTECTION_OFFICER}), OVERSIGHT),
)
FULLY_STAFFED = TURQUESA.fully_staffed


@dataclass(frozen=True, slots=True)
class PlannedOfficer:
    """An officer to be found; `post` where he serves, if at one."""

    party: str
    sign_in: str  # without the party's ending
    name: str
    agency: str
    roles: frozenset[Role]
    post: str | None = None

    @property
    def sign_in_name(self) -> str:
        """What he signs in by."""
        return f"{self.sign_in}@{self.party.lower()}"


@dataclass(frozen=True)
class World:
    """One seed's world; the same seed gives the same world on every machine."""

    seed: int
    played: PlayedOperation = TURQUESA

    @property
    def parties(self) -> tuple[PlannedParty, ...]:
        """Everybody on the hub."""
        return self.played.parties

    @property
    def places(self) -> tuple[Place, ...]:
        """Every post."""
        return self.played.places

    @cached_property
    def lists(self) -> tuple[RecordList, ...]:
        """Every party's lists."""
        return make_lists(self.seed, self.played)

    @cached_property
    def officers(self) -> tuple[PlannedOfficer, ...]:
        """Everybody who can sign in."""
        staff = (one for party in self.parties for one in staff_of(self.seed, party.code, self.played))
        serving = (field_officer(self.seed, at, place) for at, place in enumerate(self.places))
        return (*unit(self.seed), *staff, *serving)

    def liaison(self, party: str) -> PlannedOfficer:
        """Who answers for the party's records."""
        return next(one for one in self.officers if one.party == party and one.sign_in == "liaison")

    def at_post(self, post: str) -> PlannedOfficer:
        """Who checks at the post of this name."""
        return next(one for one in self.officers if one.post == post)


def officer_name(seed: int, party: str, sign_in: str) -> str:
    """An invented officer's name; the bodies' people come from the region."""
    throw = dice(seed, "officer", party, sign_in)
    region = REGION_OF[throw.choice(("CRI", "BRA", "PAN", "BMU"))] if party in BODIES else REGION_OF[party]
    return invent_name(throw, region, throw.random() < 0.5).full


def unit(seed: int) -> tuple[PlannedOfficer, ...]:
    """Who works at the coordination unit: who leads it, an analyst, and who speaks to the press."""
    return tuple(
        PlannedOfficer(HUB, who, officer_name(seed, HUB, who), LIAISON_DESK, frozenset({role}))
        for who, role in (
            ("coordinator", Role.COORDINATOR), ("analyst", Role.ANALYST), ("press", Role.PRESS_OFFICER)
        )
    )  # fmt: skip


def staff_of(seed: int, party: str, played: PlayedOperation = TURQUESA) -> tuple[PlannedOfficer, ...]:
    """A party's desk: everywhere a liaison officer, in some parties the others too."""
    people = [PlannedOfficer(party, "liaison", officer_name(seed, party, "liaison"), LIAISON_DESK, LIAISON)]
    if party in played.fully_staffed:
        people += [
            PlannedOfficer(party, who, officer_name(seed, party, who), agency, roles) for who, roles, agency in STAFF
        ]
    return tuple(people)


def field_officer(seed: int, at: int, place: Place) -> PlannedOfficer:
    """Who serves at a post."""
    party, sign_in = place.post.party, f"post{at + 1:02d}"
    roles = frozenset({Role.FIELD_OFFICER})
    return PlannedOfficer(party, sign_in, officer_name(seed, party, sign_in), BORDER_POLICE, roles, place.post.name)
