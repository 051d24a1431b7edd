"""The nouns of sheets: tabs with their columns, and what became of each row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tab(StrEnum):
    """The tabs of the workbook, in their order."""

    OPERATION = "operation"
    PHASES = "phases"
    SITES = "sites"
    PARTNERS = "partners"
    PARTIES = "parties"
    AGENCIES = "agencies"
    POSTS = "posts"
    SHIFTS = "shifts"


# What stands in each tab. An empty id makes a new row; shifts are the own party's alone.
COLUMNS: dict[Tab, tuple[str, ...]] = {
    Tab.OPERATION: (
        "name", "family", "edition", "project", "funder", "starts_at", "ends_at", "time_zone", "stated_count",
        "report_due", "shares_reporting", "participants",
    ),
    Tab.PHASES: ("id", "kind", "starts_at", "ends_at", "remarks"),
    Tab.SITES: ("id", "kind", "name", "place", "time_zone", "host", "latitude", "longitude", "contact"),
    Tab.PARTNERS: ("id", "name", "role", "duties", "contact", "party"),
    Tab.PARTIES: ("party", "time_zone", "territories", "contact"),
    Tab.AGENCIES: ("id", "party", "name", "kind", "focal_point", "reports"),
    Tab.POSTS: (
        "id", "party", "name", "kind", "latitude", "longitude", "hotspot", "priority", "time_zone", "officers_wanted",
        "closed",
    ),
    Tab.SHIFTS: ("id", "officer", "place", "starts_local", "ends_local", "cancelled", "remarks"),
}  # fmt: skip
Cells = dict[str, str]


class Fate(StrEnum):
    """What became of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RowFate:
    """What became of one row; `row` counts as spreadsheets do, the heading being 1."""

    tab: Tab
    row: int
    fate: Fate
    problem: str | None = None
    remedy: str | None = None
