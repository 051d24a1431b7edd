"""Figures of very many checks are counted once while nothing changes, and looked at again as of then."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from hashlib import sha256
from typing import Any

from tripoint.access.visit import Visit
from tripoint.desks.results import keeping_store, rules
from tripoint.desks.results.model import Counted, Figure, Query, RecordSet, Table

MANY = 20_000  # checks of an operation; fewer are counted in the time that looking costs
NOW = timedelta(0)  # only what holds exactly now
A_MINUTE = timedelta(minutes=1)  # how old a page's figure of many checks may be; its as-of says so
Rows = tuple[Counted, list[Counted]]


def figure(visit: Visit, query: Query, count: Callable[[], Rows], within: timedelta = NOW) -> Figure:
    """The figure of a question: as it was kept, where the checks are as they were or it is not older than `within`."""
    if query.measure.table is not Table.CHECKS:
        return rules.figure_of(query, *count(), visit.clock())
    mark, checks = keeping_store.mark(visit.session, query.operation)
    if checks < MANY:
        return rules.figure_of(query, *count(), visit.clock())
    name = name_of(query)
    found = keeping_store.find(visit.session, name)
    if found and (found[0] == mark or visit.clock() - found[1] < within):
        return rules.figure_of(query, *read(found[2]), found[1])
    rows, now = count(), visit.clock()
    keeping_store.keep(visit.session, name, mark, now, written(rows))
    return rules.figure_of(query, *rows, now)


def name_of(query: Query) -> bytes:
    """SHA-256 of a question with the version of its definition."""
    asked = [query.measure.name, query.measure.version, str(query.operation), query.since, query.until,
             query.filters, query.dimensions]  # fmt: skip
    return sha256(json.dumps(asked, default=str).encode()).digest()


def written(rows: Rows) -> list[dict[str, Any]]:
    """The whole and its parts as they are kept."""
    return [asdict(row) for row in (rows[0], *rows[1])]


def read(kept: list[dict[str, Any]]) -> Rows:
    """The whole and its parts from how they are kept."""
    whole, *parts = [
        Counted(**{**one, "codes": tuple(one["codes"]), "records": RecordSet(**one["records"])}) for one in kept
    ]
    return whole, parts
