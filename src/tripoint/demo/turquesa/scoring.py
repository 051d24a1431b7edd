"""What the hub says beside what was planted: score.json. Pure; nothing here knows how either came about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tripoint.demo.turquesa.truth import NOT_YET

NEAR = 0.005  # amounts are told to the cent


def score(
    truth: Mapping[str, Any], reported: Mapping[str, float | None], missing: Sequence[Mapping[str, Any]],
    met: Mapping[str, int], lost: int,
) -> dict[str, Any]:  # fmt: skip
    """Figures and findings.

    `reported` are the hub's own figures by name, None where it gave none; `missing` the daily reports that its own
    results sheet names as missing ({party, days}); `met` what its answers to checks and its figures say of findings.
    A figure that differs from the truth is explained only where the sheet itself names missing reports, and where just
    the returns that never came make up the difference.
    """
    why, came = explanation(missing), truth["figures_without_missing"]
    return {
        "lost": lost,
        "figures": {
            name: figure(reported.get(name), value, why if near(reported.get(name), came[name]) else None)
            for name, value in truth["figures"].items()
        },
        "findings": {name: finding(name, planted, met) for name, planted in truth["findings"].items()},
    }


def explanation(missing: Sequence[Mapping[str, Any]]) -> str | None:
    """What the results sheet says about missing returns, in a sentence; None where it says nothing."""
    told = "; ".join(f"{one['party']}: {', '.join(one['days'])}" for one in missing)
    return f"The sheet names daily reports that are missing ({told})." if told else None


def figure(reported: float | None, truth: float, why: str | None) -> dict[str, Any]:
    """One figure."""
    shown: dict[str, Any] = {"reported": reported, "truth": truth}
    return shown if near(reported, truth) or not why else shown | {"explained": why}


def near(reported: float | None, value: float) -> bool:
    """Whether a figure is a value, to the cent; one that the hub did not give is none."""
    return reported is not None and abs(reported - value) <= NEAR


def finding(name: str, planted: int, met: Mapping[str, int]) -> dict[str, Any]:
    """One finding; what no desk of the hub looks for yet is not found."""
    if name in NOT_YET:
        return {"planted": planted, "found": 0, "false_alarms": 0, "status": "not yet"}
    found = met.get(name, 0)
    status = "found" if found == planted else "partly" if found else "missed"
    alarms = {"false_alarms": met.get(f"{name}_false", 0)}
    by = {key.removeprefix(f"{name}_false "): count for key, count in met.items() if key.startswith(f"{name}_false ")}
    return {"planted": planted, "found": found, **alarms, **({"false_alarms_by": by} if by else {}), "status": status}


def wrong(scored: Mapping[str, Any]) -> list[str]:
    """What speaks against the run: lost checks, and figures that differ without an explanation."""
    found = [f"{scored['lost']} checks were lost."] if scored["lost"] else []
    for name, one in scored["figures"].items():
        if not near(one["reported"], one["truth"]) and "explained" not in one:
            found.append(f"{name}: {one['reported']} reported, {one['truth']} planted.")
    return found
