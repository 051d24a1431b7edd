"""`tripoint marks`: marks of firearms over files: build an index, search it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from tripoint.base.errors import BadInput

app = typer.Typer(no_args_is_help=True, help="Index and search serial numbers of firearms; no server, no database.")
STANDARD_INPUT = "-"


@app.command()
def build(
    numbers: Annotated[
        Path,
        typer.Option("--list", exists=True, dir_okay=False, help="CSV: id, serial; make, model, calibre, type, year."),
    ],
    out: Annotated[Path, typer.Option(file_okay=False, help="The index's folder; made anew, whole or not at all.")],
    rejected: Annotated[Path | None, typer.Option(dir_okay=False, help="A JSON line for every row not taken.")] = None,
) -> None:
    """Build an index of a list of serial numbers."""
    from tripoint.bulk import marks  # the engine is large: only who needs it waits for it
    from tripoint.doors.rejections import bar, followed, rejections_into

    with rejections_into(rejected) as told, bar("Building the index") as progress, numbers.open("rb") as stream:
        count = marks.build(stream, out, told, lambda entries: followed(entries, stream, progress, every=50_000))
        told.close_with(count, f"{count:,} serial numbers indexed in {out}.")


@app.command()
def search(
    index: Annotated[Path, typer.Option(exists=True, file_okay=False, help="A folder that `marks build` made.")],
    query: Annotated[str | None, typer.Option(help="The mark: A?4[8B3]*7, *{2,4}; ~1 or ~2 allows edits.")] = None,
    make: Annotated[str | None, typer.Option(help="The make, as stamped or known.")] = None,
    model: Annotated[str | None, typer.Option(help="The model.")] = None,
    calibre: Annotated[str | None, typer.Option(help="The calibre, as marked.")] = None,
    kind: Annotated[str | None, typer.Option("--type", help="The type: pistol, rifle ...")] = None,
    year: Annotated[int | None, typer.Option(min=1500, max=2200, help="The year of making.")] = None,
    most: Annotated[int, typer.Option("-k", min=1, max=1000, help="Candidates to give.")] = 20,
    edits: Annotated[int | None, typer.Option(min=0, max=2, help="Edits allowed, whatever the question says.")] = None,
    anyway: Annotated[bool, typer.Option("--anyway", help="Look for a loose pattern too: it finds very many.")] = False,
    queries: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, allow_dash=True, help="Questions, a JSON object a line; -: input."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Search an index of serial numbers; what comes back may be meant, and is no match before a person compared."""
    from tripoint.bulk import marks

    if (query is None) == (queries is None):
        raise BadInput("Give --query or --queries.", field="--query", remedy="One of the two.")
    opened = marks.opened(index)
    if queries is not None:
        if str(queries) == STANDARD_INPUT:
            marks.ask_each(opened, sys.stdin, most, sys.stdout)
            return
        with queries.open(encoding="utf-8", errors="replace") as lines:
            marks.ask_each(opened, lines, most, sys.stdout)
        return
    said = {"make": make, "model": model, "calibre": calibre, "type": kind, "year": year}
    answer = marks.ask(opened, query or "", said, most, edits=edits, loose=anyway)
    typer.echo(json.dumps(answer, ensure_ascii=False) if as_json else in_words(answer))


@app.command()
def verify(
    index: Annotated[Path, typer.Option(exists=True, file_okay=False, help="A folder that `marks build` made.")],
) -> None:
    """Read every byte of an index; ends with status 1 where it is damaged."""
    from tripoint.bulk import marks

    typer.echo(f"The index is whole: {marks.verified(index):,} marks.")


def in_words(answer: dict[str, Any]) -> str:
    """An answer for people: a line for each candidate, and why."""
    lines = [f"Warning: {one}" for one in answer["warnings"]]
    for one in answer["results"]:
        lines.append(f"{one['score']:.3f}  {one['serial']}  {one['make'] or 'make unknown'}  {one['id']}")
        lines += [f"       {reason}" for reason in one["reasons"]]
    told = f"{answer['found']:,} may be meant, {answer['looked_at']:,} looked at, {answer['milliseconds']:.1f} ms."
    return "\n".join([*lines, f"{told} None is a match before a person compared the marks."])
