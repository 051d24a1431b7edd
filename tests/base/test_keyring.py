"""The key ring: made once, read by all, torn nowhere, and what is destroyed stays so."""

import concurrent.futures
import json
import os
from pathlib import Path

import pytest

from tripoint.base.errors import SetUp
from tripoint.base.keyring import INDEX, NO_KEYS, KeyRing


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return KeyRing(tmp_path / "data" / "keys")


def test_keys_are_made_when_first_needed_and_stay(ring: KeyRing) -> None:
    assert ring.keys("BRA") == ()
    first = ring.current("BRA")
    assert first.number == 1
    assert len(first.secret) == 32
    assert KeyRing(ring.place).current("BRA").secret == first.secret
    assert ring.current("COL").secret != first.secret != ring.current(INDEX).secret
    assert ring.owners() == ("BRA", "COL", INDEX)


def test_only_the_hub_itself_may_read_them(ring: KeyRing) -> None:
    ring.current("BRA")
    ring.add_shares(1)
    assert ring.place.stat().st_mode & 0o777 == 0o700
    for name in ("ring.json", "shares"):
        assert (ring.place / name).stat().st_mode & 0o777 == 0o600
    assert ring.faults() == []
    (ring.place / "ring.json").chmod(0o644)
    assert "chmod" in ring.faults()[0]
    with pytest.raises(SetUp, match="Others may read"):
        KeyRing(ring.place).current("BRA")


def test_a_rotated_key_still_opens_what_it_wrapped(ring: KeyRing) -> None:
    first, second = ring.current("BRA"), ring.rotate("BRA")
    assert second.number == 2
    assert ring.current("BRA") == second
    assert ring.key("BRA", 1) == first
    assert ring.key("BRA", 3) is None
    with pytest.raises(SetUp):
        ring.forget("BRA", 2)
    ring.forget("BRA", 1)
    assert ring.keys("BRA") == (second,)
    with pytest.raises(SetUp):
        ring.forget("BRA", 2)


def test_another_process_sees_a_rotation(ring: KeyRing) -> None:
    other = KeyRing(ring.place)
    ring.current("BRA")
    assert other.current("BRA").number == 1
    ring.rotate("BRA")
    assert other.current("BRA").number == 2


def test_many_at_once_make_one_first_key_and_shares_of_their_own(ring: KeyRing) -> None:
    def use(_: int) -> tuple[bytes, list[tuple[int, bytes]]]:
        own = KeyRing(ring.place)
        return own.current("BRA").secret, own.add_shares(3)

    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        done = list(pool.map(use, range(16)))
    assert len({secret for secret, _ in done}) == 1
    made = dict(pair for _, pairs in done for pair in pairs)
    assert sorted(made) == list(range(48))
    assert all(ring.share(slot) == share for slot, share in made.items())


def test_a_destroyed_share_is_zeros_and_its_neighbours_stand(ring: KeyRing) -> None:
    shares = dict(ring.add_shares(4))
    ring.destroy([1, 3, 99])
    ring.destroy([1])
    assert ring.share(1) == ring.share(3) == bytes(32)
    assert (ring.share(0), ring.share(2)) == (shares[0], shares[2])
    assert ring.share(99) == b""
    assert ring.add_shares(0) == []
    assert [slot for slot, _ in ring.add_shares(1)] == [4]


def test_a_share_that_was_not_written_whole_is_never_taken_for_one(ring: KeyRing) -> None:
    ring.add_shares(2)
    with (ring.place / "shares").open("ab") as file:
        file.write(b"torn")
    assert "not written whole" in ring.faults()[0]
    ((slot, share),) = ring.add_shares(1)
    assert slot == 3
    assert ring.share(3) == share


def test_no_share_where_there_is_no_file(tmp_path: Path) -> None:
    assert KeyRing(tmp_path).share(0) == b""


SHORT = '{"BRA": [{"number": 1, "made": "2026-01-01T00:00:00+00:00", "key": "QUJD"}]}'


@pytest.mark.parametrize("text", ["", "{", "[]", '{"BRA": [{"number": 1}]}', SHORT])
def test_a_damaged_ring_is_said_to_be_so(ring: KeyRing, text: str) -> None:
    ring.current("BRA")
    (ring.place / "ring.json").write_text(text)
    with pytest.raises(SetUp, match="damaged"):
        KeyRing(ring.place).current("BRA")


def test_a_folder_that_cannot_be_made_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SetUp, match="cannot be used"):
        KeyRing(tmp_path / "file" / "keys").current("BRA")


def test_without_a_folder_nothing_can_be_sealed() -> None:
    assert NO_KEYS.keys(INDEX) == ()
    with pytest.raises(SetUp, match="no folder"):
        NO_KEYS.current("BRA")


def test_printing_shows_no_key(ring: KeyRing) -> None:
    key = ring.current("BRA")
    assert str(key.secret) not in repr(key)
    stored = json.loads((ring.place / "ring.json").read_text())
    assert list(stored) == ["BRA"]
    assert os.listdir(ring.place).count("ring.json.new") == 0
