"""The rows of the seizures' desk: totals, items, doubts about weights, doubles, valuations."""

from __future__ import annotations

from typing import Any

from tests.promises.cast import Side
from tests.promises.knocking import Knock
from tests.promises.row import Make, Row

# So heavy that a gate asks about it.
HEAVY = {"category": "drug", "unit": "tonne", "quantity": 9000, "substance": "cocaine"}
REASON = "looked at with the laboratory"


def filed(side: Side, who: Knock) -> str:
    """A seizure of this side, filed by its keeper."""
    operation = side.operation()
    body = {
        "id": str(side.world.new_id()), "operation": operation, "happened_at": side.world.now().isoformat(),
        "values": {"items": [HEAVY]}, "post": side.post(operation),
    }  # fmt: skip
    return str(side.keeper.done("POST", "/api/seizures", body)["id"])


def valuation(side: Side, who: Knock) -> dict[str, Any]:
    """A price of the first item."""
    return {
        "id": str(side.world.new_id()), "item": 1, "basis": "kilogram", "level": "wholesale", "low": "1000",
        "central": "2000", "high": "3000", "currency": "USD", "per_usd": "1", "rate_source": "none needed",
        "source": "price survey", "place": "Puerto Alto", "priced_on": "2026-01-31",
    }  # fmt: skip


def two(side: Side, who: Knock) -> dict[str, Any]:
    """Two seizures that are one."""
    one, other = filed(side, who), filed(side, who)
    return {"one": one, "other": other, "decision": "same", "reason": REASON, "joins": one}


def valued(side: Side, who: Knock) -> dict[str, str]:
    """The path of a valuation of a seizure of its own."""
    which, priced = filed(side, who), valuation(side, who)
    side.keeper.done("POST", f"/api/seizures/{which}/valuations", priced)
    return {"which": which, "valuation": priced["id"]}


AT: Make = lambda side, who: {"which": filed(side, who)}  # noqa: E731
OF: Make = lambda side, who: {"operation": side.operation()}  # noqa: E731
ROWS: dict[str, Row] = {
    "GET /api/seizures/totals": Row("read_seizure_totals", query=OF, ids={"operation": "operation"}),
    "GET /api/seizures/items": Row("read_seizure_totals", query=OF, ids={"operation": "operation"}),
    "GET /api/seizures/doubles": Row("read_seizure_totals", query=OF, ids={"operation": "operation"}),
    "POST /api/seizures/doubles": Row("decide_double", body=two, ids={"one": "seizure", "other": "seizure"}),
    "POST /api/seizures/{which:uuid}/gates": Row(
        "decide_double", path=AT, body=lambda side, who: {"item": 1, "decision": "stands", "reason": REASON},
        ids={"which": "seizure"},
    ),
    "GET /api/seizures/{which:uuid}/pictures": Row("read_picture", path=AT, ids={"which": "seizure"}),
    "PUT /api/seizures/{which:uuid}/pictures": Row(
        "add_picture", path=AT, body=lambda side, who: {"pictures": []}, ids={"which": "seizure"}
    ),
    "GET /api/seizures/{which:uuid}/valuations": Row("read_seizure_totals", path=AT, ids={"which": "seizure"}),
    "POST /api/seizures/{which:uuid}/valuations": Row(
        "value_seizure", path=AT, body=valuation, good=201, ids={"which": "seizure"}
    ),
    "PUT /api/seizures/{which:uuid}/valuations/{valuation:uuid}": Row(
        "value_seizure", path=valued, body=lambda side, who: {"published": True}, ids={"which": "seizure"}
    ),
}  # fmt: skip
