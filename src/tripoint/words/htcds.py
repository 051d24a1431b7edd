"""The fields and pick lists of the Human Trafficking Case Data Standard 2.0 (IOM, 2021), with its codes as published.

The standard has 84 fields, three of them deprecated. Some of it stands once for a victim, some of it many times:
perpetrators, events of the past, plans of support and comments. The codes are kept letter by letter, misspellings too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from tripoint.words.han_tables import rows_of

# What stands many times for one victim, by the prefix of its fields; the name under which we hold the rows.
REPEATED = MappingProxyType({"per": "perpetrators", "hte": "events", "spl": "plans", "cco": "comments"})
# The chapters of the standard, by the prefix of their fields.
CHAPTERS = MappingProxyType({
    "org": "Organization", "prs": "Person", "vic": "VictimContext", "per": "PerpetratorContext", "cas": "Case",
    "cco": "CaseComment", "hte": "HistoricTraffickingEvents", "spl": "SupportPlan", "con": "Consent",
})  # fmt: skip
# Who the person is: sealed, and in no export without a second officer.
IDENTITY = (
    "prs_Salutation", "prs_FirstName", "prs_MiddleName", "prs_SecondName", "prs_Birthdate", "prs_IdentityNumber",
    "prs_Title", "prs_Email", "prs_HomePhone", "prs_MobilePhone", "prs_MailingCity", "prs_MailingState",
    "prs_MailingStreet", "prs_MailingPostalCode", "prs_MailingLongitude", "prs_MailingLatitude",
)  # fmt: skip
# Forced criminality has no code in the standard; ours, with what somebody was forced to do. It leaves as `Other`.
FORCED_CRIMINALITY = "ForcedCriminality"
FORCED_CRIMES = ("scam_compound", "drugs", "theft", "begging_ring", "other")
OTHER = "Other"
# The means of control that CTDC counts and HTCDS has no code for (CTDC data dictionary, version 6).
FURTHER_MEANS = ("RestrictsMovement", "UsesChildren")
# One box of the standard stands for seven questions (its own guidance; IOM screening form).
CONSENT_QUESTIONS = (
    "consent_interview", "consent_purpose", "consent_use", "consent_research", "consent_own_data", "consent_retention",
    "consent_withdrawal",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StandardField:
    """One field of the standard.

    `name` has its prefix. `kind` is text, long_text, date, number, decimal, checkbox, pick, picks, country, countries,
    language or lookup (the name of an organisation or person). `codes` are those of its pick list, in their order.
    """

    name: str
    kind: str
    deprecated: bool
    core: bool
    codes: tuple[str, ...]

    @property
    def prefix(self) -> str:
        """The chapter of the standard it stands in: org, prs, vic, per, cas, cco, hte, spl or con."""
        return self.name[:3]


@cache
def fields() -> Mapping[str, StandardField]:
    """All 84 fields by their name with its prefix, in the order of the standard."""
    return MappingProxyType({
        row["field"]: StandardField(
            row["field"], row["kind"], row["status"] == "deprecated", row["core"] == "core", tuple(row["codes"].split())
        )
        for row in rows_of("htcds.csv")
    })  # fmt: skip


def codes(name: str) -> tuple[str, ...]:
    """The codes of a field's pick list as published; empty where it has none. KeyError for no field of the standard."""
    return fields()[name].codes
