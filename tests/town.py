"""Invented parties, officers and a door to knock at, for tests that need somebody to act.

`found_town` gives two countries, a body and the hub with an officer of each kind; `sign_in` gives a client that
speaks for one of them as a browser would.
"""

from __future__ import annotations

import atexit
import itertools
import shutil
import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import NullPool
from starlette.testclient import TestClient

from tests.found import FollowedIndex
from tripoint.access import founding, store
from tripoint.access.door import Caller, Door, hash_secret, utc_now
from tripoint.access.model import Account, Act, Party, PartyKind, Role, SignIn
from tripoint.access.rules import CONTENT, OFFICE
from tripoint.access.visit import Visit
from tripoint.base.database import Session, transaction
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import TripointError
from tripoint.base.ids import uuid7
from tripoint.base.keyring import KeyRing

PASSWORD = "seven invented words make a key"
numbers = itertools.count(1)
FOLDER = Path(tempfile.mkdtemp(prefix="tripoint-town-"))  # a data folder for what needs one
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)
KEYS = KeyRing(FOLDER / "keys")


@contextmanager
def as_owner(database: Servers) -> Generator[Session]:
    """A transaction of the tables' owner, as migrations and founding use."""
    engine = create_engine(database.admin, poolclass=NullPool)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def found(database: Servers, kind: PartyKind = PartyKind.COUNTRY, code: str | None = None, contact: str = "") -> Party:
    """A party that exists nowhere, with a code of its own within this run."""
    with as_owner(database) as connection:
        code = code or f"T{next(numbers):03d}"
        return founding.found_party(connection, code, f"Land of {code}", kind, contact)


def employ(database: Servers, party: Party, *roles: Role, name: str | None = None) -> Account:
    """An officer of the party with these roles and the one password of this town.

    A test may have one who keeps accounts and reads content; the hub itself grants nobody both.
    """
    granted = frozenset(roles) - OFFICE if frozenset(roles) & CONTENT else frozenset(roles)
    with as_owner(database) as connection:
        account = founding.found_officer(
            connection, party, sign_in_name=name or f"officer{next(numbers)}",
            name=f"Ana Inventada {name}" if name else "Ana Inventada",
            agency="Border Guard", roles=granted, password=PASSWORD,
        )  # fmt: skip
        give = {"id": account.id, "roles": sorted(roles)}
        connection.exec_driver_sql("update officer set roles = %(roles)s where id = %(id)s", give)
    return replace(account, roles=frozenset(roles))


def application(engine: Engine, *routers: APIRouter, **door: Any) -> FastAPI:
    """The routers behind a door, errors answered by status and sentence."""
    app = FastAPI()
    app.state.door = Door(engine, persons=FollowedIndex(engine), keys=KEYS, **door)
    for router in routers:
        app.include_router(router)

    @app.exception_handler(TripointError)
    def answer(request: Request, error: TripointError) -> JSONResponse:
        return JSONResponse({"error": {"code": error.code, "sentence": error.sentence}}, error.status)

    return app


@dataclass
class Browser:
    """A client that keeps its cookie and sends the session's word as our pages do."""

    app: FastAPI
    client: TestClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = TestClient(self.app, base_url="https://hub.test", raise_server_exceptions=True)

    def sign_in(self, name: str, password: str = PASSWORD) -> dict[str, Any]:
        answer = self.client.post("/api/sign-in", json={"name": name, "password": password})
        assert answer.status_code == 200, answer.text
        session: dict[str, Any] = answer.json()
        self.client.headers["x-csrf-token"] = session["csrf"]
        return session

    def __call__(self, method: str, path: str, expect: int = 200, **options: Any) -> Any:
        answer = self.client.request(method, path, **options)
        assert answer.status_code == expect, answer.text
        return answer.json() if answer.content else None


def browser(app: FastAPI, account: Account) -> Browser:
    """A browser in which the officer has signed in."""
    made = Browser(app)
    made.sign_in(account.sign_in_name)
    return made


@contextmanager
def visiting(
    engine: Engine, account: Account, act: Act, clock: Callable[[], datetime] = utc_now
) -> Generator[Visit]:
    """A visit of the officer for one act, as the door would open it, committed at the end."""
    secret = f"secret {next(numbers)} of {account.id}"
    door = Door(engine, clock, persons=FollowedIndex(engine), keys=KEYS)
    opened = SignIn(uuid7(), "session", None, "word", None, datetime(2999, 1, 1, tzinfo=UTC))
    with transaction(engine) as session:
        store.open_sign_in(session, hash_secret(secret), opened, account.id, door.session_idle)
    with door.visit(Caller(secret, False, None, "GET", uuid7()), act) as visit:
        yield visit


def rows(session: Session, query: str, **values: Any) -> Sequence[Any]:
    """What a query finds, for asking the tables directly."""
    return session.exec_driver_sql(query, values).all()
