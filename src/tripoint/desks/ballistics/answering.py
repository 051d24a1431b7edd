"""The shapes of searches, candidates, pairs, annotations and links over HTTP."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from tripoint.access.http import Body, Line
from tripoint.desks.ballistics.codes import Finding, LinkStep, Verdict
from tripoint.desks.ballistics.model import Candidate, Link, Note, Run, Scan, SearchWanted
from tripoint.desks.ballistics.rules import may_find
from tripoint.desks.ballistics.searching import Pair
from tripoint.desks.ballistics.shapes import QualityAnswer, Words
from tripoint.records.shapes import Day, PartyCode


class FiltersBody(Body):
    """What is searched at all. `class_marks`: what contradicts the exhibit's own class characteristics is left out."""

    calibre: Line | None = None
    class_marks: bool = False
    since: Day | None = None
    until: Day | None = None
    countries: Annotated[tuple[PartyCode, ...], Field(max_length=256)] = ()


class SearchBody(Body):
    """A search with a scan of an own exhibit. The id is made by whoever sends it."""

    id: UUID
    scan: UUID
    filters: FiltersBody = FiltersBody()
    k: Annotated[int, Field(ge=1, le=100)] = 30

    def wanted(self) -> SearchWanted:
        """The desk's own form."""
        said = self.filters.model_dump(mode="json", exclude_none=True)
        return SearchWanted(self.id, self.scan, {name: value for name, value in said.items() if value}, self.k)


class VerdictBody(Body):
    verdict: Verdict
    reason: Line


class LinkBody(Body):
    """A physical comparison asked for, of a candidate called potential."""

    id: UUID
    candidate: UUID
    reason: Line


class StepBody(Body):
    """The next step of a link; `finding` with the step of that name."""

    step: LinkStep
    finding: Finding | None = None
    remarks: Words = ""


class NoteBody(Body):
    """An annotation at a point of one scan; micrometres from the corner of its prepared region."""

    id: UUID
    one: UUID
    other: UUID | None = None
    on: Literal["one", "other"] = "one"
    x_um: Annotated[float, Field(ge=-100_000, le=100_000)]
    y_um: Annotated[float, Field(ge=-100_000, le=100_000)]
    text: Line

    def note(self) -> Note:
        """The desk's own form; who and when is said by the hub."""
        return Note(self.id, self.one, self.other, self.on, self.x_um, self.y_um, self.text, "", datetime.min)


class RunAnswer(BaseModel):
    """`searched` counts what the asker's party may know of: what is met blind is never in it."""

    id: UUID
    exhibit: UUID
    scan: UUID
    region: str
    trigger: str
    asked_by_name: str | None
    asked_at: datetime
    state: str
    finished_at: datetime | None
    searched: int | None
    fully_scored: int | None
    settings_version: int | None
    filters: dict[str, Any]
    k: int
    message: str | None
    found: int
    undecided: int


class RunsAnswer(BaseModel):
    runs: list[RunAnswer]


class SideAnswer(BaseModel):
    exhibit: UUID
    scan: UUID
    case_reference: str
    kind: str
    calibre_id: str | None
    occurred_on: date | None


class CandidateAnswer(BaseModel):
    """A lead, never a match by itself. At level pointer: whom to ask, and how alike, but not what."""

    id: UUID
    run: UUID | None
    rank: int | None
    region: str
    own: SideAnswer
    level: str
    other_party: str
    other_contact: str
    other: SideAnswer | None
    score: float
    congruent_cells: int
    cells_compared: int
    lead: bool
    verdict: str | None
    decided_by_name: str | None
    decided_at: datetime | None
    reason: str | None
    made_at: datetime
    link: UUID | None


class RunFileAnswer(BaseModel):
    run: RunAnswer
    candidates: list[CandidateAnswer]


class CandidatesAnswer(BaseModel):
    candidates: list[CandidateAnswer]


class PairSideAnswer(BaseModel):
    scan: UUID
    exhibit: UUID
    owner: str
    own: bool
    region: str
    step_um: float
    rows: int
    columns: int
    case_reference: str
    kind: str
    quality: QualityAnswer


class CellAnswer(BaseModel):
    row: int
    column: int
    x_um: float
    y_um: float
    size_um: float
    ncc: float
    rotation_deg: float
    dx_um: float
    dy_um: float
    congruent: bool


class ReasonAnswer(BaseModel):
    code: str
    number: float


