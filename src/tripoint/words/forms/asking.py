"""Short ways to write down the fields of a form."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tripoint.words.forms.model import Condition, Field, Part, ValueKind

V = ValueKind
UNKNOWN = "unknown"
SEXES = ("female", "male", "other", UNKNOWN)
AGE_GROUPS = ("child", "adult", UNKNOWN)
OF_AGE = 18  # years (Convention on the Rights of the Child, Art. 1)
OLDEST = Decimal(120)
FUNDS_AND_MORE = Decimal(10) ** 15


def line(name: str, kind: ValueKind, section: str, choices: tuple[str, ...] = (), **more: Any) -> Field:
    """A field that may be counted. `list` is the field's own name, unless it is said."""
    return field(name, kind, section, choices, part=Part.LINE, **more)


def field(name: str, kind: ValueKind, section: str, choices: tuple[str, ...] = (), **more: Any) -> Field:
    """A field of the body, or of the part that is named."""
    given: dict[str, Any] = {"list": name if choices else "", **more}
    return Field(name, kind, section=section, choices=choices, **given)


def when(name: str, *among: str | bool) -> tuple[Condition, ...]:
    """Asked only while another field says one of these; while it says anything, where none is named."""
    return (Condition(name, among),)


def years(name: str, section: str, **more: Any) -> Field:
    """An age in whole years."""
    return field(name, V.INTEGER, section, least=Decimal(0), most=OLDEST, unit="years", **more)


def number(name: str, section: str, **more: Any) -> Field:
    """A count of at least one."""
    return field(name, V.INTEGER, section, least=Decimal(1), most=Decimal(1_000_000), **more)


def age_group(values: dict[str, object]) -> str:
    """Child or adult: by the age where it was said, else as the officer judged it."""
    age = values.get("age")
    if isinstance(age, int):
        return "child" if age < OF_AGE else "adult"
    return str(values.get("age_group", UNKNOWN))
