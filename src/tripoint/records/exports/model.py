"""The nouns of exports: what is asked for, and the rows that leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from tripoint.words.grades import Handling
from tripoint.words.purposes import Purpose


class What(StrEnum):
    """What is exported: the own party's records of a kind, the hits it knows of, or its reports on victims."""

    PERSON = "person"
    DOCUMENT = "document"
    VEHICLE = "vehicle"
    FIREARM = "firearm"
    HITS = "hits"
    VICTIM = "victim"


class Form(StrEnum):
    """The form of the file."""

    CSV = "csv"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class Export:
    """What is to leave, for whom, for what, and how it may be used at least as strictly."""

    what: What
    form: Form
    recipient: str
    purpose: Purpose
    handling: Handling
    set: UUID | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of an export. `handling` is its own; the file shows the stricter of this and the export's."""

    id: UUID
    owner: int
    version: int | None
    handling: Handling
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """A file ready to be handed over."""

    name: str
    media_type: str
    text: str
