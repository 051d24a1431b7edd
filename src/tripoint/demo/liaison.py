"""Liaison officers at work: they refer what their posts met, answer for their records, close what was confirmed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any

from tripoint.demo.client import Line
from tripoint.demo.dice import pick

Hit = dict[str, Any]
Decide = Callable[[Hit], tuple[str, str]]
PAGE = 200
OUTCOMES = {
    "detain_and_call": "arrest", "seize_document": "document_seized", "seize_item": "vehicle_seized",
    "protect": "person_protected", "locate_only": "person_located", "ask_owner": "no_action",
}  # fmt: skip
REASONS = {
    "confirmed": ("The record holds: it is the one we listed.", "Verified with the issuing office."),
    "not_confirmed": ("Another bearer of the name: born elsewhere.", "The number was misread."),
    "inconclusive": ("Our file lacks the page that would tell.", "A photograph is needed to be sure."),
}  # fmt: skip


@dataclass(slots=True)
class Desk:
    """One party's liaison desk, signed in on a line; a hit lies `patience` seconds before it is taken up."""

    party: str
    line: Line
    decide: Decide
    answers: bool = True  # False leaves the party's own hits to whoever tries the demonstration
    patience: float = 0.0
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    done: dict[str, int] = field(default_factory=dict)

    def work(self) -> int:
        """Take up everything that has lain long enough; the number of steps taken."""
        return sum((self.refer_new(), self.answer_referred(), self.close_confirmed()))

    def refer_new(self) -> int:
        """Refer what this party's posts met to the owners."""
        taken = [hit for hit in self.hits("asker", "new") if "refer" in hit["may"] and self.ripe(hit["raised_at"])]
        for hit in taken:
            urgency = "urgent" if hit["action"] == "detain_and_call" else "normal"
            self.step(hit, "referral", {"urgency": urgency, "note": "The person is held at the post for an hour."})
        return len(taken)

    def answer_referred(self) -> int:
        """Say of this party's own records whether the hit holds."""
        if not self.answers:
            return 0
        waiting = [*self.hits("owner", "referred"), *(h for h in self.hits("owner", "new") if unasked(h, self.party))]
        taken = [hit for hit in waiting if self.ripe(hit["referred_at"] or hit["raised_at"])]
        for hit in taken:
            decision, reason = self.decide(hit)
            self.step(hit, "decision", {"decision": decision, "reason": reason})
        return len(taken)

    def close_confirmed(self) -> int:
        """Record what came of hits that their owners confirmed."""
        taken = [
            hit for hit in self.hits("asker", "confirmed")
            if "outcome" in hit["may"] and hit["outcome"] is None and self.ripe(hit["decided_at"])
        ]  # fmt: skip
        for hit in taken:
            self.step(hit, "outcome", {"outcome": outcome_of(hit)})
        return len(taken)

    def hits(self, side: str, state: str) -> Iterator[Hit]:
        """The desk's hits on one side and in one state, newest first."""
        after = ""
        while True:
            path = f"/api/hits?side={side}&state={state}&limit={PAGE}{after}"
            page = self.line.ask("GET", path)
            yield from page["hits"]
            if not page["next"]:
                return
            after = f"&after={page['next'].replace('+', '%2B')}"

    def ripe(self, moment: str) -> bool:
        """Whether something has lain long enough."""
        lain: float = (self.now() - datetime.fromisoformat(moment)).total_seconds()
        return lain >= self.patience

    def step(self, hit: Hit, what: str, body: dict[str, Any]) -> None:
        """Take one step, unless somebody else at the desk was quicker."""
        reply = self.line.call("POST", f"/api/hits/{hit['id']}/{what}", body)
        outcome = what if reply.status == 200 else f"{what} {reply.status}"
        self.done[outcome] = self.done.get(outcome, 0) + 1


def unasked(hit: Hit, party: str) -> bool:
    """Whether nobody will refer the hit: the party met its own record, or the asker was not told."""
    return bool(hit["asker"]["code"] == party or hit["level"] == "blind")


def outcome_of(hit: Hit) -> str:
    """What usually comes of such a hit."""
    return "firearm_seized" if hit["kind"] == "firearm" and hit["level"] == "full" else OUTCOMES[hit["action"]]


def judged_by_grade(throw: Random) -> Decide:
    """A judgement as owners come to: of strong hits nearly all hold, of possible ones most, of weak ones hardly any."""

    def decide(hit: Hit) -> tuple[str, str]:
        holds = {"strong": 92, "possible": 70}.get(hit["grade"], 4)
        decision = pick(
            throw, (("confirmed", holds), ("not_confirmed", (100 - holds) * 0.7), ("inconclusive", (100 - holds) * 0.3))
        )
        return decision, throw.choice(REASONS[decision])

    return decide
