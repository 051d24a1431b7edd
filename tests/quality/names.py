"""Run the bench: `python -m tests.quality.names`, or with `--quick` our own scorer on the labelled names alone."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from tests.quality import chart, metrics, others, ours, records
from tests.quality.figures import OURS, PairFigures, measure, measure_sets
from tests.quality.metrics import Labels, Scores
from tests.quality.page import Page, by_set, pair_table
from tests.quality.pairs import DATA, TOKEN_SETS, Row, read_pairs
from tests.quality.persons import Person, listed, named
from tests.quality.speed import measure_checks
from tests.quality.split import fold

FOLDER = others.ROOT / "docs" / "quality"
TWO_SCRIPTS = TOKEN_SETS | {"un_script", "ua_cyrillic", "wd_hebrew"}
HELD_OUT = 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print or write what was found."""
    options = read_options(arguments)
    if not DATA.exists():
        print("The folder shared/data/screening must lie beside the project: there is nothing to measure.")
        return 1
    if options.quick:
        print(quick(options.fold))
        return 0
    page = Page(about())
    measure_names(page, options.out)
    say(by_set(page.sets))
    measure_records(page)
    page.checks = list(filter(None, [measure_checks(options.persons)]))
    (options.out / "names.md").write_text(page.text(), encoding="utf-8")
    say(f"Written to {options.out / 'names.md'}.")
    return 0


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality.names", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="our scorer on the labelled names alone; writes nothing")
    parser.add_argument(
        "--fold", type=int, help="with --quick: only this fold of 5, or all but it if negative (-1 to -5)"
    )
    parser.add_argument("--persons", type=int, default=100_000, help="invented persons in the index (100000)")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the page goes (docs/quality)")
    return parser.parse_args(arguments)


def quick(only: int | None) -> str:
    """Our figures on the labelled names, of one fold, of all but one, or of all."""
    rows = read_pairs()
    if only is not None:
        chosen = [at == only if only >= 0 else at != -only - 1 for at in fold(rows)]
        rows = [row for row, take in zip(rows, chosen, strict=True) if take]
    same, scores = labels(rows), {OURS: ours.score_names(names_of(rows))}
    sets = measure_sets([row.group for row in rows], same, scores)
    lines = [replace(each, scorer=each.group) for each in [*sets, measure("all", OURS, scores[OURS], same)]]
    return pair_table(lines, {})


def measure_names(page: Page, folder: Path) -> None:
    """The labelled pairs: figures, calibration, curves."""
    rows = read_pairs()
    same, groups = labels(rows), [row.group for row in rows]
    people, pairs = as_people(rows)
    scores = {OURS: ours.score_names(names_of(rows))}
    left, right = people[: len(rows)], people[len(rows) :]
    page.rates = {OURS: ours.pairs_a_second(left, right, ours.side_by_side(others.TIMED))}
    answer = others.ask(people, pairs)
    if answer:
        scores |= answer.scores
        page.rates |= answer.rates
    page.about["others"] = versions(answer)
    held_out = np.array(fold(rows)) == HELD_OUT
    page.sets = measure_sets(groups, same, scores)
    page.overall = overall(same, scores)
    page.held_out = overall(same[held_out], {name: each[held_out] for name, each in scores.items()})
    page.calibration = metrics.calibration(scores[OURS], same)
    folder.mkdir(parents=True, exist_ok=True)
    two_scripts = np.array([group in TWO_SCRIPTS for group in groups])
    draw(folder / "names-roc.svg", "Recall at few false positives, all sets", same, scores)
    chosen = {name: each[two_scripts] for name, each in scores.items()}
    draw(folder / "names-roc-scripts.svg", "Names in two scripts", same[two_scripts], chosen)


def measure_records(page: Page) -> None:
    """The record sets."""
    sets, people = records.question_sets(), listed()
    page.asked = records.ask_ours(sets, people)
    say("Asked our own side for people.")
    told, answer = records.ask_others(sets, people)
    page.asked += told
    page.links = records.link_lists()
    say("Linked the lists.")
    page.historical = records.historical()
    page.record_rates = {OURS: records.pairs_a_second(sets, people)}
    page.record_rates |= answer.rates if answer else {}


def overall(same: Labels, scores: Mapping[str, Scores]) -> list[PairFigures]:
    """Every scorer on all these pairs, ours at both of its thresholds."""
    found = [measure("all", scorer, each, same) for scorer, each in scores.items()]
    strong = replace(measure("all", OURS, scores[OURS], same, ours.STRONG), scorer=f"{OURS}, strong")
    return [found[0], strong, *found[1:]]


def as_people(rows: Sequence[Row]) -> tuple[list[Person], ours.Pairs]:
    """Both names of each row as people, all first names before all second ones, and the pairs of them."""
    left = [named(row.name1, f"a{at}") for at, row in enumerate(rows)]
    right = [named(row.name2, f"b{at}") for at, row in enumerate(rows)]
    pairs = ours.side_by_side(len(rows)) + np.array([0, len(rows)], np.int32)
    return left + right, pairs.astype(np.int32)


def names_of(rows: Sequence[Row]) -> list[tuple[str, str]]:
    """The two names of each row."""
    return [(row.name1, row.name2) for row in rows]


def labels(rows: Sequence[Row]) -> Labels:
    """Whether each row is of one person."""
    return np.array([row.same for row in rows], bool)


def draw(file: Path, title: str, same: Labels, scores: Mapping[str, Scores]) -> None:
    """One chart of all scorers."""
    file.write_text(chart.draw(title, {name: metrics.roc(each, same) for name, each in scores.items()}), "utf-8")


def about() -> dict[str, str]:
    """When, on what and of what the figures are."""
    busy = f"other work on it when this began: {os.getloadavg()[0]:.0f} processes"
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; {busy}"
    return {"date": date.today().isoformat(), "machine": machine, "model": ours.version()}


def versions(answer: others.Answer | None) -> str:
    """Which others were asked."""
    if answer is None:
        return "not run: they could not be installed, so this page shows our own side alone"
    return ", ".join(f"{name} {version}" for name, version in answer.versions.items())


def say(text: str) -> None:
    """Tell how far the bench is."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
