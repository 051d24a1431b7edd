"""Rows in their one form, and what is signed."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, strategies as st

from tripoint.engines.merkle.canonical import moment, plain, plain_row, read_moment, row_bytes
from tripoint.engines.merkle.heads import TreeHead, public_bytes, signed_by, witness_statement

AT = datetime(2026, 11, 22, 18, 0, 0, 5, UTC)
HEAD = TreeHead("ab" * 32, 7, b"r" * 32, AT, 9, b"p" * 32)
VALUES = st.text() | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans()


@given(st.dictionaries(st.from_regex(r"[a-z_]{1,12}", fullmatch=True), VALUES | st.lists(VALUES)))
def test_the_quick_form_of_rows_is_the_published_form(row: dict[str, object]) -> None:
    assert row_bytes(row) == rfc8785.dumps(row)  # type: ignore[arg-type]


def test_a_row_in_json_values() -> None:
    which = UUID(int=5)
    row = {"seq": 1, "at": AT, "officer": which, "device": None, "recipients": [3, 4], "owner_only": False, "b": b"\1"}
    assert plain_row(row) == {
        "seq": 1, "at": "2026-11-22T18:00:00.000005Z", "officer": str(which), "recipients": [3, 4],
        "owner_only": False, "b": "01",
    }  # fmt: skip
    with pytest.raises(TypeError):
        plain(1.5)


@given(st.datetimes(timezones=st.just(timezone(timedelta(hours=-5)))))
def test_moments_come_back(at: datetime) -> None:
    assert read_moment(moment(at)) == at


@pytest.mark.parametrize("text", ["2026-11-22T18:00:00Z", "2026-11-22T18:00:00.000000+00:00", "yesterday"])
def test_other_forms_of_a_moment_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_moment(text)


def test_a_head_comes_back_from_json() -> None:
    assert TreeHead.from_json(HEAD.as_json()) == HEAD
    with pytest.raises(TypeError):
        TreeHead.from_json(HEAD.as_json() | {"size": True})


def test_a_signature_of_one_kind_never_stands_for_another() -> None:
    key = Ed25519PrivateKey.generate()
    public, signature = public_bytes(key), key.sign(HEAD.statement())
    assert signed_by(public, signature, HEAD.statement())
    assert not signed_by(public, signature, witness_statement(HEAD, "BRA"))
    assert not signed_by(public, b"", HEAD.statement())
    assert not signed_by(b"short", signature, HEAD.statement())
