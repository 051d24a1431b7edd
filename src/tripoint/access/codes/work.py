"""What officers do with one-time codes: set them up, show one, and keep recovery codes for a lost device."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from uuid import UUID

import segno

from tripoint.access.codes import sealing, steps, store
from tripoint.access.model import AuditNote
from tripoint.access.visit import Visit
from tripoint.base.database import Session
from tripoint.base.errors import BadInput, NotFound
from tripoint.base.keyring import KeyRing


@dataclass(frozen=True, slots=True)
class Begun:
    """A new secret, shown this once: to type, and as a picture (an SVG in a data address) for a camera."""

    secret: str
    address: str
    picture: str


def begin(visit: Visit, keys: KeyRing, account: str) -> Begun:
    """Make a secret for the officer's authenticator application; `account` is his sign-in name.

    What he used before goes on until the new one is confirmed.
    """
    secret = steps.new_secret()
    store.begin(visit.session, sealing.seal(keys, visit.officer.id, secret))
    made = steps.setting(secret, account, "Tripoint")
    return Begun(made.secret, made.address, picture(made.address))


def confirm(visit: Visit, keys: KeyRing, shown: str) -> list[str]:
    """Take the new secret into use, as its first code shows that it arrived. Gives fresh recovery codes.

    Raises BadInput for a wrong code or where nothing was begun.
    """
    kept = store.code_of(visit.session, visit.officer.id)
    if kept is None or kept.pending is None:
        raise BadInput("No new one-time code was begun.", field="code", remedy="Begin again and scan the picture.")
    secret = sealing.unseal(keys, visit.officer.id, kept.pending)
    step = steps.matching_step(secret, shown.replace(" ", ""), visit.clock())
    if step is None or not store.confirm(visit.session, step):
        raise BadInput(
            "This is not the code of this moment.", field="code",
            remedy="Type the six digits shown now, and see that the device's clock is right.",
        )  # fmt: skip
    visit.note(AuditNote(visit.act, "officer", visit.officer.id, visit.party))
    return renew_recovery_codes(visit)


def renew_recovery_codes(visit: Visit) -> list[str]:
    """Ten new recovery codes, shown this once; earlier ones open nothing any more."""
    codes = [steps.new_recovery_code() for _ in range(steps.RECOVERY_CODES)]
    store.set_recovery_codes(visit.session, [digest for code in codes if (digest := steps.recovery_digest(code))])
    return codes


def remove(visit: Visit) -> None:
    """Remove the officer's one-time code. Raises NotFound where he has none."""
    if not store.remove(visit.session):
        raise NotFound("You have no one-time code.")
    visit.note(AuditNote(visit.act, "officer", visit.officer.id, visit.party))


def accepted(session: Session, keys: KeyRing, officer: UUID, shown: str, now: datetime) -> str | None:
    """By what `shown` proves the officer: "code", "recovery_code", or None for what proves nothing.

    A right code is used up: the same one does not open twice (RFC 6238, section 5.2).
    """
    if steps.is_code(shown):
        kept = store.code_of(session, officer)
        if kept is None or kept.sealed is None:
            return None
        secret = sealing.unseal(keys, officer, kept.sealed)
        step = steps.matching_step(secret, shown.replace(" ", ""), now)
        return "code" if step is not None and store.take_step(session, officer, step) else None
    digest = steps.recovery_digest(shown)
    if digest is not None and store.use_recovery_code(session, officer, digest):
        return "recovery_code"
    return None


def picture(address: str) -> str:
    """A QR code (ISO/IEC 18004, error correction M) as an SVG in a data address, dark on light for every theme."""
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", scale=4, border=4, dark="#000", light="#fff", xmldecl=False, nl=False
    )
    return "data:image/svg+xml;base64," + b64encode(drawn.getvalue()).decode()
