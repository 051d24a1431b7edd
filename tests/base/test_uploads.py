"""Uploads: what they are is seen by their content; whatever is something else, or two things, is refused."""

from __future__ import annotations

import io
from contextlib import suppress

import pytest
from hypothesis import given, strategies as st

from tests.base.test_archives import packed
from tests.base.test_pictures import jpeg, png, tiff
from tripoint.base.archives import ArchiveLimits
from tripoint.base.errors import BadInput, TooLarge
from tripoint.base.pictures import segment
from tripoint.base.uploads import DECLARED, UploadKind, UploadLimits, check_upload

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GOOD = {
    "image/png": png(), "image/jpeg": jpeg(), "image/tiff": tiff(), SHEET: packed(("a", b"x")),
    "application/xml": b"\xef\xbb\xbf <?xml version='1.0'?><a/>", "application/json": b' {"a": 1}',
    "text/csv": "plate,remarks\nA1,Ñandú\n".encode(), "text/plain": "مرحبا".encode(),
}  # fmt: skip


def checked(data: bytes, declared: str, limits: UploadLimits | None = None) -> UploadKind:
    stream = io.BytesIO(data)
    kind = check_upload(stream, declared, limits)
    assert stream.tell() == 0
    return kind


@pytest.mark.parametrize("declared", GOOD)
def test_what_is_what_it_says_is_taken(declared: str) -> None:
    assert checked(GOOD[declared], f"{declared.upper()}; charset=utf-8") is DECLARED[declared]


@pytest.mark.parametrize("declared", GOOD)
@pytest.mark.parametrize("really", GOOD)
def test_what_is_something_else_is_refused(declared: str, really: str) -> None:
    text = {UploadKind.TEXT, UploadKind.XML, UploadKind.JSON}
    wanted, kind = DECLARED[declared], DECLARED[really]
    if wanted is kind or (wanted is UploadKind.TEXT and kind in text):
        return
    with pytest.raises(BadInput, match="another type"):
        checked(GOOD[really], declared)


@pytest.mark.parametrize("data", [
    b"\x7fELF\x02\x01\x01\0", b"MZ\x90\0\x03\0", b"#!/bin/sh\n", b"%PDF-1.7\n", b" <SVG onload=x>", b"\n<html>",
    b"<!DOCTYPE html>", b"<script>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\0\0",
])  # fmt: skip
@pytest.mark.parametrize("declared", ["text/plain", "text/csv", "application/xml", "image/png", "video/mp4", ""])
def test_what_something_would_act_on_is_never_taken(data: bytes, declared: str) -> None:
    with pytest.raises(BadInput):
        checked(data, declared)


@pytest.mark.parametrize("data", [
    png(end=packed(("a", b"x"))), jpeg(2, 1, segment(0xFE, packed(("a", b"x")))),
    jpeg(2, 1, segment(0xFE, b"%PDF-1.7")), jpeg(2, 1, segment(0xFE, b"<HTML><script>")),
])  # fmt: skip
def test_a_picture_that_is_two_things_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput):
        checked(data, "image/png" if data.startswith(b"\x89") else "image/jpeg")


def test_sizes_are_bounded() -> None:
    with pytest.raises(TooLarge):
        checked(b"a" * 101, "text/plain", UploadLimits(most=100))
    with pytest.raises(TooLarge):
        checked(packed(("a", b"0" * 100)), "application/zip", UploadLimits(archive=ArchiveLimits(part=50)))
    with pytest.raises(TooLarge):
        checked(png(30_000, 1), "image/png")


@given(st.binary(max_size=80), st.sampled_from(sorted(DECLARED)))
def test_any_bytes_are_taken_or_refused(data: bytes, declared: str) -> None:
    with suppress(BadInput, TooLarge):
        checked(data, declared)
