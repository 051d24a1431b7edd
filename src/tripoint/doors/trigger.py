"""`tripoint demo trigger`: Trigger IX replayed without a browser; what the hub says beside the truth."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tripoint.demo.played import TRIGGER
from tripoint.demo.trigger import dealing, ways
from tripoint.demo.trigger.planning import Replay
from tripoint.demo.trigger.playing import Player
from tripoint.demo.trigger.reading import read
from tripoint.demo.turquesa import moments, progress as kept, scoring
from tripoint.demo.turquesa.filing import Desks
from tripoint.demo.turquesa.reading import ANALYST
from tripoint.doors.demo import BANNER, SEED, Stage, on_stage, settings_of
from tripoint.doors.live import stopped_in_order
from tripoint.doors.turquesa import bar, pdf, write

console = Console()


def trigger(
    headless: Annotated[bool, typer.Option("--headless", help="No browser: play, write the results, end.")] = False,
    scale: Annotated[float, typer.Option(min=0.001, max=1.0, help="1.0 is the published operation.")] = 0.01,
    seed: Annotated[int, typer.Option(help="Another seed invents other people and firearms.")] = SEED,
    out: Annotated[Path, typer.Option(help="Where the results, the truth and the score are written.")] = Path("out"),
    data: Annotated[Path | None, typer.Option(help="The hub's folder; by default within --out.")] = None,
) -> None:
    """Replay Trigger IX: 15 parties, three weeks, firearms, traces, dealers, modi. Stopped, it goes on where it was."""
    console.print(BANNER, style="bold yellow")
    if not headless:
        raise typer.BadParameter("To replay without a browser, give --headless.")
    out.mkdir(parents=True, exist_ok=True)
    out.chmod(0o711)  # as root the database runs as another user, who must pass
    with stopped_in_order(), on_stage(settings_of(data or out / "hub", 0), seed, TRIGGER) as stage:
        raise typer.Exit(replay(stage, Replay(stage.world.seed, scale), out))
    console.print("Stopped. The same command goes on where it was.")
    raise typer.Exit(130)


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
