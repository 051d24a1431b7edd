"""What was seized, frozen, disrupted, opened and told besides."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from tripoint.demo.dice import dice, pick, share
from tripoint.demo.turquesa import shares
from tripoint.demo.turquesa.model import Draft, Values
from tripoint.words.htcds import CONSENT_QUESTIONS

LEAST_PRICE, MOST_PRICE = 2_700, 20_400  # US dollars for the whole way, as published: from 2,700 to over 20,000
CHANNELS = (("messages", 45), ("social_network", 35), ("acquaintance", 12), ("family", 8))
ONLINE = ("messages", "social_network")
LANGUAGES = (("es", 70), ("pt", 10), ("fr", 8), ("ht", 6), ("zh", 6))
FROM = {"es": ("VEN", "ECU", "COL", "CUB"), "pt": ("BRA", "AGO"), "fr": ("CMR", "SEN"), "ht": ("HTI",), "zh": ("CHN",)}
SPOKEN_PRICES = {"es": (2_700, 9_000), "pt": (4_000, 12_000), "fr": (6_000, 14_000), "ht": (3_500, 9_000)}


def seizures(seed: int, total: int) -> Iterator[Draft]:
    """So many seizures: documents, cash, telephones, vehicles, now and then a firearm or drugs."""
    for party, count in shares.by_party(total, shares.ARRESTED_BY).items():
        throw = dice(seed, "seizures", party)
        for _ in range(count):
            items = [item(throw) for _ in range(throw.randrange(1, 4))]
            yield Draft("seizure", party, {"items": items, "found_in": pick(throw, (("luggage", 4), ("vehicle", 3)))})


def item(throw: Random) -> dict[str, Any]:
    """One kind of thing in a seizure."""
    kind = pick(throw, (("document", 40), ("phone", 30), ("cash", 15), ("vehicle", 10), ("firearm", 2), ("drug", 3)))
    if kind == "cash":
        return {"category": kind, "quantity": str(throw.randrange(5, 400) * 50), "currency": "USD"}
    if kind == "drug":
        return {"category": kind, "unit": "gram", "quantity": str(throw.randrange(5, 900)), "substance": "cannabis"}
    more = {"document_type": "passport", "document_state": "forged"} if kind == "document" else {}
    return {"category": kind, "quantity": str(throw.randrange(1, 9) if kind in ("document", "phone") else 1), **more}


def freezes(seed: int, total: int) -> Iterator[Draft]:
    """So many frozen accounts and wallets beside the one of the stories."""
    throw = dice(seed, "freezes")
    for party in throw.sample(("COL", "PAN", "MEX", "ESP", "CHL", "PER", "ARG"), total):
        kind = throw.choice(("bank_account", "wallet"))
        yield Draft(
            "freeze", party, {"account_kind": kind, "currency": "USD", "amount": str(throw.randrange(4, 60) * 500)}
        )


def groups(seed: int, total: int) -> Iterator[Draft]:
    """So many groups that were disrupted beside those of the stories."""
    throw = dice(seed, "groups")
    for number in range(total):
        yield Draft("group", throw.choice(("BRA", "COL", "PAN", "MEX", "GTM", "PER")), {
            "name": f"Group {number + 1} (invented)",
            "criteria": ["three_or_more", "material_benefit", "across_borders"], "disrupted": True,
            "disruption": ["members_arrested"], "transnational": True, "activities": ["smuggling"],
        })  # fmt: skip


def investigations(seed: int, total: int) -> Iterator[Draft]:
    """So many investigations opened beside those of the stories."""
    throw = dice(seed, "investigations")
    for party in throw.choices(tuple(shares.ARRESTED_BY), tuple(shares.ARRESTED_BY.values()), k=total):
        offence = pick(throw, (("08051", 60), ("02041", 30), ("07023", 10)))
        yield Draft("investigation", party, {"offence": offence, "ground": throw.choice(("arrest", "intelligence"))})


def incidents(seed: int, total: int) -> Iterator[Draft]:
    """So many incidents beside those of the stories."""
    throw = dice(seed, "incidents")
    for party in throw.choices(("PAN", "COL", "MEX", "HND", "DOM"), k=total):
        category = pick(throw, (("medical", 50), ("rescue", 40), ("violence", 10)))
        yield Draft("incident", party, {"category": category, "persons": throw.randrange(1, 12), "source": "officer"})


def interviews(seed: int, total: int) -> Iterator[Draft]:
    """So many interviews, the cheapest and the dearest journey of the press release among them."""
    held = ("PAN", "COL", "CRI", "BRA", "MEX", "HND", "PER", "CHL")
    throw = dice(seed, "interviews")
    for number in range(total):
        price = {0: LEAST_PRICE, 1: MOST_PRICE}.get(number)
        yield Draft("interview", held[number % len(held)], interview(throw, number, price))


def interview(throw: Random, number: int, price: int | None) -> Values:
    """One interview with somebody grown up who agreed to all of it; once in twelve refused, then nothing is kept."""
    language = "zh" if price == MOST_PRICE else "es" if price else pick(throw, LANGUAGES)
    reference = f"TQ-{number + 1:04d}"
    if price is None and share(throw, 1 / 12):
        return {"reference": reference, "outcome": "refused", "voluntary": True, "language": language}
    least, most = SPOKEN_PRICES.get(language, (14_000, MOST_PRICE))
    asked = price or throw.randrange(least // 100, most // 100) * 100
    channel = pick(throw, CHANNELS)
    return {
        "reference": reference, "outcome": "held", "voluntary": True, **dict.fromkeys(CONSENT_QUESTIONS, True),
        "language": language, "manner": "in_person", "credibility": pick(throw, (("A", 35), ("B", 45), ("C", 20))),
        "age_group": "adult", "nationality": throw.choice(FROM[language]), "recruitment": channel,
        "platform": pick(throw, (("WhatsApp", 6), ("Facebook", 4))) if channel in ONLINE else "none",
        "prices": [{"amount": str(asked), "currency": "USD", "scope": "whole", "kind": "paid", "certainty": "certain",
                    "per": "person"}],
        "destination": "USA",
    }  # fmt: skip
