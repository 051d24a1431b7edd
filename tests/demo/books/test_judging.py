"""Invented books audited whole: every planted case is found, every broken row told, nothing else but lawful chance."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tripoint.demo.books.judging import Verdict, judge
from tripoint.demo.books.writing_store import invent
from tripoint.engines.books.engine_store import Choices, audit
from tripoint.engines.books.model import Audit, RefusedRow
from tripoint.engines.books.recipes import recipes
from tripoint.words.firearms import normalise_make

# Lawful buyers buy two at once, and firearms turn up with others: these rules meet chance, and say how often.
MEET_CHANCE = {12, 13, 15, 16, 17}


@dataclass
class Whole:
    planted: dict[str, Any]
    audit: Audit
    lines: list[dict[str, Any]]
    refused: list[RefusedRow]


def silently(step: str, done: int, of: int) -> None:
    """Tell nobody."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    folder = tmp_path_factory.mktemp("books")
    planted = invent(folder, 3_000, 7, silently)
    refused: list[RefusedRow] = []
    out = folder / "findings.jsonl"
    made = audit(folder, out, Choices(memory="1GB"), normalise_make, silently, refused.append)
    return Whole(planted, made, [json.loads(line) for line in out.read_text().splitlines()], refused)


def verdicts(whole: Whole) -> dict[int, Verdict]:
    return {one.rule: one for one in judge(whole.planted["rules"], whole.lines)}


@pytest.mark.parametrize("rule", range(1, 23))
def test_every_planted_case_is_found(whole: Whole, rule: int) -> None:
    found = verdicts(whole)[rule]
    assert found.planted
    assert found.found == found.planted
    assert found.false == 0 or rule in MEET_CHANCE


def test_every_broken_row_is_told_where_it_stands(whole: Whole) -> None:
    planted = {(one["file"], one["line"]) for one in whole.planted["broken_rows"]}
    assert {(one.file, one.line) for one in whole.refused} == planted
    assert whole.audit.refused == len(planted)


def test_no_rule_failed_and_every_file_was_read(whole: Whole) -> None:
    assert not [one for one in whole.audit.outcomes if one.fault or one.missing]
    assert not [one for one in whole.audit.files if one.fault or one.left]


def test_evidence_points_at_the_very_rows(whole: Whole, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = next(tmp_path_factory.getbasetemp().glob("books*"))
    twice = next(line for line in whole.lines if line["rule"] == 4)
    for row in twice["rows"]:
        if row["file"].endswith(".csv"):
            written = (folder / row["file"]).read_text(encoding="utf-8").splitlines()[row["line"] - 1]
            assert row["serial"] in written


def test_findings_name_no_buyer(whole: Whole) -> None:
    text = json.dumps(whole.lines, ensure_ascii=False)
    assert "Quelvabruvo" not in text  # the family of every planted buyer


def test_the_missing_firearms_are_told_by_shop(whole: Whole) -> None:
    assert sum(missing for *_, missing in whole.audit.losses) == len(whole.planted["rules"]["1"])


def test_a_rule_at_fault_is_named_and_the_rest_goes_on(whole: Whole, tmp_path: Path) -> None:
    from dataclasses import replace

    (tmp_path / "sales.csv").write_text("dealer,date,serial,make\nL-1,2021-01-01,S1,Taurus\nL-1,2021-02-01,S1,Taurus\n")
    rules = [replace(recipes()[8], needs=(), findings="select nothing from nowhere"), recipes()[3]]
    made = audit(tmp_path, tmp_path / "f.jsonl", Choices(rules=rules), normalise_make, silently, lambda row: None)
    assert "nowhere" in made.outcomes[0].fault
    assert made.outcomes[1].base.found == 1
