from collections.abc import Iterator

import pytest

from tripoint.base.errors import BadInput, Conflict, IdReused, StillAnswering, TripointError, Unavailable


def family(of: type[TripointError] = TripointError) -> Iterator[type[TripointError]]:
    yield of
    for kind in of.__subclasses__():
        yield from family(kind)


@pytest.mark.parametrize("kind", list(family()))
def test_each_error_has_a_status_a_code_and_a_sentence(kind: type[TripointError]) -> None:
    error = kind()
    assert 400 <= error.status < 600
    assert error.code
    assert error.sentence[0].isupper() or error.sentence[0] == "`" or error.sentence.startswith("The ")
    assert error.sentence.endswith((".", "!")) or ";" in error.sentence
    assert str(error) == error.sentence


def test_what_is_said_of_one_case_stands_before_the_general_sentence() -> None:
    error = BadInput("This is no date.", field="person.birth", remedy="Write YYYY.")
    assert (error.sentence, error.field, error.remedy, error.status) == (
        "This is no date.",
        "person.birth",
        "Write YYYY.",
        422,
    )


def test_kinds_of_conflict_keep_their_status() -> None:
    assert issubclass(StillAnswering, Conflict)
    assert (StillAnswering.status, IdReused.status, Unavailable.status) == (409, 422, 503)
