"""Arrests by offence and party, and the victims who may have been found: the published totals, invented people."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from tripoint.demo.dice import dice, pick, share
from tripoint.demo.turquesa import shares, stories
from tripoint.demo.turquesa.model import Draft, Values

ROLES = (("transporter", 30), ("guide", 22), ("recruiter", 12), ("organiser", 10), ("harbourer", 8), ("unknown", 18))
BASES = (("observation", 40), ("investigation", 30), ("report", 20), ("notice", 10))
FORMS = (("SexualExploitation", 70), ("ForcedLabour", 18), ("ForcedBegging", 5), ("Servitude", 4), ("Other", 3))
RECRUITED = (
    ("ThroughOnlineSocialNetworks", 55), ("ThroughAnOnlineAdvertisement", 20), ("ThroughFriendsOrSocialEvents", 15),
    ("ThroughFamilyOrFamilyEvents", 10),
)  # fmt: skip
APPS = (("WhatsApp", 40), ("Facebook", 30), ("Instagram", 15), ("TikTok", 10), ("Telegram", 5))


def arrests(seed: int, total: int) -> Iterator[Draft]:
    """So many arrests beside those of the stories."""
    offences = [code for code, count in zip(*offence_shares(total), strict=True) for _ in range(count)]
    for party, codes in shares.spread(offences, shares.by_party(total, shares.ARRESTED_BY)).items():
        throw = dice(seed, "arrests", party)
        yield from (Draft("arrest", party, arrested(throw, party, code)) for code in codes)


def offence_shares(total: int) -> tuple[list[str], list[int]]:
    """Offences, and how many arrests each has of so many."""
    codes, weights = zip(*shares.OFFENCES, strict=True)
    return list(codes), shares.split(total, weights)


def arrested(throw: Random, party: str, offence: str) -> Values:
    """One arrest."""
    return {
        "offence": offence, "role": pick(throw, ROLES), "basis": pick(throw, BASES),
        "nationality": party if share(throw, 0.7) else throw.choice(shares.NATIONALITIES[:12]),
        "sex": pick(throw, (("male", 84), ("female", 16))), "age": throw.randrange(18, 62),
    }  # fmt: skip


def victims(seed: int, total: int, minors: int) -> Iterator[Draft]:
    """So many potential victims beside those of the stories, `minors` of them children."""
    children = [True] * minors + [False] * (total - minors)
    dice(seed, "minors").shuffle(children)
    at = 0
    for party, count in shares.by_party(total, shares.FOUND_BY).items():
        throw = dice(seed, "victims", party)
        yield from (Draft("victim", party, victim(throw, party, child)) for child in children[at : at + count])
        at += count


def victim(throw: Random, party: str, child: bool) -> Values:
    """One person who may be a victim; a child is told to be one, and child protection begins at once."""
    form = pick(throw, FORMS)
    found: dict[str, Any] = {
        "age_group": "child" if child else "adult", "age": throw.randrange(8, 18) if child else throw.randrange(18, 45),
        "age_basis": "assessed" if child else "stated", "source": pick(throw, (("officer", 70), ("organisation", 30))),
        "vic_TraffickingStatus": "PossibleVictimOfTrafficking", "vic_TypeOfExploitation": [form],
        "vic_MethodOfRecruitment": [pick(throw, RECRUITED)], "vic_RecruitmentWebsitesAndApps": [pick(throw, APPS)],
        "prs_Gender": pick(throw, (("Feminine", 80), ("Masculine", 20))), "country_of_exploitation": party,
    }  # fmt: skip
    return found | {"best_interests": "begun", "guardian_appointed": "yes"} if child else found


def minors_beside(total: int, of_all: int) -> int:
    """How many of `total` victims beside the stories are children, where `of_all` are at full scale."""
    in_stories = stories.IN_HONDURAS + 2
    whole = shares.VICTIMS - stories.VICTIMS
    return min(total, round((of_all - in_stories) * total / whole)) if whole else 0
