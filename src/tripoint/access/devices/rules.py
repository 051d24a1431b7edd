"""Pure decisions about devices: what a device may do, how long, and which keys are taken."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta

from tripoint.access.model import Act
from tripoint.base.errors import BadInput

INVITATION_HOLDS = timedelta(minutes=10)
TOKEN_LASTS = timedelta(hours=12)
DEVICE_LASTS = timedelta(days=90)  # then it is enrolled anew
# A post's daily work. Whatever wants a fresh proof of the person, or looks after accounts, is done at a desk.
DEVICE_ACTS = frozenset(
    {
        Act.SEE_SESSION, Act.SIGN_OUT, Act.SEE_PARTIES, Act.SEE_OPERATIONS, Act.ASK_CHECK, Act.LIST_CHECKS,
        Act.READ_CHECK, Act.LIST_HITS, Act.READ_HIT, Act.REFER_HIT, Act.RECORD_OUTCOME, Act.LIST_SETS, Act.FOLLOW_FEED,
    }
)  # fmt: skip
COORDINATE = re.compile(r"[A-Za-z0-9_-]{43}")  # 32 bytes in base64url


def public_key(given: Mapping[str, str]) -> dict[str, str]:
    """An ECDSA public key on P-256 as a JWK (RFC 7518, 6.2) with nothing beside it. Raises BadInput for any other."""
    right = given.get("kty") == "EC" and given.get("crv") == "P-256" and "d" not in given
    if not right or not all(COORDINATE.fullmatch(str(given.get(name, ""))) for name in ("x", "y")):
        raise BadInput(
            "This is no public key of a device.", field="key",
            remedy="Send an ECDSA key on P-256, its public part only.",
        )  # fmt: skip
    return {name: given[name] for name in ("kty", "crv", "x", "y")}
