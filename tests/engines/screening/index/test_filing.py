"""Questions meet records by their keys across orders, cuts, scripts, slips and years, and no key is lost."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from tests.engines.screening.index.invented import named
from tripoint.engines.screening.index import asking, filing, kinds
from tripoint.engines.screening.index.postings import ROW_BITS, packed_keys
from tripoint.engines.screening.people import encode
from tripoint.words.dates import PartialDate
from tripoint.words.documents import DocumentReference
from tripoint.words.people import PersonDescription

WORDS = st.text("abdefghiklmnoprstuvyz", min_size=2, max_size=12)
NAMES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


def shared(question: PersonDescription, record: PersonDescription) -> int:
    filed = set((packed_keys(encode([record])) >> np.uint64(ROW_BITS)).tolist())
    keys, weights = asking.ask(encode([question]))
    return sum(weight for key, weight in zip(keys.tolist(), weights.tolist(), strict=True) if key in filed)


@pytest.mark.parametrize(
    ("asked", "held"),
    [
        ("Ricardo Solarte Quispe", "QUISPE, Ricardo Solarte"),
        ("Ricardo Solarte", "Ricardo Solrate"),
        ("Solarte Ricardo", "Rixardo Solarte"),
        ("Bertrand Tumwine", "Bertrand Tumwinne"),
        ("Abdulrahman Tarsuni", "Abdul Rahman Tarsuni"),
        ("Abdul Rahman Tarsuni", "Abdulrahman Tarsuni"),
        ("Tarsuni Abdulrahman", "Abdul Rahman Tarsuni"),
        ("Yusuf Karbalani", "يوسف كربلاني"),
        ("Dmitri Shcherbakov", "Дмитрий Щербаков"),
        ("Tumwinebere", "Tumwinebire"),
        ("Tumwinebere", "Tumwinbre"),
        ("Tumwinebere", "Tum Winebere"),
        ("Oshiro Tanikawa", "Oshiro T"),
        ("Amirpour Hilari", "Ambol Hirali"),
        ("Robert Tumwine", "Bob Tumwine"),
        ("Papadimitropoulou Evangelia", "Papadimitr Evangelia"),
    ],
)
def test_a_question_meets_the_record_without_a_birth_date(asked: str, held: str) -> None:
    assert shared(named(asked), named(held)) > 0
    assert shared(named(held), named(asked)) > 0


@given(NAMES, st.randoms())
def test_the_order_of_words_changes_no_key_but_that_of_the_row(name: str, dice: st.DataObject) -> None:
    words = name.split()
    turned = " ".join(reversed(words))
    assert shared(named(name), named(turned)) > 0


@given(NAMES, st.integers(0, 30), st.sampled_from("bdklmnrst"))
def test_what_is_alike_meets_more_heavily_than_what_is_spoilt(name: str, at: int, letter: str) -> None:
    spoilt = name[: at % len(name)] + letter + name[at % len(name) :]
    assert shared(named(name), named(name)) >= shared(named(spoilt), named(name))


@pytest.mark.parametrize("asked", [1969, 1970, 1971])
def test_the_year_of_birth_and_those_beside_it_meet(asked: int) -> None:
    held = named("Xu Moran", births=(PartialDate(1970, 5, 12),))
    alone, dated = (shared(named("Xu Tolbert", births=births), held) for births in ((), (PartialDate(asked),)))
    assert dated > alone


@pytest.mark.parametrize(
    ("held", "meets"),
    [
        (PartialDate(1968, year_to=1972), True),
        (PartialDate(1968, about=True), True),
        (PartialDate(1966, about=True), False),
        (PartialDate(1960, year_to=2000), False),  # of a long span only the first years are filed
    ],
)
def test_spans_and_approximate_years_are_filed_under_each_year(held: PartialDate, meets: bool) -> None:
    asked = named("Moran", births=(PartialDate(1970),))
    alone = shared(named("Moran"), named("Moran"))
    assert (shared(asked, named("Moran", births=(held,))) > alone) is meets


def test_a_day_and_month_exchanged_still_meet() -> None:
    asked, held = PartialDate(1970, 5, 12), PartialDate(1970, 12, 5)
    plain = shared(named("Moran", births=(PartialDate(1970, 5, 11),)), named("Moran", births=(held,)))
    assert shared(named("Moran", births=(asked,)), named("Moran", births=(held,))) > plain


def test_a_document_meets_whatever_its_separators_and_misreadings() -> None:
    question = PersonDescription((), documents=(DocumentReference("AB 0-1234"),))
    record = PersonDescription((), documents=(DocumentReference("A8OI234"),))
    assert shared(question, record) == kinds.WEIGHTS[kinds.DOCUMENT]


@pytest.mark.parametrize("name", ["", " ", "a", "-", "x" * 2_000, "ab " * 700, "🙂", "\u200f\u202e", "n\u0303" * 500])
def test_any_name_has_a_bounded_number_of_keys(name: str) -> None:
    keys, weights = asking.ask(encode([named(name)]))
    assert len(keys) == len(weights) == len(set(keys.tolist())) <= filing.MOST_ASKED


def test_many_names_are_asked_and_filed_within_bounds() -> None:
    crowd = encode([named(*(f"Tarsun{at} Kolbert{at * 7} Vil{at * 3}mar" for at in range(400)))])
    assert len(asking.ask(crowd)[0]) <= filing.MOST_ASKED
    assert len(packed_keys(crowd)) <= filing.MOST_KEYS


def test_the_kinds_are_told_by_their_numbers() -> None:
    numbers = [getattr(kinds, name.upper()) for name, _ in kinds.KINDS]
    assert numbers == list(range(len(kinds.KINDS)))


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_a_reference_has_the_same_key_alone_and_among_many(one: int, other: int) -> None:
    ref = one.to_bytes(8, "little") + other.to_bytes(8, "little")
    many = np.frombuffer(ref * 3, dtype=np.uint8).reshape(-1, 16)
    assert asking.reference_keys(many).tolist() == [asking.reference_key(ref)] * 3
