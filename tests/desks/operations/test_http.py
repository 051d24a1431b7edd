from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from tests.town import Browser, application, browser, employ, found
from tripoint.access.http import routes as access
from tripoint.access.model import Party, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.desks.operations.http import routes
from tripoint.records.http import routes as records

NOW = datetime.now(UTC)
VEHICLE = {"status": "stolen", "plate": "ABC123"}


@pytest.fixture
def app(engine: Engine) -> FastAPI:
    return application(engine, access.router, routes.router, records.router)


@pytest.fixture
def desk(app: FastAPI, database: Servers) -> Callable[..., Browser]:
    return lambda party, *roles: browser(app, employ(database, party, *roles))


def plan(*parties: Party, **changes: Any) -> dict[str, Any]:
    return {
        "name": "Quiet River", "starts_at": (NOW - timedelta(days=1)).isoformat(),
        "ends_at": (NOW + timedelta(days=9)).isoformat(), "participants": [party.code for party in parties], **changes,
    }  # fmt: skip


def test_an_operation_is_seen_by_its_parties_alone(desk: Callable[..., Browser], database: Servers) -> None:
    one, two, three = (found(database) for _ in range(3))
    made = desk(one, Role.COORDINATOR)("POST", "/api/operations", 201, json=plan(two, family="River", edition="III"))
    assert made["coordinator"] == one.code
    assert made["participants"] == [two.code]
    assert (made["family"], made["edition"]) == ("River", "III")
    there, outside = desk(two, Role.VIEWER), desk(three, Role.VIEWER)
    assert there("GET", "/api/operations")["operations"] == [made]
    assert there("GET", "/api/session")["operations"] == [made]
    assert outside("GET", "/api/operations")["operations"] == []


def test_only_the_coordinator_changes_it(desk: Callable[..., Browser], database: Servers) -> None:
    one, two, three = (found(database) for _ in range(3))
    chief = desk(one, Role.COORDINATOR)
    path = f"/api/operations/{chief('POST', '/api/operations', 201, json=plan(two))['id']}"
    desk(two, Role.COORDINATOR)("PUT", path, 403, json=plan(two, name="Ours"))
    desk(three, Role.COORDINATOR)("PUT", path, 404, json=plan(three, name="Ours"))
    desk(one, Role.ANALYST)("PUT", path, 403, json=plan(two))
    changed = chief("PUT", path, json=plan(three, name="Other River"))
    assert (changed["name"], changed["participants"]) == ("Other River", [three.code])


def test_posts_are_set_up_by_the_coordinator_and_each_party_for_itself(
    desk: Callable[..., Browser], database: Servers
) -> None:
    one, two, three = (found(database) for _ in range(3))
    chief = desk(one, Role.COORDINATOR)
    path = f"/api/operations/{chief('POST', '/api/operations', 201, json=plan(two))['id']}"
    post = {"name": "Puerto Alto", "kind": "river", "latitude": -3.2, "longitude": -60.0}
    chief("POST", f"{path}/posts", 201, json=post | {"party": two.code})
    at_two = desk(two, Role.LIAISON_OFFICER)
    own = at_two("POST", f"{path}/posts", 201, json=post | {"name": "Puerto Bajo"})
    assert own["party"] == two.code
    at_two("POST", f"{path}/posts", 403, json=post | {"party": one.code})
    chief("POST", f"{path}/posts", 422, json=post | {"party": three.code})
    chief("POST", f"{path}/posts", 422, json=post | {"latitude": 91})
    desk(three, Role.LIAISON_OFFICER)("POST", f"{path}/posts", 404, json=post)
    names = [entry["name"] for entry in at_two("GET", "/api/operations")["operations"][0]["posts"]]
    assert names == ["Puerto Alto", "Puerto Bajo"]


@pytest.mark.parametrize(
    "changes",
    [
        {"ends_at": (NOW - timedelta(days=2)).isoformat()},
        {"ends_at": (NOW + timedelta(days=3000)).isoformat()},
        {"ends_at": "2026-03-01T00:00:00"},
        {"starts_at": "0001-01-01T00:00:00Z"},
        {"participants": ["NOPE"]},
        {"coordinator": "HUB"},
        {"name": "a\x00b"},
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    desk: Callable[..., Browser], database: Servers, changes: dict[str, Any]
) -> None:
    desk(found(database), Role.COORDINATOR)("POST", "/api/operations", 422, json=plan(**changes))


def shared_with_an_operation(
    desk: Callable[..., Browser], coordinator: Party, owner: Party, *others: Party
) -> tuple[Browser, str, str]:
    """A coordinator's browser, the path of his operation, and of a vehicle that the owner shares with it."""
    chief = desk(coordinator, Role.COORDINATOR)
    operation = chief("POST", "/api/operations", 201, json=plan(owner, *others))["id"]
    terms = {"readers": {"kind": "operation", "operation": operation}}
    made = desk(owner, Role.CONTRIBUTOR)("POST", "/api/records/vehicle", 201, json={"content": VEHICLE, "terms": terms})
    return chief, f"/api/operations/{operation}", f"/api/records/vehicle/{made['id']}"


def test_a_party_that_joins_or_leaves_gains_or_loses_sight_at_once(
    desk: Callable[..., Browser], database: Servers
) -> None:
    one, two, three = (found(database) for _ in range(3))
    chief, operation, vehicle = shared_with_an_operation(desk, one, two)
    reader = desk(three, Role.VIEWER)
    reader("GET", vehicle, 404)
    desk(one, Role.VIEWER)("GET", vehicle)
    chief("PUT", operation, json=plan(two, three))
    reader("GET", vehicle)
    chief("PUT", operation, json=plan(two))
    reader("GET", vehicle, 404)


def test_what_an_operation_releases_ends_with_it_and_stays_its_owners(
    desk: Callable[..., Browser], database: Servers
) -> None:
    one, two, three = (found(database) for _ in range(3))
    chief, operation, vehicle = shared_with_an_operation(desk, one, two, three)
    reader = desk(three, Role.VIEWER)
    reader("GET", vehicle)
    chief("PUT", operation, json=plan(two, three, ends_at=(NOW - timedelta(minutes=1)).isoformat()))
    reader("GET", vehicle, 404)
    desk(one, Role.VIEWER)("GET", vehicle, 404)
    desk(two, Role.VIEWER)("GET", vehicle)
    chief("PUT", operation, json=plan(two, three))
    reader("GET", vehicle)


def test_a_record_cannot_name_an_operation_of_others(desk: Callable[..., Browser], database: Servers) -> None:
    one, two = found(database), found(database)
    made = desk(one, Role.COORDINATOR)("POST", "/api/operations", 201, json=plan())
    writer = desk(two, Role.CONTRIBUTOR)
    for operation in (made["id"], str(uuid4())):  # there or not, the answer is one
        terms = {"readers": {"kind": "operation", "operation": operation}}
        refused = writer("POST", "/api/records/vehicle", 422, json={"content": VEHICLE, "terms": terms})
        assert refused["error"]["sentence"] == "Your party takes part in no such operation."
