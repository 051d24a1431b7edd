"""What a route of the entrance knows of the hub it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from tripoint.access.entry import EntryRules
from tripoint.access.federation.provider import NO_ISSUERS, Federation
from tripoint.access.http import entry_rules_of
from tripoint.access.passkeys.ceremony import Site, site_of
from tripoint.access.routes import door_of
from tripoint.base.errors import TripointError
from tripoint.base.keyring import KeyRing


@dataclass(frozen=True, slots=True)
class Here:
    """This hub as the request reached it."""

    rules: EntryRules
    host: str
    keys: KeyRing
    federation: Federation

    def site(self) -> Site:
        """Where passkeys work. Raises BadInput where they do not."""
        return site_of(self.rules.public_address, self.host)

    @property
    def knows_passkeys(self) -> bool:
        """Whether passkeys work at the address by which the hub was reached."""
        try:
            self.site()
        except TripointError:
            return False
        return True


def here_of(request: Request) -> Here:
    """This hub, for routes that need to know."""
    federation: Federation = getattr(request.app.state, "federation", None) or NO_ISSUERS
    host = request.headers.get("host", "")
    return Here(entry_rules_of(request), host, door_of(request).keys, federation)


HereNow = Annotated[Here, Depends(here_of)]
