"""The nouns of the operations desk: a plan with all its parts, and who may be where in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum
from typing import Any
from uuid import UUID

from tripoint.access.model import Operation


class PostKind(StrEnum):
    """What kind of place checks are made at."""

    BORDER = "border"
    PORT = "port"
    AIRPORT = "airport"
    RIVER = "river"
    ROAD = "road"
    CAMP = "camp"


class PhaseKind(StrEnum):
    """Preparation, action days, follow-up, and the time in which reports stay readable until results are final."""

    PRE = "pre"
    ACTION = "action"
    POST = "post"
    REPORTING = "reporting"


class SiteKind(StrEnum):
    """A coordination unit on site, or a unit that supports it from elsewhere."""

    HUB = "hub"
    SUPPORT = "support"


class PartnerRole(StrEnum):
    """What a partner does for the operation."""

    FOLLOW_UP = "follow_up"  # with prosecutors
    SUPPORT = "support"
    PROTECTION = "protection"
    INFORMATION = "information"
    TRAINING = "training"
    FUNDING = "funding"
    OTHER = "other"


class AgencyKind(StrEnum):
    """What kind of service takes part."""

    POLICE = "police"
    GENDARMERIE = "gendarmerie"
    BORDER_GUARD = "border_guard"
    MIGRATION = "migration"
    CUSTOMS = "customs"
    COAST_GUARD = "coast_guard"
    MILITARY = "military"
    JUDICIARY = "judiciary"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Plan:
    """An operation as its coordinator plans it. `family` and `edition` name a series: the third one of its kind.

    What is None stays as it is when the plan is changed, and has its usual value when it is new.
    """

    name: str
    starts_at: datetime
    ends_at: datetime
    participants: tuple[str, ...]  # party codes; the coordinator needs not be among them
    family: str | None = None
    edition: str | None = None
    project: str | None = None
    funder: str | None = None
    time_zone: str | None = None  # the hub's own
    stated_count: int | None = None  # how many parties the plan says take part: the list must agree
    report_due: time | None = None  # local time of each party; None: no daily report is asked for
    says_due: bool = False  # whether anything was said of `report_due`: then None ends the daily report
    shares_reporting: bool | None = None  # whether all parties see who has reported


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A post to be set up. Latitude and longitude in degrees, WGS 84. `officers_wanted` around the clock, 0 to 99."""

    name: str
    kind: PostKind
    party: str
    latitude: float
    longitude: float
    hotspot: bool = False
    priority: int = 3  # 1 the first, 5 the last
    time_zone: str = ""  # the party's where it is empty
    officers_wanted: int = 0
    closed: bool = False
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the operation; action days may come in several."""

    kind: PhaseKind
    starts_at: datetime
    ends_at: datetime
    remarks: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A hub or support unit: where it works, and which party is its host."""

    kind: SiteKind
    name: str
    place: str
    time_zone: str
    host: str | None = None  # party code
    latitude: float | None = None
    longitude: float | None = None
    contact: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Partner:
    """A body that helps. It reads nothing by being named here; where it is a party, it takes part as one."""

    name: str
    role: PartnerRole
    duties: str = ""
    contact: str = ""
    party: str | None = None  # code
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TakingAgency:
    """A service of a party that takes part; `reports` says that it sends a daily report of its own."""

    name: str
    kind: AgencyKind
    focal_point: str = ""
    reports: bool = False
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PartyPart:
    """How one party takes part: its time, its territories under their own names, its services."""

    party: str  # code
    time_zone: str
    territories: tuple[str, ...] = ()
    contact: str = ""
    agencies: tuple[TakingAgency, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What an operation belongs to and how it is run, beyond name and dates."""

    project: str
    funder: str
    time_zone: str
    stated_count: int | None
    report_due: time | None
    shares_reporting: bool


@dataclass(frozen=True, slots=True)
class WholePlan:
    """An operation with all its parts."""

    operation: Operation
    frame: Frame
    phases: tuple[Phase, ...]
    sites: tuple[Site, ...]
    partners: tuple[Partner, ...]
    parties: tuple[PartyPart, ...]
    posts: tuple[PlannedPost, ...]


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One change of a plan: what a row was before and what it became, who did it and when."""

    part: str
    object: UUID | None
    party: str | None
    act: str
    at: datetime
    by_party: str | None
    officer: UUID | None
    was: dict[str, Any] | None = field(default=None)
    became: dict[str, Any] | None = field(default=None)
