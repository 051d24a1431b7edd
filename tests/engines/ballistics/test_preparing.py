"""Scans made ready: what is found on raw ones, what a band lets through, and what is never fit to be compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.engines.ballistics.invented import surface
from tripoint.engines.ballistics.comparing import compare
from tripoint.engines.ballistics.preparing import isolate, prepare
from tripoint.engines.ballistics.preparing.bands import band
from tripoint.engines.ballistics.preparing.centre import centre_of
from tripoint.engines.ballistics.preparing.grid import averaged, back, regrid
from tripoint.engines.ballistics.preparing.levelling import form_of
from tripoint.engines.ballistics.regions import Difficulty
from tripoint.engines.ballistics.simulating import simulate
from tripoint.engines.ballistics.surface import Heights, Region, Surface, Unreadable
from tripoint.engines.ballistics.x3p import read_x3p, write_x3p

FACE = Region.BREECH_FACE


@lru_cache(1)
def shots() -> tuple[Surface, ...]:
    """Two guns, two shots each."""
    return tuple(scan for _, scan in simulate(2, 2, seed=4))


def noise(spread: float, size: int = 200) -> Heights:
    return (spread * np.random.default_rng(1).standard_normal((size, size))).astype(np.float32)


@pytest.mark.parametrize("factor", [0.5, 0.25, 1.0, 0.59, 0.125, 1.7])
def test_means_over_areas_keep_the_mean(factor: float) -> None:
    values = np.random.default_rng(2).random((60, 3), dtype=np.float32)
    means = averaged(values, factor, 0)
    assert len(means) == int(60 * factor + 1e-6)
    covered = int(len(means) / factor)
    np.testing.assert_allclose(means.mean(axis=0), values[: covered + 1].mean(axis=0), atol=0.03)
    np.testing.assert_allclose(averaged(np.full((60, 3), 7, np.float32), factor, 0), 7, rtol=1e-6)


def test_gaps_are_not_guessed_and_masks_come_back() -> None:
    heights, there = np.full((40, 40), 5, np.float32), np.ones((40, 40), np.float32)
    there[:, 10:20] = 0
    means, share = regrid(heights, there, (6.25, 6.25), 12.5)
    np.testing.assert_allclose(means[share > 0], 5)
    assert (share[:, 5:10] == 0).all()
    again = back(share > 0.5, (40, 40), (6.25, 6.25), 12.5)
    np.testing.assert_array_equal(again, there > 0)


@settings(max_examples=6, deadline=None)
@given(st.floats(-0.03, 0.03), st.floats(-0.03, 0.03), st.floats(-500, 500), st.floats(0, 0.3))
def test_a_plane_is_found_under_wild_points(across: float, down: float, height: float, wild: float) -> None:
    place = (np.arange(80) - 39.5) * 12.5
    plane = (across * place[None, :] + down * place[:, None] + height).astype(np.float32)
    heights = plane + noise(0.1, 80)
    chance = np.random.default_rng(3)
    heights[chance.random(heights.shape) < wild] += 300
    found = form_of(heights, np.ones(heights.shape, np.bool_), (12.5, 12.5))
    assert np.abs(found - plane).max() < 0.2


@pytest.mark.parametrize(("wavelength", "least", "most"), [(26, 0, 0.4), (100, 0.75, 1), (1500, 0, 0.1)])
def test_a_band_lets_its_wavelengths_through(wavelength: float, least: float, most: float) -> None:
    x = np.arange(240) * 12.5
    wave = np.tile(np.sin(2 * np.pi * x / wavelength + 0.5), (240, 1)).astype(np.float32)
    cut = band(wave, np.ones(wave.shape, np.bool_), 40, 250, 12.5)
    share = cut[60:180, 60:180].std() / wave[60:180, 60:180].std()
    assert least <= share <= most


def test_the_breech_face_is_found_on_raw_scans() -> None:
    for (_, isolated), (_, raw) in zip(simulate(1, 1, 5), simulate(1, 1, 5, raw=True), strict=True):
        truth, found = np.isfinite(isolated.heights), isolate(raw, FACE)
        assert (truth & found).sum() / (truth | found).sum() > 0.9
        assert prepare(raw, FACE).quality.fit
        place = (np.arange(320) - 159.5) * 12.5
        bulge = -20 * (place[:, None] ** 2 + place[None, :] ** 2) / 1800**2 + 0.05 * place[None, :]
        bent = replace(raw, heights=(raw.heights + bulge).astype(np.float32))
        assert (isolate(bent, FACE) & found).sum() / (isolate(bent, FACE) | found).sum() > 0.95


def test_what_is_isolated_already_stays_whole() -> None:
    scan = shots()[0]
    np.testing.assert_array_equal(isolate(scan, FACE), np.isfinite(scan.heights))


def test_an_examiner_draws_the_mask() -> None:
    scan = shots()[0]
    half = np.zeros(scan.heights.shape, np.bool_)
    half[:160] = True
    drawn = prepare(scan, FACE, half)
    assert 0.4 < drawn.mask.sum() / prepare(scan, FACE).mask.sum() < 0.6
    assert not drawn.mask[161:].any()
    with pytest.raises(Unreadable, match="another size"):
        prepare(scan, FACE, half[:10])
    of_the_file = replace(scan, mask=half)
    np.testing.assert_array_equal(prepare(of_the_file, FACE).mask, drawn.mask)


def test_the_centre_is_the_primers() -> None:
    y, x = np.mgrid[:300, :300] * 12.5
    ring = (np.hypot(x - 2000, y - 1800) < 1700) & (np.hypot(x - 2100, y - 1800) > 1000)
    ring[:, :60] = False
    heights = np.where(ring, noise(1, 300), np.nan).astype(np.float32)
    centre = prepare(surface(heights), FACE).centre
    assert np.hypot(centre[0] - 2000, centre[1] - 1800) < 40


@pytest.mark.parametrize("part", [0.5, 0.25])
def test_a_piece_of_the_breech_face_is_enough_to_find_the_middle(part: float) -> None:
    y, x = np.mgrid[:300, :300] * 12.5
    ring = (np.hypot(x - 1800, y - 1850) < 1700) & (np.hypot(x - 1800, y - 1800) > 1000)
    for begin in (0.4, 2.0, 4.5):
        sector = ring & ((np.arctan2(y - 1850, x - 1800) - begin) % (2 * np.pi) < 2 * np.pi * part)
        middle = centre_of(sector, 12.5)
        assert np.hypot(middle[0] - 1800, middle[1] - 1850) < 60


def test_where_no_circle_fits_the_middle_is_that_of_the_mask() -> None:
    assert centre_of(np.zeros((40, 60), np.bool_), 12.5) == (29.5 * 12.5, 19.5 * 12.5)
    dots = np.zeros((300, 300), np.bool_)
    dots[[10, 290, 10, 290], [10, 10, 290, 290]] = True
    dots[150, ::20] = True
    assert np.hypot(*(np.array(centre_of(dots, 12.5)) - 1875)) < 150


def test_tilt_height_and_scale_of_the_grid_change_nothing() -> None:
    scan = shots()[0]
    plain = prepare(scan, FACE)
    place = np.arange(320) * 12.5
    tilted = scan.heights + (0.02 * place[None, :] - 0.01 * place[:, None] + 400).astype(np.float32)
    again = prepare(replace(scan, heights=tilted), FACE)
    both = plain.mask & again.mask
    assert np.corrcoef(plain.heights[both], again.heights[both])[0, 1] > 0.999
    finer = Surface(np.kron(scan.heights, np.ones((2, 2), np.float32)), 6.25, 6.25)
    np.testing.assert_allclose(prepare(finer, FACE).heights[plain.mask], plain.heights[plain.mask], atol=0.05)


def spiky() -> Heights:
    heights = noise(0.001, 1000)
    heights.ravel()[::1] += np.where(np.random.default_rng(5).random(1_000_000) < 0.4, 900, 0).astype(np.float32)
    return heights


FAULTS = {
    "nothing-to-see": np.zeros((200, 200), np.float32), "only-noise": noise(1.0),
    "area-too-small": np.where(np.hypot(*(np.mgrid[:200, :200] - 100)) < 20, noise(1.0), np.nan).astype(np.float32),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_what_shows_nothing_is_never_fit_and_never_ranks(fault: str) -> None:
    blank = prepare(surface(FAULTS[fault]), FACE)
    assert not blank.quality.fit
    assert fault in blank.quality.reasons
    assert blank.quality.score == 0
    mark = prepare(shots()[0], FACE)
    for found in (compare(blank, mark), compare(mark, blank), compare(blank, blank)):
        assert (found.score, found.congruent_cells) == (0, 0)


def test_a_million_spikes_hide_nothing_and_make_nothing() -> None:
    assert not prepare(surface(spiky(), 3.125), FACE).quality.fit
    scan = shots()[0]
    heights = scan.heights.copy()
    heights[np.random.default_rng(6).random(heights.shape) < 0.02] = 1e6
    hit, plain = prepare(replace(scan, heights=heights), FACE), prepare(scan, FACE)
    both = hit.mask & plain.mask
    assert np.abs(hit.heights[both]).max() < 10
    assert np.corrcoef(hit.heights[both], plain.heights[both])[0, 1] > 0.8


def test_marks_under_twice_their_noise_are_still_compared() -> None:
    from scipy.ndimage import gaussian_filter

    scan, plain = shots()[1], prepare(shots()[1], FACE)
    white = gaussian_filter(np.random.default_rng(7).standard_normal(scan.heights.shape), 0.6)
    loud = white / white.std() * 2 * plain.quality.roughness_um
    noisy = prepare(replace(scan, heights=(scan.heights + loud).astype(np.float32)), FACE)
    assert noisy.quality.fit
    assert noisy.quality.score <= plain.quality.score


def test_the_coarse_form_is_the_same_mark() -> None:
    fine = prepare(shots()[0], FACE)
    coarse = fine.coarse()
    assert coarse.step == 2 * fine.step
    assert coarse.heights.shape == tuple(side // 2 for side in fine.heights.shape)
    assert abs(coarse.mask.sum() * 4 / fine.mask.sum() - 1) < 0.05


def test_the_same_seed_makes_the_same_shots_and_says_what_they_are() -> None:
    first = [(name, write_x3p(scan)) for name, scan in simulate(2, 1, seed=8, difficulty=Difficulty.HARD, alike=0.3)]
    again = [(name, write_x3p(scan)) for name, scan in simulate(2, 1, seed=8, difficulty=Difficulty.HARD, alike=0.3)]
    assert first == again
    assert [name for name, _ in first] == ["gun00001-shot01", "gun00002-shot01"]
    facts = read_x3p(first[0][1]).facts
    assert facts.simulated
    assert "simulated, not measured" in facts.comment
    with pytest.raises(ValueError, match="at least one gun"):
        next(simulate(0, 1))


def test_shots_of_one_simulated_gun_agree_and_others_do_not() -> None:
    one, same, other, _ = (prepare(scan, FACE) for scan in shots())
    assert compare(one, same).score > 0.5
    assert compare(one, other).score < 0.2


def test_raw_real_scans_agree_with_those_people_isolated(data_folder: Callable[[str], object]) -> None:
    folder = data_folder("ballistics")
    raw, isolated, other = (
        prepare(read_x3p((folder / name).read_bytes()), FACE)  # type: ignore[operator]
        for name in ("fadul_raw/Fadul_1-2_raw.x3p", "fadul_processed/Fadul_1-1.x3p", "fadul_processed/Fadul_3-1.x3p")
    )
    assert raw.quality.fit
    assert compare(raw, isolated).score > 0.6 > 0.3 > compare(raw, other).score
