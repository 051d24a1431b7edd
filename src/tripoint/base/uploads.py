"""What somebody hands in, known by its content and never by its name or by what it says of itself."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from enum import StrEnum
from typing import BinaryIO

from tripoint.base.archives import ARCHIVE, ArchiveLimits, open_archive
from tripoint.base.errors import BadInput, TooLarge
from tripoint.base.pictures import JPEG_START, PNG_START, PictureLimits, check_picture

HEAD = 4096
MEGABYTE = 1024 * 1024
TIFF_STARTS = (b"II*\x00", b"MM\x00*")
# Text that something would act on: never taken, whatever it is declared to be. Programs are no text and none of ours.
REFUSED = {
    b"#!": "a program", b"%pdf-": "a PDF", b"<svg": "a drawing with scripts", b"<html": "a web page",
    b"<!doctype html": "a web page", b"<script": "a web page",
}  # fmt: skip
ACTED_ON = tuple(mark for mark in REFUSED if mark != b"#!")


class UploadKind(StrEnum):
    """What an upload can be."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"
    ARCHIVE = "application/zip"
    XML = "application/xml"
    JSON = "application/json"
    TEXT = "text/plain"


PICTURES = frozenset({UploadKind.PNG, UploadKind.JPEG, UploadKind.TIFF})
# What a type that is declared may turn out to be. CSV is plain text; a workbook and an X3P scan are archives.
DECLARED = {
    "image/png": UploadKind.PNG, "image/jpeg": UploadKind.JPEG, "image/tiff": UploadKind.TIFF,
    "application/zip": UploadKind.ARCHIVE, "application/x-x3p": UploadKind.ARCHIVE,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": UploadKind.ARCHIVE,
    "application/xml": UploadKind.XML, "text/xml": UploadKind.XML, "application/json": UploadKind.JSON,
    "application/x-ndjson": UploadKind.JSON, "text/csv": UploadKind.TEXT, "text/plain": UploadKind.TEXT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """The largest upload in bytes, and what may be in an archive or a picture."""

    most: int = 50 * MEGABYTE
    archive: ArchiveLimits = field(default_factory=ArchiveLimits)
    picture: PictureLimits = field(default_factory=PictureLimits)


def check_upload(stream: BinaryIO, declared: str, limits: UploadLimits | None = None) -> UploadKind:
    """What the upload is, if that is what it was declared to be; the stream then stands at its beginning.

    In: a stream that can be wound back, and a media type with or without parameters. Raises BadInput for another type
    than declared, for anything that is two things at once, and as `open_archive` and `check_picture` do; TooLarge.
    """
    limits = limits or UploadLimits()
    size = stream.seek(0, 2)
    stream.seek(0)
    if size > limits.most:
        raise TooLarge(f"The file is larger than {limits.most // MEGABYTE} MB.", field="file", remedy="Send less.")
    wanted = DECLARED.get(declared.partition(";")[0].strip().lower())
    head = stream.read(HEAD)
    kind = kind_of(head)
    if wanted is None or not fits(kind, wanted):
        shown = kind.value if kind else "something else"
        remedy = "Send it as what it is; the name of a file does not change its content."
        raise BadInput(f"The file was declared as another type than it is: {shown}.", field="file", remedy=remedy)
    if wanted is UploadKind.ARCHIVE:
        open_archive(stream, limits.archive).close()
    elif wanted in PICTURES:
        check_single(stream, head)
        stream.seek(0)
        check_picture(stream.read(), limits.picture)
    stream.seek(0)
    return wanted


def fits(kind: UploadKind | None, wanted: UploadKind) -> bool:
    """Whether the content may be called so: XML and JSON are text, too."""
    return kind is wanted or (wanted is UploadKind.TEXT and kind in (UploadKind.XML, UploadKind.JSON))


def kind_of(head: bytes) -> UploadKind | None:
    """What a content is by its first bytes; None for what is not taken. Raises BadInput for what is dangerous."""
    for start, what in REFUSED.items():
        if head[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(start):
            raise BadInput(f"The file is {what}; such files are not taken.", field="file", remedy="Send another file.")
    for start, kind in ((PNG_START, UploadKind.PNG), (JPEG_START, UploadKind.JPEG), (ARCHIVE, UploadKind.ARCHIVE)):
        if head.startswith(start):
            return kind
    if head.startswith(TIFF_STARTS):
        return UploadKind.TIFF
    return text_kind(head)


def text_kind(head: bytes) -> UploadKind | None:
    """Which sort of text begins so; None for what is none."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if b"\0" in head or any(byte < 9 or 13 < byte < 32 for byte in head):
        return None
    if text.startswith(b"<"):
        return UploadKind.XML
    return UploadKind.JSON if text.startswith((b"{", b"[")) else UploadKind.TEXT


def check_single(stream: BinaryIO, head: bytes) -> None:
    """Raises BadInput for a picture that is something else besides."""
    stream.seek(0)
    if zipfile.is_zipfile(stream) or any(mark in head[:1024].lower() for mark in ACTED_ON):
        remedy = "Open it in a picture program and save it anew."
        raise BadInput("The picture is something else at the same time.", field="file", remedy=remedy)
