"""The rows of the tracing desk: requests of one party to another, answers, the chain, the tables."""

from __future__ import annotations

from typing import Any

from tests.promises.cast import Side
from tests.promises.knocking import Knock
from tests.promises.row import Make, Row
from tests.promises.rows_firearms import recovery

STEP = {
    "role": "importer", "country": "BRA", "since": "2019", "evidence": "recorded", "lawful": True, "released": True,
    "holder": "Importadora Inventada", "names_released": True,
}  # fmt: skip
ANSWER = {"kind": "traced_to_licensee", "steps": [STEP]}
DESCRIPTION = {
    "marks": [{"raw": "TBK 482915"}], "make": "Arvandel", "type": "pistol", "calibre": "9x19",
    "country_of_manufacture": "BRA",
}  # fmt: skip


def request(side: Side, who: Knock) -> dict[str, Any]:
    """A request to the partner that goes out at once."""
    return {
        "id": str(side.world.new_id()), "asked": side.world.partner(side).code, "grounds": ["illicit_where_found"],
        "intended_use": "criminal investigation", "submit": True,
        "description": DESCRIPTION | {"recovery": {"country": "COL"}},
    }  # fmt: skip


def asked(side: Side, who: Knock) -> str:
    """A request that the party's keeper sent; its id."""
    return str(side.keeper.done("POST", "/api/traces", request(side, who))["id"])


def draft(side: Side, who: Knock) -> str:
    """The same, not sent yet."""
    return str(side.keeper.done("POST", "/api/traces", request(side, who) | {"submit": False})["id"])


def incoming(side: Side, who: Knock) -> str:
    """A request that the partner sent to this party."""
    other = side.world.partner(side)
    body = request(other, other.keeper) | {"asked": side.code}
    return str(other.keeper.done("POST", "/api/traces", body)["id"])


def taken_up(side: Side, who: Knock) -> str:
    """The same, acknowledged."""
    made = incoming(side, who)
    side.keeper.done("POST", f"/api/traces/{made}/handling", {"to": "acknowledged"})
    return made


def at(make: Make) -> Make:
    return lambda side, who: {"which": make(side, who)}


CLOCKS = {"time_zone": "America/Bogota", "week": [0, 1, 2, 3, 4], "holidays": ["2026-12-25"]}
CONTEXT = {"need": "established", "authority": "an invented court", "reason": "judgement 17"}
CELL = {"table": "arms_flows", "row": "firearms", "column": "total"}
OBJECTS: dict[str, Make] = {"trace": asked, "trace_in": taken_up, "trace_new": incoming, "trace_draft": draft}
OF_A_NEW_ONE = {"operation": "operation", "parent": "trace", "recovered": "recovery"}
ROWS: dict[str, Row] = {
    "GET /api/traces": Row("list_traces", ids={"operation": "operation", "after": "trace"}),
    "POST /api/traces": Row("ask_trace", body=request, good=201, ids=OF_A_NEW_ONE),
    "POST /api/traces/suggestions": Row(
        "ask_trace", body=lambda side, who: {"description": DESCRIPTION}, ids={"parent": "trace"}
    ),
    "GET /api/traces/beginnings/{recovered}": Row(
        "ask_trace", path=lambda side, who: {"recovered": recovery(side, who)}, ids={"recovered": "recovery"}
    ),
    "GET /api/traces/clocks": Row("list_traces"),
    "PUT /api/traces/clocks": Row("set_trace_clocks", body=lambda side, who: CLOCKS),
    "GET /api/traces/sheet": Row("export_traces", query=lambda side, who: {"as": "csv"}),
    "GET /api/traces/tables": Row("read_trace_tables", ids={"operation": "operation"}),
    "GET /api/traces/tables/records": Row(
        "read_trace_tables", query=lambda side, who: CELL, ids={"operation": "operation"}
    ),
    "GET /api/traces/tables/file": Row(
        "read_trace_tables", query=lambda side, who: {"table": "source_recovery", "as": "csv"},
        ids={"operation": "operation"},
    ),
    "PUT /api/traces/contexts/{recovered}": Row(
        "ask_trace", path=lambda side, who: {"recovered": recovery(side, who)}, body=lambda side, who: CONTEXT,
        ids={"recovered": "recovery"},
    ),
    "GET /api/traces/{which}": Row("read_trace", path=at(asked), ids={"which": "trace"}),
    "PUT /api/traces/{which}": Row(
        "ask_trace", path=at(draft), body=lambda side, who: request(side, who) | {"submit": False},
        ids={"which": "trace_draft"},
    ),
    "POST /api/traces/{which}/asking": Row(
        "ask_trace", path=at(asked), body=lambda side, who: {"to": "withdrawn", "reason": "found at home"},
        ids={"which": "trace"},
    ),
    "POST /api/traces/{which}/handling": Row(
        "answer_trace", path=at(incoming), body=lambda side, who: {"to": "acknowledged"}, ids={"which": "trace_new"}
    ),
    "POST /api/traces/{which}/answers": Row(
        "answer_trace", path=at(taken_up), body=lambda side, who: ANSWER, good=201, ids={"which": "trace_in"}
    ),
    "POST /api/traces/{which}/comments": Row(
        "comment_trace", path=at(asked), body=lambda side, who: {"words": "please look"}, good=201,
        ids={"which": "trace"},
    ),
    "GET /api/traces/{which}/chain": Row("read_trace", path=at(asked), ids={"which": "trace"}),
}  # fmt: skip
