"""`tripoint firearms`: load a reference of makes and models, and read a calibre as it is marked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from tripoint.doors.admin import as_owner

app = typer.Typer(no_args_is_help=True, help="Firearms: the reference of makes, and calibres as they are marked.")
File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="CSV or JSON, FRT-shaped.")]
Edition = Annotated[str, typer.Option(help="Its name or date, as its maker gives it.")]


@app.command("reference")
def reference(file: File, edition: Edition) -> None:
    """Put your own reference of makes and models in the place of the one loaded before."""
    from tripoint.records.firearms import reference_store
    from tripoint.records.sources.reference import read_reference

    rows = read_reference(file.read_bytes())
    with as_owner() as session:
        count = reference_store.replace(session, rows, edition)
    Console().print(f"{count:,} records of {edition} are loaded.", markup=False)


@app.command("calibre")
def calibre(text: Annotated[str, typer.Argument(help="As it stands on the firearm: 9 mm Para.")]) -> None:
    """Say what a calibre as marked means, how surely, and what it must not be taken for."""
    from tripoint.words.firearms.calibres import look_alikes, read_calibre

    found = read_calibre(text)
    alike = ", ".join(look_alikes(found.calibre_id)) if found.calibre_id else ""
    means = found.calibre_id or found.cartridge or "no calibre of the reference"
    lines = [f"{means} (confidence {found.confidence:.2f}, family {found.family or '-'})"]
    if found.ambiguous:
        lines.append(f"may be: {', '.join(found.candidates)}")
    if alike:
        lines.append(f"looks alike, not interchangeable: {alike}")
    Console().print("\n".join(lines), markup=False, highlight=False)
