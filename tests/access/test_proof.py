from contextlib import ExitStack

import pytest

from tripoint.access import proof
from tripoint.base.errors import BadInput, Unavailable


@pytest.mark.usefixtures("costly_passwords")
def test_a_password_opens_by_its_hash_alone() -> None:
    kept = proof.hash_password("seven invented words", "ana@arc")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert kept != proof.hash_password("seven invented words", "ana@arc")
    assert proof.verified(kept, "seven invented words")
    assert not proof.verified(kept, "seven invented word")
    assert not proof.verified("no hash at all", "seven invented words")
    assert not proof.verified(proof.nobodys_hash(), "seven invented words")


@pytest.mark.parametrize(
    "password", ["short", "x" * 1001, "aaaaaaaaaaaaaaaa", "my name is ana, hello", "fourteen signs"]
)
def test_poor_passwords_are_refused(password: str) -> None:
    with pytest.raises(BadInput) as raised:
        proof.hash_password(password, "ana@arc")
    assert raised.value.field == "password"
    assert password not in raised.value.sentence


def test_few_passwords_are_hashed_at_once_and_who_waits_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof, "PATIENCE", 0.01)
    with ExitStack() as others:
        for _ in range(proof.MOST_AT_ONCE):
            others.enter_context(proof.one_of_few())
        with pytest.raises(Unavailable, match="Too many people") as raised:
            proof.hashed("seven words")
        assert raised.value.remedy
        assert proof.renewed_hash("seven words") is None
    assert proof.verified(proof.hashed("seven words"), "seven words")
