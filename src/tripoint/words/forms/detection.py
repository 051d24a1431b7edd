"""The form of a detection: a person on the move without papers for it, who is not a suspect of anything.

A type of its own, in an access class of its own: nothing here leads to a list of wanted people.
"""

from __future__ import annotations

from decimal import Decimal

from tripoint.words.forms.asking import AGE_GROUPS, SEXES, UNKNOWN, V, age_group, field, line, when, years
from tripoint.words.forms.model import Condition, Form, Json, Part, Problem

LAST_LEGS = 3
ACCOMPANIMENT = ("alone", "family", "group", "unaccompanied_child", "separated_child", UNKNOWN)
CHILDREN = ("unaccompanied_child", "separated_child")
MODES = ("land", "sea", "air", "river", "foot", UNKNOWN)
PROTECTION = ("asylum_seeker", "refugee", "complementary_protection", "stateless", "none", UNKNOWN)
VULNERABILITIES = (
    "child", "pregnant", "injured", "ill", "disability", "violence", "trafficking_signs", "elderly", "other",
)  # fmt: skip

LEG = (
    field("from", V.COUNTRY, "route", required=True),
    field("to", V.COUNTRY, "route", required=True),
    field("from_place", V.PLACE, "route"),
    field("to_place", V.PLACE, "route"),
    field("mode", V.CHOICE, "route", MODES),
    field("on", V.PARTIAL_DATE, "route"),
)


def line_of(kept: Json, values: Json) -> Json:
    """The line with the last three legs as pairs of countries, and the age group that follows from an age."""
    legs = [[leg.get("from"), leg.get("to")] for leg in values.get("legs", ())][-LAST_LEGS:]
    return {**kept, "legs": legs, "age_group": age_group(values)}


def check(values: Json) -> tuple[Problem, ...]:
    """A child alone is a child: an age of 18 or more contradicts it."""
    if values.get("accompaniment") in CHILDREN and age_group(values) == "adult":
        return (Problem(
            "accompaniment", "An adult is no unaccompanied or separated child.",
            "Correct the age, or choose alone; where the age is in doubt, the person is a child.",
        ),)  # fmt: skip
    return ()


DETECTION = Form(
    "detection", "detections", body_class="migrants", line=line_of, check=check,
    derived={"legs": ()},
    fields=(
        line("nationality", V.COUNTRY, "person", carry=True),
        line("nationality_basis", V.CHOICE, "person", ("stated", "documented", "assessed", UNKNOWN), carry=True),
        field("birth_country", V.COUNTRY, "person"),
        line("sex", V.CHOICE, "person", SEXES),
        years("age", "person"),
        line("age_group", V.CHOICE, "person", AGE_GROUPS),
        field("age_basis", V.CHOICE, "person", ("document", "stated", "assessed", UNKNOWN)),
        line("accompaniment", V.CHOICE, "group", ACCOMPANIMENT, carry=True),
        field("group", V.TEXT, "group", carry=True),
        field("group_size", V.INTEGER, "group", least=Decimal(1), most=Decimal(5000), carry=True),
        field("separated_from", V.CHOICE, "group", ("parents", "relatives", "caregiver", UNKNOWN),
              when=when("accompaniment", *CHILDREN)),
        line("documents", V.CHOICE, "documents", ("none", "genuine", "forged", "lost", "withheld", UNKNOWN)),
        field("document_types", V.CHOICES, "documents",
              ("passport", "identity_card", "visa", "residence_permit", "refugee_document", "other"),
              when=when("documents", "genuine", "forged", "lost", "withheld")),
        line("mode", V.CHOICE, "route", MODES, carry=True),
        field("place", V.PLACE, "route", carry=True),
        field("legs", V.ROWS, "route", fields=LEG, most=Decimal(20), carry=True),
        line("destination", V.COUNTRY, "route", carry=True),
        field("protection", V.CHOICE, "protection", PROTECTION),
        line("vulnerable", V.YES_NO_UNKNOWN, "protection"),
        field("vulnerabilities", V.CHOICES, "protection", VULNERABILITIES, when=when("vulnerable", "yes")),
        line("referred", V.YES_NO_UNKNOWN, "protection"),
        field("referred_to", V.CHOICE, "protection",
              ("child_protection", "health", "asylum", "victim_services", "shelter", "other"),
              when=when("referred", "yes")),
        field("interview", V.CHOICE, "protection", ("not_offered", "offered", "held", "refused")),
        field("assessment", V.CHOICE, "protection", ("none", "smuggled", "possibly_trafficked", UNKNOWN)),
        field("remarks", V.LONG_TEXT, "remarks"),
        field("names", V.TEXT, "identity", part=Part.SEALED),
        field("birth", V.PARTIAL_DATE, "identity", part=Part.SEALED),
        field("document_number", V.TEXT, "identity", part=Part.SEALED),
        field("caregiver", V.TEXT, "identity", part=Part.SEALED, when=(Condition("accompaniment", CHILDREN),)),
    ),
)  # fmt: skip
