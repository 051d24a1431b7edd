"""People as columns: what goes in is found again, of its type, however odd the name."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from tests.engines.screening.test_score import PERSONS, named
from tripoint.engines.screening.people import (
    MOST_NAMES,
    MOST_READINGS,
    STARTS,
    TRUNCATED,
    TYPES_OF,
    WEAK,
    WIDTHS,
    People,
    encode,
    from_columns,
    pack_birth,
    packed_bones,
    packed_groups,
    readings_of,
)
from tripoint.engines.screening.score import prepare
from tripoint.engines.screening.sounds import sounds
from tripoint.words.dates import PartialDate
from tripoint.words.names import skeleton
from tripoint.words.nicknames import kinship
from tripoint.words.people import NameKind, PersonDescription, PersonName


def check(people: People, count: int) -> None:
    columns = people.columns()
    for name, column in columns.items():
        assert column.dtype == np.dtype(TYPES_OF[name])
        assert not column.flags.writeable
        assert column.shape[1:] == ((WIDTHS[name],) if name in WIDTHS else ())
    owners = {"names": count, "births": count, "countries": count, "papers": count,
              "words": len(people.script), "letters": len(people.bones)}  # fmt: skip
    entries = {"reading": "script", "word": "bones"}
    for start, entry in STARTS.items():
        rows = columns[start]
        assert len(rows) == owners[start] + 1
        assert rows[0] == 0
        assert (np.diff(rows) >= 0).all()
        assert rows[-1] == len(columns[entries.get(entry, entry)])


@given(st.lists(PERSONS, max_size=4))
def test_columns_hold_together_and_hold_every_word(persons: list[PersonDescription]) -> None:
    people = encode(persons)
    check(people, len(persons))
    assert len(people) == len(persons)
    spelt = [bytes(people.letter[a:b]) for a, b in zip(people.letters[:-1], people.letters[1:], strict=True)]
    assert spelt == [sounds(word) for person in persons for _, words in readings_of(person.names) for word in words]
    assert all(len(prepare(person).words) == len(encode([person]).script) for person in persons)


def test_columns_make_people_again() -> None:
    people = encode([named("Ricardo Solarte")])
    assert from_columns(people.columns()).columns().keys() == people.columns().keys()
    with pytest.raises(KeyError):
        from_columns({})


@pytest.mark.parametrize(
    "name", ["", " ", "☃", "😀😀", "\u200f\u202e", "\u0301" * 500, "a", "a" * 2_000, "ab " * 700, "e" + "\u0301" * 900]
)
def test_odd_names_are_taken(name: str) -> None:
    check(encode([named(name), named("Ricardo Solarte")]), 2)


def test_a_person_of_400_names_keeps_them_all() -> None:
    people = encode([named(*(f"Mukasa {one}o{other}a" for one in LETTERS for other in LETTERS))])
    check(people, 1)
    assert len(people.script) == 400
    assert people.name_at[-1] == 399


LETTERS = "bcdfghjklmnpqrstvwxz"


def test_names_beyond_every_measure_are_left_aside() -> None:
    names = [f"solarte {one}a{two}e{three}" for one in LETTERS for two in LETTERS for three in LETTERS]
    assert len(encode([named(*names)]).script) == MOST_NAMES
    assert len(list(readings_of(map(PersonName, names)))) == MOST_READINGS


def test_flags_tell_weak_and_truncated_names() -> None:
    person = PersonDescription((PersonName("El Flaco", NameKind.WEAK_ALIAS), PersonName("Solar", truncated=True)))
    assert list(encode([person]).name_flags) == [WEAK, TRUNCATED]


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=30).map(skeleton))
def test_packed_bones_unpack(bones: str) -> None:
    packed = packed_bones(bones)
    letters = [packed >> (5 * at) & 31 for at in range(12)]
    assert "".join(chr(96 + letter) for letter in letters if letter) == bones[:12]
    assert packed < 1 << 60


def test_groups_tell_pet_forms_by_the_last_bit() -> None:
    one, other = packed_groups("robert"), packed_groups("bob")
    shared = {group for group in one if group >= 0} & set(other)
    assert kinship("robert", "bob") == "nickname"
    assert any(group & 1 for group in shared)
    assert packed_groups("tumwine") == (-1, -1)


@pytest.mark.parametrize(
    ("birth", "packed"),
    [
        (PartialDate(1970), (1970, 1970, 0, 0, 0)), (PartialDate(1970, 5, 12), (1970, 1970, 5, 12, 0)),
        (PartialDate(1970, year_to=1972), (1970, 1972, 0, 0, 0)),
        (PartialDate(1970, about=True), (1970, 1970, 0, 0, 1)),
        (PartialDate(1970, 5, 12, year_to=1970), (1970, 1970, 5, 0, 0)),
    ],
)  # fmt: skip
def test_births_are_packed(birth: PartialDate, packed: tuple[int, ...]) -> None:
    assert pack_birth(birth) == packed
