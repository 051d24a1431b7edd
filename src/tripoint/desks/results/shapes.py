"""What the results desk takes and gives over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field

from tripoint.access.http import Body, Line
from tripoint.desks.results import composing, editions
from tripoint.desks.results.editions import Claim, Compared, Ranked
from tripoint.desks.results.model import (
    Edition,
    Exceptional,
    Figure,
    Foot,
    Measure,
    Qualifier,
    RecordLine,
    Reported,
    Sheet,
    SheetKind,
    SheetState,
    Status,
)
from tripoint.desks.results.sheeting import Wish

Name = Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
Code = Annotated[str, Field(max_length=120, pattern=r"^[^\x00-\x1f\x7f]*$")]
Text = Annotated[str, Field(max_length=8000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class FigureBody(Body):
    """A question: what is counted, by what, from when to when, and which records only."""

    operation: UUID
    measure: Name
    dimensions: Annotated[tuple[Name, ...], Field(max_length=3)] = ()
    since: Annotated[AwareDatetime | None, Field(alias="from")] = None
    until: Annotated[AwareDatetime | None, Field(alias="to")] = None
    filters: Annotated[dict[Name, Code], Field(max_length=10, default_factory=dict)]
    per: Name | None = None
    plus: Annotated[tuple[Name, ...], Field(max_length=10)] = ()


class TableBody(Body):
    """A table wished for on a sheet."""

    measure: Name
    by: Annotated[list[Name], Field(min_length=1, max_length=3)]


class ExceptionBody(Body):
    """A small number to be shown by name all the same, and why."""

    table: Name
    code: Code
    reason: Line


class SheetBody(Body):
    """A sheet to be drafted from the figures as they stand now."""

    operation: UUID
    kind: SheetKind
    reason: Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""
    narrative: Text = ""
    tables: Annotated[tuple[TableBody, ...], Field(max_length=12)] = ()
    withhold: Annotated[tuple[Name, ...], Field(max_length=40)] = ()
    exceptions: Annotated[tuple[ExceptionBody, ...], Field(max_length=20)] = ()

    def wish(self) -> Wish:
        """The desk's own form."""
        return Wish(
            self.operation, self.kind, self.reason, self.narrative,
            tuple((one.measure, tuple(one.by)) for one in self.tables), tuple(self.withhold),
            tuple(Exceptional(one.table, one.code, one.reason) for one in self.exceptions),
        )  # fmt: skip


class ApprovalBody(Body):
    """What the second person saw: the digest of the content, and how many small numbers are let out with it."""

    digest: Digest
    exceptions: Annotated[int, Field(ge=0, le=20)] = 0


class RejectionBody(Body):
    """Why a draft is turned down."""

    reason: Line


class MeasureShown(BaseModel):
    name: str
    unit: str
    kind: str
    dimensions: list[str]
    per: list[str]
    rule: str
    definition: str
    version: int


class MeasuresShown(BaseModel):
    measures: list[MeasureShown]


class RecordSetShown(BaseModel):
    count: int
    sha256: str


class FootShown(BaseModel):
    expected: float
    found: float
    agrees: bool
    reason: str | None


class PartShown(BaseModel):
    codes: dict[str, str]
    value: float
    status: Status
    unknown_share: float | None
    joint: int
    record_set: RecordSetShown


class FigureShown(PartShown):
    """A figure with its parts; `records` is the address that opens what it counts."""

    measure: str
    unit: str
    definition: str
    version: int
    qualifier: Qualifier
    as_of: datetime
    since: Annotated[datetime | None, Field(serialization_alias="from")] = None
    until: Annotated[datetime | None, Field(serialization_alias="to")] = None
    parts: list[PartShown]
    foot: FootShown | None = None
    per: PartShown | None = None
    rate: float | None = None
    sum: float | None = None


class FiguresShown(BaseModel):
    figures: list[FigureShown]


class RecordLineShown(BaseModel):
    id: UUID
    kind: str
    party: str
    post: UUID | None
    at: datetime | None
    state: str
    version: int
    counted: bool
    amount: float | None
    line: dict[str, Any]


class RecordsShown(BaseModel):
    records: list[RecordLineShown]
    next: UUID | None


class ExceptionShown(BaseModel):
    table: str
    code: str
    reason: str


class SheetShown(BaseModel):
    """A sheet without its content."""

    id: UUID
    operation: UUID
    owner: str
    kind: SheetKind
    state: SheetState
    revision: int
    revises: UUID | None
    reason: str
    digest: str
    drafted_by: str
    drafted_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    answer: str | None
    own: bool


class SheetOpened(SheetShown):
    """A sheet with its content, as it was frozen; `exceptions` with their reasons are its owner's."""

    content: dict[str, Any]
    exceptions: list[ExceptionShown]


class SheetsShown(BaseModel):
    sheets: list[SheetShown]


class ReportedShown(BaseModel):
    value: float
    qualifier: Qualifier
    kind: str


class EditionShown(BaseModel):
    key: str
    name: str
    edition: str
    family: str
    start: str
    end: str
    hub: str
    sources: list[str]
    values: dict[str, ReportedShown]
    ranking: list[str]


