"""The form of a request for a notice: of which colour, to whom, about what."""

from __future__ import annotations

from tripoint.words.forms.asking import V, field, line, when
from tripoint.words.forms.model import Form, Part

COLOURS = ("red", "blue", "green", "yellow", "black", "orange", "purple", "silver")
ADDRESSED = ("general_secretariat", "national_bureau", "coordination_unit", "other")

NOTICE_REQUEST = Form(
    "notice_request", "notice-requests",
    fields=(
        line("colour", V.CHOICE, "notice", COLOURS, required=True),
        line("addressed_to", V.CHOICE, "notice", ADDRESSED, required=True),
        field("subject", V.CHOICE, "notice", ("person", "object", "body", "method", "assets"), required=True),
        field("warrant_reference", V.TEXT, "notice", when=when("colour", "red")),
        field("charges", V.LONG_TEXT, "notice", when=when("colour", "red")),
        field("purpose", V.LONG_TEXT, "notice"),
        field("sent_on", V.DATE, "answer"),
        field("published_on", V.DATE, "answer"),
        field("reference", V.TEXT, "answer"),
        field("remarks", V.LONG_TEXT, "remarks"),
        field("names", V.TEXT, "identity", part=Part.SEALED),
        field("birth", V.PARTIAL_DATE, "identity", part=Part.SEALED),
    ),
)  # fmt: skip
