"""`tripoint ballistics`: marks on cartridge cases and bullets over files: compared, built into an index, ranked."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tripoint.base.errors import SetUp
from tripoint.doors import ballistics_scans
from tripoint.engines.ballistics.regions import Region, Unit

if TYPE_CHECKING:
    from tripoint.engines.ballistics.collection import Ranking
    from tripoint.engines.ballistics.comparing import Comparison
    from tripoint.engines.ballistics.preparing import Prepared

app = typer.Typer(no_args_is_help=True, help="Compare and search scans of fired cartridge cases and bullets.")
app.add_typer(ballistics_scans.app)
ScanFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A scan, X3P (ISO 25178-72).")]
InRegion = Annotated[Region, typer.Option(help="The part of the case or bullet the scans show.")]
InUnit = Annotated[
    Unit | None, typer.Option(help="What the numbers of the files are in, where they do not keep to the standard.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
NOTHING_READ = 2  # exit status
NOT_A_MATCH = "A similarity is no match: an examiner compares the exhibits under a microscope."


class Engine(StrEnum):
    """What searches an index."""

    LOCAL = "local"
    SPARK = "spark"


@app.command()
def compare(
    one: ScanFile,
    other: ScanFile,
    region: InRegion = Region.BREECH_FACE,
    unit: InUnit = None,
    as_json: AsJson = False,
) -> None:
    """Compare two scans of one region, at every rotation."""
    from tripoint.bulk.ballistics.reading import prepared_from
    from tripoint.engines.ballistics.comparing import compare as compare_marks

    scans = [prepared_from(path, region, unit) for path in (one, other)]
    found = compare_marks(*scans)
    told = shown(found) | {
        "quality": {
            name: quality_shown(scan) for name, scan in zip(("one", "other"), scans, strict=True)
        }
    }
    typer.echo(json.dumps(told) if as_json else compared_in_words(told))


@app.command()
def build(
    scans: Annotated[Path, typer.Option(exists=True, file_okay=False, help="A folder of X3P files, searched deep.")],
    out: Annotated[Path, typer.Option(file_okay=False, help="The index's folder: begun, or added to.")],
    region: InRegion = Region.BREECH_FACE,
    unit: InUnit = None,
    rejected: Annotated[Path | None, typer.Option(dir_okay=False, help="A JSON line for every scan not taken.")] = None,
) -> None:
    """Build an index of scans, or add scans to one; a scan's id is its file name without suffix."""
    from contextlib import ExitStack

    from tripoint.bulk.ballistics import work
    from tripoint.doors.rejections import bar

    paths = work.scans_in(scans)
    refused: list[work.Refused] = []
    with ExitStack() as opened, bar("Building the index") as progress:
        lines = opened.enter_context(rejected.open("w", encoding="utf-8")) if rejected else None
        task = progress.tasks[-1].id
        progress.update(task, total=len(paths), done=f"of {len(paths):,}")

        def told(one: work.Refused) -> None:
            refused.append(one)
            progress.console.print(f"{one.file} {one.reason} {one.remedy}", markup=False, highlight=False)
            if lines:
                print(json.dumps(asdict(one), ensure_ascii=False), file=lines)

        count = work.build(paths, out, region, unit, told, lambda: progress.advance(task))
    typer.echo(f"{count:,} scans taken into {out}, {len(refused):,} refused.")
    if paths and len(refused) == len(paths):
        raise typer.Exit(NOTHING_READ)


