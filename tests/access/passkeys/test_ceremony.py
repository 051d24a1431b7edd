"""The ceremonies of passkeys: what a true device says is believed, and nothing that was bent in any part."""

import json
import secrets
from functools import partial
from typing import Any

import cbor2
import pytest
from hypothesis import given, settings, strategies as st

from tests.access.passkeys.device import PRESENT, VERIFIED, Device, b64, from_b64
from tripoint.access.passkeys import ceremony
from tripoint.access.passkeys.ceremony import Made, NoProof, Site
from tripoint.base.errors import BadInput, SetUp

SITE = Site("hub.test", "https://hub.test")
CHALLENGE = b"c" * 32


def options_to_make() -> dict[str, Any]:
    return ceremony.registration_options(
        SITE, handle=b"h" * 32, name="ana@arc", display="Ana Inventada", challenge=CHALLENGE, known=[]
    )


def made_by(device: Device) -> Made:
    return ceremony.registered(SITE, device.make(options_to_make()), CHALLENGE)


def shown_by(device: Device, made: Made, challenge: bytes = CHALLENGE) -> int:
    answer = device.show(ceremony.question(SITE, challenge, []))
    return ceremony.answered(SITE, answer, CHALLENGE, public_key=made.public_key, sign_count=made.sign_count)


def test_a_browser_is_asked_for_what_the_hub_wants() -> None:
    asked = options_to_make()
    assert asked["attestation"] == "none"
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["authenticatorSelection"]["residentKey"] == "preferred"
    assert [one["alg"] for one in asked["pubKeyCredParams"]] == [-7, -8, -257]
    assert (asked["rp"]["id"], asked["timeout"]) == ("hub.test", 120_000)
    assert ceremony.question(SITE, CHALLENGE, [])["userVerification"] == "required"


@pytest.mark.parametrize("algorithm", [-7, -8, -257])
@pytest.mark.parametrize("attestation", ["none", "packed"])
def test_what_a_true_device_says_is_believed(algorithm: int, attestation: str) -> None:
    device = Device(algorithm=algorithm, attestation=attestation)
    made = made_by(device)
    assert made.credential == device.credential
    assert shown_by(device, made) == 1


BENT: list[dict[str, Any]] = [
    {"origin": "https://hub.test.evil.test"},
    {"origin": "http://hub.test"},
    {"origin": "https://hub.test:8443"},
    {"domain": "evil.test"},
    {"flags": PRESENT},
    {"flags": VERIFIED},
    {"more": {"crossOrigin": True}},
    {"more": {"topOrigin": "https://evil.test"}},
    {"more": {"type": "payment.get"}},
    {"more": {"challenge": b64(b"d" * 32)}},
]


@pytest.mark.parametrize("bent", BENT, ids=str)
def test_a_bent_answer_proves_nothing(bent: dict[str, Any]) -> None:
    with pytest.raises(NoProof):
        made_by(Device(**bent))
    device = Device()
    made = made_by(device)
    for name, value in bent.items():
        setattr(device, name, value)
    with pytest.raises(NoProof):
        shown_by(device, made)


def test_a_weak_algorithm_is_not_taken() -> None:
    with pytest.raises(NoProof):
        made_by(Device(algorithm=-35))


def test_another_credential_cannot_be_slipped_in() -> None:
    answer = Device().make(options_to_make())
    answer["id"] = answer["rawId"] = b64(b"x" * 32)
    with pytest.raises(NoProof):
        ceremony.registered(SITE, answer, CHALLENGE)


def test_another_devices_signature_proves_nothing() -> None:
    mine, other = Device(), Device()
    made = made_by(mine)
    other.credential = mine.credential
    with pytest.raises(NoProof):
        shown_by(other, made)


@pytest.mark.parametrize("kept", [1, 5, 2**31])
def test_a_counter_that_goes_back_or_stands_still_proves_nothing(kept: int) -> None:
    device = Device()
    made = made_by(device)
    with pytest.raises(NoProof):
        shown_by(device, Made(made.credential, made.public_key, kept, backed_up=False))


def test_a_device_that_never_counts_is_believed() -> None:
    device = Device(counts=False)
    assert shown_by(device, made_by(device)) == 0


@pytest.mark.parametrize("field", ["clientDataJSON", "authenticatorData", "signature"])
@settings(max_examples=40)
@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_one_changed_bit_anywhere_proves_nothing(field: str, at: int, bit: int) -> None:
    answer = DEVICE.show(ceremony.question(SITE, CHALLENGE, []))
    text = bytearray(from_b64(answer["response"][field]))
    text[at % len(text)] ^= 1 << bit
    answer["response"][field] = b64(bytes(text))
    with pytest.raises(NoProof):
        ceremony.answered(SITE, answer, CHALLENGE, public_key=MADE.public_key, sign_count=0)


@pytest.mark.parametrize("field", ["clientDataJSON", "attestationObject", "authenticatorData", "signature"])
@settings(max_examples=40)
@given(text=st.binary(max_size=200))
def test_rubbish_is_refused_without_a_fault(field: str, text: bytes) -> None:
    making = field == "attestationObject"
    answer = DEVICE.make(options_to_make()) if making else DEVICE.show(ceremony.question(SITE, CHALLENGE, []))
    answer["response"][field] = b64(text)
    read = ceremony.registered if making else partial(ceremony.answered, public_key=MADE.public_key, sign_count=0)
    with pytest.raises(NoProof):
        read(SITE, answer, CHALLENGE)


@settings(max_examples=40)
@given(found=st.recursive(st.none() | st.integers() | st.binary() | st.text(), lambda inner: st.lists(inner)))
def test_rubbish_in_the_right_wrapping_is_refused_without_a_fault(found: Any) -> None:
    answer = DEVICE.make(options_to_make())
    answer["response"]["attestationObject"] = b64(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": found}))
    with pytest.raises(NoProof):
        ceremony.registered(SITE, answer, CHALLENGE)
    said = json.dumps({"type": "webauthn.get", "challenge": str(found), "origin": SITE.origin})
    answer["response"]["clientDataJSON"] = b64(said.encode())
    with pytest.raises(NoProof):
        ceremony.registered(SITE, answer, CHALLENGE)


def test_the_site_is_the_public_address_or_this_very_machine() -> None:
    assert ceremony.site_of("https://Hub.example.org/", "x") == Site("hub.example.org", "https://hub.example.org")
    assert ceremony.site_of("https://hub.example.org:8443", "") == Site("hub.example.org", "https://hub.example.org:8443")
    assert ceremony.site_of("", "localhost:8765") == Site("localhost", "http://localhost:8765")
    for host in ("127.0.0.1:8000", "hub.example.org", "localhost.evil.test", "localhost:80@evil", ""):
        with pytest.raises(BadInput):
            ceremony.site_of("", host)
    for address in ("http://hub.example.org", "hub.example.org", "https://hub.example.org/path"):
        with pytest.raises(SetUp):
            ceremony.site_of(address, "")


def test_a_challenge_cannot_be_guessed() -> None:
    assert ceremony.CHALLENGE_BYTES >= 16
    assert len({secrets.token_bytes(ceremony.CHALLENGE_BYTES) for _ in range(100)}) == 100


DEVICE = Device(counts=False)
MADE = made_by(DEVICE)
