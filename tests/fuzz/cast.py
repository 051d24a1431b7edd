"""Somebody who may do nearly everything, with a few records, checks and hits around him, for fuzzing requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from fastapi import FastAPI

from tests.desks.checks.lists import list_record
from tests.town import Browser, browser, employ, found
from tripoint.access.door import COOKIE
from tripoint.access.model import Account, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7

ROLES = tuple(role for role in Role if role is not Role.HUB_OPERATOR)


@dataclass
class Officer:
    """One who signs in again as soon as he is out, and the ids of what is around him."""

    browser: Browser
    account: Account
    ids: tuple[UUID, ...]
    asked: int = 0

    def headers(self) -> Mapping[str, str]:
        """What his browser sends; now and then he looks whether he is still signed in."""
        self.asked += 1
        if self.asked % 8 == 1 and self.browser.client.get("/api/session").status_code == 401:
            self.browser.client.cookies.clear()
            self.browser.sign_in(self.account.sign_in_name)
        word = self.browser.client.headers["x-csrf-token"]
        return {"cookie": f"{COOKIE}={self.browser.client.cookies[COOKIE]}", "x-csrf-token": word}


def signed_in(app: FastAPI, database: Servers, *roles: Role) -> Officer:
    """The officer of a new party, signed in; by default with every role that a party gives."""
    party, other = found(database), found(database)
    account = employ(database, party, *(roles or ROLES))
    engine = app.state.door.engine
    plate = f"F{party.number}X"
    theirs = list_record(engine, other, "vehicle", {"plate": plate, "country": "PRY", "status": "stolen"})
    ours = list_record(engine, party, "vehicle", {"plate": f"{plate}1", "country": "PRY", "status": "stolen"})
    who = browser(app, account)
    check = uuid7()
    body = {"id": str(check), "purpose": "border_control", "vehicle": {"plate": plate, "country": "PRY"}}
    who.client.post("/api/checks", json=body)
    hits = [UUID(hit["id"]) for hit in who.client.get("/api/hits").json().get("hits", [])]
    return Officer(who, account, (theirs, ours, check, account.id, account.agency.id, *hits))
