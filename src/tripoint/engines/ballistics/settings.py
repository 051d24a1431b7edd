"""Every number the ballistics engine depends on, in one place, each with its reason. Frozen: a change makes it anew.

What is stored with a result is `VERSION`; results of different versions are not compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tripoint.engines.ballistics.surface import Region

VERSION = 1
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reading:
    """How much a file may hold, and what a scan of a mark can be."""

    file_bytes: int = 300 * MEGABYTE
    entries: int = 200
    description_bytes: int = 24 * MEGABYTE  # main.xml of real files has 2 kB, unless it lists every height as text
    points: int = 30_000_000  # 5,400 by 5,400: 5 mm at 1 µm
    ratio: int = 300  # times its packed size a part may unpack to, beyond the free bytes: missing points pack tightly
    free_bytes: int = 16 * MEGABYTE
    least_extent_um: float = 250.0  # shorter side of the smallest mark anybody scans: the short side of a land
    largest_extent_um: float = 40_000.0  # of a whole bullet unrolled
    least_spread_um: float = 0.02  # robust spread of heights: less is polished glass
    largest_spread_um: float = 600.0  # the deepest marks are a few hundred: more is a unit written wrongly


@dataclass(frozen=True, slots=True)
class Preparing:
    """Grid, bands and isolation. Wavelengths in µm; a Gaussian of ISO 16610-61 passes half at them."""

    step_um: float = 12.5  # the finest scale at which shots of one gun agree is about 30 µm: coherence below is < 0.3
    coarse_step_um: float = 25.0
    shortest_um: float = 40.0  # below it two shots of one gun do not agree (coherence under 0.5)
    longest_um: float = 250.0  # above it form and tilt of the primer
    coarse_shortest_um: float = 120.0  # measured: coarser cascades lose rank 1
    coarse_longest_um: float = 500.0  # raw scans get the band that published scans were given
    land_step_um: float = 3.125  # striae on lands are finer than anything on a case
    land_shortest_um: float = 10.0
    clip_spreads: float = 4.0  # robust spreads beyond which a height is cut: spikes
    least_share: float = 0.5  # of a grid point's area that must be measured
    flat_um: float = 12.0  # how far from its plane a breech face reaches: a dozen times its roughness
    primer_um: float = 2_700.0  # from the middle of a scan: a large primer has a radius of 2.67 mm
    inner_um: float = 1_900.0  # a small primer has 2.2 mm: the plane is voted on well inside it
    steepest: float = 0.09  # a primer lies within 5 degrees of the stage
    isolated_share: float = 0.97  # of all points near the plane: somebody has isolated the scan already
    circle_um: tuple[float, float] = (300.0, 3_000.0)  # radii: of a firing pin's mark, of a large primer
    bridge_um: float = 25.0  # thinner connections are cut
    edge_um: float = 40.0  # instruments invent heights beside steps
    flat_below_um: float = 0.05  # a roughness no breech face has: measured ones have 0.5 to 1.5
    noise_below: float = 0.09  # correlation 25 µm apart: filtered noise has 0.03, marks under twice their noise 0.25
    spiky_share: float = 0.2  # of points cut as spikes


@dataclass(frozen=True, slots=True)
class Turning:
    """The exhaustive search over rotation and offset, on rings. Lengths in µm."""

    first_um: float = 500.0  # inside is the pin's impression, which has marks of its own
    last_um: float = 1900.0  # the primer's edge
    ring_um: float = 50.0  # less than half the shortest wave of the coarse band; measured: 100 lose rank 1
    angles: int = 180  # 2 degrees: 66 µm at the primer's edge, about half that wave
    frequencies: int = 60  # waves around the outer ring at 120 µm are a hundred, around the middle one sixty
    mask_frequencies: int = 10  # masks are smooth
    mask_angles: int = 30
    reach_um: float = 300.0  # how far the centres of two scans of one mark were found apart; measured: 100 lose rank 1
    offset_um: float = 90.0  # a hexagonal lattice with this side leaves no point farther than 52 µm
    least_overlap: float = 0.35  # of the most that overlaps anywhere: less finds likeness by chance
    apart_deg: float = 8.0  # between poses tried: twice what the cells look at around one
    leads: int = 3  # poses tried for each pair; the right one is among them where it is not the first


@dataclass(frozen=True, slots=True)
class Celling:
    """Congruent matching cells. Lengths in µm, rotations in degrees; ranges of the literature in the comments."""

    cell_um: float = 450.0  # eight to a primer's width (Song 2013: 7 by 7 to 8 by 8)
    least_fill: float = 0.3  # of a cell's area that is measured
    least_overlap: float = 0.4  # of a cell's own points that are measured on the other mark too
    reach_um: float = 100.0  # around the pose tried: twice the lattice's largest hole
    turns_deg: tuple[float, ...] = (-4.0, -2.0, 0.0, 2.0, 4.0)
    least_ncc: float = 0.45  # 0.4 to 0.5 in published trials
    near_um: float = 62.5  # 62 to 125 in published trials
    near_deg: float = 2.01  # one step of the turns: 3 to 6 in published trials
    few: int = 3  # cells that fix a pose
    clip_spreads: float = 4.0


@dataclass(frozen=True, slots=True)
class Bullets:
    """Lands and their striae. A land of a 9 mm bullet is about 2 mm wide; striae are 10 to 250 µm wide."""

    row_um: float = 20.0  # along it: striae run straight much farther
    least_measured: float = 0.2  # of the scan
    least_share: float = 0.3  # of a point's area
    curve_margin: float = 0.12  # of the width on each side, where grooves pull at the curve
    groove_um: float = 10.0  # from the bullet's curve: striae are shallower, grooves deeper
    groove_share: float = 0.2  # of the width on each side, where shoulders are looked for
    shoulder_um: float = 55.0  # left out inside a shoulder: metal flows over it
    deepest_um: float = 15.0  # heights farther from the curve are damage
    shortest_um: float = 10.0
    longest_um: float = 250.0
    clip_spreads: float = 4.0
    cut_spreads: float = 3.0
    window_um: float = 150.0  # in which agreement of rows is judged: a few striae
    neighbours: tuple[int, ...] = (3, 5)  # rows away: nearer ones share dust and noise
    least_agreement: float = 0.4  # correlation from which a row counts
    least_rows: float = 1.0
    lean_rows: int = 8  # 160 µm apart: far enough to see the lean, near enough to be the same striae
    steepest: float = 0.2  # 11 degrees: no rifling is steeper
    least_length_um: float = 400.0
    least_striae: float = 0.25  # of the measured area: noise and bare skin agree with themselves over a seventh
    least_overlap: float = 0.5  # of the shorter land
    stretch_um: float = 150.0
    reach_um: float = 50.0
    stretch_off_um: float = 12.5
    stretch_correlation: float = 0.6


@dataclass(frozen=True, slots=True)
class Collecting:
    """How marks are kept and ranked."""

    step_um: float = 20.0  # of kept surfaces: two points to the shortest wave of the band
    steps_a_spread: int = 16  # heights are kept to a sixteenth of the surface's spread, about 0.05 µm
    effort: int = 6  # of the packing: more gains a hundredth
    together: int = 64  # marks searched at once: their products stay in the processor's cache
    worth_helpers: int = 4_000  # marks from which a second process is quicker than waiting for it to begin
    rescored: int = 200  # marks compared cell by cell; measured: mates were found among the first 30
    background_of: int = 20  # fully scored marks from which their middle counts half as the question's background


@dataclass(frozen=True, slots=True)
class Weighing:
    """Likelihood ratios."""

    least_of_one: int = 20  # pairs of one gun without which no population is one: the bound would be below 20
    least_of_two: int = 100
    held_back: float = 0.01  # of the slope in its own spreads: clean splits stay finite
    thresholds: int = 401  # at which the bounds are looked for


def rings_of_regions() -> dict[Region, Turning]:
    """Marks smaller than a breech face: from their middle to their edge, with less play between two scans."""
    pin = Turning(first_um=50.0, last_um=1000.0)
    small = Turning(first_um=50.0, last_um=700.0)
    return {Region.FIRING_PIN: pin, Region.APERTURE_SHEAR: small, Region.EJECTOR: small}


@dataclass(frozen=True, slots=True)
class Settings:
    """All of them."""

    reading: Reading = field(default_factory=Reading)
    preparing: Preparing = field(default_factory=Preparing)
    bullets: Bullets = field(default_factory=Bullets)
    turning: Turning = field(default_factory=Turning)
    celling: Celling = field(default_factory=Celling)
    collecting: Collecting = field(default_factory=Collecting)
    weighing: Weighing = field(default_factory=Weighing)
    rings: Mapping[Region, Turning] = field(default_factory=rings_of_regions)


SETTINGS = Settings()
