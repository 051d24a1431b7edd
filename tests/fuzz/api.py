"""The whole API for as long as is wished: `python -m tests.fuzz.api --minutes N [--seed S]`.

Rounds over every operation, each with other numbers, signed in with every role, with one role after the other, and
signed out. Every server error is told with its operation; 1 where there was one.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fastapi import FastAPI
from schemathesis import GenerationMode
from starlette.testclient import TestClient

from tests.fuzz import asking
from tests.fuzz.cast import ROLES, signed_in
from tests.hub import hub
from tripoint.access.model import Role
from tripoint.base.embedded_postgres import Servers, embedded_postgres
from tripoint.base.migrate import migrate

ONE_OPERATION = 0.5  # seconds of processor time in one round


@contextmanager
def world() -> Iterator[tuple[FastAPI, Servers]]:
    """A hub over a database of its own."""
    with tempfile.TemporaryDirectory() as folder, embedded_postgres(Path(folder), durable=False) as servers:
        os.environ["PYTEST_TRIPOINT_FOLDER"] = folder  # where the hub of the tests keeps its index
        migrate(servers.admin)
        app = hub(servers, **asking.UNBOUNDED)
        yield app, servers
        app.state.door.engine.dispose()


def round_of(app: FastAPI, servers: Servers, roles: tuple[Role, ...], seed: int, told: dict[str, str]) -> int:
    """How many requests one round over every operation made; failures go into `told` by operation."""
    client, asked = TestClient(app, base_url=asking.BASE, raise_server_exceptions=False), 0
    officer = signed_in(app, servers, *roles) if roles else None
    for operation in asking.operations(app):
        if officer and operation.path == asking.FOLLOWED:
            continue
        for mode in GenerationMode:
            try:
                asked += asking.fuzz(
                    operation, mode, client, officer.headers if officer else dict, seed=seed, most=200,
                    ids=officer.ids if officer else (), seconds=ONE_OPERATION,
                )  # fmt: skip
            except asking.Failed as failure:
                told.setdefault(operation.label, str(failure))
    return asked


def main() -> int:
    """Ask and tell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    ends, told, asked, seed = time.monotonic() + 60 * chosen.minutes, dict[str, str](), 0, chosen.seed
    casts = [ROLES, (), *((role,) for role in ROLES)]
    with world() as (app, servers):
        while time.monotonic() < ends:
            asked += round_of(app, servers, casts[(seed - chosen.seed) % len(casts)], seed, told)
            seed += 1
    print(f"{asked:,} requests in {seed - chosen.seed} rounds, {len(told)} operations with server errors")
    print("\n".join(told.values()))
    return 1 if told else 0


if __name__ == "__main__":
    raise SystemExit(main())
