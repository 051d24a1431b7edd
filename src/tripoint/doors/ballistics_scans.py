"""Two more commands of `tripoint ballistics`: whole bullets compared land by land, and scans that are simulated."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tripoint.base.errors import BadInput
from tripoint.engines.ballistics.regions import Difficulty, Region, Unit

if TYPE_CHECKING:
    from tripoint.engines.ballistics.bullets import BulletComparison, Land

app = typer.Typer()
LandFolder = Annotated[
    Path, typer.Argument(exists=True, file_okay=False, help="A folder of one bullet's lands, X3P, named in order.")
]
SIMULATED = "These scans are invented: nothing found in them says anything about real guns."


@app.command()
def bullets(
    one: LandFolder,
    other: LandFolder,
    unit: Annotated[Unit | None, typer.Option(help="What the numbers of the files are in, if not metres.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Compare two bullets: all lands of one with all of the other, in each way they can lie side by side."""
    from tripoint.engines.ballistics.bullets import compare_bullets

    names, lands = zip(*(lands_in(folder, unit) for folder in (one, other)), strict=True)
    told = shown(compare_bullets(*lands), *names)
    typer.echo(json.dumps(told) if as_json else in_words(told))


def lands_in(folder: Path, unit: Unit | None) -> tuple[list[str], list[Land]]:
    """The names and lands of a folder, in the order of the names. Raises BadInput for fewer than two."""
    from tripoint.bulk.ballistics.reading import prepared_from
    from tripoint.engines.ballistics.bullets import read_land

    files = sorted(path for path in folder.iterdir() if path.suffix.casefold() == ".x3p")
    if len(files) < 2:
        raise BadInput(f"{folder.name} holds fewer than two lands.", field="folder",
                       remedy="Put the X3P files of all lands of one bullet into one folder.")  # fmt: skip
    return [path.stem for path in files], [read_land(prepared_from(path, Region.LAND, unit)) for path in files]


def shown(found: BulletComparison, one: list[str], other: list[str]) -> dict[str, Any]:
    """A comparison in JSON values."""
    return {
        "fit": found.fit, "phase": found.phase, "score": round(found.score, 4), "next_best": round(found.next_best, 4),
        "lands": [
            {"one": one[place], "other": other[(place + found.phase) % len(other)], "fit": land.fit,
             "correlation": round(land.correlation, 4), "congruent": land.congruent, "stretches": len(land.stretches),
             "shift_um": round(land.shift_um, 1)}
            for place, land in enumerate(found.lands)
        ],
    }  # fmt: skip


def in_words(told: dict[str, Any]) -> str:
    """A comparison for people."""
    if not told["fit"]:
        return "These bullets cannot be compared: other numbers of lands, or too few lands that show striae."
    lines = [f"Mean correlation {told['score']:.3f} in the best way to lay them; {told['next_best']:.3f} in the next."]
    for land in told["lands"]:
        lines.append(f"{land['correlation']:.3f}  {land['congruent']:2} of {land['stretches']:2} stretches  "
                     f"{land['one']}  {land['other']}")  # fmt: skip
    return "\n".join([*lines, "A similarity is no match: an examiner compares the exhibits under a microscope."])


@app.command()
def simulate(
    out: Annotated[Path, typer.Option(file_okay=False, help="The folder for the scans; made where there is none.")],
    guns: Annotated[int, typer.Option(min=1, max=100_000, help="Guns to invent.")] = 10,
    shots: Annotated[int, typer.Option(min=1, max=99, help="Scans of each gun.")] = 3,
    seed: Annotated[int, typer.Option(min=0, help="The same number makes the same scans.")] = 0,
    difficulty: Annotated[Difficulty, typer.Option(help="How far shots of one gun agree.")] = Difficulty.EASY,
    alike: Annotated[float, typer.Option(min=0, max=1, help="Share of the marks that all guns have in common.")] = 0.0,
    raw: Annotated[bool, typer.Option("--raw", help="Leave the firing pin's crater and the case head in.")] = False,
) -> None:
    """Write scans of invented guns, for trials of scale: X3P files that say in themselves that they are simulated."""
    from tripoint.engines.ballistics.simulating import simulate as simulated
    from tripoint.engines.ballistics.x3p import write_x3p

    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, surface in simulated(guns, shots, seed, difficulty, alike=alike, raw=raw):
            (out / f"{name}.x3p").write_bytes(write_x3p(surface))
    except OSError as error:
        raise BadInput(f"{out} cannot be written: {error.strerror}.", field="out",
                       remedy="Name a folder that may be written, with room in it.") from error  # fmt: skip
    typer.echo(f"{guns * shots:,} scans of {guns:,} guns in {out}. {SIMULATED}")
