"""The demonstration while somebody looks on: sign-ins to try, checks without end, owners who answer."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from rich.console import Console
from rich.table import Table

from tripoint.access.rules import HUB
from tripoint.demo.asking import Made, Posts, Stream, paced
from tripoint.demo.client import sign_in
from tripoint.demo.dice import dice
from tripoint.demo.liaison import Desk, judged_by_grade
from tripoint.demo.traffic import Mix, plan_checks
from tripoint.demo.turquesa.live import Returning
from tripoint.demo.world import FULLY_STAFFED, World
from tripoint.doors.child import Hub
from tripoint.records.model import Person, RecordKind, TravelDocument

PATIENCE = 6.0  # seconds a hit lies on a simulated desk
ROUND = 0.4  # seconds between two desks
TOLD_EVERY = 60.0  # seconds between two lines of the running count
SHOWN_POSTS = ("Tabatinga, land border", "Bajo Chiquito, Darién", "Paso Canoas, border", "Foz do Iguaçu, bridge")


@dataclass(slots=True)
class Tally:
    """What has happened so far, for the running count."""

    checks: int = 0
    with_hits: int = 0
    refused: int = 0
    began: float = field(default_factory=time.monotonic)

    def count(self, made: Made) -> None:
        """Count one check."""
        self.checks += 1
        self.with_hits += bool(made.answer.get("hits"))
        self.refused += not made.answered


def run_live(
    console: Console, world: World, password: str, hub: Hub, rate: float, mix: Mix, returning: Returning
) -> None:  # fmt: skip
    """Print the sign-ins and run the operation until somebody stops it: checks, hits, and what the parties return."""
    show_sign_ins(console, world, password, hub)
    tally, stop = Tally(), threading.Event()
    posts = Posts(world, hub.host, hub.port, password)
    run = int(time.time())  # other travellers at every start, on the same lists
    checks = plan_checks(world, mix, lambda: datetime.now(UTC).hour, run)
    stream = Stream(posts, paced(checks, rate, dice(run, "pace"), time.perf_counter()), tally.count, threads=4)
    desks = threading.Thread(target=work_desks, args=(world, hub, password, stop), name="desks", daemon=True)
    stream.start()
    desks.start()
    returning.start()
    try:
        while not stop.wait(TOLD_EVERY):
            told = f"{tally.checks:,} checks, {tally.with_hits} with hits, {returning.filed:,} returns"
            console.print(f"  [dim]{told}[/]", highlight=False)
            for error in (*stream.errors, *returning.errors):
                raise error
    finally:
        stop.set()
        stream.stop()
        returning.stop()
        desks.join(timeout=35)


@contextmanager
def stopped_in_order() -> Generator[None]:
    """Within the block the first Ctrl-C or ending signal leaves it, cleaning up; later ones do not disturb that."""
    begun = threading.Event()

    def leave(*_: object) -> None:
        if not begun.is_set():
            begun.set()
            raise KeyboardInterrupt

    before = {which: signal.signal(which, leave) for which in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        begun.set()
    finally:
        for which, handler in before.items():
            signal.signal(which, handler)


def work_desks(world: World, hub: Hub, password: str, stop: threading.Event) -> None:
    """Let the liaison officers work in turn; those of the fully staffed parties leave their answers to the onlooker."""
    desks: dict[str, Desk] = {}
    while not stop.is_set():
        for party in world.parties:
            if stop.wait(ROUND):
                return
            if party.code not in desks:
                line = sign_in(hub.host, hub.port, world.liaison(party.code).sign_in_name, password)
                decide = judged_by_grade(dice(int(time.time()), "live", party.code))
                desks[party.code] = Desk(party.code, line, decide, party.code not in FULLY_STAFFED, PATIENCE)
            desks[party.code].work()


def show_sign_ins(console: Console, world: World, password: str, hub: Hub) -> None:
    """The address, and who can be tried."""
    console.print(
        f"\n  Open [bold]{hub.address}[/] and sign in; a phone-sized page is at [bold]{hub.address}/field[/]."
    )
    console.print(f"  One password for everybody here: [bold]{password}[/]\n", highlight=False, soft_wrap=True)
    table = Table("sign in as", "who", "what to try")
    table.add_row(f"coordinator@{HUB.lower()}", "coordination unit", "the whole operation on the map")
    table.add_row(f"analyst@{HUB.lower()}", "its analyst", "figures; drafts a results sheet for the coordinator")
    table.add_row(f"press@{HUB.lower()}", "press officer", "published results, no records")
    for code in FULLY_STAFFED:
        name = next(party.name for party in world.parties if party.code == code)
        table.add_row(f"liaison@{code.lower()}", f"liaison officer, {name}", "decide the hits that wait")
    for post in SHOWN_POSTS:
        table.add_row(world.at_post(post).sign_in_name, f"field officer, {post}", "check somebody on /field")
    bra = FULLY_STAFFED[0].lower()
    table.add_row(f"analyst@{bra}", "analyst", "answers hits; asks for an export, which the liaison officer approves")
    table.add_row(f"specialist@{bra}", "victim specialist", "victims, their pathway, interviews")
    table.add_row(f"admin@{bra}", "administrator", "officers; sees no content")
    table.add_row(f"auditor@{bra}", "auditor", "who opened which record")
    console.print(table)
    show_listed(console, world)
    console.print("The other parties' officers answer by themselves. Ctrl-C stops everything.\n", style="dim")


def show_listed(console: Console, world: World) -> None:
    """Some invented records to check by hand, of a party whose hits wait for the onlooker."""
    wanted = next(one for one in world.lists if one.owner == "COL" and one.kind is RecordKind.PERSON).records[0]
    lost = next(one for one in world.lists if one.owner == "BRA" and one.kind is RecordKind.DOCUMENT).records[0]
    if isinstance(wanted, Person) and isinstance(lost, TravelDocument):
        who = wanted.description
        console.print(
            f"Listed, to try: person {who.names[0].full}, born {who.births[0]}, {who.nationalities[0]};", style="dim"
        )
        console.print(f"document {lost.number} of {lost.issuer} ({lost.type.value.replace('_', ' ')}).", style="dim")
