from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tripoint.access.model import Operation
from tripoint.base.errors import BadInput, NotAllowed
from tripoint.desks.operations import rules
from tripoint.desks.operations.model import Plan, PlannedPost, PostKind

START = datetime(2026, 3, 1, tzinfo=UTC)
OPERATION = Operation(UUID(int=1), "Quiet River", "", "", START, START + timedelta(days=1), "ARC", ("BOR", "CIR"), ())


def post(party: str) -> PlannedPost:
    return PlannedPost("Puerto Alto", PostKind.RIVER, party, -3.2, -60.0)


@pytest.mark.parametrize("lasts", [timedelta(0), timedelta(days=-1), timedelta(days=6 * 366)])
def test_a_plan_lasts_some_time_and_not_too_long(lasts: timedelta) -> None:
    with pytest.raises(BadInput) as raised:
        rules.check_plan(Plan("Any", START, START + lasts, ()))
    assert raised.value.field == "ends_at"


def test_party_numbers_name_every_stranger() -> None:
    assert rules.party_numbers(["BOR", "ARC", "BOR"], {"ARC": 3, "BOR": 7}) == [3, 7]
    with pytest.raises(BadInput, match="NIL, NOPE"):
        rules.party_numbers(["NOPE", "ARC", "NIL"], {"ARC": 3})


def test_the_coordinator_sets_up_every_partys_posts() -> None:
    for party in ("ARC", "BOR", "CIR"):
        rules.check_post(post(party), OPERATION, "ARC")
    rules.check_post(post("BOR"), OPERATION, "BOR")
    with pytest.raises(NotAllowed):
        rules.check_post(post("CIR"), OPERATION, "BOR")
    with pytest.raises(BadInput):
        rules.check_post(post("DUN"), OPERATION, "ARC")


def test_only_the_coordinator_coordinates() -> None:
    rules.check_coordinates(OPERATION, "ARC")
    with pytest.raises(NotAllowed, match="ARC"):
        rules.check_coordinates(OPERATION, "BOR")
