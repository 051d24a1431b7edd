"""The coordination unit reads its own figures, drafts the results sheet and publishes it by two people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tripoint.access.rules import HUB
from tripoint.demo.turquesa.filing import Desks, asked

Tables = Sequence[tuple[str, list[str]]]  # a measure, and by what it is told apart
FIGURES, SHEETS = "/api/results/figures", "/api/results/sheets"
REVISED = "The replay was resumed."
ANALYST, COORDINATOR = f"analyst@{HUB.lower()}", f"coordinator@{HUB.lower()}"


@dataclass(frozen=True, slots=True)
class Results:
    """What the hub says: its figures by name, the published sheet, and the days it names as not reported."""

    figures: dict[str, float | None]
    sheet: dict[str, Any]
    missing: list[dict[str, Any]]


def read_results(desks: Desks, names: Iterable[str], tables: Tables = ()) -> Results:
    """Every figure as the hub counts it, and the sheet as it is published, with these tables. Raises Refused."""
    operation, _ = desks.places()
    analyst = desks.open(ANALYST)
    figures = {name: figure(desks, operation, name) for name in names}
    earlier = asked(analyst, "GET", f"{SHEETS}?operation={operation}").body["sheets"]
    wanted = {
        "operation": operation, "kind": "preliminary", "reason": REVISED if earlier else "",
        "tables": [{"measure": name, "by": by} for name, by in tables],
    }  # fmt: skip
    drafted = asked(analyst, "POST", SHEETS, wanted).body
    seen = {"digest": drafted["digest"], "exceptions": 0}
    sheet = asked(desks.open(COORDINATOR), "POST", f"{SHEETS}/{drafted['id']}/approval", seen).body
    return Results(figures, sheet, list(sheet["content"].get("missing", ())))


def figure(desks: Desks, operation: str, name: str) -> float | None:
    """One figure; None where the hub has no such measure."""
    reply = asked(desks.open(ANALYST), "POST", FIGURES, {"operation": operation, "measure": name}, may_fail=True)
    return float(reply.body["value"]) if reply.status < 400 else None
