"""Lists of persons as lines of JSON: read one by one into descriptions, with a word on each line or field not taken.

A line holds `id` and a name: `name`, or `names` with texts or objects (`full`, or `first` and `last`; `kind`). Birth
dates stand under `birth_date`, `birth_dates` or `births`, and likewise nationalities, sex or gender, and documents.
What cannot be read of an entry is left out and told, for an entry of a list is too weighty to lose over one field; a
line without id, or without name and document, is kept out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, BinaryIO, TypeVar

from tripoint.records.sources.identity_papers import paper_type
from tripoint.records.sources.outcomes import Faulty, excerpt
from tripoint.words.countries import read_country
from tripoint.words.dates import PartialDate, read_partial_date
from tripoint.words.documents import DocumentReference, DocumentType, normalise_number
from tripoint.words.people import NameKind, PersonDescription, PersonName, Sex

LONGEST_LINE = 4 << 20  # bytes; an entry with 400 aliases of 2,000 letters fits
LONGEST_NAME = 4_000  # characters kept of a name; readers look at fewer
MOST_OF_A_FIELD = 1_000  # names, dates, nationalities or documents of one entry
LINE, ID, NAMES, BIRTH = "line", "id", "names", "birth_date"
KINDS = {kind.value: kind for kind in NameKind} | {
    "aka": NameKind.ALIAS, "weak": NameKind.WEAK_ALIAS, "fka": NameKind.FORMER, "maiden": NameKind.BIRTH,
}  # fmt: skip
SEXES = {
    "m": Sex.MALE, "male": Sex.MALE, "f": Sex.FEMALE, "female": Sex.FEMALE, "x": Sex.UNSPECIFIED,
    "unspecified": Sex.UNSPECIFIED, "other": Sex.UNSPECIFIED, "unknown": Sex.UNSPECIFIED,
}  # fmt: skip
SPAN_OF_DAYS = re.compile(r"(\d{4}(?:-\d\d)?)(?:-\d\d)?/(\d{4}(?:-\d\d)?)(?:-\d\d)?")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of a list: the line it stood in (from 1), its own id, and the person it describes."""

    line: int
    id: str
    person: PersonDescription


@dataclass(frozen=True, slots=True)
class Complaint:
    """A line that was kept out, or (`kept_out` false) a field left out of an entry that was taken."""

    line: int
    field: str
    reason: str
    remedy: str
    excerpt: str = ""
    kept_out: bool = True


Told = Callable[[Complaint], None]


def read_people(stream: BinaryIO, told: Told) -> Iterator[Listed]:
    """The entries of a list in their order; holds one line at a time. Whatever cannot be taken goes to `told`."""
    for line, text in lines_of(stream, told):
        faults: list[Faulty] = []
        try:
            yield Listed(line, *entry_of(text, faults))
        except Faulty as fault:
            told(complaint(line, fault, kept_out=True))
            continue
        for left_out in faults:
            told(complaint(line, left_out, kept_out=False))


def lines_of(stream: BinaryIO, told: Told) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each line that is not blank; one longer than 4 MiB is told and passed over."""
    line = 0
    while text := stream.readline(LONGEST_LINE + 1):
        line += 1
        if len(text) > LONGEST_LINE:
            told(Complaint(line, LINE, f"is longer than {LONGEST_LINE >> 20} MiB", "write one entry a line"))
            while not text.endswith(b"\n") and (text := stream.readline(LONGEST_LINE)):
                pass
        elif text := text.removeprefix(b"\xef\xbb\xbf").strip():
            yield line, text


def complaint(line: int, fault: Faulty, *, kept_out: bool) -> Complaint:
    """A fault with its place."""
    return Complaint(line, fault.field, fault.reason, fault.remedy, excerpt(fault.text), kept_out)


def entry_of(text: bytes, faults: list[Faulty]) -> tuple[str, PersonDescription]:
    """Id and person of one line; fields left out are added to `faults`. Raises Faulty when the line says nothing."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        shown = text[:200].decode("utf-8", "replace")
        raise Faulty(LINE, "is not JSON in UTF-8", "write one JSON object a line", shown) from error
    if not isinstance(values, dict):
        raise Faulty(LINE, "is no JSON object", 'write {"id": ..., "name": ...}', excerpt(text.decode()))
    return id_of(values), person_of(values, faults)


def id_of(values: dict[str, Any]) -> str:
    """The entry's own id. Raises Faulty where it has none."""
    found = values.get("id")
    if isinstance(found, bool) or not isinstance(found, (str, int)) or not str(found).strip():
        raise Faulty(ID, "is missing", "give each line an id of its own", repr(found))
    return plain(str(found).strip())


