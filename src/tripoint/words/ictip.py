"""A victim's case in the four entities of the International Classification for statistics on trafficking (IC-TIP).

IC-TIP (IOM and UNODC, adopted by the UN Statistical Commission in 2025) tells event, victim, perpetrator and reporting
entity apart. The codes within are those of HTCDS 2.0, and each file says so. No identity, no day, no free text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tripoint.words.ctdc import means_of_control
from tripoint.words.htcds import FURTHER_MEANS, codes

Values = Mapping[str, Any]
CODES = "HTCDS 2.0; ISO 3166-1 alpha-3"
OF_THE_VICTIM = ("prs_Gender", "prs_Citizenship", "prs_MaritalStatus", "prs_HighestLevelOfEducation")
OF_THE_EVENT = (
    "vic_TypeOfExploitation", "vic_TypeOfSexExploitation", "vic_ForcedLabourIndustry", "vic_MethodOfRecruitment",
    "vic_RecruitmentWebsitesAndApps", "vic_ExploitationWebsitesAndApps", "forced_crimes",
)  # fmt: skip


def as_entities(values: Values, *, number: int, year: int, party: str, age_group: str) -> dict[str, Any]:
    """One case as its four entities. `number` stands for the case within one file and leads back to nobody.

    `values` are the answers of our form, `year` that of the report, `party` the code of whoever reports.
    """
    return {
        "case": number,
        "codes": CODES,
        "event": event(values, year),
        "victim": victim(values, age_group),
        "perpetrators": [perpetrator(row) for row in values.get("perpetrators", ())],
        "reporting_entity": {
            "country": party, "decided_by": values.get("vic_TraffickingStatusDecisionMakingOrg"),
            "kind": values.get("org_Type"),
        },
    }  # fmt: skip


def event(values: Values, year: int) -> dict[str, Any]:
    """What was done: forms, means with yes, no or unknown each, recruitment, countries of each stage."""
    stages = [
        {"stage": row.get("hte_Type"), "country": row.get("hte_Country")} for row in values.get("events", ())
    ]
    means = {code: means_of_control(values, code) for code in (*codes("vic_MethodsOfControl"), *FURTHER_MEANS)}
    told = {name: values[name] for name in OF_THE_EVENT if values.get(name)}
    country = values.get("country_of_exploitation")
    return {"year": year, "country_of_exploitation": country, **told, "means": means, "stages": stages}


def victim(values: Values, age_group: str) -> dict[str, Any]:
    """Whom it was done to: status, age group and what a table may count. Nothing that names anybody."""
    told = {name: values[name] for name in OF_THE_VICTIM if values.get(name)}
    relation = values.get("vic_RelationshipToTrafficker")
    return {"status": values.get("vic_TraffickingStatus"), "age_group": age_group, "relation": relation, **told}


def perpetrator(row: Values) -> dict[str, Any]:
    """Who did it, as far as a table may know: the roles."""
    return {"roles": list(row.get("per_RoleInProcess") or ())}
