"""The stories of the press release, planted whole at every scale; everybody in them is invented."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tripoint.demo.dice import dice
from tripoint.demo.turquesa.model import Draft, Values

SOFTBALL, PATERNITY, BABY, BAHAMAS, SCAM, NOTICES, CHILDREN = (
    "softball_team", "paternity_claims", "baby_taken_abroad", "new_route_bahamas", "scam_compound_recruitment",
    "notice_requests", "children_in_honduras",
)  # fmt: skip
STORIES = (SOFTBALL, PATERNITY, BABY, BAHAMAS, SCAM, NOTICES, CHILDREN)
NEW_ROUTE, IN_COMPOUND, IN_HONDURAS, YOUNGEST, REQUESTS, OF_THE_GROUP = 18, 8, 12, 6, 5, 3
FROZEN = 286_000  # US dollars
ARRESTS, VICTIMS = 1 + 1 + OF_THE_GROUP, IN_HONDURAS + 2 + IN_COMPOUND + 3
HATO, NASSAU, GUARULHOS, COLCHANE, DANLI = (
    "Willemstad, Hato arrivals", "Nassau, Lynden Pindling arrivals", "Guarulhos, arrivals", "Colchane, border",
    "Danlí, road post",
)  # fmt: skip


def stories(seed: int) -> Iterator[Draft]:
    """Every story."""
    throw = dice(seed, "stories")
    yield from softball()
    yield from bahamas(throw)
    yield from newborns()
    yield from children(throw)
    yield from compound(throw)
    yield from southern_group()


def softball() -> Iterator[Draft]:
    """A coach from the Dominican Republic whose team carries neither uniform nor bat, met by his passport."""
    yield Draft("arrest", "CUW", {
        "offence": "08051", "role": "organiser", "basis": "hit", "urgent": True,
        "urgent_reason": "The group was about to travel on; its owner was told by telephone.", "nationality": "DOM",
        "sex": "male", "age": 41, "remarks": "Said he led a softball team to a tournament. Nobody carried equipment.",
    }, SOFTBALL, HATO, key="softball-arrest", links=(("led_by", "hit", SOFTBALL),))  # fmt: skip


def bahamas(throw: Random) -> Iterator[Draft]:
    """Eighteen people of one nationality where nobody of it was met in former editions."""
    for number in range(NEW_ROUTE):
        yield Draft("detection", "BHS", {
            "nationality": "ECU", "nationality_basis": "documented", "sex": throw.choice(("female", "male")),
            "age": throw.randrange(19, 50), "age_basis": "document", "accompaniment": "group", "group": "BHS-1",
            "group_size": NEW_ROUTE, "documents": "genuine", "mode": "air",
            "legs": [{"from": "ECU", "to": "JAM", "mode": "air"}, {"from": "JAM", "to": "BHS", "mode": "air"}],
            "destination": "USA", "vulnerable": "no", "referred": "no", "interview": "held",
        }, BAHAMAS, NASSAU, key=f"bahamas-{number}")  # fmt: skip


def newborns() -> Iterator[Draft]:
    """Two claims of fatherhood in under a month, and a newborn that was taken abroad and made safe there."""
    for number, story in enumerate((PATERNITY, BABY)):
        yield Draft("incident", "BRA", {
            "category": "hospital_alert", "persons": 2, "children": 1, "source": "health_worker",
            "action": ["child_protection", "investigation"],
            "remarks": "A man of 49 claims to be the father of a newborn left at the hospital.",
        }, story, key=f"hospital-{number}")  # fmt: skip
        yield Draft(
            "victim", "BRA", child(0, "ForcedAdoption", "PRT" if story == BABY else "BRA"), story,
            key=f"newborn-{number}", links=(("found_with", "arrest", "newborn-arrest"),) if story == BABY else (),
        )  # fmt: skip
    yield Draft("arrest", "BRA", {
        "offence": "020291", "role": "transporter", "basis": "report", "nationality": "BRA", "sex": "male", "age": 49,
        "remarks": "Travelled to Portugal with a newborn and came back alone.",
    }, BABY, key="newborn-arrest")  # fmt: skip
    yield Draft("investigation", "BRA", {"offence": "020291", "ground": "report", "with_parties": ["PRT"]}, BABY)


def child(age: int, exploitation: str, country: str) -> Values:
    """A child that may be a victim."""
    return {
        "age_group": "child", "age": age, "age_basis": "assessed", "source": "officer",
        "vic_TraffickingStatus": "PossibleVictimOfTrafficking", "vic_TypeOfExploitation": [exploitation],
        "prs_Gender": "NonSpecifiedUnknown", "country_of_exploitation": country, "best_interests": "begun",
        "guardian_appointed": "yes",
    }  # fmt: skip


def children(throw: Random) -> Iterator[Draft]:
    """Twelve children in Honduras, the youngest six."""
    for number in range(IN_HONDURAS):
        age = YOUNGEST if number == 0 else throw.randrange(YOUNGEST + 1, 18)
        yield Draft("victim", "HND", child(age, "SexualExploitation", "HND"), CHILDREN, DANLI, key=f"honduras-{number}")


def compound(throw: Random) -> Iterator[Draft]:
    """Brazilians lured by advertisements for work with cryptocurrency, held and made to run frauds."""
    for number in range(IN_COMPOUND):
        yield Draft("victim", "BRA", {
            "age_group": "adult", "age": throw.randrange(20, 35), "age_basis": "documented", "source": "self",
            "vic_TraffickingStatus": "PossibleVictimOfTrafficking", "vic_TypeOfExploitation": ["ForcedCriminality"],
            "forced_crimes": ["scam_compound"], "vic_MethodOfRecruitment": ["ThroughAnOnlineAdvertisement"],
            "vic_RecruitmentWebsitesAndApps": ["Telegram"], "country_of_exploitation": "KHM",
            "prs_Gender": throw.choice(("Feminine", "Masculine")),
        }, SCAM, key=f"compound-{number}")  # fmt: skip
    yield Draft("group", "BRA", {
        "name": "Compound recruiters (invented)", "criteria": ["three_or_more", "serious_crimes", "material_benefit"],
        "disrupted": True, "disruption": ["assets_frozen"], "transnational": True,
        "activities": ["trafficking", "fraud"], "countries": ["BRA", "KHM"],
    }, SCAM, key="compound-group")  # fmt: skip
    yield Draft("freeze", "BRA", {
        "account_kind": "bank_account", "currency": "USD", "amount": str(FROZEN), "order_by": "Court (invented)",
    }, SCAM, key="compound-freeze", links=(("against", "group", "compound-group"),))  # fmt: skip
    yield Draft("investigation", "BRA", {"offence": "02042", "ground": "victim", "with_parties": ["KHM"]}, SCAM)


def southern_group() -> Iterator[Draft]:
    """Three victims and three arrests in Chile, and five notices asked for by Venezuela."""
    yield Draft("group", "CHL", {
        "name": "Group of the train (invented)", "criteria": ["three_or_more", "serious_crimes", "across_borders"],
        "disrupted": True, "disruption": ["members_arrested"], "transnational": True, "countries": ["CHL", "VEN"],
    }, NOTICES, COLCHANE, key="southern-group")  # fmt: skip
    for number in range(OF_THE_GROUP):
        yield Draft("arrest", "CHL", {
            "offence": "02041", "role": "exploiter", "basis": "investigation", "nationality": "VEN", "sex": "male",
            "age": 28 + number,
        }, NOTICES, COLCHANE, key=f"southern-arrest-{number}", joint="southern-0" if number == 0 else None,
            links=(("member_of", "group", "southern-group"),))  # fmt: skip
        yield Draft("victim", "CHL", {
            "age_group": "adult", "age": 22 + number, "source": "officer", "prs_Gender": "Feminine",
            "vic_TraffickingStatus": "PossibleVictimOfTrafficking", "vic_TypeOfExploitation": ["SexualExploitation"],
            "country_of_exploitation": "CHL",
        }, NOTICES, COLCHANE, key=f"southern-victim-{number}")  # fmt: skip
    # One of the three arrests is reported by Venezuela too: it counts once.
    yield Draft("arrest", "VEN", {
        "offence": "02041", "role": "exploiter", "basis": "notice", "nationality": "VEN", "sex": "male", "age": 28,
    }, NOTICES, key="southern-arrest-again", joint="southern-0")  # fmt: skip
    for number in range(REQUESTS):
        yield Draft("notice_request", "VEN", {
            "colour": "red", "addressed_to": "general_secretariat", "subject": "person",
            "charges": "Trafficking in persons, as a member of a group.",
        }, NOTICES, key=f"notice-{number}")  # fmt: skip
