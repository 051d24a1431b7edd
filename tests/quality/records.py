"""The record sets: listed people asked for, people nobody lists, links between lists, historical records."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tests.quality import clusters, figures, links, others, ours, questions
from tests.quality.figures import OURS, AskedFigures, Found, PairFigures
from tests.quality.metrics import Labels, Scores
from tests.quality.neutral import PieceSearch
from tests.quality.persons import Person
from tests.quality.questions import Question

HANDED = 15  # candidates handed to scorers that have no search of their own; the one meant is always among them
OTHERS = ("logic-v2", "name-based")  # rapidfuzz knows names alone


@dataclass(frozen=True, slots=True)
class Asked:
    """One set of questions."""

    title: str
    questions: list[Question]


def question_sets() -> list[Asked]:
    """The sets in the order of the page."""
    changed, gone = questions.older_edition()
    return [
        Asked("UN, typing errors, with year of birth and nationality", questions.with_typing_errors(True)),
        Asked("UN, typing errors, names alone", questions.with_typing_errors(False)),
        Asked("OFAC 2021-07 names and births since changed", changed),
        Asked("OFAC 2021-07, since taken off the list", gone),
        Asked("Invented, a published file", questions.invented_americans()),
        Asked("Invented, from the lists' own words", questions.invented_foreigners()),
    ]


def ask_ours(sets: Sequence[Asked], people: Sequence[Person]) -> list[AskedFigures]:
    """Our own search and scorer on every set, at both of its thresholds."""
    answers = iter(ours.search(people, [question.asked for each in sets for question in each.questions]))
    measured = []
    for each in sets:
        found = [next(answers) for _ in each.questions]
        measured.append(figures.measure_asked(each.title, OURS, each.questions, found))
        strong = figures.measure_asked(each.title, OURS, each.questions, found, ours.STRONG)
        measured.append(replace(strong, scorer=f"{OURS}, strong"))
    return measured


def ask_others(sets: Sequence[Asked], people: Sequence[Person]) -> tuple[list[AskedFigures], others.Answer | None]:
    """Others' scorers on every set; empty where they cannot be asked."""
    every = [question for each in sets for question in each.questions]
    found, answer = hand(every, people)
    measured = []
    for scorer, answers in found.items():
        following = iter(answers)
        for each in sets:
            told = [next(following) for _ in each.questions]
            measured.append(figures.measure_asked(each.title, scorer, each.questions, told))
    return measured, answer


def hand(asked: Sequence[Question], people: Sequence[Person]) -> tuple[dict[str, Found], others.Answer | None]:
    """What others' scorers say of the candidates handed to them, the one meant always among these."""
    pairs = handed(asked, people)
    shifted = pairs + np.array([0, len(asked)], np.int32)
    answer = others.ask([*(question.asked for question in asked), *people], shifted)
    found: dict[str, Found] = {}
    for scorer in OTHERS if answer else ():
        told: list[list[tuple[str, float]]] = [[] for _ in asked]
        for (at, one), score in zip(pairs.tolist(), answer.scores[scorer].tolist() if answer else (), strict=True):
            told[at].append((people[one].id, score))
        found[scorer] = told
    return found, answer


def handed(asked: Sequence[Question], people: Sequence[Person]) -> ours.Pairs:
    """The candidates of each question, as places of questions and of people."""
    search, place = PieceSearch(people), {person.id: at for at, person in enumerate(people)}
    pairs = []
    for at, question in enumerate(asked):
        near = search.find(question.asked.names[0][0], HANDED).tolist()
        meant = place.get(question.meant or "")
        pairs += [(at, one) for one in dict.fromkeys([*near, *([] if meant is None else [meant])])]
    return np.array(pairs, np.int32)


def pairs_a_second(sets: Sequence[Asked], people: Sequence[Person]) -> float:
    """How many records we score in a second, on the pairs that others are timed on."""
    asked = [question for each in sets for question in each.questions]
    pairs = handed(asked, people)[: others.TIMED]
    return ours.pairs_a_second([question.asked for question in asked], people, pairs)


def link_lists() -> list[PairFigures]:
    """Both official lists matched in bulk, with documents and with all documents taken away."""
    gold = links.gold_links()
    measured = []
    for title, documents in (("documents known", True), ("documents taken away", False)):
        left, right = ([bare(person, documents) for person in links.on(source)] for source in ("un_sc", "ofac_sdn"))
        asked = [Question(person, gold[person.id]) for person in left if person.id in gold]
        found: dict[str, Found] = {f"{OURS}, search": ours.search(right, [question.asked for question in asked])}
        if (crossed := crossmatch([question.asked for question in asked], right)) is not None:
            found[f"{OURS}, crossmatch"] = crossed
        found |= hand(asked, right)[0]
        for scorer, told in found.items():
            scores, same = as_pairs(asked, told)
            bar = ours.POSSIBLE if scorer.startswith(OURS) else others.THRESHOLDS[scorer]
            measured.append(figures.measure(title, scorer, scores, same, bar))
    return measured


def bare(person: Person, documents: bool) -> Person:
    """The person, without documents unless they are wanted."""
    return person if documents else replace(person, documents=())


def as_pairs(asked: Sequence[Question], found: Found) -> tuple[Scores, Labels]:
    """Every pair found, and every one meant that was not found with a score of 0."""
    scores, same = [], []
    for question, told in zip(asked, found, strict=True):
        missed = [] if any(at == question.meant for at, _ in told) else [(question.meant, 0.0)]
        for at, score in [*told, *missed]:
            scores.append(score)
            same.append(at == question.meant)
    return np.array(scores, np.float64), np.array(same, bool)


def crossmatch(left: Sequence[Person], right: Sequence[Person]) -> Found | None:
    """The pairs of `tripoint crossmatch`; None where this build has no such command."""
    command = [str(Path(sys.executable).with_name("tripoint")), "crossmatch"]
    known = subprocess.run([*command, "--help"], capture_output=True, check=False)
    if b"No such command" in known.stderr:
        return None
    known.check_returncode()
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("left.jsonl", "right.jsonl", "pairs.csv")]
        for file, people in zip(files, (left, right), strict=False):
            file.write_text("".join(f"{json.dumps(as_list_line(each))}\n" for each in people), encoding="utf-8")
        subprocess.run([*command, *map(str, files[:2]), "--out", str(files[2])], check=True, capture_output=True)
        found: dict[str, list[tuple[str, float]]] = {person.id: [] for person in left}
        with files[2].open(encoding="utf-8", newline="") as pairs:
            for row in csv.DictReader(pairs):
                found[row["left"]].append((row["right"], float(row["score"])))
    return list(found.values())


def as_list_line(person: Person) -> dict[str, object]:
    """A line as list files have it."""
    return {
        "id": person.id,
        "source": person.source,
        "names": [{"full": name, "kind": kind} for name, kind in person.names],
        "birth_dates": person.births,
        "nationalities": person.nationalities,
        "documents": [{"type": kind, "number": number, "country": at} for kind, number, at in person.documents],
        "gender": person.sex,
    }


def historical() -> list[PairFigures]:
    """Record pairs of the historical file."""
    people, pairs, same = clusters.record_pairs()
    scores = {OURS: ours.score_people(people, people, pairs)}
    answer = others.ask(people, pairs)
    if answer:
        scores |= answer.scores
    return [figures.measure("historical", scorer, each, same) for scorer, each in scores.items()]
