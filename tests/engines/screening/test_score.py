"""Scores: what agrees lifts, what contradicts lowers, and each says why."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, strategies as st

from tripoint.engines.screening import MODEL, Grade, Manner, Verdict, names_alone, prepare, score
from tripoint.engines.screening.compare import score_pairs
from tripoint.engines.screening.people import encode
from tripoint.words.dates import PartialDate
from tripoint.words.documents import DocumentReference
from tripoint.words.people import NameKind, PersonDescription, PersonName, Sex

BORN = PartialDate(1970, 5, 12)
WORDS = st.sampled_from(
    ["ricardo", "solarte", "quispe", "bertrand", "mukasa", "tumwine", "يوسف", "كربلاني", "Щербаков", "김", "ofa", "ito"]
)
NAMES = st.builds(PersonName, st.lists(WORDS, min_size=1, max_size=4).map(" ".join) | st.text(max_size=30))
BIRTHS = st.dates(date(1930, 1, 1), date(2010, 1, 1)).map(lambda day: PartialDate(day.year, day.month, day.day))
PERSONS = st.builds(
    PersonDescription,
    st.lists(NAMES, max_size=3).map(tuple),
    st.lists(BIRTHS | st.builds(PartialDate, st.integers(1930, 2010)), max_size=2).map(tuple),
    st.lists(st.sampled_from(["PAN", "COL", "XXB", "DEU"]), max_size=2).map(tuple),
    st.none() | st.sampled_from(Sex),
    st.lists(st.builds(DocumentReference, st.sampled_from(["AB1234", "A81234", "X9"])), max_size=1).map(tuple),
)


def named(*names: str) -> PersonDescription:
    return PersonDescription(tuple(map(PersonName, names)))


HELD = PersonDescription(
    (PersonName("Ricardo SOLARTE QUISPE"), PersonName("El Flaco", NameKind.WEAK_ALIAS)),
    (BORN,),
    ("COL",),
    Sex.MALE,
    (DocumentReference("AB1234", "COL"),),
)


def test_the_same_person_is_strong_and_told_why() -> None:
    finding = score(HELD, HELD)
    assert finding.grade is Grade.STRONG
    assert finding.score < 1
    assert finding.model == MODEL.version
    assert {reason.code for reason in finding.reasons} == {
        "name.same",
        "birth.same",
        "nationality.same",
        "sex.same",
        "document.same",
    }
    assert [field.field for field in finding.comparison] == ["name", "birth", "nationality", "sex", "document"]
    assert {field.verdict for field in finding.comparison} == {Verdict.SAME}


@pytest.mark.parametrize(
    ("asked", "grade"),
    [
        (PersonDescription(HELD.names[:1], (BORN,)), Grade.STRONG),
        (PersonDescription(HELD.names[:1]), Grade.POSSIBLE),
        (PersonDescription((PersonName("Quispe Solarte, Ricardo"),), (BORN,)), Grade.STRONG),
        (PersonDescription((PersonName("Ricardo Solarte Quipse"),), (BORN,)), Grade.STRONG),
        (PersonDescription((PersonName("Ricardo Solarte"),), (BORN,)), Grade.STRONG),
        (PersonDescription(HELD.names[:1], (PartialDate(1970, 12, 5),)), Grade.STRONG),
        (PersonDescription(HELD.names[:1], (PartialDate(1983, 2, 1),)), Grade.WEAK),
        (PersonDescription((PersonName("Bertrand Mukasa"),), (BORN,), ("COL",), Sex.MALE), Grade.NONE),
        (PersonDescription((PersonName("Ricardo Tumwine"),), (BORN,), ("COL",), Sex.MALE), Grade.NONE),
        (PersonDescription((), documents=(DocumentReference("AB1234", "COL"),)), Grade.STRONG),
        (PersonDescription((PersonName("Another Man"),), documents=(DocumentReference("AB1234"),)), Grade.POSSIBLE),
        (PersonDescription(()), Grade.NONE),
    ],
)
def test_grades(asked: PersonDescription, grade: Grade) -> None:
    assert score(asked, HELD).grade is grade, score(asked, HELD)


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("Yusuf Karbalani", "يوسف كربلاني"),
        ("Dmitri Shcherbakov", "ЩЕРБАКОВ Дмитрий"),
        ("Abdul Rahman Tarsuni", "Abdulrahman AL-TARSUNI"),
        ("Jürgen Weiß", "JURGEN WEISS"),
        ("O'Neill-Smythe Fiona", "Fiona Oneill Smythe"),
    ],
)
def test_other_scripts_and_spellings_are_the_same_name(asked: str, held: str) -> None:
    assert score(named(asked), named(held)).grade in (Grade.STRONG, Grade.POSSIBLE)


def test_omitted_costs_less_than_contradicted() -> None:
    omitted = score(named("Ivan Petrov"), named("Ivan Sergeevich Petrov"))
    contradicted = score(named("Ivan Borisovich Petrov"), named("Ivan Sergeevich Petrov"))
    assert omitted.score > contradicted.score
    assert "not asked: sergeevich" in omitted.reasons[0].words
    assert "not held: borisovich; not asked: sergeevich" in contradicted.reasons[0].words


def test_a_name_cut_short_by_a_document_matches_by_its_beginnings() -> None:
    cut = PersonName("NILAVADHANANANDA CHAYAPA DEJ K", truncated=True)
    whole = named("Chayapa Dejthamrong Krasuang Nilavadhanananda")
    assert score(PersonDescription((cut,)), whole).grade is Grade.POSSIBLE
    assert score(PersonDescription((cut,)), whole).score > score(named(cut.full), whole).score


def test_a_refugee_contradicts_no_nationality() -> None:
    asked = replace(HELD, nationalities=("XXB",))
    assert score(asked, HELD).comparison[2].verdict is Verdict.MISSING


def test_exact_names_are_still_ranked() -> None:
    short, long = named("Xu Li"), named("Bertrand Mukasa Tumwine")
    assert score(long, long).score > score(short, short).score


@given(PERSONS, PERSONS)
def test_a_score_is_a_share_and_preparing_changes_nothing(asked: PersonDescription, held: PersonDescription) -> None:
    finding = score(asked, held)
    assert 0 < finding.score < 1
    assert finding == score(prepare(asked), prepare(held))
    assert finding.grade is MODEL.grade(finding.score)


@given(PERSONS, PERSONS)
def test_no_record_scores_higher_than_the_question_itself(asked: PersonDescription, held: PersonDescription) -> None:
    if prepare(asked).words and prepare(held).words:
        missing = PersonDescription(
            asked.names,
            asked.births or held.births,
            asked.nationalities or held.nationalities,
            asked.sex or held.sex,
            asked.documents or held.documents,
        )
        assert score(asked, missing).score >= score(asked, held).score - 1e-9


@given(PERSONS, PERSONS)
def test_a_contradiction_never_raises_the_score(asked: PersonDescription, held: PersonDescription) -> None:
    asked = replace(asked, births=(BORN,), sex=Sex.MALE, nationalities=("PAN",))
    neutral = replace(held, births=(), sex=None, nationalities=())
    base = score(asked, neutral).score
    assert score(asked, replace(neutral, births=(PartialDate(1951, 1, 30),))).score <= base
    assert score(asked, replace(neutral, sex=Sex.FEMALE)).score <= base
    assert score(asked, replace(neutral, nationalities=("DEU",))).score <= base


@given(PERSONS, st.lists(NAMES, max_size=3))
def test_another_alias_never_lowers_the_score(held: PersonDescription, aliases: list[PersonName]) -> None:
    asked = named("Ricardo Solarte Quispe")
    if prepare(held).words:
        more = replace(held, names=(*held.names, *aliases))
        assert score(asked, more).score >= score(asked, held).score


@given(st.lists(PERSONS, min_size=1, max_size=4), st.lists(PERSONS, min_size=1, max_size=4))
def test_many_at_once_score_as_one_by_one(asked: list[PersonDescription], held: list[PersonDescription]) -> None:
    pairs = np.array([(one, other) for one in range(len(asked)) for other in range(len(held))], np.int32)
    scores = score_pairs(encode(asked), encode(held), pairs)
    for (one, other), value in zip(pairs, scores, strict=True):
        assert value == pytest.approx(score(asked[one], held[other]).score, abs=1e-5)


def test_the_words_of_two_names_stand_beside_each_other() -> None:
    aligned = (
        names_alone("Abdul Rahman Mukasa B. Tumwine", "Tumwine Mukassa Abdulrahman Bertrand Ofa").comparison[0].aligned
    )
    found = {(pair.asked, pair.held): pair.manner for pair in aligned}
    assert found["mukasa", "mukassa"] is Manner.SOUND
    assert found["tumwine", "tumwine"] is Manner.SAME
    assert found["b", "bertrand"] is Manner.INITIAL
    assert found[None, "ofa"] is Manner.ONLY_HELD
