"""Passwords known from breaches: found in lists of every form, refused when they are chosen."""

from __future__ import annotations

from collections.abc import Generator
from hashlib import sha1
from pathlib import Path

import pytest

from tripoint.access import breached
from tripoint.access.breached import read
from tripoint.access.proof import hash_password
from tripoint.base.errors import BadInput, SetUp

KNOWN = "zwölf blaue kessel am fluss"
OTHER = "zwölf rote kessel am fluss"
MANY = [f"invented password number {n}" for n in range(300)]


def digest(password: str) -> str:
    return sha1(password.encode(), usedforsecurity=False).hexdigest()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "breached.txt"


@pytest.fixture
def chosen(place: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    """The list that the installation names; it is read anew before and after."""
    monkeypatch.setenv(breached.SETTING, str(place))
    breached.brought.cache_clear()
    yield place
    breached.brought.cache_clear()


@pytest.mark.parametrize("line", [KNOWN, digest(KNOWN), digest(KNOWN).upper(), f"{digest(KNOWN).upper()}:37"])
@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_a_password_is_found_however_it_is_written(place: Path, line: str, end: str) -> None:
    place.write_text(f"short\n{line}{end}", newline="")
    assert read(place).has(KNOWN)
    assert not read(place).has(OTHER)
    assert not read(place).has(KNOWN.upper())


@pytest.mark.parametrize("form", ["{}\n", "{}:7\r\n"])
def test_a_long_list_in_order_is_searched_where_it_lies(place: Path, form: str) -> None:
    lines = sorted(digest(password).upper() for password in MANY)
    place.write_text("".join(form.format(line) for line in lines), newline="")
    found = read(place, in_memory=100)
    assert found.in_order == place
    assert not found.known
    assert all(found.has(password) for password in MANY)
    assert not any(found.has(f"{password}!") for password in MANY)
    place.unlink()
    with pytest.raises(SetUp, match="cannot be read"):
        found.has(KNOWN)


def test_a_long_list_in_no_order_is_refused_and_a_short_one_taken(place: Path) -> None:
    place.write_text("".join(f"{digest(password)}\n" for password in MANY))
    assert all(read(place).has(password) for password in MANY)
    with pytest.raises(SetUp, match="in no order") as refusal:
        read(place, in_memory=100)
    assert "sort" in str(refusal.value.remedy)


def test_a_password_known_from_breaches_is_not_taken(chosen: Path) -> None:
    chosen.write_text(f"{KNOWN}\n")
    with pytest.raises(BadInput, match="known from breaches") as refusal:
        hash_password(KNOWN, "ana@arc")
    assert refusal.value.field == "password"
    assert hash_password(OTHER, "ana@arc")


def test_a_list_that_is_absent_is_said_and_none_named_refuses_nothing(
    chosen: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SetUp, match="TRIPOINT_BREACHED_PASSWORDS"):
        breached.brought()
    monkeypatch.delenv(breached.SETTING)
    assert not breached.brought().has(KNOWN)
