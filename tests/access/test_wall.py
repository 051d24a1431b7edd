"""A wall screen's session: figures alone, absolute, listed and ended like any other."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta

import pytest
from fastapi import FastAPI

from tests.hub import hub
from tests.town import as_owner, browser, employ, found, rows
from tripoint.access.model import Role
from tripoint.base.embedded_postgres import Servers


@pytest.fixture(scope="module")
def app(database: Servers) -> Generator[FastAPI]:
    app = hub(database)
    yield app
    app.state.door.engine.dispose()


def test_a_wall_shows_figures_alone_and_its_officer_is_signed_out_there(app: FastAPI, database: Servers) -> None:
    party = found(database)
    chief = employ(database, party, Role.COORDINATOR)
    desk, screen = browser(app, chief), browser(app, chief)
    screen("POST", "/api/wall-session", 422, json={"name": "north wall", "hours": 25})
    hung = screen("POST", "/api/wall-session", 201, json={"name": "north wall", "hours": 24})
    session = screen("GET", "/api/session")
    assert set(session["may"]) == {"see_session", "sign_out", "read_room", "follow_feed", "see_reporting"}
    ends, said = (datetime.fromisoformat(one["ends_at"]) for one in (session, hung))
    assert abs(ends - said) < timedelta(seconds=10)  # no idle limit shortens it
    screen("GET", "/api/room/live")
    for path in ("/api/hits", "/api/arrests", "/api/sign-ins", "/api/results/measures", "/api/operations"):
        screen("GET", path, 403)
    (listed,) = [one for one in desk("GET", "/api/sign-ins")["sign_ins"] if one["id"] == hung["id"]]
    assert listed["device"] == "north wall"
    with as_owner(database) as owner:
        left = rows(owner, "select count(*) from sign_in where officer = %(id)s and revoked_at is null", id=chief.id)
    assert left == [(2,)]  # the desk and the wall; the session that hung it is over
    desk("DELETE", f"/api/sign-ins/{hung['id']}", 204)
    screen("GET", "/api/room/live", 401)


def test_who_reads_no_room_hangs_no_wall(app: FastAPI, database: Servers) -> None:
    keeper = browser(app, employ(database, found(database), Role.PARTY_ADMINISTRATOR))
    keeper("POST", "/api/wall-session", 403, json={"name": "north wall", "hours": 1})
