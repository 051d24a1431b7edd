"""The database of an earlier release comes to the newest shape with all it held, and the hub works on it."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.conftest import _new_database
from tests.faults.upgrade import PERSON, load
from tests.hub import hub
from tests.town import Browser, as_owner, rows
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7
from tripoint.base.keyring import KeyRing
from tripoint.base.migrate import newest_revision
from tripoint.base.settings import Settings
from tripoint.doors import upgrading
from tripoint.doors.upgrading import upgrade

HELD = {"person": 2, "vehicle": 1, "firearm": 1, "document": 1, "check_made": 2, "officer": 2, "party": 2}


VICTIM = "Noa Ferrelune"  # whom that release held in clear


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("upgraded")


@pytest.fixture(scope="module")
def upgraded(server: Servers, template: str, worker: str, folder: Path) -> Generator[Servers]:
    """The dump, loaded and migrated; roles belong to the whole server, and `template` has seen to them."""
    with _new_database(server, f"tripoint_release_0_1_{worker}", "template0") as servers:
        with as_owner(servers) as owner:
            load(owner)
            assert rows(owner, "select version_num from public.alembic_version") == [("pre_0007_retention",)]
            assert rows(owner, "select count(*) from public.person where content::text like '%%Ferrelune%%'") == [(1,)]
        upgrade(Settings(data=folder), servers.admin)
        yield servers


@pytest.fixture(scope="module")
def people(upgraded: Servers, folder: Path) -> Generator[tuple[Browser, Browser]]:
    """Officers of that release sign in with the passwords they had: who owns, and who asks."""
    app = hub(upgraded, data=folder)
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


def test_whom_that_release_held_in_clear_is_sealed_by_the_upgrade_once(
    upgraded: Servers, folder: Path, people: tuple[Browser, Browser], monkeypatch: pytest.MonkeyPatch
) -> None:
    with as_owner(upgraded) as owner:
        for table in ("person", "record_history", "person_document"):
            assert rows(owner, f"select count(*) from {table} x where x::text like '%%Ferrelune%%'") == [(0,)], table
        ((which,),) = rows(owner, "select id from person where content ? 'sealed'")
    assert KeyRing(folder / "keys").keys("COL")
    opening = {"purpose": "identification", "reason": "her mother asks at the shelter"}
    opened = people[0]("POST", f"/api/records/{which}/sealed/names/opening", json=opening)
    assert VICTIM in str(opened["value"])
    tried: list[str] = []
    monkeypatch.setattr(upgrading, "seal_all", lambda *of: tried.append("again"))
    upgrade(Settings(data=folder), upgraded.admin)
    assert tried == [], "each start would read every person"
    with as_owner(upgraded) as owner:  # broken off before it was written down: the next start does it
        rows(owner, "delete from chore_done where chore like 'seal %%' returning chore")
    upgrade(Settings(data=folder), upgraded.admin)
    assert tried == ["again"]
