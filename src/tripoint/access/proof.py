"""Proofs of identity by password and one-time code: here somebody becomes a known officer.

Other proofs (`passkeys/`, `federation/`) end in the same `Proven`.
"""

from __future__ import annotations

import secrets
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from threading import BoundedSemaphore
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from tripoint.access import breached, entry_store, store
from tripoint.access.codes import work as codes
from tripoint.access.model import Act
from tripoint.access.passwords import guessable
from tripoint.base.database import Engine, stand_under, transaction
from tripoint.base.errors import BadInput, LockedOut, SecondFactorNeeded, TripointError, Unavailable, WrongCredentials
from tripoint.base.keyring import KeyRing

# Argon2id with 19 MiB, 2 passes, 1 lane: the first choice of OWASP's Password Storage Cheat Sheet.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
MOST_AT_ONCE = 4  # in one web process: a flood of sign-ins takes at most 76 MiB and four threads' work
PATIENCE = 5.0  # seconds that one waits for its turn, then it is told to come again
AT_ONCE = BoundedSemaphore(MOST_AT_ONCE)
SHORTEST, LONGEST = 15, 1000
COUNTED = "\x1f"  # before what is counted beside names: no name that can be typed holds it


@dataclass(frozen=True, slots=True)
class Proven:
    """Somebody who has shown who he is, and by what.

    `assessed` where a party's sign-in service has looked at the device and the circumstances. `counted` is the name
    under which his attempts were counted, to be forgotten on success. `renewed_hash` replaces a password's hash of an
    older, weaker making.
    """

    officer: UUID
    party: int
    method: str
    two_factors: bool = False
    initial: bool = False  # by a password that was given to him, with which he may only choose his own
    counted: str | None = None
    renewed_hash: str | None = None
    assessed: bool = False


def hash_password(password: str, sign_in_name: str) -> str:
    """The form in which a new password is kept. Raises BadInput for one too short, too long, too easily guessed
    or known from breaches.

    Any signs may stand in it, and it is taken as it is (OWASP ASVS 5.0 6.2.1 to 6.2.12).
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInput(
            f"The password has {len(password)} characters.",
            field="password",
            remedy=f"Choose one of {SHORTEST} to {LONGEST} characters; several words make a good one.",
        )
    if guessable(password, sign_in_name):
        raise BadInput(
            "The password is too easily guessed.",
            field="password",
            remedy="Leave out the sign-in name, well-known passwords and rows of keys; take several unusual words.",
        )
    if breached.brought().has(password):
        raise BadInput(
            "The password is known from breaches: it stands in lists that guessers use.",
            field="password",
            remedy="Choose another one, which you have used nowhere else; several unusual words make a good one.",
        )
    return hashed(password)


@contextmanager
def one_of_few() -> Generator[None]:
    """A turn at hashing. Raises Unavailable where too many others wait for theirs."""
    if not AT_ONCE.acquire(timeout=PATIENCE):
        raise Unavailable("Too many people sign in at once.", remedy="Try again in a moment.")
    try:
        yield
    finally:
        AT_ONCE.release()


def hashed(password: str) -> str:
    """The hash of a password. Raises Unavailable while too many others are hashed."""
    with one_of_few():
        return HASHER.hash(password)


def initial_password(sign_in_name: str) -> tuple[str, str]:
    """A random password of 144 bits to begin with, and its hash (OWASP ASVS 5.0 6.4.1, 6.4.6)."""
    made = secrets.token_urlsafe(18)
    while guessable(made, sign_in_name):  # it may hold a short name
        made = secrets.token_urlsafe(18)
    return made, hash_password(made, sign_in_name)


def by_password(
    engine: Engine, request: UUID, *, name: str, password: str, code: str | None, keys: KeyRing, now: datetime
) -> Proven:
    """Who `name` and `password` prove, with a one-time or recovery code where the officer has a second factor.

    The attempt is counted and a failure written to the trail in transactions of their own, which stay when the
    answer is an error. The work is the same whether the name is borne or not.
    Raises WrongCredentials, SecondFactorNeeded when the password is right and a code is missing, or LockedOut after
    five failures within 15 minutes (OWASP ASVS 5.0 6.3.1, 6.3.8); a wrong code counts as a wrong password does. Raises
    Unavailable where too many others sign in; that counts as no attempt.
    """
    wanted, nobodys = name.strip().lower(), nobodys_hash()
    with one_of_few():  # before it is counted: who is sent away because others wait has not failed
        with transaction(engine) as session:
            attempt = store.begin_attempt(session, wanted)
        right = not attempt.locked and verified(attempt.hash or nobodys, password)
    refusal: TripointError = LockedOut() if attempt.locked else WrongCredentials()
    if right and attempt.officer is not None and attempt.party is not None:
        method, holds = with_second_factor(engine, attempt.officer, code, keys, now)
        if method is not None and holds is not False:
            stale = holds is None and HASHER.check_needs_rehash(attempt.hash or "")
            renewed, two = renewed_hash(password) if stale else None, method != "password"
            return Proven(attempt.officer, attempt.party, method, two, holds is True, wanted, renewed)
        if code is None and method is None:
            refusal = SecondFactorNeeded(
                remedy="Use your passkey, or give the one-time code that your application shows, or a recovery code."
            )
    write_failure(engine, request, attempt, refusal)
    raise refusal


def with_second_factor(
    engine: Engine, officer: UUID, code: str | None, keys: KeyRing, now: datetime
) -> tuple[str | None, bool | None]:
    """By what an officer whose password is right is proven, and whether a given password still holds.

    None where a second factor is missing or wrong; None for a password that he chose himself.
    """
    with transaction(engine) as session:
        holds = entry_store.initial_holds(session, officer)
        if not entry_store.factors_of(session, officer).enrolled:
            return "password", holds
        accepted = codes.accepted(session, keys, officer, code, now) if code else None
    return f"password and {accepted}" if accepted else None, holds


def write_failure(engine: Engine, request: UUID, attempt: store.Attempt, refusal: TripointError) -> None:
    """The failed attempt in the trail of the officer's party, or in nobody's."""
    outcomes = {LockedOut: "locked_out", SecondFactorNeeded: "half_proven"}
    with transaction(engine) as session:
        if attempt.party is not None:
            stand_under(session, attempt.party, attempt.officer)
        store.write_entry(
            session, act=Act.SIGN_IN, party=attempt.party, officer=attempt.officer, request=request,
            outcome=outcomes.get(type(refusal), "refused"),
        )  # fmt: skip


def renewed_hash(password: str) -> str | None:
    """The hash of a password that proved its officer; None while too many others wait: his next sign-in renews it."""
    try:
        return hashed(password)
    except Unavailable:
        return None


def verified(kept: str, password: str) -> bool:
    """Whether the password is the one whose hash was kept. A hash that nobody can read opens nothing.

    Whoever calls this has his turn at hashing already.
    """
    try:
        return HASHER.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def nobodys_hash() -> str:
    """What is compared when the name is nobody's, so that the answer takes as long."""
    return hashed("no officer has this password")
