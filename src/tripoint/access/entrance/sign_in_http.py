"""The routes of signing in by passkey and through an issuer; by password stands in `access/http.py`."""

from __future__ import annotations

import secrets
from typing import Annotated
from uuid import UUID

from fastapi import Query, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from tripoint.access.door import COOKIE
from tripoint.access.entrance.here import HereNow, here_of
from tripoint.access.entrance.shapes import (
    AddressAnswer,
    EnterBody,
    IdentitiesAnswer,
    IdentityAnswer,
    IdentityBody,
    IssuerChoice,
    NameBody,
    QuestionAnswer,
    WaysAnswer,
)
from tripoint.access.entry import entering
from tripoint.access.federation import work as federation
from tripoint.access.federation.work import Returned
from tripoint.access.http import SessionAnswer, session_answer, with_session
from tripoint.access.model import Act
from tripoint.access.passkeys import work as passkeys
from tripoint.access.passkeys.work import Browser
from tripoint.access.routes import Routes, caller_of, door_of
from tripoint.access.visit import Visit
from tripoint.base.errors import TripointError, WrongCredentials

ASKED = "__Host-tripoint-asked"  # the secret of a browser that was asked; it opens nothing by itself
AWAY = "__Host-tripoint-away"  # the same for a browser that was sent to an issuer and comes back from there
REFUSED = "/#/refused"
Brought = Annotated[str | None, Query(max_length=4096)]
routes = Routes("/api", "sign-in")


@routes.open("GET", "/sign-in/ways", Act.SIGN_IN)
def ways(request: Request) -> WaysAnswer:
    """How one may sign in here."""
    here = here_of(request)
    issuers = [IssuerChoice(name=one.name, label=one.label) for one in here.federation.issuers.values()]
    return WaysAnswer(passkeys=here.knows_passkeys, issuers=issuers)


@routes.open("POST", "/sign-in/passkey/question", Act.SIGN_IN, response_model=QuestionAnswer)
def ask_passkey(request: Request, body: NameBody) -> Response:
    """The question that a passkey answers, within two minutes and in this browser; with a name or without."""
    here, door = here_of(request), door_of(request)
    secret = request.cookies.get(ASKED) or secrets.token_urlsafe(32)
    asked = passkeys.begin_entering(door.engine, here.site(), here.keys, Browser(secret), body.name)
    response = JSONResponse({"public_key": asked})
    response.set_cookie(ASKED, secret, path="/", secure=True, httponly=True, samesite="strict", max_age=3600)
    return response


@routes.open("POST", "/sign-in/passkey", Act.SIGN_IN, response_model=SessionAnswer)
def enter_by_passkey(request: Request, body: EnterBody) -> Response:
    """Sign in with a passkey; the session's cookie comes with the answer."""
    here, door, caller = here_of(request), door_of(request), caller_of(request)
    secret = request.cookies.get(ASKED)
    if not secret:
        raise WrongCredentials("This browser was not asked.", remedy="Ask for a question first.")
    proven = passkeys.by_passkey(
        door.engine, here.site(), caller.request, Browser(secret), body.credential.model_dump()
    )
    before = request.cookies.get(COOKIE)
    with entering(door, here.rules, caller.request, proven, before=before) as (visit, session):
        answer = session_answer(visit)
    response = with_session(JSONResponse(answer.model_dump(mode="json")), session)
    response.delete_cookie(ASKED, path="/", secure=True, httponly=True, samesite="strict")
    return response


@routes.open("POST", "/sign-in/issuer/{name}", Act.SIGN_IN, response_model=AddressAnswer)
def go_to_issuer(request: Request, name: str) -> Response:
    """Where the browser goes to sign in with its party's own service; it comes back within ten minutes."""
    here, secret = here_of(request), secrets.token_urlsafe(32)
    engine, origin = door_of(request).engine, here.site().origin
    address = federation.begin(engine, here.federation, name, browser=secret, origin=origin)
    response = JSONResponse({"address": address})
    # Lax: the browser comes back from another site, and must bring it.
    response.set_cookie(AWAY, secret, path="/", secure=True, httponly=True, samesite="lax", max_age=600)
    return response


@routes.open("GET", "/sign-in/issuer/back", Act.SIGN_IN, response_class=RedirectResponse, status_code=303)
def come_back(
    request: Request, state: Annotated[str, Query(max_length=200)], code: Brought = None, iss: Brought = None
) -> Response:
    """Where an issuer sends the browser back to: on to the pages, with a session or with word that it was refused."""
    here, door, caller = here_of(request), door_of(request), caller_of(request)
    try:
        proven = federation.by_issuer(
            door.engine, here.federation, caller.request, Returned(state, code, iss),
            browser=request.cookies.get(AWAY) or "", origin=here.site().origin, now=door.clock(),
        )  # fmt: skip
        before = request.cookies.get(COOKIE)
        with entering(door, here.rules, caller.request, proven, before=before) as (_, secret):
            response = with_session(RedirectResponse("/", 303), secret)
    except TripointError as error:
        response = RedirectResponse(f"{REFUSED}?code={error.code}", 303)
    response.delete_cookie(AWAY, path="/", secure=True, httponly=True, samesite="lax")
    return response


@routes.get("/officers/{which}/identities", Act.LINK_IDENTITY)
def list_identities(visit: Visit, here: HereNow, which: UUID) -> IdentitiesAnswer:
    """Who an officer of the own party is elsewhere, and which services the party has."""
    linked = federation.list_identities(visit, which)
    own = [IssuerChoice(name=one.name, label=one.label) for one in federation.own_issuers(visit, here.federation)]
    identities = [IdentityAnswer.model_validate(one, from_attributes=True) for one in linked]
    return IdentitiesAnswer(identities=identities, issuers=own)


@routes.post("/officers/{which}/identities", Act.LINK_IDENTITY, status_code=204)
def link_identity(visit: Visit, here: HereNow, which: UUID, body: IdentityBody) -> Response:
    """Link an officer of the own party to who he is at the party's own service."""
    federation.link(visit, here.federation, which, issuer=body.issuer, subject=body.subject)
    return Response(status_code=204)


@routes.post("/officers/{which}/identities/end", Act.LINK_IDENTITY, status_code=204)
def unlink_identity(visit: Visit, which: UUID, body: IdentityBody) -> Response:
    """Unlink an identity, by the issuer's address; what the officer has open ends."""
    federation.unlink(visit, which, issuer=body.issuer, subject=body.subject)
    return Response(status_code=204)
