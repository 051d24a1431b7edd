"""The rows of the dealers' desk: books, licences, inspections, indicators and their decision."""

from __future__ import annotations

import base64
from typing import Any

from tests.promises.cast import Side
from tests.promises.knocking import Knock
from tests.promises.row import Make, Row

DEALERS = "/api/dealers"


def book(side: Side, who: Knock) -> dict[str, Any]:
    """A book of a dealer of its own, in which one firearm leaves twice."""
    number = side.world.number()
    rows = "".join(f"L-{number},2021-0{month}-01,S{number},Taurus\n" for month in (1, 3))
    file = base64.b64encode(f"dealer,date,serial,make\n{rows}".encode()).decode()
    return {"name": "sales.csv", "file": file, "apply": True}


def inspection(side: Side, who: Knock) -> dict[str, Any]:
    item = {"serial": "ABC12345", "make": "Taurus"}
    dealer = f"L-{side.world.number()}"
    return {"dealer": dealer, "day": "2021-09-05", "scope": "full", "items": [item], "action": "warn"}


def indicator(side: Side, who: Knock) -> str:
    """An open indicator of this side."""
    made = book(side, who)
    dealer = base64.b64decode(made["file"]).decode().splitlines()[1].partition(",")[0]
    side.keeper.done("POST", f"{DEALERS}/books", made)
    side.keeper.done("POST", f"{DEALERS}/indicators")
    found = side.keeper.done("GET", f"{DEALERS}/indicators?state=open&rule=4")["indicators"]
    return str(next(one["id"] for one in found if one["dealer"] == dealer))


def decision(side: Side, who: Knock) -> dict[str, Any]:
    return {"state": "dismissed", "reason": "a sale undone and not struck out"}


OBJECTS: dict[str, Make] = {"indicator": indicator}
ROWS: dict[str, Row] = {
    f"GET {DEALERS}/licences": Row("read_licensee"),
    f"GET {DEALERS}/whereabouts": Row("read_licensee"),
    f"POST {DEALERS}/books": Row("load_book", body=book),
    f"GET {DEALERS}/inspections": Row("read_licensee"),
    f"POST {DEALERS}/inspections": Row("record_inspection", body=inspection, good=201),
    f"GET {DEALERS}/indicators": Row("list_indicators"),
    f"POST {DEALERS}/indicators": Row("decide_indicator"),
    f"POST {DEALERS}/indicators/{{which}}/decision": Row(
        "decide_indicator", path=lambda side, who: {"which": indicator(side, who)}, body=decision,
        ids={"which": "indicator"},
    ),
}
