"""The rows of ballistics: exhibits, scans and masks, searches, candidates, pairs and links."""

from __future__ import annotations

import base64
from typing import Any

from tests.desks.ballistics.made import InMemory, x3p_text
from tests.promises.cast import Side
from tests.promises.knocking import Knock
from tests.promises.row import Make, Row
from tripoint.base.database import RELAY_ROLE, make_engine, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.desks.ballistics import jobs

EXHIBITS, DESK = "/api/exhibits", "/api/ballistics"
NONE = {"verdict": "none", "reason": "other marks"}
POTENTIAL = {"verdict": "potential", "reason": "nine cells agree"}
LAST: dict[str, str] = {}  # of each side the scan it is about to search with
COLLECTIONS: dict[str, InMemory] = {}  # by the address of their database
CLOSE = {"step": "close", "remarks": "asked in error"}


def said(side: Side) -> dict[str, Any]:
    """What is said of an exhibit."""
    return {"kind": "cartridge_case", "case_reference": f"case {side.world.number()}", "calibre": "9x19"}


def new_exhibit(side: Side, who: Knock) -> dict[str, Any]:
    return {"id": str(side.world.new_id()), **said(side)}


def exhibit(side: Side, who: Knock) -> str:
    return str(side.keeper.done("POST", EXHIBITS, new_exhibit(side, who))["id"])


def new_scan(side: Side, who: Knock) -> dict[str, Any]:
    return {"id": str(side.world.new_id()), "region": "breech-face", "file": x3p_text(side.party.number)}


def scanned(side: Side) -> dict[str, str]:
    """An exhibit with a scan: the ids of both."""
    which = exhibit(side, side.keeper)
    made = side.keeper.done("POST", f"{EXHIBITS}/{which}/scans", new_scan(side, side.keeper))
    return {"which": which, "scan": str(made["id"])}


def scan(side: Side, who: Knock) -> str:
    return scanned(side)["scan"]


