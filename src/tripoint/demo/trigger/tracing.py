"""Traces over several hops: asked, acknowledged, asked on, answered and carried back, by officers of each party."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from tripoint.demo.client import Line
from tripoint.demo.trigger.recoveries import Recovery
from tripoint.demo.turquesa.filing import Filer, asked

TRACES = "/api/traces"
MAKERS = ("BRA", "ARG", "PRY", "URY", "BOL", "CHL")
Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Trail:
    """One trace: the recovered firearm, its id, and who asks whom: the recovering party first, who sold it last."""

    one: Recovery
    recovered: UUID
    path: tuple[str, ...]


def path_of(party: str, number: int) -> tuple[str, ...]:
    """Whom a trace leads to: over two hops or three."""
    others = [code for code in MAKERS if code != party]
    start, hops = number % len(others), 2 + number % 2
    return (party, *(others[(start + hop) % len(others)] for hop in range(hops)))


def follow(filer: Filer, trail: Trail, hop: int = 0, parent: UUID | None = None) -> UUID:
    """Ask the next party of the path, let it ask on, and let it answer. Done again it goes on where it was."""
    which = filer.id_of(f"trace/{trail.one.traced}/{hop}")
    asker, answering = (filer.desks.line(code) for code in trail.path[hop : hop + 2])
    asked(asker, "POST", TRACES, question(filer, trail, hop, which, parent))
    for before, after in (("submitted", "acknowledged"), ("acknowledged", "in_progress")):
        if state(answering, which) == before:
            asked(answering, "POST", f"{TRACES}/{which}/handling", {"to": after})
    if state(answering, which) == "in_progress":
        steps = held_by(trail, hop + 1)
        if hop + 2 < len(trail.path):
            child = follow(filer, trail, hop + 1, which)
            told = asked(answering, "GET", f"{TRACES}/{child}").body["steps"]
            steps += [{"carried_from": one["id"], "released": True} for one in told if not one["own"]]
        told_so = {"kind": "traced_to_last_lawful_owner", "words": "Found in our registers.", "steps": steps}
        asked(answering, "POST", f"{TRACES}/{which}/answers", told_so)
    if state(asker, which) == "answered":
        asked(asker, "POST", f"{TRACES}/{which}/asking", {"to": "closed"})
    return which


def state(line: Line, which: UUID) -> str:
    """How far a request is."""
    return str(asked(line, "GET", f"{TRACES}/{which}").body["trace"]["state"])


def question(filer: Filer, trail: Trail, hop: int, which: UUID, parent: UUID | None) -> Body:
    """What one party asks the next."""
    cells, operation = trail.one.cells, filer.desks.places()[0]
    urgent = {"priority": "urgent", "urgent_reason": "A trial begins within days."}
    return {
        "id": str(which), "asked": trail.path[hop + 1], "grounds": ["illicit_where_found"], "submit": True,
        "intended_use": "criminal investigation", "operation": operation, "parent": str(parent) if parent else None,
        "recovered": None if hop else str(trail.recovered),
        "description": {
            "marks": [{"place": "frame", "kind": "serial", "raw": trail.one.serial}], "make": cells["make"],
            "type": cells["type"], "calibre": cells["calibre"], "country_of_manufacture": trail.path[1],
            "marked_status": "full",
            "recovery": {"country": trail.path[0], "acquired_by": "seized", "day": day_of(filer, trail.one)},
        },
    } | (urgent if (trail.one.traced or 0) % 4 == 0 else {})  # fmt: skip


def day_of(filer: Filer, one: Recovery) -> str:
    """The day of a recovery."""
    return moment_of(filer, one)[:10]


def moment_of(filer: Filer, one: Recovery) -> str:
    """The moment of a recovery, with its offset."""
    return (filer.first + timedelta(seconds=one.second)).isoformat()


def held_by(trail: Trail, place: int) -> list[Body]:
    """Who held the firearm in a party of the path: its maker, an importer, in the last one a dealer and a buyer."""
    country, last = trail.path[place], place == len(trail.path) - 1
    if last:
        return [
            interval("dealer", country, "2020-02-10", "2021-05-03"),
            interval("buyer", country, "2021-05-03", None) | {"retail": True, "holder": "Buyer (invented)"},
        ]
    if place == 1:
        return [interval("maker", country, "2019-01-15", "2019-03-01")]
    return [interval("importer", country, "2019-03-20", "2020-02-01")]


def interval(role: str, country: str, since: str, until: str | None) -> Body:
    """A lawful interval that a register shows."""
    return {
        "role": role, "country": country, "since": since, "until": until, "evidence": "recorded", "lawful": True,
        "released": True,
    }  # fmt: skip


def diverted_to(filer: Filer, trail: Trail) -> str | None:
    """The country in which the asker's own chain has the point of diversion; None where it has none."""
    which = filer.id_of(f"trace/{trail.one.traced}/0")
    chain = asked(filer.desks.line(trail.path[0]), "GET", f"{TRACES}/{which}/chain").body
    return next((one["country"] for one in chain["steps"] if one["id"] == chain["diversion"]), None)
