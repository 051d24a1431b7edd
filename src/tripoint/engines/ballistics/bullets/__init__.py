"""Bullets: what a rifled barrel scratched into each land, and how far two bullets agree over all their lands."""

from tripoint.engines.ballistics.bullets.lands import Land, read_land
from tripoint.engines.ballistics.bullets.meeting import LandComparison, compare_lands
from tripoint.engines.ballistics.bullets.phases import BulletComparison, compare_bullets

__all__ = ["BulletComparison", "Land", "LandComparison", "compare_bullets", "compare_lands", "read_land"]
