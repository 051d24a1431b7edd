"""`tripoint index`: how the index of listed persons stands, prove it, build it anew beside the one in use."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tripoint.base.database import INDEX_ROLE, make_engine
from tripoint.base.errors import Conflict, TripointError
from tripoint.base.settings import Settings, load_settings
from tripoint.doors.serve import database
from tripoint.records.indexing import work
from tripoint.records.indexing.engine import warm as warm_once
from tripoint.records.indexing.folder import NAME, Folder
from tripoint.records.indexing.follower import follow_once
from tripoint.records.indexing.model import in_words

app = typer.Typer(no_args_is_help=True, help="The index by which listed persons are found.")
Data = Annotated[Path | None, typer.Option(help="The hub's data folder, as in TRIPOINT_DATA.")]
console = Console()
PATIENCE = 10.0  # seconds in which a follower must take up what it is asked for


@app.command()
def status(data: Data = None) -> None:
    """Say how the index stands."""
    console.print(in_words(Folder(chosen(data).data / NAME).status()), highlight=False)


@app.command()
def rebuild(
    data: Data = None, wait: Annotated[bool, typer.Option(help="Return when the new index is in use.")] = True
) -> None:
    """Build the index anew. Checks go on with the one in use until the new one is whole."""
    settings = chosen(data)
    folder = Folder(settings.data / NAME)
    before = folder.current()
    folder.ask_rebuild()
    with database(settings) as addresses:
        engine = make_engine(addresses.index, role=INDEX_ROLE, pool=2)
        try:
            follow_once(engine, folder.path, lambda said: console.print(in_words(said), highlight=False))
        except Conflict:  # a hub runs: its follower does it
            if wait:
                wait_for_another(folder, before)
        finally:
            engine.dispose()
    console.print(in_words(folder.status()), highlight=False)


def wait_for_another(folder: Folder, before: Path | None) -> None:
    """Return when another generation is in use. Raises TripointError where nobody takes it up."""
    asked, told = time.monotonic(), ""
    while folder.current() == before:
        said = folder.status()
        if not said.rebuilding and time.monotonic() - asked > PATIENCE:
            raise TripointError("The hub's follower does not take it up.", remedy="Look into the hub's log.")
        if said.rebuilding and in_words(said) != told:
            told = in_words(said)
            console.print(told, highlight=False)
        time.sleep(0.5)


@app.command()
def verify(data: Data = None) -> None:
    """Read every byte of the index, and compare it with the database; ends with status 1 where they differ."""
    settings = chosen(data)
    with database(settings) as addresses:
        engine = make_engine(addresses.index, role=INDEX_ROLE, pool=2)
        faults = work.verify(engine, settings.data / NAME)
        engine.dispose()
    for fault in faults:
        console.print(fault, style="red", highlight=False, markup=False)
    if faults:
        console.print("`tripoint index rebuild` makes it anew; checks go on meanwhile.")
        raise typer.Exit(1)
    console.print("The index is whole and agrees with the database.")


@app.command(hidden=True)
def warm(data: Data = None) -> None:
    """Have all compiled that searches need, at set-up, so that the first start and the first answers are quick."""
    from tripoint.engines.ballistics.warming import warm as warm_ballistics
    from tripoint.engines.marks.index import warm as warm_marks

    warm_once(chosen(data).data / NAME)
    warm_marks()
    warm_ballistics()


def chosen(data: Path | None) -> Settings:
    """The settings, with the folder given."""
    return load_settings(**({"data": data} if data else {}))
