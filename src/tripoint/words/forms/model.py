"""The nouns of forms: fields, what kind of value each takes, which part of an answer it stands in, when it is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

Json = dict[str, Any]
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


class Part(StrEnum):
    """Where an answer is kept: what may be counted, what tells the whole, who it is, and who brought the person."""

    LINE = "line"
    BODY = "body"
    SEALED = "sealed"
    FACILITATOR = "facilitator"


class ValueKind(StrEnum):
    """What a field takes, and the JSON value it becomes.

    Texts, codes, dates and moments become text; decimals text with a point, so that no digit is lost; money
    `{"amount": "12.50", "currency": "USD"}`; a place `{"name", "country"?, "latitude"?, "longitude"?}`; rows a list of
    objects; `yes_no` true or false.
    """

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    PARTIAL_DATE = "partial_date"
    MOMENT = "moment"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    COUNTRY = "country"
    COUNTRIES = "countries"
    CURRENCY = "currency"
    LANGUAGE = "language"
    YES_NO = "yes_no"
    YES_NO_UNKNOWN = "yes_no_unknown"
    PLACE = "place"
    ROWS = "rows"
    REFERENCE = "reference"


# A line holds codes and numbers: nothing that somebody could be named in.
COUNTABLE = frozenset({
    ValueKind.CHOICE, ValueKind.CHOICES, ValueKind.DATE, ValueKind.INTEGER, ValueKind.DECIMAL, ValueKind.MONEY,
    ValueKind.COUNTRY, ValueKind.COUNTRIES, ValueKind.CURRENCY, ValueKind.LANGUAGE, ValueKind.YES_NO,
    ValueKind.YES_NO_UNKNOWN,
})  # fmt: skip
LISTS = frozenset({ValueKind.CHOICES, ValueKind.COUNTRIES, ValueKind.ROWS})
YES_NO_UNKNOWN = ("yes", "no", "unknown")


@dataclass(frozen=True, slots=True)
class Condition:
    """A field is asked only while another one says so: one of `among`, a number below `below` or not under `at_least`.

    With none of the three: while the other field says anything at all.
    """

    field: str
    among: tuple[str | bool, ...] = ()
    below: Decimal | None = None
    at_least: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form.

    `list` names the pick list of `choices`; `least` and `most` bound a number (of rows, choices and countries: how
    many there may be); `unit` is what a number counts; `fields` are the columns of rows; `carry` marks what the next
    report of the same group keeps; `section` keeps together what is asked on one page.
    """

    name: str
    kind: ValueKind
    part: Part = Part.BODY
    section: str = "what"
    required: bool = False
    list: str = ""
    choices: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    fields: tuple[Field, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    unit: str | None = None
    carry: bool = False

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} is no name of a field")
        if (self.kind in (ValueKind.CHOICE, ValueKind.CHOICES)) != bool(self.choices):
            raise ValueError(f"{self.name}: choices go with choice fields, and with no others")
        if (self.kind is ValueKind.ROWS) != bool(self.fields):
            raise ValueError(f"{self.name}: rows have fields, and nothing else has")
        if self.part is Part.LINE and not countable(self):
            raise ValueError(f"{self.name}: a line holds codes and numbers only, not {self.kind}")

    @property
    def nothing(self) -> Any:
        """What stands in a line where nothing was said: the code `unknown` where there is one, [] or null."""
        if self.kind in LISTS:
            return []
        return "unknown" if "unknown" in self.choices or self.kind is ValueKind.YES_NO_UNKNOWN else None


def countable(one: Field) -> bool:
    """Whether a field, and each column of its rows, holds codes and numbers only."""
    return one.kind in COUNTABLE or (one.kind is ValueKind.ROWS and all(map(countable, one.fields)))


def as_asked(line: Json, _: Json) -> Json:
    """The line as the fields give it."""
    return line


def nothing_wrong(_: Json) -> tuple[Problem, ...]:
    """Values that need not fit each other."""
    return ()


@dataclass(frozen=True, slots=True)
class Form:
    """The questions about one kind of occurrence.

    `body_class` is the access class of its body. `line` makes the last of the line: it takes what the fields give and
    all values as they were read, and gives the line to keep; pure. `derived` names what it adds, with the codes each
    may have (none: a number or a country), so that lines can be filtered and counted by it. `check` looks at values
    that belong together and names what does not fit: field, reason, remedy.
    """

    kind: str
    plural: str
    fields: tuple[Field, ...]
    body_class: str = "general"
    line: Callable[[Json, Json], Json] = as_asked
    derived: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    check: Callable[[Json], tuple[Problem, ...]] = nothing_wrong

    def __post_init__(self) -> None:
        names = [one.name for one in self.fields]
        if len(set(names)) < len(names):
            raise ValueError(f"{self.kind} names a field twice")

    def field(self, name: str) -> Field:
        """The field of this name. Raises KeyError."""
        return next(iter(one for one in self.fields if one.name == name), None) or missing(name)

    def of_part(self, *parts: Part) -> tuple[Field, ...]:
        """The fields that stand in these parts, in the form's order."""
        return tuple(one for one in self.fields if one.part in parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field: where (`legs.0.to`), what, and what to do about it. Never what was written."""

    field: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """A form as it was read: JSON values, cut into the parts they are kept in. `body` repeats what the line says."""

    line: Json
    body: Json
    sealed: Json
    facilitator: Json

    @property
    def values(self) -> Json:
        """Everything that was said."""
        return {**self.body, **self.sealed, **self.facilitator}


def missing(name: str) -> Field:
    """Raises KeyError for a field that no form has."""
    raise KeyError(name)
