"""One mark against another: sums against sums taken one by one, poses that are known, real guns, blanks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from tests.engines.ballistics.fadul import guns, mark
from tripoint.engines.ballistics.comparing import compare
from tripoint.engines.ballistics.comparing.cells import NOWHERE, tabled
from tripoint.engines.ballistics.comparing.consensus import agreeing, rigid, turned
from tripoint.engines.ballistics.comparing.fields import begins
from tripoint.engines.ballistics.comparing.pairs import within
from tripoint.engines.ballistics.comparing.rings import Spectra, offsets_of, spectra_of
from tripoint.engines.ballistics.comparing.turning import best_correlations, correlations, leads, probe_of
from tripoint.engines.ballistics.preparing import Prepared, prepare
from tripoint.engines.ballistics.settings import Turning
from tripoint.engines.ballistics.surface import Region, Surface

FEW = Turning(first_um=100.0, last_um=300.0, ring_um=50.0, angles=24, frequencies=13, mask_frequencies=13,
              mask_angles=24, reach_um=60.0, offset_um=50.0)  # fmt: skip


def rough(seed: int, rows: int = 30, columns: int = 30) -> tuple[Any, Any]:
    """Chance heights and a mask that lacks some points."""
    chance = np.random.default_rng(seed)
    mask = chance.random((rows, columns)) > 0.15
    return np.where(mask, chance.standard_normal((rows, columns)), 0).astype(np.float32), mask


def correlated_plainly(one: Any, two: Any, one_there: Any, two_there: Any) -> float:
    both = (one_there > 0) & (two_there > 0)
    return float(np.corrcoef(one[both], two[both])[0, 1])


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 3))
def test_a_cell_correlates_as_numpy_says(seed: int, reach: int) -> None:
    (one, one_there), (two, two_there) = rough(seed), rough(seed + 1, 30 + 2 * reach, 30 + 2 * reach)
    masks = one_there.astype(np.float32), two_there.astype(np.float32)
    found = np.empty((1, 2 * reach + 1, 2 * reach + 1), np.float32)
    tabled(one, masks[0], np.array([[5, 7]]), 12, two, masks[1], reach, reach, 0.1, found)
    for down in range(2 * reach + 1):
        for right in range(2 * reach + 1):
            there = np.s_[5 + down : 17 + down, 7 + right : 19 + right]
            expected = correlated_plainly(one[5:17, 7:19], two[there], masks[0][5:17, 7:19], masks[1][there])
            assert found[0, down, right] == pytest.approx(expected, abs=2e-5)


def test_a_cell_without_enough_in_common_is_nowhere() -> None:
    one, there = rough(3)
    found = np.empty((1, 1, 1), np.float32)
    tabled(one, there.astype(np.float32), np.array([[0, 0]]), 10, one, np.zeros_like(one), 0, 0, 0.4, found)
    assert found[0, 0, 0] == NOWHERE


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10_000))
def test_the_search_over_rotations_is_the_sum_taken_ring_by_ring(seed: int) -> None:
    (one, one_there), (two, two_there) = rough(seed), rough(seed + 1)
    centre = (14.5 * 25, 14.5 * 25)
    turning = replace(FEW, least_overlap=0.0)
    probe = probe_of(one, one_there, 25.0, centre, turning)
    known = spectra_of(two, two_there, 25.0, np.array([centre]), turning)
    spectra = Spectra(*(part.transpose(1, 0, 2) for part in (known.heights, known.mask, known.energy)))
    found = correlations(probe, spectra)
    assert best_correlations(probe, spectra)[0] == pytest.approx(found.max(), abs=1e-6)
    middle = int(np.abs(probe.offsets).sum(axis=1).argmin())
    for angle in (0, 7, 19):
        rings = [unrolled(*each, centre, turning) for each in ((two, two_there), (one, one_there))]
        expected = plainly(rings[0], rings[1], angle)
        weight = np.sqrt(expected[1] / most(probe, spectra))
        assert found[angle, 0, middle] == pytest.approx(expected[0] * weight, abs=1e-4)


def most(probe: Any, known: Spectra) -> float:
    """The largest overlap over all rotations and offsets."""
    return float(np.fft.irfft(np.matmul(known.mask, probe.mask), 24, axis=0).max())


def unrolled(heights: Any, mask: Any, centre: Any, turning: Turning) -> Any:
    """Rings by their spectra, turned back: the same points that the search sees."""
    found = spectra_of(heights, mask, 25.0, np.array([centre]), turning)
    return [np.fft.irfft(part[0], 24, axis=0) for part in (found.heights, found.mask, found.energy)]


def plainly(known: Any, asked: Any, angle: int) -> tuple[float, float]:
    """The correlation at one rotation, and the overlap."""
    heights, mask, energy = (np.roll(part, -angle, axis=0) for part in known)
    energies = max((energy * asked[1]).sum(), 1e-2) * max((mask * asked[2]).sum(), 1e-2)
    return float((heights * asked[0]).sum() / np.sqrt(energies)), float((mask * asked[1]).sum())


def test_offsets_leave_no_hole() -> None:
    turning = Turning()
    found = offsets_of(turning)
    chance = np.random.default_rng(1).uniform(-200, 200, (400, 2))
    away = np.hypot(*(chance[:, None] - found[None]).transpose(2, 0, 1)).min(axis=1)
    assert away.max() <= turning.offset_um / np.sqrt(3) + 1e-9
    assert np.hypot(*found.T).max() <= turning.reach_um + turning.offset_um / 2


def test_a_lead_tells_a_rotation_of_its_own() -> None:
    turning = Turning()
    found = np.zeros((turning.angles, len(offsets_of(turning))), np.float32)
    found[10, 3], found[11, 5], found[90, 7] = 0.9, 0.8, 0.5
    probe = probe_of(*rough(1), 25.0, (375.0, 375.0), turning)
    told = [(round(lead.correlation, 3), lead.angle) for lead in leads(probe, found, 2)]
    assert told == [(0.9, -20.0), (0.5, -180.0)]


@given(st.integers(0, 60), st.integers(1, 80), st.integers(1, 18))
def test_cells_cover_what_is_measured(first: int, extent: int, size: int) -> None:
    limit = 160
    found = begins(first, first + extent, size, limit)
    covered = {at for begin in found for at in range(begin, begin + size)}
    assert set(range(first, first + extent)) <= covered
    assert min(found) >= 0
    assert max(found) + size <= limit


def test_most_cells_decide_where_the_pose_is() -> None:
    offsets = np.array([[0, 0], [5, 5], [10, 0], [300, 0], [300, 5]], float)
    ncc = np.array([0.6, 0.7, 0.5, 0.9, 0.2])
    found = agreeing(ncc, offsets, np.array([0, 0, 2, 0, 0.0]), 0.45, 60.0, 2.01)
    assert found.tolist() == [True, True, True, False, False]
    assert not agreeing(ncc, offsets, np.zeros(5), 0.95, 60.0, 2.0).any()


@given(st.floats(-179, 179), st.floats(-50, 50), st.floats(-50, 50))
def test_a_rigid_pose_is_found_again(degrees: float, x: float, y: float) -> None:
    places = np.array([[0, 0], [10, 3], [-4, 8], [2, -9]], float)
    angle, shift = rigid(places, turned(places, degrees) + np.array([x, y]))
    assert angle == pytest.approx(degrees, abs=1e-6)
    assert shift == pytest.approx([x, y], abs=1e-6)


@pytest.mark.parametrize(("given", "told"), [(180.0, 180.0), (-180.0, 180.0), (-348.0, 12.0), (190.0, -170.0)])
def test_rotations_lie_within_half_a_turn(given: float, told: float) -> None:
    assert within(given) == pytest.approx(told)


def quarter_turned(prepared: Prepared) -> Prepared:
    """The same scan, its grid turned clockwise by 90 degrees."""
    heights, levelled = (np.rot90(part, -1).copy() for part in (prepared.heights, prepared.levelled))
    mask = np.rot90(prepared.mask, -1).copy()
    x, y = prepared.centre
    centre = ((prepared.mask.shape[0] - 1) * prepared.step - y, x)
    return replace(prepared, heights=heights, levelled=levelled, mask=mask, centre=centre)


def test_shots_of_one_gun_stand_apart_from_those_of_others() -> None:
    names = ("1-1", "F", "2-1", "10-1")
    found = {(one, other): compare(mark(one), mark(other)) for at, one in enumerate(names) for other in names[at + 1 :]}
    same = found.pop(("1-1", "F"))
    assert guns()["1-1"] == guns()["F"]
    assert same.congruent_cells > 2 * max(each.congruent_cells for each in found.values()) + 5
    assert same.score > 0.6 > 0.35 > max(each.score for each in found.values())
    assert sum(cell.congruent for cell in same.cells) == same.forward[0]
    assert all(abs(cell.dx_um) < 100 for cell in same.cells if cell.congruent)


def test_the_pose_is_the_one_that_was_made() -> None:
    one = mark("1-1")
    found = compare(one, quarter_turned(one))
    assert found.rotation_deg == pytest.approx(-90, abs=0.3)
    assert (found.dx_um, found.dy_um) == pytest.approx((0, 0), abs=6)
    assert found.score > 0.95
    back = compare(quarter_turned(one), one)
    assert back.rotation_deg == pytest.approx(90, abs=0.3)


def test_a_mirrored_scan_is_no_match() -> None:
    one = mark("1-1")
    x, y = one.centre
    mirrored = replace(one, heights=one.heights[:, ::-1].copy(), levelled=one.levelled[:, ::-1].copy(),
                       mask=one.mask[:, ::-1].copy(), centre=((one.mask.shape[1] - 1) * one.step - x, y))  # fmt: skip
    assert compare(one, mirrored).score < 0.35


@pytest.mark.parametrize("level", [np.nan, 0.0])
def test_a_blank_scores_nothing(level: float) -> None:
    blank = prepare(Surface(np.full((300, 300), level, np.float32), 12.5, 12.5), Region.BREECH_FACE)
    for found in (compare(mark("1-1"), blank), compare(blank, blank)):
        assert found.score == 0
        assert "other-not-fit" in dict(found.reasons)


def test_regions_are_not_mixed() -> None:
    with pytest.raises(ValueError, match="firing-pin"):
        compare(mark("1-1"), replace(mark("F"), region=Region.FIRING_PIN))
