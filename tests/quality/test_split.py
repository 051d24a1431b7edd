"""The split by entity: deterministic, complete, and never one person in two folds."""

from hypothesis import given, strategies as st

from tests.quality.pairs import Row
from tests.quality.split import fold, half, parts

NAMES = st.sampled_from(["Ada Byron", "BYRON, Ada", "Ada King", "Alan Turing", "Ålan Turing", "Grace Hopper", "G. H."])
ROWS = st.lists(st.builds(Row, st.sampled_from(["aka", "tok_russian"]), NAMES, NAMES, st.booleans()), max_size=30)


def test_names_joined_through_others_stay_together() -> None:
    rows = [
        Row("aka", "Ada Byron", "Ada King", True),
        Row("aka", "KING, Ada", "Countess of Lovelace", True),
        Row("aka", "Countess of Lovelace", "Grace Hopper", False),
    ]
    assert len(set(fold(rows))) == 1


def test_composed_names_that_share_a_token_stay_together() -> None:
    rows = [Row("tok_russian", "anna petrova", "анна петрова", True), Row("tok_russian", "petrova oleg", "x y", True)]
    assert len(set(fold(rows, 1_000))) == 1
    apart = [Row("aka", "anna petrova", "анна петрова", True), Row("aka", "petrova oleg", "x y", True)]
    assert len(set(fold(apart, 1_000))) == 2


@given(ROWS)
def test_no_name_of_a_positive_pair_is_in_two_folds(rows: list[Row]) -> None:
    where = fold(rows)
    assert where == fold(rows)
    seen: dict[str, int] = {}
    for row, at in zip(rows, where, strict=True):
        if row.same:
            assert all(seen.setdefault(part, at) == at for part in parts(row))


@given(ROWS, st.integers(0, 4))
def test_halves_are_the_whole(rows: list[Row], held_out: int) -> None:
    tuning, held = half(rows, held_out)
    assert sorted(map(repr, tuning + held)) == sorted(map(repr, rows))


def test_folds_are_about_equal() -> None:
    rows = [Row("aka", f"Person {at}", f"Alias {at}", True) for at in range(1_000)]
    sizes = [fold(rows).count(at) for at in range(5)]
    assert min(sizes) > 150
