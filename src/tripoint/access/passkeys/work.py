"""What officers do with passkeys: add and remove them, sign in by one, and prove themselves again by one."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from webauthn.helpers import base64url_to_bytes

from tripoint.access import entry_store, store as access
from tripoint.access.model import Act, AuditNote
from tripoint.access.passkeys import ceremony, store
from tripoint.access.passkeys.ceremony import Known, NoProof, Site
from tripoint.access.proof import COUNTED, Proven, write_failure
from tripoint.access.visit import Visit
from tripoint.base.database import Engine, Session, transaction
from tripoint.base.errors import Conflict, LockedOut, NotFound, ProofRefused, WrongCredentials
from tripoint.base.keyring import KeyRing

ADD, ENTER, PROVE = "add passkey", "enter by passkey", "prove by passkey"
MOST = 20  # passkeys of one officer
HANDLE_BYTES = 32
DO_IT_AGAIN = "Begin again: a question holds for two minutes and is answered once."


@dataclass(frozen=True, slots=True)
class Browser:
    """Whoever was asked: the browser's own secret, or the sign-in it is in."""

    secret: str
    sign_in: UUID | None = None

    def digest(self, challenge: bytes) -> bytes:
        """Under what its question is kept: nobody else's answer finds it."""
        return sha256(b"asked|" + self.secret.encode() + b"|" + challenge).digest()


def of_visit(visit: Visit) -> Browser:
    """The browser of a session."""
    return Browser(str(visit.sign_in.id), visit.sign_in.id)


def ask(session: Session, browser: Browser, kind: str, detail: str | None = None) -> bytes:
    """A fresh challenge for the browser, kept until it is answered, two minutes at most."""
    challenge = secrets.token_bytes(ceremony.CHALLENGE_BYTES)
    entry_store.ask_proof(
        session, browser.digest(challenge), kind=kind, challenge=challenge, lasts=ceremony.LASTS,
        sign_in=browser.sign_in, detail=detail,
    )  # fmt: skip
    return challenge


def taken(engine: Engine, browser: Browser, kind: str, answer: dict[str, Any]) -> tuple[bytes, str | None]:
    """The challenge that an answer answers, with its detail; used up even when the answer is wrong. Raises NoProof."""
    with transaction(engine) as session:
        digest = browser.digest(ceremony.challenge_in(answer))
        found = entry_store.take_asked(session, digest, kind=kind, sign_in=browser.sign_in)
    if found is None:
        raise NoProof("no such question is open")
    return found


def begin_adding(visit: Visit, site: Site) -> dict[str, Any]:
    """What the browser needs to have a key made. Raises Conflict for one who has too many."""
    own = store.my_passkeys(visit.session)
    if len(own) >= MOST:
        raise Conflict(f"You have {MOST} passkeys already.", remedy="Remove one that you do not use.")
    handle = store.my_handle(visit.session, secrets.token_bytes(HANDLE_BYTES))
    account = access.accounts(visit.session, visit.officer.id)[0]
    return ceremony.registration_options(
        site, handle=handle, name=account.sign_in_name, display=account.name,
        challenge=ask(visit.session, of_visit(visit), ADD), known=[one.known for one in own],
    )  # fmt: skip


def finish_adding(visit: Visit, site: Site, *, name: str, answer: dict[str, Any], ways: tuple[str, ...]) -> UUID:
    """Keep the key that a device made, under the officer's name for it. Raises ProofRefused, Conflict."""
    try:
        challenge, _ = taken(visit.session.engine, of_visit(visit), ADD, answer)
        made = ceremony.registered(site, answer, challenge)
    except NoProof as error:
        raise ProofRefused("The device's answer does not fit.", field="credential", remedy=DO_IT_AGAIN) from error
    which = visit.new_id()
    if not store.add(visit.session, which, made, name, ways):
        raise Conflict("This passkey is known already.", field="credential", remedy="Use it, or make another.")
    visit.note(AuditNote(visit.act, "passkey", which, visit.party))
    return which


