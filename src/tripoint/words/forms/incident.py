"""The form of an incident: a hospital's alert, a rescue, a death; whoever raised it is protected."""

from __future__ import annotations

from decimal import Decimal

from tripoint.words.forms.asking import UNKNOWN, V, field, line, when
from tripoint.words.forms.model import Form, Part

CATEGORIES = ("hospital_alert", "medical", "rescue", "death", "violence", "other")
SOURCES = ("officer", "hospital", "health_worker", "coastguard", "organisation", "public", "other", UNKNOWN)
ACTIONS = ("medical_help", "search", "child_protection", "border_alert", "investigation", "other")
WITH_DEATHS = ("death", "rescue", "violence")
MOST = Decimal(10_000)

INCIDENT = Form(
    "incident", "incidents",
    fields=(
        line("category", V.CHOICE, "what", CATEGORIES, required=True),
        line("persons", V.INTEGER, "what", least=Decimal(0), most=MOST),
        field("children", V.INTEGER, "what", least=Decimal(0), most=MOST),
        field("deaths", V.INTEGER, "what", least=Decimal(0), most=MOST, when=when("category", *WITH_DEATHS)),
        field("place", V.PLACE, "where"),
        field("source", V.CHOICE, "source", SOURCES),
        field("action", V.CHOICES, "source", ACTIONS),
        field("remarks", V.LONG_TEXT, "remarks"),
        field("informant", V.TEXT, "identity", part=Part.SEALED),
        field("informant_contact", V.TEXT, "identity", part=Part.SEALED),
    ),
)  # fmt: skip
