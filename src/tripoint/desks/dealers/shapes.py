"""What goes over the wire at the dealers' desk."""

from __future__ import annotations

import base64
import binascii
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from tripoint.access.http import Body, Line
from tripoint.base.errors import BadInput
from tripoint.desks.dealers.model import IndicatorState, Item, Measure, Scope, Visited
from tripoint.engines.books.model import Book, Order
from tripoint.records.shapes import Day, Text

Lines = Annotated[tuple[Line, ...], Field(max_length=50)]


class BookBody(Body):
    """A book as CSV or XLSX in base64. Without a mapping it is guessed, without `apply` the book is only tried."""

    name: Line
    file: Annotated[str, Field(min_length=4, max_length=12_000_000)]
    book: Book | None = None
    columns: Annotated[dict[Line, Line], Field(max_length=40)] | None = None
    dates: Order | None = None
    apply: bool = False

    def content(self) -> bytes:
        """The file. Raises BadInput for what is no base64."""
        try:
            return base64.b64decode(self.file, validate=True)
        except binascii.Error as error:
            raise BadInput("The file is not in base64.", field="file", remedy="Send its bytes in base64.") from error

    def mapping(self) -> dict[str, Any] | None:
        """The mapping as the reader takes it; None to be guessed. Raises BadInput for half of one."""
        if self.book is None and self.columns is None and self.dates is None:
            return None
        if self.book is None or self.columns is None:
            raise BadInput("A mapping names the book and its columns.", field="columns", remedy="Give both or neither.")
        return {"book": self.book.value, "columns": self.columns, "dates": self.dates.value if self.dates else None}


class RefusedShown(BaseModel):
    line: int
    column: str
    why: str


class LoadedAnswer(BaseModel):
    """What became of the file, row by row for the first two hundred that were kept out."""

    book: str
    columns: dict[str, str]
    left: list[str]
    dates: str
    sure: bool
    new: int
    known: int
    refused: list[RefusedShown]
    refused_in_all: int
    applied: bool


class LicenceShown(BaseModel):
    dealer: str
    state: str
    from_day: date
    to_day: date | None
    name: str
    town: str


class LicencesAnswer(BaseModel):
    licences: list[LicenceShown]


class WhereShown(BaseModel):
    dealer: str
    name: str
    acquired: int
    disposed: int
    stock: int
    missing: int


class WhereaboutsAnswer(BaseModel):
    dealers: list[WhereShown]


class ItemBody(Body):
    serial: Line
    make: Line


class InspectionBody(Body):
    """An inspection: what was counted, seals, violations, and what came of it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{
        "dealer": "L-000031", "day": "2026-09-05", "scope": "full", "items": [{"serial": "ABC12345", "make": "Taurus"}],
        "action": "warn",
    }]})  # fmt: skip
    dealer: Line
    day: Day
    scope: Scope
    items: Annotated[tuple[ItemBody, ...], Field(max_length=20_000)] = ()
    seals: Lines = ()
    violations: Lines = ()
    action: Measure = Measure.NONE
    follow_up: Day | None = None

    def visited(self) -> Visited:
        """The desk's own form."""
        items = tuple(Item(one.serial, one.make) for one in self.items)
        return Visited(
            self.dealer, self.day, self.scope, items, self.seals, self.violations, self.action, self.follow_up
        )


class InspectionAnswer(BaseModel):
    id: UUID
    dealer: str
    day: date
    scope: Scope
    counted: int
    matched: int
    missing: int
    unbooked: int
    seals: list[str]
    violations: list[str]
    action: Measure
    follow_up: date | None


class InspectionsAnswer(BaseModel):
    inspections: list[InspectionAnswer]


class IndicatorAnswer(BaseModel):
    """A lead with the rows it rests on and its base rate. It accuses nobody."""

    id: UUID
    rule: int
    version: int
    dealer: str
    subject: str
    fact: str
    score: float
    parameters: dict[str, Any]
    rows: list[dict[str, Any]]
    base: dict[str, Any]
    found_at: datetime
    state: IndicatorState
    reason: str | None
    decided_at: datetime | None


class IndicatorsAnswer(BaseModel):
    indicators: list[IndicatorAnswer]


class AskedAnswer(BaseModel):
    """How many indicators there are, and how many are new or open again."""

    found: int
    new: int


class DecisionBody(Body):
    """A person's decision with its reason."""

    state: IndicatorState
    reason: Text