class EditionsShown(BaseModel):
    editions: list[EditionShown]


class ComparedShown(BaseModel):
    metric: str
    first: ReportedShown | None
    second: ReportedShown | None
    change: float | None
    reason: str | None


class ClaimShown(BaseModel):
    metric: str
    scope: str
    verdict: str
    against: str | None
    reason: str


class RankedShown(BaseModel):
    code: str
    place: int | None
    before: int | None
    value: float | None


class ComparisonShown(BaseModel):
    first: EditionShown
    second: EditionShown
    rows: list[ComparedShown]
    ranking: list[RankedShown]


class ClaimsShown(BaseModel):
    edition: str
    claims: list[ClaimShown]


def measure_shown(measure: Measure) -> MeasureShown:
    """A measure as its readers see it."""
    return MeasureShown(
        name=measure.name, unit=measure.unit.value, kind=measure.kind or measure.table.value,
        dimensions=list(measure.dimensions), per=list(measure.per), rule=measure.rule.value,
        definition=measure.definition, version=measure.version,
    )  # fmt: skip


def part_shown(figure: Figure) -> PartShown:
    """One row of a figure."""
    return PartShown(
        codes=dict(figure.codes), value=figure.value, status=figure.status, unknown_share=figure.unknown_share,
        joint=figure.joint, record_set=RecordSetShown(count=figure.records.count, sha256=figure.records.sha256),
    )  # fmt: skip


def figure_shown(
    figure: Figure, foot: Foot | None = None, per: Figure | None = None, rate: float | None = None,
    total: float | None = None,
) -> FigureShown:  # fmt: skip
    """A figure with its parts, and what it was divided by or added to."""
    return FigureShown(
        **part_shown(figure).model_dump(), measure=figure.measure.name, unit=figure.measure.unit.value,
        definition=figure.measure.definition, version=figure.measure.version, qualifier=figure.qualifier,
        as_of=figure.as_of, since=figure.since, until=figure.until, parts=[part_shown(part) for part in figure.parts],
        foot=foot_shown(foot) if foot else None, per=part_shown(per) if per else None, rate=rate, sum=total,
    )  # fmt: skip


def foot_shown(foot: Foot) -> FootShown:
    """Whether the parts add up."""
    return FootShown(expected=foot.expected, found=foot.found, agrees=foot.agrees, reason=foot.reason)


def line_shown(line: RecordLine) -> RecordLineShown:
    """One record that was counted."""
    return RecordLineShown.model_validate(line, from_attributes=True)


def sheet_shown(sheet: Sheet, officer: UUID) -> SheetShown:
    """A sheet in a list."""
    return SheetShown(**heading(sheet, officer))


def sheet_opened(sheet: Sheet, officer: UUID, party: str) -> SheetOpened:
    """A sheet with its content."""
    exceptions = sheet.exceptions if sheet.owner == party else ()
    return SheetOpened(
        **heading(sheet, officer), content=composing.read_content(sheet.content),
        exceptions=[ExceptionShown(table=one.table, code=one.code, reason=one.reason) for one in exceptions],
    )  # fmt: skip


def heading(sheet: Sheet, officer: UUID) -> dict[str, Any]:
    """What a sheet says of itself."""
    return {
        "id": sheet.id, "operation": sheet.operation, "owner": sheet.owner, "kind": sheet.kind, "state": sheet.state,
        "revision": sheet.revision, "revises": sheet.revises, "reason": sheet.reason, "digest": sheet.digest,
        "drafted_by": sheet.drafted_by_name, "drafted_at": sheet.drafted_at, "decided_by": sheet.decided_by_name,
        "decided_at": sheet.decided_at, "answer": sheet.answer, "own": sheet.drafted_by == officer,
    }  # fmt: skip


def edition_shown(edition: Edition) -> EditionShown:
    """An edition with its figures and sources."""
    return EditionShown(
        key=editions.key(edition), name=edition.name, edition=edition.edition, family=edition.family,
        start=edition.start, end=edition.end, hub=edition.hub, sources=list(edition.sources),
        values={name: reported_shown(value) for name, value in edition.values.items()}, ranking=list(edition.ranking),
    )  # fmt: skip


def reported_shown(value: Reported) -> ReportedShown:
    """A published value as it was said."""
    return ReportedShown(value=value.value, qualifier=value.qualifier, kind=value.kind)


def compared_shown(row: Compared) -> ComparedShown:
    """One metric of two editions."""
    first, second = (reported_shown(one) if one else None for one in (row.first, row.second))
    return ComparedShown(metric=row.metric, first=first, second=second, change=row.change, reason=row.reason)


def claim_shown(claim: Claim) -> ClaimShown:
    """A record or none."""
    return ClaimShown(
        metric=claim.metric, scope=claim.scope, verdict=claim.verdict.value, against=claim.against,
        reason=claim.reason,
    )  # fmt: skip


def ranked_shown(ranked: Ranked) -> RankedShown:
    """A nationality's place now and before."""
    return RankedShown(code=ranked.code, place=ranked.place, before=ranked.before, value=ranked.value)
