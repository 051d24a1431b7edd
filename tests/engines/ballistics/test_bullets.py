"""Lands and bullets: striae found along their lean, pairs apart from chance, phases over all lands."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy.ndimage import gaussian_filter

from tripoint.engines.ballistics.bullets import Land, compare_bullets, compare_lands, read_land
from tripoint.engines.ballistics.bullets.meeting import correlated
from tripoint.engines.ballistics.comparing import compare
from tripoint.engines.ballistics.preparing import prepare
from tripoint.engines.ballistics.surface import Heights, Region, Surface
from tripoint.engines.ballistics.x3p import read_x3p

ROWS, COLUMNS, STEP = 200, 760, 3.125  # 0.6 by 2.4 mm


def striae(seed: int) -> Any:
    """The striae of one invented land: smoothed noise of about 1 µm, 3.5 mm long."""
    chance = np.random.default_rng(seed)
    smooth = np.convolve(chance.standard_normal(1200), np.hanning(13), "same")
    return smooth / smooth.std()


def land_surface(seed: int, shift: int = 0, lean: float = 0.0, noise: float = 0.2) -> Heights:
    """A scan of the land: on a round bullet, between grooves, half of it untouched skin, its striae leaning."""
    chance, line = np.random.default_rng((seed, 1, shift)), striae(seed)
    x = np.arange(COLUMNS)
    places = [x + 200 + shift - lean * (row - ROWS / 2) for row in range(ROWS)]
    heights = np.stack([np.interp(place, np.arange(len(line)), line) for place in places])
    heights[110:, 250:500] = gaussian_filter(chance.standard_normal((90, 250)), 2) * 5
    heights += noise * chance.standard_normal(heights.shape) - ((x - COLUMNS / 2) * STEP / 1000) ** 2 * 100
    heights[:, :40] += 40
    heights[:, -40:] += 40
    return heights.astype(np.float32)


def read(heights: Heights) -> Land:
    return read_land(prepare(Surface(heights, STEP, STEP), Region.LAND))


@lru_cache(1)
def lands() -> tuple[tuple[Land, ...], tuple[Land, ...]]:
    """Three lands of a bullet, and those of another from the same barrel, begun at its last land."""
    one = tuple(read(land_surface(seed)) for seed in range(3))
    other = tuple(read(land_surface(seed, shift=15)) for seed in (2, 0, 1))
    return one, other


def test_the_same_land_is_above_all_others() -> None:
    one, other = lands()
    table = np.array([[compare_lands(first, second).correlation for second in other] for first in one])
    true = np.eye(3, k=1, dtype=bool) | np.eye(3, k=-2, dtype=bool)
    assert table[true].min() > 0.8 > 0.6 > table[~true].max()


def test_bullets_lie_on_each_other_in_one_phase() -> None:
    one, other = lands()
    found = compare_bullets(one, other)
    assert (found.fit, found.phase) == (True, 1)
    assert found.score > 0.8 > 0.5 > found.next_best
    assert all(land.shift_um == pytest.approx(15 * STEP, abs=STEP) for land in found.lands)
    assert compare_bullets(one, one).phase == 0
    assert compare_bullets(other, one).phase == 2


def test_bullets_of_other_barrels_are_told_apart_and_other_counts_are_not_compared() -> None:
    one, other = lands()
    assert compare_bullets(one[:2], (other[0], other[0])).score < 0.6
    assert not compare_bullets(one, other[:2]).fit
    empty = read(np.zeros((ROWS, COLUMNS), np.float32))
    assert not compare_bullets(one, (empty,) * 3).fit


@settings(max_examples=2, deadline=None)
@given(st.floats(-0.12, 0.12))
def test_striae_that_lean_are_set_upright(lean: float) -> None:
    leaning = read(land_surface(1, lean=lean))
    assert leaning.twist_deg == pytest.approx(np.degrees(np.arctan(lean)), abs=0.6)
    assert compare_lands(leaning, lands()[0][1]).correlation > 0.9


def test_the_shift_is_found_and_told_from_middle_to_middle() -> None:
    one, other = read(land_surface(2)), read(land_surface(2, shift=30))
    assert compare_lands(one, other).shift_um == pytest.approx(30 * STEP, abs=STEP)
    assert compare_lands(other, one).shift_um == pytest.approx(-30 * STEP, abs=STEP)


def test_a_scan_on_its_side_is_turned() -> None:
    upright = land_surface(3)
    side = np.ascontiguousarray(np.rot90(upright))
    prepared = [prepare(Surface(heights, STEP, STEP), Region.LAND) for heights in (upright, side)]
    assert read_land(prepared[1]).turned
    found = compare(*prepared)
    assert found.score > 0.8
    assert abs(found.rotation_deg) == 90
    assert np.hypot(found.dx_um, found.dy_um) < 2 * STEP
    assert found.congruent_cells > 5


def test_noise_skin_and_nothing_are_no_land() -> None:
    white = np.random.default_rng(5).standard_normal((ROWS, COLUMNS)).astype(np.float32)
    skin = gaussian_filter(white, 3) * 10
    mark = prepare(Surface(land_surface(1), STEP, STEP), Region.LAND)
    for blank in (white, skin, np.zeros_like(white), np.full_like(white, np.nan)):
        prepared = prepare(Surface(blank, STEP, STEP), Region.LAND)
        assert not read_land(prepared).fit
        assert compare_lands(read_land(prepared), lands()[0][1]).correlation == 0
        assert compare(prepared, mark).score == 0


def test_correlation_is_that_of_what_both_know() -> None:
    chance = np.random.default_rng(6)
    first, second = chance.standard_normal(50), chance.standard_normal(40)
    known = (chance.random(50) > 0.3).astype(float), (chance.random(40) > 0.3).astype(float)
    found, counts = correlated(first, known[0], second, known[1], 10)
    for shift in (-20, 0, 7, 15):
        both = [(i, i - shift) for i in range(50) if 0 <= i - shift < 40 and known[0][i] * known[1][i - shift]]
        assert counts[shift + 39] == pytest.approx(len(both))
        here, there = first[[i for i, _ in both]], second[[j for _, j in both]]
        truth = np.corrcoef(here, there)[0, 1] if len(both) >= 10 else -1
        assert found[shift + 39] == pytest.approx(truth, abs=1e-6)


def test_a_land_keeps_its_numbers_whatever_its_height() -> None:
    plain, raised = lands()[0][1], read((land_surface(1) + np.float32(250)).astype(np.float32))
    np.testing.assert_allclose(raised.heights, plain.heights, atol=0.05)


def real(folder: Path, bullet: int, land: int) -> Land:
    content = (folder / f"hamby44/HS44_Barrel1_Bullet{bullet}_Land{land}.x3p").read_bytes()
    return read_land(prepare(read_x3p(content), Region.LAND))


def test_real_lands_that_were_missed_before_agree(data_folder: Callable[[str], Path]) -> None:
    folder = data_folder("ballistics")
    one, same, other = real(folder, 1, 6), real(folder, 2, 4), real(folder, 2, 6)
    assert compare_lands(one, same).correlation > 0.85
    assert compare_lands(one, other).correlation < 0.55
