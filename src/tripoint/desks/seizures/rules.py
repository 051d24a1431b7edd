"""Pure decisions of the seizures' desk: what an item weighs, what a price comes to, what a total leaves out."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from hashlib import sha256
from typing import Any

from tripoint.base.errors import BadInput
from tripoint.desks.seizures.model import Basis, Item, Level, Priced, Row, Valuation, Worth
from tripoint.engines.amounts import Reported, weigh
from tripoint.words.drugs.reading import NO_DRUGS
from tripoint.words.forms.seizure_checks import usual_unit
from tripoint.words.precursors import by_cas, by_name
from tripoint.words.units.factors import VERSION

Json = dict[str, Any]
METHOD = "2026-11"  # of reckoning a value: quantity times price, divided by the rate
CENT = Decimal("0.01")
FEWEST_ALIKE = 10  # pieces: fewer than that are alike by chance
WEIGHED = ("drug", "precursor")
PRECURSORS = "precursors"
UNITS = {"box": "package"}  # what a unit of the form is among the units of reports
LARGEST_USD = Decimal(10) ** 15


def item_of(number: int, item: Json) -> Item:
    """An item of a form as it is counted; `item` has the values as read, decimals as text."""
    unit, quantity = str(item.get("unit") or usual_unit(item)), Decimal(str(item["quantity"]))
    plain = Item(
        number, item["category"], unit, quantity, cas=item.get("cas"), inside=item.get("inside"),
        value_usd=None if item.get("value_usd") is None else Decimal(item["value_usd"]),
    )  # fmt: skip
    kinds: Json = asdict(plain) | weighed(item, unit) | {"rounds": rounds_of(item, unit, quantity)}
    amount = next((kinds[name] for name in ("kilograms", "rounds", "plants") if kinds[name] is not None), None)
    if amount is None and unit == "piece" and quantity >= FEWEST_ALIKE:
        amount = quantity
    kinds["amount"] = None if not amount else Decimal(amount)
    kinds["likeness"] = likeness(item["category"], kinds["family"], kinds["amount"])
    return Item(**kinds)


def likeness(category: str, family: str | None, amount: Decimal | None) -> str | None:
    """What two items are found alike by: what they are of, and the first three digits of how much."""
    return None if amount is None else f"{category}:{family or ''}:{amount:.2e}"


def weighed(item: Json, unit: str) -> Json:
    """What a drug or precursor weighs, as columns of an item; of anything else only that it has no family."""
    if item["category"] not in WEIGHED:
        return {}
    name = name_of(item)
    answer = weigh(Reported(item["quantity"], UNITS.get(unit, unit), name, item.get("weighed_as") == "pure"))
    family = PRECURSORS if item["category"] == "precursor" else answer.drug.family
    return {
        "kilograms": None if answer.kilograms is None else answer.kilograms.normalize(),
        "factor": answer.factor.id if answer.factor else None, "version": VERSION if answer.factor else None,
        "reason": answer.reason.value if answer.reason else None, "substance": answer.drug.substance, "family": family,
        "form": item.get("drug_form") or answer.drug.form or None,
        "plants": int(Decimal(item["quantity"])) if unit == "plant" else None,
        "gate": answer.gate.kilograms if answer.gate else None, "above": answer.above,
    }  # fmt: skip


def name_of(item: Json) -> str:
    """The name a drug or precursor is known by: of a precursor by its CAS number, then as reported, then as chosen."""
    reported = str(item.get("reported_as") or "")
    if item["category"] == "precursor":
        known = by_cas(item.get("cas") or "") or by_name(reported)
        return known.name if known else reported or "other precursors"
    return reported or str(item.get("substance") or "unknown")


def rounds_of(item: Json, unit: str, quantity: Decimal) -> int | None:
    """How many rounds an item is; spent cases are none, and of boxes somebody has to say it."""
    if item["category"] != "ammunition" or item.get("ammunition_state") == "spent":
        return None
    if item.get("rounds") is not None:
        return int(item["rounds"])
    return int(quantity) if unit == "piece" else None


def told(item: Item) -> Json:
    """What of an item goes into the line beside what the form says: decimals as text."""
    found: Json = {"above_gate": True} if item.above else {}
    for name in ("kilograms", "family", "rounds", "plants"):
        value = getattr(item, name)
        if value is not None:
            found[name] = f"{value:f}" if isinstance(value, Decimal) else value
    if item.category == "drug" and not is_drug(item.family) and "kilograms" in found:
        found["other_kg"] = found.pop("kilograms")  # reported among drugs, and none: no total of them holds it
    return found


def check_valuation(one: Valuation, items: Sequence[Item]) -> Decimal:
    """How much of its basis a valuation prices. Raises BadInput for what cannot be priced so."""
    if not 0 <= one.low <= one.central <= one.high:
        raise BadInput("The prices are not in order.", field="low", remedy="Give low, central and high, lowest first.")
    if one.currency == "USD" and one.per_usd != 1:
        raise BadInput("A dollar is a dollar.", field="per_usd", remedy="Give 1 where the currency is USD.")
    item = next((each for each in items if each.number == one.item), None)
    if (item is None) != (one.basis is Basis.WHOLE) or (one.item is not None and item is None):
        raise BadInput(
            "A price is for one item, or `whole` for everything.", field="item",
            remedy=f"Number the item from 1 to {len(items)}, or leave it out with the basis whole.",
        )  # fmt: skip
    quantity = Decimal(1) if item is None else priced_quantity(one, item)
    if quantity * one.high / one.per_usd > LARGEST_USD:
        raise BadInput("No seizure is worth that.", field="high", remedy="Look at the price and the rate again.")
    return quantity


def priced_quantity(one: Valuation, item: Item) -> Decimal:
    """How much of an item a price of this basis is for. Raises BadInput where the item has none of it."""
    pure = None if item.kilograms is None or one.purity is None else item.kilograms * one.purity / 100
    found: Mapping[Basis, Decimal | int | None] = {
        Basis.KILOGRAM: item.kilograms, Basis.PIECE: item.quantity if item.unit in ("piece", "amount") else None,
        Basis.PURE_KILOGRAM: pure, Basis.ROUND: item.rounds,
    }  # fmt: skip
    quantity = found.get(one.basis)
    if quantity is None:
        raise BadInput(
            f"The item has no {one.basis.value.replace('_', ' ')} to be priced.", field="basis",
            remedy="Choose another basis; a pure kilogram needs the purity that is assumed.",
        )  # fmt: skip
    return Decimal(quantity)


def in_usd(price: Decimal, quantity: Decimal, per_usd: Decimal) -> Decimal:
    """What a quantity is worth in US dollars, to the cent."""
    return (price * quantity / per_usd).quantize(CENT)


def digest_of(one: Valuation) -> str:
    """SHA-256 of a valuation as it was sent, but for whether it is published: the same again, the same digest."""
    plain = {name: str(value) for name, value in asdict(one).items() if name != "published"}
    return sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def is_drug(family: str | None) -> bool:
    """Whether kilograms of a family belong to a total of drugs."""
    return family is not None and family not in NO_DRUGS


def kilograms(rows: Iterable[Row], *, precursors: bool) -> Decimal:
    """Kilograms of all drugs, or of all precursors."""
    category = "precursor" if precursors else "drug"
    wanted = (row for row in rows if row.category == category and (precursors or is_drug(row.family)))
    return sum((row.kilograms for row in wanted), Decimal(0))


def worth_of(prices: Sequence[Priced], rows: Sequence[Row]) -> Worth:
    """What a published value rests on and leaves out. `rows` are the totals beside which it stands."""
    by_weight = [one for one in prices if one.basis in (Basis.KILOGRAM, Basis.PURE_KILOGRAM)]
    priced: dict[str, Decimal] = defaultdict(Decimal)
    for one in by_weight:
        if one.basis is Basis.KILOGRAM:
            priced[one.family or ""] += one.quantity
    whole = [one for one in prices if one.basis is Basis.WHOLE]
    held = {row.family: row.kilograms for row in rows if row.family and row.kilograms}
    left = {family: amount - priced.get(family, Decimal(0)) for family, amount in held.items()}
    central = sum((one.central_usd for one in prices), Decimal(0))
    of_weight = sum((one.central_usd for one in (*by_weight, *whole)), Decimal(0))
    weight = sum(priced.values(), Decimal(0)) or (sum(held.values(), Decimal(0)) if whole else Decimal(0))
    return Worth(
        sum((one.low_usd for one in prices), Decimal(0)), central, sum((one.high_usd for one in prices), Decimal(0)),
        weight, (of_weight / weight).quantize(CENT) if weight else None, has_one_price(by_weight, whole),
        tuple(level for level in Level if any(one.level is level for one in prices)),
        {family: amount for family, amount in left.items() if amount > 0}, tuple(prices),
    )  # fmt: skip


def has_one_price(by_weight: Sequence[Priced], whole: Sequence[Priced]) -> bool:
    """Whether one price was put on everything: on several families alike, or on the whole and nothing else."""
    if not by_weight:
        return bool(whole)
    families = {one.family for one in by_weight}
    return len(families) > 1 and len({one.price_usd.quantize(CENT) for one in by_weight}) == 1
