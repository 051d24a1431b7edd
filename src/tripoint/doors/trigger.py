"""`tripoint demo trigger`: Trigger IX to look on, or replayed without a browser; what the hub says beside the truth."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from tripoint.access.rules import HUB
from tripoint.demo.played import TRIGGER
from tripoint.demo.trigger import dealing, ways
from tripoint.demo.trigger.looking import Looking
from tripoint.demo.trigger.planning import Replay
from tripoint.demo.trigger.playing import Player
from tripoint.demo.trigger.reading import read
from tripoint.demo.turquesa import moments, progress as kept, scoring
from tripoint.demo.turquesa.filing import Desks
from tripoint.demo.turquesa.reading import ANALYST
from tripoint.doors.demo import BANNER, SEED, Stage, on_stage, settings_of
from tripoint.doors.live import stopped_in_order
from tripoint.doors.turquesa import bar, pdf, write

TOLD_EVERY = 20.0  # seconds between two lines of how far it is
console = Console()


def trigger(
    headless: Annotated[bool, typer.Option("--headless", help="No browser: play, write the results, end.")] = False,
    scale: Annotated[float, typer.Option(min=0.001, max=1.0, help="1.0 is the published operation.")] = 0.01,
    speed: Annotated[float, typer.Option(min=1, max=100_000, help="How many times as fast the weeks pass.")] = 2880.0,
    port: Annotated[int | None, typer.Option(help="Where the pages are served; 0 takes any free port.")] = None,
    seed: Annotated[int, typer.Option(help="Another seed invents other people and firearms.")] = SEED,
    out: Annotated[Path, typer.Option(help="Where the results, the truth and the score are written.")] = Path("out"),
    data: Annotated[Path | None, typer.Option(help="The hub's folder; by default within --out.")] = None,
) -> None:
    """Replay Trigger IX: 15 parties, three weeks, firearms, traces, dealers, modi. Stopped, it goes on where it was."""
    console.print(BANNER, style="bold yellow")
    if not headless:
        look_on(data or Path("var/trigger"), port, seed, scale, speed)
        return
    out.mkdir(parents=True, exist_ok=True)
    out.chmod(0o711)  # as root the database runs as another user, who must pass
    with stopped_in_order(), on_stage(settings_of(data or out / "hub", 0), seed, TRIGGER) as stage:
        raise typer.Exit(replay(stage, Replay(stage.world.seed, scale), out))
    console.print("Stopped. The same command goes on where it was.")
    raise typer.Exit(130)


def look_on(data: Path, port: int | None, seed: int, scale: float, speed: float) -> None:
    """Serve the pages and play while somebody looks on, until stopped; the same folder goes on where it was."""
    settings = settings_of(data, port)
    with stopped_in_order(), on_stage(settings, seed, TRIGGER) as stage:
        plan, today = Replay(stage.world.seed, scale), datetime.now(UTC)
        progress, first = kept.begin(settings.data / "replay", plan.seed, scale, moments.begin(today, TRIGGER.days))
        desks = Desks(stage.world, stage.hub.host, stage.hub.port, stage.kept.password)
        books = settings.data / "replay" / "books"
        player = Player(stage.world, plan, first, progress, desks, books, lambda *_: None)
        show_sign_ins(stage)
        look_after(Looking(player, speed))
    console.print("Stopped. The same folder goes on where it was.")


def look_after(looking: Looking) -> None:
    """Tell now and then how far it is, until somebody stops it. Raises what went wrong."""
    looking.start()
    try:
        while True:
            time.sleep(TOLD_EVERY)
            if looking.errors:
                raise looking.errors[0]
            told = "everything is played" if looking.ended else f"day {looking.day + 1} of {TRIGGER.days}"
            console.print(f"  [dim]{told}[/]", highlight=False)
    finally:
        looking.stop()


def show_sign_ins(stage: Stage) -> None:
    """The address, the password, and who can be tried."""
    console.print(f"\n  Open [bold]{stage.hub.address}[/] and sign in.")
    told = f"  One password for everybody here: [bold]{stage.kept.password}[/]\n"
    console.print(told, highlight=False, soft_wrap=True)
    table = Table("sign in as", "who", "what to try")
    table.add_row(f"coordinator@{HUB.lower()}", "coordination unit", "the operation on the map")
    table.add_row(ANALYST, "its analyst", "figures; a results sheet for the coordinator")
    for code in TRIGGER.fully_staffed:
        what = "firearms that meet, traces, dealers, seizures, modi operandi"
        table.add_row(stage.world.liaison(code).sign_in_name, f"liaison officer, {code}", what)
        table.add_row(f"analyst@{code.lower()}", f"analyst, {code}", "indicators of dealers' books, new modi operandi")
    console.print(table)
    console.print("The days pass by themselves. Ctrl-C stops everything.\n", style="dim")


def replay(stage: Stage, plan: Replay, out: Path) -> int:
    """Play, read the results, write them. Gives the exit code: 0 where nothing speaks against the run."""
    progress, first = kept.begin(out, plan.seed, plan.scale, moments.begin(datetime.now(UTC), TRIGGER.days))
    begun = time.monotonic()
    with bar() as shown:
        totals = {
            "returns": len(plan.returns), "firearms": len(plan.recoveries), "dealers": len(dealing.PARTIES),
            "reports": len(stage.parties) * TRIGGER.days, "modi": len(ways.WAYS) + 1,
            "traces": sum(one.traced is not None for one in plan.recoveries),
        }  # fmt: skip
        tasks = {name: shown.add_task(name, total=total) for name, total in totals.items()}
        desks = Desks(stage.world, stage.hub.host, stage.hub.port, stage.kept.password)
        player = Player(
            stage.world, plan, first, progress, desks, out / "books",
            lambda what, more: shown.advance(tasks[what], more),
        )  # fmt: skip
        with closing(player):
            player.play()
            seconds = time.monotonic() - begun
            truth, results, scored = read(player)
            write(out, truth, results, scored)
            pdf(out, desks.open(ANALYST), results)
    against = scoring.wrong(scored)
    for sentence in against:
        console.print(f"[red]{sentence}[/]", highlight=False)
    told = f"{len(plan.returns):,} returns and {len(plan.recoveries):,} firearms in {seconds:.0f} s"
    console.print(f"{told}; {out / 'score.json'}", highlight=False)
    return 1 if against else 0
