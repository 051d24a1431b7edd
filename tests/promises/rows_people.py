"""The rows of the victims' and interviews' desks: pathways, counts, search, prices, rates, release."""

from __future__ import annotations

from typing import Any

from tests.promises.cast import Side
from tests.promises.knocking import Knock
from tests.promises.row import Row
from tests.promises.rows_occurrences import at, filed
from tests.promises.rows_results import drafter

OPERATION = {"operation": "operation"}
TARGET = {"child": False, "step": "referred", "amount": 24, "unit": "hours"}
RATE = {"currency": "COP", "since": "2023-08-01", "per_usd": "4068.5", "source": "an invented bank"}


def confirmed_interview(side: Side, who: Knock) -> str:
    """An interview that an analyst wrote down and the party's keeper confirmed: who releases is neither."""
    made: str = filed("interviews")(side, drafter(side))
    side.keeper.done("POST", f"/api/interviews/{made}/state", {"state": "confirmed", "reason": "read again"})
    return made


def release(side: Side, who: Knock) -> dict[str, Any]:
    return {
        "interview": confirmed_interview(side, who), "basis": "court_order", "reason": "order 17 of an invented court",
        "audience": {"kind": "everyone"},
    }  # fmt: skip


victim = at("victims", named=False)
ROWS: dict[str, Row] = {
    "GET /api/victim-pathways": Row("list_pathways", ids=OPERATION),
    "GET /api/victim-pathways/targets": Row("see_targets"),
    "PUT /api/victim-pathways/targets": Row("set_targets", body=lambda side, who: {"targets": [TARGET]}),
    "GET /api/victim-pathways/timeliness": Row("count_victims", ids=OPERATION),
    "GET /api/victim-pathways/ctdc": Row("count_victims", ids=OPERATION),
    "GET /api/victim-pathways/ic-tip": Row("count_victims", ids=OPERATION),
    "GET /api/victim-pathways/{which}": Row("read_pathway", path=victim, ids={"which": "victim"}, own=True),
    "POST /api/victim-pathways/{which}/steps": Row(
        "move_pathway", path=victim, body=lambda side, who: {"step": "indicators"}, good=201, ids={"which": "victim"}
    ),
    "POST /api/interview-search": Row(
        "search_interviews", body=lambda side, who: {"words": "coyote"}, ids=OPERATION
    ),
    "GET /api/interview-prices": Row("read_prices", ids=OPERATION),
    "POST /api/interview-releases": Row("release_interview", body=release, good=201, ids={"interview": "interview"}),
    "GET /api/exchange-rates": Row("see_rates"),
    "POST /api/exchange-rates": Row("load_rates", body=lambda side, who: {"rates": [RATE]}, good=201),
}  # fmt: skip
