"""`tripoint demo turquesa`: the whole operation replayed without a browser; what the hub says beside the truth."""

from __future__ import annotations

import json
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress as Bar, TimeElapsedColumn, TimeRemainingColumn

from tripoint.demo.asking import Posts
from tripoint.demo.client import Line
from tripoint.demo.turquesa import moments, progress as kept, scoring
from tripoint.demo.turquesa.filing import Desks
from tripoint.demo.turquesa.model import DAYS
from tripoint.demo.turquesa.planning import Replay
from tripoint.demo.turquesa.playing import Player
from tripoint.demo.turquesa.reading import ANALYST, Results
from tripoint.doors.demo import BANNER, SEED, Stage, on_stage, settings_of
from tripoint.doors.live import stopped_in_order

console = Console()
SHEET_PDF = "/api/results/sheets/{sheet}/file?format=pdf"


def turquesa(
    headless: Annotated[bool, typer.Option("--headless", help="No browser: play, write the results, end.")] = False,
    scale: Annotated[float, typer.Option(min=0.001, max=1.0, help="1.0 is the published operation.")] = 0.01,
    seed: Annotated[int, typer.Option(help="Another seed invents other people.")] = SEED,
    out: Annotated[Path, typer.Option(help="Where the results, the truth and the score are written.")] = Path("out"),
    data: Annotated[Path | None, typer.Option(help="The hub's folder; by default within --out.")] = None,
) -> None:
    """Replay Turquesa V: 33 parties, five days, checks, returns, results sheet. Stopped, it goes on where it was."""
    console.print(BANNER, style="bold yellow")
    if not headless:
        raise typer.BadParameter("To look on, run `tripoint demo`; to replay without a browser, give --headless.")
    out.mkdir(parents=True, exist_ok=True)
    out.chmod(0o711)  # as root the database runs as another user, who must pass
    with stopped_in_order(), on_stage(settings_of(data or out / "hub", 0), seed) as stage:
        raise typer.Exit(replay(stage, Replay(stage.world.seed, scale), out))
    console.print("Stopped. The same command goes on where it was.")
    raise typer.Exit(130)


def replay(stage: Stage, plan: Replay, out: Path) -> int:
    """Play, read the results, write them. Gives the exit code: 0 where nothing speaks against the run."""
    progress, first = kept.begin(out, plan.seed, plan.scale, moments.begin(datetime.now(UTC)))
    where = (stage.hub.host, stage.hub.port, stage.kept.password)
    begun = time.monotonic()
    with bar() as shown:
        totals = {"checks": plan.checks, "returns": len(plan.returns), "reports": len(stage.parties) * DAYS}
        tasks = {name: shown.add_task(name, total=total) for name, total in totals.items()}
        player = Player(
            stage.world, plan, first, progress, Posts(stage.world, *where), Desks(stage.world, *where),
            lambda what, more: shown.advance(tasks[what], more),
        )  # fmt: skip
        with closing(player):
            player.play()
            seconds = time.monotonic() - begun
            truth, results, scored = player.results()
            write(out, truth, results, scored)
            pdf(out, player.desks.open(ANALYST), results)
    return tell(out, scored, plan, seconds)


def write(out: Path, truth: dict[str, Any], results: Results, scored: dict[str, Any]) -> None:
    """The results sheet, the truth and the score, as JSON."""
    for name, content in (("results.json", results.sheet), ("truth.json", truth), ("score.json", scored)):
        text = json.dumps(content, indent=2, ensure_ascii=False)
        (out / name).write_text(text + "\n", encoding="utf-8")


def pdf(out: Path, line: Line, results: Results) -> None:
    """The results sheet as the hub prints it."""
    (out / "results.pdf").write_bytes(line.fetch(SHEET_PDF.format(sheet=results.sheet["id"])))


def tell(out: Path, scored: dict[str, Any], plan: Replay, seconds: float) -> int:
    """Say how it went."""
    against = scoring.wrong(scored)
    for sentence in against:
        console.print(f"[red]{sentence}[/]", highlight=False)
    console.print(
        f"{plan.checks:,} checks and {len(plan.returns):,} returns in {seconds:.0f} s; {out / 'score.json'}",
        highlight=False,
    )
    return 1 if against else 0


def bar() -> Bar:
    """A bar on a terminal."""
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    return Bar("{task.description}", *columns, console=console)
