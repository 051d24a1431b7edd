"""The report on a victim of trafficking: all fields of HTCDS 2.0, and what it lacks for children and forced crimes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from tripoint.words import htcds
from tripoint.words.forms.model import Condition, Field, Form, Part, Problem, ValueKind
from tripoint.words.htcds import FORCED_CRIMES, FORCED_CRIMINALITY, IDENTITY, REPEATED, StandardField, codes
from tripoint.words.referral import STEPS, first_step

Json = dict[str, Any]
KINDS = MappingProxyType({
    "text": ValueKind.TEXT, "long_text": ValueKind.LONG_TEXT, "date": ValueKind.DATE, "number": ValueKind.INTEGER,
    "decimal": ValueKind.DECIMAL, "checkbox": ValueKind.YES_NO_UNKNOWN, "pick": ValueKind.CHOICE,
    "picks": ValueKind.CHOICES, "country": ValueKind.COUNTRY, "countries": ValueKind.COUNTRIES,
    "language": ValueKind.LANGUAGE, "lookup": ValueKind.TEXT,
})  # fmt: skip
# Pick lists that several fields share, or whose field's name says too little alone.
LISTS = MappingProxyType({
    "vic_RecruitmentWebsitesAndApps": "websites", "vic_ExploitationWebsitesAndApps": "websites",
    "cas_ReasonForIncomingReferral": "reason_for_referral", "cas_ReasonForOutgoingReferral": "reason_for_referral",
    "hte_Type": "trafficking_event", "spl_Type": "support_plan", "org_Type": "organisation",
    "cas_Status": "case_status", "prs_HighestLevelOfEducation": "education",
})  # fmt: skip
SECTIONS = MappingProxyType({
    "org": "organisation", "prs": "person", "vic": "trafficking", "per": "perpetrators", "cas": "case",
    "cco": "comments", "hte": "events", "spl": "support", "con": "consent",
})  # fmt: skip
SEXES = MappingProxyType({"Feminine": "female", "Masculine": "male", "NonSpecifiedUnknown": "unknown"})
STATUSES = MappingProxyType({
    "PossibleVictimOfTrafficking": "potential", "ActualVictimOfTrafficking": "identified",
    "NotAVictimOfTrafficking": "not_a_victim",
})  # fmt: skip
AGE_GROUPS = ("child", "adult", "unknown")
EXPLOITATION = (*codes("vic_TypeOfExploitation")[:-1], FORCED_CRIMINALITY, htcds.OTHER)
MEANS = (*codes("vic_MethodsOfControl"), *htcds.FURTHER_MEANS)
# The International Labour Organization's indicators of forced labour (2012), for the first screening.
INDICATORS = (
    "abuse_of_vulnerability", "deception", "restriction_of_movement", "isolation", "violence", "threats",
    "documents_withheld", "wages_withheld", "debt_bondage", "abusive_conditions", "excessive_overtime",
)  # fmt: skip
SOURCES = ("officer", "hospital", "organisation", "self", "hotline", "labour_inspection", "other")
CHILD = (Condition("age_group", ("child", "unknown")),)
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
FULL_AGE = 18
OLDEST, MOST_MONTHS, MOST_ROWS = Decimal(120), Decimal(1200), Decimal(20)


def list_of(field: StandardField) -> str:
    """The name of a field's pick list."""
    return LISTS.get(field.name) or CAMEL.sub("_", field.name[4:]).lower()


def standard(field: StandardField) -> Field:
    """A field of the standard as a question of our form."""
    choices = EXPLOITATION if field.name == "vic_TypeOfExploitation" else field.codes
    part, section = (Part.SEALED, "identity") if field.name in IDENTITY else (Part.BODY, SECTIONS[field.prefix])
    return Field(
        field.name, KINDS[field.kind], part, section, required=field.name == "vic_TraffickingStatus",
        list=list_of(field) if choices else "", choices=choices,
        least=Decimal(0) if field.kind == "number" else None, most=OLDEST if field.kind == "number" else None,
    )  # fmt: skip


def standard_fields() -> Iterator[Field]:
    """All 84 fields: those that stand many times as the columns of rows."""
    by_prefix: dict[str, list[Field]] = {}
    for field in htcds.fields().values():
        by_prefix.setdefault(field.prefix, []).append(standard(field))
    for prefix, asked in by_prefix.items():
        if prefix in REPEATED:
            yield Field(
                REPEATED[prefix], ValueKind.ROWS, section=SECTIONS[prefix], fields=tuple(asked), most=MOST_ROWS
            )
        else:
            yield from asked


def choice(name: str, choices: tuple[str, ...], section: str, **more: Any) -> Field:
    """A question with one answer of several; its list bears its name."""
    return Field(name, ValueKind.CHOICE, section=section, list=name, choices=choices, **more)


def choices(name: str, of: tuple[str, ...], pick_list: str) -> Field:
    """A question about the trafficking with any of several answers."""
    return Field(name, ValueKind.CHOICES, section="trafficking", list=pick_list, choices=of)


def three_way(name: str, section: str, **more: Any) -> Field:
    """A question answered by yes, no or unknown."""
    return Field(name, ValueKind.YES_NO_UNKNOWN, section=section, **more)


