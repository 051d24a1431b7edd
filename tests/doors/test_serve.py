"""Running the hub: over a named database, in one process or several."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from fastapi import FastAPI

from tripoint.base.embedded_postgres import Servers
from tripoint.base.settings import Settings
from tripoint.doors import serve


def test_a_named_database_is_migrated_and_reached_by_each_role(database: Servers) -> None:
    settings = Settings(
        database=database.app, admin_database=database.admin, relay_database=database.relay,
        index_database=database.index, sealer_database=database.sealer,
    )  # fmt: skip
    with serve.database(settings) as addresses:
        assert (addresses.admin, addresses.app) == (database.admin, database.app)
        assert (addresses.relay, addresses.index) == (database.relay, database.index)
        assert addresses.sealer == database.sealer


def test_one_named_address_serves_for_all(database: Servers) -> None:
    with serve.database(Settings(database=database.admin)) as addresses:
        assert set(asdict(addresses).values()) == {database.admin}


def test_nothing_that_was_asked_goes_into_access_lines() -> None:
    assert serve.options()["access_log"] is False
    assert serve.options()["server_header"] is False


def test_a_workers_application_takes_its_settings_from_the_environment(
    database: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRIPOINT_DATABASE", database.app)
    monkeypatch.setenv("TRIPOINT_RELAY_DATABASE", database.relay)
    app = serve.app_of_worker()
    assert isinstance(app, FastAPI)
    app.state.door.engine.dispose()
