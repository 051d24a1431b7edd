"""A model of the hub: one transaction a check, claimed, answered and kept as the real one does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256
from typing import Any

from tests.faults.simulation.world import World
from tripoint.access.rules import Standing, standing
from tripoint.desks.checks.rules import clock_is_off

SESSION_IDLE = 1800.0  # seconds
Reply = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Kept:
    """A row of check_made, as far as the protocol knows it."""

    id: str
    intent: str  # what the officer meant, whatever ids the client gave it
    digest: bytes
    answer: str
    asked_at: float
    clock_off: bool


def digest(body: dict[str, Any]) -> bytes:
    """The digest of a question without its id."""
    return sha256(repr(sorted((key, value) for key, value in body.items() if key != "id")).encode()).digest()


@dataclass
class Hub:
    """Durable: `rows`, `counted`, `sessions`. Gone with a crash: what is in hand."""

    world: World
    skew: float
    keeps_before_answering: bool = True  # False: a broken hub, which acknowledges first
    remembers_ids: bool = True  # False: a broken hub, which takes every sending for a new check
    rows: list[Kept] = field(default_factory=list)
    counted: int = 0
    sessions: dict[str, float] = field(default_factory=dict)
    arrivals: list[tuple[str, dict[str, Any], str]] = field(default_factory=list)  # in the order of their commits
    in_hand: set[str] = field(default_factory=set)
    up: bool = True
    life: int = 0

    def clock(self) -> float:
        """The hub's own clock."""
        return self.world.now + self.skew

    def sign_in(self, device: str, reply: Reply) -> None:
        """Open a session."""
        if self.up:
            self.sessions[device] = self.clock()
            reply({"status": 200, "signed_in": True})

    def ask(self, device: str, bodies: list[dict[str, Any]], reply: Reply) -> None:
        """A check or a batch of them: line after line, each in a transaction of its own."""
        if not self.up:
            return
        if self.clock() - self.sessions.get(device, float("-inf")) > SESSION_IDLE:
            reply({"status": 401})
            return
        self.sessions[device] = self.clock()
        self._next_line(device, list(bodies), [], reply, self.life)

    def _next_line(
        self, device: str, left: list[dict[str, Any]], said: list[dict[str, Any]], reply: Reply, life: int
    ) -> None:
        if life != self.life:
            return  # a crash came between: nobody answers
        if not left:
            reply({"status": 200, "lines": said})
            return
        body, rest = left[0], left[1:]
        if body["id"] in self.in_hand:
            said.append({"id": body["id"], "status": 409})
            self._next_line(device, rest, said, reply, life)
            return
        self.in_hand.add(body["id"])
        if not self.keeps_before_answering:
            reply({"status": 200, "lines": [{"id": body["id"], "status": 200, "answer": self._answer(body)}]})
        self.world.after(
            self.world.chance.uniform(0.002, 0.5), lambda: self._commit(device, body, rest, said, reply, life)
        )

    def _commit(
        self, device: str, body: dict[str, Any], rest: list[dict[str, Any]], said: list[dict[str, Any]], reply: Reply,
        life: int,
    ) -> None:  # fmt: skip
        if life != self.life:
            return  # never committed
        self.in_hand.discard(body["id"])
        earlier = next((row for row in self.rows if row.id == body["id"]), None) if self.remembers_ids else None
        found = standing(earlier.digest if earlier else None, digest(body))
        self.arrivals.append((device, body, found.value))
        if found is Standing.REUSED:
            said.append({"id": body["id"], "status": 422})
        else:
            if earlier is None:
                earlier = self._keep(body)
            said.append({"id": body["id"], "status": 200, "answer": earlier.answer})
        if self.world.one_in(12):
            self.crash()  # between commit and answer
            return
        self._next_line(device, rest, said, reply, life)

    def _keep(self, body: dict[str, Any]) -> Kept:
        off = clock_is_off(timedelta(seconds=body["device_time"] - self.clock()))
        row = Kept(body["id"], body["intent"], digest(body), self._answer(body), self.clock(), off)
        self.rows.append(row)
        self.counted += 1
        self.world.say(f"hub keeps {body['id']}")
        return row

    def _answer(self, body: dict[str, Any]) -> str:
        return f"nothing found for {body['plate']}"

    def crash(self) -> None:
        """The process dies; the database keeps what was committed."""
        self.world.say("hub crashes")
        self.up, self.life, self.in_hand = False, self.life + 1, set()
        self.world.after(self.world.chance.uniform(0.5, 20), self.restart)

    def restart(self) -> None:
        """Up again."""
        self.world.say("hub is up")
        self.up = True