def remove(visit: Visit, which: UUID) -> None:
    """Remove one of the officer's passkeys. Raises NotFound for any other."""
    if not store.remove(visit.session, which):
        raise NotFound
    visit.note(AuditNote(visit.act, "passkey", which, visit.party))


def begin_entering(engine: Engine, site: Site, keys: KeyRing, browser: Browser, name: str | None) -> dict[str, Any]:
    """The question for who wants to sign in, with or without a name.

    A name that nobody bears, or whose officer has no passkey, is asked for one that does not exist, always the same:
    the question says nothing of the account (Web Authentication level 3, section 14.6.2).
    """
    wanted = name.strip().lower() if name else None
    with transaction(engine) as session:
        known = store.known_of(session, wanted) if wanted else []
        challenge = ask(session, browser, ENTER, wanted)
    if wanted and not known:
        known = [Known(sha256(keys.current("entry").secret + wanted.encode()).digest(), ("internal", "hybrid"))]
    return ceremony.question(site, challenge, known)


def by_passkey(engine: Engine, site: Site, request: UUID, browser: Browser, answer: dict[str, Any]) -> Proven:
    """Whom a passkey proves: it is two factors, the device and what unlocks it (OWASP ASVS 5.0 6.3.3).

    Failures count against the passkey in this browser, never against a name: whoever guesses passwords, or knows which
    passkeys there are and sends rubbish for them, locks nobody else out.
    Raises WrongCredentials, or LockedOut after five failures within 15 minutes.
    """
    credential = base64url_to_bytes(answer["rawId"])
    counted = f"{COUNTED}passkey {browser.digest(credential).hex()}"
    with transaction(engine) as session:
        attempt = access.begin_attempt(session, counted)
        key = store.borne(session, credential)
    try:
        challenge, name = taken(engine, browser, ENTER, answer)
        if key is not None and not attempt.locked:
            verify(engine, site, key, answer, challenge, must_say_whose=name is None)
            return Proven(key.officer, key.party, "passkey", two_factors=True, counted=counted)
    except NoProof:
        pass  # told and written down like every other failure
    refusal = LockedOut() if attempt.locked else WrongCredentials("This passkey opens nothing here.")
    whose = access.Attempt(key.officer if key else None, key.party if key else None, None, attempt.locked)
    write_failure(engine, request, whose, refusal)
    raise refusal


def verify(
    engine: Engine, site: Site, key: store.Borne, answer: dict[str, Any], challenge: bytes, *, must_say_whose: bool
) -> None:
    """Verify an answer by a passkey and write down its use. Raises NoProof, also for a counter that went back."""
    said = answer["response"].get("userHandle")
    if (said or must_say_whose) and base64url_to_bytes(said or "") != key.handle:
        raise NoProof("the passkey is another officer's")
    count = ceremony.answered(site, answer, challenge, public_key=key.public_key, sign_count=key.sign_count)
    with transaction(engine) as session:
        if not store.use(session, key.id, count):
            raise NoProof("the sign counter went back")


def begin_proving(visit: Visit, site: Site) -> dict[str, Any] | None:
    """The question for an officer who must prove himself again; None where he has no passkey."""
    own = [one.known for one in store.my_passkeys(visit.session)]
    return ceremony.question(site, ask(visit.session, of_visit(visit), PROVE), own) if own else None


def proves(visit: Visit, site: Site, answer: dict[str, Any]) -> bool:
    """Whether the answer proves the visit's own officer."""
    engine = visit.session.engine
    key = store.borne(visit.session, base64url_to_bytes(answer["rawId"]))
    try:
        challenge, _ = taken(engine, of_visit(visit), PROVE, answer)
        if key is None or key.officer != visit.officer.id or visit.act is not Act.PROVE:
            return False
        verify(engine, site, key, answer, challenge, must_say_whose=False)
    except NoProof:
        return False
    return True
