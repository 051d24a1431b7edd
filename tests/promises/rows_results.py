"""The rows of the results desk and its reports."""

from __future__ import annotations

from typing import Any

from tests.promises.cast import Side
from tests.promises.knocking import Knock
from tests.promises.row import Row
from tests.town import employ
from tripoint.access.model import Role

SHEETS = "/api/results/sheets"


def drafter(side: Side) -> Knock:
    """An analyst of this side who drafts and does nothing else, so that everybody else may be the second person."""
    known = side.__dict__.setdefault("drafters", [])
    if not known:
        account = employ(side.world.database, side.party, Role.ANALYST, name="drafter")
        known.append(side.world.browser(account.sign_in_name))
    knock: Knock = known[0]
    return knock


def draft(side: Side) -> dict[str, Any]:
    """A new draft of an operation with nothing in it yet."""
    made: dict[str, Any] = drafter(side).done("POST", SHEETS, {"operation": side.operation(), "kind": "preliminary"})
    return made


def sheet(side: Side, who: Knock) -> str:
    """A published sheet of this side: one for all who look at it."""
    known = side.__dict__.setdefault("published_sheets", [])
    if not known:
        made, second = draft(side), side.protector()
        second.done("POST", f"{SHEETS}/{made['id']}/approval", {"digest": made["digest"]})
        known.append(str(made["id"]))
    return str(known[0])


def draft_path(side: Side, who: Knock) -> dict[str, str]:
    """A draft that `who` has not drafted."""
    return {"which": str(draft(side)["id"])}


def approval(side: Side, who: Knock) -> dict[str, str]:
    """What the second person saw: the digest of the draft that the path names."""
    newest = drafter(side).done("GET", SHEETS)["sheets"][0]
    return {"digest": newest["digest"]}


def asked(side: Side, who: Knock) -> dict[str, str]:
    return {"operation": side.operation(), "measure": "arrests"}


def editions(side: Side, who: Knock) -> dict[str, str]:
    return {"first": "Turquesa IV", "second": "Turquesa V"}


OBJECTS = {"sheet": sheet}
OF_SHEET = {"which": "sheet"}
ROWS: dict[str, Row] = {
    "GET /api/results/measures": Row("read_figures"),
    "GET /api/results/figures": Row(
        "read_figures", query=lambda side, who: {"operation": side.operation()}, ids={"operation": "operation"}
    ),
    "POST /api/results/figures": Row("read_figures", body=asked, ids={"operation": "operation"}),
    "GET /api/results/figures/records": Row("read_figures", query=asked, ids={"operation": "operation"}),
    "GET /api/results/sheets": Row("read_results", ids={"operation": "operation"}),
    "POST /api/results/sheets": Row(
        "draft_results", body=lambda side, who: {"operation": side.operation(), "kind": "preliminary"}, good=201,
        ids={"operation": "operation"},
    ),
    "GET /api/results/sheets/{which}": Row(
        "read_results", path=lambda side, who: {"which": sheet(side, who)}, ids=OF_SHEET
    ),
    "POST /api/results/sheets/{which}/approval": Row("approve_results", path=draft_path, body=approval, ids=OF_SHEET),
    "POST /api/results/sheets/{which}/rejection": Row(
        "approve_results", path=draft_path, body=lambda side, who: {"reason": "a party is missing"}, ids=OF_SHEET
    ),
    "GET /api/results/sheets/{which}/file": Row(
        "read_results", path=lambda side, who: {"which": sheet(side, who)}, query=lambda side, who: {"report": "press"},
        ids=OF_SHEET,
    ),
    "GET /api/results/sheets/{which}/charts/{chart}": Row(
        "read_results", path=lambda side, who: {"which": sheet(side, who), "chart": "arrests_by_party"}, good=404,
        ids=OF_SHEET,
    ),
    "GET /api/results/figures/file": Row("read_figures", query=asked, ids={"operation": "operation"}),
    "GET /api/results/daily": Row(
        "read_figures", query=lambda side, who: {"operation": side.operation(), "day": "2026-03-02", "language": "es"},
        ids={"operation": "operation"},
    ),
    "GET /api/results/editions": Row("read_results"),
    "GET /api/results/editions/comparison": Row("read_results", query=editions),
    "GET /api/results/editions/records": Row("read_results", query=lambda side, who: {"edition": "Turquesa V"}),
}  # fmt: skip
