"""The page of figures: docs/quality/names.md, written from what was measured."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.quality.figures import OURS, AskedFigures, PairFigures
from tests.quality.links import RULE
from tests.quality.speed import CheckSpeed

PAIR_HEADER = ("scorer", "threshold", "precision", "recall", "F1", "best F1", "at", "AUC", "recall at 1 %", "at 0.1 %")


@dataclass
class Page:
    """Everything the page tells."""

    about: dict[str, str]  # date, machine, versions
    sets: list[PairFigures] = field(default_factory=list)
    overall: list[PairFigures] = field(default_factory=list)
    held_out: list[PairFigures] = field(default_factory=list)
    rates: dict[str, float] = field(default_factory=dict)
    calibration: list[tuple[int, float]] = field(default_factory=list)
    asked: list[AskedFigures] = field(default_factory=list)
    links: list[PairFigures] = field(default_factory=list)
    historical: list[PairFigures] = field(default_factory=list)
    record_rates: dict[str, float] = field(default_factory=dict)
    checks: list[CheckSpeed] = field(default_factory=list)

    def text(self) -> str:
        """The page in Markdown."""
        parts = (opening(self), names(self), people(self), speed(self), METHOD)
        return "\n\n".join(parts).rstrip() + "\n"


def opening(page: Page) -> str:
    """What this is, and when and on what it was measured."""
    about = "\n".join(f"- {name}: {value}" for name, value in page.about.items())
    return f"""# How well names and people are matched

Written by `make bench-names`; do not edit. Our scorer next to others', each at the threshold at which it alerts by its
makers' word, on names and people labelled by those who published them.

{about}"""


def names(page: Page) -> str:
    """The labelled pairs of names."""
    details = "\n\n".join(
        f"#### {group}\n\n{pair_table([each for each in page.sets if each.group == group], page.rates)}"
        for group in dict.fromkeys(each.group for each in page.sets)
    )
    return f"""## Pairs of names

Nothing but two names is known. Over all sets, {page.overall[0].pairs:,} pairs, {page.overall[0].same:,} of one person:

{pair_table(page.overall, page.rates)}

![Recall at few false positives, all sets](names-roc.svg)

One fold of five, split by entity (the costs and curves shipped are learned from all five; `tests/quality/learn.py`
says how curves do that were learned without the fold), {page.held_out[0].pairs:,} pairs:

{pair_table(page.held_out, page.rates)}

### Recall at 1 % false positives, set by set

{by_set(page.sets)}

![Recall at few false positives, names in two scripts](names-roc-scripts.svg)

### What a score is worth

Of all pairs of names that our scorer gave a score in each step, the share that are of one person. About one pair in
three is: a list of strangers has far fewer, and the same score is worth less there.

{calibration_table(page.calibration)}

### Every set

{details}"""


def people(page: Page) -> str:
    """The record sets."""
    rule = RULE.strip()
    return f"""## People asked for

Against the persons of three official lists. `alerted`: somebody was told at the threshold; `meant, told`: the person
meant was. Ranks count the list of the one meant alone, for other lists hold the same people; equal scores count
against us. Ours searches by itself; the others are handed 15 candidates found by shared letters, and the one meant.

{asked_table(page.asked)}

## Links between two official lists

{rule}

Each linked UN person is asked for against all OFAC persons. Recall is of the links, precision of the pairs told.

{link_table(page.links)}

## Historical records with errors

Pairs of records of one person, and as many of strangers with the same surname or postcode; name, birth date (moved by
250 years into the time of travel documents) and sex known. Names were cut, misread and abbreviated on purpose.

{pair_table(page.historical, {})}"""


def speed(page: Page) -> str:
    """Rates."""
    rates = table(
        ("scorer", "pairs of names a second", "pairs of records a second"),
        [(name, f"{rate:,.0f}", number(page.record_rates.get(name))) for name, rate in page.rates.items()],
    )
    rows = [
        (f"{each.persons:,}", f"{each.build:.0f} s", f"{each.checks_a_second:,.0f}", f"{each.middle * 1e3:.2f} ms",
         f"{each.slowest_of_hundred * 1e3:.2f} ms")
        for each in page.checks
    ]  # fmt: skip
    checks = table(("persons", "built in", "checks a second", "middle", "slowest of 100"), rows)
    return f"""## Speed

