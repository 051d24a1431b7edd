"""Pictures: their size from the header alone, and copies that tell nothing but the picture."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from tripoint.base.errors import BadInput, TooLarge
from tripoint.base.pictures import (
    ORIENTATION,
    PictureLimits,
    Size,
    check_picture,
    jpeg_parts,
    orientation,
    orientation_in,
    png_parts,
    segment,
    shared_copy,
)

SECRET = b"Camp 7, 31.7683 S, taken by Ana Inventada"


def chunk(name: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width: int = 2, height: int = 1, *more: bytes, end: bytes = b"") -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(b"\0\1\2"))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + pixels + chunk(b"IEND") + end


SCAN = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34\xff\xd0\x56"


def jpeg(width: int = 2, height: int = 1, *more: bytes, end: bytes = b"") -> bytes:
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
    return b"\xff\xd8" + b"".join(more) + segment(0xDB, b"\0" * 65) + frame + SCAN + b"\xff\xd9" + end


def tiff(width: int = 2, height: int = 1, order: str = "<", following: int = 0) -> bytes:
    start = b"II*\0" if order == "<" else b"MM\0*"
    wide, high = (struct.pack(f"{order}HHI", tag, 4, 1) + struct.pack(f"{order}I", n)
                  for tag, n in ((256, width), (257, height)))  # fmt: skip
    return start + struct.pack(f"{order}IH", 8, 2) + wide + high + struct.pack(f"{order}I", following)


@pytest.mark.parametrize("data", [png(7, 5), jpeg(7, 5), tiff(7, 5), tiff(7, 5, ">")])
def test_the_size_is_read_from_the_header(data: bytes) -> None:
    assert check_picture(data) == Size(7, 5)


@pytest.mark.parametrize("make", [png, jpeg, tiff])
@pytest.mark.parametrize(("width", "height"), [(20_001, 1), (10_000, 10_000), (1, 60_000)])
def test_a_flood_of_pixels_is_refused_without_decoding(make: object, width: int, height: int) -> None:
    assert callable(make)
    with pytest.raises(TooLarge):
        check_picture(make(width, height))


@pytest.mark.parametrize("data", [
    b"", b"GIF89a", png(0, 1), jpeg(1, 0), png()[:-1], png()[:40], jpeg()[:-2], jpeg()[:30], tiff()[:12],
    png(end=b"PK"), jpeg(end=b"<script>"), tiff(following=8), b"\xff\xd8\xff\xd9", png()[:20] + b"\1" + png()[21:],
    jpeg(1, 1, segment(0xC0, b"\0" * 9)), b"\x89PNG\r\n\x1a\n" + chunk(b"IEND"),
])  # fmt: skip
def test_what_is_no_whole_picture_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput) as refused:
        check_picture(data)
    assert refused.value.remedy


def test_a_shared_png_tells_nothing_but_the_picture() -> None:
    told = [chunk(name, SECRET) for name in (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"iCCP", b"prIv", b"acTL")]
    copy = shared_copy(png(2, 1, *told, chunk(b"gAMA", b"\0\0\0\1")))
    assert SECRET not in copy
    assert copy == png(2, 1, chunk(b"gAMA", b"\0\0\0\1"))
    assert [part.name for part in png_parts(copy)] == [b"IHDR", b"gAMA", b"IDAT", b"IEND"]


def test_a_shared_jpeg_tells_nothing_but_the_picture_and_which_side_is_up() -> None:
    exif = b"Exif\0\0" + orientation(6)[:-4] + struct.pack(">I", 0) + SECRET
    told = [segment(marker, SECRET) for marker in (0xE0, 0xE2, 0xED, 0xEF, 0xFE)]
    copy = shared_copy(jpeg(2, 1, segment(0xE1, exif), segment(0xE1, b"http://ns" + SECRET), *told,
                            segment(0xEE, b"Adobe\0\x64\0\0\0\0\x01" + SECRET)))  # fmt: skip
    assert SECRET not in copy
    assert check_picture(copy) == Size(2, 1)
    names = [part.name[0] for part in jpeg_parts(copy)]
    assert names == [0xE0, 0xE1, 0xEE, 0xDB, 0xC0, 0xDA]
    assert [orientation_in(part.content[6:]) for part in jpeg_parts(copy) if part.name[0] == 0xE1] == [6]
    assert SCAN in copy
    assert shared_copy(copy) == copy


def test_a_tiff_is_not_shared_as_it_is() -> None:
    with pytest.raises(BadInput, match="TIFF"):
        shared_copy(tiff())


@pytest.mark.parametrize("exif", [
    b"", b"II*\0", b"XX" + b"\0" * 20, orientation(9), orientation(0), b"MM\0*\xff\xff\xff\xff",
])  # fmt: skip
def test_a_strange_side_is_the_ordinary_one(exif: bytes) -> None:
    assert orientation_in(exif) == 1
    assert ORIENTATION == 274


@given(st.sampled_from([png(), jpeg(), tiff(), tiff(order=">")]), st.integers(0, 120), st.binary(max_size=6))
def test_any_change_is_a_picture_or_refused(data: bytes, place: int, other: bytes) -> None:
    for bad in (data[:place] + other + data[place + len(other) :], data[:place], data[:place] + other + data[place:]):
        with suppress(BadInput, TooLarge):
            check_picture(bad, PictureLimits(1000, 100))
