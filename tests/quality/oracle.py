"""Scores of others' matchers, run by itself in an environment of their own: `python oracle.py TASK.json ANSWER.json`.

A task: `{"people": [...], "pairs": [[left, right], ...]}`, people as `Person.as_line` writes them. The answer: the
versions, and for each scorer its scores in the order of the pairs and how many pairs it scores in a second of
processor time on one core, warm, the median of several passes.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Callable
from importlib import import_module, metadata
from pathlib import Path
from time import process_time
from typing import Any

PASSES, PASS_PAIRS = 5, 1_500
PACKAGES = ("nomenklatura", "followthemoney", "rigour", "rapidfuzz")
Compare = Callable[[int, int], float]


def entities(people: list[dict[str, Any]]) -> list[Any]:
    """The people in the words of FollowTheMoney. Each has an id of its own: analyses are kept there by id."""
    followthemoney = import_module("followthemoney")
    schema = followthemoney.model.get("Person")
    return [entity(followthemoney.ValueEntity, schema, at, person) for at, person in enumerate(people)]


def entity(make: Any, schema: Any, at: int, person: dict[str, Any]) -> Any:
    """One of them."""
    made = make(schema, {"id": f"p{at}", "schema": "Person", "properties": {}})
    for place, (name, kind) in enumerate(person["names"]):
        made.add("name" if not place else "weakAlias" if kind == "weak" else "alias", name)
    for field, values in (("birthDate", person["births"]), ("nationality", person["nationalities"])):
        for value in values:
            made.add(field, value)
    for kind, number, _ in person["documents"]:
        made.add("passportNumber" if "assport" in kind else "idNumber", number)
    if person["sex"]:
        made.add("gender", person["sex"])
    return made


def matcher(name: str, made: list[Any]) -> Compare:
    """One of nomenklatura's algorithms over the entities."""
    algorithm = import_module("nomenklatura.matching").get_algorithm(name)
    config = algorithm.default_config()
    return lambda one, other: float(algorithm.compare(made[one], made[other], config).score)


def plain(people: list[dict[str, Any]], name: str) -> Compare:
    """A scorer of rapidfuzz over names in ASCII letters; of several names the best pair."""
    fuzz, ascii_text = import_module("rapidfuzz.fuzz"), import_module("normality").ascii_text
    scorer = getattr(fuzz, name)
    folded = [[(ascii_text(full) or "").lower() for full, _ in person["names"]] for person in people]
    return lambda one, other: max(scorer(a, b) for a in folded[one] for b in folded[other]) / 100


def speed(compare: Compare, pairs: list[list[int]]) -> float:
    """Pairs a second, warm."""
    rates = []
    for _ in range(PASSES):
        begun = process_time()
        for one, other in pairs[:PASS_PAIRS]:
            compare(one, other)
        rates.append(min(len(pairs), PASS_PAIRS) / max(process_time() - begun, 1e-6))
    return statistics.median(rates)


def answer(task: dict[str, Any]) -> dict[str, Any]:
    """Every scorer on every pair."""
    people, pairs = task["people"], task["pairs"]
    made = entities(people)
    scorers = {
        "logic-v2": matcher("logic-v2", made),
        "name-based": matcher("name-based", made),
        "rapidfuzz WRatio": plain(people, "WRatio"),
        "rapidfuzz token_sort": plain(people, "token_sort_ratio"),
    }
    scores = {name: [compare(one, other) for one, other in pairs] for name, compare in scorers.items()}
    rates = {name: speed(compare, pairs) for name, compare in scorers.items()}
    return {"versions": {name: metadata.version(name) for name in PACKAGES}, "scores": scores, "rates": rates}


if __name__ == "__main__":
    task_file, answer_file = map(Path, sys.argv[1:3])
    found = answer(json.loads(task_file.read_text(encoding="utf-8")))
    answer_file.write_text(json.dumps(found), encoding="utf-8")
