from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from tripoint.words.forms.catalogue import FORMS, form_to_json
from tripoint.words.forms.model import COUNTABLE, Condition, Field, Form, FormAnswer, Part, ValueKind
from tripoint.words.forms.reading import read, read_values
from tripoint.words.htcds import FORCED_CRIMES
from tripoint.words.offences import OFFENCES, OffenceGroup

V = ValueKind
texts = st.text(max_size=40)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3), max_leaves=6,
)  # fmt: skip


def one(kind: ValueKind, value: Any, **more: Any) -> Any:
    """What a form of one field makes of a value; the problems where it cannot be read."""
    found = read_values(Form("trial", "trials", (Field("it", kind, **more),)), {"it": value})
    return found if isinstance(found, tuple) else found.get("it")


@pytest.mark.parametrize(
    ("kind", "value", "read_as"),
    [
        (V.TEXT, "  a line ", "a line"), (V.TEXT, "", None), (V.INTEGER, "12", 12), (V.INTEGER, 12.0, 12),
        (V.DECIMAL, "12.50", "12.5"), (V.DECIMAL, 0, "0"), (V.DECIMAL, "1000000000000.25", "1000000000000.25"),
        (V.MONEY, "12.50 usd", {"amount": "12.5", "currency": "USD"}),
        (V.MONEY, {"amount": 3, "currency": "USDT"}, {"amount": "3", "currency": "USDT"}), (V.MONEY, {}, None),
        (V.COUNTRY, "VEN", "VEN"), (V.COUNTRY, "Kosovo", "XKX"), (V.COUNTRY, "stateless", "XXA"),
        (V.COUNTRY, "unknown", None), (V.COUNTRY, "Curaçao", "CUW"), (V.COUNTRIES, "COL; PAN;COL", ["COL", "PAN"]),
        (V.LANGUAGE, "HT", "ht"), (V.YES_NO, "Yes", True), (V.YES_NO, False, False), (V.YES_NO_UNKNOWN, "n", "no"),
        (V.DATE, "2026-02-28", "2026-02-28"), (V.PARTIAL_DATE, "1987-04", "1987-04"),
        (V.MOMENT, "2026-02-28T10:00:00-03:00", "2026-02-28T13:00:00Z"), (V.PLACE, "Quay 4", {"name": "Quay 4"}),
        (V.PLACE, {"latitude": 8.5, "longitude": -79}, {"latitude": 8.5, "longitude": -79.0}),
    ],
)  # fmt: skip
def test_values_are_read_as_what_they_are(kind: ValueKind, value: Any, read_as: Any) -> None:
    assert one(kind, value) == read_as


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (V.TEXT, "two\nlines"), (V.TEXT, "x" * 301), (V.TEXT, {"a": 1}), (V.TEXT, "\ud800"), (V.INTEGER, "1.5"),
        (V.INTEGER, "1,5"), (V.INTEGER, True), (V.INTEGER, "1e5"), (V.DECIMAL, "NaN"), (V.DECIMAL, "1.234,50"),
        (V.MONEY, "77"), (V.MONEY, "-3 USD"), (V.MONEY, {"amount": "3", "currency": "XXX"}), (V.MONEY, {"sum": 3}),
        (V.COUNTRY, "Estonai"), (V.COUNTRY, "UTO"), (V.COUNTRY, "SUN"), (V.COUNTRY, "Narnia"),
        (V.LANGUAGE, "klingon"),
        (V.YES_NO, "maybe"), (V.DATE, "2026-02-30"), (V.DATE, "28.02.2026"), (V.PARTIAL_DATE, "next year"),
        (V.MOMENT, "2026-02-28T10:00:00"), (V.PLACE, {"name": "Quay", "latitude": 91, "longitude": 0}),
        (V.PLACE, {"latitude": 1}), (V.REFERENCE, "7"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why_and_what_to_do_and_never_what_was_written(kind: ValueKind, value: Any) -> None:
    (problem,) = one(kind, value)
    assert problem.field.startswith("it")
    assert problem.reason
    assert problem.remedy
    assert str(value) not in f"{problem.reason} {problem.remedy}"


def test_a_country_is_never_guessed() -> None:
    """The traps on which fuzzy tables fall: each is refused, or read as what it says (domain page, section 1.6)."""
    expected = {
        "Guinea Ecuatorial": "GNQ", "Alemania": "DEU", "China, Taiwan": "TWN", "Costa de Marfil": "CIV",
        "Estados Unidos": "USA", "Corea del Norte": "PRK",
    }  # fmt: skip
    for name, code in expected.items():
        found = one(V.COUNTRY, name)
        assert isinstance(found, tuple) or found == code


def test_what_is_asked_under_a_condition_is_asked_there_only() -> None:
    form = Form("trial", "trials", (
        Field("age", V.INTEGER), Field("guardian", V.TEXT, required=True, when=(Condition("age", below=Decimal(18)),)),
    ))  # fmt: skip
    assert read_values(form, {"age": 40}) == {"age": 40}
    assert read_values(form, {"age": 7, "guardian": "an aunt"}) == {"age": 7, "guardian": "an aunt"}
    for values in ({"age": 7}, {"age": 40, "guardian": "an aunt"}, {"guardian": "an aunt"}):
        found = read_values(form, values)
        assert isinstance(found, tuple)
        assert [problem.field for problem in found] == ["guardian"]


def test_what_a_field_is_asked_under_may_stand_after_it() -> None:
    victim = {
        "age_group": "adult", "vic_TraffickingStatus": "PossibleVictimOfTrafficking",
        "vic_TypeOfExploitation": ["SexualExploitation", "ForcedCriminality"], "forced_crimes": [FORCED_CRIMES[0]],
    }  # fmt: skip
    found = read(FORMS["victim"], victim)
    assert isinstance(found, FormAnswer)
    assert found.values["forced_crimes"] == [FORCED_CRIMES[0]]
    refused = read(FORMS["victim"], {**victim, "vic_TypeOfExploitation": ["SexualExploitation"]})
    assert isinstance(refused, tuple)
    assert [(one.field, one.reason) for one in refused] == [("forced_crimes", "This is not asked here.")]


def test_all_problems_are_told_at_once_with_their_paths() -> None:
    legs = [{"from": "COL"}, {"from": "COL", "to": "x", "by": 1}]
    values = {"nationality": "Narnia", "legs": legs, "no_field": 1}
    found = read(FORMS["detection"], values)
    assert isinstance(found, tuple)
    assert {one.field for one in found} == {"no_field", "nationality", "legs.0.to", "legs.1.to", "legs.1.by"}


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_a_line_holds_codes_and_numbers_and_no_identity(form: Form) -> None:
    for field in form.of_part(Part.LINE):
        assert field.kind in COUNTABLE
    named = ("name", "names", "birth", "number", "phone", "account", "holder", "contact", "informant", "remarks")
    for field in form.of_part(Part.LINE):
        assert field.name.casefold().split("_")[-1] not in named, field.name
    with pytest.raises(ValueError, match="codes and numbers"):
        Field("name", V.TEXT, Part.LINE)


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_forms_are_plain_data(form: Form) -> None:
    told = json.loads(json.dumps(form_to_json(form)))
    assert [one["name"] for one in told["fields"]] == [one.name for one in form.fields]
    names = {one.name for one in form.fields}
    assert all(condition.field in names for one in form.fields for condition in one.when)
    assert not names & {"id", "owner", "post", "state", "version", "happened_at", "operation", "limit", "party"}


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
@settings(max_examples=25)
@given(data=st.data())
def test_whatever_is_sent_is_read_or_told_what_is_wrong(form: Form, data: st.DataObject) -> None:
    """Nothing makes a form stumble; what was read is JSON, and reading it again changes nothing."""
    names = st.sampled_from([one.name for one in form.fields])
    codes = st.sampled_from([code for one in form.fields for code in one.choices] or ["x"])
    values = data.draw(st.dictionaries(names | texts, anything | codes, max_size=6))
    found = read(form, values)
    if isinstance(found, FormAnswer):
        assert json.loads(json.dumps(found.values)) == found.values
        assert read(form, found.values) == found
        assert not set(found.line) & {one.name for one in form.of_part(Part.SEALED, Part.FACILITATOR)}
    else:
        assert found
        assert all(problem.reason and problem.remedy for problem in found)


def test_an_offence_belongs_to_one_group_and_other_crimes_are_told_apart() -> None:
    assert {group.value for group in OFFENCES.values()} == {"smuggling", "trafficking", "documents", "other"}
    for code, group in OFFENCES.items():
        found = read(FORMS["arrest"], {"offence": code, "basis": "report"})
        assert isinstance(found, FormAnswer)
        assert found.line["offence_group"] == group
        assert found.line["other_crime"] is (group is OffenceGroup.OTHER)


def test_an_age_says_whether_somebody_is_a_child_and_no_adult_is_an_unaccompanied_child() -> None:
    found = read(FORMS["detection"], {"age": 17, "age_group": "adult", "accompaniment": "unaccompanied_child"})
    assert isinstance(found, FormAnswer)
    assert found.line["age_group"] == "child"
    refused = read(FORMS["detection"], {"age": 18, "accompaniment": "separated_child"})
    assert isinstance(refused, tuple)
    assert refused[0].field == "accompaniment"


def test_the_last_three_legs_go_into_the_line_as_pairs() -> None:
    legs = [{"from": a, "to": b} for a, b in (("VEN", "COL"), ("COL", "PAN"), ("PAN", "CRI"), ("CRI", "NIC"))]
    found = read(FORMS["detection"], {"legs": legs})
    assert isinstance(found, FormAnswer)
    assert found.line["legs"] == [["COL", "PAN"], ["PAN", "CRI"], ["CRI", "NIC"]]


def test_a_seizures_items_are_counted_in_their_units() -> None:
    cash = {"category": "cash", "quantity": 5, "currency": "USD", "unit": "gram"}
    items = [{"category": "document", "quantity": "2.5"}, cash]
    found = read(FORMS["seizure"], {"items": items})
    assert isinstance(found, tuple)
    assert {one.field for one in found} == {"items.0.quantity", "items.1.unit"}
