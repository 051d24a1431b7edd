"""A wall screen's own session: the live figures and nothing else, for hours without anybody at the keys."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from tripoint.access import store
from tripoint.access.door import hash_secret
from tripoint.access.entry import SECRET_BYTES
from tripoint.access.http import Body, Line, with_session
from tripoint.access.model import Act, AuditNote, SignIn
from tripoint.access.routes import Routes
from tripoint.access.rules import may
from tripoint.access.visit import Visit
from tripoint.base.errors import NotAllowed

LONGEST = 24  # hours; nothing prolongs them
# What a wall shows; no list, no record, no account, no check. Who walks up to it finds figures.
ON_A_WALL = frozenset({Act.SEE_SESSION, Act.SIGN_OUT, Act.READ_ROOM, Act.FOLLOW_FEED, Act.SEE_REPORTING})
routes = Routes("/api", "access")


class WallBody(Body):
    """Where the screen hangs, and for how many hours it shows."""

    name: Line
    hours: Annotated[int, Field(ge=1, le=LONGEST)] = 12


class WallAnswer(BaseModel):
    """The screen's session, as the list of sign-ins shows it."""

    id: UUID
    device: str
    ends_at: datetime


@routes.post("/wall-session", Act.MAKE_TOKEN, status_code=201, response_model=WallAnswer)
def hang(visit: Visit, body: WallBody) -> Response:
    """Leave this browser with the live figures alone, until the hours are over or the session is ended; the officer's
    own session here ends at once."""
    opened, secret = hung(visit, body.name, body.hours)
    answer = WallAnswer(id=opened.id, device=body.name, ends_at=opened.ends_at)
    return with_session(JSONResponse(answer.model_dump(mode="json"), 201), secret)


def hung(visit: Visit, name: str, hours: int) -> tuple[SignIn, str]:
    """The session of a wall screen and its secret, in the place of the visit's own.

    Raises NotAllowed for whoever may not read the room himself, and for tokens.
    """
    if visit.sign_in.kind != "session" or not may(visit.officer, Act.READ_ROOM, visit.sign_in):
        raise NotAllowed("A wall screen shows the room to whom the room is open.", remedy="Sign in with your password.")
    secret, lasts = secrets.token_urlsafe(SECRET_BYTES), timedelta(hours=hours)
    acts = frozenset(act for act in ON_A_WALL if may(visit.officer, act, visit.sign_in))
    opened = SignIn(
        visit.new_id(), "session", name, secrets.token_urlsafe(SECRET_BYTES), acts, visit.clock() + lasts
    )
    store.open_sign_in(visit.session, hash_secret(secret), opened, visit.officer.id, lasts)
    store.end_sign_in(visit.session, visit.sign_in.id)
    visit.note(AuditNote(Act.MAKE_TOKEN, "sign_in", opened.id, visit.party, outcome="wall"))
    return opened, secret
