"""Keys stay within their bounds and meet across typing errors, orders and scripts."""

import pytest
from hypothesis import given, strategies as st

from tripoint.engines.screening import question_keys, record_keys
from tripoint.engines.screening.keys import MOST_QUESTION_KEYS, MOST_RECORD_KEYS, WEIGHTS
from tripoint.words.dates import PartialDate
from tripoint.words.documents import DocumentReference
from tripoint.words.people import PersonDescription, PersonName

BORN = PartialDate(1970, 5, 12)
NAMES = st.text(max_size=40) | st.text("abcdefghijklmnop العבגדАБВ -'", min_size=3, max_size=300)
PERSONS = st.builds(
    PersonDescription,
    st.lists(st.builds(PersonName, NAMES), max_size=60).map(tuple),
    st.lists(st.builds(PartialDate, st.integers(1930, 2020)), max_size=20).map(tuple),
)


def named(*names: str, births: tuple[PartialDate, ...] = ()) -> PersonDescription:
    return PersonDescription(tuple(map(PersonName, names)), births)


def shared(question: PersonDescription, record: PersonDescription) -> float:
    filed = {key.value for key in record_keys(record)}
    return sum(key.weight for key in question_keys(question) if key.value in filed)


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("Ricardo Solarte Quispe", "QUISPE, Ricardo Solarte"),
        ("Ricardo Solarte", "Ricardo Solrate"),
        ("Ricardo Solarte", "Ricrdo Solarte"),
        ("Solarte Ricardo", "Rixardo Solarte"),
        ("Bertrand Tumwine", "Bertrand Tumwinne"),
        ("Abdulrahman Tarsuni", "Abdul Rahman Tarsuni"),
        ("Abdul Rahman Tarsuni", "Abdulrahman Tarsuni"),
        ("Yusuf Karbalani", "يوسف كربلاني"),
        ("Dmitri Shcherbakov", "Дмитрий Щербаков"),
        ("Tumwinebere", "Tumwinebire"),
        ("Tumwinebere", "Tumwinbre"),
    ],
)
def test_a_question_meets_the_record_without_a_birth_date(asked: str, held: str) -> None:
    assert shared(named(asked), named(held)) >= WEIGHTS["slip"]


def test_a_birth_year_one_off_still_meets() -> None:
    assert shared(named("Xu", births=(PartialDate(1971),)), named("Xu Moran", births=(BORN,))) >= WEIGHTS["near"]


def test_a_document_meets_whatever_its_separators_and_misreadings() -> None:
    question = PersonDescription((), documents=(DocumentReference("AB 0-1234"),))
    record = PersonDescription((), documents=(DocumentReference("A8OI234"),))
    assert shared(question, record) == WEIGHTS["document"]


def test_three_names_of_three_words_need_few_keys() -> None:
    names = ("Aleksandr Vladimirovich Kolesnikov", "Bertrand Mukasa Tumwine", "Ricardo Solarte Quispe")
    assert len(record_keys(named(*names, births=(BORN,)))) <= 100
    assert len(question_keys(named(names[0], births=(BORN,)))) <= 60


def test_weights_depend_on_the_kind_alone() -> None:
    assert all(0 < weight <= 10 for weight in WEIGHTS.values())
    weights = {key.value: key.weight for key in record_keys(named("Ricardo Solarte", births=(BORN,)))}
    others = {key.value: key.weight for key in record_keys(named("Ricardo Solarte", "Other Name", births=(BORN,)))}
    assert weights.items() <= others.items()


@given(PERSONS)
def test_keys_are_bounded_numbers_for_any_person(person: PersonDescription) -> None:
    for keys, most in ((record_keys(person), MOST_RECORD_KEYS), (question_keys(person), MOST_QUESTION_KEYS)):
        assert len(keys) <= most
        assert len({key.value for key in keys}) == len(keys)
        assert all(-(2**63) <= key.value < 2**63 for key in keys)
        assert [key.weight for key in keys] == sorted((key.weight for key in keys), reverse=True)