OURS = (
    choice("age_group", AGE_GROUPS, "person", part=Part.LINE, required=True),
    Field("age", ValueKind.INTEGER, section="person", least=Decimal(0), most=OLDEST, unit="years"),
    choice("age_basis", ("documented", "stated", "assessed", "unknown"), "person"),
    choice("source", SOURCES, "screening"),
    Field("source_name", ValueKind.TEXT, Part.SEALED, "identity"),
    Field("indicators", ValueKind.CHOICES, section="screening", list="indicators", choices=INDICATORS),
    Field("country_of_exploitation", ValueKind.COUNTRY, Part.LINE, "trafficking"),
    Field(
        "forced_crimes", ValueKind.CHOICES, section="trafficking", list="forced_crimes", choices=FORCED_CRIMES,
        when=(Condition("vic_TypeOfExploitation", (FORCED_CRIMINALITY,)),),
    ),
    choices("further_means", htcds.FURTHER_MEANS, "methods_of_control"),
    choices("means_ruled_out", MEANS, "methods_of_control"),
    Field("months", ValueKind.INTEGER, section="trafficking", least=Decimal(0), most=MOST_MONTHS, unit="months"),
    three_way("abduction", "trafficking"),
    choice("recruiter_relation", ("intimate_partner", "friend", "family", "other", "unknown"), "trafficking"),
    choice("separation", ("unaccompanied", "separated", "accompanied", "unknown"), "child", when=CHILD),
    three_way("guardian_appointed", "child", when=CHILD),
    Field("guardian_name", ValueKind.TEXT, Part.SEALED, "identity", when=CHILD),
    choice("best_interests", ("not_begun", "begun", "decided"), "child", when=CHILD),
    choice("care_arrangement", ("family", "foster", "residential", "none", "unknown"), "child", when=CHILD),
    choice("family_tracing", ("not_needed", "asked", "under_way", "done", "unknown"), "child", when=CHILD),
    Field("child_wishes", ValueKind.LONG_TEXT, section="child", when=CHILD),
    Field("interviewed", ValueKind.YES_NO, section="consent"),
    three_way("guardian_present", "consent", when=CHILD),
    three_way("trained_interviewer", "consent", when=CHILD),
    *(three_way(question, "consent") for question in htcds.CONSENT_QUESTIONS),
)  # fmt: skip


def line(counted: Json, values: Json) -> Json:
    """What may be counted of a victim: status, sex, forms, recruitment, and where the pathway begins."""
    gender = values.get("prs_Gender")
    return counted | {
        "status": STATUSES[values["vic_TraffickingStatus"]],
        "sex": "unknown" if gender is None else SEXES.get(gender, "other"),
        "exploitation": list(values.get("vic_TypeOfExploitation") or ()),
        "recruitment": list(values.get("vic_MethodOfRecruitment") or ()),
        "referral": values.get("referral") or first_step(values.get("age_group")).value,
    }


def check(values: Json) -> tuple[Problem, ...]:
    """What does not fit together."""
    return tuple(found for look in (decided, means, age, interview) for found in look(values))


def decided(values: Json) -> Iterator[Problem]:
    """A formal decision has somebody who took it; a possible victim has none yet."""
    formal = values.get("vic_TraffickingStatus") in ("ActualVictimOfTrafficking", "NotAVictimOfTrafficking")
    if formal and not values.get("vic_TraffickingStatusDecisionMakingOrg"):
        yield Problem(
            "vic_TraffickingStatusDecisionMakingOrg", "Nobody is named who decided this formally.",
            "Name the kind of organisation that decided, or report a possible victim.",
        )  # fmt: skip


def means(values: Json) -> Iterator[Problem]:
    """No means of control is both used and ruled out."""
    used = {*(values.get("vic_MethodsOfControl") or ()), *(values.get("further_means") or ())}
    if used & {*(values.get("means_ruled_out") or ())}:
        yield Problem(
            "means_ruled_out", "A means of control is both used and ruled out.", "Take it off one of the two."
        )


def age(values: Json) -> Iterator[Problem]:
    """Age and age group say the same; who may be a child is never told to be grown up."""
    years, group = values.get("age"), values.get("age_group")
    if years is not None and (years < FULL_AGE) != (group == "child"):
        yield Problem("age_group", "Age group and age do not agree.", "A child is under 18; correct one of the two.")


def interview(values: Json) -> Iterator[Problem]:
    """Nobody is interviewed who did not agree, and no child without a guardian or a trained person."""
    if not values.get("interviewed"):
        return
    if values.get("consent_interview") != "yes":
        yield Problem("consent_interview", "The person did not agree to be interviewed.", "Record no interview.")
    safe = "yes" in (values.get("guardian_present"), values.get("trained_interviewer"))
    if values.get("age_group") != "adult" and not safe:
        yield Problem(
            "guardian_present", "A child is not interviewed without a guardian or a trained person.",
            "Say who was there, or record that no interview was held.",
        )  # fmt: skip


FORM = Form(
    "victim", "victims", (*OURS, *standard_fields()), "victims", line,
    {
        "status": tuple(STATUSES.values()), "sex": ("female", "male", "other", "unknown"), "exploitation": EXPLOITATION,
        "recruitment": codes("vic_MethodOfRecruitment"), "referral": STEPS,
    },
    check,
)  # fmt: skip
