"""One value of each kind, read from JSON or from a cell of a sheet; what cannot be read says why and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from tripoint.words.countries import CountryKind, country, find_country
from tripoint.words.currencies import read_currency
from tripoint.words.dates import read_partial_date
from tripoint.words.forms.model import YES_NO_UNKNOWN, Field, Json, ValueKind
from tripoint.words.languages import read_language

LONGEST_TEXT, LONGEST_LONG_TEXT = 300, 20_000
MOST_OF_A_LIST = 60
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
LONG_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
HALF = re.compile(r"[\ud800-\udfff]")
NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,10})?")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
YES, NO = frozenset({"yes", "true", "1", "y"}), frozenset({"no", "false", "0", "n"})
# Codes of our countries that no form takes: on no living document, or nobody's nationality.
NOT_TAKEN = frozenset({CountryKind.FORMER, CountryKind.SPECIMEN, CountryKind.ORGANISATION})
# Kosovo is RKS in machine-readable zones and XKX in statistics, which count it so.
AS_COUNTED = {"RKS": "XKX"}
MONEY = re.compile(r"([\d.]+)\s*([A-Za-z]{3,4})")


class NotRead(ValueError):
    """One value cannot be read: the reason, what to do, and where within the value (`amount`, or nothing)."""

    def __init__(self, reason: str, remedy: str, where: str = "") -> None:
        super().__init__(reason)
        self.reason, self.remedy, self.where = reason, remedy, where


def read_text(_: Field, value: Any) -> str | None:
    """One line of text, without blanks at its ends."""
    text = as_text(value, LONGEST_TEXT)
    if CONTROL.search(text):
        raise NotRead("It holds a character that no line has.", "Write one line of text.")
    return text or None


def read_long_text(_: Field, value: Any) -> str | None:
    """Text of several lines."""
    text = as_text(value, LONGEST_LONG_TEXT)
    if LONG_CONTROL.search(text):
        raise NotRead("It holds a character that no text has.", "Write plain text.")
    return text or None


def read_choice(field: Field, value: Any) -> str | None:
    """A code of the field's pick list, whatever its case."""
    text = as_text(value, LONGEST_TEXT)
    if not text:
        return None
    for code in field.choices:
        if code.casefold() == text.casefold():
            return code
    shown = ", ".join(field.choices[:20])
    raise NotRead("That is not on the list.", f"Choose one of: {shown}{', ...' if len(field.choices) > 20 else '.'}")


def read_choices(field: Field, value: Any) -> list[str]:
    """Codes of the field's pick list, in the order of the list, each once."""
    chosen = {read_choice(field, one) for one in as_list(value)}
    return [code for code in field.choices if code in chosen]


def read_date(_: Field, value: Any) -> str | None:
    """A day as 2026-11-22."""
    text = as_text(value, 40)[:10] if isinstance(value, str) else as_text(value, 40)
    if not text:
        return None
    try:
        day = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not 1850 <= day.year <= 2150:
        raise NotRead("That is no day.", "Write it as 2026-11-22.")
    return day.isoformat()


def read_partial(_: Field, value: Any) -> str | None:
    """A date of which day or month may be unknown: 1987, 1987-04, 1987-04-12."""
    text = as_text(value, 40)
    try:
        return str(read_partial_date(text)) if text else None
    except ValueError:
        raise NotRead("That is no date.", "Write what is known: 1987, 1987-04 or 1987-04-12.") from None


def read_moment(_: Field, value: Any) -> str | None:
    """A moment with its offset; it becomes UTC."""
    text = as_text(value, 60)
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or not 1850 < at.year < 2150:
        raise NotRead("That is no moment with its offset.", "Write it as 2026-11-22T18:30:00-03:00.")
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def read_integer(field: Field, value: Any) -> int | None:
    """A whole number within the field's bounds."""
    number = decimal_of(value)
    if number is None:
        return None
    if number != number.to_integral_value():
        raise NotRead("That is no whole number.", "Write it without a fraction.")
    return int(within(field, number))


def read_decimal(field: Field, value: Any) -> str | None:
    """A number within the field's bounds, as text with a point."""
    number = decimal_of(value)
    return None if number is None else plain_decimal(within(field, number))


def read_money(_: Field, value: Any) -> Json | None:
    """An amount, not below nothing, with its currency: `{"amount", "currency"}`, or `12.50 USD`."""
    if isinstance(value, Mapping):
        known_names(value, {"amount", "currency"})
        amount, currency = value.get("amount"), value.get("currency")
    else:
        text = as_text(value, 60)
        if not text:
            return None
        found = MONEY.fullmatch(text)
        if found is None:
            raise NotRead("That is no amount with its currency.", "Write it as 12.50 USD.")
        amount, currency = found.groups()
    number = decimal_of(amount, "amount")
    if number is None and not currency:
        return None
    if number is None or number < 0:
        raise NotRead("The amount is missing or below nothing.", "Write the number with a point, as 12.50.", "amount")
    return {"amount": plain_decimal(number), "currency": read_currency_code(_, currency, "currency")}


def read_currency_code(_: Field, value: Any, where: str = "") -> str | None:
    """The code of a currency or coin."""
    text = as_text(value, 20)
    if not text and not where:
        return None
    try:
        return read_currency(text)
    except ValueError:
        raise NotRead("That is no currency we know.", "Give its code (ISO 4217), such as USD.", where) from None


def read_country_code(_: Field, value: Any) -> str | None:
    """A country's three-letter code by the exact table of countries; None for unknown. Nothing is guessed."""
    text = as_text(value, 120)
    code = find_country(text) if text else None
    if not text or code == "XXX":
        return None
    if code is None or country(code).kind in NOT_TAKEN:
        raise NotRead(
            "That is no country we know.", "Give its three-letter code (ISO 3166-1) as VEN, XXA where stateless."
        )
    return AS_COUNTED.get(code, code)


