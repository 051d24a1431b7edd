"""What was seized in Trigger IX, who was arrested, which groups were disrupted: the published totals, shared out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from tripoint.demo.dice import dice, pick, share
from tripoint.demo.trigger import shares
from tripoint.demo.turquesa.model import Draft, Values
from tripoint.demo.turquesa.shares import by_party, split, spread

PLACES = (("vehicle", 40), ("premises", 35), ("luggage", 10), ("person", 10), ("parcel", 5))


def parts_of(throw: Random, total: int, pieces: int) -> list[int]:
    """A total in so many uneven parts, each of one at least while it reaches."""
    if not total or not pieces:
        return []
    pieces = min(pieces, total)
    return [1 + more for more in split(total - pieces, [throw.uniform(0.5, 1.5) for _ in range(pieces)])]


def owners(throw: Random, pieces: int) -> list[str]:
    """Whose each of so many seizures is, by the parties' shares."""
    parties = [code for code, count in by_party(pieces, shares.BY_PARTY).items() for _ in range(count)]
    throw.shuffle(parties)
    return parties


def armed(seed: int, firearms: int, rounds: int, pieces: int) -> Iterator[Draft]:
    """Seizures of firearms, two in five with ammunition."""
    throw = dice(seed, "armed")
    guns = parts_of(throw, firearms, pieces)
    loads = iter(parts_of(throw, rounds, -(-len(guns) * 2 // 5)))
    for place, (party, count) in enumerate(zip(owners(throw, len(guns)), guns, strict=True)):
        kind, calibre = pick(throw, shares.GUNS)
        items: list[dict[str, Any]] = [
            {"category": "firearm", "quantity": str(count), "calibre": calibre, "description": kind}
        ]
        if place % 5 in (0, 2) and (load := next(loads, 0)):
            items.append(cartridges(throw, load))
        yield Draft("seizure", party, {"items": items, "found_in": pick(throw, PLACES)})
    yield from (  # ammunition for which no seizure of firearms was left
        Draft("seizure", party, {"items": [cartridges(throw, load)]})
        for party, load in zip(throw.choices([*shares.BY_PARTY], k=99), loads, strict=False)
    )


def cartridges(throw: Random, rounds: int) -> dict[str, Any]:
    """One item of ammunition: so many rounds are one line."""
    return {
        "category": "ammunition", "quantity": str(rounds), "calibre": pick(throw, shares.CARTRIDGES),
        "ammunition_state": "live",
    }  # fmt: skip


def drugs(seed: int, kilograms: int, pieces: int) -> Iterator[Draft]:
    """Seizures of drugs in kilograms, under the names that parties use."""
    throw = dice(seed, "drugs")
    yield from weighed(throw, kilograms, pieces, [weight for *_, weight in shares.DRUGS], [
        {"category": "drug", "reported_as": name, "substance": code} for name, code, _ in shares.DRUGS
    ])  # fmt: skip


def precursors(seed: int, kilograms: int, pieces: int) -> Iterator[Draft]:
    """Seizures of precursors in kilograms, by their CAS numbers."""
    throw = dice(seed, "precursors")
    yield from weighed(throw, kilograms, pieces, [weight for *_, weight in shares.PRECURSORS], [
        {"category": "precursor", "cas": cas, "reported_as": name} for cas, name, _ in shares.PRECURSORS
    ])  # fmt: skip


def weighed(
    throw: Random, kilograms: int, pieces: int, weights: Sequence[int], kinds: Sequence[dict[str, Any]]
) -> Iterator[Draft]:  # fmt: skip
    """Seizures of one weighed item each; the kinds by their shares of the weight and of the number."""
    for what, whole, count in zip(kinds, split(kilograms, weights), split(pieces, weights), strict=True):
        parts = parts_of(throw, whole, max(1, count))
        for party, part in zip(owners(throw, len(parts)), parts, strict=True):
            item = {**what, "unit": "kilogram", "quantity": str(part)}
            yield Draft("seizure", party, {"items": [item], "found_in": pick(throw, PLACES)})


def arrests(seed: int, total: int) -> Iterator[Draft]:
    """So many arrests beside those of the stories."""
    codes, weights = zip(*shares.OFFENCES, strict=True)
    offences = [code for code, count in zip(codes, split(total, weights), strict=True) for _ in range(count)]
    for party, dealt in spread(offences, by_party(total, shares.BY_PARTY)).items():
        throw = dice(seed, "arrests", party)
        yield from (Draft("arrest", party, arrested(throw, party, code)) for code in dealt)


def arrested(throw: Random, party: str, offence: str) -> Values:
    """One arrest."""
    return {
        "offence": offence, "role": pick(throw, shares.ROLES), "basis": pick(throw, shares.BASES),
        "nationality": party if share(throw, 0.9) else throw.choice([*shares.BY_PARTY]),
        "sex": pick(throw, (("male", 91), ("female", 9))), "age": throw.randrange(18, 62),
    }  # fmt: skip


def groups(seed: int, total: int) -> Iterator[Draft]:
    """So many groups that were disrupted."""
    throw = dice(seed, "groups")
    for number, party in enumerate(throw.choices([*shares.BY_PARTY], [*shares.BY_PARTY.values()], k=total)):
        yield Draft("group", party, {
            "name": f"Group {number + 1} (invented)", "criteria": ["three_or_more", "serious_crimes", "across_borders"],
            "disrupted": True, "disruption": ["members_arrested"], "transnational": True, "activities": ["weapons"],
        })  # fmt: skip


def investigations(seed: int, total: int) -> Iterator[Draft]:
    """So many investigations opened."""
    throw = dice(seed, "investigations")
    for party in throw.choices([*shares.BY_PARTY], [*shares.BY_PARTY.values()], k=total):
        offence = pick(throw, (("0901", 75), ("0905", 15), ("0601", 10)))
        yield Draft("investigation", party, {"offence": offence, "ground": throw.choice(("arrest", "intelligence"))})
