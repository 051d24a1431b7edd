from uuid import RFC_4122

from hypothesis import given, strategies as st

from tripoint.base.ids import uuid7

milliseconds = st.integers(0, 2**48 - 1)


@given(milliseconds)
def test_an_id_is_a_uuid_of_version_7_that_holds_its_moment(moment: int) -> None:
    made = uuid7(moment)
    assert (made.version, made.variant, made.int >> 80) == (7, RFC_4122, moment)


@given(milliseconds, milliseconds)
def test_ids_are_ordered_by_time(one: int, other: int) -> None:
    assert one == other or (uuid7(one) < uuid7(other)) == (one < other)


def test_no_two_are_alike() -> None:
    assert len({uuid7(1_700_000_000_000) for _ in range(10_000)}) == 10_000
