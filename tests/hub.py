"""A whole hub for tests that need more than one desk: the real application over a test's database.

`hub` answers in this process; `served` puts it behind a port, as browsers and streams need it.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import uvicorn
from fastapi import FastAPI

from tests.found import FollowedIndex
from tests.town import FOLDER, as_owner, numbers
from tripoint.access.model import Operation, Party
from tripoint.base.embedded_postgres import Servers
from tripoint.base.settings import Settings
from tripoint.desks.operations.model import Plan, PlannedPost, PostKind
from tripoint.desks.operations.work import found_operation
from tripoint.doors.http import make_app

NOWHERE = FOLDER  # no index in it, and keys of this run only


def hub(database: Servers, **chosen: Any) -> FastAPI:
    """The application as it is installed; its relay and its listener run while it is served.

    Its index follows the database at each question, where an installed hub has a follower beside it.
    """
    choices: dict[str, Any] = {"connections": 4, "data": FOLDER, "second_factor": "offered"} | chosen
    return make_app(Settings(**choices), database.app, database.relay, FollowedIndex(database.app))


@contextmanager
def served(app: FastAPI) -> Generator[str]:
    """The address of the application while the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as place:
        config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=2)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [place]}, name="served")
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the hub did not start"
                time.sleep(0.01)
            yield f"http://127.0.0.1:{place.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(timeout=15)


def operation(database: Servers, coordinator: Party, *participants: Party) -> Operation:
    """An operation that is on, with a border post of each participant."""
    now = datetime.now(UTC)
    plan = Plan(
        f"Operation {next(numbers)}",
        now - timedelta(hours=1),
        now + timedelta(days=1),
        tuple(party.code for party in participants),
    )
    posts = tuple(
        PlannedPost(f"Bridge of {party.code}", PostKind.BORDER, party.code, -20.0 - place, -60.0)
        for place, party in enumerate(participants)
    )
    with as_owner(database) as owner:
        return found_operation(owner, coordinator, plan, posts)
