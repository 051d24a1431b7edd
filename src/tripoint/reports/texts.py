"""The words of reports, from the catalogues of the pages (Fluent), with numbers and dates as each language has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent
from fluent.runtime import FluentBundle, FluentResource

import tripoint
from tripoint.base.errors import BadInput, SetUp
from tripoint.desks.results.model import UNKNOWN
from tripoint.words.countries import country, is_country

PACKED = Path(tripoint.__file__).parent / "web" / "words"  # in a wheel
SOURCE = Path(tripoint.__file__).parents[2] / "web" / "words"  # beside the source
LANGUAGES = ("en", "es", "pt", "fr", "ar")
LOCALES = {"en": "en_GB", "es": "es", "pt": "pt_PT", "fr": "fr", "ar": "ar"}
RIGHT_TO_LEFT = frozenset({"ar"})
OF_COUNTRIES = frozenset({"party", "nationality", "country_of_exploitation", "destination", "addressed_to"})


def folder() -> Path:
    """Where the catalogues lie. Raises SetUp where there are none."""
    for place in (PACKED, SOURCE):
        if place.is_dir():
            return place
    raise SetUp("The catalogues of words are not installed.", remedy="Install the package whole.")


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one language."""

    language: str
    bundle: FluentBundle
    locale: Locale

    def has(self, which: str) -> bool:
        """Whether there is such a message."""
        return bool(self.bundle.has_message(which))

    def say(self, which: str, **values: str | float) -> str:
        """A message with its values. Raises KeyError for one that does not exist or lacks a value."""
        pattern = self.bundle.get_message(which).value if self.has(which) else None
        if pattern is None:
            raise KeyError(which)
        text, errors = self.bundle.format_pattern(pattern, {name: self.shown(value) for name, value in values.items()})
        if errors:
            raise KeyError(f"{which}: {errors[0]}")
        return str(text)

    def shown(self, value: str | float) -> str:
        """A value as text: numbers as this language writes them, with western digits."""
        return value if isinstance(value, str) else self.number(value)

    def number(self, value: float) -> str:
        """12,000 or 12 000; to the cent where it is not whole."""
        return str(format_decimal(value, locale=self.locale, numbering_system="latn"))

    def share(self, value: float) -> str:
        """A share of 1 as per cent, to one place."""
        return str(format_percent(value, format="#,##0.#%", locale=self.locale, numbering_system="latn"))

    def moment(self, iso: str) -> str:
        """A moment in UTC, to the minute."""
        at = datetime.fromisoformat(iso)
        return western(str(format_datetime(at, "d MMMM yyyy, HH:mm", locale=self.locale)))

    def day(self, iso: str) -> str:
        """A day: 27 November 2023."""
        return western(str(format_date(datetime.fromisoformat(iso), "d MMMM yyyy", locale=self.locale)))

    def measure(self, name: str) -> str:
        """The name of a measure."""
        return self.say(f"measure-{dashed(name)}")

    def definition(self, name: str) -> str:
        """What a measure counts."""
        return self.say(f"measure-{dashed(name)}-definition")

    def by(self, dimension: str) -> str:
        """*by nationality*."""
        which = f"report-by-{dashed(dimension)}"
        return self.say(which) if self.has(which) else self.say("report-by-other", dimension=readable(dimension))

    def code(self, dimension: str, code: str) -> str:
        """A code in words: a country by its name, a choice by its word, else the code made readable."""
        if code == UNKNOWN:
            return self.say("report-unknown")
        if dimension in OF_COUNTRIES and is_country(code):
            return self.country(code)
        for which in (f"choice-{dashed(dimension)}-{dashed(code)}", f"choice-any-{dashed(code)}"):
            if self.has(which):
                return self.say(which)
        return readable(code)

    def country(self, code: str) -> str:
        """A country's name; parties that are none keep their code."""
        if not is_country(code):
            return code
        found = country(code)
        return str(self.locale.territories.get(found.alpha2 or "", found.name))


def western(text: str) -> str:
    """A text with western digits, as on the pages: numbers read aloud agree between languages."""
    return text.translate({0x660 + digit: str(digit) for digit in range(10)})


def dashed(code: str) -> str:
    """A code as message ids write it."""
    return "".join(sign if sign.isalnum() else "-" for sign in code).lower()


def readable(code: str) -> str:
    """A code that no catalogue knows, readable all the same."""
    return code.replace("_", " ")


@cache
def texts(language: str) -> Texts:
    """The words of a language. Raises BadInput for one that the hub does not speak."""
    if language not in LANGUAGES:
        raise BadInput(f"No reports in {language!r}.", field="language", remedy=f"Ask for {', '.join(LANGUAGES)}.")
    bundle = FluentBundle([LOCALES[language].replace("_", "-")], use_isolating=False)
    for path in sorted(folder().rglob(f"{language}.ftl")):
        bundle.add_resource(FluentResource(path.read_text(encoding="utf-8")))
    return Texts(language, bundle, Locale.parse(LOCALES[language]))


def report_messages(language: str) -> Mapping[str, str]:
    """The source of every sentence of reports, by id, for the lint of typed digits."""
    lines = (folder() / "results" / f"{language}.ftl").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition(" = ") for line in lines)
    return {which: text for which, sign, text in pairs if sign and which.startswith("report-")}
