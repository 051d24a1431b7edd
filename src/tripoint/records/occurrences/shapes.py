"""The shapes of occurrences over HTTP: what is reported and corrected, and what comes back."""

from __future__ import annotations

import base64
import binascii
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from tripoint.access.http import Body, Line
from tripoint.base.errors import BadInput
from tripoint.records.occurrences.custody import Entry
from tripoint.records.occurrences.model import (
    Correction,
    Filing,
    Link,
    Occurrence,
    OccurrenceKind,
    Opened,
    Relation,
    Revision,
    State,
)
from tripoint.records.shapes import AudienceBody
from tripoint.words.forms.catalogue import FORMS
from tripoint.words.purposes import Purpose

KIND_OF = {form.plural: OccurrenceKind(kind) for kind, form in FORMS.items()}
FIRST_YEAR, LAST_YEAR = 1900, 2200


def within_reason(at: datetime) -> datetime:
    """A moment that calendars hold on both sides of it, in UTC."""
    if not FIRST_YEAR <= at.year <= LAST_YEAR:
        raise ValueError("lies outside 1900 to 2200")
    return at.astimezone(UTC)


class Plural(StrEnum):
    """The kinds as they stand in addresses."""

    DETECTIONS = "detections"
    VICTIMS = "victims"
    ARRESTS = "arrests"
    SEIZURES = "seizures"
    FREEZES = "freezes"
    GROUPS = "groups"
    INVESTIGATIONS = "investigations"
    INCIDENTS = "incidents"
    INTERVIEWS = "interviews"
    NOTICE_REQUESTS = "notice-requests"
    RECOVERIES = "recoveries"

    @property
    def kind(self) -> OccurrenceKind:
        """The kind of which it is the plural."""
        return KIND_OF[self.value]


Moment = Annotated[AwareDatetime, AfterValidator(within_reason)]
Version = Annotated[int, Field(ge=1, le=2_000_000_000)]
Values = Annotated[
    dict[Annotated[str, Field(max_length=100)], Any],
    Field(max_length=200, description="the answers to the form of this kind (GET /api/forms), by the names of fields"),
]


class LinkBody(Body):
    """To what it leads: an occurrence by its kind, `hit`, or a record by its kind."""

    relation: Relation
    to_kind: Line
    to_id: UUID

    def link(self) -> Link:
        """The records' own form."""
        return Link(self.relation, self.to_kind, self.to_id)


class AudiencesBody(Body):
    """Who reads the line, and who the body; left out: as the kind has it by default."""

    line: AudienceBody | None = None
    body: AudienceBody | None = None


class FilingBody(Body):
    """What is reported. The id is made by whoever sends it and stays the same at every attempt."""

    model_config = ConfigDict(json_schema_extra={"examples": [{
        "id": "01919c5e-0000-7000-8000-000000000001", "operation": "01919c5e-0000-7000-8000-0000000000aa",
        "happened_at": "2026-11-22T18:30:00Z", "values": {"offence": "08051", "basis": "observation"},
    }]})  # fmt: skip
    id: UUID
    operation: UUID
    happened_at: Moment
    values: Values
    post: UUID | None = None
    agency: UUID | None = None
    audience: AudiencesBody = AudiencesBody()
    links: Annotated[tuple[LinkBody, ...], Field(max_length=20)] = ()
    joint: UUID | None = None

    def filing(self, kind: OccurrenceKind) -> Filing:
        """The records' own form."""
        line, body = self.audience.line, self.audience.body
        return Filing(
            self.id, kind, self.operation, self.happened_at, self.values, self.post, self.agency,
            line.audience() if line else None, body.audience() if body else None,
            tuple(link.link() for link in self.links), self.joint,
        )  # fmt: skip


class CorrectionBody(Body):
    """All values anew, and why; what is sealed and left out stays as it is."""

    values: Values
    reason: Line
    happened_at: Moment | None = None
    post: UUID | None = None
    version: Version | None = None

    def correction(self) -> Correction:
        """The records' own form."""
        return Correction(self.values, self.reason, self.happened_at, self.post, self.version)


class StateBody(Body):
    """What becomes of the report, and why."""

    state: State
    reason: Line


class LinksBody(Body):
    """Links to add."""

    links: Annotated[tuple[LinkBody, ...], Field(min_length=1, max_length=20)]


