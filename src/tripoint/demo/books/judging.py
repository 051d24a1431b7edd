"""An audit of invented books held against what was planted: found, missed and false findings, rule by rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SEPARATORS = str.maketrans("", "", " -./_")


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one rule did: cases planted, those found, and findings that nobody planted."""

    rule: int
    planted: int
    found: int
    findings: int
    false: int


def judge(planted: Mapping[str, Sequence[Mapping[str, Any]]], findings: Iterable[Mapping[str, Any]]) -> list[Verdict]:
    """Every rule judged: a case is found when one finding of its rule rests on a row of one of its firearms.

    In: `rules` of planted.json, and the lines of findings.jsonl.
    """
    seen: dict[int, set[str]] = defaultdict(set)
    met: dict[int, list[frozenset[str]]] = defaultdict(list)
    for finding in findings:
        serials = frozenset(row["serial"] for row in finding["rows"] if row.get("serial"))
        seen[finding["rule"]] |= serials
        met[finding["rule"]].append(serials)
    return [verdict(rule, planted.get(str(rule), ()), seen[rule], met[rule]) for rule in range(1, 23)]


def verdict(
    rule: int, cases: Sequence[Mapping[str, Any]], seen: set[str], met: Sequence[frozenset[str]]
) -> Verdict:
    """One rule judged."""
    sets = [{plain(serial) for serial in case["serials"]} for case in cases]
    every = set().union(*sets) if sets else set()
    found = sum(bool(one & seen) for one in sets)
    return Verdict(rule, len(cases), found, len(met), sum(not one & every for one in met))


def plain(serial: str) -> str:
    """A serial number as audits write it."""
    return serial.upper().translate(SEPARATORS)
