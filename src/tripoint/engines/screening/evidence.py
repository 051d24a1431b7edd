"""What birth, nationality, sex and documents say for or against a person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tripoint.engines.screening.finding import FieldComparison, Verdict
from tripoint.engines.screening.model import FEATURES, Feature
from tripoint.words.countries import PROTECTED_CODES, country, is_country
from tripoint.words.dates import PartialDate
from tripoint.words.documents import DocumentReference, fold
from tripoint.words.people import Sex

NO_NATIONALITY = PROTECTED_CODES | {"XXX", "UNO", "UNA"}  # these say nothing on which country a person is of
ABOUT = 2  # years on each side of a date its source calls approximate
Evidence = tuple[FieldComparison, Feature | None]
VERDICTS = {
    "same": Verdict.SAME, "swapped": Verdict.SIMILAR, "typing": Verdict.SIMILAR, "partial": Verdict.SIMILAR,
    "about": Verdict.SIMILAR, "near": Verdict.SIMILAR, "misread": Verdict.SIMILAR, "other_issuer": Verdict.SIMILAR,
    "differs": Verdict.DIFFERS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A document ready to be compared."""

    number: str
    folded: str
    reference: DocumentReference


@lru_cache(65_536)
def prepare_document(reference: DocumentReference) -> PreparedDocument:
    """A document with its number as it is compared."""
    number = "".join(filter(str.isalnum, reference.number.upper()))
    return PreparedDocument(number, fold(number), reference)


def judge(feature: Feature, asked: str, held: str) -> Evidence:
    """A feature with its field side by side."""
    field, _, manner = feature.code.partition(".")
    return FieldComparison(field, asked, held, VERDICTS[manner], feature.words), feature


def missing(field: str, asked: str | None, held: str | None) -> Evidence:
    """A field that one side or both do not state."""
    words = "Stated by neither" if not asked and not held else "Not asked" if not asked else "Not held"
    return FieldComparison(field, asked or None, held or None, Verdict.MISSING, words), None


def strongest(found: Iterable[tuple[str, str, str]]) -> Evidence:
    """The best of several comparisons, each the code of a feature with what was asked and held."""
    code, asked, held = max(found, key=lambda each: FEATURES[each[0]].weight)
    return judge(FEATURES[code], asked, held)


def compare_births(asked: tuple[PartialDate, ...], held: tuple[PartialDate, ...]) -> Evidence:
    """The best agreement of any date of birth asked with any held."""
    if not asked or not held:
        return missing("birth", ", ".join(map(str, asked)), ", ".join(map(str, held)))
    return strongest((f"birth.{birth_manner(one, other)}", str(one), str(other)) for one in asked for other in held)


@lru_cache(65_536)
def birth_weight(one: PartialDate, other: PartialDate) -> float:
    """The evidence of two dates of birth."""
    return FEATURES[f"birth.{birth_manner(one, other)}"].weight


def birth_manner(one: PartialDate, other: PartialDate) -> str:
    """How two dates of birth agree."""
    if one.exact and other.exact:
        return exact_birth_manner(one, other)
    (low, high), (from_year, to_year) = years(one), years(other)
    if high < from_year or to_year < low:
        return "near" if max(from_year - high, low - to_year) == 1 else "differs"
    if one.about or other.about or low < high or from_year < to_year:
        return "about"
    return "partial" if one.month is None or other.month is None or one.month == other.month else "near"


def years(birth: PartialDate) -> tuple[int, int]:
    """The first and last year a date of birth can mean."""
    slack = ABOUT if birth.about else 0
    return birth.year - slack, (birth.year_to or birth.year) + slack


def exact_birth_manner(one: PartialDate, other: PartialDate) -> str:
    """How two full dates of birth agree. The first of January often stands for an unknown day."""
    if one == other:
        return "same"
    if one.year == other.year and (one.day, one.month) == (other.month, other.day):
        return "swapped"
    apart = sum(here != there for here, there in zip(str(one), str(other), strict=True))
    if apart == 1 or (abs(one.year - other.year) == 1 and (one.month, one.day) == (other.month, other.day)):
        return "typing"
    if one.year == other.year and (1, 1) in ((one.month, one.day), (other.month, other.day)):
        return "about"
    return "near" if (one.year, one.month) == (other.year, other.month) else "differs"


def compare_nationalities(asked: tuple[str, ...], held: tuple[str, ...]) -> Evidence:
    """Whether any nationality is shared; being stateless or a refugee contradicts none."""
    here, there = (", ".join(map(country_name, codes)) for codes in (asked, held))
    known, listed = set(asked) - NO_NATIONALITY, set(held) - NO_NATIONALITY
    if known & listed:
        return judge(FEATURES["nationality.same"], here, there)
    if not known or not listed:
        return missing("nationality", here, there)
    return judge(FEATURES["nationality.differs"], here, there)


def nationality_weight(asked: tuple[str, ...], held: tuple[str, ...]) -> float:
    """The evidence of nationalities, by the rules of `compare_nationalities`."""
    if any(code in held for code in asked):
        return FEATURES["nationality.same"].weight
    if not set(asked) - NO_NATIONALITY or not set(held) - NO_NATIONALITY:
        return 0.0
    return FEATURES["nationality.differs"].weight


def country_name(code: str) -> str:
    """The name of a country, or the code where we know none."""
    return country(code).name if is_country(code) else code


def sex_weight(asked: Sex | None, held: Sex | None) -> float:
    """The evidence of the sex, by the rules of `compare_sexes`."""
    if not asked or not held or Sex.UNSPECIFIED in (asked, held):
        return 0.0
    return FEATURES["sex.same" if asked is held else "sex.differs"].weight


def compare_sexes(asked: Sex | None, held: Sex | None) -> Evidence:
    """Whether the sex agrees; unspecified agrees with nothing and contradicts nothing."""
    here, there = (sex.value if sex else None for sex in (asked, held))
    if not asked or not held or Sex.UNSPECIFIED in (asked, held):
        return missing("sex", here, there)
    return judge(FEATURES["sex.same" if asked is held else "sex.differs"], asked.value, held.value)


def compare_documents(asked: tuple[PreparedDocument, ...], held: tuple[PreparedDocument, ...]) -> Evidence:
    """The best agreement of any document asked with any held. Others contradict nothing: people have several."""
    if not asked or not held:
        here, there = (", ".join(each.reference.number for each in documents) for documents in (asked, held))
        return missing("document", here, there)
    return strongest(
        (f"document.{document_manner(one, other)}", describe(one), describe(other)) for one in asked for other in held
    )


def document_manner(one: PreparedDocument, other: PreparedDocument) -> str:
    """How two documents agree."""
    here, there = one.reference, other.reference
    apart = any(
        mine and theirs and mine != theirs for mine, theirs in ((here.issuer, there.issuer), (here.type, there.type))
    )
    if one.number == other.number:
        return "other_issuer" if apart else "same"
    return "misread" if one.folded == other.folded and not apart else "differs"


def describe(document: PreparedDocument) -> str:
    """A document in a few words."""
    return " ".join(filter(None, (document.reference.number, document.reference.issuer)))
