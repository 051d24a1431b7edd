"""Pure: the live picture put together from the rows that were counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tripoint.room.model import Kind, Picture, Rows, Span

Row = dict[str, Any]
Counted = Mapping[str, Sequence[Row]]
CHECKED = ("document", "person", "vehicle", "firearm")
STATES = ("new", "referred", "confirmed", "not_confirmed", "inconclusive", "expired")
RECORD_STATES = ("preliminary", "confirmed", "final")
REPORTED = tuple(kind for kind in Kind if kind is not Kind.HIT)
MINUTES = 60


def paint(rows: Counted, shown: Span, now: datetime) -> Picture:
    """The picture of these rows as of `now`, without its events."""
    return Picture(
        now, shown, checks(rows, now), hits(rows), kinds(rows), parties(rows), posts(rows), tuple(rows["routes"]),
        tuple(rows["nationalities"]), timeline(rows, shown), (),
    )  # fmt: skip


def checks(rows: Counted, now: datetime) -> Row:
    """All checks, by what was asked about, and those of the last sixty minutes one by one."""
    (whole,) = level(rows["checks"], 3) or [{}]
    by_minute = {row["at"]: row["n"] for row in rows["last_hour"]}
    last = now.replace(second=0, microsecond=0)
    minutes = [last - timedelta(minutes=ago) for ago in reversed(range(MINUTES))]
    return {
        "total": whole.get("checks") or 0,
        "last_hour": sum(by_minute.values()),
        "per_minute": [{"at": minute, "n": by_minute.get(minute, 0)} for minute in minutes],
        "by_kind": {kind: whole.get(kind) or 0 for kind in CHECKED},
    }


def hits(rows: Counted) -> Row:
    """Hits by state, how many wait beyond their clock or soon will, and how fast owners answer."""
    by_state = {row["state"]: row["hits"] for row in level(rows["hits"], 6)}
    (whole,) = level(rows["hits"], 7) or [{}]
    p80 = whole.get("answer_minutes_p80")
    return {
        "by_state": {state: by_state.get(state, 0) for state in STATES},
        "waiting": whole.get("waiting") or 0,
        "overdue": whole.get("overdue") or 0,
        "due_soon": whole.get("due_soon") or 0,
        "answer_minutes_p80": None if p80 is None else round(float(p80), 1),
    }


def kinds(rows: Counted) -> Rows:
    """What was reported: how many of each kind, in which state the records are, how much of them is not known."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in level(rows["reported"], 13):  # by kind and state
        found[row["kind"]].append(row)
    return tuple(one_kind(kind, found[kind], "once") for kind in REPORTED)


def one_kind(kind: str, rows: Iterable[Row], counted: str) -> Row:
    """One kind's figure from its rows by state; `counted` says whether joint results count once or for each party."""
    rows = list(rows)
    states = {row["state"]: row[counted] for row in rows}
    return {
        "kind": str(kind),
        "n": sum(states.values()),
        **{state: states.get(state, 0) for state in RECORD_STATES},
        "unknown": sum(row["unknown"] for row in rows),
        "children": sum(row["children"] for row in rows),
        "as_of": latest(row["last"] for row in rows),
    }


def parties(rows: Counted) -> Rows:
    """Each party that takes part or has something to show, those with most checks first."""
    made = {row["number"]: row for row in level(rows["checks"], 1)}
    met = {row["number"]: row for row in level(rows["hits"], 3)}
    told: dict[int, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in level(rows["reported"], 5):  # by owner, kind and state
        told[row["number"]][row["kind"]].append(row)
    known = made.keys() | met.keys() | told.keys()
    painted = [
        one_party(party, made.get(number, {}), met.get(number, {}), told.get(number, {}))
        for number, party in ((party["number"], party) for party in rows["parties"])
        if party["takes_part"] or number in known
    ]
    return tuple(sorted(painted, key=lambda party: (-party["checks"], party["code"])))


def one_party(party: Row, made: Row, met: Row, told: Mapping[str, Sequence[Row]]) -> Row:
    """One party's line; `as_of` is when its newest record came or changed, None where it has none."""
    reported = [one_kind(kind, told[kind], "n") for kind in REPORTED if kind in told]
    return {
        "code": party["code"],
        "name": party["name"],
        "checks": made.get("checks", 0),
        "hits": met.get("hits", 0),
        "waiting": met.get("waiting", 0),
        "reported": [kind for kind in reported if kind["n"]],
        "as_of": latest([made.get("last"), met.get("last"), *(kind["as_of"] for kind in reported)]),
    }


def posts(rows: Counted) -> Rows:
    """Each post with its place and what was done and met there."""
    made = {row["post"]: row["checks"] for row in level(rows["checks"], 2)}
    met = {row["post"]: row for row in level(rows["hits"], 5)}
    told: dict[Any, dict[str, int]] = defaultdict(dict)
    for row in level(rows["reported"], 11):  # by post and kind
        told[row["post"]][row["kind"]] = row["once"]
    return tuple(
        post | {
            "checks": made.get(post["id"], 0),
            "hits": met.get(post["id"], {}).get("hits", 0),
            "waiting": met.get(post["id"], {}).get("waiting", 0),
            "reported": {kind: n for kind, n in told[post["id"]].items() if n},
        }
        for post in rows["posts"]
    )  # fmt: skip


def timeline(rows: Counted, shown: Span) -> Rows:
    """Every step of the span with what is counted in it; what is not named is nothing."""
    counts: dict[datetime, dict[str, int]] = defaultdict(dict)
    for row in rows["check_steps"]:
        counts[row["at"]]["checks"] = row["checks"]
    for row in rows["hit_steps"]:
        counts[row["at"]]["hit"] = row["hits"]
    for row in level(rows["reported"], 14):  # by step and kind
        if row["shown"]:
            counts[row["at"]][row["kind"]] = row["shown"]
    steps = round((shown.end - shown.begin) / shown.step)
    moments = [shown.begin + shown.step * step for step in range(steps)]
    return tuple({"at": at, "counts": counts.get(at, {})} for at in moments)


def level(rows: Sequence[Row], number: int) -> list[Row]:
    """The rows of one grouping set: the bits of `number` are the columns summed over."""
    return [row for row in rows if row["level"] == number]


def latest(moments: Iterable[datetime | None]) -> datetime | None:
    """The latest of the moments that are there."""
    return max((moment for moment in moments if moment is not None), default=None)
