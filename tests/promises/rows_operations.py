"""The rows of an operation's plan, its rosters, rights and sheets, and of daily reports."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

from tests.promises.cast import Side
from tests.promises.knocking import Knock
from tests.promises.row import Make, Row

PLAN, REPORTS = "/api/operations/{which}", "/api/situation-reports"
OF_OPERATION = {"which": "operation"}
SITES = {"sites": [{"kind": "hub", "name": "Unit", "place": "San José", "time_zone": "America/Costa_Rica"}]}
PARTNERS = {"partners": [{"name": "IOM", "role": "protection"}]}
PART = {"time_zone": "UTC", "agencies": [{"name": "Coast guard", "kind": "coast_guard", "reports": False}]}
POST = {"name": "Bridge", "kind": "border", "latitude": -20.0, "longitude": -60.0, "hotspot": True}
SHEET = {"file": base64.b64encode(b"kind,name,place,time_zone\nhub,Unit,Lima,UTC\n").decode(), "tab": "sites"}
FIGURES = {"arrests": 2}


def path(side: Side, who: Knock) -> dict[str, str]:
    return {"which": side.operation()}


def party_path(side: Side, who: Knock) -> dict[str, str]:
    return {"which": side.operation(), "party": side.code}


def post_path(side: Side, who: Knock) -> dict[str, str]:
    operation = side.operation()
    return {"which": operation, "post": side.post(operation)}


def phases(side: Side, who: Knock) -> dict[str, Any]:
    now = side.world.now()
    ends = (now + timedelta(days=1)).isoformat()
    return {"phases": [{"kind": "action", "starts_at": now.isoformat(), "ends_at": ends}]}


def shift_path(side: Side, who: Knock) -> dict[str, str]:
    """The hub of an operation of its own, where the next shift is stood."""
    operation = side.operation()
    side.__dict__["roster"] = operation, side.post(operation)
    return {"which": operation, "shift": str(side.world.new_id())}


def shift(side: Side, who: Knock) -> dict[str, Any]:
    """A shift of a new officer at the post of the operation that the path names."""
    now = side.world.now()
    times = {"starts": now.isoformat(), "ends": (now + timedelta(hours=8)).isoformat()}
    return {"officer": side.officer()["id"], "place": side.__dict__["roster"][1], **times}


def grant(side: Side, who: Knock) -> dict[str, str]:
    return {"officer": side.officer()["id"], "role": "analyst"}


def given(side: Side, who: Knock) -> dict[str, str]:
    """A right that was given for an operation of this side."""
    operation = side.operation()
    made = side.chief.done("POST", f"/api/operations/{operation}/grants", grant(side, who))
    return {"which": operation, "grant": str(made["id"])}


def report(side: Side, who: Knock) -> dict[str, Any]:
    """The report of an operation's first day."""
    day = (side.world.now() - timedelta(days=1)).date().isoformat()
    return {"id": str(side.world.new_id()), "operation": side.operation(), "day": day, "figures": FIGURES}


def sent(side: Side, who: Knock) -> str:
    return str(side.keeper.done("POST", REPORTS, report(side, who))["id"])


def correction(side: Side, who: Knock) -> dict[str, Any]:
    return {"version": 1, "reason": "counted twice", "figures": {"arrests": 1}}


def day(side: Side, who: Knock) -> dict[str, str]:
    return {"day": side.world.now().date().isoformat()}


def of_plan(act: str, where: Make = path, **more: Any) -> Row:
    """The row of a route about one operation."""
    ids = OF_OPERATION | more.pop("ids", {})
    return Row(act, path=where, ids=ids, **more)


OBJECTS: dict[str, Make] = {
    "grant": lambda side, who: given(side, who)["grant"],
    "situation_report": sent,
}
ROWS: dict[str, Row] = {
    f"GET {PLAN}": of_plan("read_plan"),
    f"GET {PLAN}/history": of_plan("read_plan"),
    # As a workbook it holds the clock of the library that writes it.
    f"GET {PLAN}/sheet": of_plan("read_plan", query=lambda side, who: {"tab": "posts"}),
    f"POST {PLAN}/sheet": of_plan("import_plan", body=lambda side, who: SHEET),
    f"PUT {PLAN}/phases": of_plan("change_operation", body=phases),
    f"PUT {PLAN}/sites": of_plan("change_operation", body=lambda side, who: SITES),
    f"PUT {PLAN}/partners": of_plan("change_operation", body=lambda side, who: PARTNERS),
    f"PUT {PLAN}/parties/{{party}}": of_plan("change_deployment", party_path, body=lambda side, who: PART),
    f"PUT {PLAN}/posts/{{post}}": of_plan(
        "change_deployment", post_path, body=lambda side, who: POST, ids={"post": "post"}
    ),
    f"GET {PLAN}/roster": of_plan("read_roster"),
    # The id of a shift is its client's own: nothing stands under it that another could find.
    f"PUT {PLAN}/shifts/{{shift}}": of_plan(
        "change_roster", shift_path, body=shift, ids={"officer": "officer", "place": "post"}
    ),
    f"GET {PLAN}/grants": of_plan("list_grants"),
    f"POST {PLAN}/grants": of_plan("grant_role", body=grant, good=201, ids={"officer": "officer"}),
    f"DELETE {PLAN}/grants/{{grant}}": of_plan("end_grant", given, good=204, ids={"grant": "grant"}),
    f"GET {PLAN}/readiness": of_plan("read_readiness"),
    f"GET {PLAN}/reporting": of_plan("see_reporting"),
    f"GET {PLAN}/differences": of_plan("read_situation", query=day),
    f"GET {REPORTS}": Row(
        "read_situation", query=lambda side, who: {"operation": side.operation()}, ids={"operation": "operation"}
    ),
    f"POST {REPORTS}": Row(
        "send_situation", body=report, good=201, ids={"operation": "operation", "agency": "agency"}
    ),
    f"GET {REPORTS}/{{which}}": Row(
        "read_situation", path=lambda side, who: {"which": sent(side, who)}, ids={"which": "situation_report"}
    ),
    f"PUT {REPORTS}/{{which}}": Row(
        "correct_situation", path=lambda side, who: {"which": sent(side, who)}, body=correction,
        ids={"which": "situation_report"},
    ),
}  # fmt: skip
