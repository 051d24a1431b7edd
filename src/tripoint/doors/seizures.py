"""`tripoint seizures`: files of seizure reports normalised without a server: kilograms, or why there are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer(no_args_is_help=True, help="Normalise files of seizure reports; no server, no database.")


@app.callback()
def seizures() -> None:
    """Normalise files of seizure reports; no server, no database."""


@app.command()
def normalise(
    reports: Annotated[
        Path, typer.Option("--list", exists=True, dir_okay=False, readable=True, help="A CSV file, or a ZIP of one.")
    ],
    out: Annotated[Path, typer.Option(dir_okay=False, help="Where each row's answer goes: .jsonl or .csv.")],
    as_json: Annotated[bool, typer.Option("--json", help="Say the sums as JSON.")] = False,
) -> None:
    """Give every reported amount its kilograms with factor and basis, or the reason why it has none."""
    from tripoint.bulk import seizures  # the engine is large: only who needs it waits for it

    with reports.open("rb") as stream:
        found = seizures.normalise(stream)
    seizures.write(found, out)
    told = seizures.summary(found)
    if as_json:
        typer.echo(json.dumps(told))
        return
    table = Table("family", "kilograms", "kilograms without flagged rows")
    for family, kilograms in told["kilograms"].items():
        table.add_row(family, kilograms, told["kilograms_unflagged"].get(family, "0"))
    console = Console()
    console.print(table)
    console.print(
        f"{told['rows']:,} rows: {told['with_kilograms']:,} with kilograms, {told['without']:,} with a reason; "
        f"{told['repeated']:,} repeat another exactly, {told['nearly_repeated']:,} nearly, {told['above_gate']:,} lie "
        f"above their gate. Digest {told['digest']}."
    )
