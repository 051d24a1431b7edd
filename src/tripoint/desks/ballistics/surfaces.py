"""Between the desk and the engine: files read, scans prepared, heights and masks as a page takes them."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tripoint.base.errors import BadInput
from tripoint.desks.ballistics.model import Json, KeptMask

if TYPE_CHECKING:
    from tripoint.engines.ballistics.comparing import Comparison
    from tripoint.engines.ballistics.preparing import Prepared
    from tripoint.engines.ballistics.surface import Heights, Mask, Surface

MOST_BYTES = 7 * 1024 * 1024  # in base64 within the body that a hub takes
ZIP = b"PK"
MISSING, LOWEST, STEPS = -32768, 32767, 65534  # int16: value = low + (h + 32767) * (high - low) / 65534
WIDEST = 512  # points of a side of the whole scan, for the editor of masks
FINE_UM = 12.5


@dataclass(frozen=True, slots=True)
class Grid:
    """The square grid of the whole scan: what a mask is drawn on."""

    heights: Heights
    measured: Mask
    step_um: float


def read(content: bytes, micrometres_per_pixel: float | None, unit: str | None) -> Surface:
    """The surface of a file: X3P, else a picture with its scale.

    Raises BadInput naming the field for what cannot be read, for a picture without scale, and (field `unit`) where
    the numbers fit no scan in metres and somebody has to say their unit.
    """
    from tripoint.engines.ballistics.surface import Unit, UnitsUnclear, Unreadable
    from tripoint.engines.ballistics.x3p import read_x3p

    try:
        if content.startswith(ZIP):
            return read_x3p(content, unit=Unit(unit) if unit else None)
        if micrometres_per_pixel is None:
            raise BadInput(
                "A picture needs its scale.", field="micrometres_per_pixel", remedy="Say how many µm one pixel is wide."
            )
        from tripoint.engines.ballistics.pictures import read_picture

        return read_picture(content, micrometres_per_pixel)
    except UnitsUnclear as error:
        raise BadInput(str(error), field="unit", remedy=error.remedy) from error
    except Unreadable as error:
        raise BadInput(str(error), field=error.field, remedy=error.remedy) from error


def facts_of(surface: Surface) -> Json:
    """What the file tells of its making."""
    facts = surface.facts
    return {
        "creator": facts.creator, "instrument": facts.instrument, "simulated": facts.simulated,
        "measured_on": facts.measured_on.isoformat() if facts.measured_on else None, "warnings": list(facts.warnings),
    }  # fmt: skip


def quality_of(prepared: Prepared) -> Json:
    """What preparing measured."""
    quality = prepared.quality
    return {
        "score": round(quality.score, 4), "fit": quality.fit, "reasons": list(quality.reasons),
        "area_mm2": round(quality.area_mm2, 3), "roughness_um": round(quality.roughness_um, 4),
        "dropout_share": round(quality.dropout_share, 4),
    }  # fmt: skip


def prepared(surface: Surface, region: str, mask: KeptMask | None) -> Prepared:
    """The region made ready by a mask that somebody drew or that came with the file; by itself where there is none."""
    from tripoint.engines.ballistics.preparing import prepare
    from tripoint.engines.ballistics.surface import Region

    drawn = None if mask is None or mask.automatic else spread(mask, surface)
    return prepare(surface, Region(region), drawn)


def whole(surface: Surface) -> Grid:
    """The whole scan, levelled, on a square grid of at most 512 points a side."""
    import numpy as np

    from tripoint.engines.ballistics.preparing.grid import regrid
    from tripoint.engines.ballistics.preparing.levelling import form_of

    step = max(FINE_UM, max(surface.width_um, surface.height_um) / WIDEST)
    measured = np.isfinite(surface.heights)
    steps = surface.step_y, surface.step_x
    heights = np.where(measured, surface.heights, np.float32(0))
    if measured.any():
        heights = heights - form_of(heights, measured, steps)
    grid, share = regrid(np.asarray(heights, dtype=np.float32), measured.astype(np.float32), steps, step)
    return Grid(grid, np.asarray(share > 0.5), step)


def automatic_mask(surface: Surface, region: str) -> KeptMask:
    """The first mask of a scan: the file's own, or what the engine isolates; on the grid of the whole scan."""
    from datetime import UTC, datetime

    import numpy as np

    from tripoint.engines.ballistics.preparing import isolate
    from tripoint.engines.ballistics.preparing.grid import regrid
    from tripoint.engines.ballistics.surface import Region

    step = max(FINE_UM, max(surface.width_um, surface.height_um) / WIDEST)
    found = isolate(surface, Region(region)).astype(np.float32)
    share, _ = regrid(found, np.ones_like(found), (surface.step_y, surface.step_x), step)
    bits = np.packbits(share > 0.5).tobytes()
    own = surface.mask is not None
    said = "came with the file" if own else "found by itself"
    return KeptMask(1, share.shape[0], share.shape[1], step, bits, not own, said, "", datetime.now(UTC))