@app.command()
def rank(
    index: Annotated[Path, typer.Option(exists=True, file_okay=False, help="A folder that `ballistics build` made.")],
    query: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="The questioned scan, X3P.")],
    most: Annotated[int, typer.Option("-k", min=1, max=10_000, help="Candidates to give.")] = 30,
    rescore: Annotated[
        int | None, typer.Option(min=1, max=100_000, help="Scans compared cell by cell, 200 if not given.")
    ] = None,
    engine: Annotated[Engine, typer.Option(help="This machine, or Apache Spark.")] = Engine.LOCAL,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that search a large index.")] = 2,
    master: Annotated[str, typer.Option(help="Spark's master: all cores of this machine, or a cluster.")] = "local[*]",
    unit: InUnit = None,
    as_json: AsJson = False,
) -> None:
    """Search an index for the marks most alike a scan; the candidates are for an examiner to look at."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported: processes share the cores
    from tripoint.bulk.ballistics import work

    if engine is Engine.SPARK:
        need_spark()
        found = work.rank_on_spark(index, query, most, rescore, master, unit)
    else:
        found = work.rank(index, query, most, rescore, workers, unit)
    told = ranking_shown(found)
    typer.echo(json.dumps(told) if as_json else ranking_in_words(told))


def need_spark() -> None:
    """Raises SetUp where Spark is not installed."""
    import shutil
    from importlib.util import find_spec

    if not find_spec("pyspark") or not shutil.which("java"):
        remedy = "Install Java 17 and `pip install 'tripoint[spark]'`, or leave --engine out."
        raise SetUp("Apache Spark is not installed.", field="--engine", remedy=remedy)


def ranking_shown(found: Ranking) -> dict[str, Any]:
    """A ranking in JSON values."""
    candidates = [
        {
            "id": one.id, "rank": one.rank, "score": round(one.score, 4), "congruent_cells": one.congruent_cells,
            "cells_compared": one.comparison.cells_compared, "similarity": round(one.comparison.score, 4),
            "stage1": round(one.stage1, 2), "rotation_deg": round(one.comparison.rotation_deg, 2),
            "dx_um": round(one.comparison.dx_um, 1), "dy_um": round(one.comparison.dy_um, 1),
        }
        for one in found.candidates
    ]  # fmt: skip
    return {"searched": found.searched, "fully_scored": found.fully_scored, "candidates": candidates,
            "reasons": list(found.reasons)}  # fmt: skip


def ranking_in_words(told: dict[str, Any]) -> str:
    """A ranking for people."""
    lines = [f"{told['searched']:,} scans searched, {told['fully_scored']:,} compared cell by cell."]
    if told["reasons"]:
        lines.append(f"The questioned scan is not fit to be compared: {', '.join(told['reasons'])}.")
    for one in told["candidates"]:
        lines.append(f"{one['rank']:4}  {one['score']:.3f}  {one['congruent_cells']:3} of "
                     f"{one['cells_compared']:3} cells  {one['id']}")  # fmt: skip
    return "\n".join([*lines, NOT_A_MATCH])


def quality_shown(scan: Prepared) -> dict[str, Any]:
    """How good a scan is, why it is not fit or what is wanting, and what reading its file had to say."""
    quality = scan.quality
    return {"score": round(quality.score, 3), "fit": quality.fit, "reasons": list(quality.reasons),
            "warnings": list(scan.warnings)}  # fmt: skip


def shown(found: Comparison) -> dict[str, Any]:
    """A comparison in JSON values."""
    return {
        "score": round(found.score, 4), "congruent_cells": found.congruent_cells,
        "cells_compared": found.cells_compared, "rotation_deg": round(found.rotation_deg, 2),
        "dx_um": round(found.dx_um, 1), "dy_um": round(found.dy_um, 1), "correlation": round(found.correlation, 4),
        "forward": list(found.forward), "backward": list(found.backward),
        "reasons": [{"code": code, "number": round(number, 4)} for code, number in found.reasons],
    }  # fmt: skip


def compared_in_words(told: dict[str, Any]) -> str:
    """A comparison for people."""
    lines = [
        f"Similarity {told['score']:.3f}: {told['congruent_cells']} of {told['cells_compared']} cells are congruent, "
        f"correlation {told['correlation']:.3f}.",
        f"The second scan lies on the first turned by {told['rotation_deg']:.1f} degrees and moved by "
        f"{told['dx_um']:.0f} µm across and {told['dy_um']:.0f} µm down.",
    ]
    for name, quality in told["quality"].items():
        if quality["reasons"]:
            fit = "may be compared" if quality["fit"] else "is not fit to be compared"
            lines.append(f"Scan {name} {fit}: {', '.join(quality['reasons'])}.")
        if quality["warnings"]:
            lines.append(f"The file of scan {name}: {', '.join(quality['warnings'])}.")
    return "\n".join([*lines, NOT_A_MATCH])
