"""One seed makes one world, and nothing in it is there twice."""

from __future__ import annotations

from collections import Counter

import pytest

from tripoint.access.model import PartyKind, Role
from tripoint.demo.lists import RecordList, entries, key_of
from tripoint.demo.places import ISSUERS, PARTIES, PLACES, traffic_at
from tripoint.demo.world import FULLY_STAFFED, World
from tripoint.records.model import Level, Person, RecordKind, TravelDocument
from tripoint.words.people import MASKED


@pytest.fixture(scope="module")
def world() -> World:
    return World(7)


def test_the_same_seed_makes_the_same_world(world: World) -> None:
    again = World(7)
    assert again.lists == world.lists
    assert again.officers == world.officers


def test_another_seed_makes_another_world(world: World) -> None:
    assert {key_of(r) for _, r in entries(World(8).lists)} != {key_of(r) for _, r in entries(world.lists)}


def test_nothing_is_listed_twice(world: World) -> None:
    counts = Counter((one.kind, key_of(record)) for one, record in entries(world.lists))
    assert not [key for key, times in counts.items() if times > 1]


def test_no_invented_person_is_named_as_another(world: World) -> None:
    names = Counter(r.description.names[0].full for _, r in entries(world.lists) if isinstance(r, Person))
    assert names.most_common(1)[0][1] == 1


def test_only_issuing_countries_list_documents_and_only_their_own(world: World) -> None:
    for one, record in entries(world.lists):
        if isinstance(record, TravelDocument):
            assert record.issuer == one.owner
            assert one.owner in ISSUERS


def test_every_person_says_that_he_is_invented(world: World) -> None:
    people = [record for _, record in entries(world.lists) if isinstance(record, Person)]
    assert all("Invented" in (person.remarks or "") and person.notices for person in people)


def test_terms_are_mixed(world: World) -> None:
    levels = Counter(one.sharing.level for one in world.lists)
    assert set(levels) == set(Level)
    assert levels[Level.FULL] + levels[Level.POINTER] > levels[Level.BLIND] + levels[Level.NOTHING]
    assert any(one.sharing.barred for one in world.lists)


def test_what_others_meet(world: World) -> None:
    def first(level: Level, kind: RecordKind) -> RecordList:
        return next(one for one in world.lists if one.sharing.level is level and one.kind is kind)

    kept = first(Level.NOTHING, RecordKind.DOCUMENT)
    assert kept.level_for(kept.records[0], kept.owner) is Level.FULL
    assert kept.level_for(kept.records[0], "URY") is Level.NOTHING
    barring = next(one for one in world.lists if one.sharing.barred)
    assert barring.level_for(barring.records[0], barring.sharing.barred[0]) is Level.NOTHING
    victims = [
        one.level_for(record, "URY")
        for one, record in entries(world.lists)
        if isinstance(record, Person) and record.status in MASKED
    ]
    assert victims
    assert set(victims) <= {Level.POINTER, Level.NOTHING}


def test_every_post_has_an_officer_and_every_party_a_liaison_officer(world: World) -> None:
    names = [officer.sign_in_name for officer in world.officers]
    assert len(set(names)) == len(names)
    for place in PLACES:
        assert Role.FIELD_OFFICER in world.at_post(place.post.name).roles
        assert world.at_post(place.post.name).party == place.post.party
    for party in PARTIES:
        assert Role.LIAISON_OFFICER in world.liaison(party.code).roles
    roles = {role for officer in world.officers if officer.party == FULLY_STAFFED[0] for role in officer.roles}
    assert {Role.ANALYST, Role.PARTY_ADMINISTRATOR, Role.AUDITOR} <= roles


def test_countries_territories_and_bodies_take_part() -> None:
    assert {party.kind for party in PARTIES} == set(PartyKind)
    assert {place.post.party for place in PLACES} <= {party.code for party in PARTIES}


def test_nights_are_quieter_than_mornings() -> None:
    place = PLACES[0]
    assert traffic_at(place, 3 - place.hours_from_utc) < traffic_at(place, 8 - place.hours_from_utc)
