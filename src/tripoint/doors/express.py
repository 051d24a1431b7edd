"""The short way for the one request that must be quick: a single check.

Under load two thirds of a web process's time went into finding the way to `POST /api/checks`; here it is known
beforehand. Door, desk and shapes are the same, and whatever is not a plain answer takes the long way (ADR 8).
"""

from __future__ import annotations

from collections.abc import Callable

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tripoint.access.door import Caller, Door
from tripoint.access.model import Act
from tripoint.access.routes import caller_of
from tripoint.base.errors import BadInput, NotSignedIn, TripointError
from tripoint.desks.checks import work
from tripoint.desks.checks.http import answer_shown, body_as_asked, question_from
from tripoint.desks.checks.shapes import CheckAsked
from tripoint.desks.checks.work import looks
from tripoint.doors.errors import ours
from tripoint.doors.turns import Turns

CHECKS = "/api/checks"
JSON = "application/json"


class Express:
    """Pure ASGI, within the guard: answers single checks, and hands every other request on."""

    def __init__(self, app: ASGIApp, *, door: Door) -> None:
        self.app, self.door, self.turns = app, door, Turns()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on with the body as it came."""
        if scope["type"] != "http" or scope["path"] != CHECKS or scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        body = await request.body()
        answer = None
        if request.headers.get("content-type", "").startswith(JSON):
            async with self.turns.turn() as reckoned:
                answer = await run_in_threadpool(answer_plainly, self.door, request, body, reckoned)
        if answer is None:
            await self.app(scope, once_more(body, receive), send)
        else:
            await answer(scope, receive, send)


def answer_plainly(door: Door, request: Request, body: bytes, reckoned: Callable[[], None]) -> Response | None:
    """The answer, or the refusal; None for what the long way says better, before anything was done.

    `reckoned` is told once what is left to do is to wait for the disk.
    """
    caller: Caller = caller_of(request)
    try:
        asked = CheckAsked.model_validate_json(body)
        question = question_from(asked)
    except (ValidationError, BadInput):
        return None
    try:
        with door.visit(caller, Act.ASK_CHECK, ahead=looks(question, door.keys)) as visit:
            answer = work.ask(visit, question, body_as_asked(asked))
            reckoned()
    except NotSignedIn:
        return None
    except TripointError as error:
        return ours(request, error)
    return Response(answer_shown(answer).model_dump_json(), media_type=JSON)


def once_more(body: bytes, receive: Receive) -> Receive:
    """What the client sent, to be read a second time."""
    sent = False

    async def again() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
