"""A victim's record in the files of the Human Trafficking Case Data Standard 2.0: JSON by chapters, CSV of 84 columns.

What we hold goes out and comes in again as it was, with two exceptions that the standard forces: forced criminality
leaves as `Other`, and seven questions of consent as one box.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from tripoint.words.htcds import (
    CHAPTERS,
    CONSENT_QUESTIONS,
    FORCED_CRIMINALITY,
    OTHER,
    REPEATED,
    StandardField,
    fields,
)

Values = Mapping[str, Any]
BOXES = MappingProxyType({"yes": True, "no": False})  # unknown is neither: the box stays empty
SEPARATOR = ";"  # between the codes of one cell, as Salesforce writes them


def as_chapters(values: Values) -> dict[str, Any]:
    """A victim's record as one JSON object, a chapter each, with lists for what stands many times.

    `values` are the answers of our form, identity included as far as the caller has it. Empty
    fields are left out.
    """
    record: dict[str, Any] = {}
    for prefix, chapter in CHAPTERS.items():
        if prefix in REPEATED:
            record[chapter] = [filled(prefix, row) for row in values.get(REPEATED[prefix], ())]
        else:
            record[chapter] = filled(prefix, values)
    return {chapter: content for chapter, content in record.items() if content}


def from_chapters(record: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of our form in such an object. Raises ValueError naming a chapter, field or code nobody knows."""
    values: dict[str, Any] = {}
    prefixes = {chapter: prefix for prefix, chapter in CHAPTERS.items()}
    for chapter, content in record.items():
        if chapter not in prefixes:
            raise ValueError(f"{chapter!r} is no chapter of HTCDS 2.0; the chapters are {', '.join(prefixes)}")
        prefix = prefixes[chapter]
        if prefix in REPEATED:
            values[REPEATED[prefix]] = [emptied(row) for row in content]
        else:
            values |= emptied(content)
    return values


def as_row(values: Values) -> dict[str, str]:
    """A victim's record as one row of 84 cells: codes with semicolons, what stands many times as JSON."""
    row: dict[str, str] = {}
    for name, field in fields().items():
        if field.prefix in REPEATED:
            column = [published(field, one) for one in values.get(REPEATED[field.prefix], ())]
            row[name] = json.dumps(column, ensure_ascii=False) if any(one is not None for one in column) else ""
        else:
            row[name] = cell(published(field, values))
    return row


def from_row(row: Mapping[str, str]) -> dict[str, Any]:
    """The answers of our form in a row of such a file; columns may be missing. Raises ValueError as `from_chapters`."""
    values: dict[str, Any] = {}
    repeated: dict[str, list[dict[str, Any]]] = {}
    for name, written in row.items():
        field = known(name)
        if written == "":
            continue
        if field.prefix in REPEATED:
            spread(field, written, repeated.setdefault(REPEATED[field.prefix], []))
        else:
            values[name] = ours(field, read_cell(field, written))
    return values | repeated


def spread(field: StandardField, written: str, rows: list[dict[str, Any]]) -> None:
    """Put a column of what stands many times into its rows, which are made as they are needed."""
    column: Sequence[Any] = json.loads(written)
    rows += [{} for _ in range(len(column) - len(rows))]
    for row, value in zip(rows, column, strict=False):
        if value is not None:
            row[field.name] = ours(field, value)


def filled(prefix: str, values: Values) -> dict[str, Any]:
    """The fields of one chapter that have a value, as published."""
    chapter = ((name, published(field, values)) for name, field in fields().items() if field.prefix == prefix)
    return {name: value for name, value in chapter if value is not None}


def emptied(content: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of one chapter as we hold them."""
    return {name: ours(known(name), value) for name, value in content.items()}


def known(name: str) -> StandardField:
    """The field of this name. Raises ValueError."""
    if name not in fields():
        raise ValueError(f"{name!r} is no field of HTCDS 2.0; names begin with a prefix, such as prs_Gender")
    return fields()[name]


def published(field: StandardField, values: Values) -> Any:
    """One field as the standard has it; None where nothing is known."""
    if field.name == "con_Consent" and any(values.get(question) for question in CONSENT_QUESTIONS):
        return all(values.get(question) == "yes" for question in CONSENT_QUESTIONS)
    value = values.get(field.name)
    if value in (None, "", [], ()):
        return None
    if field.kind == "checkbox":
        return BOXES.get(value)
    if field.kind in ("picks", "countries"):
        return list(dict.fromkeys(OTHER if code == FORCED_CRIMINALITY else code for code in value))
    return value


def ours(field: StandardField, value: Any) -> Any:
    """One field as we hold it. Raises ValueError for a code that is not on its list."""
    if field.kind == "checkbox":
        return "yes" if value else "no"
    if unknown := set(value if field.kind == "picks" else [value] if field.kind == "pick" else []) - {*field.codes}:
        raise ValueError(f"{field.name} has no code {sorted(unknown)[0]!r}; it has {', '.join(field.codes)}")
    return value


def cell(value: Any) -> str:
    """One value as it stands in a cell."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return SEPARATOR.join(value)
    return "" if value is None else str(value)


def read_cell(field: StandardField, written: str) -> Any:
    """What a cell means, by the kind of its field. Raises ValueError for a number or box that is none."""
    if field.kind == "checkbox":
        if written.lower() not in ("true", "false"):
            raise ValueError(f"{field.name} is {written!r}; write true or false, or leave it empty")
        return written.lower() == "true"
    if field.kind in ("picks", "countries"):
        return [code.strip() for code in written.split(SEPARATOR) if code.strip()]
    return int(written) if field.kind == "number" else written
