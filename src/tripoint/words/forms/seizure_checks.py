"""What has to fit in a report of a seizure: units, packages in packages, checksums of CAS numbers and addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tripoint.words.forms.model import Json, Problem
from tripoint.words.precursors import is_cas
from tripoint.words.wallets import Chain, is_address

AMOUNTS = ("cash", "crypto")  # are no pieces but an amount of their currency
CONTAINERS = frozenset({"package", "vehicle", "vessel", "goods", "property", "other"})
GROWING = frozenset({"drug"})


def usual_unit(item: Json) -> str:
    """The unit of an item that names none: an amount of cash and crypto-assets, else pieces."""
    return "amount" if item.get("category") in AMOUNTS else "piece"


def check(values: Json) -> tuple[Problem, ...]:
    """All that does not fit among the items of a seizure."""
    items: Sequence[Json] = values.get("items", ())
    found: list[Problem] = []
    for place, item in enumerate(items):
        where = f"items.{place}"
        found += [*of_units(where, item), *of_numbers(where, item), *of_packages(where, place, items)]
    return tuple(found)


def of_units(where: str, item: Json) -> Iterator[Problem]:
    """Drugs are weighed or measured, things counted in whole pieces, money is an amount, only drugs grow."""
    unit = item.get("unit", usual_unit(item))
    if (item["category"] in AMOUNTS) != (unit == "amount"):
        yield Problem(f"{where}.unit", "Money is an amount, and nothing else is.", "Correct the unit.")
    if unit in ("piece", "plant", "box") and Decimal(item["quantity"]) % 1:
        yield Problem(f"{where}.quantity", "Pieces are whole.", "Give a whole number, or another unit.")
    if unit in ("plant", "tablet", "dose") and item["category"] not in GROWING:
        yield Problem(f"{where}.unit", "Only drugs are counted so.", "Correct the unit or the category.")


def of_numbers(where: str, item: Json) -> Iterator[Problem]:
    """A CAS number has its check digit, an address of a chain its checksum: a mistyped one leads nowhere."""
    if "cas" in item and not is_cas(item["cas"]):
        yield Problem(f"{where}.cas", "Its check digit is wrong.", "Copy the CAS number again, as 108-24-7.")
    if "address" in item and not is_address(Chain(item.get("chain", Chain.OTHER)), item["address"]):
        yield Problem(f"{where}.address", "Its checksum is wrong.", "Copy the address again, or choose its chain.")


def of_packages(where: str, place: int, items: Sequence[Json]) -> Iterator[Problem]:
    """What an item was in is another item of the seizure that can hold something, and nothing is within itself."""
    inside = items[place].get("inside")
    if inside is None:
        return
    if inside > len(items) or items[inside - 1]["category"] not in CONTAINERS:
        yield Problem(f"{where}.inside", "No package of this seizure has that number.",
                      "Give the number of a package, a vehicle or a vessel among the items.")  # fmt: skip
        return
    at, seen = inside - 1, {place}
    while at not in seen:
        seen.add(at)
        at = (items[at].get("inside") or at + 1) - 1
        if at >= len(items):
            return  # said at that item
    if at == place:
        yield Problem(f"{where}.inside", "A package cannot be within itself.", "Correct what it was in.")
