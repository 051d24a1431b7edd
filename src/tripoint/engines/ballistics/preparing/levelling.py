"""Planes and paraboloids fitted to heights so that a few wild points do not tilt them."""

from __future__ import annotations

import numpy as np

from tripoint.engines.ballistics.preparing.grid import places
from tripoint.engines.ballistics.surface import Floats, Heights, Mask

SAMPLE = 8_000  # an even sample: enough to place a plane within a nanometre or two
ROUNDS = 8
HALF_TO_SIGMA = 1.4826
TUKEY = 4.685  # of Tukey's biweight: 95 % efficient on normal residuals
UNIT = 1_000.0  # µm in a mm: the numbers of the fit stay near one


def form_of(heights: Heights, mask: Mask, steps: tuple[float, float], *, curved: bool = False) -> Heights:
    """The robust plane, or paraboloid, through the heights under the mask, on the whole grid; µm.

    Iterated least squares with Tukey's biweight (Beaton and Tukey 1974), on an even sample of the points.
    """
    x, y = places(heights.shape, steps)
    chosen = np.flatnonzero(mask.ravel())
    chosen = chosen[:: max(1, len(chosen) // SAMPLE)]
    rows, columns = np.divmod(chosen, heights.shape[1])
    terms = terms_of(x[columns] / UNIT, y[rows] / UNIT, curved)
    factors = fitted(terms, heights.ravel()[chosen].astype(np.float64))
    return painted(factors, x / UNIT, y / UNIT, curved)


def terms_of(x: Floats, y: Floats, curved: bool) -> Floats:
    """The columns of the fit."""
    columns = [np.ones_like(x), x, y]
    if curved:
        columns += [x * x, x * y, y * y]
    return np.stack(columns, axis=1)


def painted(factors: Floats, x: Floats, y: Floats, curved: bool) -> Heights:
    """The form on the grid."""
    form = factors[0] + factors[1] * x[None, :] + factors[2] * y[:, None]
    if curved:
        form = form + factors[3] * (x * x)[None, :] + factors[5] * (y * y)[:, None] + factors[4] * np.outer(y, x)
    return np.asarray(form, dtype=np.float32)


def fitted(terms: Floats, values: Floats) -> Floats:
    """The factors of the terms. Begins at the median, so that half of the points may be anything."""
    weights = np.ones(len(values))
    factors = np.zeros(terms.shape[1])
    for _ in range(ROUNDS):
        weighted = terms * weights[:, None]
        factors = np.linalg.lstsq(weighted.T @ terms, weighted.T @ values, rcond=None)[0]
        residuals = values - terms @ factors
        residuals -= np.median(residuals)
        spread = HALF_TO_SIGMA * float(np.median(np.abs(residuals)))
        if spread == 0:
            break
        weights = np.square(1 - np.minimum(np.square(residuals / (TUKEY * spread)), 1))
    return np.asarray(factors)
