"""A hub that asks for second factors, and officers who have them."""

from __future__ import annotations

from base64 import b32decode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from fastapi import FastAPI
from sqlalchemy import Engine

from tests.access.passkeys.device import Device
from tests.town import PASSWORD, Browser, application, as_owner
from tripoint.access.codes import steps
from tripoint.access.entrance import account_http, sign_in_http
from tripoint.access.entry import EntryRules
from tripoint.access.http import routes
from tripoint.access.model import Account
from tripoint.base.embedded_postgres import Servers

ADDRESS = "https://hub.test"


@dataclass
class Clock:
    """A clock that goes on when it is told to."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def entrance(engine: Engine, clock: Clock | None = None, *, required: bool = True) -> FastAPI:
    """The routes of signing in behind a door."""
    app = application(
        engine, routes.router, sign_in_http.routes.router, account_http.routes.router,
        clock=clock or Clock(),
    )  # fmt: skip
    app.state.entry = EntryRules(required, ADDRESS)
    return app


def add_passkey(at: Browser, device: Device, name: str = "my phone", expect: int = 201) -> Any:
    """Enrol the device's passkey, as the page does."""
    asked = at("POST", "/api/account/passkeys/question")
    return at(
        "POST", "/api/account/passkeys", expect, json={"name": name, "credential": device.make(asked["public_key"])}
    )


def enter(at: Browser, device: Device, name: str | None = None, expect: int = 200) -> Any:
    """Sign in by passkey, as the page does."""
    asked = at("POST", "/api/sign-in/passkey/question", json={"name": name} if name else {})
    found = at("POST", "/api/sign-in/passkey", expect, json={"credential": device.show(asked["public_key"])})
    if expect == 200:
        at.client.headers["x-csrf-token"] = found["csrf"]
    return found


def add_code(at: Browser, clock: Clock) -> tuple[bytes, list[str]]:
    """Enrol a one-time code: its secret and the recovery codes."""
    begun = at("POST", "/api/account/code")
    secret = b32decode(begun["secret"])
    made = at("POST", "/api/account/code/first", json={"code": code(secret, clock)})
    return secret, made["recovery_codes"]


def code(secret: bytes, clock: Clock) -> str:
    """What the officer's application shows now."""
    return steps.code_at(secret, steps.step_of(clock()))


def knock(app: FastAPI, account: Account, **more: str) -> Any:
    """The answer to a sign-in by password, whatever it is, and the browser it was given to."""
    at = Browser(app)
    answer = at.client.post("/api/sign-in", json={"name": account.sign_in_name, "password": PASSWORD} | more)
    if answer.status_code == 200:
        at.client.headers["x-csrf-token"] = answer.json()["csrf"]
    return answer, at


def grow_old(database: Servers, account: Account, minutes: float) -> None:
    """Move the beginning and the proofs of an officer's sign-ins into the past."""
    with as_owner(database) as owner:
        values = {"id": account.id, "by": timedelta(minutes=minutes)}
        owner.exec_driver_sql(
            "update sign_in_proof p set proven_at = proven_at - %(by)s from sign_in s"
            " where s.id = p.sign_in and s.officer = %(id)s", values,
        )  # fmt: skip
        owner.exec_driver_sql("update sign_in set begun_at = begun_at - %(by)s where officer = %(id)s", values)
