"""`tripoint crossmatch`: match two lists of persons in bulk, without server or database."""

from __future__ import annotations

import tempfile
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tripoint.base.errors import BadInput, SetUp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.progress import Progress

    from tripoint.bulk.crossmatch import Match, Recipe
    from tripoint.bulk.crossmatch.recipe import Tell
    from tripoint.bulk.crossmatch.staging import Staged
    from tripoint.doors.rejections import Rejections

ListFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)]
RightFile = Annotated[Path | None, typer.Argument(exists=True, dir_okay=False, readable=True)]
Out = Annotated[Path, typer.Option(dir_okay=False, help="Where the pairs go: left,right,score.")]
Least = Annotated[float | None, typer.Option(min=0, max=1, help="Least score told, 0.78 if not given.")]
Room = Annotated[
    Path | None, typer.Option(file_okay=False, help="Folder for the work's files; Spark's executors must reach it.")
]
Rejected = Annotated[Path | None, typer.Option(dir_okay=False, help="A JSON line for every line or field not taken.")]


class Engine(StrEnum):
    """What carries out the recipe."""

    DUCKDB = "duckdb"
    SPARK = "spark"


def crossmatch(
    left: ListFile,
    right: RightFile = None,
    out: Out = Path("pairs.csv"),
    least: Least = None,
    within: Annotated[bool, typer.Option("--within", help="Match LEFT against itself.")] = False,
    engine: Annotated[Engine, typer.Option(help="DuckDB on this machine, or Apache Spark.")] = Engine.DUCKDB,
    keep: Annotated[int, typer.Option(min=1, max=2000, help="Candidates scored for each entry of LEFT.")] = 40,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes; all cores when left out.")] = None,
    master: Annotated[str, typer.Option(help="Spark's master: all cores of this machine, or a cluster.")] = "local[*]",
    room: Room = None,
    rejected: Rejected = None,
) -> None:
    """Match two lists of persons (a JSON object a line), or one within itself; pairs come best first."""
    if (right is None) is not within:
        remedy = "Give LEFT and RIGHT, or LEFT with --within."
        raise BadInput("It is not clear what LEFT is to be matched with.", field="RIGHT", remedy=remedy)
    from tripoint.bulk.crossmatch import Recipe
    from tripoint.bulk.crossmatch.work import write_matches
    from tripoint.doors.rejections import bar, rejections_into

    recipe = Recipe(keep=keep, within=within) if least is None else Recipe(least, keep=keep, within=within)
    with (
        rejections_into(rejected) as told,
        tempfile.TemporaryDirectory(prefix="tripoint-crossmatch-", dir=room) as folder,
        bar("Reading") as progress,
    ):
        lists = stage_all([left, right] if right else [left], Path(folder), told, progress)
        tell = teller(progress)
        matches = matched(engine, lists, recipe, workers, master, tell)
        with out.open("w", encoding="utf-8", newline="") as written:
            count = write_matches(matches, written)
        persons = " and ".join(f"{each.count:,}" for each in lists)
        told.close_with(min(each.count for each in lists), f"{persons} persons gave {count:,} pairs in {out}.")


def stage_all(paths: list[Path], folder: Path, told: Rejections, progress: Progress) -> list[Staged]:
    """Each list read and staged."""
    from tripoint.bulk.crossmatch.staging import stage
    from tripoint.bulk.lists import read_people
    from tripoint.doors.rejections import followed

    staged = []
    for number, path in enumerate(paths):
        told.file = path.name
        with path.open("rb") as stream:
            staged.append(stage(followed(read_people(stream, told), stream, progress), folder / f"list-{number}"))
    return staged


def matched(
    engine: Engine, lists: list[Staged], recipe: Recipe, workers: int | None, master: str, tell: Tell
) -> Iterator[Match]:
    """The pairs by the engine chosen. Raises SetUp where Spark is not installed."""
    from tripoint.bulk.crossmatch.work import match_on_duckdb, match_on_spark

    if engine is Engine.DUCKDB:
        return match_on_duckdb(lists[0], lists[-1], recipe, workers, tell)
    import shutil
    from importlib.util import find_spec

    if not find_spec("pyspark") or not shutil.which("java"):
        remedy = "Install Java 17 and `pip install 'tripoint[spark]'`, or leave --engine out."
        raise SetUp("Apache Spark is not installed.", field="--engine", remedy=remedy)
    return match_on_spark(lists[0], lists[-1], recipe, master, tell)


def teller(progress: Progress) -> Tell:
    """What shows the steps on the bar."""
    task = progress.tasks[-1].id

    def tell(step: str, done: int, of: int) -> None:
        progress.update(task, description=step, completed=done, total=of, done=f"{done:,} of {of:,}")

    return tell
