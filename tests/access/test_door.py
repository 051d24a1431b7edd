from datetime import UTC, datetime
from uuid import UUID

import pytest

from tripoint.access.door import Caller, csrf_holds, hash_secret
from tripoint.access.model import SignIn


def sign_in(csrf: str | None) -> SignIn:
    return SignIn(UUID(int=1), "session", None, csrf, None, datetime(2999, 1, 1, tzinfo=UTC))


def caller(method: str, csrf: str | None, *, by_cookie: bool = True) -> Caller:
    return Caller("secret", by_cookie, csrf, method, UUID(int=2))


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_change_by_cookie_carries_the_sessions_word(method: str) -> None:
    assert csrf_holds(caller(method, "word"), sign_in("word"))
    for sent, kept in ((None, "word"), ("", "word"), ("other", "word"), ("word", None), (None, None), ("", "")):
        assert not csrf_holds(caller(method, sent), sign_in(kept))
    assert csrf_holds(caller(method, None, by_cookie=False), sign_in(None))


def test_reading_needs_no_word() -> None:
    assert csrf_holds(caller("GET", None), sign_in("word"))


def test_only_the_digest_of_a_secret_is_kept() -> None:
    assert hash_secret("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
