"""Proofs of identity: the one place where somebody becomes a known officer. A password is the only proof so far.

A further proof (passkey, one-time code, an identity provider) is one more function here that ends in `Proven`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from threading import BoundedSemaphore
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tripoint.access import store
from tripoint.access.model import Act
from tripoint.base.database import Engine, stand_under, transaction
from tripoint.base.errors import BadInput, LockedOut, WrongCredentials

# Argon2id with 19 MiB, 2 passes, 1 lane: the first choice of OWASP's Password Storage Cheat Sheet.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
AT_ONCE = BoundedSemaphore(4)  # a flood of sign-ins must not eat the machine's memory
SHORTEST, LONGEST = 12, 1000


@dataclass(frozen=True, slots=True)
class Proven:
    """Somebody who has shown who he is, and by what. `renewed_hash` replaces one of an older, weaker making."""

    officer: UUID
    party: int
    method: str
    renewed_hash: str | None = None


def hash_password(password: str, sign_in_name: str) -> str:
    """The form in which a new password is kept. Raises BadInput for one too short, too long or too easily guessed."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInput(
            f"The password has {len(password)} characters.",
            field="password",
            remedy=f"Choose one of {SHORTEST} to {LONGEST} characters; several words make a good one.",
        )
    if sign_in_name.partition("@")[0] in password.lower() or len(set(password)) < 5:
        raise BadInput(
            "The password is too easily guessed.",
            field="password",
            remedy="Leave out the sign-in name and use more different characters.",
        )
    with AT_ONCE:
        return HASHER.hash(password)


def by_password(engine: Engine, request: UUID, *, name: str, password: str) -> Proven:
    """Who `name` and `password` prove.

    The attempt is counted and a failure written to the trail in transactions of their own, which stay when the
    answer is an error. The work is the same whether the name is borne or not.
    Raises WrongCredentials, or LockedOut after five failures within 15 minutes (OWASP ASVS 5.0 6.3.1, 6.3.8).
    """
    wanted = name.strip().lower()
    with transaction(engine) as session:
        attempt = store.begin_attempt(session, wanted)
    right = not attempt.locked and verified(attempt.hash or nobodys_hash(), password)
    if right and attempt.officer is not None and attempt.party is not None:
        stale = HASHER.check_needs_rehash(attempt.hash or "")
        return Proven(attempt.officer, attempt.party, "password", HASHER.hash(password) if stale else None)
    with transaction(engine) as session:
        if attempt.party is not None:
            stand_under(session, attempt.party, attempt.officer)
        outcome = "locked_out" if attempt.locked else "refused"
        store.write_entry(
            session, act=Act.SIGN_IN, party=attempt.party, officer=attempt.officer, request=request, outcome=outcome
        )
    raise LockedOut if attempt.locked else WrongCredentials


def verified(kept: str, password: str) -> bool:
    """Whether the password is the one whose hash was kept. A hash that nobody can read opens nothing."""
    try:
        with AT_ONCE:
            return HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def nobodys_hash() -> str:
    """What is compared when the name is nobody's, so that the answer takes as long."""
    return HASHER.hash("no officer has this password")
