"""The nouns of the operations desk: a plan, and posts to be set up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class PostKind(StrEnum):
    """What kind of place checks are made at."""

    BORDER = "border"
    PORT = "port"
    AIRPORT = "airport"
    RIVER = "river"
    ROAD = "road"
    CAMP = "camp"


@dataclass(frozen=True, slots=True)
class Plan:
    """An operation as its coordinator plans it. `family` and `edition` name a series: the third one of its kind."""

    name: str
    starts_at: datetime
    ends_at: datetime
    participants: tuple[str, ...]  # party codes; the coordinator needs not be among them
    family: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True)
class PlannedPost:
    """A post to be set up. Latitude and longitude in degrees, WGS 84."""

    name: str
    kind: PostKind
    party: str
    latitude: float
    longitude: float
