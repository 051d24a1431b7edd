"""Pure decisions of exports: what each row carries, and how a file is written."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from tripoint.records.exports.model import Export, Form, Line
from tripoint.records.widening import STRICTNESS
from tripoint.words.spreadsheets import safe_row


def marked(export: Export, line: Line, number: str) -> dict[str, Any]:
    """A row with what must go wherever it goes: handling code, recipient, purpose, and the approval's number."""
    handling = max((export.handling, line.handling), key=STRICTNESS.index)
    return {
        "handling": handling.value, "recipient": export.recipient, "purpose": export.purpose.value, "approval": number,
        "id": str(line.id), **line.values,
    }  # fmt: skip


def written(export: Export, lines: Sequence[Line], number: str) -> str:
    """The file. An empty one still says for whom and for what it was made."""
    rows = [marked(export, line, number) for line in lines]
    head = {
        "handling": export.handling.value, "recipient": export.recipient, "purpose": export.purpose.value,
        "approval": number,
    }  # fmt: skip
    return as_csv(head, rows) if export.form is Form.CSV else as_jsonl(head, rows)


def as_csv(head: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    """Comma-separated values (RFC 4180) with a heading row; no cell can be taken for a formula."""
    columns = list(dict.fromkeys(name for row in ([*rows] or [head]) for name in row))
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows(safe_row(flat(row.get(name)) for name in columns) for row in ([*rows] or [head]))
    return file.getvalue()


def as_jsonl(head: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    """One JSON object a line."""
    return "".join(f"{json.dumps(row, ensure_ascii=False, default=str)}\n" for row in ([*rows] or [head]))


def flat(value: object) -> object:
    """A value as one cell: lists and objects as text that a person can read."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {flat(inner)}" for name, inner in value.items())
    if isinstance(value, list | tuple):
        return " | ".join(str(flat(inner)) for inner in value)
    return value
