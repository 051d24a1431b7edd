"""Dealers of two parties: invented books handed in by route, counts recorded, what the desk's own rules then find."""

from __future__ import annotations

import base64
import csv
import json
from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

from tripoint.demo.books.judging import Verdict, judge
from tripoint.demo.client import Line
from tripoint.demo.turquesa.filing import Desks, asked
from tripoint.demo.turquesa.progress import Progress

DEALERS, MODEL_RULE = "/api/dealers", 1
PARTIES = ("BRA", "PRY")  # where dealerships were closed, as published
FILES = (
    "licensees.xlsx", "permits.csv", "acquisitions-north.csv", "acquisitions-south.csv", "dispositions-north.csv",
    "dispositions-south.csv", "manifests.csv", "thefts.csv", "recoveries.csv", "towns.csv",
)  # fmt: skip
Planted = dict[str, list[dict[str, Any]]]


def books_of(folder: Path, seed: int, rows: int) -> Planted:
    """Invented books in a folder, made where they are not there yet; what was planted, by rule."""
    told = folder / "planted.json"
    if not told.exists():
        from pyarrow import csv as columns, parquet  # heavy: only where books are made

        from tripoint.demo.books.writing_store import invent

        invent(folder, rows, seed, lambda *_: None)
        columns.write_csv(parquet.read_table(folder / "permits.parquet"), folder / "permits.csv")
    planted: Planted = json.loads(told.read_text(encoding="utf-8"))["rules"]
    return planted


def play(desks: Desks, progress: Progress, party: str, folder: Path, planted: Planted) -> None:
    """Hand in the books, record the counts, ask the rules, decide what the model rule found; what is done stays."""
    line = desks.line(party)
    for name in FILES:
        if f"book/{party}/{name}" not in progress.done:
            file = base64.b64encode((folder / name).read_bytes()).decode()
            told = asked(line, "POST", f"{DEALERS}/books", {"name": name, "file": file, "apply": True}).body
            progress.keep(f"book/{party}/{name}", rows=told["new"], refused=told["refused_in_all"])
    closed = {case["dealer"] for case in planted[str(MODEL_RULE)]}
    for dealer, visited in counts(folder).items():
        if f"inspection/{party}/{dealer}" not in progress.done:
            action = "close" if dealer in closed else "none"
            asked(line, "POST", f"{DEALERS}/inspections", visited | {"dealer": dealer, "action": action})
            progress.keep(f"inspection/{party}/{dealer}", action=action)
    if f"rules/{party}" not in progress.done:
        told = asked(line, "POST", f"{DEALERS}/indicators").body
        for one in indicators(line, MODEL_RULE):
            if one["state"] == "open":
                decision = {"state": "confirmed", "reason": "Counted twice: the firearms are not there."}
                asked(line, "POST", f"{DEALERS}/indicators/{one['id']}/decision", decision)
        progress.keep(f"rules/{party}", found=told["found"])


def counts(folder: Path) -> dict[str, dict[str, Any]]:
    """What inspectors counted at each dealer, as the invented books have it."""
    items: dict[str, list[dict[str, str]]] = defaultdict(list)
    with (folder / "estoque.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            items[row["Lojista"]].append({"serial": row["Número de série"], "make": row["Marca"]})
    with (folder / "inspections.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["Dealer licence"]: {
                "day": datetime.fromisoformat(row["Date"]).date().isoformat(), "scope": row["scope"],
                "items": items[row["Dealer licence"]],
            } for row in csv.DictReader(file)
        }  # fmt: skip


def indicators(line: Line, rule: int) -> list[dict[str, Any]]:
    """What the desk shows of one rule."""
    found: list[dict[str, Any]] = asked(line, "GET", f"{DEALERS}/indicators?rule={rule}").body["indicators"]
    return found


def verdicts(desks: Desks, party: str, planted: Planted) -> list[Verdict]:
    """What the desk's indicators found of what was planted, rule by rule."""
    line = desks.line(party)
    return judge(planted, [one for rule in range(1, 23) for one in indicators(line, rule)])
