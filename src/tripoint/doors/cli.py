"""The hub's commands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

import tripoint
from tripoint.base.errors import TripointError
from tripoint.base.settings import load_settings
from tripoint.doors import (
    admin,
    audit,
    backup,
    ballistics,
    check,
    crossmatch,
    demo,
    device,
    firearms,
    index,
    keys,
    load,
    marks,
    names,
    rates,
    seizures,
)
from tripoint.doors.dealers import app as dealers
from tripoint.doors.doctor import run as run_doctor
from tripoint.doors.serve import database, offer_first_code, serve as serve_hub
from tripoint.doors.trigger import trigger
from tripoint.doors.turquesa import turquesa


class Sentences(typer.core.TyperGroup):
    """Our own errors leave as a sentence and a remedy, never as a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except TripointError as error:
            console = Console(stderr=True)
            said = escape(f"{error.field or ''} {error.sentence}")  # it may hold brackets that somebody typed
            console.print(f"[bold red]{error.code}[/] {said}")
            if error.remedy:
                console.print(error.remedy, markup=False)
            sys.exit(1)


app = typer.Typer(
    cls=Sentences,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="The operations room for police forces of several countries acting together.",
)
app.add_typer(index.app, name="index")
app.add_typer(keys.app, name="keys")
app.add_typer(audit.app, name="audit")
app.add_typer(backup.app, name="backup")
app.command("restore")(backup.restore)
load.app.command("rates")(rates.load_rates)
app.add_typer(load.app, name="load")
admin.add_to(app)
app.add_typer(demo.bench_app, name="bench")
app.command("check")(check.check)
app.add_typer(names.app, name="names")
app.add_typer(marks.app, name="marks")
app.add_typer(firearms.app, name="firearms")
app.add_typer(ballistics.app, name="ballistics")
app.add_typer(seizures.app, name="seizures")
app.add_typer(device.app, name="device")
app.command("crossmatch")(crossmatch.crossmatch)
demo.demo_app.command("turquesa")(turquesa)
demo.demo_app.command("trigger")(trigger)
app.add_typer(demo.demo_app, name="demo")
app.add_typer(dealers, name="dealers")


def say_version(wanted: bool) -> None:
    """Print the version and end."""
    if wanted:
        typer.echo(f"tripoint {tripoint.__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=say_version, is_eager=True, help="Say the version and end.")
    ] = False,
) -> None:
    """The operations room for police forces of several countries acting together."""


@app.command()
def serve(
    host: str | None = None, port: int | None = None, workers: int | None = None, data: Path | None = None
) -> None:
    """Run the hub until stopped."""
    chosen = {
        name: value
        for name, value in (("host", host), ("port", port), ("workers", workers), ("data", data))
        if value is not None
    }
    settings = load_settings(**chosen)
    with database(settings) as addresses:
        typer.echo(f"The operations room is open at http://{settings.host}:{settings.port}")
        serve_hub(settings, addresses)


@app.command()
def migrate() -> None:
    """Bring the database to the newest shape."""
    with database(load_settings()):
        typer.echo("The database is at the newest shape.")


@app.command("first-code")
def first_code() -> None:
    """Show a new code for the first administrator of a hub that has nobody; it replaces any earlier one."""
    settings = load_settings()
    with database(settings) as addresses:
        offer_first_code(settings, addresses)


@app.command()
def doctor() -> None:
    """Say what is wrong with this installation: ports, disk, PostgreSQL, clock, and what to do."""
    raise typer.Exit(run_doctor(load_settings()))
