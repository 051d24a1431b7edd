"""What is particular to each kind of object when editions are compared: its columns and what identifies it in a set."""

from __future__ import annotations

from dataclasses import dataclass

from tripoint.records.loading.lines import COLUMNS
from tripoint.records.model import RecordKind
from tripoint.records.rules import RETENTION_YEARS


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind: the columns that come from the file, those that tell a change, and the SQL terms that name a record.

    The terms together name one record of a set; `{of}` in them stands for the row they are taken from. `years` is how
    long its records are kept. `key` is the column that takes the mark's key where the table does not make it itself.
    """

    kind: RecordKind
    columns: tuple[str, ...]
    compared: tuple[str, ...]
    identity: tuple[str, ...]
    years: int
    key: str | None = None


SHAPES: dict[RecordKind, Shape] = {
    RecordKind.PERSON: Shape(
        RecordKind.PERSON, ("source_key", "status", "digest", "content"), ("digest",), ("{of}.source_key",),
        RETENTION_YEARS[RecordKind.PERSON],
    ),
    RecordKind.DOCUMENT: Shape(
        RecordKind.DOCUMENT, COLUMNS[RecordKind.DOCUMENT], ("status", "reported", "circumstances"),
        ("{of}.number", "{of}.issuer", "{of}.type"), RETENTION_YEARS[RecordKind.DOCUMENT], "number_key",
    ),
    RecordKind.VEHICLE: Shape(
        RecordKind.VEHICLE, COLUMNS[RecordKind.VEHICLE], COLUMNS[RecordKind.VEHICLE],
        ("coalesce({of}.vin, {of}.country || '|' || {of}.plate)",), RETENTION_YEARS[RecordKind.VEHICLE],
    ),
    RecordKind.FIREARM: Shape(
        RecordKind.FIREARM, COLUMNS[RecordKind.FIREARM],
        tuple(name for name in COLUMNS[RecordKind.FIREARM] if name not in ("serial", "make", "model")),
        ("{of}.serial", "coalesce({of}.make, '')", "coalesce({of}.model, '')"),
        RETENTION_YEARS[RecordKind.FIREARM],
    ),
}  # fmt: skip