class ComparisonAnswer(BaseModel):
    """The pose of the other on the one, in degrees and µm; cells of the one; a score from 0 to 1, no probability."""

    score: float
    congruent_cells: int
    cells_compared: int
    rotation_deg: float
    dx_um: float
    dy_um: float
    correlation: float
    forward: list[int]
    backward: list[int]
    cells: list[CellAnswer]
    reasons: list[ReasonAnswer]


class StrengthAnswer(BaseModel):
    """A likelihood ratio only against a named population of the same class of guns and instrument; else why not."""

    likelihood_ratio: float | None
    bounds: list[float] | None
    population: str | None
    refused: str | None


class PairAnswer(BaseModel):
    one: PairSideAnswer
    other: PairSideAnswer
    comparison: ComparisonAnswer
    strength: StrengthAnswer
    candidate: CandidateAnswer | None
    settings_version: int


class NoteAnswer(BaseModel):
    id: UUID
    one: UUID
    other: UUID | None
    on: str
    x_um: float
    y_um: float
    text: str
    by_name: str
    at: datetime


class NotesAnswer(BaseModel):
    annotations: list[NoteAnswer]


class HalfAnswer(BaseModel):
    """`exhibit` and `case_reference` are null where the reader may not read the exhibit."""

    party: str
    exhibit: UUID | None
    scan: UUID | None
    case_reference: str | None
    readable: bool


class FoundAnswer(BaseModel):
    round: int
    number: int
    party: str
    by_name: str
    at: datetime
    finding: str | None
    remarks: str | None
    mine: bool


class LinkStepAnswer(BaseModel):
    step: str
    party: str
    by_name: str
    at: datetime
    remarks: str


class LinkAnswer(BaseModel):
    """`cases` are named once two examiners have confirmed it. The findings are those that the reader learns."""

    id: UUID
    state: str
    round: int
    ours: HalfAnswer
    theirs: HalfAnswer
    asked_by_name: str
    asked_by_party: str
    asked_at: datetime
    reason: str
    findings: list[FoundAnswer]
    may_find: bool
    decided_at: datetime | None
    cases: list[str]
    steps: list[LinkStepAnswer]


class LinksAnswer(BaseModel):
    links: list[LinkAnswer]


def run_answer(run: Run) -> RunAnswer:
    """A search as it goes out."""
    return RunAnswer.model_validate(run, from_attributes=True)


def candidate_answer(found: Candidate) -> CandidateAnswer:
    """A candidate as it goes out."""
    return CandidateAnswer.model_validate(found, from_attributes=True)


def pair_answer(found: Pair) -> PairAnswer:
    """A pair as it goes out. No reference population is known to the hub: the strength of evidence is refused."""
    refused = StrengthAnswer(likelihood_ratio=None, bounds=None, population=None, refused="no_reference_population")
    return PairAnswer(
        one=side_answer(found.one), other=side_answer(found.other), strength=refused,
        comparison=ComparisonAnswer.model_validate(found.comparison), settings_version=found.settings_version,
        candidate=candidate_answer(found.candidate) if found.candidate else None,
    )  # fmt: skip


def side_answer(scan: Scan) -> PairSideAnswer:
    """One scan of a pair."""
    names = ("exhibit", "owner", "own", "region", "step_um", "rows", "columns", "case_reference", "kind")
    fields = {name: getattr(scan, name) for name in names}
    return PairSideAnswer(scan=scan.id, **fields, quality=QualityAnswer(**scan.quality))


def link_answer(link: Link, *, examiner: bool) -> LinkAnswer:
    """A link as it goes out; `examiner`: the reader may give findings."""
    names = ("id", "state", "round", "asked_by_name", "asked_by_party", "asked_at", "reason", "decided_at")
    theirs = link.theirs
    hidden = None if theirs.readable else HalfAnswer(
        party=theirs.party, exhibit=None, scan=None, case_reference=None, readable=False
    )
    return LinkAnswer(
        **{name: getattr(link, name) for name in names}, cases=list(link.cases),
        ours=HalfAnswer.model_validate(link.ours, from_attributes=True),
        theirs=hidden or HalfAnswer.model_validate(theirs, from_attributes=True),
        findings=[FoundAnswer.model_validate(one, from_attributes=True) for one in link.findings],
        may_find=may_find(link, examiner=examiner),
        steps=[LinkStepAnswer.model_validate(one, from_attributes=True) for one in link.steps],
    )  # fmt: skip
