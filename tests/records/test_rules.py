from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from tripoint.access.model import Officer, Party, PartyKind, Role
from tripoint.base.errors import BadInput, Conflict, NotAllowed
from tripoint.records import rules
from tripoint.records.model import (
    Audience,
    AudienceKind,
    Firearm,
    Level,
    Notice,
    NoticeColour,
    Person,
    RecordKind,
    Terms,
    TravelDocument,
    Vehicle,
)
from tripoint.records.sealed.rules import masked
from tripoint.words.dates import PartialDate
from tripoint.words.documents import DocumentReference, DocumentStatus, DocumentType
from tripoint.words.firearms import FirearmStatus
from tripoint.words.people import PersonDescription, PersonName, PersonStatus, Sex
from tripoint.words.vehicles import VehicleStatus

LAND = Party(3, "ARC", "Arcadia", PartyKind.COUNTRY)
ISLAND = Party(4, "CUW", "An island", PartyKind.TERRITORY)
BODY = Party(5, "XPO", "A body", PartyKind.BODY)
TODAY = date(2026, 2, 28)
OPERATION = UUID(int=7)


def document(issuer: str, number: str = "AB 12-3") -> TravelDocument:
    return TravelDocument(number, issuer, DocumentType.PASSPORT, DocumentStatus.STOLEN)


def person(status: PersonStatus = PersonStatus.WANTED) -> Person:
    description = PersonDescription(
        (PersonName("Aurelio Inexistente"),), (PartialDate(1976, 5),), ("COL",), Sex.MALE,
        (DocumentReference("ab-1", "Colombia"),),
    )  # fmt: skip
    notice = Notice(NoticeColour.RED, charges=("of Aurelio",), remarks="Aurelio again")
    return Person("W-1", status, description, (notice,), ("Puerto Nada",), "scar", "call first", "knows Aurelio")


def officer(*roles: Role) -> Officer:
    return Officer(UUID(int=1), "Ana Inventada", "Police", LAND, frozenset(roles))


@pytest.mark.parametrize(
    ("kind", "years"),
    [(RecordKind.PERSON, 5), (RecordKind.DOCUMENT, 10), (RecordKind.VEHICLE, 10), (RecordKind.FIREARM, 30)],
)
def test_records_are_kept_so_long_and_no_longer(kind: RecordKind, years: int) -> None:
    longest = date(TODAY.year + years, 2, 28)
    assert rules.retain_until(kind, TODAY, None) == longest
    assert rules.retain_until(kind, TODAY, TODAY) == TODAY
    assert rules.retain_until(kind, TODAY, longest) == longest
    for wished in (TODAY - timedelta(days=1), longest + timedelta(days=1)):
        with pytest.raises(BadInput) as raised:
            rules.retain_until(kind, TODAY, wished)
        assert raised.value.field == "retain_until"