def read_countries(_: Field, value: Any) -> list[str]:
    """Countries, in the order they were named, each once."""
    found = [read_country_code(_, one) for one in as_list(value)]
    return list(dict.fromkeys(code for code in found if code))


def read_language_code(_: Field, value: Any) -> str | None:
    """A language's code (ISO 639)."""
    text = as_text(value, 20)
    try:
        return read_language(text) if text else None
    except ValueError:
        raise NotRead("That is no language we know.", "Give its code (ISO 639), such as es or ht.") from None


def read_yes_no(_: Field, value: Any) -> bool | None:
    """Yes or no."""
    if isinstance(value, bool):
        return value
    text = as_text(value, 20).casefold()
    if text in YES or text in NO:
        return text in YES
    if not text:
        return None
    raise NotRead("That is neither yes nor no.", "Write yes or no.")


def read_yes_no_unknown(_: Field, value: Any) -> str | None:
    """Yes, no, or that nobody knows."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = as_text(value, 20).casefold()
    if text in YES or text in NO:
        return "yes" if text in YES else "no"
    if not text or text in YES_NO_UNKNOWN:
        return text or None
    raise NotRead("That is neither yes, no nor unknown.", "Write yes, no or unknown.")


def read_place(field: Field, value: Any) -> Json | None:
    """A place by its name, with country and coordinates (degrees, WGS 84) where they are known."""
    if not isinstance(value, Mapping):
        name = read_text(field, value)
        return {"name": name} if name else None
    known_names(value, {"name", "country", "latitude", "longitude"})
    name, code = read_text(field, value.get("name")), read_country_code(field, value.get("country"))
    found: Json = {"name": name, "country": code}
    for axis, bound in (("latitude", 90), ("longitude", 180)):
        number = decimal_of(value.get(axis), axis)
        if number is not None and abs(number) > bound:
            raise NotRead(f"The {axis} lies outside of the earth.", f"Give degrees from -{bound} to {bound}.", axis)
        found[axis] = None if number is None else float(number)
    if (found["latitude"] is None) != (found["longitude"] is None):
        raise NotRead("One of the two coordinates is missing.", "Give latitude and longitude, or neither.", "latitude")
    return {name: one for name, one in found.items() if one is not None} or None


def read_reference(_: Field, value: Any) -> str | None:
    """The id of another object."""
    text = as_text(value, 60)
    try:
        return str(UUID(text)) if text else None
    except ValueError:
        raise NotRead("That is no id.", "Give the id as the hub shows it.") from None


READERS: Mapping[ValueKind, Callable[[Field, Any], Any]] = {
    ValueKind.TEXT: read_text, ValueKind.LONG_TEXT: read_long_text, ValueKind.CHOICE: read_choice,
    ValueKind.CHOICES: read_choices, ValueKind.DATE: read_date, ValueKind.PARTIAL_DATE: read_partial,
    ValueKind.MOMENT: read_moment, ValueKind.INTEGER: read_integer, ValueKind.DECIMAL: read_decimal,
    ValueKind.MONEY: read_money, ValueKind.COUNTRY: read_country_code, ValueKind.COUNTRIES: read_countries,
    ValueKind.CURRENCY: read_currency_code, ValueKind.LANGUAGE: read_language_code, ValueKind.YES_NO: read_yes_no,
    ValueKind.YES_NO_UNKNOWN: read_yes_no_unknown, ValueKind.PLACE: read_place, ValueKind.REFERENCE: read_reference,
}  # fmt: skip


def as_text(value: Any, longest: int) -> str:
    """What was written, as text without blanks at its ends; numbers as they are written; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise NotRead("That is of another kind than the field takes.", "Write it as text.")
    text = str(value).strip()
    if len(text) > longest:
        raise NotRead(f"It is longer than {longest} characters.", "Write less.")
    if HALF.search(text):
        raise NotRead("It holds half a character.", "Write it in UTF-8.")
    return text


def as_list(value: Any) -> list[Any]:
    """Several values: a list, or one text in which they are separated by semicolons."""
    if value is None:
        return []
    found = list(value) if isinstance(value, list | tuple) else as_text(value, LONGEST_LONG_TEXT).split(";")
    if len(found) > MOST_OF_A_LIST:
        raise NotRead("There are too many.", f"Name {MOST_OF_A_LIST} at most.")
    return [one for one in found if one not in (None, "") and str(one).strip()]


def decimal_of(value: Any, where: str = "") -> Decimal | None:
    """A number, written with a point and no other sign; None for nothing."""
    text = as_text(value, 40)
    if not text:
        return None
    try:
        if NUMBER.fullmatch(text):
            return Decimal(text)
    except InvalidOperation:
        pass
    raise NotRead("That is no number.", "Write digits with a point before the fraction, as 1250.75.", where)


def within(field: Field, number: Decimal) -> Decimal:
    """The number, when the field's bounds hold it."""
    if (field.least is not None and number < field.least) or (field.most is not None and number > field.most):
        bounds = " to ".join(str(bound) for bound in (field.least, field.most) if bound is not None)
        raise NotRead("The number lies outside of what can be.", f"The bounds: {bounds}.")
    return number


def plain_decimal(number: Decimal) -> str:
    """A number as text, with a point, without an exponent and without zeros that say nothing."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def known_names(value: Mapping[str, Any], names: set[str]) -> None:
    """Raises NotRead for a part that the value does not have."""
    if set(value) - names:
        raise NotRead("It has a part nobody knows.", f"Its parts are: {', '.join(sorted(names))}.")
