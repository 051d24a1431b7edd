"""What was planted, figure by figure: counted from the plan, never from the hub."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from statistics import median
from typing import Any

from tripoint.demo.places import TAKING_PART
from tripoint.demo.turquesa import moments, stories
from tripoint.demo.turquesa.model import Course, Planned
from tripoint.demo.turquesa.planning import Replay
from tripoint.words.mrz import read_mrz
from tripoint.words.offences import OffenceGroup, group_of

NOT_YET = (
    "route_pattern_bahamas", "recruitment_pattern_scam", "paternity_pattern", "softball_pattern", "china_trend",
    "price_by_route",
)  # fmt: skip


@dataclass(slots=True)
class Tally:
    """The checks that were planted, by what they ask for; filled while they are made."""

    checks: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    planted: int = 0

    def add(self, body: dict[str, Any], planted: str | None) -> None:
        """Count one check."""
        self.checks += 1
        self.kinds.update(kinds_of(body))
        self.planted += planted is not None

    def take(self, other: Tally) -> None:
        """Count the checks of another tally too."""
        self.checks += other.checks
        self.kinds.update(other.kinds)
        self.planted += other.planted


def kinds_of(body: dict[str, Any]) -> set[str]:
    """What a question asks for; a zone that can be read asks for its bearer too."""
    kinds: set[str] = {kind for kind in ("person", "document", "vehicle", "firearm") if kind in body}
    zone = body.get("document", {}).get("mrz")
    bearer = read_mrz(zone).person() if zone else None
    return kinds | {"person"} if bearer and bearer.names else kinds


def children(found: Iterable[Planned]) -> int:
    """How many of them are children: by the age where one is said, else by the group."""
    return sum(
        one.values["age"] < 18 if "age" in one.values else one.values.get("age_group") == "child" for one in found
    )


def figures_of(returns: Iterable[Planned], tally: Tally) -> dict[str, float]:
    """The true value of every figure; results of several parties that are one event count once."""
    of: dict[str, list[Planned]] = {}
    seen: set[str] = set()
    for one in returns:
        if one.joint is None or one.joint not in seen:
            of.setdefault(one.kind, []).append(one)
        seen |= {one.joint} if one.joint else set()
    return checks_of(tally) | people_of(of) | things_of(of)


def checks_of(tally: Tally) -> dict[str, float]:
    """The figures of checks."""
    kinds = {f"checks_{kind}s": tally.kinds[kind] for kind in ("person", "document", "vehicle", "firearm")}
    return {"parties": len(TAKING_PART), "checks_database": tally.checks, **kinds}


def people_of(of: dict[str, list[Planned]]) -> dict[str, float]:
    """The figures of arrests, victims, detections and interviews."""
    arrests, victims, met = of["arrest"], of["victim"], of["detection"]
    prices = [Decimal(price["amount"]) for one in of["interview"] for price in one.values.get("prices", ())]
    return {
        "arrests": len(arrests),
        "arrests_other_crimes": sum(group_of(one.values["offence"]) is OffenceGroup.OTHER for one in arrests),
        "victims": len(victims), "victims_potential": len(victims), "victims_identified": 0,
        "victims_children": children(victims), "detections": len(met), "detections_children": children(met),
        "nationalities": len({one.values["nationality"] for one in met}), "interviews": len(of["interview"]),
        "median_price_usd": float(median(prices)), "notices_requested": len(of["notice_request"]),
    }  # fmt: skip


def things_of(of: dict[str, list[Planned]]) -> dict[str, float]:
    """The figures of seizures, freezes, groups, investigations and incidents."""
    items = [item for one in of["seizure"] for item in one.values["items"]]

    def pieces(category: str) -> float:
        return float(sum(Decimal(item["quantity"]) for item in items if item["category"] == category))

    return {
        "seizures": len(of["seizure"]), "seizures_documents": pieces("document"), "cash_usd": pieces("cash"),
        "phones": pieces("phone"), "vehicles": pieces("vehicle"), "firearms": pieces("firearm"),
        "freezes": len(of["freeze"]), "frozen_usd": float(sum(Decimal(one.values["amount"]) for one in of["freeze"])),
        "groups_disrupted": sum(bool(one.values["disrupted"]) for one in of["group"]),
        "investigations": len(of["investigation"]), "incidents": len(of["incident"]),
    }  # fmt: skip


def findings_of(replay: Replay, tally: Tally) -> dict[str, int]:
    """How many of each finding were planted: of the story counts, and of what later desks are to find."""

    def told(kind: str, story: str) -> int:
        return sum(one.kind == kind and one.story == story for one in replay.returns)

    return {
        "listed_records_met": tally.planted, "softball_team": told("arrest", stories.SOFTBALL),
        "notice_requests": told("notice_request", stories.NOTICES), **dict.fromkeys(NOT_YET, 1),
    }  # fmt: skip


def truth_of(replay: Replay, tally: Tally, first: datetime) -> dict[str, Any]:
    """All of it, as it is written to truth.json."""
    by_story = Counter(one.story for one in replay.returns if one.story)
    came = [one for one in replay.returns if one.course is not Course.MISSING]
    return {
        "seed": replay.seed, "scale": replay.scale, "published_first_day": moments.PUBLISHED.isoformat(),
        "first_day": first.date().isoformat(), "figures": figures_of(replay.returns, tally),
        "figures_without_missing": figures_of(came, tally), "findings": findings_of(replay, tally),
        "stories": dict(sorted(by_story.items())), "courses": counted(replay.returns, lambda one: one.course),
        "missing": missing_of(replay),
        "arrests_by_offence": counted(only(replay, "arrest"), lambda one: one.values["offence"]),
        "arrests_by_party": counted(only(replay, "arrest"), lambda one: one.party),
        "victims_by_party": counted(only(replay, "victim"), lambda one: one.party),
        "detections_by_nationality": counted(only(replay, "detection"), lambda one: one.values["nationality"]),
        "detections_by_party": counted(only(replay, "detection"), lambda one: one.party),
    }  # fmt: skip


def only(replay: Replay, kind: str) -> list[Planned]:
    """The returns of one kind."""
    return [one for one in replay.returns if one.kind == kind]


def counted(returns: Iterable[Planned], what: Callable[[Planned], str]) -> dict[str, int]:
    """How many there are of each, the most first."""
    return dict(sorted(Counter(str(what(one)) for one in returns).items(), key=lambda pair: (-pair[1], pair[0])))


def missing_of(replay: Replay) -> list[dict[str, Any]]:
    """The returns that never come, by party, day and kind."""
    gone = Counter((one.party, one.day, one.kind) for one in replay.returns if one.course is Course.MISSING)
    return [
        {"party": party, "day": day + 1, "kind": kind, "count": n} for (party, day, kind), n in sorted(gone.items())
    ]


def plain(tally: Tally) -> dict[str, Any]:
    """A tally as JSON."""
    return {"checks": tally.checks, "kinds": dict(tally.kinds), "planted": tally.planted}
