"""`tripoint bench`: how many checks a second this machine answers, and how fast."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

import tripoint
from tripoint.base.database import owner_engine, transaction
from tripoint.base.errors import TripointError
from tripoint.base.settings import load_settings
from tripoint.demo import bulk_loading, folder, store
from tripoint.demo.asking import ASKED_THERE
from tripoint.demo.bulk import Load
from tripoint.demo.bulk_loading import Loaded
from tripoint.demo.client import device_token, sign_in
from tripoint.demo.world import World
from tripoint.doors.bench_driver import Plan
from tripoint.doors.child import Hub, running_hub
from tripoint.doors.serve import Addresses, database

# Seconds that are asked and not counted: connections, plans and memories fill, from the disk where lists are large.
WARM_UP, WARM_UP_EACH, LONGEST_WARM_UP = 15.0, 1 / 2_000_000, 60.0
SEED = 2026
bench_app = typer.Typer(no_args_is_help=True, help="Measure this machine.")
console = Console(stderr=True)


@bench_app.callback()
def bench() -> None:
    """Measure this machine."""


@bench_app.command()
def checks(
    documents: Annotated[
        int, typer.Option(min=0, help="Invented documents on the lists; 128000000 are possible.")
    ] = 1_000_000,
    persons: Annotated[int, typer.Option(min=0, help="Invented persons on the lists.")] = 20_000,
    rate: Annotated[float, typer.Option(min=0.1, help="Checks a second that are asked.")] = 250.0,
    seconds: Annotated[float, typer.Option(min=1, help="How long is measured, after a warm-up of 15 to 60 s.")] = 30.0,
    workers: Annotated[int, typer.Option(min=1, help="Processes of the hub.")] = 2,
    connections: Annotated[int, typer.Option(min=1, help="Connections that ask.")] = 32,
    data: Annotated[
        Path | None, typer.Option("--data", "--keep", help="Folder of the loaded lists; kept, and not loaded again.")
    ] = None,
    even: Annotated[bool, typer.Option("--even", help="Ask at even distances, not as people arrive.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print nothing but the result.")] = False,
) -> None:
    """Load invented lists, ask the hub over HTTP from another process, print one JSON object."""
    bulk_loading.check_numbers(documents, persons)
    console.quiet = as_json
    place = data or Path("var/bench") / f"{documents}-{persons}"
    settings = load_settings(data=place, port=0, workers=workers, second_factor="offered")
    world = World(SEED)
    with database(settings) as addresses:
        loaded = load(place, addresses, world, Loaded(documents, persons, SEED, folder.new_password()))
        with owner_engine(addresses.admin) as engine:
            store.warm(engine)
        with running_hub(settings) as hub:
            console.print(f"asking {rate:g} checks a second for {seconds:g} s")
            figures = drive(plan_for(hub, world, loaded, rate, seconds, connections, even))
        result = described(loaded, rate, seconds, connections, even, hub, figures) | sizes(addresses)
    typer.echo(json.dumps(result) if as_json else json.dumps(result, indent=2))


def load(place: Path, addresses: Addresses, world: World, wanted: Loaded) -> Loaded:
    """Load what is not there yet, with a bar."""
    with Progress(
        "{task.description}", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console
    ) as progress:
        totals = {"document": wanted.documents, "person": wanted.persons}
        tasks = {kind: progress.add_task(f"{kind}s", total=total) for kind, total in totals.items()}
        return bulk_loading.load(
            place, addresses.admin, addresses.app, world, wanted,
            lambda kind, rows: progress.update(tasks[kind], completed=rows),
        )  # fmt: skip


def plan_for(hub: Hub, world: World, loaded: Loaded, rate: float, seconds: float, connections: int, even: bool) -> Plan:
    """What the asking process is told: it gets a device's token, no password."""
    post = world.places[0].post.name
    line = sign_in(hub.host, hub.port, world.at_post(post).sign_in_name, loaded.password)
    operation = line.ask("GET", "/api/session")["operations"][0]
    known = next(one for one in operation["posts"] if one["name"] == post)
    token = device_token(line, f"bench, {post}", ASKED_THERE)
    line.close()
    return Plan(
        hub.host, hub.port, token, {"operation": operation["id"], "post": known["id"]}, loaded.seed, loaded.documents,
        loaded.persons, rate, seconds, warm_up(loaded.documents), connections, even,
    )  # fmt: skip


def warm_up(documents: int) -> float:
    """How many seconds are asked before any is counted."""
    return min(LONGEST_WARM_UP, WARM_UP + documents * WARM_UP_EACH)


def drive(plan: Plan) -> dict[str, Any]:
    """Ask from another process. Raises TripointError when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "tripoint.doors.bench_driver"], input=json.dumps(asdict(plan)), capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise TripointError(f"The asking process failed: {done.stderr[-800:]}")
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def described(
    loaded: Loaded, rate: float, seconds: float, connections: int, even: bool, hub: Hub, figures: dict[str, Any]
) -> dict[str, Any]:
    """The figures with what they were measured on."""
    mix = Load()
    by_zone = (1 - mix.persons) * mix.by_zone
    return {
        "documents": loaded.documents, "persons": loaded.persons,
        "load": {
            "documents_per_second": per_second(loaded.documents, loaded.documents_seconds),
            "persons_per_second": per_second(loaded.persons, loaded.persons_seconds),
            "documents_seconds": loaded.documents_seconds, "persons_seconds": loaded.persons_seconds,
            "tidy_seconds": loaded.tidy_seconds,
        },
        "asked_rate": rate, "seconds": seconds, "warm_up_seconds": warm_up(loaded.documents),
        "arrivals": "even" if even else "random",
        "mix": {"person": mix.persons, "document_by_zone_and_bearer": by_zone,
                "document_by_number": round(1 - mix.persons - by_zone, 3)},
        **figures, "workers": hub.workers, "connections": connections, "cpus": os.cpu_count(),
        "load_average": round(os.getloadavg()[0], 2), "tripoint": tripoint.__version__,
        "python": platform.python_version(),
    }  # fmt: skip


def per_second(rows: int, seconds: float) -> int | None:
    """Rows a second."""
    return round(rows / seconds) if seconds else None


def sizes(addresses: Addresses) -> dict[str, Any]:
    """The database's version and size."""
    with owner_engine(addresses.admin) as engine, transaction(engine) as connection:
        version, size = store.describe_database(connection)
    return {"postgres": version, "database_bytes": size}
