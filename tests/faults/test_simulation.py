"""A thousand simulated days of field clients and hub; every wrong way to build it is found; the real hub agrees."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import pytest

from tests.faults.simulation.run import Broken, Outcome, first_failure, simulate
from tests.hub import hub
from tests.town import as_owner, browser, employ, found, rows
from tripoint.access.model import Role
from tripoint.access.rules import Standing
from tripoint.base.embedded_postgres import Servers

SEEDS, WITHIN = 1000, 50
START = datetime(2026, 11, 1, tzinfo=UTC)
REPLAYED = (3, 14)


def told(outcome: Outcome | None) -> str:
    return "" if outcome is None else "\n".join([*outcome.trace, *outcome.wrong, f"seed {outcome.seed}"])


def test_nothing_is_lost_or_doubled_on_any_day() -> None:
    failed = first_failure(range(SEEDS))
    assert failed is None, told(failed)


def test_the_same_seed_is_the_same_day() -> None:
    assert simulate(7).trace == simulate(7).trace
    assert simulate(7).trace != simulate(8).trace


@pytest.mark.parametrize("broken", [broken for broken in Broken if broken is not Broken.NOTHING])
def test_a_protocol_built_wrongly_is_found(broken: Broken) -> None:
    assert first_failure(range(WITHIN), broken) is not None


def real_id(simulated: str) -> str:
    """A UUID of version 7 for the id of a simulated check, always the same."""
    bits = uuid5(NAMESPACE_OID, simulated).int & ~(0xF << 76) | (7 << 76)
    return str(UUID(int=bits))


def question(device: str, body: dict[str, Any]) -> dict[str, Any]:
    """A simulated check as a real one."""
    at = START + timedelta(seconds=body["device_time"])
    return {"id": real_id(body["id"]), "purpose": "border_control", "device_time": at.isoformat(),
            "vehicle": {"plate": body["plate"], "country": "PRY"}}  # fmt: skip


@pytest.mark.parametrize("seed", REPLAYED)
def test_the_real_hub_answers_as_the_model_does(own_database: Servers, seed: int) -> None:
    app = hub(own_database)
    officer = browser(app, employ(own_database, found(own_database), Role.FIELD_OFFICER))
    outcome = simulate(seed)
    assert {said for _, _, said in outcome.hub.arrivals} >= {Standing.NEW, Standing.REPEATED}
    answers: dict[str, dict[str, Any]] = {}
    for device, body, said in outcome.hub.arrivals:
        asked = question(device, body)
        answer = officer("POST", "/api/checks", json=asked)
        assert answer["repeated"] == (said == Standing.REPEATED)
        first = answers.setdefault(asked["id"], answer)
        assert {**answer, "repeated": False} == {**first, "repeated": False}
    with as_owner(own_database) as owner:
        made = {str(row[0]) for row in rows(owner, "select id from check_made")}
    assert made == {real_id(row.id) for row in outcome.hub.rows}
    app.state.door.engine.dispose()
