"""The database of an earlier release comes to the newest shape with all it held, and the hub works on it."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.conftest import _new_database
from tests.faults.upgrade import PERSON, load
from tests.hub import hub
from tests.town import Browser, as_owner, rows
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7
from tripoint.base.migrate import migrate, newest_revision

HELD = {"person": 2, "vehicle": 1, "firearm": 1, "document": 1, "check_made": 2, "officer": 2, "party": 2}


@pytest.fixture(scope="module")
def upgraded(server: Servers, template: str, worker: str) -> Generator[Servers]:
    """The dump, loaded and migrated; roles belong to the whole server, and `template` has seen to them."""
    with _new_database(server, f"tripoint_release_0_1_{worker}", "template0") as servers:
        with as_owner(servers) as owner:
            load(owner)
            assert rows(owner, "select version_num from public.alembic_version") == [("pre_0007_retention",)]
        migrate(servers.admin)
        yield servers


@pytest.fixture(scope="module")
def people(upgraded: Servers) -> Generator[tuple[Browser, Browser]]:
    """Officers of that release sign in with the passwords they had: who owns, and who asks."""
    app = hub(upgraded)
    owner, asker = Browser(app), Browser(app)
    owner.sign_in("eva@col")
    asker.sign_in("ana@pry")
    yield owner, asker
    app.state.door.engine.dispose()


def test_all_that_was_held_is_there_at_the_newest_shape(upgraded: Servers) -> None:
    with as_owner(upgraded) as owner:
        assert rows(owner, "select version_num from alembic_version") == [(newest_revision(),)]
        found = {name: rows(owner, f"select count(*) from {name}")[0][0] for name in HELD}
        hits = rows(owner, "select state from hit where kind = 'vehicle'")
    assert found == HELD
    assert hits == [("confirmed",)]


def test_old_records_are_met_by_new_checks(people: tuple[Browser, Browser]) -> None:
    _, asker = people
    asked = [
        {"vehicle": {"plate": "OLD123", "country": "PRY"}}, {"document": {"number": "OLD99887", "issuer": "COL"}},
        {"firearm": {"serial": "OLD7654321"}}, {"person": {"name": PERSON, "birth": "1976-05-12"}},
    ]  # fmt: skip
    for one in asked:
        answer = asker("POST", "/api/checks", json={"id": str(uuid7()), "purpose": "border_control", **one})
        assert answer["hits"], one
        assert answer["complete"], one


def test_old_records_hits_and_trails_can_be_read_and_worked_on(people: tuple[Browser, Browser]) -> None:
    owner, asker = people
    (record,) = asker("GET", "/api/checks")["checks"][-1:]
    assert asker("GET", f"/api/checks/{record['id']}")["asked"]
    old = next(hit for hit in owner("GET", "/api/hits")["hits"] if hit["state"] == "confirmed")
    file = owner("GET", f"/api/hits/{old['id']}")
    assert [step["state"] for step in file["history"]] == ["referred", "confirmed"]
    held = owner("GET", f"/api/records/vehicle/{file['record']}")
    assert (held["version"], held["content"]["colour"]) == (2, "green")
    assert len(owner("GET", f"/api/records/vehicle/{held['id']}/history")["revisions"]) == 2
    end = {"version": 2, "reason": "the car was found"}
    assert owner("POST", f"/api/records/vehicle/{held['id']}/end", json=end)["version"] == 3
