"""Archives: whatever would unpack to too much, or somewhere else, is refused before it is unpacked."""

from __future__ import annotations

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from tripoint.base.archives import ArchiveLimits, open_archive
from tripoint.base.errors import BadInput, TooLarge

LIMITS = ArchiveLimits(parts=5, part=50_000, whole=100_000, ratio=20, free=1_000)


def packed(*parts: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of these parts."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", method) as archive:
        warnings.simplefilter("ignore")  # about two of one name
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def opened(data: bytes) -> list[str]:
    with open_archive(io.BytesIO(data), LIMITS) as archive:
        return archive.namelist()


def linked(name: str, mode: int = stat.S_IFLNK) -> zipfile.ZipInfo:
    part = zipfile.ZipInfo(name)
    part.external_attr = (mode | 0o777) << 16
    return part


def test_an_ordinary_archive_is_opened() -> None:
    assert opened(packed(("xl/workbook.xml", b"<a/>"), ("empty/", b""))) == ["xl/workbook.xml", "empty/"]


@pytest.mark.parametrize("name", [
    "/etc/passwd", "../up", "a/../../up", "C:/windows", "a\\..\\b", "~/x", "a\nb", "a\x1bb", "n" * 256, "\u202etxt",
])  # fmt: skip
def test_paths_that_lead_out_are_refused(name: str) -> None:
    with pytest.raises(BadInput):
        opened(packed((name, b"x")))


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK])
def test_links_and_devices_are_refused(mode: int) -> None:
    with pytest.raises(BadInput, match="link"):
        opened(packed((linked("a", mode), b"/etc/passwd")))


@pytest.mark.parametrize("again", ["a.xml", "A.XML", "ａ.xml"])
def test_two_parts_of_one_name_are_refused(again: str) -> None:
    with pytest.raises(BadInput, match="twice"):
        opened(packed(("a.xml", b"1"), (again, b"2")))


@pytest.mark.parametrize("inner", [
    packed(("a", b"x")), b"\x1f\x8b\x08rest", b"7z\xbc\xaf\x27\x1crest", b"PK\x05\x06" + b"\0" * 18,
])  # fmt: skip
def test_an_archive_within_an_archive_is_refused(inner: bytes) -> None:
    with pytest.raises(BadInput, match="holds an archive"):
        opened(packed(("a.bin", inner)))


@pytest.mark.parametrize("parts", [
    [("a", b"0" * 50_001)], [(f"{n}", b"0123456789" * 3_000) for n in range(4)], [("a", b"0" * 40_000)],
    [(f"{n}", b"") for n in range(6)],
])  # fmt: skip
def test_what_unpacks_to_too_much_is_refused(parts: list[tuple[str, bytes]]) -> None:
    with pytest.raises(TooLarge):
        opened(packed(*parts))


def test_unusual_packing_is_refused() -> None:
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with pytest.raises(BadInput, match="unusual"):
            opened(packed(("a", b"x" * 100), method=method))


def changed(data: bytes, change: Callable[[bytearray, int], None]) -> bytes:
    """The archive with the last entry of its directory changed."""
    raw = bytearray(data)
    change(raw, data.rindex(b"PK\x01\x02"))
    return bytes(raw)


def test_an_encrypted_part_is_refused() -> None:
    def encrypt(raw: bytearray, at: int) -> None:
        raw[at + 8] |= 1

    with pytest.raises(BadInput, match="encrypted"):
        opened(changed(packed(("a", b"x")), encrypt))


def test_parts_that_share_their_bytes_are_refused() -> None:
    def first_place(raw: bytearray, at: int) -> None:
        struct.pack_into("<I", raw, at + 42, 0)

    with pytest.raises(BadInput, match="overlap"):
        opened(changed(packed(("aa", b"x" * 50), ("bb", b"x" * 50)), first_place))


def test_a_size_that_lies_gives_no_more_than_it_says() -> None:
    def smaller(raw: bytearray, at: int) -> None:
        struct.pack_into("<I", raw, at + 24, 500)

    for content in (b"x" * 900, bytes(range(256)) * 3):
        data, seen = changed(packed(("a", content)), smaller), b""
        with (
            suppress(BadInput, zipfile.BadZipFile), open_archive(io.BytesIO(data), LIMITS) as archive,
            archive.open("a") as part,
        ):  # fmt: skip
            while more := part.read(100):
                seen += more
        assert len(seen) <= 500


@given(st.binary(max_size=200), st.integers(0, 150), st.binary(max_size=4))
def test_any_bytes_are_an_archive_or_refused(data: bytes, place: int, other: bytes) -> None:
    whole = packed(("a.xml", b"<a/>"), ("b", b"x"))
    for bad in (data, whole[:place] + other + whole[place + len(other) :], whole[:place]):
        with suppress(BadInput, TooLarge):
            opened(bad)