def person_of(values: dict[str, Any], faults: list[Faulty]) -> PersonDescription:
    """The person one object describes. Raises Faulty where it has neither name nor document."""
    stated_names = [*stated(values, "name"), *stated(values, "names")]
    names = tuple(take(NAMES, stated_names, name_of, faults))
    births = take(BIRTH, stated(values, "birth_date", "birth_dates", "births"), birth_of, faults)
    nations = take("nationality", stated(values, "nationality", "nationalities"), nation_of, faults)
    sexes = list(take("gender", stated(values, "gender", "sex"), sex_of, faults))
    documents = tuple(take("documents", stated(values, "documents"), document_of, faults))
    if not names and not documents:
        raise Faulty(NAMES, "holds no name", "give `name`, or `names` with the full name of each")
    sex = sexes[0] if len(set(sexes)) == 1 else None
    return PersonDescription(names, tuple(dict.fromkeys(births)), tuple(dict.fromkeys(nations)), sex, documents)


def stated(values: dict[str, Any], *fields: str) -> list[Any]:
    """What stands under any of the fields, a single value or a list of them."""
    found: list[Any] = []
    for field in fields:
        value = values.get(field)
        found += value if isinstance(value, list) else [value]
    return [value for value in found if value not in (None, "", {})]


def take(field: str, values: Iterable[Any], read: Callable[[Any], Value], faults: list[Faulty]) -> Iterator[Value]:
    """Each value as read; one that cannot be is left out and added to `faults`."""
    for at, value in enumerate(values):
        if at == MOST_OF_A_FIELD:
            faults.append(Faulty(field, f"has more than {MOST_OF_A_FIELD} values", "split the entry"))
            return
        try:
            yield read(value)
        except Faulty as fault:
            faults.append(fault)
        except (ValueError, TypeError) as error:
            faults.append(Faulty(field, f"is left out: {error}", "correct it", plain(str(value))))


def plain(text: str) -> str:
    """Text that UTF-8 can carry: half a character, which JSON can hold, becomes a question mark."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def name_of(value: Any) -> PersonName:
    """A name from its full text, or from an object with `full`, or `first` and `last`. Raises ValueError when empty."""
    if isinstance(value, str):
        return PersonName(full_name(value))
    if not isinstance(value, dict):
        raise ValueError("a name is a text, or an object with `full`")
    given, family = (part_of(value, *keys) for keys in (("first", "given"), ("last", "family")))
    full = part_of(value, "full") or " ".join(filter(None, (given, family)))
    kind = KINDS.get(str(value.get("kind") or "primary").strip().lower(), NameKind.ALIAS)
    return PersonName(full_name(full), kind, given, family, value.get("truncated") is True)


def full_name(text: str) -> str:
    """A name without blanks around it, bounded. Raises ValueError when nothing is left."""
    name = plain(text).strip()[:LONGEST_NAME]
    if not name:
        raise ValueError("an empty name")
    return name


def part_of(values: dict[str, Any], *fields: str) -> str | None:
    """The first of the fields that holds text."""
    return next((plain(found).strip()[:LONGEST_NAME] for field in fields if isinstance(found := values.get(field), str)
                 and found.strip()), None)  # fmt: skip


def birth_of(value: Any) -> PartialDate:
    """A date, a year, or a span of either as the years it lies in. Raises ValueError for what is no date."""
    text = plain(str(value))
    if (span := SPAN_OF_DAYS.fullmatch(text.strip())) and "-" in text:
        first, last = span.groups()
        return read_partial_date(first if first == last else f"{first[:4]}/{last[:4]}")
    return read_partial_date(text)


@lru_cache(4_096)
def nation_of(value: Any) -> str:
    """The three-letter code of a country's name or code. Raises ValueError for what names none."""
    return read_country(plain(str(value)).strip(" .,;"))


def sex_of(value: Any) -> Sex:
    """The sex from a word or letter. Raises ValueError for any other."""
    try:
        return SEXES[str(value).strip().lower()]
    except KeyError:
        raise ValueError("write F, M or X") from None


def document_of(value: Any) -> DocumentReference:
    """A document with `number`, and `type` and `country` where known. Raises ValueError for no usable number."""
    if not isinstance(value, dict):
        value = {"number": value}
    country = value.get("country") or value.get("issuer")
    return DocumentReference(
        normalise_number(plain(str(value.get("number") or ""))),
        issuer_of(str(country)) if country else None,
        kind_of(str(value["type"])) if value.get("type") else None,
    )


@lru_cache(4_096)
def issuer_of(text: str) -> str | None:
    """The issuer's code; None for what names no country, for the number may still be met."""
    try:
        return read_country(plain(text).strip(" .,;"))
    except ValueError:
        return None


@lru_cache(4_096)
def kind_of(wording: str) -> DocumentType:
    """The kind a wording means; numbers of no travel or identity paper are OTHER."""
    return paper_type(wording.replace("_", " ")) or DocumentType.OTHER
