"""Run the hub: its database, its migrations, its web processes."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import typer
import uvicorn
from fastapi import FastAPI

from tripoint.access.first import work as first
from tripoint.access.sealing.keys import KeyFolder
from tripoint.access.sealing.sealer import Sealer
from tripoint.base.backup import turn as turn_backups
from tripoint.base.database import SEALER_ROLE, make_engine
from tripoint.base.logs import configure_logs
from tripoint.base.settings import Settings, load_settings
from tripoint.base.watched_postgres import watched_postgres
from tripoint.doors.following import followed
from tripoint.doors.http import make_app
from tripoint.doors.upgrading import upgrade
from tripoint.doors.wire import Wire
from tripoint.doors.workers import serve_in_processes


@dataclass(frozen=True, slots=True)
class Addresses:
    """How to reach the hub's database as each of its roles."""

    admin: str
    app: str
    relay: str
    index: str
    sealer: str


@contextmanager
def database(settings: Settings) -> Generator[Addresses]:
    """The hub's database: the embedded one while the block runs, upgraded; or the server that was named.

    A server is migrated only where the role that owns its tables was named too (TRIPOINT_ADMIN_DATABASE), for the hub's
    own role cannot: then it must have been migrated before.
    """
    if settings.embedded:
        turn_backups(settings.data, settings.backup_folder)
        with watched_postgres(settings.data) as servers:
            upgrade(settings, servers.admin)
            yield Addresses(servers.admin, servers.app, servers.relay, servers.index, servers.sealer)
        return
    if settings.admin_database:
        upgrade(settings, settings.admin_database)
    yield Addresses(
        settings.admin_database or settings.database,
        settings.database,
        settings.relay_database or settings.database,
        settings.index_database or settings.database,
        settings.sealer_database or settings.database,
    )


def serve(settings: Settings, addresses: Addresses) -> None:
    """Serve until stopped, in as many processes as chosen, with a follower beside them."""
    configure_logs(settings.log_format, settings.log_level)
    offer_first_code(settings, addresses)
    with followed(settings, addresses.index):
        serve_pages(settings, addresses)


def offer_first_code(settings: Settings, addresses: Addresses) -> None:
    """Print, where the hub has nobody yet, the code by which its first administrator is made: here and nowhere else."""
    engine = make_engine(addresses.app, pool=1)
    code = first.offer(engine)
    engine.dispose()
    if code:
        typer.echo(f"Nobody is here yet. Within 15 minutes, open http://{settings.host}:{settings.port}/first")
        typer.echo(f"and make the first administrator with this code, which is good once: {code}")


def serve_pages(settings: Settings, addresses: Addresses) -> None:
    """The web processes, until stopped."""
    if settings.workers == 1:
        app = make_app(settings, addresses.app, addresses.relay, sealer=make_sealer(settings, addresses.sealer))
        uvicorn.run(app, host=settings.host, port=settings.port, **options())
        return
    os.environ.update(handed_down(settings, addresses))
    for name in ("DATABASE", "RELAY_DATABASE", "SEALER_DATABASE"):
        os.environ.pop(f"TRIPOINT_{name}_FILE", None)  # the address itself is handed down
    factory = "tripoint.doors.serve:app_of_worker"
    serve_in_processes(factory, settings.host, settings.port, settings.workers, options())


def make_sealer(settings: Settings, address: str) -> Sealer:
    """What seals the audit trail, signing with the key in the data folder."""
    return Sealer(make_engine(address, role=SEALER_ROLE, pool=1), KeyFolder(settings.data))


def handed_down(settings: Settings, addresses: Addresses) -> dict[str, str]:
    """What the environment of further processes says besides what it says already."""
    return {
        "TRIPOINT_DATABASE": addresses.app,
        "TRIPOINT_RELAY_DATABASE": addresses.relay,
        "TRIPOINT_SEALER_DATABASE": addresses.sealer,
        "TRIPOINT_DATA": str(settings.data),
        "TRIPOINT_CONNECTIONS": str(settings.connections),
        "TRIPOINT_SECOND_FACTOR": settings.second_factor,
    }


def options() -> dict[str, Any]:
    """How uvicorn runs: without access lines, which would hold what was asked, and patient with streams at the end."""
    return {
        "http": Wire,
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "proxy_headers": False,  # nothing depends on where a caller says he comes from
        "timeout_graceful_shutdown": 3,
        "backlog": 2048,
    }


def app_of_worker() -> FastAPI:
    """The application of one of several processes; its settings come by the environment."""
    settings = load_settings()
    configure_logs(settings.log_format, settings.log_level)
    relay, sealer = (address or settings.database for address in (settings.relay_database, settings.sealer_database))
    return make_app(settings, settings.database, relay, sealer=make_sealer(settings, sealer))
