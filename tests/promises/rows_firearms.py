"""The rows of recovered firearms: opened, gone through, searched by marks; meetings and the reference."""

from __future__ import annotations

import base64
from typing import Any

from tests.promises.cast import Side
from tests.promises.knocking import Knock
from tests.promises.row import Make, Row

VALUES: dict[str, Any] = {
    "acquired_by": "found", "type": "revolver", "make": "Arvandel", "calibre": ".38", "marked_status": "full",
    "marks": [{"reading": "TBK4829??", "place": "frame"}],
}  # fmt: skip
DECISION = {"state": "refuted", "reason": "another firearm"}


def recovery(side: Side, who: Knock) -> str:
    """A firearm that the party's keeper recovered; its id."""
    operation = side.operation()
    body = {
        "id": str(side.world.new_id()), "operation": operation, "happened_at": side.world.now().isoformat(),
        "values": VALUES,
    }  # fmt: skip
    return str(side.keeper.done("POST", "/api/recoveries", body)["id"])


def listed(side: Side, who: Knock) -> dict[str, Any]:
    """An edition of a list of one firearm, in a set of its own."""
    number = side.world.number()
    file = base64.b64encode(f"status,serial,make\nstolen,TBK{number},Arvandel\n".encode()).decode()
    return {"name": f"Lost arms {number}", "file": file}


def at(make: Make) -> Make:
    return lambda side, who: {"which": make(side, who)}


OBJECTS: dict[str, Make] = {"recovery": recovery}
ROWS: dict[str, Row] = {
    "GET /api/firearms/recovered": Row("read_firearm", ids={"operation": "operation", "after": "recovery"}),
    "GET /api/firearms/recovered/{which}": Row("read_firearm", path=at(recovery), ids={"which": "recovery"}),
    "PUT /api/firearms/recovered/{which}/steps/{step}": Row(
        "say_step", path=lambda side, who: {"which": recovery(side, who), "step": "dna"},
        body=lambda side, who: {"state": "done"}, ids={"which": "recovery"},
    ),
    "PUT /api/firearms/recovered/{which}/pictures": Row(
        "add_picture", path=at(recovery), body=lambda side, who: {"pictures": []}, ids={"which": "recovery"}
    ),
    "GET /api/firearms/meetings": Row("list_meetings"),
    "POST /api/firearms/meetings/{which}/decision": Row(
        "decide_meeting", path=lambda side, who: {"which": str(side.world.new_id())},
        body=lambda side, who: DECISION, good=404,
    ),
    "POST /api/firearms/search": Row("search_marks", body=lambda side, who: {"query": "TBK4829??"}),
    "POST /api/lists/{kind}": Row("load_set", path=lambda side, who: {"kind": "firearms"}, body=listed),
    "GET /api/firearms/reference/types": Row("see_forms"),
    "GET /api/firearms/reference/calibres": Row("see_forms"),
    "POST /api/firearms/reference/calibre": Row("see_forms", body=lambda side, who: {"text": "9mm"}),
    "GET /api/firearms/reference/makes": Row("see_forms"),
    "GET /api/firearms/reference/makes/{make}": Row("see_forms", path=lambda side, who: {"make": "glock"}),
}  # fmt: skip
