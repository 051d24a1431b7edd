"""Make a request of a route's row and send it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from tests.promises.cast import Side
from tests.promises.declared import Declared
from tests.promises.knocking import Answer, Knock
from tests.promises.rows import Row

CONVERTED = re.compile(r":\w+}")  # which texts a place in an address takes: {which:uuid}


@dataclass(frozen=True, slots=True)
class Request:
    """A request ready to be sent, with ids that can be exchanged for others."""

    method: str
    template: str
    path: Mapping[str, Any]
    query: Mapping[str, Any]
    body: Any
    headers: Mapping[str, str]

    def send(self, who: Knock) -> Answer:
        target = CONVERTED.sub("}", self.template)
        for name, value in self.path.items():
            target = target.replace(f"{{{name}}}", str(value))
        return who(self.method, target, self.body, self.query or None, **self.headers)

    def with_id(self, name: str, value: Any, *, in_body: bool = False) -> Request:
        """The same with another id under this name, wherever it stands: path, query or body."""
        if name in self.path:
            return replace(self, path={**self.path, name: value})
        if isinstance(self.body, dict) and (in_body or name in self.body):
            return replace(self, body={**self.body, name: value})
        return replace(self, query={**self.query, name: value})

    def id_of(self, name: str) -> Any:
        body = self.body if isinstance(self.body, dict) else {}
        return self.path.get(name) or body.get(name) or self.query.get(name)


def request_of(route: Declared, row: Row, side: Side, who: Knock) -> Request:
    """A valid request of this route for an officer of this side, with fresh objects where it names some."""
    return Request(
        route.method, route.path, row.path(side, who) or {}, row.query(side, who) or {}, row.body(side, who),
        row.headers(side, who) or {},
    )


def send(
    route: Declared, row: Row, side: Side, who: Knock | None, *, valid: bool, headers: Mapping[str, str] | None = None
) -> Answer:
    """Send a route's request; where it will be refused anyway, one made before serves, whoever made it."""
    return prepare(route, row, side, who, valid=valid).send(who or Knock(side.keeper.street, dict(headers or {})))


def prepare(route: Declared, row: Row, side: Side, who: Knock | None, *, valid: bool) -> Request:
    """The request, fresh where it must be valid; what only looks may look at the same thing again."""
    standing = side.world.standing
    looked = f"{side.code} {route.name}"
    if valid and route.method == "GET" and looked in standing and not row.own:
        old: Request = standing[looked]
        return replace(old, headers=row.headers(side, who or side.keeper) or {})
    if valid or route.name not in standing:
        standing[route.name] = standing[looked] = request_of(route, row, side, who or side.keeper)
    made: Request = standing[route.name]
    return made


def nobodys() -> str:
    """An id that nothing bears."""
    return str(UUID(int=uuid4().int & ~(0xF << 76) | 0x7 << 76))
