from uuid import uuid4

import pytest
from fastapi import FastAPI
from typer.testing import CliRunner

from tests.handset import HOST, Handset
from tests.hub import hub
from tests.town import browser, employ, found
from tripoint.access.model import Role
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import NotFound
from tripoint.doors.device import app as commands


def test_a_device_is_listed_and_lost_from_the_console(database: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIPOINT_DATABASE", database.app)
    monkeypatch.setenv("TRIPOINT_ADMIN_DATABASE", database.admin)
    app: FastAPI = hub(database)
    party, other = found(database), found(database)
    ana = browser(app, employ(database, party, Role.FIELD_OFFICER))
    phone = Handset(app)
    phone.enrol(ana("POST", "/api/devices/invitations", 201, json={"name": "gate 4", "address": HOST})["link"])
    assert phone.ask("GET", "/api/session").status_code == 200

    def run(*arguments: str) -> str:
        return CliRunner().invoke(commands, list(arguments), catch_exceptions=False, env={"COLUMNS": "200"}).output

    assert "gate 4" in run("list", "--party", party.code)
    assert "gate 4" not in run("list", "--party", other.code)
    for which, code in ((phone.id, other.code), (str(uuid4()), party.code)):
        with pytest.raises(NotFound):
            run("lose", which, "--party", code)
    assert "out" in run("lose", phone.id, "--party", party.code)
    assert phone.ask("GET", "/api/session").status_code == 401
    assert "lost" in run("list", "--party", party.code)
    app.state.door.engine.dispose()
