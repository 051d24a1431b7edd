"""From a proof of identity to a session: what an installation asks for, and the session that is opened for it."""

from __future__ import annotations

import secrets
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from tripoint.access import entry_store, store
from tripoint.access.door import Door, hash_secret
from tripoint.access.model import Act, AuditNote, Officer, SignIn
from tripoint.access.proof import Proven, write_failure
from tripoint.access.rules import CHOOSING, ENROLLING, OFFICE
from tripoint.access.visit import Visit
from tripoint.base.database import transaction
from tripoint.base.errors import DeviceNotAssessed, NotSignedIn

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class EntryRules:
    """What an installation asks of those who sign in, and where passkeys work (the origin officers see)."""

    second_factor_required: bool = False
    public_address: str = ""
    administration_assessed: bool = False  # administrators come in from devices that their party's service looked at

    def confines(self, *, enrolled: bool) -> frozenset[Act] | None:
        """To which acts a session is confined whose officer has a second factor or none; None for no limit."""
        return ENROLLING if self.second_factor_required and not enrolled else None

    def refuses(self, officer: Officer, proven: Proven) -> bool:
        """Whether an officer may not come in this way: who keeps accounts or the machine, from a device unknown."""
        return self.administration_assessed and bool(officer.roles & OFFICE) and not proven.assessed


NOTHING_MORE = EntryRules()


@contextmanager
def entering(
    door: Door, rules: EntryRules, request: UUID, proven: Proven, *, device: str | None = None,
    before: str | None = None,
) -> Generator[tuple[Visit, str]]:  # fmt: skip
    """Open a session for whoever was proven; yields his visit and the session's new secret.

    With a password that was given to him he may only choose his own; where a second factor is required and was not
    shown, the session may only enrol one. The session whose secret the
    browser showed `before` ends: nobody can prepare a session for somebody else. Kept when the block ends well.
    Raises DeviceNotAssessed, written to the trail, for an administrator who may not come in this way.
    """
    secret = new_secret()
    acts = CHOOSING if proven.initial else rules.confines(enrolled=proven.two_factors)
    opened = SignIn(
        door.new_id(), "session", device, secrets.token_urlsafe(24), acts, door.clock() + door.session_length
    )
    with transaction(door.engine) as session:
        if proven.counted:
            store.attempt_succeeded(session, proven.counted)
        if before:
            entry_store.end_session_with(session, hash_secret(before))
        store.open_sign_in(session, hash_secret(secret), opened, proven.officer, door.session_idle)
        entry_store.prove_sign_in(session, opened.id, proven.method)
        found = store.sign_on(session, hash_secret(secret))
        if found is None:  # struck off between proof and entry
            raise NotSignedIn
        if rules.refuses(found[0], proven):
            refusal = DeviceNotAssessed(remedy="Sign in through your party's own service, from a device it manages.")
            write_failure(door.engine, request, store.Attempt(proven.officer, proven.party, None, False), refusal)
            raise refusal
        visit = Visit(session, found[0], found[1], Act.SIGN_IN, request, door.clock, door.new_id, door.clocks)
        if proven.renewed_hash:
            store.set_password(session, proven.officer, proven.renewed_hash)
        store.write_audit(visit, [AuditNote(Act.SIGN_IN, "sign_in", opened.id, visit.party)])
        yield visit, secret


def renewed(visit: Visit, acts: frozenset[Act] | None, method: str | None = None) -> str:
    """A new secret for the visit's own session, which is confined to `acts` from then on; proven by `method`."""
    secret = new_secret()
    if method:
        entry_store.prove_sign_in(visit.session, visit.sign_in.id, method)
    entry_store.renew_sign_in(visit.session, visit.sign_in.id, hash_secret(secret), acts)
    return secret


def new_secret() -> str:
    """A session's secret: 256 random bits."""
    return secrets.token_urlsafe(SECRET_BYTES)
