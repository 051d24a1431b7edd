"""`tripoint load rates`: exchange rates into the hub, for all parties, from a file of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tripoint.base.errors import BadInput
from tripoint.desks.interviews import store
from tripoint.doors.admin import as_owner
from tripoint.engines.prices.model import Rate
from tripoint.engines.prices.reading import BadRate, read_rates

SHOWN = 20  # rows kept out that are shown; the rest is counted
AT_ONCE = 1000

File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, help="Our columns, or FRED's.")]


def load_rates(
    file: File,
    strict: Annotated[bool, typer.Option("--strict", help="End with status 1 when rows were kept out.")] = False,
) -> None:
    """Load exchange rates: units of a currency for one US dollar, each with its days and its source.

    Columns: currency, kind (official, parallel, market), since, until, per_usd, source, chosen. Rates of the same
    currency, kind and span are replaced.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            found = [*read_rates(lines)]
    except ValueError as error:
        raise BadInput(str(error), field="file", remedy="Correct the first line of the file.") from None
    good = [one for one in found if isinstance(one, Rate)]
    bad = [one for one in found if isinstance(one, BadRate)]
    with as_owner() as session:
        for some in range(0, len(good), AT_ONCE):
            store.keep_rates(session, good[some : some + AT_ONCE], None)
    for one in bad[:SHOWN]:
        typer.echo(f"line {one.line}: {one.sentence}", err=True)
    typer.echo(f"{len(good)} rates loaded, {len(bad)} rows kept out.")
    if bad and strict:
        raise typer.Exit(1)
