"""`tripoint ballistics`: marks on cartridge cases and bullets over files: compared, built into an index, ranked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tripoint.base.errors import BadInput
from tripoint.engines.ballistics.surface import Region, Unit  # light: names and shapes only

if TYPE_CHECKING:
    from tripoint.engines.ballistics.comparing import Comparison

app = typer.Typer(no_args_is_help=True, help="Compare and search scans of fired cartridge cases and bullets; no server.")
ScanFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A scan, X3P (ISO 25178-72).")]
InRegion = Annotated[Region, typer.Option(help="The part of the case or bullet the scans show.")]
InUnit = Annotated[
    Unit | None, typer.Option(help="What the numbers of the files are in, where they do not keep to the standard.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
NOT_A_MATCH = "A similarity is no match: an examiner compares the exhibits under a microscope."


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
            name: {"score": round(scan.quality.score, 3), "fit": scan.quality.fit, "reasons": list(scan.quality.reasons)}
            for name, scan in zip(("one", "other"), scans, strict=True)
        }
    }
    typer.echo(json.dumps(told) if as_json else compared_in_words(told))


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
    return "\n".join([*lines, NOT_A_MATCH])
