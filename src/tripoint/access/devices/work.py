"""What people do with devices: invite, enrol, confirm, renew, look through, and lose them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from tripoint.access import possession, rules as access_rules, store as access_store
from tripoint.access.devices import rules, store
from tripoint.access.devices.model import Device, DeviceToken, Invitation, Recognised
from tripoint.access.door import Door, hash_secret
from tripoint.access.model import Act, AuditNote, SignIn
from tripoint.access.possession import Shown
from tripoint.access.visit import Visit
from tripoint.base.database import Session, transaction
from tripoint.base.errors import NotAllowed, NotFound, NotSignedIn

KIND = "device"
SECRET_BYTES = 32
UNKNOWN = "The code is wrong, was used already, or is older than ten minutes."


def invite(visit: Visit, *, name: str, officer: UUID | None = None) -> Invitation:
    """Invite one device for oneself, or as administrator for an officer of the party; the code holds ten minutes.

    Raises NotAllowed for others without being administrator, NotFound for an officer of another party.
    """
    whose = officer or visit.officer.id
    if whose != visit.officer.id and not visit.officer.roles & access_rules.ADMINISTRATORS:
        raise NotAllowed("An officer invites devices of his own only.", remedy="Ask your party's administrator.")
    code, which = secrets.token_urlsafe(SECRET_BYTES), visit.new_id()
    ends = visit.clock() + rules.INVITATION_HOLDS
    if not store.invite(visit.session, which, hash_secret(code), whose, name, ends):
        raise NotFound
    visit.note(AuditNote(Act.INVITE_DEVICE, "invitation", which, visit.party))
    return Invitation(which, code, ends)


def enrol(door: Door, request: UUID, shown: Shown, key: Mapping[str, str]) -> DeviceToken:
    """Enrol the device that shows an invitation's code and holds the private key of `key`.

    One that its officer invited himself gets a token at once; one that an administrator invited sleeps until the
    officer confirms it: an administrator must not come to read what his officers read.
    Raises NotSignedIn for a wrong code or proof; the code is then as good as before.
    """
    taken = rules.public_key(key)
    claims = possession.read_claims(shown.proof)
    which, now = door.new_id(), door.clock()
    with transaction(door.engine) as session:
        possession.verify(shown, claims, taken, now)
        found = store.enrol(session, which, hash_secret(shown.secret), taken, now + rules.DEVICE_LASTS)
        if found is None:
            raise NotSignedIn(UNKNOWN, remedy="Ask for a new code.")
        return opened(door, session, request, which, found, Act.ENROL_DEVICE)


def challenge(door: Door, which: UUID) -> tuple[str, datetime]:
    """Something to sign within two minutes, and the hub's clock; the same for a device that nobody knows."""
    asked = secrets.token_urlsafe(SECRET_BYTES)
    with transaction(door.engine) as session:
        store.challenge(session, which, hash_secret(asked))
    return asked, door.clock()


def renew(door: Door, request: UUID, which: UUID, shown: Shown) -> DeviceToken:
    """A new token for the device that signs its challenge. Raises NotSignedIn for any other, or a lost one."""
    claims = possession.read_claims(shown.proof)
    with transaction(door.engine) as session:
        found = store.answer(session, which, hash_secret(shown.secret))
        if found is None:
            raise NotSignedIn("The hub does not know this device any more.", remedy="Enrol it anew, or sign in.")
        possession.verify(shown, claims, found[1], door.clock())
        return opened(door, session, request, which, found[0], Act.RENEW_DEVICE)


def opened(door: Door, session: Session, request: UUID, which: UUID, whose: Recognised, act: Act) -> DeviceToken:
    """A token for a device that is awake, with a line on its party's trail; a sleeping one learns that it sleeps."""
    now = door.clock()
    secret = secrets.token_urlsafe(SECRET_BYTES) if whose.awake else None
    ends = now + rules.TOKEN_LASTS
    if secret is not None:
        sign_in = SignIn(door.new_id(), KIND, whose.name, None, rules.DEVICE_ACTS, ends)
        if not store.open_sign_in(session, hash_secret(secret), sign_in, which, rules.TOKEN_LASTS):
            raise NotSignedIn("The hub does not know this device any more.", remedy="Enrol it anew, or sign in.")
    access_store.write_entry(
        session, act=act, party=whose.party, officer=whose.officer, request=request,
        outcome="done" if whose.awake else "asleep", object_kind=KIND, object_id=which, object_owner=whose.party,
        device=whose.name,
    )  # fmt: skip
    return DeviceToken(which, whose.name, secret, ends, now)


def list_devices(visit: Visit, *, all_of_party: bool = False) -> list[Device]:
    """One's own devices; as administrator those of the party."""
    if all_of_party and not visit.officer.roles & access_rules.ADMINISTRATORS:
        raise NotAllowed
    return store.devices(visit.session, None if all_of_party else visit.officer.id)


def confirm(visit: Visit, which: UUID) -> Device:
    """Wake a device that an administrator invited for oneself. Raises NotFound for every other."""
    if not store.confirm(visit.session, which):
        raise NotFound
    visit.note(AuditNote(Act.CONFIRM_DEVICE, KIND, which, visit.party))
    return store.devices(visit.session, which=which)[0]


def revoke(visit: Visit, which: UUID) -> None:
    """End a device and everything it has open, at once: one's own, or as administrator any of the party.

    Raises NotFound for every other.
    """
    administers = bool(visit.officer.roles & access_rules.ADMINISTRATORS)
    known = store.devices(visit.session, None if administers else visit.officer.id, which)
    if not known or not store.revoke(visit.session, which):
        raise NotFound
    visit.note(AuditNote(Act.REVOKE_DEVICE, KIND, which, visit.party))
