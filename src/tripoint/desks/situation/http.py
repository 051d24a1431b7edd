"""The routes of the situation desk."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query
from pydantic import AfterValidator, BaseModel, Field

from tripoint.access.http import Body, Line
from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput
from tripoint.desks.situation import work
from tripoint.desks.situation.model import Declaration, Measure, Report, ReportState, Standing

routes = Routes("/api/situation-reports", "situation")
of_operations = Routes("/api/operations", "situation")
MOST_DECLARED = 100_000_000


def in_this_age(day: date) -> date:
    """A day between 1990 and 2150."""
    if not 1990 <= day.year < 2150:
        raise ValueError("lies outside 1990 to 2150")
    return day


Day = Annotated[date, AfterValidator(in_this_age)]
PartyCode = Annotated[str, Query(pattern=r"^[A-Z0-9]{2,12}$")]
Amount = Annotated[int, Field(ge=0, le=MOST_DECLARED)] | None
Remarks = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")]


class Declared(Body):
    """What the party declares, measure by measure; what is left out is not declared."""

    checks_database: Amount = None
    checks_persons: Amount = None
    checks_documents: Amount = None
    checks_vehicles: Amount = None
    checks_firearms: Amount = None
    hits: Amount = None
    arrests: Amount = None
    arrests_other_crimes: Amount = None
    victims_potential: Amount = None
    victims_identified: Amount = None
    victims_children: Amount = None
    detections: Amount = None
    seizures: Amount = None
    freezes: Amount = None
    groups_disrupted: Amount = None
    investigations: Amount = None
    incidents: Amount = None
    notices_requested: Amount = None
    interviews: Amount = None

    def figures(self) -> dict[Measure, int]:
        """The desk's own form. Raises BadInput when nothing is declared."""
        found = {Measure(name): value for name, value in self.model_dump(exclude_none=True).items()}
        if not found:
            raise BadInput("No figure is declared.", field="figures", remedy="Declare one at least; 0 is a figure.")
        return found


class ReportBody(Body):
    """The day's report of the own party, or of one of its services, under an id that its client made."""

    id: UUID
    operation: UUID
    day: Day
    figures: Declared
    remarks: Remarks = ""
    agency: UUID | None = None
    state: Literal["preliminary", "final"] = "preliminary"

    def declaration(self) -> Declaration:
        """The desk's own form."""
        figures, state = self.figures.figures(), ReportState(self.state)
        return Declaration(self.id, self.operation, self.day, figures, self.remarks, self.agency, state)


class CorrectionBody(Body):
    """What the report is to say instead, whole, and why."""

    version: Annotated[int, Field(ge=1, le=1_000_000)]
    reason: Line
    figures: Declared
    remarks: Remarks = ""
    state: ReportState = ReportState.PRELIMINARY

    def correction(self) -> work.Correction:
        """The desk's own form."""
        return work.Correction(self.version, self.reason, self.figures.figures(), self.remarks, self.state)


class ReportShown(BaseModel):
    id: UUID
    operation: UUID
    owner: str
    agency: UUID | None
    agency_name: str | None
    day: date
    due_at: datetime | None
    sent_at: datetime
    state: ReportState
    version: int
    figures: dict[Measure, int]
    remarks: str
    changed_at: datetime


class VersionShown(BaseModel):
    version: int
    state: ReportState
    figures: dict[Measure, int]
    remarks: str
    reason: str
    changed_at: datetime


class ReportFileAnswer(BaseModel):
    report: ReportShown
    earlier: list[VersionShown]


class ReportsAnswer(BaseModel):
    reports: list[ReportShown]


class StandingShown(BaseModel):
    """How one expected report stands; no figures."""

    party: str
    agency: UUID | None
    agency_name: str | None
    day: date
    due_at: datetime
    standing: Standing
    sent_at: datetime | None


class ReportingAnswer(BaseModel):
    reporting: list[StandingShown]


class DifferenceShown(BaseModel):
    measure: Measure
    declared: int | None
    filed: int


class PartyDifferencesShown(BaseModel):
    """`filed` counts what the reader may know of."""

    party: str
    reports: int
    measures: list[DifferenceShown]


class DifferencesAnswer(BaseModel):
    parties: list[PartyDifferencesShown]


def report_shown(report: Report) -> ReportShown:
    """A report as it goes out."""
    return ReportShown.model_validate(report, from_attributes=True)


@routes.get("", Act.READ_SITUATION)
def list_reports(
    visit: Visit, operation: UUID, day: Day | None = None, party: PartyCode | None = None
) -> ReportsAnswer:
    """The own party's daily reports, latest first; for the coordinator those of all parties."""
    return ReportsAnswer(reports=[report_shown(one) for one in work.list_reports(visit, operation, day, party)])


@routes.post("", Act.SEND_SITUATION, status_code=201)
def send(visit: Visit, body: ReportBody) -> ReportShown:
    """Send the day's report; sent again under the same id it is answered as before."""
    return report_shown(work.send(visit, body.declaration()))


@routes.get("/{which}", Act.READ_SITUATION)
def read(visit: Visit, which: UUID) -> ReportFileAnswer:
    """One report with its earlier versions and the reasons of its corrections."""
    report, earlier = work.read(visit, which)
    shown = [VersionShown.model_validate(one, from_attributes=True) for one in earlier]
    return ReportFileAnswer(report=report_shown(report), earlier=shown)


@routes.put("/{which}", Act.CORRECT_SITUATION)
def correct(visit: Visit, which: UUID, body: CorrectionBody) -> ReportShown:
    """Correct a report of the own party, with a reason; what it said before is kept."""
    return report_shown(work.correct(visit, which, body.correction()))


@of_operations.get("/{which}/reporting", Act.SEE_REPORTING)
def reporting(visit: Visit, which: UUID) -> ReportingAnswer:
    """Who has reported for which day: sent, late, missing or open. No figures."""
    found = work.reporting(visit, which)
    return ReportingAnswer(reporting=[StandingShown.model_validate(one, from_attributes=True) for one in found])


@of_operations.get("/{which}/differences", Act.READ_SITUATION)
def differences(visit: Visit, which: UUID, day: Day) -> DifferencesAnswer:
    """What was declared for a day beside what was filed: the own party's; for the coordinator every party's."""
    found = work.compare(visit, which, day)
    return DifferencesAnswer(parties=[PartyDifferencesShown.model_validate(one, from_attributes=True) for one in found])
