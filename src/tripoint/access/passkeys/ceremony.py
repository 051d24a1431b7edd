"""The two ceremonies of Web Authentication (level 3): a device makes a key for this hub, a device shows that it has it.

Each is bound to the hub's own address and to a challenge used once, and wants the person (user verification).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AttestationConveyancePreference,
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialCreationOptions,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRequestOptions,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from tripoint.base.errors import BadInput, SetUp

ALGORITHMS = [
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
]
CHALLENGE_BYTES = 32  # ASVS 5.0 6.7.2 asks for 8 at least
LASTS = timedelta(minutes=2)
MILLISECONDS = 120_000
HUB = "Tripoint"
OWN_MACHINE = "localhost"
# What a malformed answer can make the library raise besides its own family.
UNREADABLE = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError)


class NoProof(Exception):
    """The answer of a device does not prove what it should; the message says why, for the log and for tests."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where passkeys of this hub work: its domain, and the origin of its pages."""

    domain: str
    origin: str


@dataclass(frozen=True, slots=True)
class Known:
    """A passkey's credential id, and how a device may reach it (`internal`, `hybrid`, `usb`, ...)."""

    credential: bytes
    transports: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A key that a device has made: what the hub keeps of it."""

    credential: bytes
    public_key: bytes
    sign_count: int
    backed_up: bool


def site_of(public_address: str, host: str) -> Site:
    """The site by the hub's public address; without one, this very machine by the name `localhost` at any port.

    `host` is what the request calls the hub, and counts only where it is localhost.
    Raises BadInput where passkeys cannot work, SetUp for a public address that is no https origin.
    """
    if public_address:
        parts = urlsplit(public_address)
        safe = parts.scheme == "https" or parts.hostname == OWN_MACHINE
        if not safe or not parts.hostname or parts.path.strip("/"):
            raise SetUp(
                f"{public_address!r} is no address for passkeys.", field="TRIPOINT_PUBLIC_ADDRESS",
                remedy="Write https://hub.example.org, as officers see it.",
            )  # fmt: skip
        return Site(parts.hostname, f"{parts.scheme}://{parts.netloc.lower()}")
    name, _, port = host.lower().partition(":")
    if name == OWN_MACHINE and (port.isdecimal() or not port):
        return Site(OWN_MACHINE, f"http://{host.lower()}")
    raise BadInput(
        "Passkeys do not work at this address.", field="TRIPOINT_PUBLIC_ADDRESS",
        remedy="Open the hub by its public name; its operator sets TRIPOINT_PUBLIC_ADDRESS.",
    )  # fmt: skip


def registration_options(
    site: Site, *, handle: bytes, name: str, display: str, challenge: bytes, known: Sequence[Known]
) -> dict[str, Any]:
    """What the page hands to the browser to have a key made. `known` are keys the officer has already."""
    options = generate_registration_options(
        rp_id=site.domain, rp_name=HUB, user_id=handle, user_name=name, user_display_name=display,
        challenge=challenge, timeout=MILLISECONDS, attestation=AttestationConveyancePreference.NONE,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.REQUIRED
        ),
        exclude_credentials=described(known), supported_pub_key_algs=ALGORITHMS,
    )  # fmt: skip
    return as_json(options)


def registered(site: Site, answer: dict[str, Any], challenge: bytes) -> Made:
    """The key that a device made. Raises NoProof for an answer that fits not in every part."""
    refuse_frames(answer)
    try:
        made = verify_registration_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=site.domain, expected_origin=site.origin,
            require_user_presence=True, require_user_verification=True, supported_pub_key_algs=ALGORITHMS,
        )  # fmt: skip
    except UNREADABLE as error:
        raise NoProof(str(error)) from error
    if made.credential_id != base64url_to_bytes(answer["rawId"]):
        raise NoProof("the credential is not the one that was sent beside it")
    return Made(made.credential_id, made.credential_public_key, made.sign_count, made.credential_backed_up)


def question(site: Site, challenge: bytes, known: Sequence[Known]) -> dict[str, Any]:
    """What the page hands to the browser to have a key shown; with no `known` the device offers what it has."""
    options = generate_authentication_options(
        rp_id=site.domain, challenge=challenge, timeout=MILLISECONDS, allow_credentials=described(known),
        user_verification=UserVerificationRequirement.REQUIRED,
    )  # fmt: skip
    return as_json(options)


def answered(site: Site, answer: dict[str, Any], challenge: bytes, *, public_key: bytes, sign_count: int) -> int:
    """The sign counter that the device shows. Raises NoProof for an answer that fits not in every part."""
    refuse_frames(answer)
    try:
        shown = verify_authentication_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=site.domain, expected_origin=site.origin,
            credential_public_key=public_key, credential_current_sign_count=sign_count, require_user_verification=True,
        )  # fmt: skip
    except UNREADABLE as error:
        raise NoProof(str(error)) from error
    return shown.new_sign_count


def challenge_in(answer: dict[str, Any]) -> bytes:
    """The challenge that an answer says it answers: to find the question by, before anything is believed.

    Raises NoProof where it cannot be read.
    """
    try:
        return base64url_to_bytes(str(client_data(answer).get("challenge", "")))
    except ValueError as error:
        raise NoProof("the challenge cannot be read") from error


def refuse_frames(answer: dict[str, Any]) -> None:
    """No page of another origin may stand around ours (section 7.2, step 14). Raises NoProof."""
    said = client_data(answer)
    if said.get("crossOrigin") or "topOrigin" in said:
        raise NoProof("the answer was made within another site's page")


def client_data(answer: dict[str, Any]) -> dict[str, Any]:
    """What the browser says of the ceremony. Raises NoProof where it cannot be read."""
    try:
        said = json.loads(base64url_to_bytes(answer["response"]["clientDataJSON"]))
    except (ValueError, TypeError, KeyError) as error:
        raise NoProof("the browser's own data cannot be read") from error
    if not isinstance(said, dict):
        raise NoProof("the browser's own data is no object")
    return said


def as_json(options: PublicKeyCredentialCreationOptions | PublicKeyCredentialRequestOptions) -> dict[str, Any]:
    """Options as the browser's `parse...OptionsFromJSON` reads them."""
    said: dict[str, Any] = json.loads(options_to_json(options))
    return said


def described(known: Sequence[Known]) -> list[PublicKeyCredentialDescriptor]:
    """Passkeys as the browser reads them; ways to reach a device that the library does not know are left out."""
    ways = {way.value: way for way in AuthenticatorTransport}
    return [
        PublicKeyCredentialDescriptor(one.credential, transports=[ways[way] for way in one.transports if way in ways])
        for one in known
    ]
