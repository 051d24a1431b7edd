"""A victim as a row of 27 columns, in the layout of the Counter Trafficking Data Collaborative since 2021: no identity.

Sources: CTDC data dictionary, version 6, and the columns of its global datasets. A row tells nothing that is not in
the standard's codes: no name, no day, no place below a country, no free text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

Values = Mapping[str, Any]
YES, NO, UNKNOWN = "1", "0", "-99"
GENDERS = MappingProxyType({"Feminine": "Woman", "Masculine": "Man"})
NEITHER = "Trans/Transgender/NonConforming"
# The last age of each band, in years.
AGE_BANDS = ((8, "0-8"), (17, "9-17"), (20, "18-20"), (23, "21-23"), (26, "24-26"), (29, "27-29"), (38, "30-38"),
             (47, "39-47"))  # fmt: skip
OLDEST = "48+"
MONTH_BANDS = ((12, "0-12"), (24, "13-24"))
LONGEST = "25+"
MEANS = MappingProxyType({
    "meansDebtBondageEarnings": ("DebtBondage", "TakesEarnings", "RestrictsFinancialAccess"),
    "meansThreats": ("PhysicalThreats", "ThreatsLawEnforcement", "ThreatensChildrenFamily"),
    "meansAbusePsyPhySex": ("PsychologicalAbuse", "PhysicalAbuse", "SexualAbuse"),
    "meansFalsePromises": ("FalsePromises",),
    "meansDrugsAlcohol": ("PsychoactiveSubstance",),
    "meansDenyBasicNeeds": ("RestrictsMedicalCare", "WithholdsNecessities", "RestrictsMovement"),
    "meansExcessiveWorkHours": ("ExcessiveWorkingHours",),
    "meansWithholdDocs": ("WithholdsDocuments",),
})  # fmt: skip
LABOUR = frozenset({"ForcedLabour", "ChildLabour", "Servitude", "ForcedBegging"})
SEXUAL = frozenset({"SexualExploitation"})
INDUSTRIES = MappingProxyType({
    "typeOfLabourAgriculture": "A_AgricultureForestryAndFishing",
    "typeOfLabourConstruction": "F_Construction",
    "typeOfLabourDomesticWork": "T_ActivitiesOfHouseholdsAsEmployers",
    "typeOfLabourHospitality": "I_AccommodationAndFoodServiceActivities",
})  # fmt: skip
SEX_TYPES = MappingProxyType({"typeOfSexProstitution": "Prostitution", "typeOfSexPornography": "Pornography"})
RELATIONS = MappingProxyType({
    "recruiterRelationIntimatePartner": "intimate_partner", "recruiterRelationFriend": "friend",
    "recruiterRelationFamily": "family", "recruiterRelationOther": "other",
})  # fmt: skip
COLUMNS: tuple[str, ...] = (
    "yearOfRegistration", "gender", "ageBroad", "citizenship", "CountryOfExploitation", "traffickMonths",
    *tuple(MEANS), "isForcedLabour", "isSexualExploit", "isOtherExploit",
    *tuple(INDUSTRIES), *tuple(SEX_TYPES), *tuple(RELATIONS),
)  # fmt: skip


def as_ctdc(values: Values, year: int) -> dict[str, str]:
    """The 27 columns of one victim. `values` are the answers of our form, `year` that of the report.

    What is asked with yes or no is 1, 0 or -99 for unknown; whatever else is not known is -99 too.
    """
    citizenships: Sequence[str] = values.get("prs_Citizenship") or ()
    return {
        "yearOfRegistration": str(year),
        "gender": gender(values.get("prs_Gender")),
        "ageBroad": band(values.get("age"), AGE_BANDS, OLDEST),
        "citizenship": citizenships[0] if len(citizenships) == 1 else UNKNOWN,
        "CountryOfExploitation": values.get("country_of_exploitation") or UNKNOWN,
        "traffickMonths": band(values.get("months"), MONTH_BANDS, LONGEST),
        **{column: combined(values, means) for column, means in MEANS.items()},
        **exploitation(values.get("vic_TypeOfExploitation") or ()),
        **{column: one_of(values.get("vic_ForcedLabourIndustry"), code) for column, code in INDUSTRIES.items()},
        **{column: among(values.get("vic_TypeOfSexExploitation") or (), code) for column, code in SEX_TYPES.items()},
        **{column: one_of(values.get("recruiter_relation"), code) for column, code in RELATIONS.items()},
    }


def means_of_control(values: Values, code: str) -> str:
    """Whether one means of control was used: `yes`, `no` where it was asked and ruled out, else `unknown`."""
    if code in (values.get("vic_MethodsOfControl") or ()) or code in (values.get("further_means") or ()):
        return "yes"
    return "no" if code in (values.get("means_ruled_out") or ()) else "unknown"


def combined(values: Values, means: Sequence[str]) -> str:
    """Several means in one column: 1 where one was used, 0 where all were ruled out, else -99."""
    answers = {means_of_control(values, code) for code in means}
    return YES if "yes" in answers else NO if answers == {"no"} else UNKNOWN


def exploitation(codes: Sequence[str]) -> dict[str, str]:
    """The three columns of the kinds of exploitation; all unknown where none is told."""
    told = frozenset(codes)
    rest = told - LABOUR - SEXUAL
    kinds = {"isForcedLabour": told & LABOUR, "isSexualExploit": told & SEXUAL, "isOtherExploit": rest}
    return {column: (YES if found else NO) if told else UNKNOWN for column, found in kinds.items()}


def gender(code: str | None) -> str:
    """Their word for a gender of HTCDS."""
    return UNKNOWN if code in (None, "NonSpecifiedUnknown") else GENDERS.get(code or "", NEITHER)


def band(number: int | None, bands: Sequence[tuple[int, str]], last: str) -> str:
    """The band of an age in years or a time in months."""
    return UNKNOWN if number is None else next((name for most, name in bands if number <= most), last)


def one_of(told: str | None, code: str) -> str:
    """Whether this is the one code told; unknown where none is."""
    return UNKNOWN if told in (None, "unknown") else YES if told == code else NO


def among(told: Sequence[str], code: str) -> str:
    """Whether the code is among those told; unknown where none is."""
    return UNKNOWN if not told else YES if code in told else NO
