"""Offences by their codes: International Classification of Crime for Statistical Purposes (UNODC, version 1.0)."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType


class OffenceGroup(StrEnum):
    """The groups in which results are told. What is in `other` is told apart, as other crimes."""

    SMUGGLING = "smuggling"
    TRAFFICKING = "trafficking"
    DOCUMENTS = "documents"
    OTHER = "other"


S, T, D, O = OffenceGroup  # noqa: E741 - four columns of one small table
# Code, group, the classification's own words in short. Codes outside of it stand at the end, as `other_`.
TABLE: tuple[tuple[str, OffenceGroup, str], ...] = (
    ("08051", S, "migrant smuggling"),
    ("08052", S, "other unlawful acts related to crossing a border"),
    ("0204", T, "trafficking in persons"),
    ("02041", T, "trafficking in persons for sexual exploitation"),
    ("02042", T, "trafficking in persons for forced labour or services"),
    ("02043", T, "trafficking in persons for organ removal"),
    ("02044", T, "trafficking in persons for other purposes"),
    ("0203", T, "slavery and exploitation"),
    ("020291", T, "illegal adoption"),
    ("0302", T, "sexual exploitation"),
    ("07023", D, "acts involving forged or false documents"),
    ("0101", O, "intentional homicide"),
    ("0201", O, "assaults and threats"),
    ("02022", O, "deprivation of liberty"),
    ("0301", O, "sexual violence"),
    ("0401", O, "robbery"),
    ("0501", O, "burglary"),
    ("0502", O, "theft"),
    ("0601", O, "controlled drugs"),
    ("0701", O, "fraud"),
    ("0703", O, "corruption"),
    ("07041", O, "money laundering"),
    ("0901", O, "weapons and explosives"),
    ("0905", O, "participation in an organised criminal group"),
    ("10", O, "acts against the natural environment"),
    ("other", O, "another offence"),
)
OFFENCES = MappingProxyType({code: group for code, group, _ in TABLE})
NAMES = MappingProxyType({code: name for code, _, name in TABLE})


def group_of(code: str) -> OffenceGroup:
    """The group in which results tell an offence. Raises KeyError for a code that is not in the table."""
    return OFFENCES[code]
