"""Former editions with their published figures: side by side, as records to beat, and as rankings that moved.

The numbers are facts of press releases, each with its source. A sign before a number says how it was meant: `~` about,
`>` more than, `<` nearly; a round number without a word of its own counts as *about*. What was not published is empty,
and nothing is made up for it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from tripoint.base.errors import NotFound
from tripoint.desks.results.model import Edition, Qualifier, Reported

METRICS = (
    "countries", "checks", "hits", "arrests", "victims", "irregular_migrants", "nationalities", "firearms",
    "ammunition", "investigations", "officers",
)  # fmt: skip
SIGNS = {"~": Qualifier.ABOUT, ">": Qualifier.MORE_THAN, "<": Qualifier.NEARLY}
OF_OURS = {  # which of our measures is meant by a metric; checks of all databases are of the kind `databases`
    "countries": "parties", "checks": "checks_database", "hits": "hits", "arrests": "arrests", "victims": "victims",
    "irregular_migrants": "detections", "nationalities": "nationalities", "firearms": "firearms",
    "investigations": "investigations",
}  # fmt: skip


class Verdict(StrEnum):
    """Whether something is a record."""

    RECORD = "record"
    NO_RECORD = "no_record"
    CANNOT_BE_SAID = "cannot_be_said"


@dataclass(frozen=True, slots=True)
class Claim:
    """A record by scope and metric: the verdict, against which edition, and why."""

    metric: str
    scope: str
    verdict: Verdict
    against: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Compared:
    """One metric of two editions. `change` is the second less the first, or None with the `reason`."""

    metric: str
    first: Reported | None
    second: Reported | None
    change: float | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """A nationality in a ranking: its place now and before; None where it was not named."""

    code: str
    place: int | None
    before: int | None
    value: float | None = None


def key(edition: Edition) -> str:
    """`Turquesa V`."""
    return f"{edition.name} {edition.edition}".strip()


@cache
def former_editions() -> tuple[Edition, ...]:
    """Every former edition, in the order of the table."""
    where = resources.files("tripoint.desks.results")
    addresses: dict[str, list[str]] = {}
    for row in csv.DictReader(where.joinpath("edition_sources.csv").read_text(encoding="utf-8").splitlines()):
        addresses.setdefault(row["source"], []).append(row["address"])
    rows = csv.DictReader(where.joinpath("editions.csv").read_text(encoding="utf-8").splitlines())
    return tuple(edition_of(row, addresses) for row in rows)


def edition_of(row: Mapping[str, str], addresses: Mapping[str, list[str]]) -> Edition:
    """An edition from its row; its sources are the addresses of the numbers in the row."""
    kinds = {"checks": row["checks_kind"]}
    values = {name: reported(row[name], kinds.get(name, "")) for name in METRICS if row[name]}
    sources = tuple(address for number in row["sources"].split() for address in addresses[number])
    return Edition(
        row["name"], row["edition"], row["family"], row["start"], row["end"], row["hub"], sources, values,
        tuple(row["ranking"].split()),
    )  # fmt: skip


def reported(text: str, kind: str = "") -> Reported:
    """A value as the table writes it: `257`, `~44000`, `>850000`, `<12000`."""
    sign = SIGNS.get(text[0], Qualifier.EXACT)
    return Reported(int(text.lstrip("~<>")), sign, kind)


def find(name: str, among: Iterable[Edition]) -> Edition:
    """The edition of this name. Raises NotFound."""
    for edition in among:
        if key(edition) == name:
            return edition
    raise NotFound(f"No edition {name} is held.", field="edition", remedy="GET /api/results/editions lists them.")


def interval(value: Reported) -> tuple[float, float]:
    """Between which numbers the true value lies, as it was said; both included.

    A rounded number is as wide as its last digit that is not zero: *nearly 12,000* is 11,000 to 12,000, *more than
    850,000* is 850,000 to 860,000, *about 3,500* is 3,450 to 3,550.
    """
    if value.qualifier is Qualifier.EXACT or not value.value:
        return value.value, value.value
    step = 1
    while value.value % (step * 10) == 0:
        step *= 10
    match value.qualifier:
        case Qualifier.NEARLY:
            return value.value - step, value.value
        case Qualifier.MORE_THAN:
            return value.value, value.value + step
        case _:
            return value.value - step / 2, value.value + step / 2


def alike(first: Reported, second: Reported) -> bool:
    """Whether two values count the same thing: checks of all kinds and against databases do not."""
    return first.kind == second.kind and first.kind not in ("unclear",)


def compare(first: Edition, second: Edition) -> list[Compared]:
    """Two editions side by side, metric by metric. Unlike checks are shown and not subtracted, with the reason."""
    return [
        compared(metric, first.values.get(metric), second.values.get(metric))
        for metric in METRICS
        if metric in first.values or metric in second.values
    ]


def compared(metric: str, first: Reported | None, second: Reported | None) -> Compared:
    """One metric side by side."""
    if first is None or second is None:
        return Compared(metric, first, second, None, "not_published")
    if not alike(first, second):
        return Compared(metric, first, second, None, "unlike_checks")
    (low, high), (least, most) = interval(first), interval(second)
    if low <= most and least <= high and (low < high or least < most):
        return Compared(metric, first, second, None, "rounded")
    return Compared(metric, first, second, second.value - first.value, None)


def record(metric: str, candidate: Reported, others: Sequence[Edition], scope: str) -> Claim:
    """Whether a value is the largest ever of its scope: only where no rounding could make it otherwise."""
    held = [(key(one), one.values[metric]) for one in others if metric in one.values]
    comparable = [(name, value) for name, value in held if alike(candidate, value)]
    if not comparable:
        return Claim(metric, scope, Verdict.CANNOT_BE_SAID, None, "unlike_checks" if held else "nothing_to_compare")
    name, best = max(comparable, key=lambda one: (interval(one[1])[1], one[0]))
    low, high = interval(candidate)
    if low > interval(best)[1]:
        only_some = len(comparable) < len(held)
        verdict = Verdict.CANNOT_BE_SAID if only_some else Verdict.RECORD
        return Claim(metric, scope, verdict, name, "others_counted_otherwise" if only_some else "larger")
    if any(high <= interval(value)[0] for _, value in comparable):
        return Claim(metric, scope, Verdict.NO_RECORD, name, "not_larger")
    return Claim(metric, scope, Verdict.CANNOT_BE_SAID, name, "rounded")


def rank(values: Mapping[str, float], before: Sequence[str]) -> list[Ranked]:
    """Nationalities by how many were met, with their place before; equal numbers share a place.

    Those named before and not met now come last, without a place.
    """
    former = {code: place for place, code in enumerate(before, 1)}
    ordered = sorted(values.items(), key=lambda one: (-one[1], one[0]))
    places: dict[str, int] = {}
    for number, (code, value) in enumerate(ordered, 1):
        same = [other for other, amount in ordered[: number - 1] if amount == value]
        places[code] = places[same[0]] if same else number
    now = [Ranked(code, places[code], former.get(code), value) for code, value in ordered]
    return now + [Ranked(code, None, former[code]) for code in before if code not in values]
