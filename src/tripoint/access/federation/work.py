"""Signing in through an issuer, and an administrator's linking of officers to who they are there."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from tripoint.access import entry_store, store as access
from tripoint.access.federation import store
from tripoint.access.federation.model import Identity, Issuer
from tripoint.access.federation.provider import Federation
from tripoint.access.federation.store import Linked
from tripoint.access.federation.tokens import TokenRefused
from tripoint.access.model import AuditNote
from tripoint.access.proof import Proven, write_failure
from tripoint.access.rules import check_may_act_on
from tripoint.access.visit import Visit
from tripoint.base.database import Engine, transaction
from tripoint.base.errors import Conflict, NotFound, SecondFactorNeeded, TripointError, WrongCredentials
from tripoint.base.logs import logger

KIND = "enter by issuer"
LASTS = timedelta(minutes=10)
BACK = "/api/sign-in/issuer/back"
NOBODY = access.Attempt(None, None, None, False)
log = logger(__name__)


@dataclass(frozen=True, slots=True)
class Returned:
    """What the browser brings back from an issuer."""

    state: str
    code: str | None
    issuer: str | None


def begin(engine: Engine, federation: Federation, name: str, *, browser: str, origin: str) -> str:
    """The address at which the browser signs in; it comes back within ten minutes, in the same browser.

    Raises NotFound for an issuer that is not listed, Unavailable where it does not answer.
    """
    issuer = federation.issuer(name)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    try:
        address = federation.address(issuer, back=origin + BACK, state=state, nonce=nonce, verifier=verifier)
    except TokenRefused as error:
        raise refused(str(error)) from error
    with transaction(engine) as session:
        entry_store.ask_proof(
            session, digest(browser, state), kind=KIND, challenge=nonce.encode(), lasts=LASTS,
            detail=json.dumps({"issuer": name, "verifier": verifier}),
        )  # fmt: skip
    return address


def by_issuer(
    engine: Engine, federation: Federation, request: UUID, returned: Returned, *, browser: str, origin: str,
    now: datetime,
) -> Proven:  # fmt: skip
    """Whom an issuer proves: an officer of its own party, whom that party's administrator linked before.

    Raises WrongCredentials for everything else (written down, its reason in the log), Unavailable where the issuer
    does not answer, SecondFactorNeeded where it vouches for one factor alone and the officer has a second one here.
    """
    try:
        issuer, identity = identity_returned(engine, federation, returned, browser=browser, origin=origin, now=now)
        with transaction(engine) as session:
            found = store.officer_known_as(session, identity.issuer, identity.subject)
            if found is None or found[2] != issuer.party:
                raise TokenRefused("nobody is linked to this identity")
            enrolled = entry_store.factors_of(session, found[0]).enrolled
    except TokenRefused as error:
        refusal = refused(str(error))
        write_failure(engine, request, NOBODY, refusal)
        raise refusal from error
    if enrolled and not identity.two_factors:
        half = SecondFactorNeeded(remedy="Sign in with your passkey, or with your password and a one-time code.")
        write_failure(engine, request, access.Attempt(found[0], found[1], None, False), half)
        raise half
    return Proven(found[0], found[1], f"issuer {issuer.name}", identity.two_factors, assessed=identity.assessed)


def identity_returned(
    engine: Engine, federation: Federation, returned: Returned, *, browser: str, origin: str, now: datetime
) -> tuple[Issuer, Identity]:
    """The issuer that was asked, and whom its answer proves. The question is used up. Raises TokenRefused."""
    with transaction(engine) as session:
        asked = entry_store.take_asked(session, digest(browser, returned.state), kind=KIND)
    if asked is None:
        raise TokenRefused("nothing was asked by this browser")
    if returned.code is None:
        raise TokenRefused("the issuer refused")
    detail = json.loads(asked[1] or "{}")
    issuer = federation.issuer(detail["issuer"])
    identity = federation.identity(
        issuer, code=returned.code, back=origin + BACK, verifier=detail["verifier"], nonce=asked[0].decode(),
        said=returned.issuer, now=now,
    )  # fmt: skip
    return issuer, identity


def refused(reason: str) -> TripointError:
    """The one answer to every token that proves nothing; why goes into the log, without content."""
    log.warning("an issuer's answer was refused", fault=reason)
    return WrongCredentials(
        "Your party's sign-in service did not prove an officer of this hub.",
        remedy="Try again; your party's administrator links your identity to your account.",
    )


def digest(browser: str, state: str) -> bytes:
    """Under what a question is kept: its answer counts in the same browser alone."""
    return sha256(b"issuer|" + browser.encode() + b"|" + state.encode()).digest()


def own_issuers(visit: Visit, federation: Federation) -> list[Issuer]:
    """The issuers of the officer's own party."""
    return [issuer for issuer in federation.issuers.values() if issuer.party == visit.officer.party.code]


def list_identities(visit: Visit, officer: UUID) -> list[Linked]:
    """Who an officer of the own party is elsewhere."""
    return store.identities_of(visit.session, officer)


def link(visit: Visit, federation: Federation, officer: UUID, *, issuer: str, subject: str) -> None:
    """Link an officer of the own party to a subject of an issuer of the own party.

    Raises NotFound for other issuers and officers, Conflict for an identity that is linked already.
    """
    named = next((one for one in own_issuers(visit, federation) if one.name == issuer), None)
    found = access.accounts(visit.session, officer)
    if named is None or not found:
        raise NotFound("Your party has no such officer or sign-in service.", field="issuer")
    check_may_act_on(visit.officer.roles, found[0].roles)
    if not store.link(visit.session, officer, named.address, subject):
        raise Conflict("This identity is linked already.", field="subject", remedy="Unlink it first.")
    visit.note(AuditNote(visit.act, "officer", officer, visit.party))


def unlink(visit: Visit, officer: UUID, *, issuer: str, subject: str) -> None:
    """Unlink an identity, by the issuer's address; what the officer has open ends. Raises NotFound."""
    if not store.unlink(visit.session, officer, issuer, subject):
        raise NotFound
    access.end_sign_ins_of(visit.session, officer)
    visit.note(AuditNote(visit.act, "officer", officer, visit.party))
