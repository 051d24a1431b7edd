"""The form of an investigation that was opened: of which offence, by whom, and why."""

from __future__ import annotations

from tripoint.words.forms.asking import V, field, line
from tripoint.words.forms.model import Form, Json
from tripoint.words.offences import OFFENCES, OffenceGroup, group_of


def line_of(kept: Json, values: Json) -> Json:
    """The line with the group of the offence."""
    return {**kept, "offence_group": group_of(values["offence"]).value}


INVESTIGATION = Form(
    "investigation", "investigations", line=line_of, derived={"offence_group": tuple(OffenceGroup)},
    fields=(
        line("offence", V.CHOICE, "offence", tuple(OFFENCES), required=True),
        field("opened_by", V.TEXT, "case"),
        field("case_reference", V.TEXT, "case"),
        field("ground", V.CHOICE, "case", ("hit", "arrest", "victim", "report", "financial", "intelligence", "other")),
        field("urgent", V.YES_NO, "case"),
        field("urgent_reason", V.TEXT, "case"),
        field("with_parties", V.COUNTRIES, "case"),
        field("remarks", V.LONG_TEXT, "remarks"),
    ),
)  # fmt: skip
