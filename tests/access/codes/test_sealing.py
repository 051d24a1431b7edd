"""Secrets of one-time codes open with their own key, for their own officer, unchanged, or not at all."""

from pathlib import Path
from uuid import uuid4

import pytest

from tripoint.access.codes import sealing
from tripoint.base.errors import SetUp
from tripoint.base.keyring import KeyRing

ANA, BEN = uuid4(), uuid4()
SECRET = b"s" * 20


def test_a_secret_opens_for_its_officer_alone_also_after_a_new_key(tmp_path: Path) -> None:
    keys = KeyRing(tmp_path)
    sealed = sealing.seal(keys, ANA, SECRET)
    assert SECRET not in sealed
    assert sealing.seal(keys, ANA, SECRET) != sealed
    keys.rotate(sealing.OWNER)
    assert sealing.unseal(keys, ANA, sealed) == SECRET
    with pytest.raises(SetUp):
        sealing.unseal(keys, BEN, sealed)


def test_a_changed_secret_and_anothers_key_open_nothing(tmp_path: Path) -> None:
    keys, others = KeyRing(tmp_path / "one"), KeyRing(tmp_path / "two")
    sealed = sealing.seal(keys, ANA, SECRET)
    others.current(sealing.OWNER)
    with pytest.raises(SetUp):
        sealing.unseal(others, ANA, sealed)
    for at in range(len(sealed)):
        bent = bytearray(sealed)
        bent[at] ^= 1
        with pytest.raises(SetUp):
            sealing.unseal(keys, ANA, bytes(bent))
    for size in (0, 3, 15, 16, 31):
        with pytest.raises(SetUp):
            sealing.unseal(keys, ANA, sealed[:size])
