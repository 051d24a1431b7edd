"""The routes of devices: invite, enrol, renew; list, confirm, lose."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

import segno
from fastapi import Query, Request, Response
from pydantic import BaseModel, Field

from tripoint.access.devices import work
from tripoint.access.devices.model import Device, DeviceToken
from tripoint.access.http import Body, Line
from tripoint.access.model import Act
from tripoint.access.possession import Shown
from tripoint.access.routes import Routes, caller_of, door_of
from tripoint.access.visit import Visit

routes = Routes("/api/devices", "devices")
Secret = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}$")]
Coordinate = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{43}$")]


class InvitationBody(Body):
    """What the device is called, whose it will be (oneself, where nobody is named), and where its page is."""

    name: Line
    officer: UUID | None = None
    address: Annotated[str, Field(max_length=200, pattern=r"^https?://[A-Za-z0-9.:\[\]-]+$")]


class KeyBody(Body):
    """The public part of an ECDSA key on P-256, as a JWK."""

    kty: str
    crv: str
    x: Coordinate
    y: Coordinate


class EnrolmentBody(Body):
    """The code of an invitation and the device's public key; the header DPoP proves that it holds the private one."""

    code: Secret
    key: KeyBody


class RenewalBody(Body):
    """The challenge that the header DPoP signs."""

    challenge: Secret


class InvitationAnswer(BaseModel):
    id: UUID
    link: str
    image: str
    ends_at: datetime


class DeviceTokenAnswer(BaseModel):
    device: UUID
    name: str
    token: str | None
    ends_at: datetime
    at: datetime


class ChallengeAnswer(BaseModel):
    challenge: str
    at: datetime


class DeviceAnswer(BaseModel):
    id: UUID
    officer: UUID
    officer_name: str
    own: bool
    name: str
    enrolled_at: datetime
    confirmed_at: datetime | None
    ends_at: datetime
    seen_at: datetime | None
    revoked_at: datetime | None


class DevicesAnswer(BaseModel):
    devices: list[DeviceAnswer]


@routes.post("/invitations", Act.INVITE_DEVICE, status_code=201)
def invite(visit: Visit, body: InvitationBody) -> InvitationAnswer:
    """Invite one device: a link and its picture (QR), good once and for ten minutes."""
    made = work.invite(visit, name=body.name, officer=body.officer)
    link = f"{body.address}/field#enrol={made.code}"
    image = segno.make(link, error="m").svg_data_uri(scale=6, border=4, light="#fff")
    return InvitationAnswer(id=made.id, link=link, image=image, ends_at=made.ends_at)


@routes.open("POST", "/enrolment", Act.ENROL_DEVICE, response_model=DeviceTokenAnswer, status_code=201)
def enrol(request: Request, body: EnrolmentBody) -> DeviceTokenAnswer:
    """Enrol this device by an invitation's code; no token comes while its officer has not confirmed it."""
    made = work.enrol(door_of(request), caller_of(request).request, shown_by(request, body.code), body.key.model_dump())
    return token_answer(made)


@routes.open("POST", "/{which}/challenge", Act.RENEW_DEVICE, response_model=ChallengeAnswer)
def challenge(request: Request, which: UUID) -> ChallengeAnswer:
    """Ask for something to sign."""
    asked, at = work.challenge(door_of(request), which)
    return ChallengeAnswer(challenge=asked, at=at)


@routes.open("POST", "/{which}/token", Act.RENEW_DEVICE, response_model=DeviceTokenAnswer)
def renew(request: Request, which: UUID, body: RenewalBody) -> DeviceTokenAnswer:
    """A new token for the device that signs its challenge."""
    door, caller = door_of(request), caller_of(request)
    return token_answer(work.renew(door, caller.request, which, shown_by(request, body.challenge)))


@routes.get("", Act.LIST_DEVICES)
def list_devices(
    visit: Visit, party: Annotated[bool, Query(description="all of the party, for its administrator")] = False
) -> DevicesAnswer:
    """One's own devices; for an administrator with `party` those of the party."""
    found = work.list_devices(visit, all_of_party=party)
    return DevicesAnswer(devices=[device_answer(visit, device) for device in found])


@routes.post("/{which}/confirmation", Act.CONFIRM_DEVICE)
def confirm(visit: Visit, which: UUID) -> DeviceAnswer:
    """Say that a device, invited by an administrator, is one's own: only then it wakes."""
    return device_answer(visit, work.confirm(visit, which))


@routes.delete("/{which}", Act.REVOKE_DEVICE, status_code=204)
def revoke(visit: Visit, which: UUID) -> Response:
    """A device is lost: whatever it has open ends at once."""
    work.revoke(visit, which)
    return Response(status_code=204)


def shown_by(request: Request, secret: str) -> Shown:
    """What a request that has no token yet proves, bound to a code or a challenge."""
    caller = caller_of(request)
    return Shown(caller.proof, caller.method, caller.address, secret)


def token_answer(made: DeviceToken) -> DeviceTokenAnswer:
    """A token at the one moment at which it is known."""
    return DeviceTokenAnswer(device=made.device, name=made.name, token=made.secret, ends_at=made.ends_at, at=made.at)


def device_answer(visit: Visit, device: Device) -> DeviceAnswer:
    """A device as its officer or his administrator sees it."""
    return DeviceAnswer(
        id=device.id, officer=device.officer, officer_name=device.officer_name, own=device.officer == visit.officer.id,
        name=device.name, enrolled_at=device.enrolled_at, confirmed_at=device.confirmed_at, ends_at=device.ends_at,
        seen_at=device.seen_at, revoked_at=device.revoked_at,
    )  # fmt: skip
