"""Gaussian filters over surfaces with holes: what is missing weighs nothing.

Source: ISO 16610-61 (linear areal Gaussian filter: half the amplitude passes at the cut-off wavelength); weights
renormalised over what was measured, as ISO 16610-31 does at edges.
"""

from __future__ import annotations

import math

import numpy as np

from tripoint.engines.ballistics.surface import Heights, Mask

SIGMA_OF_CUTOFF = math.sqrt(math.log(2) / 2) / math.pi  # 0.1874: cut-off wavelength to standard deviation
TRUNCATED = 3.0  # standard deviations
LIGHTEST = 1e-3


def smooth(heights: Heights, weights: Heights, cutoff_um: float, step_um: float) -> Heights:
    """Heights without wavelengths shorter than the cut-off, on a square grid; `weights` 0 to 1 say what was measured.

    Heights count only where there is weight. What no weight reaches comes out as 0.
    """
    sigma = cutoff_um * SIGMA_OF_CUTOFF / step_um
    near = blurred(weights, sigma)
    return np.asarray(blurred(heights * weights, sigma) / np.maximum(near, LIGHTEST), dtype=np.float32)


def blurred(values: Heights, sigma: float) -> Heights:
    """A Gaussian blur of this standard deviation in points; nothing lies outside."""
    from scipy.ndimage import gaussian_filter

    return np.asarray(gaussian_filter(values, sigma, mode="constant", truncate=TRUNCATED), dtype=np.float32)


def band(heights: Heights, mask: Mask, shortest_um: float, longest_um: float, step_um: float) -> Heights:
    """Wavelengths between the two cut-offs; 0 outside the mask."""
    weights = mask.astype(np.float32)
    fine = smooth(heights, weights, shortest_um, step_um)
    return np.asarray(np.where(mask, fine - smooth(heights, weights, longest_um, step_um), 0), dtype=np.float32)
