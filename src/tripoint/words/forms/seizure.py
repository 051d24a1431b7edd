"""The form of a seizure: one event, its items and packages, each of which has its chain of custody."""

from __future__ import annotations

from decimal import Decimal

from tripoint.words.drugs.reading import FORMS as DRUG_FORMS
from tripoint.words.forms.asking import FUNDS_AND_MORE, V, field, line, when
from tripoint.words.forms.model import Field, Form, Json, Part
from tripoint.words.forms.seizure_checks import AMOUNTS, check, usual_unit
from tripoint.words.wallets import Chain

CATEGORIES = (
    "document", "cash", "phone", "vehicle", "vessel", "firearm", "ammunition", "magazine", "drug", "precursor",
    "crypto", "property", "goods", "package", "other",
)  # fmt: skip
UNITS = (
    "piece", "gram", "kilogram", "litre", "amount", "milligram", "tonne", "pound", "ounce", "millilitre", "tablet",
    "dose", "plant", "box",
)  # fmt: skip
DOCUMENTS = ("passport", "identity_card", "visa", "residence_permit", "birth_certificate", "stamp", "blank", "other")
SUBSTANCES = ("cannabis", "cocaine", "heroin", "fentanyl", "methamphetamine", "mdma", "ketamine", "other")
FOUND_IN = ("person", "luggage", "vehicle", "vessel", "premises", "parcel", "other", "unknown")
PACKAGING = ("bag", "box", "brick", "barrel", "bottle", "container", "suitcase", "parcel", "loose", "other")
PROPERTY_STATES = ("identified", "restrained", "seized", "confiscated", "returned")
# Shorter than, and after, the lists of the individual seizure reports of the United Nations.
HIDING_PLACES = (
    "on_body", "in_body", "clothing", "shoes", "baggage", "parcel", "container", "freight", "vehicle_part", "furniture",
    "appliance", "food", "cosmetics", "gift", "plastic_bag", "not_hidden", "other", "unknown",
)  # fmt: skip
INSTALLATIONS = (
    "airport", "seaport", "river_port", "post_office", "road", "checkpoint", "border", "railway", "bus_station",
    "street", "home", "business", "warehouse", "factory", "laboratory", "prison", "farm", "open_air", "beach", "sea",
    "other", "unknown",
)  # fmt: skip
TRANSPORTS = (
    "commercial_air", "private_air", "commercial_sea", "private_sea", "river", "rail", "commercial_road",
    "private_road", "mail", "on_foot", "none", "other", "unknown",
)  # fmt: skip
ROUTINGS = ("domestic", "inbound", "outbound", "transit", "international_waters", "other", "unknown")
DISPOSALS = ("evidence", "laboratory", "stored", "destroyed", "returned", "handed_over")
# What of an item stands in the line; the desk of seizures adds the last six of them.
IN_LINE = (
    "category", "unit", "quantity", "currency", "value_usd", "kilograms", "other_kg", "family", "rounds", "plants",
    "above_gate",
)  # fmt: skip
PERCENT: Json = {"least": Decimal(0), "most": Decimal(100), "unit": "percent"}
WITH_CALIBRE = when("category", "firearm", "ammunition", "magazine")
OF_DRUGS, OF_AMMUNITION = when("category", "drug"), when("category", "ammunition")
OF_ASSETS = when("category", "cash", "crypto", "property", "vehicle", "vessel")
ITEM: tuple[Field, ...] = (
    field("category", V.CHOICE, "items", CATEGORIES, required=True),
    field("unit", V.CHOICE, "items", UNITS),
    field("quantity", V.DECIMAL, "items", required=True, least=Decimal(0), most=FUNDS_AND_MORE),
    field("currency", V.CURRENCY, "items", required=True, when=when("category", *AMOUNTS)),
    field("document_type", V.CHOICE, "items", DOCUMENTS, when=when("category", "document")),
    field("document_state", V.CHOICE, "items", ("forged", "counterfeit", "stolen", "blank", "genuine", "unknown"),
          when=when("category", "document")),
    field("issuer", V.COUNTRY, "items", when=when("category", "document")),
    field("substance", V.CHOICE, "items", SUBSTANCES, when=when("category", "drug", "precursor")),
    field("reported_as", V.TEXT, "items", when=when("category", "drug", "precursor")),
    field("drug_form", V.CHOICE, "items", DRUG_FORMS, when=OF_DRUGS),
    field("weighed_as", V.CHOICE, "items", ("bulk", "pure"), when=OF_DRUGS),
    field("purity", V.DECIMAL, "items", when=OF_DRUGS, **PERCENT),
    field("packaging", V.CHOICE, "items", PACKAGING,
          when=when("category", "drug", "precursor", "ammunition", "package")),
    field("logo", V.TEXT, "items", when=when("category", "drug", "package")),
    field("cas", V.TEXT, "items", when=when("category", "precursor")),
    field("calibre", V.TEXT, "items", when=WITH_CALIBRE),
    field("rounds", V.INTEGER, "items", when=OF_AMMUNITION, least=Decimal(0), most=Decimal(10) ** 9, unit="rounds"),
    field("ammunition_state", V.CHOICE, "items", ("live", "reloaded", "blank", "spent", "unknown"), when=OF_AMMUNITION),
    field("headstamp", V.TEXT, "items", when=OF_AMMUNITION),
    field("lot", V.TEXT, "items", when=OF_AMMUNITION),
    field("recovered", V.REFERENCE, "items", when=when("category", "firearm")),
    field("chain", V.CHOICE, "items", tuple(Chain), required=True, when=when("category", "crypto")),
    field("address", V.TEXT, "items", when=when("category", "crypto")),
    field("property_state", V.CHOICE, "items", PROPERTY_STATES, when=OF_ASSETS),
    field("custodian", V.TEXT, "items", when=OF_ASSETS),
    field("order", V.TEXT, "items", when=OF_ASSETS),
    field("order_expires", V.DATE, "items", when=OF_ASSETS),
    field("flag", V.COUNTRY, "items", when=when("category", "vessel")),
    field("make", V.TEXT, "items",
          when=when("category", "phone", "vehicle", "vessel", "firearm", "ammunition", "magazine")),
    field("number", V.TEXT, "items"),
    field("description", V.TEXT, "items"),
    field("inside", V.INTEGER, "items", least=Decimal(1), most=Decimal(200)),
    field("disposal", V.CHOICE, "items", DISPOSALS),
)  # fmt: skip


