"""The compiled rules for births, nationality, sex and documents are those that findings explain."""

from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import given, strategies as st

from tripoint.engines.screening import evidence, facts
from tripoint.engines.screening.compare import columns_of, judgement
from tripoint.engines.screening.model import MODEL
from tripoint.engines.screening.people import encode, pack_birth
from tripoint.words.dates import PartialDate
from tripoint.words.documents import DocumentReference, DocumentType
from tripoint.words.people import PersonDescription, Sex

DAYS = st.dates(date(1960, 1, 1), date(1963, 12, 31)) | st.dates(date(1850, 1, 1), date(2140, 1, 1))
YEARS = st.integers(1958, 1966)
BIRTHS = st.one_of(
    st.builds(lambda day, about: PartialDate(day.year, day.month, day.day, about=about), DAYS, st.booleans()),
    st.builds(PartialDate, YEARS, st.none() | st.integers(1, 12), about=st.booleans()),
    st.builds(lambda year, more: PartialDate(year, year_to=year + more), YEARS, st.integers(0, 4)),
    st.builds(lambda day, more: PartialDate(day.year, day.month, day.day, day.year + more), DAYS, st.integers(0, 2)),
)
ISSUERS = st.sampled_from([None, "COL", "PAN", "UNO", "XXB", "XOM", "D"])
DOCUMENTS = st.builds(
    DocumentReference, st.sampled_from(["AB1234", "A81234", "ab 1234", "X9"]), ISSUERS,
    st.none() | st.sampled_from(DocumentType),
)  # fmt: skip
CODES = st.sampled_from(["COL", "PAN", "XXA", "XXB", "XXX", "UNO", "DEU"])
NOBODY = PersonDescription(())


def weights(one: PersonDescription, other: PersonDescription) -> list[float]:
    left, right, table = columns_of(encode([one])), columns_of(encode([other])), judgement().facts
    rules = (facts.birth_weight, facts.nationality_weight, facts.sex_weight, facts.document_weight)
    return [rule(left, 0, right, 0, table) for rule in rules]


@given(BIRTHS, BIRTHS)
def test_births_agree_in_the_same_manner(one: PartialDate, other: PartialDate) -> None:
    packed = (np.array(pack_birth(birth), np.int16) for birth in (one, other))
    assert facts.CODES[facts.birth_manner(*packed)] == f"birth.{evidence.birth_manner(one, other)}"


@given(BIRTHS, BIRTHS)
def test_births_agree_both_ways(one: PartialDate, other: PartialDate) -> None:
    here, there = (np.array(pack_birth(birth), np.int16) for birth in (one, other))
    assert facts.birth_manner(here, there) == facts.birth_manner(there, here)


@given(st.lists(BIRTHS, max_size=3).map(tuple), st.lists(BIRTHS, max_size=3).map(tuple))
def test_the_best_birth_counts(one: tuple[PartialDate, ...], other: tuple[PartialDate, ...]) -> None:
    _, feature = evidence.compare_births(one, other)
    found = weights(replace(NOBODY, births=one), replace(NOBODY, births=other))
    assert np.isclose(found[0], feature.weight if feature else 0.0)


@given(st.lists(CODES, max_size=3).map(tuple), st.lists(CODES, max_size=3).map(tuple))
def test_nationalities(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    _, feature = evidence.compare_nationalities(one, other)
    found = weights(replace(NOBODY, nationalities=one), replace(NOBODY, nationalities=other))
    assert np.isclose(found[1], feature.weight if feature else 0.0)


@given(st.none() | st.sampled_from(Sex), st.none() | st.sampled_from(Sex))
def test_sexes(one: Sex | None, other: Sex | None) -> None:
    _, feature = evidence.compare_sexes(one, other)
    found = weights(replace(NOBODY, sex=one), replace(NOBODY, sex=other))
    assert np.isclose(found[2], feature.weight if feature else 0.0)


@given(st.lists(DOCUMENTS, max_size=3).map(tuple), st.lists(DOCUMENTS, max_size=3).map(tuple))
def test_documents(one: tuple[DocumentReference, ...], other: tuple[DocumentReference, ...]) -> None:
    here, there = (tuple(map(evidence.prepare_document, each)) for each in (one, other))
    _, feature = evidence.compare_documents(here, there)
    found = weights(replace(NOBODY, documents=one), replace(NOBODY, documents=other))
    assert np.isclose(found[3], feature.weight if feature else 0.0)


def test_every_fact_of_the_model_has_its_place() -> None:
    named = {feature.code for feature in MODEL.features} - {"name.missing"}
    assert set(facts.CODES) == named
