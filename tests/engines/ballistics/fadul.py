"""Breech faces of Fadul's consecutively made slides, prepared; a test that asks for them is skipped without them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from tripoint.engines.ballistics.preparing import Prepared, prepare
from tripoint.engines.ballistics.surface import Region, Surface

PACK = Path(__file__).parents[4] / "shared" / "data" / "ballistics" / "pack_fadul40_12p5um_int16.npz"
MISSING, STEP_UM, HEIGHT_UM = -32768, 12.5, 0.002


@cache
def guns() -> dict[str, int]:
    """The gun of each scan."""
    if not PACK.is_file():
        pytest.skip(f"{PACK.parent} is not there")
    with np.load(PACK) as pack:
        return {str(name): int(gun) for name, gun in pack["__labels__"]}


@cache
def mark(name: str) -> Prepared:
    """One scan, prepared."""
    assert name in guns()
    with np.load(PACK) as pack:
        whole = pack[name]
    heights = np.where(whole == MISSING, np.nan, whole * HEIGHT_UM).astype(np.float32)
    return prepare(Surface(heights, STEP_UM, STEP_UM), Region.BREECH_FACE)
