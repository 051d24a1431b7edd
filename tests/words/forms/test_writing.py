from __future__ import annotations

from collections.abc import Iterator

import pytest

from tripoint.words.forms.catalogue import FORMS
from tripoint.words.forms.model import Field, Form, FormAnswer, Part, ValueKind
from tripoint.words.forms.reading import read
from tripoint.words.forms.writing import IN_PARTS, cells_of, columns_in, columns_out, values_of


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_no_sheet_has_a_column_of_what_is_sealed_and_none_that_leaves_has_free_text(form: Form) -> None:
    closed = {one.name for one in form.of_part(Part.SEALED, Part.FACILITATOR)}
    assert not {column.path[0] for column in (*columns_in(form), *columns_out(form, body=True))} & closed
    assert not {names_of(column.path) for column in columns_out(form, body=True)} & set(free_text(form.fields))


def names_of(path: tuple[str | int, ...]) -> tuple[str, ...]:
    return tuple(part for part in path if isinstance(part, str))


def free_text(fields: tuple[Field, ...], under: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The names, from the form down, of every field in which somebody writes what he likes."""
    for one in fields:
        names = (*under, one.name)
        if one.kind in (ValueKind.TEXT, ValueKind.LONG_TEXT, ValueKind.PLACE):
            yield names
            yield from ((*names, part) for part in IN_PARTS.get(one.kind, ()))
        yield from free_text(one.fields, names)


def test_a_row_of_cells_is_the_values_it_was_made_of() -> None:
    values = {
        "items": [
            {"category": "document", "quantity": "12"}, {"category": "cash", "quantity": "5.5", "currency": "USD"},
        ],
        "found_in": "vehicle", "urgent": True, "urgent_reason": "at sea", "remarks": "two lines",
    }  # fmt: skip
    form = FORMS["seizure"]
    answer = read(form, values)
    assert isinstance(answer, FormAnswer)
    columns = columns_in(form)
    cells = {column.heading: cell or "" for column, cell in zip(columns, cells_of(columns, answer.body), strict=True)}
    assert cells["items.2.currency"] == "USD"
    assert read(form, values_of(form, cells)) == answer


def test_columns_offer_their_codes() -> None:
    offered = {column.heading: column.choices for column in columns_in(FORMS["detection"])}
    assert "unaccompanied_child" in offered["accompaniment"]
    assert offered["vulnerable"] == ("yes", "no", "unknown")
    assert offered["legs.3.to"] == ()
