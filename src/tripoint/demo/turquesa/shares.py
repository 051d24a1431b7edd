"""How the published totals fall to parties, offences and nationalities; what was not published is invented.

Published: totals, the order of the first three nationalities and how many there were, the places and numbers of the
stories (domain facts of Turquesa V). The shares of single parties are ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

CHECKS, DETECTIONS, ARRESTS, VICTIMS, MINORS = 850_000, 12_000, 257, 163, 41
SEIZURES, FREEZES, GROUPS, INVESTIGATIONS, INCIDENTS, INTERVIEWS, NOTICES = 180, 6, 9, 24, 14, 240, 5
# From the many to the few; strictly fewer from one to the next at full scale down to those of whom a handful came.
FIRST = ("VEN", "ECU", "CHN")
OTHERS = [
    "HTI",
    "COL",
    "CUB",
    "AFG",
    "PER",
    "BRA",
    "IND",
    "BGD",
    "CMR",
    "AGO",
    "NPL",
    "VNM",
    "UZB",
    "SOM",
    "GHA",
    "NGA",
    "SEN",
    "MRT",
    "GIN",
    "ERI",
    "ETH",
    "PAK",
    "YEM",
    "SYR",
    "TUR",
    "KGZ",
    "TJK",
    "RUS",
    "KAZ",
    "DOM",
    "HND",
    "GTM",
    "SLV",
    "NIC",
    "MEX",
    "BOL",
    "PRY",
    "ARG",
    "CHL",
    "GUY",
    "JAM",
    "TTO",
    "SUR",
    "BLZ",
    "COD",
    "COG",
    "CIV",
    "MLI",
    "BFA",
    "TGO",
    "BEN",
    "SLE",
    "GMB",
    "LBR",
    "EGY",
    "MAR",
    "DZA",
    "LKA",
    "IRN",
    "IRQ",
    "JOR",
    "LBN",
    "GEO",
    "PHL",
    "IDN",
    "UKR",
]
NATIONALITIES = (*FIRST, *OTHERS)
WEIGHTS = (0.40, 0.17, 0.11, *(0.32 * 0.92**rank * 0.08 for rank in range(len(OTHERS))))
# Where people on the way were met: mostly where the routes are narrow.
MET_BY = {
    "PAN": 26, "COL": 14, "CRI": 9, "MEX": 9, "HND": 8, "GTM": 6, "BRA": 5, "CHL": 4, "PER": 4, "ECU": 3, "NIC": 3,
    "BOL": 2, "USA": 2, "DOM": 1, "ARG": 1, "SLV": 1, "BHS": 0.3, "HTI": 0.5, "TTO": 0.4, "TCA": 0.3, "CUW": 0.3,
    "PRY": 0.4, "URY": 0.3, "GUY": 0.3, "ESP": 0.3, "FRA": 0.2, "JAM": 0.2, "CUB": 0.3, "BLZ": 0.3, "BRB": 0.1,
    "BMU": 0.05, "CAN": 0.2, "VEN": 0.4,
}  # fmt: skip
ARRESTED_BY = {
    "BRA": 34, "COL": 31, "PAN": 22, "MEX": 21, "CHL": 18, "PER": 17, "ECU": 16, "CRI": 14, "ARG": 13, "HND": 11,
    "GTM": 10, "DOM": 8, "BOL": 7, "SLV": 6, "PRY": 6, "ESP": 5, "NIC": 4, "URY": 3, "USA": 3, "VEN": 3, "CUW": 1,
    "TTO": 1, "HTI": 1, "BHS": 1, "CUB": 1,
}  # fmt: skip
OFFENCES = (
    ("08051", 118), ("02041", 47), ("07023", 38), ("0204", 12), ("02042", 9), ("0601", 9), ("0502", 7), ("0701", 6),
    ("020291", 2), ("0901", 4), ("0905", 3), ("07041", 2),
)  # fmt: skip
FOUND_BY = {
    "COL": 28, "HND": 24, "BRA": 22, "PER": 18, "ARG": 14, "CHL": 10, "GTM": 9, "MEX": 9, "ECU": 7, "CRI": 6, "ESP": 6,
    "DOM": 5, "PAN": 3, "SLV": 2,
}  # fmt: skip


def split(total: int, weights: Sequence[float]) -> list[int]:
    """The whole in whole parts nearest to the weights (largest remainders, of equals the first); they add up."""
    if total < 0 or not weights or sum(weights) <= 0:
        raise ValueError("a whole is split by weights of which one at least is above nothing")
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [int(part) for part in exact]
    order = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in order[: total - sum(parts)]:
        parts[at] += 1
    return parts


def scaled(total: int, scale: float, least: int = 0) -> int:
    """A total at a scale, never less than what the stories need."""
    return max(least, round(total * scale))


def by_party(total: int, weights: Mapping[str, float]) -> dict[str, int]:
    """The whole by party, in the order of the weights."""
    return dict(zip(weights, split(total, list(weights.values())), strict=True))


def nationalities(total: int) -> list[str]:
    """A nationality for each of so many people, the most frequent first; each of the 69 at least once if they reach."""
    count = len(NATIONALITIES)
    each = 1 if total >= 20 * count else 0
    parts = [part + each for part in split(total - each * count, WEIGHTS)]
    return [code for code, part in zip(NATIONALITIES, parts, strict=True) for _ in range(part)]


def spread(things: Sequence[str], groups: Mapping[str, int]) -> dict[str, list[str]]:
    """Deal things out to groups of given sizes, so that every group gets of each kind about what it gets of all."""
    ends = list(accumulate(groups.values()))
    if ends[-1] != len(things):
        raise ValueError("there are as many things as the groups hold together")
    dealt: dict[str, list[str]] = {name: [] for name in groups}
    for thing in things:  # to whoever is furthest behind
        name = min(
            (one for one in groups if len(dealt[one]) < groups[one]), key=lambda one: len(dealt[one]) / groups[one]
        )
        dealt[name].append(thing)
    return dealt
