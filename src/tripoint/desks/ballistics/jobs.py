"""Background work of ballistics: new scans into the collection, searches, leads to whom they answer a question.

Each step is one transaction and can be broken off anywhere: what was not committed waits still. A search is told first;
open questions of others are compared apart from it and later, each party's by themselves, so that neither its result
nor its time tells of what was met blind.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from tripoint.base.database import Session
from tripoint.base.logs import logger
from tripoint.desks.ballistics import rules, surfaces, worker_store as store
from tripoint.desks.ballistics.model import Json

if TYPE_CHECKING:
    from tripoint.engines.ballistics.preparing import Prepared

AT_ONCE = 20  # scans taken in one transaction
MOST_LEADS = 30  # of one party's open questions that a new scan is told beside
MOST_ERASED = 1_000
log = logger(__name__)


@dataclass(frozen=True, slots=True)
class Met:
    """One scan of the collection beside a query, best first; `comparison` has the query as the one."""

    scan: UUID
    rank: int
    score: float
    congruent_cells: int
    cells_compared: int
    comparison: Json


@dataclass(frozen=True, slots=True)
class Ranked:
    """What a search came to: how many were searched, how many of them fully scored, and the best."""

    searched: int
    fully_scored: int
    met: tuple[Met, ...]


class Gathered(Protocol):
    """The collection beside the database (collecting.py). What is not allowed is neither scored nor counted."""

    def has(self, scan: UUID) -> bool:
        """Whether the scan is in it."""

    def put(self, scans: Sequence[tuple[UUID, Prepared]]) -> None:
        """Add scans, each in place of what was there of it."""

    def all(self) -> set[UUID]:
        """Every scan that is in it."""

    def drop(self, scan: UUID) -> None:
        """Take a scan out."""

    def rank(self, query: Prepared, k: int, among: Collection[UUID]) -> Ranked:
        """The best of those allowed."""


Transactions = Callable[[], AbstractContextManager[Session]]


def work(transactions: Transactions, gathered: Gathered) -> bool:
    """One step of whatever waits: scans first, then searches, then leads. False where nothing waited."""
    for step in (take_scans, search, spread):
        with transactions() as session:
            if step(session, gathered):
                return True
    return False


def take_scans(session: Session, gathered: Gathered) -> bool:
    """Bring new and changed scans into the collection; each that is new begins a search of its own."""
    waiting = store.to_take(session, AT_ONCE)
    ready = {one.scan: prepared(one) for one in waiting if one.held and (one.anew or not gathered.has(one.scan))}
    gathered.put([(scan, made) for scan, made in ready.items() if made is not None])
    for one in waiting:
        held = one.held and ready.get(one.scan, one) is not None
        if not held:
            gathered.drop(one.scan)
        store.taken(session, one.scan, surfaces.settings_version(), search=held and one.search)
    return bool(waiting)


def mend(session: Session, gathered: Gathered) -> None:
    """Let what the collection lost wait to be taken anew, and drop what the database has no more."""
    held, there = store.held(session), gathered.all()
    for scan in there - held:
        gathered.drop(scan)
    if lost := store.lost(session, held - there):
        log.warning("ballistics takes scans anew that its collection lost", scans=lost)


def prepared(one: store.Taken) -> Prepared | None:
    """A scan made ready by its newest mask; None, which the log tells, where it cannot be: others must go on."""
    try:
        return surfaces.prepared(surfaces.kept(one.content, one.grade), one.region, one.mask)
    except ValueError as error:  # the engine's own family for what cannot be used
        log.error("a scan of ballistics cannot be prepared", scan=str(one.scan), fault=str(error))
        return None


def search(session: Session, gathered: Gathered) -> bool:
    """Answer the search that waits longest, among what its party may be told of and nothing else."""
    waiting = store.next_run(session)
    if waiting is None:
        return False
    query = store.file(session, waiting.scan)
    made = prepared(query) if query else None
    if made is None:
        store.fail_run(session, waiting.run, "The scan cannot be prepared any more. Scan the exhibit again.")
        return True
    ranked = gathered.rank(made, waiting.k, store.told(session, waiting))
    found = [row_of(one, waiting.scan) for one in ranked.met]
    store.keep_run(session, waiting.run, ranked.searched, ranked.fully_scored, surfaces.settings_version(), found)
    log.info("ballistics searched", searched=ranked.searched, scored=ranked.fully_scored)
    return True


def row_of(one: Met, query: UUID) -> Json:
    """A candidate as the database keeps it; the comparison says which scan is the one and which the other."""
    lead = rules.is_lead(one.congruent_cells, one.cells_compared, one.score)
    return {
        "scan": str(one.scan), "rank": one.rank, "lead": lead, "score": one.score,
        "congruent_cells": one.congruent_cells, "cells_compared": one.cells_compared,
        "comparison": one.comparison | {"one": str(query), "other": str(one.scan)},
    }  # fmt: skip


def spread(session: Session, gathered: Gathered) -> bool:
    """Compare a new scan with the open questions of each other party that may be told of it."""
    new = store.next_spreading(session)
    if new is None:
        return False
    query = store.file(session, new.scan)
    parties = store.asking(session, new) if query else []
    made = prepared(query) if query and parties else None
    for party, scans in parties:
        if made is not None:
            store.keep_leads(session, new.scan, party, leads(gathered.rank(made, MOST_LEADS, scans).met, new.scan))
    store.leads_kept(session, new.run)
    return True


def leads(met: Sequence[Met], query: UUID) -> list[Json]:
    """Those of a ranking that are told by themselves."""
    return [row for row in (row_of(one, query) for one in met) if row["lead"]]


def this_day() -> date:
    """Today, in UTC."""
    return datetime.now(UTC).date()


def erase_expired(session: Session, today: Callable[[], date] = this_day) -> None:
    """Erase exhibits that were kept for thirty years; the first look of a day does, the others have nothing to do."""
    store.erase_old(session, today(), MOST_ERASED)