def line_of(kept: Json, values: Json) -> Json:
    """The line with what of each item may be counted; the unit that goes without saying is said.

    `valued_usd` is the published worth of what was valued, as the desk of seizures gives it; null where nothing was.
    """
    items = [{"unit": usual_unit(item), **item} for item in values.get("items", ())]
    lines = [{name: item[name] for name in IN_LINE if name in item} for item in items]
    return {**kept, "items": lines, "valued_usd": values.get("valued_usd")}


SEIZURE = Form(
    "seizure", "seizures", line=line_of, check=check, derived={"items": (), "valued_usd": ()},
    fields=(
        field("items", V.ROWS, "items", fields=ITEM, required=True, most=Decimal(200)),
        field("place", V.PLACE, "where"),
        line("found_in", V.CHOICE, "where", FOUND_IN),
        line("installation", V.CHOICE, "where", INSTALLATIONS),
        line("hiding_place", V.CHOICE, "route", HIDING_PLACES),
        line("transport", V.CHOICE, "route", TRANSPORTS),
        line("routing", V.CHOICE, "route", ROUTINGS),
        line("departure", V.COUNTRY, "route"),
        line("destination", V.COUNTRY, "route"),
        line("producing", V.COUNTRY, "route"),
        line("credit_share", V.INTEGER, "basis", **PERCENT),
        field("urgent", V.YES_NO, "basis"),
        field("urgent_reason", V.TEXT, "basis", required=True, when=when("urgent", True)),
        field("case_reference", V.TEXT, "where"),
        field("remarks", V.LONG_TEXT, "remarks"),
        field("held_by", V.TEXT, "identity", part=Part.SEALED),
    ),
)  # fmt: skip
