"""What the worker asks of the database: scans that wait, whom a search may be told of what, and what it found."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from tripoint.base.database import Session
from tripoint.desks.ballistics.model import Json, KeptMask

WAITS = "select ballistics_waits()"
TAKE = "select * from scans_to_take(%(most)s)"
FILE = "select * from scan_file(%(scan)s)"
TAKEN = "select scan_taken(%(scan)s, %(search)s, %(settings)s)"
HELD = "select scan from scans_held()"
LOST = "select queue_lost_scans(%(lost)s::uuid[])"
RUNS = "select * from waiting_runs(1)"
TOLD = "select scan from scans_told(%(party)s, %(exhibit)s, %(region)s, %(filters)s::jsonb)"
KEEP = "select keep_run(%(run)s, %(searched)s, %(scored)s, %(settings)s, %(found)s::jsonb)"
FAIL = "select fail_run(%(run)s, %(why)s)"
LEADS = "select * from waiting_leads(1)"
ASKING = "select party, scans from parties_asking(%(exhibit)s, %(region)s)"
KEEP_LEADS = "select keep_leads(%(scan)s, %(party)s, %(found)s::jsonb)"
LEADS_KEPT = "select leads_kept(%(run)s)"
ERASE = "select erase_old_exhibits(%(today)s, %(most)s)"


@dataclass(frozen=True, slots=True)
class Taken:
    """A scan with its bytes. `held`: it belongs into the collection; `anew`: what the collection has is out of date;
    `search`: a search begins with it."""

    scan: UUID
    region: str
    grade: str
    content: bytes
    mask: KeptMask | None
    anew: bool = True
    held: bool = True
    search: bool = True


@dataclass(frozen=True, slots=True)
class Waiting:
    """A search that waits: on behalf of which party, with which scan, narrowed to what."""

    run: UUID
    party: int
    exhibit: UUID
    scan: UUID
    region: str
    filters: Json
    k: int


@dataclass(frozen=True, slots=True)
class Spreading:
    """A new scan whose matches among other parties' open questions are to be told to these parties."""

    run: UUID
    exhibit: UUID
    scan: UUID
    region: str


def waits(session: Session) -> bool:
    """Whether there is anything to do."""
    return bool(session.exec_driver_sql(WAITS).scalar_one())


def taken_of(row: Any) -> Taken:
    """A scan from its row."""
    from datetime import UTC, datetime

    mask = None
    if row["mask"] is not None:
        mask = KeptMask(
            1, row["grid_rows"], row["grid_columns"], row["mask_step"], bytes(row["mask"]), row["mask_automatic"], "",
            "", datetime.now(UTC),
        )  # fmt: skip
    named = {name: row[name] for name in ("anew", "held", "search") if name in row}
    return Taken(row["scan"], row["region"], row["grade"], bytes(row["content"]), mask, **named)


def to_take(session: Session, most: int) -> list[Taken]:
    """Scans that wait, longest first."""
    return [taken_of(row) for row in session.exec_driver_sql(TAKE, {"most": most}).mappings().all()]


def file(session: Session, scan: UUID) -> Taken | None:
    """One scan; None where it was erased meanwhile."""
    row = session.exec_driver_sql(FILE, {"scan": scan}).mappings().first()
    return None if row is None else taken_of(row)


def taken(session: Session, scan: UUID, settings: int, *, search: bool) -> None:
    """A scan waits no longer; where `search`, a search of its own begins to wait."""
    session.exec_driver_sql(TAKEN, {"scan": scan, "search": search, "settings": settings})


def held(session: Session) -> set[UUID]:
    """The scans that belong into the collection."""
    return set(session.exec_driver_sql(HELD).scalars())


def lost(session: Session, scans: Iterable[UUID]) -> int:
    """Let scans wait that the collection lost; no search begins with them. How many did not wait already."""
    return int(session.exec_driver_sql(LOST, {"lost": list(scans)}).scalar_one())


def next_run(session: Session) -> Waiting | None:
    """The search that waits longest, those that people asked for first."""
    row = session.exec_driver_sql(RUNS).mappings().first()
    return Waiting(**{name: row[name] for name in Waiting.__dataclass_fields__}) if row is not None else None


def told(session: Session, waiting: Waiting) -> set[UUID]:
    """The scans that the party of a search may be told of, within what the search is narrowed to."""
    asked = {
        "party": waiting.party, "exhibit": waiting.exhibit, "region": waiting.region,
        "filters": json.dumps(waiting.filters),
    }  # fmt: skip
    return set(session.exec_driver_sql(TOLD, asked).scalars())


def keep_run(session: Session, run: UUID, searched: int, scored: int, settings: int, found: Sequence[Json]) -> None:
    """Write what a search found, and tell its party."""
    values = {"run": run, "searched": searched, "scored": scored, "settings": settings, "found": json.dumps(found)}
    session.exec_driver_sql(KEEP, values)


def fail_run(session: Session, run: UUID, why: str) -> None:
    """Write why a search came to nothing."""
    session.exec_driver_sql(FAIL, {"run": run, "why": why})


def next_spreading(session: Session) -> Spreading | None:
    """The new scan that other parties have waited for longest."""
    row = session.exec_driver_sql(LEADS).mappings().first()
    return Spreading(**{name: row[name] for name in Spreading.__dataclass_fields__}) if row is not None else None


def asking(session: Session, spreading: Spreading) -> list[tuple[int, set[UUID]]]:
    """Other parties that may be told of the exhibit, each with the scans of its open questions."""
    values = {"exhibit": spreading.exhibit, "region": spreading.region}
    return [(party, set(scans)) for party, scans in session.exec_driver_sql(ASKING, values).all()]


def keep_leads(session: Session, scan: UUID, party: int, found: Sequence[Json]) -> int:
    """Tell a party of leads with its open questions; how many."""
    values = {"scan": scan, "party": party, "found": json.dumps(found)}
    return int(session.exec_driver_sql(KEEP_LEADS, values).scalar_one())


def leads_kept(session: Session, run: UUID) -> None:
    """A new scan was compared with all open questions."""
    session.exec_driver_sql(LEADS_KEPT, {"run": run})


def erase_old(session: Session, today: date, most: int) -> int:
    """Erase exhibits that were kept long enough; how many."""
    return int(session.exec_driver_sql(ERASE, {"today": today, "most": most}).scalar_one())
