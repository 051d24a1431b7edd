"""A replay of Trigger IX from the first return to the published sheet, through the hub's own doors; it may go on."""

from __future__ import annotations

import base64
import csv
import io
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from tripoint.demo.trigger import dealing, pricing, tracing, ways
from tripoint.demo.trigger.planning import Replay
from tripoint.demo.trigger.recoveries import Recovery
from tripoint.demo.turquesa.filing import Desks, Filer, asked, by_party, of_day
from tripoint.demo.turquesa.model import Planned
from tripoint.demo.turquesa.playing import in_threads
from tripoint.demo.turquesa.progress import Progress
from tripoint.demo.world import World

ROWS = 400  # of one sheet of recoveries
LEAST_ROWS, ALL_ROWS = 500, 40_000  # of a party's books, at the smallest scale and at the whole
QUIET, PATIENCE = 2.0, 120.0  # seconds without a new meeting, and at most
Tell = Callable[[str, int], None]


@dataclass(slots=True)
class Player:
    """Plays one replay on one hub."""

    world: World
    replay: Replay
    first: datetime
    progress: Progress
    desks: Desks
    books: Path
    tell: Tell
    filer: Filer = field(init=False)

    def __post_init__(self) -> None:
        self.filer = Filer(self.desks, self.replay.seed, self.first)

    def play(self) -> None:
        """Everything that is not done yet. Raises what went wrong first."""
        in_threads(self.file_all, by_party(self.replay.returns).values())
        in_threads(self.value_all, by_party(self.replay.returns).values())
        in_threads(self.recover, self.sheets())
        in_threads(self.report, self.world.played.taking_part)
        in_threads(self.deal, dealing.PARTIES)
        in_threads(self.follow, self.trails())
        for number in range(len(ways.WAYS) + 1):
            self.describe(number)
        self.meet()

    def close(self) -> None:
        """Hang up everywhere."""
        self.desks.close()

    def once(self, name: str, act: Callable[[], Any]) -> None:
        """Do it unless it is done; what came of it is kept."""
        if name not in self.progress.done:
            self.progress.keep(name, came=act())

    def file_all(self, returns: list[Planned]) -> None:
        """The returns of one party."""
        for one in returns:
            self.once(f"return/{one.key}", partial(self.filer.file, one))
            self.tell("returns", 1)

    def value_all(self, returns: list[Planned]) -> None:
        """What the drugs of one party were worth."""
        for one in returns:
            if pricing.prices_of(one):
                self.once(f"price/{one.key}", partial(pricing.value, self.filer, one, self.first))

    def sheets(self) -> list[tuple[str, list[tuple[int, Recovery]]]]:
        """The recoveries as the parties' sheets, each with its name; every recovery has its number in the plan."""
        parties: dict[str, list[tuple[int, Recovery]]] = defaultdict(list)
        for number, one in enumerate(self.replay.recoveries):
            parties[one.party].append((number, one))
        return [
            (f"recoveries/{party}/{start}", numbered[start : start + ROWS])
            for party, numbered in parties.items() for start in range(0, len(numbered), ROWS)
        ]  # fmt: skip

    def recover(self, sheet: tuple[str, list[tuple[int, Recovery]]]) -> None:
        """Send one sheet of recovered firearms."""
        name, numbered = sheet
        self.once(name, lambda: self.sent([*numbered]))
        self.tell("firearms", len(numbered))

    def sent(self, numbered: list[tuple[int, Recovery]]) -> dict[str, str]:
        """The ids of the planted ones of a sheet by their numbers, once every row is taken. Raises Refused."""
        rows = [
            {"happened_at": tracing.moment_of(self.filer, one), "post": one.post or "", **one.cells,
             "seizure": str(self.filer.id_of(one.seizure))} for _, one in numbered
        ]  # fmt: skip
        body = {"operation": self.desks.places()[0], "file": as_sheet(rows)}
        told = asked(self.desks.line(numbered[0][1].party), "POST", "/api/recoveries/sheet", body).body
        bad = [one for one in told["rows"] if one["fate"] == "refused"]
        if bad:
            raise ValueError(f"a row was refused: {bad[0]}")
        pairs = zip(numbered, told["rows"], strict=True)
        return {str(n): row["id"] for (n, one), row in pairs if one.listed or one.traced is not None}

    def recovered(self) -> dict[int, UUID]:
        """The ids of the planted recoveries, by their numbers in the plan."""
        return {int(n): UUID(i) for kept in self.progress.of("recoveries/") for n, i in kept["came"].items()}

    def report(self, party: str) -> None:
        """A party's daily reports, but for those that never come."""
        returns, days = by_party(self.replay.returns).get(party, []), self.world.played.days
        for day in range(days):
            mine = of_day(returns, day, days)
            self.once(f"report/{party}/{day}", partial(self.filer.report, party, day, mine))
            self.tell("reports", 1)

    def planted(self, party: str) -> dealing.Planted:
        """The invented books of a party; what was planted in them."""
        rows = max(LEAST_ROWS, round(ALL_ROWS * self.replay.scale))
        return dealing.books_of(self.books / party, self.replay.seed + dealing.PARTIES.index(party), rows)

    def deal(self, party: str) -> None:
        """The dealers of one party."""
        dealing.play(self.desks, self.progress, party, self.books / party, self.planted(party))
        self.tell("dealers", 1)

    def trails(self) -> list[tracing.Trail]:
        """Every trace."""
        ids = self.recovered()
        return [
            tracing.Trail(one, ids[number], tracing.path_of(one.party, one.traced))
            for number, one in enumerate(self.replay.recoveries) if one.traced is not None
        ]  # fmt: skip

    def follow(self, trail: tracing.Trail) -> None:
        """One trace over all its hops."""
        self.once(f"trace/{trail.one.traced}", lambda: str(tracing.follow(self.filer, trail)))
        self.tell("traces", 1)

    def describe(self, number: int) -> None:
        """One modus operandi; the last of them is known as the first."""
        known = ways.id_of(self.filer, 0) if number == len(ways.WAYS) else None
        self.once(f"modus/{number}", lambda: ways.play(self.filer, number, known))
        self.tell("modi", 1)

    def meet(self) -> None:
        """Wait until no recovered firearm meets a listed one any more; each owner then decides what it was told."""
        wanted = {i for n, i in self.recovered().items() if self.replay.recoveries[n].listed}
        until, before = time.monotonic() + PATIENCE, -1
        while time.monotonic() < until:
            met = {one["content"]["recovery"] for one in self.meetings()}
            if len(met) == before and ({str(one) for one in wanted} <= met or until - time.monotonic() < PATIENCE / 2):
                break
            before = len(met)
            time.sleep(QUIET)
        for one in self.meetings():
            same = one["content"]["reading"] == one["content"]["normal"]
            decision = {
                "state": "confirmed" if same else "refuted", "reason": "Compared with our file, mark by mark.",
            }  # fmt: skip
            if one["state"] == "possible":
                asked(one["line"], "POST", f"/api/firearms/meetings/{one['id']}/decision", decision)

    def meetings(self) -> list[dict[str, Any]]:
        """What every party that lists firearms is told of those that were recovered, with the line it is told on."""
        owners = sorted({one.owner for one in self.world.lists})
        return [
            one | {"line": self.desks.line(owner)} for owner in owners
            for one in asked(self.desks.line(owner), "GET", "/api/firearms/meetings").body["meetings"]
            if one["side"] == "listed" and one["level"] == "full"
        ]  # fmt: skip


def as_sheet(rows: list[dict[str, str]]) -> str:
    """Rows as a CSV file in base64."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return base64.b64encode(text.getvalue().encode()).decode()
