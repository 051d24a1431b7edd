"""A full disk: nothing lost, reading goes on, no restart; and each refusal says why."""

from __future__ import annotations

import shutil
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from tests.faults.disk import reason_not_to_run, run
from tests.town import application, browser, employ, found
from tripoint.access.http import routes
from tripoint.access.model import Role
from tripoint.base.database import transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import DiskFull
from tripoint.base.room_left import RoomLeft


@pytest.mark.slow
def test_a_full_disk_loses_nothing_and_needs_no_restart() -> None:
    if reason := reason_not_to_run():
        pytest.skip(reason)
    report = run()
    assert report.is_sound, str(report)


def test_room_is_what_the_disk_has(tmp_path: Path) -> None:
    free = shutil.disk_usage(tmp_path).free
    RoomLeft(tmp_path, 0).check()
    RoomLeft(tmp_path, free // 2).check()
    RoomLeft(tmp_path / "elsewhere", free * 2).check()
    with pytest.raises(DiskFull, match="full"):
        RoomLeft(tmp_path, free * 2).check()


def test_without_room_nothing_new_is_taken_and_reading_and_leaving_go_on(
    engine: Engine, database: Servers, tmp_path: Path
) -> None:
    full = RoomLeft(tmp_path, shutil.disk_usage(tmp_path).total * 2)
    account = employ(database, found(database), Role.VIEWER, Role.PARTY_ADMINISTRATOR)
    officer = browser(application(engine, routes.router, room=full.check), account)
    assert officer("GET", "/api/session")["officer"]
    refused = officer("POST", "/api/agencies", 503, json={"name": "Lake Police"})["error"]
    assert (refused["code"], "full" in refused["sentence"]) == ("disk_full", True)
    officer("POST", "/api/sign-out", 204)


def test_a_server_that_finds_no_room_is_said_so(engine: Engine) -> None:
    with pytest.raises(DiskFull, match="full"), transaction(engine):
        raise OperationalError("insert", {}, psycopg.errors.DiskFull("could not extend file"))
    with transaction(engine) as session:
        assert session.execute(text("select 1")).scalar_one() == 1
