"""People on the way who were met: no suspects, and none of them has a name here."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from random import Random

from tripoint.demo.dice import dice, pick, share
from tripoint.demo.turquesa import shares
from tripoint.demo.turquesa.model import Draft, Values
from tripoint.demo.turquesa.stories import NEW_ROUTE

FROM_AFAR = frozenset(shares.OTHERS[shares.OTHERS.index("IND") :]) | {"AFG", "CHN"}
DESTINATIONS = (("USA", 80), ("CHL", 6), ("BRA", 5), ("CAN", 4), ("MEX", 3), ("ESP", 2))


def detections(seed: int, total: int) -> Iterator[Draft]:
    """So many detections in all parties, the eighteen of the new route among them."""
    people = shares.nationalities(total)
    for _ in range(NEW_ROUTE):
        people.remove("ECU")
    of_party = shares.by_party(len(people), shares.MET_BY)
    for party, nationalities in shares.spread(people, of_party).items():
        throw = dice(seed, "detections", party)
        yield from (Draft("detection", party, person(throw, code, party)) for code in nationalities)


def person(throw: Random, nationality: str, party: str) -> Values:
    """One person met by a party."""
    child = share(throw, 0.2)
    values = {
        "nationality": nationality,
        "nationality_basis": pick(throw, (("stated", 60), ("documented", 35), ("assessed", 5))),
        "sex": pick(throw, (("male", 57), ("female", 41), ("unknown", 2))), "age_basis": "stated",
        "age": throw.randrange(18) if child else throw.randrange(18, 62), "accompaniment": company(throw, child),
        "documents": pick(throw, (("genuine", 45), ("none", 30), ("lost", 15), ("forged", 3), ("unknown", 7))),
        "mode": pick(throw, (("foot", 40), ("land", 35), ("river", 12), ("sea", 8), ("air", 5))),
        "legs": legs(throw, nationality, party), "destination": pick(throw, DESTINATIONS),
        "vulnerable": "yes" if child else pick(throw, (("no", 75), ("yes", 15), ("unknown", 10))),
        "referred": "yes" if child else pick(throw, (("no", 70), ("yes", 20), ("unknown", 10))),
        "interview": pick(throw, (("not_offered", 80), ("offered", 10), ("held", 6), ("refused", 4))),
    }  # fmt: skip
    return without_word(throw, values)


def company(throw: Random, child: bool) -> str:
    """With whom; of a child whether it is alone is never left open."""
    if child:
        return pick(throw, (("family", 88), ("unaccompanied_child", 7), ("separated_child", 5)))
    return pick(throw, (("alone", 35), ("family", 35), ("group", 28), ("unknown", 2)))


def legs(throw: Random, nationality: str, party: str) -> list[dict[str, str]]:
    """The last legs of the way, at most three."""
    south = ["BRA", "ECU"] if nationality in FROM_AFAR else [nationality]
    way = [
        *south,
        *(["COL", "PAN"] if party in ("CRI", "NIC", "HND", "GTM", "MEX", "SLV", "USA", "BLZ") else []),
        party,
    ]
    pairs = [(start, end) for start, end in pairwise(way) if start != end]
    return [{"from": start, "to": end, "mode": throw.choice(("land", "foot", "air"))} for start, end in pairs][-3:]


def without_word(throw: Random, values: Values) -> Values:
    """What was not said stays unknown: a destination in ten, a nationality never (it is what is counted)."""
    return {name: value for name, value in values.items() if name != "destination" or share(throw, 0.9)}
