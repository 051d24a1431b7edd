"""Judge a rehearsal: what was acknowledged beside what the database holds, what was planted beside what was found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tripoint.base.database import Engine, transaction
from tripoint.demo import store
from tripoint.demo.asking import Made
from tripoint.demo.rehearsal import Course
from tripoint.demo.store import HeldHit
from tripoint.records.model import Level, RecordKind

ALARMING = ("strong", "possible")
TOLD = (Level.FULL, Level.POINTER)


@dataclass(slots=True)
class Held:
    """What the database holds after a rehearsal."""

    checks: Counter[UUID] = field(default_factory=Counter)
    hits: dict[UUID, list[HeldHit]] = field(default_factory=lambda: defaultdict(list))  # by check
    records: dict[tuple[str, RecordKind, str], UUID] = field(default_factory=dict)
    version: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one check. `wrong` says why a planted one does not count as found."""

    made: Made
    found: bool
    confirmed: bool
    false_alarms: int
    wrong: str | None = None


def look(engine: Engine) -> Held:
    """Read checks, hits and records, party by party, each standing under the party itself."""
    held = Held()
    with transaction(engine) as connection:
        parties = store.all_parties(connection)
        codes = {party.number: party.code for party in parties}
        for party in parties:
            held.checks.update(store.checks_of(connection, party))
            for hit in store.hits_of(connection, party, codes):
                held.hits[hit.check_id].append(hit)
            for (kind, key), record in store.records_of(connection, party).items():
                held.records[party.code, kind, key] = record
        held.version, held.size = store.describe_database(connection)
    return held


def judge(course: Course, held: Held) -> list[Verdict]:
    """A verdict on every check."""
    return [judge_check(made, course, held) for made in course.made]


def judge_check(made: Made, course: Course, held: Held) -> Verdict:
    """What came of one check."""
    planted = made.planned.planted
    told = {hit["id"]: hit for hit in made.answer.get("hits", ())}
    if planted is None:
        return Verdict(made, False, False, sum(hit["grade"] in ALARMING for hit in told.values()))
    record = held.records.get((planted.owner, planted.kind, planted.key))
    hits = [hit for hit in held.hits[made.id] if hit.record == record]
    wrong = fault(planted.level, hits, told, course)
    confirmed = any(hit.state == "confirmed" for hit in hits)
    return Verdict(made, wrong is None, confirmed and wrong is None, 0, wrong)


def fault(level: Level, hits: Sequence[HeldHit], told: dict[str, Any], course: Course) -> str | None:
    """Why the meeting with a planted record is not as it must be, or None when it is."""
    if level is Level.NOTHING:
        return "a record kept from the asker was met" if hits else None
    if not hits:
        return "not found"
    ids = {str(hit.id) for hit in hits}
    if level is Level.BLIND:
        if ids & told.keys():
            return "the asker was told of a blind hit"
        return None if ids <= course.shown_to_owner else "the owner's desk does not show it"
    if not ids & told.keys():
        return "found, but the answer does not say so"
    levels = {told[hit]["level"] for hit in ids & told.keys()}
    return None if levels == {level.value} else f"told at level {', '.join(sorted(levels))} instead of {level.value}"


def summarise(course: Course, held: Held, verdicts: Iterable[Verdict]) -> dict[str, Any]:
    """The figures of the rehearsal. Times in milliseconds from the moment each check was due."""
    verdicts = list(verdicts)
    acknowledged = [made for made in course.made if made.answered]
    lost = [made for made in acknowledged if held.checks[made.id] != 1]
    planted = [v for v in verdicts if v.made.planned.planted and v.made.planned.planted.level is not Level.NOTHING]
    times = sorted(made.seconds * 1000 for made in acknowledged)
    return {
        "checks": len(course.made), "answered": len(acknowledged), "lost": len(lost),
        "hits_planted": len(planted), "hits_found": sum(v.found for v in planted),
        "hits_confirmed": sum(v.confirmed for v in planted), "false_alarms": sum(v.false_alarms for v in verdicts),
        **by_level(verdicts),
        "p50_ms": percentile(times, 50), "p95_ms": percentile(times, 95), "p99_ms": percentile(times, 99),
        "max_ms": round(times[-1], 2) if times else None, "seconds": round(course.seconds, 2),
        "checks_per_second": round(len(acknowledged) / course.seconds, 1) if course.seconds else None,
        "sent_twice": course.repeated, "answered_otherwise": course.repeated_otherwise,
        "checks_in_database": held.checks.total(), "desk_steps": dict(sorted(course.steps.items())),
        "confirmations_told": confirmations_told(verdicts, course), "database_bytes": held.size,
    }  # fmt: skip


def by_level(verdicts: Iterable[Verdict]) -> dict[str, int]:
    """How many were planted and found at each level; at level nothing, found means rightly not found."""
    counts: dict[str, int] = {}
    names = {Level.FULL: "full", Level.POINTER: "pointer", Level.BLIND: "blind"}
    for level, name in names.items():
        of_level = [v for v in verdicts if v.made.planned.planted and v.made.planned.planted.level is level]
        counts |= {f"{name}_planted": len(of_level), f"{name}_found": sum(v.found for v in of_level)}
    kept = [v for v in verdicts if v.made.planned.planted and v.made.planned.planted.level is Level.NOTHING]
    return counts | {"withheld_planted": len(kept), "withheld_told": sum(not v.found for v in kept)}


def confirmations_told(verdicts: Iterable[Verdict], course: Course) -> int:
    """How many confirmed hits their askers see confirmed."""
    told = {hit["id"] for v in verdicts if v.confirmed for hit in v.made.answer.get("hits", ())}
    return len(told & course.confirmed_told)


def percentile(ordered: Sequence[float], part: float) -> float | None:
    """The value below which `part` percent of the ordered values lie (nearest rank), to a hundredth."""
    return round(ordered[max(0, -(-len(ordered) * part // 100).__int__() - 1)], 2) if ordered else None


def passed(summary: dict[str, Any]) -> bool:
    """Whether it proves what it must: nothing lost, everything planted found, nothing withheld told."""
    return bool(
        summary["lost"] == 0 and summary["answered"] == summary["checks"] and summary["answered_otherwise"] == 0
        and summary["hits_found"] == summary["hits_planted"] and summary["withheld_told"] == 0
    )  # fmt: skip


def lines(verdicts: Iterable[Verdict]) -> Iterator[dict[str, Any]]:
    """A line a check for the log: ids and outcomes, nothing of what was asked."""
    for verdict in verdicts:
        made, planted = verdict.made, verdict.made.planned.planted
        yield {
            "id": str(made.id), "party": made.planned.party, "post": made.planned.place.post.name,
            "status": made.status,
            "grade": made.answer.get("grade"), "ms": round(made.seconds * 1000, 2),
            "planted": planted and {"owner": planted.owner, "kind": planted.kind.value, "key": planted.key,
                                    "level": planted.level.value},
            "found": verdict.found if planted else None, "confirmed": verdict.confirmed if planted else None,
            "wrong": verdict.wrong, "false_alarms": verdict.false_alarms,
        }  # fmt: skip
