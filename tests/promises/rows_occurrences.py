"""The rows of what parties report from the field: forms, filings, lists, corrections, links, custody, sheets."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from tests.promises.cast import Side
from tests.promises.knocking import Knock
from tests.promises.row import Make, Row

OPENING = {"purpose": "identification", "reason": "asked for by the court of the port"}
VALUES: dict[str, dict[str, Any]] = {
    "detections": {"nationality": "VEN", "age": 30, "names": "Inventada Nadie"},
    "victims": {"vic_TraffickingStatus": "PossibleVictimOfTrafficking", "age_group": "adult", "prs_FirstName": "Bea"},
    "interviews": {"outcome": "refused", "reference": "I-1", "language": "es", "voluntary": True},
    "arrests": {"offence": "08051", "basis": "observation", "names": "Fulano Inventado"},
    "seizures": {"items": [{"category": "document", "quantity": 3}]},
}
FILERS = {"detections": "file_detection", "victims": "file_victim", "interviews": "file_interview"}
SHEET = base64.b64encode(b"happened_at,post\nsoon,nowhere\n").decode()


def body_of(plural: str) -> Make:
    """The body that files one of this kind at a post of an operation of the party's own."""

    def made(side: Side, who: Knock) -> dict[str, Any]:
        operation = side.operation()
        return {
            "id": str(side.world.new_id()), "operation": operation, "happened_at": side.world.now().isoformat(),
            "values": VALUES[plural], "post": side.post(operation), "agency": side.agency(),
        }  # fmt: skip

    return made


def filed(plural: str) -> Make:
    """One of this kind, filed by whoever asks where he may, else by the party's keeper; its id."""

    def made(side: Side, who: Knock) -> str:
        may = who.session["may"] if who.session["officer"]["party"]["code"] == side.code else ()
        filer = who if FILERS.get(plural, "file_occurrence") in may else side.keeper
        return str(filer.done("POST", f"/api/{plural}", body_of(plural)(side, filer))["id"])

    return made


def at(plural: str, *, named: bool = True) -> Make:
    """The path of one of this kind."""
    return lambda side, who: {"which": filed(plural)(side, who)} | ({"plural": plural} if named else {})


def correction(plural: str) -> Make:
    return lambda side, who: {"values": VALUES[plural], "reason": "read again"}


def links(side: Side, who: Knock) -> dict[str, Any]:
    other = filed("detections")(side, who)
    return {"links": [{"relation": "travelled_with", "to_kind": "detection", "to_id": other}]}


def entry(side: Side, who: Knock) -> dict[str, Any]:
    return {
        "id": str(side.world.new_id()), "item": 1, "at": side.world.now().isoformat(), "act": "seized",
        "by_officer": "Ana Inventada", "place": "Bridge",
    }  # fmt: skip


def sheet(side: Side, who: Knock) -> dict[str, Any]:
    return {"operation": side.operation(), "file": SHEET}


def exported(side: Side, who: Knock) -> dict[str, Any]:
    return {"operation": side.operation(), "as": "csv"}


def group(address: str, plural: str, kind: str) -> dict[str, Row]:
    """The rows of the routes whose act goes by the kind."""
    named = address != plural
    path: Callable[..., Any] = at(plural, named=named)
    here: Make = lambda side, who: {"plural": plural} if named else {}  # noqa: E731
    names = {"operation": "operation", "post": "post", "agency": "agency"}
    thing = plural.removesuffix("s")
    return {
        f"POST /api/{address}": Row(f"file_{kind}", path=here, body=body_of(plural), good=201, ids=names),
        f"GET /api/{address}/{{which:uuid}}": Row(f"read_{kind}", path=path, ids={"which": thing}),
        f"PUT /api/{address}/{{which:uuid}}": Row(
            f"correct_{kind}", path=path, body=correction(plural), ids={"which": thing}
        ),
        f"POST /api/{address}/sheet": Row(f"file_{kind}", path=here, body=sheet, ids={"operation": "operation"}),
    }


def opening(plural: str, act: str, address: str = "") -> dict[str, Row]:
    """The row of opening a sealed field; interviews seal none."""
    field = next((name for name in ("names", "prs_FirstName") if name in VALUES[plural]), "none")
    good = 404 if field == "none" else 200
    path: Make = lambda side, who: at(plural, named=bool(address))(side, side.keeper) | {"field": field}  # noqa: E731
    row = Row(act, path=path, body=lambda side, who: OPENING, good=good, ids={"which": plural.removesuffix("s")})
    return {f"POST /api/{address or plural}/{{which:uuid}}/sealed/{{field}}/opening": row}


ANY, GENERAL = "{plural:occurrences}", "{plural:general}"
OBJECTS: dict[str, Make] = {plural.removesuffix("s"): filed(plural) for plural in VALUES}
ROWS: dict[str, Row] = {
    "GET /api/forms": Row("see_forms"),
    f"GET /api/{ANY}": Row(
        "list_occurrences", path=lambda side, who: {"plural": "arrests"},
        ids={"operation": "operation", "post": "post", "after": "arrest"},
    ),
    **group("detections", "detections", "detection"),
    **group("victims", "victims", "victim"),
    **group("interviews", "interviews", "interview"),
    **group(GENERAL, "arrests", "occurrence"),
    f"GET /api/{ANY}/{{which:uuid}}/history": Row("read_occurrence", path=at("arrests"), ids={"which": "arrest"}),
    f"POST /api/{ANY}/{{which:uuid}}/links": Row(
        "link_occurrence", path=at("detections"), body=links, ids={"which": "detection"}
    ),
    f"POST /api/{ANY}/{{which:uuid}}/state": Row(
        "decide_occurrence", path=at("detections"), body=lambda side, who: {"state": "withdrawn", "reason": "a drill"},
        ids={"which": "detection"},
    ),
    f"GET /api/{ANY}/sheet": Row(
        "export_occurrences", path=lambda side, who: {"plural": "arrests"}, query=exported,
        ids={"operation": "operation"},
    ),
    **opening("detections", "open_identity"), **opening("victims", "open_identity"),
    **opening("interviews", "open_identity"), **opening("arrests", "open_sealed", "{plural:general}"),
    "GET /api/retention/reports": Row("list_due", ids={"operation": "operation"}),
    f"POST /api/{ANY}/{{which:uuid}}/retention": Row(
        "renew_record", path=at("arrests"), body=lambda side, who: {"version": 1, "reason": OPENING["reason"]},
        ids={"which": "arrest"},
    ),
    f"POST /api/{ANY}/{{which:uuid}}/erasure": Row(
        "erase_record", path=at("arrests"), body=lambda side, who: {"version": 1, "reason": OPENING["reason"]},
        ids={"which": "arrest"},
    ),
    "POST /api/seizures/{which:uuid}/custody": Row(
        "add_custody", path=at("seizures", named=False), body=entry, good=201, ids={"which": "seizure"}
    ),
}  # fmt: skip
