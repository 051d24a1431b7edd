"""The keys that devices' sign-ins are bound to, and the numbers of proofs already seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tripoint.base.database import Session

PROVE = "select public_key, standing from prove_possession(%(sign_in)s, %(jti)s, %(request)s)"


@dataclass(frozen=True, slots=True)
class BoundKey:
    """A device's public key as a JWK, and whether the proof's number is `new`, of the `same` request, or `used`."""

    public_key: dict[str, Any]
    standing: str


def bound_key(session: Session, sign_in: UUID, jti: bytes, request: UUID) -> BoundKey | None:
    """The key behind a device's sign-in, remembering the proof's number; None when the device is not known any more."""
    row = session.exec_driver_sql(PROVE, {"sign_in": sign_in, "jti": jti, "request": request}).first()
    return None if row is None else BoundKey(*row)
