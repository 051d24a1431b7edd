"""Pure decisions of four eyes: which acts need two people, who may be the second, and when."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import rfc8785

from tripoint.access.four_eyes.model import Approval, Colleague, State
from tripoint.access.model import Act, Role
from tripoint.access.rules import MERGERS, RELEASERS, WHO_MAY
from tripoint.base.errors import Conflict, NotAllowed

WAITS = timedelta(hours=24)
# Who may be the second person of each act that needs two (OWASP ASVS 5.0, 2.3.5). The first is whom WHO_MAY names.
APPROVERS: dict[Act, frozenset[Role]] = {
    Act.RELEASE_RECORD: RELEASERS,
    Act.EXPORT_RECORDS: RELEASERS,
    Act.MERGE_RECORDS: (MERGERS | RELEASERS) - {Role.CONTRIBUTOR},
}


def digest_of(body: Mapping[str, Any]) -> bytes:
    """SHA-256 of the body's canonical form (RFC 8785): what is approved is what was shown, to the byte."""
    return sha256(rfc8785.dumps(dict(body))).digest()


def stands(approval: Approval, now: datetime) -> State:
    """How the request stands at `now`: one whose time has passed is expired, whether or not it was written down."""
    return State.EXPIRED if approval.state is State.WAITING and approval.ends_at <= now else approval.state


def check_waits(approval: Approval, now: datetime) -> None:
    """Raises Conflict for a request that is decided or expired."""
    state = stands(approval, now)
    if state is State.EXPIRED:
        raise Conflict("The request has expired: nobody approved it in 24 hours.", remedy="Ask again if it is needed.")
    if state is not State.WAITING:
        raise Conflict(f"The request is {state.value} already.", remedy="Look at the list of requests again.")


def check_may_approve(approval: Approval, asker: Colleague, second: Colleague) -> None:
    """Raises NotAllowed unless `second` is another person with a role for it, and the asker still may ask for it.

    Both are taken as they stand now, not as they stood when the request was made.
    """
    check_two_people(asker, second)
    if not (second.active and second.roles & APPROVERS.get(approval.act, frozenset())):
        raise NotAllowed("Your role cannot approve this.", remedy="A liaison officer of your party can.")
    if not (asker.active and asker.roles & WHO_MAY.get(approval.act, frozenset())):
        raise NotAllowed(
            "Whoever asked may not do this any more.", remedy="Turn the request down; another officer may ask anew."
        )


def check_two_people(asker: Colleague, second: Colleague) -> None:
    """Raises NotAllowed where asker and second are one: one account, or two of one name in one service."""
    if asker.id == second.id:
        raise NotAllowed("Nobody approves his own request.", remedy="Ask another officer of your party.")
    if asker.agency == second.agency and folded(asker.name) == folded(second.name):
        raise NotAllowed(
            "You bear the name of whoever asked, in the same service: this looks like one person with two accounts.",
            remedy="Let a third officer decide; two of one name are told apart by their full names.",
        )


def folded(name: str) -> str:
    """A name without accents, case and order of its words."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    return " ".join(sorted(plain.casefold().split()))
