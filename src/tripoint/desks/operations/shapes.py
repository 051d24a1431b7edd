"""What the routes of the operations desk take and give."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from tripoint.access.http import Body, Line, OperationAnswer, PostAnswer
from tripoint.desks.operations.model import (
    AgencyKind,
    Partner,
    PartnerRole,
    PartyPart,
    Phase,
    PhaseKind,
    Plan,
    PlannedPost,
    PostKind,
    Site,
    SiteKind,
    TakingAgency,
    WholePlan,
)

FIRST, LAST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2150, 1, 1, tzinfo=UTC)
MOST = 500  # entries of a list of a plan


def within_reason(moment: datetime) -> datetime:
    """A moment between 1990 and 2150."""
    if not FIRST <= moment <= LAST:
        raise ValueError("lies outside 1990 to 2150")
    return moment


def on_the_minute(moment: time) -> time:
    """A time of day without an offset, to the minute."""
    if moment.tzinfo is not None or moment.second or moment.microsecond:
        raise ValueError("is a local time of day to the minute: 20:00")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(within_reason)]
TimeOfDay = Annotated[time, AfterValidator(on_the_minute)]
PartyCode = Annotated[str, Field(pattern=r"^[A-Z0-9]{2,12}$")]
Text = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
Paragraph = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$")]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Priority = Annotated[int, Field(ge=1, le=5)]


class PlanBody(Body):
    """An operation as its coordinator plans it. On a change, what is left out stays as it is."""

    model_config = ConfigDict(json_schema_extra={"examples": [{
        "name": "Quiet River III", "family": "Quiet River", "edition": "III", "starts_at": "2026-03-01T00:00:00Z",
        "ends_at": "2026-03-12T00:00:00Z", "participants": ["ARC", "BOR"], "stated_count": 2, "report_due": "20:00",
        "project": "Project River", "funder": "Foundation of the Delta", "time_zone": "America/Costa_Rica",
    }]})  # fmt: skip
    name: Line
    family: Text | None = None
    edition: Text | None = None
    starts_at: Moment
    ends_at: Moment
    participants: Annotated[list[PartyCode], Field(max_length=256)]
    project: Text | None = None
    funder: Text | None = None
    time_zone: Text | None = None
    stated_count: Annotated[int, Field(ge=0, le=256)] | None = None
    report_due: TimeOfDay | None = None
    shares_reporting: bool | None = None

    def plan(self) -> Plan:
        """The desk's own form."""
        said = {**self.model_dump(), "participants": tuple(self.participants)}
        return Plan(**said, says_due="report_due" in self.model_fields_set)


class PostBody(Body):
    """A post to be set up; without `party` the own party's, without `time_zone` in its party's time."""

    name: Line
    kind: PostKind
    party: PartyCode | None = None
    latitude: Latitude
    longitude: Longitude
    hotspot: bool = False
    priority: Priority = 3
    time_zone: Text = ""
    officers_wanted: Annotated[int, Field(ge=0, le=99)] = 0
    closed: bool = False

    def post(self, own: str) -> PlannedPost:
        """The desk's own form."""
        return PlannedPost(**{**self.model_dump(), "party": self.party or own})


class PhaseShape(Body):
    """A phase; without an id a new one."""

    id: UUID | None = None
    kind: PhaseKind
    starts_at: Moment
    ends_at: Moment
    remarks: Text = ""


class PhasesBody(Body):
    """All phases of an operation."""

    phases: Annotated[list[PhaseShape], Field(max_length=MOST)]

    def entries(self) -> list[Phase]:
        """The desk's own form."""
        return [Phase(**phase.model_dump()) for phase in self.phases]


class SiteShape(Body):
    """A hub or support unit; without an id a new one."""

    id: UUID | None = None
    kind: SiteKind
    name: Line
    place: Line
    time_zone: Line
    host: PartyCode | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    contact: Text = ""


class SitesBody(Body):
    """All hubs and support units of an operation."""

    sites: Annotated[list[SiteShape], Field(max_length=MOST)]

    def entries(self) -> list[Site]:
        """The desk's own form."""
        return [Site(**site.model_dump()) for site in self.sites]


class PartnerShape(Body):
    """A partner; without an id a new one. Being named here opens nothing to it."""

    id: UUID | None = None
    name: Line
    role: PartnerRole
    duties: Text = ""
    contact: Text = ""
    party: PartyCode | None = None


class PartnersBody(Body):
    """All partners of an operation."""

    partners: Annotated[list[PartnerShape], Field(max_length=MOST)]

    def entries(self) -> list[Partner]:
        """The desk's own form."""
        return [Partner(**partner.model_dump()) for partner in self.partners]


class AgencyShape(Body):
    """A service that takes part; without an id a new one."""

    id: UUID | None = None
    name: Line
    kind: AgencyKind
    focal_point: Text = ""
    reports: bool = False


class PartBody(Body):
    """How a party takes part, whole: services that are left out are dropped."""

    time_zone: Line
    territories: list[Line] = Field(default_factory=list, max_length=50)
    contact: Text = ""
    agencies: list[AgencyShape] = Field(default_factory=list, max_length=MOST)

    def part(self, party: str) -> PartyPart:
        """The desk's own form."""
        agencies = tuple(TakingAgency(**agency.model_dump()) for agency in self.agencies)
        return PartyPart(party, self.time_zone, tuple(self.territories), self.contact, agencies)


class PartShown(PartBody):
    """How a party takes part."""

    party: str


class PlannedPostAnswer(PostAnswer):
    hotspot: bool
    priority: int
    time_zone: str
    officers_wanted: int
    closed: bool


class PlanAnswer(OperationAnswer):
    """An operation with all its parts."""

    project: str
    funder: str
    time_zone: str
    stated_count: int | None
    report_due: time | None
    shares_reporting: bool
    phases: list[PhaseShape]
    sites: list[SiteShape]
    partners: list[PartnerShape]
    parties: list[PartShown]
    posts: list[PlannedPostAnswer]  # type: ignore[assignment]


class ChangeShown(BaseModel):
    part: str
    object: UUID | None
    party: str | None
    act: str
    at: datetime
    by_party: str | None
    officer: UUID | None  # of the own party alone
    was: dict[str, Any] | None
    became: dict[str, Any] | None


class PlanHistoryAnswer(BaseModel):
    changes: list[ChangeShown]


def plan_answer(plan: WholePlan) -> PlanAnswer:
    """An operation with all its parts, as it goes out."""
    operation, frame = plan.operation, plan.frame
    return PlanAnswer.model_validate(
        {
            **{name: getattr(operation, name) for name in type(operation).__slots__},
            **{name: getattr(frame, name) for name in type(frame).__slots__},
            "phases": list(plan.phases), "sites": list(plan.sites), "partners": list(plan.partners),
            "parties": list(plan.parties), "posts": list(plan.posts),
        },
        from_attributes=True,
    )  # fmt: skip
