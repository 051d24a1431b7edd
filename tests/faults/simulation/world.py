"""A virtual clock, and a network that loses, delays, repeats, reorders and parts, all by one seed."""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Event = Callable[[], None]


@dataclass
class World:
    """Everything that happens, in the order of its virtual time (seconds)."""

    seed: int
    now: float = 0.0
    healed: bool = False  # no more faults: all must come right
    trace: list[str] = field(default_factory=list)
    chance: random.Random = field(init=False)
    _events: list[tuple[float, int, Event]] = field(default_factory=list)
    _order: itertools.count[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def after(self, seconds: float, event: Event) -> None:
        """Let something happen later."""
        heapq.heappush(self._events, (self.now + seconds, next(self._order), event))

    def run(self, until: float) -> None:
        """Let happen what happens until then."""
        while self._events and self._events[0][0] <= until:
            self.now, _, event = heapq.heappop(self._events)
            event()
        self.now = max(self.now, until)

    def say(self, what: str) -> None:
        """A line of the trace that a failing seed prints."""
        self.trace.append(f"{self.now:9.3f} {what}")

    def one_in(self, number: int) -> bool:
        """True once in so many times, while there are faults."""
        return not self.healed and self.chance.randrange(number) == 0


@dataclass
class Network:
    """Carries messages between two ends, badly: each line has its own quality and its own partings."""

    world: World
    loses_one_in: int
    repeats_one_in: int
    slowest: float
    parted_until: float = 0.0

    def carry(self, what: str, deliver: Callable[[Any], None], message: Any) -> None:
        """Take a message on; it arrives once, several times, late, after later ones, or not."""
        world = self.world
        if world.now < self.parted_until or world.one_in(self.loses_one_in):
            world.say(f"lost: {what}")
            return
        for _ in range(2 if world.one_in(self.repeats_one_in) else 1):
            slowest = 0.05 if world.healed else self.slowest
            world.after(world.chance.uniform(0.005, slowest), lambda: deliver(message))

    def part(self, seconds: float) -> None:
        """Nothing passes for so long."""
        self.parted_until = self.world.now + seconds
        self.world.say(f"parted for {seconds:.0f} s")
