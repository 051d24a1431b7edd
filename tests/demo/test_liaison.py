"""A liaison officer at work: what he takes up, what he leaves, what he records."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, strategies as st

from tripoint.demo.client import Line, Reply
from tripoint.demo.dice import dice
from tripoint.demo.liaison import Desk, judged_by_grade

NOW = datetime(2026, 1, 2, tzinfo=UTC)
OLD, NEW = (NOW - timedelta(seconds=60)).isoformat(), NOW.isoformat()


def hit(**values: Any) -> dict[str, Any]:
    usual = {
        "id": "h1", "kind": "document", "grade": "strong", "state": "new", "level": "full", "raised_at": OLD,
        "referred_at": None, "decided_at": None, "outcome": None, "asker": {"code": "BRA"}, "action": "seize_document",
        "may": ["refer"],
    }  # fmt: skip
    return usual | values


class Hub(Line):
    """A hub that shows the same hits and remembers what was done."""

    def __init__(self, shown: dict[tuple[str, str], list[dict[str, Any]]], status: int = 200) -> None:
        super().__init__("nowhere", 0)
        self.shown, self.status = shown, status
        self.steps: list[tuple[str, object]] = []

    def call(self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None) -> Reply:
        if method == "POST":
            self.steps.append((path, body))
            return Reply(self.status, {})
        asked = dict(part.split("=") for part in path.partition("?")[2].split("&"))
        return Reply(200, {"hits": self.shown.get((asked["side"], asked["state"]), []), "next": None})


def desk(hub: Hub, **values: Any) -> Desk:
    return Desk("BRA", hub, lambda _: ("confirmed", "it is"), now=lambda: NOW, **values)


def test_he_refers_what_his_posts_met() -> None:
    hub = Hub({("asker", "new"): [hit()]})
    assert desk(hub).work() == 1
    assert hub.steps[0][0] == "/api/hits/h1/referral"


def test_he_answers_what_was_referred_to_him_and_what_nobody_else_will_refer() -> None:
    blind, own = hit(id="h2", level="blind", asker={"code": "COL"}), hit(id="h3")
    foreign = hit(id="h4", asker={"code": "COL"})
    hub = Hub({("owner", "referred"): [hit(referred_at=OLD)], ("owner", "new"): [blind, own, foreign]})
    desk(hub).work()
    assert [path for path, _ in hub.steps] == [f"/api/hits/{h}/decision" for h in ("h1", "h2", "h3")]


def test_he_leaves_answers_to_the_onlooker_where_told() -> None:
    hub = Hub({("owner", "referred"): [hit(referred_at=OLD)]})
    assert desk(hub, answers=False).work() == 0


def test_a_hit_lies_a_while_first() -> None:
    hub = Hub({("asker", "new"): [hit(raised_at=NEW)]})
    assert desk(hub, patience=30).work() == 0


def test_he_closes_what_was_confirmed_once() -> None:
    confirmed = hit(state="confirmed", decided_at=OLD, may=["outcome"])
    hub = Hub({("asker", "confirmed"): [confirmed, confirmed | {"outcome": "arrest"}]})
    desk(hub).work()
    assert hub.steps == [("/api/hits/h1/outcome", {"outcome": "document_seized"})]


def test_what_somebody_else_did_first_is_counted_and_not_an_error() -> None:
    at_work = desk(Hub({("asker", "new"): [hit()]}, status=409))
    at_work.work()
    assert at_work.done == {"referral 409": 1}


@given(st.integers(), st.sampled_from(["strong", "possible", "weak"]))
def test_every_judgement_has_its_reason(seed: int, grade: str) -> None:
    decision, reason = judged_by_grade(dice(seed, "d"))({"grade": grade})
    assert decision in {"confirmed", "not_confirmed", "inconclusive"}
    assert reason
