"""A replay from the first check to the published sheet, through the hub's own doors; it may be stopped and goes on."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tripoint.demo.asking import Posts
from tripoint.demo.dice import dice
from tripoint.demo.liaison import Desk, judged_by_grade
from tripoint.demo.rehearsal import ROUNDS
from tripoint.demo.turquesa import stories
from tripoint.demo.turquesa.batching import Wire, send_cell
from tripoint.demo.turquesa.filing import Desks, Filer, by_party, of_day
from tripoint.demo.turquesa.model import DAYS, Planned
from tripoint.demo.turquesa.planning import Replay
from tripoint.demo.turquesa.progress import Progress
from tripoint.demo.turquesa.reading import Results, read_results
from tripoint.demo.turquesa.scoring import score
from tripoint.demo.turquesa.traffic import Cell
from tripoint.demo.turquesa.truth import Tally, truth_of
from tripoint.demo.world import World

AT_ONCE = 4
Tell = Callable[[str, int], None]  # of what, how many more are done


@dataclass(slots=True)
class Player:
    """Plays one replay on one hub."""

    world: World
    replay: Replay
    first: datetime
    progress: Progress
    posts: Posts
    desks: Desks
    tell: Tell
    _own: threading.local = field(default_factory=threading.local)
    _wires: list[Wire] = field(default_factory=list)

    def play(self) -> None:
        """Everything that is not done yet: checks, returns, daily reports. Raises what went wrong first."""
        self.check()
        self.decide()
        self.file()
        self.report()

    def check(self) -> None:
        """Send the checks, cell by cell, in the order in which the links let them out."""
        waiting = [cell for cell in self.replay.cells if f"checks/{cell.name}" not in self.progress.done]
        self.tell("checks", self.replay.checks - sum(cell.checks for cell in waiting))
        in_threads(lambda cell: self.tell("checks", self.send(cell)), waiting)

    def send(self, cell: Cell) -> int:
        """Send one cell; how many checks it held."""
        if not hasattr(self._own, "wire"):  # each thread has its own
            self._own.wire = Wire(self.posts)
            self._wires.append(self._own.wire)
        send_cell(self._own.wire, cell, self.first, self.progress)
        return cell.checks

    def close(self) -> None:
        """Hang up everywhere."""
        for wire in self._wires:
            wire.close()
        self.desks.close()

    def decide(self) -> None:
        """Let every party's desk refer, answer and close its hits until nothing is left to do."""
        judged = judged_by_grade(dice(self.replay.seed, "desks"))
        desks = [Desk(party.code, self.desks.line(party.code), judged) for party in self.world.parties]
        for _ in range(ROUNDS):
            if not sum(desk.work() for desk in desks):
                return

    def file(self) -> None:
        """Send every party's returns, each party's in their order. What is linked to stands with the same party."""
        filer = Filer(self.desks, self.replay.seed, self.first, self.hit_of)
        in_threads(lambda returns: self.file_all(filer, returns), by_party(self.replay.returns).values())

    def file_all(self, filer: Filer, returns: list[Planned]) -> None:
        """The returns of one party."""
        for one in returns:
            if f"return/{one.key}" not in self.progress.done:
                self.progress.keep(f"return/{one.key}", refused=filer.file(one))
            self.tell("returns", 1)

    def report(self) -> None:
        """Every party's daily reports, but for those that never come."""
        filer = Filer(self.desks, self.replay.seed, self.first)
        for party in sorted(self.world_parties()):
            returns = by_party(self.replay.returns).get(party, [])
            for day in range(DAYS):
                if f"report/{party}/{day}" not in self.progress.done:
                    self.progress.keep(f"report/{party}/{day}", sent=filer.report(party, day, of_day(returns, day)))
                self.tell("reports", 1)

    def world_parties(self) -> set[str]:
        """Who takes part."""
        return {place.post.party for place in self.world.places}

    def hit_of(self, story: str) -> str | None:
        """The hit that a story's check raised."""
        found = [one["stories"][story] for one in self.progress.of("checks/") if story in one["stories"]]
        return str(found[0]) if found else None

    def results(self) -> tuple[dict[str, Any], Results, dict[str, Any]]:
        """The truth, what the hub says, and the score."""
        tally = self.tally()
        truth = truth_of(self.replay, tally, self.first)
        found = read_results(self.desks, truth["figures"])
        made, counted = tally.checks, found.figures.get("checks_database") or 0
        lost = max(made - self.sum_of("answered"), made - int(counted))
        return truth, found, score(truth, found.figures, found.missing, self.met(found), lost)

    def tally(self) -> Tally:
        """The checks planted."""
        whole = Tally()
        for one in self.progress.of("checks/"):
            kept = one["tally"]
            whole.take(Tally(kept["checks"], Counter(kept["kinds"]), kept["planted"]))
        return whole

    def met(self, found: Results) -> dict[str, int]:
        """What the hub's answers and figures say of the findings that it can make today."""
        return {
            "listed_records_met": self.sum_of("found"), "listed_records_met_false": self.sum_of("false_alarms"),
            **{f"listed_records_met_false {name}": count for name, count in sorted(self.alarms().items())},
            "softball_team": int(self.hit_of(stories.SOFTBALL) is not None),
            "notice_requests": int(found.figures.get("notices_requested") or 0),
        }  # fmt: skip

    def alarms(self) -> Counter[str]:
        """The false alarms by kind of record and grade."""
        return sum((Counter(one.get("alarms", {})) for one in self.progress.of("checks/")), Counter())

    def sum_of(self, name: str) -> int:
        """A number of all cells together."""
        return sum(one[name] for one in self.progress.of("checks/"))


def in_threads(act: Callable[[Any], None], things: Iterable[Any]) -> None:
    """Do it for all, a few at once, the first ones first; the first error ends it, and nothing new is begun."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        begun = [pool.submit(act, thing) for thing in things]
        try:
            for one in begun:
                one.result()
        except BaseException:
            for one in begun:
                one.cancel()
            raise