def mask(side: Side, who: Knock) -> dict[str, Any]:
    """A mask of the made scans: everything."""
    bits = base64.b64encode(b"\xff" * (96 * 96 // 8)).decode()
    return {"version": 1, "rows": 96, "columns": 96, "bits": bits, "reason": "all of it"}


def custody(side: Side, who: Knock) -> dict[str, Any]:
    return {
        "id": str(side.world.new_id()), "at": side.world.now().isoformat(), "act": "received", "place": "laboratory",
        "by_officer": "A. Inventada",
    }  # fmt: skip


def worked(side: Side) -> None:
    """Whatever waits is searched."""
    work_on(side.world.database)


def work_on(database: Servers) -> None:
    """Whatever waits at this hub is searched; its collection grows from call to call."""
    engine = make_engine(database.relay, role=RELAY_ROLE, pool=1)
    collection = COLLECTIONS.setdefault(database.relay, InMemory())
    while jobs.work(lambda: transaction(engine), collection):
        pass
    engine.dispose()


def searched(side: Side, made: dict[str, str]) -> str:
    """A search with this scan; its id."""
    body = {"id": str(side.world.new_id()), "scan": made["scan"]}
    return str(side.keeper.done("POST", f"{EXHIBITS}/{made['which']}/search", body)["id"])


def to_search(side: Side, who: Knock) -> dict[str, str]:
    """An exhibit whose scan `new_search` names."""
    made = scanned(side)
    LAST[side.code] = made["scan"]
    return {"which": made["which"]}


def new_search(side: Side, who: Knock) -> dict[str, Any]:
    return {"id": str(side.world.new_id()), "scan": LAST[side.code], "k": 5}


def run(side: Side, who: Knock) -> str:
    return searched(side, scanned(side))


def candidate(side: Side, who: Knock) -> str:
    """A candidate of two exhibits of this side."""
    for _ in range(2):
        made = scanned(side)
    worked(side)
    found = side.keeper.done("GET", f"{DESK}/candidates?exhibit={made['which']}")["candidates"]
    return str(found[0]["id"])


def potential(side: Side, who: Knock) -> str:
    which = candidate(side, who)
    side.keeper.done("POST", f"{DESK}/candidates/{which}/verdict", POTENTIAL)
    return which


def new_link(side: Side, who: Knock) -> dict[str, Any]:
    return {"id": str(side.world.new_id()), "candidate": potential(side, who), "reason": "please compare"}


def link(side: Side, who: Knock) -> str:
    return str(side.keeper.done("POST", f"{DESK}/links", new_link(side, who))["id"])


def two(side: Side, who: Knock) -> dict[str, Any]:
    """Two scans to be compared."""
    return {"one": scan(side, who), "other": scan(side, who)}


def new_note(side: Side, who: Knock) -> dict[str, Any]:
    return {"id": str(side.world.new_id()), "one": scan(side, who), "x_um": 100, "y_um": 200, "text": "a scratch"}


def note(side: Side, who: Knock) -> str:
    """An annotation of whoever is to take it away."""
    body = new_note(side, who)
    if who("POST", f"{DESK}/annotations", body).status != 201:  # he may not: any serves to be refused
        side.keeper.done("POST", f"{DESK}/annotations", body)
    return str(body["id"])


def at(make: Make, name: str = "which") -> Make:
    return lambda side, who: {name: make(side, who)}


def of_scan(act: str, **more: Any) -> Row:
    """A row of one scan."""
    return Row(act, path=lambda side, who: scanned(side), ids={"which": "exhibit", "scan": "exhibit_scan"}, **more)


OBJECTS: dict[str, Make] = {
    "exhibit": exhibit, "exhibit_scan": scan, "comparison_run": run, "candidate": candidate, "potential": potential,
    "hit_link": link, "ballistic_note": note,
}  # fmt: skip
ROWS: dict[str, Row] = {
    f"POST {EXHIBITS}": Row("file_exhibit", body=new_exhibit, good=201),
    f"GET {EXHIBITS}": Row("read_exhibit", ids={"operation": "operation", "after": "exhibit"}),
    f"GET {EXHIBITS}/{{which}}": Row("read_exhibit", path=at(exhibit), ids={"which": "exhibit"}),
    f"PUT {EXHIBITS}/{{which}}": Row(
        "correct_exhibit", path=at(exhibit), ids={"which": "exhibit"},
        body=lambda side, who: {**said(side), "version": 1, "reason": "the number of the case"},
    ),
    f"POST {EXHIBITS}/{{which}}/scans": Row(
        "correct_exhibit", path=at(exhibit), body=new_scan, good=201, ids={"which": "exhibit"}
    ),
    f"GET {EXHIBITS}/{{which}}/scans/{{scan}}/surface": of_scan("read_exhibit"),
    f"GET {EXHIBITS}/{{which}}/scans/{{scan}}/file": of_scan("read_exhibit"),
    f"GET {EXHIBITS}/{{which}}/scans/{{scan}}/mask": of_scan("read_exhibit"),
    f"PUT {EXHIBITS}/{{which}}/scans/{{scan}}/mask": of_scan("correct_exhibit", body=mask),
    f"POST {EXHIBITS}/{{which}}/custody": Row(
        "correct_exhibit", path=at(exhibit), body=custody, good=204, ids={"which": "exhibit"}
    ),
    f"POST {EXHIBITS}/{{which}}/search": Row(
        "search_exhibits", path=to_search, body=new_search, good=201,
        ids={"which": "exhibit", "scan": "exhibit_scan"},
    ),
    f"GET {DESK}/lists": Row("see_ballistic_reference"),
    f"GET {DESK}/runs": Row("compare_exhibits", ids={"exhibit": "exhibit"}),
    f"GET {DESK}/runs/{{run}}": Row("compare_exhibits", path=at(run, "run"), ids={"run": "comparison_run"}),
    f"GET {DESK}/candidates": Row("compare_exhibits", ids={"exhibit": "exhibit"}),
    f"POST {DESK}/candidates/{{candidate}}/verdict": Row(
        "decide_candidate", path=at(candidate, "candidate"), body=lambda side, who: NONE, ids={"candidate": "candidate"}
    ),
    f"GET {DESK}/pairs": Row("compare_exhibits", query=two, ids={"one": "exhibit_scan", "other": "exhibit_scan"}),
    f"POST {DESK}/pairs/report": Row(
        "compare_exhibits", body=two, ids={"one": "exhibit_scan", "other": "exhibit_scan"}
    ),
    f"GET {DESK}/annotations": Row(
        "compare_exhibits", query=lambda side, who: {"one": scan(side, who)},
        ids={"one": "exhibit_scan", "other": "exhibit_scan"},
    ),
    f"POST {DESK}/annotations": Row(
        "decide_candidate", body=new_note, good=201, ids={"one": "exhibit_scan", "other": "exhibit_scan"}
    ),
    f"DELETE {DESK}/annotations/{{which}}": Row(
        "decide_candidate", path=at(note), good=204, ids={"which": "ballistic_note"}
    ),
    f"POST {DESK}/links": Row("ask_physical", body=new_link, good=201, ids={"candidate": "potential"}),
    f"GET {DESK}/links": Row("compare_exhibits"),
    f"GET {DESK}/links/{{which}}": Row("compare_exhibits", path=at(link), ids={"which": "hit_link"}),
    f"POST {DESK}/links/{{which}}/steps": Row(
        "confirm_hit_link", path=at(link), body=lambda side, who: CLOSE, ids={"which": "hit_link"}
    ),
}  # fmt: skip
