"""What the hub says after a replay of Trigger IX: its figures, what its desks found, and the score of both."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tripoint.demo.trigger import dealing, tracing, ways
from tripoint.demo.trigger.playing import Player
from tripoint.demo.trigger.truth import OFFENCE, measures_of, truth_of
from tripoint.demo.turquesa.filing import asked
from tripoint.demo.turquesa.reading import ANALYST, FIGURES, Results, read_results
from tripoint.demo.turquesa.scoring import score

TABLES = (("arrests", ["offence"]), ("arrests", ["party"]), ("firearms", ["party"]))
# Records one by one: what was acknowledged and is not in the figure is lost.
RECORDS = ("arrests", "seizures", "groups_disrupted", "investigations", "victims", "firearms_recovered")


def read(player: Player) -> tuple[dict[str, Any], Results, dict[str, Any]]:
    """The truth, the hub's results and the score."""
    verdicts = [one for party in dealing.PARTIES
                for one in dealing.verdicts(player.desks, party, player.planted(party))]  # fmt: skip
    planted: Counter[str] = Counter()
    met: Counter[str] = Counter()
    for one in verdicts:
        name = "dealers_not_in_stock" if one.rule == dealing.MODEL_RULE else f"dealers_rule_{one.rule:02d}"
        planted[name] += one.planted
        met[name] += one.found
        met[f"{name}_false"] += one.false
    truth = truth_of(player.replay, player.first, planted)
    found = read_results(player.desks, measures_of(player.replay), TABLES)
    reported = found.figures | by_offence(player) | {"firearms_recovered": recovered(player)}
    lost = sum(max(0, int(truth["figures"][name] - (reported.get(name) or 0))) for name in RECORDS)
    scored = score(truth, reported, found.missing, met | firearms(player) | modi(player), lost)
    return truth, found, scored


def by_offence(player: Player) -> dict[str, float | None]:
    """The hub's own figure of arrests, told apart by offence."""
    body = {"operation": player.desks.places()[0], "measure": "arrests", "dimensions": ["offence"]}
    parts = asked(player.desks.open(ANALYST), "POST", FIGURES, body).body["parts"]
    return {f"{OFFENCE}{part['codes']['offence']}": float(part["value"]) for part in parts}


def recovered(player: Player) -> int:
    """How many recovered firearms the parties' own lists hold."""
    total, operation = 0, player.desks.places()[0]
    for party in player.world.played.taking_part:
        after = ""
        while True:
            page = asked(
                player.desks.line(party), "GET",
                f"/api/firearms/recovered?operation={operation}&party={party}&limit=1000{after}",
            ).body  # fmt: skip
            total += len(page["firearms"])
            if page["next"] is None:
                break
            after = f"&after={page['next']}"
    return total


def firearms(player: Player) -> Counter[str]:
    """Listed firearms that were met, and traces whose chain has the point of diversion that was planted."""
    listed = {str(i) for n, i in player.recovered().items() if player.replay.recoveries[n].listed}
    met = {one["content"]["recovery"] for one in player.meetings() if one["state"] == "confirmed"}
    told = {one["content"]["recovery"] for one in player.meetings()}
    ends = [(tracing.diverted_to(player.filer, one), one.path[-1]) for one in player.trails()]
    return Counter({
        "listed_firearms_met": len(met & listed), "listed_firearms_met_false": len(told - listed),
        "traces_over_hops": sum(found == planted for found, planted in ends),
        "traces_over_hops_false": sum(found not in (None, planted) for found, planted in ends),
    })  # fmt: skip


def modi(player: Player) -> Counter[str]:
    """What was decided of the modi operandi, as the library shows it."""
    states = [ways.state(player.filer, number) for number in range(len(ways.WAYS) + 1)]
    new = sum(state in ("new", "published") for state in states)
    return Counter({"modi_decided_new": new, "modi_known_already": states.count("superseded")})
