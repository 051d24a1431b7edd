"""Rules of figures, publication and editions, on values alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from tests.desks.results import invented
from tripoint.base.errors import BadInput
from tripoint.desks.results import composing, editions, publication, returns, rules
from tripoint.desks.results.editions import Verdict, former_editions, interval, key
from tripoint.desks.results.measures import ALL, measure
from tripoint.desks.results.model import Counted, Edition, Qualifier, RecordSet, Reported, Rule
from tripoint.desks.results.narrative import typed_digits
from tripoint.desks.results.publication import Released

VALUES = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 60), min_size=1)


def rows(values: dict[str, int]) -> list[Counted]:
    return [Counted((code,), value, RecordSet(value, "0" * 64)) for code, value in sorted(values.items())]


def protected(values: dict[str, int]) -> publication.PublicTable:
    total = Counted((), sum(values.values()), RecordSet(sum(values.values()), "0" * 64))
    return publication.protect(measure("victims"), ("exploitation",), total, rows(values))


@given(VALUES)
def test_what_is_hidden_cannot_be_reckoned_from_what_is_shown(values: dict[str, int]) -> None:
    table = protected(values)
    if table.refused:
        assert table.cells == ()
        return
    hidden = [cell for cell in table.cells if cell.counted is None]
    assert all(cell.counted is None or cell.counted.value == 0 or cell.counted.value >= 10 for cell in table.cells)
    if hidden:
        assert len(hidden) > 1
        assert sum(values[cell.codes[0]] for cell in hidden) >= 10


@given(VALUES)
def test_a_frozen_table_names_no_hidden_number(values: dict[str, int]) -> None:
    table = protected(values)
    shown = composing.table_of(table, withheld=False)
    for cell in shown["cells"]:
        assert (cell["value"] is None) == ("records" not in cell)
    assert composing.table_of(table, withheld=True)["cells"] == []


@given(VALUES, VALUES)
def test_two_revisions_never_differ_by_a_few_unnoticed(before: dict[str, int], now: dict[str, int]) -> None:
    first, second = protected(before), protected(now)
    if first.refused or second.refused:
        return
    shown = {cell.codes[0]: cell.counted.value if cell.counted else None for cell in first.cells}
    told = publication.differences(second, [Released(first.name, shown, first.rest)])
    for cell in second.cells:
        was, value = shown.get(cell.codes[0], 0), cell.counted.value if cell.counted else None
        if was is not None and value is not None and 0 < abs(value - was) < 10:
            assert cell.codes[0] in told


def test_what_children_are_told_by_is_bounded() -> None:
    told = "children_by_country_and_form"
    assert publication.never(measure("victims_children"), ("party", "exploitation")) == told
    assert publication.never(measure("victims"), ("party", "exploitation", "age_group")) == told
    assert publication.never(measure("victims"), ("sex", "status", "day")) == "too_many_dimensions"
    assert publication.never(measure("victims_children"), ("party",)) == "part_beside_whole"
    assert publication.never(measure("arrests"), ("party", "age_group", "offence")) is None
    assert publication.threshold_of(measure("detections"), ("nationality",)) == 5
    assert publication.threshold_of(measure("detections"), ("age_group",)) == 10
    assert publication.threshold_of(measure("arrests"), ("party",)) == 0


@given(st.integers(0, 3))
@settings(max_examples=4)
def test_a_sheet_is_the_same_to_the_byte_and_its_sums_are_told(seed: int) -> None:
    text, digest = invented.frozen(seed)
    assert (text, digest) == invented.frozen(seed)
    content = composing.read_content(text)
    feet = {(foot["total"], foot["by"]): foot for foot in content["feet"]}
    for row in content["figures"]:
        party = feet.get((row["measure"], "party"))
        if party:
            found = sum(one["values"].get(row["measure"], {}).get("value", 0) for one in content["by_party"])
            assert party["found"] == found
            assert party["agrees"] == (found == row["value"])
            assert party["agrees"] or party["reason"]


def test_unlike_things_are_not_divided() -> None:
    rules.check_rate(measure("hits_confirmed"), measure("hits"))
    for above, below in (("detections", "checks_database"), ("hits", "checks_persons"), ("arrests", "victims")):
        with pytest.raises(BadInput, match="is not divided by"):
            rules.check_rate(measure(above), measure(below))
    for one in ALL:
        for other in ALL:
            if one.unit is not other.unit:
                with pytest.raises(BadInput):
                    rules.check_sum([one, other])


@given(st.integers(1, 10**7), st.sampled_from(list(Qualifier)))
def test_the_interval_of_a_value_holds_it(value: int, qualifier: Qualifier) -> None:
    low, high = interval(Reported(value, qualifier))
    assert low <= value <= high
    assert (low == high) == (qualifier is Qualifier.EXACT)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_a_record_is_claimed_only_where_no_rounding_could_undo_it(candidate: int, best: int) -> None:
    held = [Edition("X", "I", "f", "2020", "2020", "", (), {"victims": Reported(best, Qualifier.ABOUT)})]
    claim = editions.record("victims", Reported(candidate, Qualifier.EXACT), held, "family")
    low, high = interval(Reported(best, Qualifier.ABOUT))
    assert (claim.verdict is Verdict.RECORD) == (candidate > high)
    assert (claim.verdict is Verdict.NO_RECORD) == (candidate <= low)


def test_former_editions_are_held_with_sources_and_qualifiers() -> None:
    known = {key(one): one for one in former_editions()}
    assert len(known) == 26
    assert all(one.sources and one.values for one in known.values())
    turquesa = known["Turquesa V"].values
    assert turquesa["victims"] == Reported(163, Qualifier.EXACT)
    assert turquesa["irregular_migrants"] == Reported(12000, Qualifier.NEARLY)
    assert known["Turquesa III"].values["checks"].kind == "databases"


def test_nationalities_are_ranked_with_their_change() -> None:
    ranked = editions.rank({"VEN": 40, "CHN": 30, "ECU": 30, "HTI": 5}, ("VEN", "ECU", "COL"))
    assert [(one.code, one.place, one.before) for one in ranked] == [
        ("VEN", 1, 1), ("CHN", 2, None), ("ECU", 2, 2), ("HTI", 4, None), ("COL", None, 3),
    ]  # fmt: skip


def test_missing_returns_and_differences_are_explained() -> None:
    start, end, now = invented.OPERATION.starts_at, invented.OPERATION.ends_at, invented.NOW
    days = returns.days_due(start, end, now)
    assert [day.isoformat() for day in days] == ["2023-11-27", "2023-11-28", "2023-11-29", "2023-11-30"]
    told: list[returns.Told] = [("COL", day, {"arrests": 2.0, "shoes": 9.0}) for day in days]
    told.append(("PER", days[0], {"arrests": 1.0}))
    lacking = returns.missing(("COL", "PER", "PAN"), days, told)
    assert [(one.party, len(one.days)) for one in lacking] == [("PER", 3), ("PAN", 4)]
    counted = {"arrests": invented.figure("arrests", rows({"COL": 9, "PER": 4}), ("party",))}
    beside = {one.party: (one.declared, one.counted, one.reason) for one in returns.beside(told, counted, lacking)}
    assert beside == {"COL": (8, 9, "records_later"), "PER": (1, 4, "returns_missing")}


def test_a_typed_digit_is_found_in_any_script() -> None:
    assert typed_digits("{arrests} arrested") == []
    assert typed_digits("about 12 arrested")
    assert typed_digits("٣ موقوفين")
    assert len(typed_digits("{arrests} and 3 more, {x1}")) == 1


def test_rules_of_publication_stand_for_every_measure_of_people() -> None:
    people = {one.name for one in ALL if one.rule is not Rule.EXACT}
    assert {"victims", "victims_children", "detections", "detections_children", "nationalities"} <= people
