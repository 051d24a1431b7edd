"""`tripoint demo`: an invented operation to look at and to try; without a browser, a rehearsal that is counted."""

from __future__ import annotations

import json
import platform
import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

import tripoint
from tripoint.base.database import owner_engine
from tripoint.base.errors import SetUp
from tripoint.base.keyring import NAME as KEYS, KeyRing
from tripoint.base.settings import Settings, load_settings
from tripoint.demo import folder, judging
from tripoint.demo.played import TURQUESA, PlayedOperation
from tripoint.demo.rehearsal import Order, check_course, rehearse
from tripoint.demo.settle import check_empty, settle
from tripoint.demo.traffic import Mix
from tripoint.demo.turquesa import moments
from tripoint.demo.turquesa.filing import Desks
from tripoint.demo.turquesa.live import Returning
from tripoint.demo.turquesa.planning import Replay
from tripoint.demo.world import World
from tripoint.doors.bench import bench_app
from tripoint.doors.child import Hub, running_hub
from tripoint.doors.live import run_live, stopped_in_order
from tripoint.doors.serve import Addresses, database

__all__ = ["bench_app", "demo", "demo_app"]

SEED = 2026
HEADLESS_RATE, LIVE_RATE = 60.0, 4.0  # checks a second
LIVE_SCALE = 0.2  # of the published returns: one every second or two, at the usual speed
BANNER = "A demonstration. Not INTERPOL's; every person, document, vehicle and firearm in it is invented."
console = Console()
demo_app = typer.Typer()


@dataclass(frozen=True, slots=True)
class Stage:
    """An operation set up and served."""

    world: World
    kept: folder.Kept
    hub: Hub
    addresses: Addresses

    @property
    def parties(self) -> tuple[str, ...]:
        """The codes of the parties that take part."""
        return self.world.played.taking_part


@demo_app.callback(invoke_without_command=True)
def demo(
    context: typer.Context,
    port: Annotated[int | None, typer.Option(help="Where the pages are served; 0 takes any free port.")] = None,
    data: Annotated[Path | None, typer.Option(help="The demonstration's folder; made where absent.")] = None,
    rate: Annotated[float | None, typer.Option(min=0.1, max=1000, help="Checks a second.")] = None,
    speed: Annotated[float, typer.Option(min=1, max=5000, help="How many times as fast the five days pass.")] = 120.0,
    seed: Annotated[int, typer.Option(help="Another seed invents another world.")] = SEED,
    headless: Annotated[bool, typer.Option("--headless", help="No browser: rehearse, count, end.")] = False,
    checks: Annotated[int, typer.Option(min=1, help="How many checks to rehearse (with --headless).")] = 5000,
    out: Annotated[Path, typer.Option(help="Where summary.json is written (with --headless).")] = Path("out"),
    one_hit_in: Annotated[int | None, typer.Option(min=2, help="One check in so many means a listed record.")] = None,
    log: Annotated[bool, typer.Option("--log", help="Write checks.jsonl too: ids and outcomes.")] = False,
) -> None:
    """Run an invented operation: parties, officers, posts, lists and a stream of checks, until stopped."""
    if context.invoked_subcommand:
        return
    console.print(BANNER, style="bold yellow")
    if headless:
        order = Order(checks, rate or HEADLESS_RATE, Mix(one_hit_in or 100))
        with temporary_folder(data) as place:
            raise typer.Exit(
                rehearse_and_count(settings_of(place, port if port is not None else 0), seed, order, out, log)
            )
    settings = settings_of(data or Path("var/demo"), port)
    with stopped_in_order(), on_stage(settings, seed) as stage:
        password, hub, mix = stage.kept.password, stage.hub, Mix(one_hit_in or 150)
        first = datetime.fromtimestamp((settings.data / folder.NAME).stat().st_mtime, UTC)
        desks = Desks(stage.world, hub.host, hub.port, password)
        returning = Returning(Replay(stage.world.seed, LIVE_SCALE), desks, moments.begin(first), speed)
        run_live(console, stage.world, password, hub, rate or LIVE_RATE, mix, returning)
    console.print("Stopped. The same folder goes on where it was.")