def test_a_leap_day_has_its_anniversary_in_march() -> None:
    assert rules.years_later(date(2024, 2, 29), 5) == date(2029, 3, 1)
    assert rules.years_later(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_only_the_issuing_country_or_territory_holds_a_document() -> None:
    rules.check_may_hold(document("ARC"), LAND)
    rules.check_may_hold(document("CUW"), ISLAND)
    rules.check_may_hold(person(), BODY)
    for owner, issuer in ((LAND, "CUW"), (ISLAND, "NLD"), (BODY, "XPO")):
        with pytest.raises(NotAllowed):
            rules.check_may_hold(document(issuer), owner)


def test_only_the_owner_changes_a_live_record_at_its_version() -> None:
    rules.check_may_change(3, 3, version=2, expected=2, ended=False)
    with pytest.raises(NotAllowed):
        rules.check_may_change(3, 4, version=2, expected=2, ended=False)
    with pytest.raises(Conflict, match="version 2"):
        rules.check_may_change(3, 3, version=2, expected=1, ended=False)
    with pytest.raises(Conflict, match="ended"):
        rules.check_may_change(3, 3, version=2, expected=2, ended=True)


def test_terms_name_what_there_is() -> None:
    own, shared = Audience(), Audience(AudienceKind.OPERATION, operation=OPERATION)
    known, mine = {"ARC": 3, "CUW": 4}, frozenset({OPERATION})
    assert rules.check_terms(Terms(), known, mine) is None
    assert rules.check_terms(Terms(readers=shared, meeting=own), known, mine) == OPERATION
    assert rules.check_terms(Terms(readers=own, meeting=shared), known, mine) == OPERATION
    wrong = (
        Terms(readers=shared, meeting=Audience(AudienceKind.OPERATION, operation=UUID(int=8))),
        Terms(readers=Audience(AudienceKind.OPERATION, operation=UUID(int=8))),
        Terms(readers=Audience(AudienceKind.OPERATION)),
        Terms(readers=Audience(AudienceKind.EVERYONE, operation=OPERATION)),
        Terms(readers=Audience(AudienceKind.PARTIES)),
        Terms(readers=Audience(AudienceKind.OWN, parties=("CUW",))),
        Terms(readers=Audience(AudienceKind.PARTIES, parties=("NOPE",))),
        Terms(meeting=Audience(AudienceKind.EVERYONE, barred=("NOPE",))),
    )
    for terms in wrong:
        with pytest.raises(BadInput):
            rules.check_terms(terms, known, mine)


PARTIES = {"ARC": 3, "BOR": 4, "CIR": 9}
codes = st.frozensets(st.sampled_from(sorted(PARTIES))).map(tuple)
audiences = st.builds(Audience, st.sampled_from(AudienceKind), codes, st.just(OPERATION), codes)


@given(audience=audiences, owner=st.sampled_from(sorted(PARTIES.values())))
def test_the_owner_belongs_and_the_barred_do_not(audience: Audience, owner: int) -> None:
    found = rules.members(audience, owner, PARTIES, {OPERATION: frozenset({4})})
    assert owner in found
    assert not found & {PARTIES[code] for code in audience.barred} - {owner}
    assert found <= set(PARTIES.values())


def test_each_kind_of_audience() -> None:
    taking_part = {OPERATION: frozenset({4})}

    def of(kind: AudienceKind) -> frozenset[int]:
        return rules.members(Audience(kind, ("CIR",), OPERATION), 3, PARTIES, taking_part)

    assert of(AudienceKind.OWN) == {3}
    assert of(AudienceKind.PARTIES) == {3, 9}
    assert of(AudienceKind.OPERATION) == {3, 4}
    assert of(AudienceKind.EVERYONE) == {3, 4, 9}


def test_what_a_check_meets() -> None:
    def met(reader: int, *, valid: bool = True) -> Level:
        return rules.meets(reader, owner=3, meeting=frozenset({4}), level=Level.POINTER, valid=valid)

    assert met(3) is met(3, valid=False) is Level.FULL
    assert met(4) is Level.POINTER
    assert met(4, valid=False) is met(9) is met(-1) is Level.NOTHING


def test_terms_hold_while_their_operation_lasts() -> None:
    start, end = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 12, tzinfo=UTC)
    assert rules.in_force(start, None)
    assert rules.in_force(start, (start, end))
    assert rules.in_force(end, (start, end))
    assert not rules.in_force(end + timedelta(seconds=1), (start, end))


@pytest.mark.parametrize("status", list(PersonStatus))
def test_victims_and_witnesses_are_masked_for_all_but_two_roles(status: PersonStatus) -> None:
    protected = status in (PersonStatus.VICTIM, PersonStatus.WITNESS)
    for role in Role:
        open_to = role in (Role.DATA_PROTECTION_OFFICER, Role.LIAISON_OFFICER)
        assert rules.must_mask(person(status), officer(role), TODAY) == (protected and not open_to)
    assert not rules.must_mask(person(status), officer(Role.VIEWER, Role.LIAISON_OFFICER), TODAY)


def test_a_mask_leaves_nothing_that_tells_who() -> None:
    shown = masked(person(PersonStatus.VICTIM))
    told = str(shown)
    for word in ("Aurelio", "1976", "ab-1", "Puerto Nada", "scar"):
        assert word not in told
    assert shown.status is PersonStatus.VICTIM
    assert shown.instructions == "call first"


def test_marks_are_brought_into_the_form_they_are_compared() -> None:
    found = rules.normalised(document("arc"), LAND)
    assert isinstance(found, TravelDocument)
    assert (found.number, found.issuer) == ("AB123", "ARC")
    found_person = rules.normalised(person(), LAND)
    assert isinstance(found_person, Person)
    assert found_person.description.documents == (DocumentReference("AB1", "COL"),)
    found_vehicle = rules.normalised(Vehicle(VehicleStatus.STOLEN, plate="abc 12", country="Paraguay"), LAND)
    assert isinstance(found_vehicle, Vehicle)
    assert (found_vehicle.plate, found_vehicle.country, found_vehicle.vin) == ("ABC12", "PRY", None)
    assert rules.normalised(Firearm(FirearmStatus.LOST, "x-1 2"), LAND) == Firearm(FirearmStatus.LOST, "X12")


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (document("ARC", "---"), "content.number"),
        (document("no such land"), "content.issuer"),
        (Vehicle(VehicleStatus.STOLEN), "content.vin"),
        (Vehicle(VehicleStatus.STOLEN, vin="1"), "content.vin"),
        (Vehicle(VehicleStatus.STOLEN, plate="..."), "content.plate"),
        (Firearm(FirearmStatus.LOST, "x" * 41), "content.serial"),
        (Person("1", PersonStatus.WANTED, PersonDescription(())), "content.names"),
    ],
)
def test_marks_that_cannot_be_read_are_refused_by_name(content: Person | Vehicle | Firearm, field: str) -> None:
    with pytest.raises(BadInput) as raised:
        rules.normalised(content, LAND)
    assert raised.value.field == field
