"""The route by which a new hub gets its first administrator; afterwards there is nothing here."""

from __future__ import annotations

from typing import Annotated

from fastapi import Request, Response
from pydantic import Field, SecretStr

from tripoint.access.first import work
from tripoint.access.http import Body, Line
from tripoint.access.model import Act, PartyKind
from tripoint.access.routes import Routes, caller_of, door_of
from tripoint.base.errors import NotFound

routes = Routes("/api/first", "access")


class FirstBody(Body):
    """The code that the hub's console shows, the first party, and its first administrator."""

    code: Annotated[str, Field(min_length=1, max_length=100)]
    party: Annotated[str, Field(pattern=r"^[A-Z0-9]{2,12}$")]
    party_name: Line
    kind: PartyKind
    sign_in_name: Line
    name: Line
    agency: Line
    password: Annotated[SecretStr, Field(max_length=1000)]


@routes.open("GET", "", Act.FOUND_HUB, status_code=204)
def look(request: Request) -> Response:
    """Whether the hub waits for its first administrator: 204, else 404."""
    if not work.is_open(door_of(request).engine):
        raise NotFound
    return Response(status_code=204)


@routes.open("POST", "", Act.FOUND_HUB, status_code=204)
def begin(request: Request, body: FirstBody) -> Response:
    """Make the first administrator of an empty hub, by the code that its console shows."""
    beginning = work.Beginning(
        body.party, body.party_name, body.kind, body.sign_in_name, body.name, body.agency,
        body.password.get_secret_value(),
    )  # fmt: skip
    work.begin(door_of(request), caller_of(request).request, body.code, beginning)
    return Response(status_code=204)
