"""One-time codes against the published vectors of RFC 6238, appendix B, and recovery codes."""

from datetime import UTC, datetime, timedelta
from hashlib import sha1, sha256, sha512

import pytest
from hypothesis import given, strategies as st

from tripoint.access.codes import steps

MOMENTS = (59, 1111111109, 1111111111, 1234567890, 2000000000, 20000000000)
SECRETS = {sha1: b"1234567890" * 2, sha256: (b"1234567890" * 4)[:32], sha512: (b"1234567890" * 7)[:64]}
VECTORS = {
    sha1: ("94287082", "07081804", "14050471", "89005924", "69279037", "65353130"),
    sha256: ("46119246", "68084774", "67062674", "91819424", "90698825", "77737706"),
    sha512: ("90693936", "25091201", "99943326", "93441116", "38618901", "47863826"),
}
NOW = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize("digest", VECTORS, ids=lambda digest: digest().name)
def test_codes_are_those_of_the_standard(digest: type) -> None:
    for moment, code in zip(MOMENTS, VECTORS[digest], strict=True):
        step = steps.step_of(datetime.fromtimestamp(moment, UTC))
        assert steps.code_at(SECRETS[digest], step, digits=8, digest=digest) == code


@pytest.mark.parametrize(("seconds", "opens"), [(-61, False), (-30, True), (0, True), (30, True), (61, False)])
def test_a_code_holds_one_step_before_and_after(seconds: int, opens: bool) -> None:
    secret = steps.new_secret()
    then = NOW + timedelta(seconds=seconds)
    code = steps.code_at(secret, steps.step_of(then))
    assert (steps.matching_step(secret, code, NOW) == steps.step_of(then)) is opens


@given(st.text(alphabet="0123456789", min_size=6, max_size=6))
def test_any_other_code_matches_nothing(code: str) -> None:
    secret = b"s" * 20
    near = {steps.code_at(secret, steps.step_of(NOW) + shift) for shift in (-1, 0, 1)}
    assert (steps.matching_step(secret, code, NOW) is not None) is (code in near)


@pytest.mark.parametrize("text", ["١٢٣٤٥٦", "é12345", "\ud800", "", "１２３４５６"])
def test_digits_of_other_scripts_and_half_characters_match_nothing(text: str) -> None:
    assert steps.matching_step(b"s" * 20, text, NOW) is None


@given(st.text(max_size=12))
def test_what_is_no_code_is_known(text: str) -> None:
    assert not steps.is_code(text) or steps.matching_step(b"s" * 20, text, NOW) is None or text.isascii()


def test_a_secret_is_160_random_bits_and_readable_by_applications() -> None:
    secret = steps.new_secret()
    assert (len(secret), len({steps.new_secret() for _ in range(50)})) == (20, 50)
    made = steps.setting(secret, "ana@arc", "Tripoint")
    assert made.address.startswith("otpauth://totp/Tripoint:ana%40arc?secret=" + made.secret)
    assert set(made.secret) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


def test_a_recovery_code_is_120_random_bits_and_forgives_writing() -> None:
    codes = {steps.new_recovery_code() for _ in range(200)}
    assert len(codes) == 200
    code = codes.pop()
    assert len(code.replace("-", "")) == 24
    for written in (code.lower(), code.replace("-", " "), code.replace("0", "O").replace("1", "l")):
        assert steps.recovery_digest(written) == steps.recovery_digest(code)
    assert steps.recovery_digest(codes.pop()) != steps.recovery_digest(code)


@pytest.mark.parametrize("written", ["", "123456", "x" * 23, "é" * 24, "ABCD-EFGH-JKMN-PQRS-TUVW-XYZ!"])
def test_what_is_no_recovery_code_has_no_digest(written: str) -> None:
    assert steps.recovery_digest(written) is None
