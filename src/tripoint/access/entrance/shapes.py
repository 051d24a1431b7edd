"""What the routes of signing in and of the own account take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints

from tripoint.access.http import Body, Line, SessionAnswer

# Bytes as browsers write them: base 64 for addresses, without padding (RFC 4648, section 5).
FORM = r"^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$"
Bytes64 = Annotated[str, StringConstraints(min_length=2, max_length=100_000, pattern=FORM)]
Secret = Annotated[SecretStr, Field(max_length=1000)]
ShortSecret = Annotated[SecretStr, Field(min_length=6, max_length=100)]
Ways = Annotated[list[Annotated[str, StringConstraints(pattern=r"^[a-z-]{1,20}$")]], Field(max_length=10)]


class FromBrowser(BaseModel):
    """Part of what a browser makes itself: more may stand in it than the hub reads."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class MadeResponse(FromBrowser):
    clientDataJSON: Bytes64  # noqa: N815 - the standard's names
    attestationObject: Bytes64  # noqa: N815
    transports: Ways = []


class MadeCredential(FromBrowser):
    """A new passkey as `PublicKeyCredential.toJSON` gives it (Web Authentication level 3, section 5.1)."""

    id: Bytes64
    rawId: Bytes64  # noqa: N815
    type: Literal["public-key"]
    response: MadeResponse


class ShownResponse(FromBrowser):
    clientDataJSON: Bytes64  # noqa: N815
    authenticatorData: Bytes64  # noqa: N815
    signature: Bytes64
    userHandle: Bytes64 | None = None  # noqa: N815


class ShownCredential(FromBrowser):
    """A passkey's answer as `PublicKeyCredential.toJSON` gives it."""

    id: Bytes64
    rawId: Bytes64  # noqa: N815
    type: Literal["public-key"]
    response: ShownResponse


class NameBody(Body):
    """A sign-in name, or nothing where the device knows whose it is."""

    name: Line | None = None


class EnterBody(Body):
    """A passkey's answer to the question of this browser."""

    credential: ShownCredential


class PasskeyBody(Body):
    """A new passkey, and what its officer calls it."""

    name: Line
    credential: MadeCredential


class CodeBody(Body):
    """A one-time code, six digits."""

    code: ShortSecret


class PasswordBody(Body):
    """The present password and a new one."""

    current: Secret
    new: Secret


class ProofBody(Body):
    """One proof: a passkey's answer, a one-time or recovery code, or the password of one who has neither."""

    password: Secret | None = None
    code: ShortSecret | None = None
    credential: ShownCredential | None = None


class IssuerChoice(BaseModel):
    name: str
    label: str


class WaysAnswer(BaseModel):
    passkeys: bool
    issuers: list[IssuerChoice]


class QuestionAnswer(BaseModel):
    public_key: dict[str, Any]  # options for `navigator.credentials`


class AddressAnswer(BaseModel):
    address: str


class PasskeyAnswer(BaseModel):
    id: UUID
    name: str
    backed_up: bool
    added_at: datetime
    used_at: datetime | None


class EventAnswer(BaseModel):
    at: datetime
    act: str
    outcome: str
    device: str | None


class AccountAnswer(BaseModel):
    sign_in_name: str
    passkeys: list[PasskeyAnswer]
    codes: bool
    recovery_codes: int
    events: list[EventAnswer]
    can_add_passkeys: bool


class AddedAnswer(BaseModel):
    id: UUID
    session: SessionAnswer


class BegunAnswer(BaseModel):
    secret: str
    address: str
    picture: str


class RecoveryAnswer(BaseModel):
    recovery_codes: list[str]
    session: SessionAnswer


class RecoveryCodesAnswer(BaseModel):
    recovery_codes: list[str]


class ProofWaysAnswer(BaseModel):
    password: bool
    code: bool
    public_key: dict[str, Any] | None


class ProvenAnswer(BaseModel):
    holds_until: datetime


class EndedAnswer(BaseModel):
    ended: int


class IdentityBody(Body):
    """Who an officer is at an issuer: its name in the settings, and the subject it gives him."""

    issuer: Line
    subject: Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=r"^[\x21-\x7e]+$")]


class IdentityAnswer(BaseModel):
    issuer: str
    subject: str
    added_at: datetime


class IdentitiesAnswer(BaseModel):
    identities: list[IdentityAnswer]
    issuers: list[IssuerChoice]
