"""A party's own files of documents, vehicles or firearms, each read by the reader of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256
from typing import BinaryIO

from tripoint.records.model import RecordKind
from tripoint.records.sources.documents import read_documents
from tripoint.records.sources.firearms import read_firearms
from tripoint.records.sources.mapping import Mapping
from tripoint.records.sources.outcomes import Outcome
from tripoint.records.sources.vehicles import read_vehicles


def read_own(kind: RecordKind, stream: BinaryIO, owner: str, mapping: Mapping) -> Iterator[Outcome]:
    """Yield each row of a CSV or XLSX file, good or kept out; `owner` is the party's code.

    Raises ValueError for persons, who come by the lists that have a form of their own.
    """
    match kind:
        case RecordKind.DOCUMENT:
            return read_documents(stream, owner, mapping)
        case RecordKind.VEHICLE:
            return read_vehicles(stream, mapping)
        case RecordKind.FIREARM:
            return read_firearms(stream, mapping)
        case RecordKind.PERSON:
            raise ValueError("no party's own file holds persons")


def settings_of(mapping: Mapping) -> tuple[tuple[str, str], ...]:
    """What decides how a file is read: a load that was broken off goes on only where it is the same."""
    return (("mapping", sha256(repr(asdict(mapping)).encode()).hexdigest()),)