class OpeningBody(Body):
    """What for and why a sealed field is opened; the trail keeps both."""

    purpose: Purpose
    reason: Line


class CustodyBody(Body):
    """An entry of the chain of custody: what was done with which item, when, by whom, where, under which seal."""

    id: UUID
    item: Annotated[int, Field(ge=1, le=200, description="from 1, in the order of the seizure's items")]
    at: Moment
    act: Line
    by_officer: Line
    place: Line
    seal: Line | None = None
    remarks: Line | None = None

    def entry(self) -> Entry:
        """The records' own form."""
        return Entry(
            self.id, self.item, self.at, self.act, self.by_officer, self.place, self.seal, self.remarks or ""
        )


class SheetBody(Body):
    """A sheet in base64: a workbook (XLSX) or CSV, as GET of the same address gives it."""

    operation: UUID
    file: Annotated[str, Field(min_length=4, max_length=8_000_000)]
    timezone: Annotated[Line, Field(description="of moments that name no offset: Europe/Paris, UTC")] = "UTC"

    def content(self) -> bytes:
        """The file. Raises BadInput for what is no base64."""
        try:
            return base64.b64decode(self.file, validate=True)
        except binascii.Error as error:
            raise BadInput("The file is not in base64.", field="file", remedy="Send its bytes in base64.") from error


class OccurrenceAnswer(BaseModel):
    """One line; `readable` says whether the body is open to the reader."""

    id: UUID
    kind: OccurrenceKind
    owner: str
    operation: UUID
    post: UUID | None
    agency: UUID | None
    happened_at: datetime
    state: State
    version: int
    line: dict[str, Any]
    filed_at: datetime
    changed_at: datetime
    joint: UUID | None
    readable: bool


class OccurrencesAnswer(BaseModel):
    occurrences: list[OccurrenceAnswer]
    next: UUID | None


class LinkAnswer(BaseModel):
    relation: Relation
    to_kind: str
    to_id: UUID


class CustodyAnswer(BaseModel):
    id: UUID
    number: int
    item: int
    at: datetime
    act: str
    by_officer: str
    seal: str | None
    place: str
    remarks: str
    digest: str


class OpenedAnswer(OccurrenceAnswer):
    """`body` and `facilitator` are null where party or class do not open them; `sealed` names what stays closed."""

    body: dict[str, Any] | None
    facilitator: dict[str, Any] | None
    links: list[LinkAnswer]
    sealed: list[str]
    custody: list[CustodyAnswer]
    custody_whole: bool
    own: bool


class RevisionAnswer(BaseModel):
    version: int
    state: State
    happened_at: datetime
    line: dict[str, Any]
    body: dict[str, Any]
    reason: str | None
    changed_at: datetime
    changed_by: UUID | None
    facilitator: dict[str, Any] | None


class HistoryAnswer(BaseModel):
    revisions: list[RevisionAnswer]


class IdentityAnswer(BaseModel):
    """One sealed field, opened."""

    id: UUID
    field: str
    version: int
    value: Any


class FormsAnswer(BaseModel):
    version: str
    forms: list[dict[str, Any]]


class RowAnswer(BaseModel):
    """What became of one row of a sheet."""

    row: int
    id: UUID | None
    fate: str
    field: str | None
    reason: str | None
    remedy: str | None


class SheetAnswer(BaseModel):
    filed: int
    repeated: int
    refused: int
    rows: list[RowAnswer]


def occurrence_answer(found: Occurrence) -> OccurrenceAnswer:
    """A line as it goes out."""
    return OccurrenceAnswer.model_validate(found, from_attributes=True)


def opened_answer(opened: Opened) -> OpenedAnswer:
    """An opened occurrence as it goes out."""
    return OpenedAnswer(
        **occurrence_answer(opened.occurrence).model_dump(), body=opened.body, facilitator=opened.facilitator,
        links=[LinkAnswer.model_validate(link, from_attributes=True) for link in opened.links],
        sealed=list(opened.sealed), custody_whole=opened.custody_whole, own=opened.own,
        custody=[CustodyAnswer.model_validate(entry, from_attributes=True) for entry in opened.custody],
    )  # fmt: skip


def history_answer(revisions: list[Revision]) -> HistoryAnswer:
    """A history as it goes out."""
    return HistoryAnswer(revisions=[RevisionAnswer.model_validate(one, from_attributes=True) for one in revisions])
