"""Routes that declare who may call them; a route without its act cannot be made."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any, get_type_hints
from uuid import UUID

from fastapi import APIRouter, Request

from tripoint.access.door import CHANGES, COOKIE, Caller, Door
from tripoint.access.model import Act
from tripoint.access.once import do_once, once_of
from tripoint.access.rules import OPEN
from tripoint.access.visit import Visit
from tripoint.base.ids import uuid7

Handler = Callable[..., Any]


def door_of(request: Request) -> Door:
    """The hub's door."""
    door: Door = request.app.state.door
    return door


def caller_of(request: Request) -> Caller:
    """What the request shows: the token of a machine or device first, else the browser's cookie."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    bearer = token.strip() if scheme.lower() in ("bearer", "dpop") else None
    request_id: UUID = getattr(request.state, "id", None) or uuid7()
    csrf, proof = request.headers.get("x-csrf-token"), request.headers.get("dpop")
    secret, by_itself = bearer or request.cookies.get(COOKIE), "x-by-itself" in request.headers
    address = request.headers.get("host", "") + request.url.path if proof else ""
    return Caller(secret, not bearer, csrf, request.method, request_id, by_itself, proof, address)


class Routes:
    """The routes of one desk. A handler takes the Visit first, then its parameters as FastAPI reads them."""

    def __init__(self, prefix: str, tag: str) -> None:
        self.router = APIRouter(prefix=prefix, tags=[tag])

    def get(self, path: str, act: Act, **options: Any) -> Callable[[Handler], Handler]:
        """A reading."""
        return self._declare("GET", path, act, options)

    def post(self, path: str, act: Act, **options: Any) -> Callable[[Handler], Handler]:
        """An act."""
        return self._declare("POST", path, act, options)

    def put(self, path: str, act: Act, **options: Any) -> Callable[[Handler], Handler]:
        """A change of one thing."""
        return self._declare("PUT", path, act, options)

    def delete(self, path: str, act: Act, **options: Any) -> Callable[[Handler], Handler]:
        """An ending."""
        return self._declare("DELETE", path, act, options)

    def open(self, method: str, path: str, act: Act, **options: Any) -> Callable[[Handler], Handler]:
        """A route for callers who have not signed in; the handler takes the Request itself. Only acts in OPEN."""
        if act not in OPEN:
            raise ValueError(f"{act} needs a sign-in")

        def add(handler: Handler) -> Handler:
            setattr(handler, "act", act)  # noqa: B010 - a function has no such attribute to mypy
            self.router.add_api_route(path, handler, methods=[method], **options)
            return handler

        return add

    def _declare(self, method: str, path: str, act: Act, options: dict[str, Any]) -> Callable[[Handler], Handler]:
        def add(handler: Handler) -> Handler:
            status = options.get("status_code", 200)
            self.router.add_api_route(path, behind_the_door(handler, act, status), methods=[method], **options)
            return handler

        return add


def body_read(request: Request) -> bytes:
    """The bytes of a body that the framework has read to make the arguments; none where it had nothing to read."""
    return bytes(getattr(request, "_body", b""))


def behind_the_door(handler: Handler, act: Act, status: int = 200) -> Handler:
    """The endpoint FastAPI calls: same parameters without the visit, which the door opens around the handler.

    A change whose client gave it a key of its own is done once, however often it is sent (`access/once.py`).
    """

    def endpoint(request: Request, **arguments: Any) -> Any:
        once = once_of(request, body_read(request)) if request.method in CHANGES else None
        with door_of(request).visit(caller_of(request), act) as visit:
            if once is not None:
                return do_once(visit, once, status, lambda: handler(visit, **arguments))
            return handler(visit, **arguments)

    hints = get_type_hints(handler, include_extras=True)
    first, *others = inspect.signature(handler).parameters.values()
    if hints[first.name] is not Visit:
        raise TypeError(f"{handler.__name__} must take the Visit first")
    parameters = [
        inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request),
        *(p.replace(annotation=hints[p.name], kind=inspect.Parameter.KEYWORD_ONLY) for p in others),
    ]
    endpoint.__name__, endpoint.__doc__, endpoint.__module__ = handler.__name__, handler.__doc__, handler.__module__
    endpoint.__signature__ = inspect.Signature(parameters, return_annotation=hints.get("return"))  # type: ignore[attr-defined]
    setattr(endpoint, "act", act)  # noqa: B010
    return endpoint