Processor time of one core, everything that is done once a person done before, caches warm, median of five passes over
the same 1,500 pairs: of names in Latin letters, and of people asked for by one name with candidates of the lists.

{rates}

Checks over an index of invented persons, half for people held and mistyped, half for strangers:

{checks if rows else "No index was measured."}"""


METHOD = """## How it is measured

A threshold takes every pair of that score or more: equal scores are taken together. `best F1` is the highest of any
threshold, chosen on the same pairs; `AUC` the chance that a true pair scores above a false one, ties counting half;
`recall at 1 %` the most recall at which no more than 1 % of the false pairs are told. The lists, labels and their
licences are described in the data folder's own README; negatives share a word or were drawn at random, by a rule that
is no scorer's. `nk_bench_person` is a set on which one of the others was tuned. The four sets of tokens (`tok_*`) are
two transliterated words put together. Questions with typing errors and invented people are made by seeded functions
(`tests/quality/questions.py`); folds are split by entity (`tests/quality/split.py`). A list of
a million people needs far fewer false positives than 1 %; pairs of names alone show the order of scorers, not how
often an officer is disturbed."""


def pair_table(rows: Sequence[PairFigures], rates: dict[str, float]) -> str:
    """Figures of scorers on one set."""
    lines = [
        (each.scorer, f"{each.own.threshold:.2f}", *map(three, (each.own.precision, each.own.recall, each.own.f1)),
         three(each.best.f1), f"{each.best.threshold:.2f}", *map(three, (each.auc, each.recall_1, each.recall_01)),
         number(rates.get(each.scorer)))
        for each in rows
    ]  # fmt: skip
    return table((*PAIR_HEADER, "pairs/s"), lines)


def link_table(rows: Sequence[PairFigures]) -> str:
    """Figures of scorers on the links."""
    lines = [
        (each.group, each.scorer, f"{each.own.threshold:.2f}", f"{each.same}",
         *map(three, (each.own.precision, each.own.recall, each.own.f1, each.best.f1)), f"{each.best.threshold:.2f}")
        for each in rows
    ]  # fmt: skip
    return table(("", "scorer", "threshold", "links", "precision", "recall", "F1", "best F1", "at"), lines)


def asked_table(rows: Sequence[AskedFigures]) -> str:
    """Figures of scorers on people asked for, sets together."""
    titles = list(dict.fromkeys(each.title for each in rows))
    ordered = sorted(rows, key=lambda each: titles.index(each.title))
    lines = [
        (each.title, each.scorer, str(each.asked), f"{round(each.alerted * each.asked)}",
         *(three(value) if value is not None else "" for value in (each.meant_told, each.first, each.first_ten)))
        for each in ordered
    ]  # fmt: skip
    return table(("asked for", "scorer", "asked", "alerted", "meant, told", "first", "in first ten"), lines)


def by_set(rows: Sequence[PairFigures]) -> str:
    """Recall at 1 % of every set and scorer, and the mean of the sets."""
    scorers = list(dict.fromkeys(each.scorer for each in rows))
    groups = list(dict.fromkeys(each.group for each in rows))
    cells = {(each.group, each.scorer): each for each in rows}
    lines = []
    for group in groups:
        first = cells[group, scorers[0]]
        lines.append((group, f"{first.pairs:,}", *(three(cells[group, scorer].recall_1) for scorer in scorers)))
    means = [sum(cells[group, scorer].recall_1 for group in groups) / len(groups) for scorer in scorers]
    return table(("set", "pairs", *scorers), [*lines, ("mean", "", *map(three, means))])


def calibration_table(steps: Sequence[tuple[int, float]]) -> str:
    """The share of true pairs in each step of the score."""
    size = len(steps)
    lines = [
        (f"{at / size:.1f} to {(at + 1) / size:.1f}", f"{count:,}", three(share) if count else "")
        for at, (count, share) in enumerate(steps)
    ]
    return table((f"score of {OURS}", "pairs", "of one person"), lines)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def three(value: float) -> str:
    """A share to three places."""
    return "" if math.isnan(value) else f"{value:.3f}"


def number(value: float | None) -> str:
    """A rate, or nothing."""
    return "" if value is None else f"{value:,.0f}"
