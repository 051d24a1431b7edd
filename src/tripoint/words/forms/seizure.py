"""The form of a seizure: one event, its items, each of which has its chain of custody."""

from __future__ import annotations

from decimal import Decimal

from tripoint.words.forms.asking import FUNDS_AND_MORE, V, field, line, when
from tripoint.words.forms.model import Field, Form, Json, Part, Problem

CATEGORIES = (
    "document", "cash", "phone", "vehicle", "vessel", "firearm", "ammunition", "drug", "precursor", "goods", "other",
)  # fmt: skip
UNITS = ("piece", "gram", "kilogram", "litre", "amount")
DOCUMENTS = ("passport", "identity_card", "visa", "residence_permit", "birth_certificate", "stamp", "blank", "other")
SUBSTANCES = ("cannabis", "cocaine", "heroin", "fentanyl", "methamphetamine", "mdma", "ketamine", "other")
FOUND_IN = ("person", "luggage", "vehicle", "vessel", "premises", "parcel", "other", "unknown")
IN_LINE = ("category", "unit", "quantity", "currency", "value_usd")
ITEM: tuple[Field, ...] = (
    field("category", V.CHOICE, "items", CATEGORIES, required=True),
    field("unit", V.CHOICE, "items", UNITS),
    field("quantity", V.DECIMAL, "items", required=True, least=Decimal(0), most=FUNDS_AND_MORE),
    field("currency", V.CURRENCY, "items", required=True, when=when("category", "cash")),
    field("document_type", V.CHOICE, "items", DOCUMENTS, when=when("category", "document")),
    field("document_state", V.CHOICE, "items", ("forged", "counterfeit", "stolen", "blank", "genuine", "unknown"),
          when=when("category", "document")),
    field("issuer", V.COUNTRY, "items", when=when("category", "document")),
    field("substance", V.CHOICE, "items", SUBSTANCES, when=when("category", "drug", "precursor")),
    field("make", V.TEXT, "items", when=when("category", "phone", "vehicle", "vessel", "firearm")),
    field("number", V.TEXT, "items"),
    field("description", V.TEXT, "items"),
)  # fmt: skip


def line_of(kept: Json, values: Json) -> Json:
    """The line with what of each item may be counted; the unit that goes without saying is said."""
    items = [{"unit": usual_unit(item), **item} for item in values.get("items", ())]
    return {**kept, "items": [{name: item[name] for name in IN_LINE if name in item} for item in items]}


def usual_unit(item: Json) -> str:
    """The unit of an item that names none: an amount of cash, else pieces."""
    return "amount" if item.get("category") == "cash" else "piece"


def check(values: Json) -> tuple[Problem, ...]:
    """Drugs are weighed or measured, things counted in whole pieces, cash is an amount."""
    found: list[Problem] = []
    for place, item in enumerate(values.get("items", ())):
        unit, where = item.get("unit", usual_unit(item)), f"items.{place}"
        if (item["category"] == "cash") != (unit == "amount"):
            found.append(Problem(f"{where}.unit", "Cash is an amount, and nothing else is.", "Correct the unit."))
        if unit == "piece" and Decimal(item["quantity"]) % 1:
            found.append(Problem(f"{where}.quantity", "Pieces are whole.", "Give a whole number, or another unit."))
    return tuple(found)


SEIZURE = Form(
    "seizure", "seizures", line=line_of, check=check, derived={"items": ()},
    fields=(
        field("items", V.ROWS, "items", fields=ITEM, required=True, most=Decimal(200)),
        field("place", V.PLACE, "where"),
        line("found_in", V.CHOICE, "where", FOUND_IN),
        field("urgent", V.YES_NO, "basis"),
        field("urgent_reason", V.TEXT, "basis", required=True, when=when("urgent", True)),
        field("case_reference", V.TEXT, "where"),
        field("remarks", V.LONG_TEXT, "remarks"),
        field("held_by", V.TEXT, "identity", part=Part.SEALED),
    ),
)  # fmt: skip
