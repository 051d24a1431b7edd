"""The vocabulary of how crimes are done: stages, areas, danger, ways of finding out, papers abused.

Hiding places, installations, transports and routings are those of seizures, after the individual seizure reports of the
United Nations, so that a modus operandi and a seizure are told in the same words.
"""

from __future__ import annotations

from enum import StrEnum

from tripoint.words.forms.seizure import CATEGORIES, HIDING_PLACES, INSTALLATIONS, ROUTINGS, TRANSPORTS

__all__ = [
    "AREAS", "COMMODITIES", "DETECTIONS", "HIDING_PLACES", "INSTALLATIONS", "LANGUAGES", "PAPERS", "ROUTINGS",
    "TRANSPORTS", "Certainty", "Danger", "Stage",
]  # fmt: skip


class Stage(StrEnum):
    """At which stage of a crime something is done."""

    MANUFACTURE = "manufacture"
    CONVERSION = "conversion"
    SOURCING = "sourcing"  # straw purchases among it
    THEFT = "theft"
    TRANSPORT = "transport"
    BORDER_CROSSING = "border_crossing"
    CONCEALMENT = "concealment"
    STORAGE = "storage"
    PAYMENT = "payment"
    SALE = "sale"
    USE = "use"


class Danger(StrEnum):
    """What an officer who meets it has to expect."""

    NONE = "none"
    CAUTION = "caution"
    HIGH = "high"


class Certainty(StrEnum):
    """How surely a case shows a modus operandi, as an analyst judged it."""

    CONFIRMED = "confirmed"
    PROBABLE = "probable"
    POSSIBLE = "possible"
    REFUTED = "refuted"


LANGUAGES = ("en", "es", "fr", "pt", "ar")
COMMODITIES = CATEGORIES
AREAS = (
    "firearms", "ammunition", "drugs", "precursors", "migrant_smuggling", "trafficking", "documents", "money", "goods",
    "other",
)  # fmt: skip
DETECTIONS = (
    "search", "x_ray", "dog", "profile", "document_check", "database_check", "inspection", "parcel_control",
    "surveillance", "information", "online", "chance", "other", "unknown",
)  # fmt: skip
PAPERS = (
    "passport", "identity_card", "firearm_licence", "dealer_licence", "dealer_book", "import_permit", "export_permit",
    "end_user_certificate", "transit_permit", "invoice", "bill_of_lading", "customs_declaration", "vehicle_papers",
    "other",
)  # fmt: skip
