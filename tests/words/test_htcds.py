"""The standard as published: every field, every code, and a record that comes back as it went out."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from tripoint.words import htcds
from tripoint.words.ctdc import COLUMNS, as_ctdc, means_of_control
from tripoint.words.forms.interview import FORM as INTERVIEW
from tripoint.words.forms.model import FormAnswer, Part, Problem
from tripoint.words.forms.reading import read
from tripoint.words.forms.victim import FORM
from tripoint.words.htcds import CONSENT_QUESTIONS, FORCED_CRIMINALITY, IDENTITY, REPEATED, StandardField
from tripoint.words.htcds_files import as_chapters, as_row, from_chapters, from_row
from tripoint.words.ictip import as_entities

TEXT = st.text("abc éñ中;\"'=,", min_size=1, max_size=12).map(str.strip).filter(bool)


def test_fields_and_codes_are_those_published(data_folder: Callable[[str], Path]) -> None:
    folder = data_folder("migration") / "standards"
    with (folder / "htcds_2.0_fields.csv").open(encoding="utf-8") as lines:
        published = {
            row["Field Name Prefix"] + row["Field Name"]: row["Status"]
            for row in csv.DictReader(lines)
            if row["Field Name Prefix"]
        }
    assert list(htcds.fields()) == list(published)
    assert len(published) == 84
    assert {name for name, status in published.items() if status == "DEPRECATED"} == {
        name for name, field in htcds.fields().items() if field.deprecated
    }
    lists = json.loads((folder / "htcds_2.0_picklists.json").read_text(encoding="utf-8"))
    assert {name: list(field.codes) for name, field in htcds.fields().items() if field.codes} == lists


def test_the_form_asks_all_84_and_seals_who_it_is() -> None:
    asked = {field.name: field for field in FORM.fields}
    within = {column.name for rows in REPEATED.values() for column in asked[rows].fields}
    assert {*htcds.fields()} <= {*asked} | within
    assert {name for name, field in asked.items() if field.part is Part.SEALED} >= {*IDENTITY}
    assert not {field.name for field in FORM.of_part(Part.LINE)} & {*IDENTITY}


def value_of(field: StandardField) -> st.SearchStrategy[Any]:
    """A value as our form keeps it."""
    match field.kind:
        case "pick":
            return st.sampled_from(field.codes)
        case "picks":
            return st.lists(st.sampled_from(field.codes), min_size=1, unique=True)
        case "countries":
            return st.lists(st.sampled_from(("VEN", "ECU", "CHN", "XKX")), min_size=1, unique=True)
        case "country":
            return st.sampled_from(("PAN", "COL"))
        case "number":
            return st.integers(0, 90)
        case "checkbox":
            return st.sampled_from(("yes", "no"))
        case "date":
            return st.dates().map(str)
        case _:
            return TEXT


def some(prefix: str) -> st.SearchStrategy[dict[str, Any]]:
    chosen = {name: value_of(field) for name, field in htcds.fields().items() if field.prefix == prefix}
    return st.fixed_dictionaries({}, optional=chosen)


ONCE = [prefix for prefix in htcds.CHAPTERS if prefix not in REPEATED]
RECORDS = st.tuples(
    st.tuples(*map(some, ONCE)), st.fixed_dictionaries({}, optional={
        name: st.lists(some(prefix).filter(bool), min_size=1, max_size=3) for prefix, name in REPEATED.items()
    }),
).map(lambda parts: {name: value for part in (*parts[0], parts[1]) for name, value in part.items()})  # fmt: skip


@given(RECORDS)
@settings(max_examples=40)
def test_a_record_comes_back_as_it_went_out(values: dict[str, Any]) -> None:
    assert from_chapters(json.loads(json.dumps(as_chapters(values)))) == values
    row = as_row(values)
    assert list(row) == [*htcds.fields()]
    assert from_row(row) == values


def test_forced_criminality_leaves_as_other_and_seven_questions_as_one_box() -> None:
    values = {"vic_TypeOfExploitation": ["ForcedLabour", FORCED_CRIMINALITY, "Other"]}
    assert as_chapters(values)["VictimContext"]["vic_TypeOfExploitation"] == ["ForcedLabour", "Other"]
    agreed = dict.fromkeys(CONSENT_QUESTIONS, "yes")
    assert as_row(agreed)["con_Consent"] == "true"
    assert as_row(agreed | {CONSENT_QUESTIONS[3]: "no"})["con_Consent"] == "false"


@pytest.mark.parametrize("row", [{"prs_Gender": "Female"}, {"prs_Nonsense": "x"}, {"prs_Deceased": "perhaps"}])
def test_what_the_standard_does_not_know_is_refused_by_name(row: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=next(iter(row))):
        from_row(row)


def test_ctdc_has_27_columns_and_keeps_unknown_apart_from_no() -> None:
    assert len(COLUMNS) == len({*COLUMNS}) == 27
    values = {
        "prs_Gender": "Masculine", "age": 16, "prs_Citizenship": ["VEN"],
        "country_of_exploitation": "MMR", "months": 13,
        "vic_MethodsOfControl": ["DebtBondage"], "means_ruled_out": ["FalsePromises"],
        "vic_TypeOfExploitation": [FORCED_CRIMINALITY], "recruiter_relation": "friend",
    }  # fmt: skip
    row = as_ctdc(values, 2023)
    assert tuple(row) == COLUMNS
    assert (row["ageBroad"], row["traffickMonths"], row["gender"]) == ("9-17", "13-24", "Man")
    assert (row["meansDebtBondageEarnings"], row["meansFalsePromises"], row["meansThreats"]) == ("1", "0", "-99")
    assert (row["isForcedLabour"], row["isOtherExploit"], row["typeOfSexPornography"]) == ("0", "1", "-99")
    assert (row["recruiterRelationFriend"], row["recruiterRelationFamily"]) == ("1", "0")
    assert set(as_ctdc({}, 2023).values()) == {"2023", "-99"}


def test_ic_tip_tells_four_entities_and_nobodys_name() -> None:
    values = {
        "vic_TraffickingStatus": "PossibleVictimOfTrafficking", "prs_FirstName": "Mireldo",
        "child_wishes": "to go home",
        "perpetrators": [{"per_RoleInProcess": ["Exploiter"], "per_RoleDetails": "Antuvelas"}],
        "events": [{"hte_Type": "Transit", "hte_Country": "PAN", "hte_City": "Metetí"}],
    }  # fmt: skip
    case = as_entities(values, number=1, year=2023, party="PAN", age_group="child")
    assert {"event", "victim", "perpetrators", "reporting_entity"} <= {*case}
    assert case["event"]["stages"] == [{"stage": "Transit", "country": "PAN"}]
    assert len(case["event"]["means"]) == 18
    told = json.dumps(case)
    assert not [word for word in ("Mireldo", "Antuvelas", "home", "Metetí") if word in told]


def victim(**more: Any) -> dict[str, Any]:
    return {"vic_TraffickingStatus": "PossibleVictimOfTrafficking", "age_group": "adult", **more}


def problems(found: FormAnswer | tuple[Problem, ...]) -> set[str]:
    return {one.field for one in found} if isinstance(found, tuple) else set()


def test_a_formal_decision_names_who_decided_and_counts_apart() -> None:
    possible = read(FORM, victim(prs_FirstName="Mireldo", prs_Gender="TransgenderFeminine"))
    assert isinstance(possible, FormAnswer)
    assert (possible.line["status"], possible.line["referral"]) == ("potential", "screened")
    assert possible.line["sex"] == "other"
    assert possible.sealed == {"prs_FirstName": "Mireldo"}
    formal = victim(vic_TraffickingStatus="ActualVictimOfTrafficking")
    assert problems(read(FORM, formal)) == {"vic_TraffickingStatusDecisionMakingOrg"}
    decided = read(FORM, formal | {"vic_TraffickingStatusDecisionMakingOrg": "CourtOrProsecution"})
    assert isinstance(decided, FormAnswer)
    assert decided.line["status"] == "identified"


def test_a_childs_referral_begins_at_once_and_unknown_age_is_a_childs() -> None:
    for age_group in ("child", "unknown"):
        found = read(FORM, victim(age_group=age_group))
        assert isinstance(found, FormAnswer)
        assert found.line["referral"] == "referred"
    assert problems(read(FORM, victim(age=15))) == {"age_group"}


def test_no_child_is_interviewed_alone_and_nobody_against_his_will() -> None:
    asked = victim(age_group="child", interviewed=True, consent_interview="yes")
    assert problems(read(FORM, asked)) == {"guardian_present"}
    assert not problems(read(FORM, asked | {"trained_interviewer": "yes"}))
    assert problems(read(FORM, victim(interviewed=True, consent_interview="no"))) == {"consent_interview"}


def test_a_means_of_control_is_not_used_and_ruled_out_at_once() -> None:
    both = victim(vic_MethodsOfControl=["DebtBondage"], means_ruled_out=["DebtBondage"])
    assert problems(read(FORM, both)) == {"means_ruled_out"}
    assert means_of_control(both, "PhysicalAbuse") == "unknown"


HELD: dict[str, Any] = {
    "reference": "R 17", "outcome": "held", "voluntary": True, **dict.fromkeys(CONSENT_QUESTIONS, True),
    "language": "ht", "age_group": "adult",
}  # fmt: skip


def test_no_interview_is_held_without_what_a_person_must_be_told() -> None:
    assert not problems(read(INTERVIEW, HELD))
    assert not problems(read(INTERVIEW, HELD | {"consent_research": False}))
    for question in {*CONSENT_QUESTIONS, "voluntary"} - {"consent_research"}:
        assert question in problems(read(INTERVIEW, HELD | {question: False}))
        assert question in problems(read(INTERVIEW, {name: HELD[name] for name in HELD if name != question}))


def test_a_refusal_keeps_nothing_else() -> None:
    refused = {"reference": "R 18", "outcome": "refused", "voluntary": True, "language": "zh"}
    found = read(INTERVIEW, refused)
    assert isinstance(found, FormAnswer)
    assert found.line["outcome"] == "refused"
    for more in ({"nationality": "CHN"}, {"account": "told after all"}, {"route": [{"from_country": "COL"}]}):
        assert problems(read(INTERVIEW, refused | more))


def test_a_child_is_interviewed_with_a_guardian_or_a_trained_person() -> None:
    for age_group in ("child", "unknown"):
        assert problems(read(INTERVIEW, HELD | {"age_group": age_group})) == {"guardian_present"}
        assert not problems(read(INTERVIEW, HELD | {"age_group": age_group, "guardian_present": True}))
    assert problems(read(INTERVIEW, {name: HELD[name] for name in HELD if name != "age_group"})) == {"age_group"}


def test_prices_belong_to_legs_that_are_there() -> None:
    price = {"amount": "900", "currency": "USD", "scope": "leg", "kind": "paid"}
    route = [{"from_country": "COL", "to_country": "PAN"}]
    assert not problems(read(INTERVIEW, HELD | {"route": route, "prices": [price | {"leg": 1}]}))
    assert problems(read(INTERVIEW, HELD | {"route": route, "prices": [price | {"leg": 2}]})) == {"prices.0.leg"}
    wrong = price | {"scope": "whole", "low": "1000"}
    assert problems(read(INTERVIEW, HELD | {"prices": [wrong]})) == {"prices.0.amount"}


def test_what_is_said_of_facilitators_stands_apart() -> None:
    told = HELD | {"facilitators": [{"role": "guide", "alias": "Zurdo"}]}
    found = read(INTERVIEW, told)
    assert isinstance(found, FormAnswer)
    assert "facilitators" not in found.body
    assert found.facilitator["facilitators"][0]["alias"] == "Zurdo"
