"""A form read: every value as what it is, every problem named with its field, the reason and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from tripoint.words.forms.model import LISTS, Condition, Field, Form, FormAnswer, Json, Part, Problem, ValueKind
from tripoint.words.forms.values import READERS, NotRead

MOST_ROWS = 50
LONGEST_NAME = 60  # of a field that nobody knows, as it is told back
Problems = tuple[Problem, ...]


def read(form: Form, values: Mapping[str, Any]) -> FormAnswer | Problems:
    """The answer that these values give, or all that is wrong with them.

    In: JSON values, or text as a sheet has it, by the names of fields; None, blank and absent are the same. A value of
    a field that is not asked under its conditions is a problem: nothing is dropped unseen.
    """
    found = read_values(form, values)
    return found if isinstance(found, tuple) else cut(form, found)


def read_values(form: Form, values: Mapping[str, Any]) -> Json | Problems:
    """The values as they are read, without those that say nothing; or all that is wrong with them."""
    problems: list[Problem] = []
    found = read_fields(form.fields, values, "", problems)
    if not problems:
        problems += form.check(found)
    return tuple(problems) if problems else found


def cut(form: Form, values: Json) -> FormAnswer:
    """Values as they were read, in the parts that they are kept in. What no field bears goes to `Form.line` only."""
    line = {one.name: values.get(one.name, one.nothing) for one in form.of_part(Part.LINE)}
    parts = {part: {one.name for one in form.of_part(part)} for part in Part}
    kept = {part: {name: values[name] for name in values if name in names} for part, names in parts.items()}
    body = {one.name: said(one, values[one.name]) for one in form.of_part(Part.LINE, Part.BODY) if one.name in values}
    return FormAnswer(form.line(line, values), body, kept[Part.SEALED], kept[Part.FACILITATOR])


def said(field: Field, value: Any) -> Any:
    """A value as it was said: rows without what a desk added to them."""
    if field.kind is not ValueKind.ROWS:
        return value
    columns = {one.name for one in field.fields}
    return [{name: part for name, part in row.items() if name in columns} for row in value]


def read_fields(fields: Sequence[Field], values: Mapping[str, Any], under: str, problems: list[Problem]) -> Json:
    """The values of fields that say something; adds what is wrong to `problems`. `under` is the path they stand at."""
    for name in values:
        if not any(one.name == name for one in fields):
            remedy = "GET /api/forms lists the fields of each form."
            problems.append(Problem(under + name[:LONGEST_NAME], "The form has no such field.", remedy))
    found: Json = {}
    faults: dict[str, list[Problem]] = {one.name: [] for one in fields}
    for one in fields:
        value = read_one(one, values.get(one.name), under, faults[one.name])
        if says_something(value):
            found[one.name] = value
    for one in fields:  # only now: what a field is asked under may stand after it in the form
        problems += faults[one.name] or out_of_place(one, found, under)
    return found


def out_of_place(one: Field, found: Json, under: str) -> list[Problem]:
    """What is wrong where a field should speak and is silent, or speaks unasked. `found` is all that was said."""
    if one.required and one.name not in found and asked(one, found):
        return [Problem(under + one.name, "This has to be said.", remedy_of(one))]
    if one.name in found and not asked(one, found):
        return [Problem(under + one.name, "This is not asked here.", f"Leave it out: {reason_of(one)}.")]
    return []


def read_one(field: Field, value: Any, under: str, problems: list[Problem]) -> Any:
    """The value of one field; None, and a problem, where it cannot be read."""
    try:
        if field.kind is ValueKind.ROWS:
            return read_rows(field, value, under, problems)
        read_value = READERS[field.kind](field, value)
    except NotRead as fault:
        where = f"{under}{field.name}{'.' if fault.where else ''}{fault.where}"
        problems.append(Problem(where, fault.reason, fault.remedy))
        return None
    if field.kind in LISTS and field.most is not None and len(read_value) > field.most:
        problems.append(Problem(under + field.name, "There are too many.", f"Name {field.most} at most."))
    return read_value


def read_rows(field: Field, value: Any, under: str, problems: list[Problem]) -> list[Json]:
    """The rows of a field. Raises NotRead for what is no list of rows."""
    if value is None or value == "":
        return []
    if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
        raise NotRead("That is no list of rows.", f"Each row has: {', '.join(one.name for one in field.fields)}.")
    most = int(field.most or MOST_ROWS)
    if len(value) > most:
        raise NotRead("There are too many rows.", f"Give {most} at most.")
    rows = [
        read_fields(field.fields, row, f"{under}{field.name}.{place}.", problems) for place, row in enumerate(value)
    ]
    return [row for row in rows if row]


def says_something(value: Any) -> bool:
    """Whether a value was given at all."""
    return value is not None and value != [] and value != {}


def asked(field: Field, values: Mapping[str, Any]) -> bool:
    """Whether a field is asked, given all values that were read."""
    return all(holds(condition, values) for condition in field.when)


def holds(condition: Condition, values: Mapping[str, Any]) -> bool:
    """Whether a condition holds for these values."""
    value = values.get(condition.field)
    if condition.among:
        return any(one in condition.among for one in (value if isinstance(value, list) else [value]))
    if condition.below is not None or condition.at_least is not None:
        number = None if value is None else Decimal(str(value))
        below = condition.below is None or (number is not None and number < condition.below)
        return number is not None and below and (condition.at_least is None or number >= condition.at_least)
    return says_something(value)


def remedy_of(field: Field) -> str:
    """What to say in a field."""
    if field.choices:
        return f"Choose one of: {', '.join(field.choices[:20])}{', ...' if len(field.choices) > 20 else '.'}"
    return f"Give {field.name.replace('_', ' ')}."


def reason_of(field: Field) -> str:
    """When a field is asked, in words."""
    return " and ".join(
        f"it is asked only when {one.field} is "
        + (" or ".join(str(value) for value in one.among) or bounds_of(one) or "said")
        for one in field.when
    )


def bounds_of(condition: Condition) -> str:
    """The bounds of a condition, in words."""
    said = [f"below {condition.below}" if condition.below is not None else ""]
    said.append(f"{condition.at_least} or more" if condition.at_least is not None else "")
    return " and ".join(filter(None, said))
