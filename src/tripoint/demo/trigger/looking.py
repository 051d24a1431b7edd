"""Trigger IX while somebody looks on: books first, then the days faster than they were, what desks find at the end."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field

from tripoint.demo.trigger import dealing, ways
from tripoint.demo.trigger.playing import Player
from tripoint.demo.trigger.recoveries import Recovery
from tripoint.demo.turquesa.filing import by_party
from tripoint.demo.turquesa.moments import DAY
from tripoint.demo.turquesa.playing import in_threads

Sheet = tuple[str, list[tuple[int, Recovery]]]


@dataclass(slots=True)
class Looking:
    """A thread that plays a replay at `speed` times its own pace until it is told to stop; what is done stays done."""

    player: Player
    speed: float
    day: int = -1  # the day in hand, from 0; -1 before the first
    ended: bool = False
    errors: list[BaseException] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin."""
        self._thread = threading.Thread(target=self._work, name="trigger", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Begin nothing more; returns when what is in hand is done."""
        self._stop.set()
        if self._thread:
            self._thread.join(timeout=60)
        self.player.close()

    def _work(self) -> None:
        try:
            self._play()
        except Exception as error:  # kept for whoever looks after the demonstration
            if not self._stop.is_set():
                self.errors.append(error)

    def _play(self) -> None:
        player, begun = self.player, time.monotonic()
        in_threads(player.deal, dealing.PARTIES)
        for day, sheets in enumerate(days_of(player)):
            if self._stop.wait(max(0.0, begun + day * DAY / self.speed - time.monotonic())):
                return
            self.day = day
            of_day = tuple(one for one in player.replay.returns if one.day == day)
            in_threads(player.file_all, by_party(of_day).values())
            in_threads(player.recover, sheets)
        for party in player.world.played.taking_part:
            player.report(party)
        in_threads(player.follow, player.trails())
        for number in range(len(ways.WAYS) + 1):
            player.describe(number)
        player.meet()
        self.ended = True


def days_of(player: Player) -> list[list[Sheet]]:
    """For each day the parties' sheets of firearms recovered on it; every firearm has its number in the plan."""
    found: list[dict[str, list[tuple[int, Recovery]]]] = [defaultdict(list) for _ in range(player.world.played.days)]
    of_seizure = {one.key: one.day for one in player.replay.returns if one.kind == "seizure"}
    for number, one in enumerate(player.replay.recoveries):
        found[of_seizure[one.seizure]][one.party].append((number, one))
    return [
        [(f"recoveries/{party}/day {day}", numbered) for party, numbered in sorted(parties.items())]
        for day, parties in enumerate(found)
    ]
