"""The form of an arrest: for which offence, in which role, and what led to it."""

from __future__ import annotations

from tripoint.words.forms.asking import AGE_GROUPS, SEXES, UNKNOWN, V, age_group, field, line, when, years
from tripoint.words.forms.model import Form, Json, Part
from tripoint.words.offences import OFFENCES, OffenceGroup, group_of

# HTCDS 2.0, RoleInProcess, and what its list has no word for.
ROLES = (
    "organiser", "recruiter", "transporter", "guide", "broker", "harbourer", "document_forger", "document_supplier",
    "corrupt_official", "exploiter", "controller", "money_mover", "lookout", "escort", "other", UNKNOWN,
)  # fmt: skip
BASES = ("hit", "notice", "investigation", "observation", "report", "other")


def line_of(kept: Json, values: Json) -> Json:
    """The line with the group of the offence; other crimes are told apart."""
    group = group_of(values["offence"])
    return {
        **kept, "offence_group": group.value, "other_crime": group is OffenceGroup.OTHER,
        "age_group": age_group(values), "urgent": values.get("urgent", False),
    }  # fmt: skip


ARREST = Form(
    "arrest", "arrests", line=line_of,
    derived={"offence_group": tuple(OffenceGroup), "other_crime": ("true", "false")},
    fields=(
        line("offence", V.CHOICE, "offence", tuple(OFFENCES), required=True),
        field("further_offences", V.CHOICES, "offence", tuple(OFFENCES), list="offence"),
        field("attempted", V.YES_NO, "offence"),
        field("organised_group", V.YES_NO_UNKNOWN, "offence"),
        line("role", V.CHOICE, "offence", ROLES),
        line("basis", V.CHOICE, "basis", BASES, required=True),
        line("urgent", V.YES_NO, "basis", when=when("basis", "hit")),
        field("urgent_reason", V.TEXT, "basis", required=True, when=when("urgent", True)),
        field("notice_reference", V.TEXT, "basis", when=when("basis", "hit", "notice")),
        line("nationality", V.COUNTRY, "person"),
        line("sex", V.CHOICE, "person", SEXES),
        years("age", "person"),
        line("age_group", V.CHOICE, "person", AGE_GROUPS),
        field("place", V.PLACE, "where"),
        field("case_reference", V.TEXT, "where"),
        field("remarks", V.LONG_TEXT, "remarks"),
        field("names", V.TEXT, "identity", part=Part.SEALED),
        field("birth", V.PARTIAL_DATE, "identity", part=Part.SEALED),
        field("document_number", V.TEXT, "identity", part=Part.SEALED),
    ),
)  # fmt: skip