def settings_of(data: Path, port: int | None) -> Settings:
    """The hub's settings for a demonstration."""
    return load_settings(data=data, second_factor="offered", **({} if port is None else {"port": port}))


@contextmanager
def temporary_folder(chosen: Path | None) -> Iterator[Path]:
    """The folder chosen, or one that is gone afterwards."""
    if chosen:
        yield chosen
        return
    with tempfile.TemporaryDirectory(prefix="tripoint-demo-") as made:
        Path(made).chmod(0o711)  # as root the database runs as another user, who must pass
        yield Path(made) / "data"


@contextmanager
def on_stage(settings: Settings, seed: int, played: PlayedOperation = TURQUESA) -> Generator[Stage]:
    """Set up what is not there yet and serve it while the block runs."""
    say("database")
    with database(settings) as addresses:
        kept = folder.read(settings.data)
        if kept is None:
            check_empty(addresses.admin)
            kept = folder.Kept(seed, folder.new_password(), operation=played.name)
            folder.keep(settings.data, kept)
        if kept.operation != played.name:
            raise SetUp(f"The folder holds {kept.operation}.", field="--data", remedy="Give another folder.")
        world = World(kept.seed, played)
        if not kept.settled:
            keys = KeyRing(settings.data / KEYS)
            settled = settle(addresses.admin, addresses.app, world, kept.password, datetime.now(UTC), say, keys)
            kept = replace(kept, settled=True)
            folder.keep(settings.data, kept)
            say(f"{settled.records:,} invented records on {settled.lists} lists of {settled.parties} parties")
        say("pages and doors")
        with running_hub(settings) as hub:
            yield Stage(world, kept, hub, addresses)


def say(what: str) -> None:
    """One line a stage."""
    console.print(f"  [green]·[/] {what}", highlight=False)


def rehearse_and_count(settings: Settings, seed: int, order: Order, out: Path, log: bool) -> int:
    """Rehearse, judge and write the summary. Gives the exit code: 0 when it proves what it must."""
    with on_stage(settings, seed) as stage:
        with bar() as progress:
            task = progress.add_task("checks", total=order.checks)
            course = rehearse(
                stage.world, stage.hub.host, stage.hub.port, stage.kept.password, order,
                lambda done: progress.update(task, completed=done),
            )  # fmt: skip
        check_course(course)
        with owner_engine(stage.addresses.admin) as engine:
            held = judging.look(engine)
    verdicts = judging.judge(course, held)
    summary = judging.summarise(course, held, verdicts) | described(stage, order, held)
    out.mkdir(parents=True, exist_ok=True)
    (out / "summary.json").write_text(json.dumps(summary, indent=2) + "\n", encoding="utf-8")
    if log:
        with (out / "checks.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in judging.lines(verdicts))
    return tell_result(summary, verdicts, out)


def described(stage: Stage, order: Order, held: judging.Held) -> dict[str, Any]:
    """What the figures were measured with."""
    return {
        "seed": stage.world.seed, "rate": order.rate, "one_hit_in": order.mix.one_hit_in,
        "tripoint": tripoint.__version__, "python": platform.python_version(), "postgres": held.version,
        "workers": stage.hub.workers,
    }  # fmt: skip


def tell_result(summary: dict[str, Any], verdicts: list[judging.Verdict], out: Path) -> int:
    """Print the result, and what is wrong if anything is."""
    for verdict in verdicts:
        if verdict.wrong:
            planted = verdict.made.planned.planted
            console.print(f"[red]{verdict.wrong}[/]: check {verdict.made.id} on {planted}")
    console.print_json(data=summary)
    proven = judging.passed(summary)
    console.print(f"{'Proven' if proven else '[bold red]Not proven[/]'}; {out / 'summary.json'}")
    return 0 if proven else 1


def bar() -> Progress:
    """A bar on a terminal."""
    return Progress("{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console)
