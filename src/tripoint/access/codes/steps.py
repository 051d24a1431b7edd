"""One-time codes by the clock (RFC 6238): which code belongs to which moment, and codes for when the device is lost."""

from __future__ import annotations

import hmac
import re
import secrets
from base64 import b32encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha1, sha256
from typing import Any

import pyotp

STEP_SECONDS = 30
WINDOW = 1  # steps before and after, for clocks that differ (RFC 6238, section 5.2)
SECRET_BYTES = 20  # 160 bits, as RFC 4226 section 4 R6 recommends
CODE = re.compile(r"[0-9]{6}")
# Letters and digits that nobody confuses: 32 signs, so that 24 of them carry 120 bits (ASVS 5.0 6.5.2: 112 at least).
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SAID = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})
GROUPS, GROUP = 6, 4
RECOVERY_CODES = 10


@dataclass(frozen=True, slots=True)
class Setting:
    """What an authenticator application needs: the secret in base 32, and the address that its camera reads."""

    secret: str
    address: str


def new_secret() -> bytes:
    """A fresh secret."""
    return secrets.token_bytes(SECRET_BYTES)


def setting(secret: bytes, account: str, hub: str) -> Setting:
    """The secret as it is shown once, for typing and for a QR code (otpauth address)."""
    generator = _generator(secret)
    return Setting(generator.secret, generator.provisioning_uri(name=account, issuer_name=hub))


def code_at(secret: bytes, step: int, *, digits: int = 6, digest: Callable[..., Any] = sha1) -> str:
    """The code of one step of 30 seconds since 1970 (RFC 6238, section 4.2)."""
    return _generator(secret, digits, digest).generate_otp(step)


def step_of(moment: datetime) -> int:
    """The number of the step in which a moment lies."""
    return int(moment.timestamp()) // STEP_SECONDS


def matching_step(secret: bytes, shown: str, now: datetime) -> int | None:
    """The step whose code this is, of the present one and its neighbours; None for every other code.

    All three are compared, whichever matches, so that the time taken says nothing.
    """
    present, typed = step_of(now), shown.encode("utf-8", "replace")  # people type digits of every script
    found = None
    for step in range(present - WINDOW, present + WINDOW + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), typed):
            found = step
    return found


def is_code(written: str) -> bool:
    """Whether this looks like a one-time code: six digits, spaces aside."""
    return CODE.fullmatch(written.replace(" ", "")) is not None


def new_recovery_code() -> str:
    """A code of six groups of four, good for one sign-in."""
    groups = ("".join(secrets.choice(SIGNS) for _ in range(GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def recovery_digest(written: str) -> bytes | None:
    """What is kept of a recovery code (SHA-256); None for what cannot be one. Case and separators do not count."""
    plain = re.sub(r"[\s-]", "", written).upper().translate(SAID)
    if len(plain) != GROUPS * GROUP or any(sign not in SIGNS for sign in plain):
        return None
    return sha256(plain.encode()).digest()


def _generator(secret: bytes, digits: int = 6, digest: Callable[..., Any] = sha1) -> pyotp.TOTP:
    return pyotp.TOTP(b32encode(secret).decode().rstrip("="), digits=digits, digest=digest, interval=STEP_SECONDS)