def spread(mask: KeptMask, surface: Surface) -> Mask:
    """A mask on the grid of the whole scan, brought to the grid of the instrument."""
    import numpy as np

    from tripoint.engines.ballistics.preparing.grid import back

    points = np.unpackbits(np.frombuffer(mask.bits, np.uint8), count=mask.rows * mask.columns)
    drawn = points.reshape(mask.rows, mask.columns).astype(np.bool_)
    return back(drawn, surface.heights.shape, (surface.step_y, surface.step_x), mask.step_um)


def shown(heights: Heights, mask: Mask, step_um: float, *, region: str, of: str) -> bytes:
    """Heights as a page takes them: length of the header (uint32, little-endian), header in JSON, int16 row by row.

    value = low + (h + 32767) * (high - low) / 65534 µm; -32768 where there is none.
    """
    import numpy as np

    values = heights[mask]
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 0.0)
    span = (high - low) or 1.0
    levels = np.rint((heights - low) * (STEPS / span)) - LOWEST
    packed = np.where(mask, levels, MISSING).astype("<i2")
    header = json.dumps({
        "rows": heights.shape[0], "columns": heights.shape[1], "step_um": step_um, "low": low, "high": low + span,
        "region": region, "of": of,
    }).encode()  # fmt: skip
    return struct.pack("<I", len(header)) + header + packed.tobytes()


def shown_region(made: Prepared) -> bytes:
    """The prepared region as a page takes it."""
    return shown(made.levelled, made.mask, made.step, region=made.region.value, of="region")


def shown_whole(surface: Surface, region: str) -> bytes:
    """The whole scan as a page takes it."""
    grid = whole(surface)
    return shown(grid.heights, grid.measured, grid.step_um, region=region, of="whole")


def comparison_json(found: Comparison) -> Json:
    """A comparison as it is kept and sent: pose of the other on the one, cells, reasons."""
    cells: list[dict[str, Any]] = [
        {
            "row": cell.row, "column": cell.column, "x_um": rounded(cell.x_um), "y_um": rounded(cell.y_um),
            "size_um": rounded(cell.size_um), "ncc": rounded(cell.ncc, 4), "rotation_deg": rounded(cell.rotation_deg),
            "dx_um": rounded(cell.dx_um), "dy_um": rounded(cell.dy_um), "congruent": bool(cell.congruent),
        }
        for cell in found.cells
    ]  # fmt: skip
    return {
        "score": rounded(found.score, 5), "congruent_cells": int(found.congruent_cells),
        "cells_compared": int(found.cells_compared), "rotation_deg": rounded(found.rotation_deg, 3),
        "dx_um": rounded(found.dx_um), "dy_um": rounded(found.dy_um), "correlation": rounded(found.correlation, 4),
        "forward": [int(n) for n in found.forward], "backward": [int(n) for n in found.backward], "cells": cells,
        "reasons": [{"code": code, "number": rounded(number, 4)} for code, number in found.reasons],
    }  # fmt: skip


def rounded(value: float, digits: int = 2) -> float:
    """A number without digits that mean nothing, never the engine's own kind."""
    return round(float(value), digits)


def canonical(surface: Surface) -> bytes:
    """The file as it is kept."""
    from tripoint.engines.ballistics.x3p import write_x3p

    return write_x3p(surface)


def kept(content: bytes, grade: str) -> Surface:
    """The surface of a kept file. `grade`: a picture stays one, whatever its file says."""
    from dataclasses import replace

    from tripoint.engines.ballistics.surface import Grade, Unit
    from tripoint.engines.ballistics.x3p import read_x3p

    surface = read_x3p(content, unit=Unit.METRE)
    return replace(surface, facts=replace(surface.facts, grade=Grade(grade)))


def row_of(made: Prepared) -> Json:
    """The columns of a scan that preparing it gives."""
    return {
        "quality": quality_of(made), "fit": bool(made.quality.fit), "shown": shown_region(made),
        "rows": made.levelled.shape[0], "columns": made.levelled.shape[1], "step": made.step,
    }  # fmt: skip


def settings_version() -> int:
    """The version of the engine's settings."""
    from tripoint.engines.ballistics.settings import VERSION

    return VERSION


def compared(one: Prepared, other: Prepared) -> Json:
    """Two prepared scans compared."""
    from tripoint.engines.ballistics.comparing import compare

    return comparison_json(compare(one, other))
