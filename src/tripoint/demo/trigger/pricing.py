"""What the drugs of Trigger IX were valued at: one price on every kilogram, as published, with a low and a high."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tripoint.demo.turquesa.filing import Filer, asked
from tripoint.demo.turquesa.model import Planned

# USD 5.7 billion were published on 203 tonnes of every kind and form: about 28,080 dollars on each kilogram.
LOW, CENTRAL, HIGH = "20000", "28080", "40000"
SOURCE = "One price on everything: USD 5.7 billion published on 203 tonnes"


def prices_of(one: Planned) -> list[int]:
    """Which items of a return are drugs, by their numbers from 1."""
    if one.kind != "seizure":
        return []
    return [number for number, item in enumerate(one.values["items"], 1) if item["category"] == "drug"]


def value(filer: Filer, one: Planned, first: datetime) -> int:
    """Value the drugs of one return and publish it; how many items. Raises Refused."""
    for number in prices_of(one):
        key = f"price/{one.key}/{number}"
        body: dict[str, Any] = {
            "id": str(filer.id_of(key)), "item": number, "basis": "kilogram", "level": "wholesale", "low": LOW,
            "central": CENTRAL, "high": HIGH, "currency": "USD", "per_usd": "1", "rate_source": "none needed",
            "source": SOURCE, "place": "everywhere", "priced_on": first.date().isoformat(), "published": True,
        }  # fmt: skip
        asked(filer.desks.line(one.party), "POST", f"/api/seizures/{filer.id_of(one.key)}/valuations", body)
    return len(prices_of(one))
