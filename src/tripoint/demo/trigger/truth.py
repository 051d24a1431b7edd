"""What was planted in Trigger IX, figure by figure: counted from the plan, never from the hub."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tripoint.demo.played import TRIGGER
from tripoint.demo.trigger import pricing, shares
from tripoint.demo.trigger.planning import Replay
from tripoint.demo.turquesa.model import Planned
from tripoint.words.offences import OffenceGroup, group_of

PUBLISHED = date(2023, 3, 12)
OFFENCE = "arrests_offence_"  # and the code: the arrests told apart


def once(returns: Iterable[Planned]) -> list[Planned]:
    """Every event once, whoever else reports it."""
    seen: dict[str, Planned] = {}
    for one in returns:
        seen.setdefault(one.joint or one.key, one)
    return list(seen.values())


def amount(returns: Iterable[Planned], category: str) -> float:
    """How much of a category was seized: pieces, rounds or kilograms."""
    items = (item for one in returns if one.kind == "seizure" for item in one.values["items"])
    return float(sum(Decimal(item["quantity"]) for item in items if item["category"] == category))


def measures_of(replay: Replay) -> dict[str, float]:
    """The true value of every measure of the hub."""
    events = once(replay.returns)
    of = Counter(one.kind for one in events)
    offences = Counter(str(one.values["offence"]) for one in events if one.kind == "arrest")
    other = sum(count for code, count in offences.items() if group_of(code) is OffenceGroup.OTHER)
    return {
        "parties": len(TRIGGER.taking_part), "arrests": of["arrest"], "arrests_other_crimes": other,
        "firearms": amount(events, "firearm"), "magazines": amount(events, "magazine"),
        "rounds": amount(events, "ammunition"), "drugs_kg": amount(events, "drug"),
        "precursors_kg": amount(events, "precursor"), "seizures": of["seizure"], "groups_disrupted": of["group"],
        "investigations": of["investigation"], "victims": of["victim"], "modi_operandi_new": shares.MODI,
        "notices_requested": shares.MODI, "seized_value_usd": amount(events, "drug") * float(pricing.CENTRAL),
    }  # fmt: skip


def parts_of(replay: Replay) -> dict[str, float]:
    """What the measures are told apart by, and what is counted record by record."""
    offences = Counter(str(one.values["offence"]) for one in replay.returns if one.kind == "arrest")
    return {
        **{f"{OFFENCE}{code}": count for code, count in sorted(offences.items())},
        "firearms_recovered": len(replay.recoveries),
    }


def truth_of(replay: Replay, first: datetime, planted: Mapping[str, int]) -> dict[str, Any]:
    """All of it, as it is written to truth.json; `planted` are the cases in the dealers' books."""
    figures = measures_of(replay) | parts_of(replay)
    findings = {
        "listed_firearms_met": sum(one.listed is not None for one in replay.recoveries),
        "traces_over_hops": sum(one.traced is not None for one in replay.recoveries),
        "modi_decided_new": shares.MODI, "modi_known_already": 1, **planted,
    }  # fmt: skip
    arrests = Counter(one.party for one in replay.returns if one.kind == "arrest")
    return {
        "seed": replay.seed, "scale": replay.scale, "published_first_day": PUBLISHED.isoformat(),
        "first_day": first.date().isoformat(), "figures": figures, "figures_without_missing": figures,
        "findings": findings, "stories": dict(Counter(one.story for one in replay.returns if one.story)),
        "courses": dict(Counter(one.course.value for one in replay.returns)),
        "missing_reports": {TRIGGER.silent: list(range(TRIGGER.silent_from + 1, TRIGGER.days + 1))},
        "arrests_by_party": dict(arrests.most_common()),
        "records": {"ammunition_pieces_in_one_item": shares.RECORD_ROUNDS, "party": "URY"},
    }  # fmt: skip
