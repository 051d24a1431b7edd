"""A model of a field client: an outbox on its disk, ids of its own, sending again until it is answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.faults.simulation.hub import Hub
from tests.faults.simulation.world import Network, World

FIRST_PAUSE, LONGEST_PAUSE, BATCH = 2.0, 60.0, 5


@dataclass
class FieldClient:
    """Durable: `outbox`. Gone with a crash: everything else."""

    world: World
    hub: Hub
    name: str
    line: Network
    skew: float
    new_id_each_time: bool = False  # a broken client
    forgets_when_sent: bool = False  # another
    outbox: list[dict[str, Any]] = field(default_factory=list)
    meant: list[str] = field(default_factory=list)  # what its officer did: the observer's book, no part of the client
    told: dict[str, set[str]] = field(default_factory=dict)  # id: every answer that came for it
    acknowledged: set[str] = field(default_factory=set)  # intents
    up: bool = True
    life: int = 0
    attempt: int = 0

    def mean(self, number: int) -> None:
        """The officer makes a check: it is in the outbox before anything is sent."""
        if not self.up:
            return
        intent = f"{self.name}-{number}"
        device_time = self.world.now + self.skew
        self.meant.append(intent)
        self.outbox.append({"id": intent, "intent": intent, "plate": f"P{number}", "device_time": device_time})
        self.send()

    def send(self) -> None:
        """Send what is oldest, and look again later; each time with the same ids."""
        if not self.up or not self.outbox:
            return
        if self.new_id_each_time:
            for body in self.outbox:
                body["id"] = f"{body['intent']}.{self.world.chance.random()}"
        bodies = [dict(body) for body in self.outbox[:BATCH]]
        self.world.say(f"{self.name} sends {[body['id'] for body in bodies]}")
        life = self.life
        self.line.carry(f"question of {self.name}", lambda asked: self._arrive(asked, life), bodies)
        if self.forgets_when_sent:
            del self.outbox[: len(bodies)]
        self.attempt += 1
        pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(self.attempt, 5)) * self.world.chance.uniform(0.5, 1.5)
        attempt = self.attempt
        self.world.after(pause, lambda: self.send() if (life, attempt) == (self.life, self.attempt) else None)

    def _arrive(self, bodies: list[dict[str, Any]], life: int) -> None:
        self.hub.ask(self.name, bodies, lambda said: self.line.carry(
            f"answer to {self.name}", lambda message: self.hear(message, life), said
        ))  # fmt: skip

    def hear(self, message: dict[str, Any], life: int) -> None:
        """An answer comes, perhaps late, perhaps again, perhaps to a life that is over."""
        if not self.up or life != self.life:
            return
        if message["status"] == 401:
            self.line.carry(f"sign-in of {self.name}", lambda _: self.hub.sign_in(self.name, lambda said: (
                self.line.carry(f"session of {self.name}", lambda message: self.hear(message, life), said)
            )), None)  # fmt: skip
            return
        for line in message.get("lines", ()):
            if line["status"] == 200:
                self.told.setdefault(line["id"], set()).add(line["answer"])
                done = [body for body in self.outbox if body["id"] == line["id"]]
                self.acknowledged.update(body["intent"] for body in done)
                self.outbox = [body for body in self.outbox if body not in done]
        self.attempt = 0
        self.world.after(0.01, self.send)

    def crash(self) -> None:
        """The battery is empty: what is on its disk stays."""
        self.world.say(f"{self.name} crashes with {len(self.outbox)} in its outbox")
        self.up, self.life = False, self.life + 1
        self.world.after(self.world.chance.uniform(1, 60), self.restart)

    def restart(self) -> None:
        """On again: it sends what it finds in its outbox."""
        self.up, self.attempt = True, 0
        self.send()
