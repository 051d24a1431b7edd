"""Running the hub: over a named database, in one process or several."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from uuid import UUID

import httpx2
import pytest
from fastapi import FastAPI

from tests.town import PASSWORD, employ, found
from tripoint.access.door import COOKIE
from tripoint.access.model import Role
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7
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


def test_several_processes_are_one_hub(database: Servers, tmp_path: Path) -> None:
    name = employ(database, found(database), Role.LIAISON_OFFICER).sign_in_name
    with socket.create_server(("127.0.0.1", 0)) as place:
        port = place.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRIPOINT_")} | {
        "TRIPOINT_DATABASE_FILE": str(tmp_path / "address"),
        "TRIPOINT_ADMIN_DATABASE": database.admin,
        "TRIPOINT_RELAY_DATABASE": database.relay,
        "TRIPOINT_INDEX_DATABASE": database.index,
        "TRIPOINT_SECOND_FACTOR": "offered",
    }
    (tmp_path / "address").write_text(database.app)
    command = [sys.executable, "-c", "from tripoint.doors.cli import app; app()", "serve", "--workers", "2"]
    with (tmp_path / "log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "--port", str(port), "--data", str(tmp_path)], env=environment, stdout=log, stderr=log
        )
    try:
        wait_for(address, process, tmp_path / "log")
        headers = sign_in(address, name)
        with httpx2.stream("GET", f"{address}/api/feed", headers=headers, timeout=15) as feed:
            lines = feed.iter_lines()
            assert next(lines).startswith("id: ")
            sent = [ask(address, headers) for _ in range(6)]
            told = 0
            while told < len(sent):
                line = next(lines)
                if line.startswith('data: {"n": '):
                    told += int(line.partition(": ")[2].partition(": ")[2].rstrip("}"))
        assert told == len(sent)
    finally:
        process.terminate()
        process.wait(timeout=30)
    assert process.returncode is not None


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + 300  # compiling takes its time where it was not done before
    while True:
        with suppress(httpx2.HTTPError):
            if httpx2.get(f"{address}/api/health", timeout=2).status_code == 200:
                return
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < ends, "the hub did not come up"
        time.sleep(0.05)


def sign_in(address: str, name: str) -> dict[str, str]:
    answer = httpx2.post(f"{address}/api/sign-in", json={"name": name, "password": PASSWORD}, timeout=10)
    assert answer.status_code == 200, answer.text
    return {"cookie": f"{COOKIE}={answer.cookies[COOKIE]}", "x-csrf-token": answer.json()["csrf"]}


def ask(address: str, headers: dict[str, str]) -> UUID:
    which = uuid7()
    body = {"id": str(which), "purpose": "border_control", "vehicle": {"plate": "W0RKERS"}}
    answer = httpx2.post(f"{address}/api/checks", json=body, headers=headers, timeout=10)
    assert answer.status_code == 200, answer.text
    return which
