"""`tripoint names`: the name engine over files, without server or database: score pairs, build an index, search it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="Score, index and search names over files; no server, no database.")
In = typer.Option(exists=True, dir_okay=False, readable=True)
Out = Annotated[Path, typer.Option(dir_okay=False, help="Where the result goes.")]
Rejected = Annotated[Path | None, typer.Option(dir_okay=False, help="A JSON line for every line or field not taken.")]


@app.command()
def score(
    pairs: Annotated[Path, In],
    out: Out,
    rejected: Rejected = None,
) -> None:
    """Score pairs of names: a CSV file with the columns name1 and name2 gets score and reasons added."""
    from tripoint.bulk.pairs import score_pairs_file  # the engine is large: only who needs it waits for it
    from tripoint.doors.rejections import bar, followed, rejections_into

    with rejections_into(rejected) as told, bar("Scoring pairs") as progress, pairs.open("rb") as stream:
        with out.open("w", encoding="utf-8", newline="") as written:
            count = score_pairs_file(stream, written, told, lambda rows: followed(rows, stream, progress))
        told.close_with(count, f"{count:,} pairs scored into {out}.")


@app.command()
def build(
    people: Annotated[Path, typer.Option("--list", exists=True, dir_okay=False, readable=True)],
    out: Annotated[Path, typer.Option(file_okay=False, help="The folder of the index; made anew.")],
    rejected: Rejected = None,
) -> None:
    """Build an index of a list of persons, a JSON object a line."""
    from tripoint.bulk.index import build_index
    from tripoint.bulk.lists import read_people
    from tripoint.doors.rejections import bar, followed, rejections_into

    with rejections_into(rejected) as told, bar("Building the index") as progress, people.open("rb") as stream:
        count = build_index(followed(read_people(stream, told), stream, progress), out)
        told.close_with(count, f"{count:,} persons indexed in {out}.")


@app.command()
def search(
    index: Annotated[Path, typer.Option(exists=True, file_okay=False, help="A folder that `names build` made.")],
    queries: Annotated[Path, In],
    out: Out,
    most: Annotated[int, typer.Option("-k", min=1, max=1000, help="Candidates to give for each query.")] = 10,
    rejected: Rejected = None,
) -> None:
    """Search an index: for each query, a JSON object a line, a line with its best candidates and why."""
    from tripoint.bulk.index import answer_queries, open_index
    from tripoint.bulk.lists import read_people
    from tripoint.doors.rejections import bar, followed, rejections_into

    opened = open_index(index)
    with rejections_into(rejected) as told, bar("Searching") as progress, queries.open("rb") as stream:
        with out.open("w", encoding="utf-8") as written:
            asked = followed(read_people(stream, told), stream, progress, every=20)
            count = answer_queries(opened, asked, most, written)
        told.close_with(count, f"{count:,} queries answered into {out}.")
