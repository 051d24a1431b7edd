"""Pictures judged by their headers before anything is decoded, and copied without what they tell besides the picture.

The original stays as it came: when and where it was taken is evidence. What is shared is a clean copy.
Sources: PNG (W3C, Third Edition), JPEG (ITU-T T.81, JFIF 1.02), TIFF 6.0, Exif 2.32.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from tripoint.base.errors import BadInput, TooLarge

PNG_START = b"\x89PNG\r\n\x1a\n"
JPEG_START = b"\xff\xd8\xff"
# Of a PNG only what is needed to show it: palette, transparency, gamma and size; no texts, times, profiles or frames.
PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}
)
PNG_PARTS = 10_000
SOI, EOI, SOS, APP0, APP1, APP14, APP15, COM = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xEE, 0xEF, 0xFE
FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
JFIF = b"JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00"  # version 1.02, square pixels, no small picture inside
EXIF = b"Exif\x00\x00"
TIFF_WIDTH, TIFF_HEIGHT, ORIENTATION = 256, 257, 274
TIFF_SHORT, TIFF_LONG = 3, 4
MOST_PAGES, MOST_ENTRIES = 10, 1_000
SAVE_ANEW = "Open it in a picture program and save it anew."


@dataclass(frozen=True, slots=True)
class PictureLimits:
    """The most pixels of a picture, and the longest side in pixels."""

    pixels: int = 50_000_000
    side: int = 20_000


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Part:
    """A chunk of a PNG or a segment of a JPEG: its name or marker, its content, and all its bytes."""

    name: bytes
    content: bytes
    whole: bytes


def check_picture(data: bytes, limits: PictureLimits | None = None) -> Size:
    """The size of a PNG, JPEG or TIFF, of which nothing is decoded.

    Raises BadInput for what is none, breaks off or has bytes behind its end; TooLarge for too many pixels.
    """
    limits = limits or PictureLimits()
    sizes = sizes_of(data)
    for size in sizes:
        if size.width < 1 or size.height < 1:
            raise broken("has no size")
        if max(size.width, size.height) > limits.side or size.width * size.height > limits.pixels:
            sentence = f"The picture has more than {limits.pixels // 1_000_000} million pixels or is too long."
            raise TooLarge(sentence, field="file", remedy="Send it smaller.")
    return sizes[0]


def sizes_of(data: bytes) -> list[Size]:
    """The size of each frame or page. Raises BadInput."""
    if data.startswith(PNG_START):
        return [png_size(data)]
    if data.startswith(JPEG_START):
        frames = [part for part in jpeg_parts(data) if part.name[0] in FRAMES]
        if len(frames) != 1 or len(frames[0].content) < 5:
            raise broken("has not one frame")
        height, width = struct.unpack(">HH", frames[0].content[1:5])
        return [Size(width, height)]
    if data[:4] in (b"II*\x00", b"MM\x00*"):
        return list(tiff_sizes(data))
    raise broken("is none that is known")


def shared_copy(data: bytes) -> bytes:
    """The picture alone: no place, time, device, name, comment, small picture or profile; it still stands upright.

    Raises as `check_picture` does, and BadInput for a TIFF, whose picture cannot be told from the rest undecoded.
    """
    check_picture(data)
    if data.startswith(PNG_START):
        return PNG_START + b"".join(part.whole for part in png_parts(data) if part.name in PNG_KEPT)
    if data.startswith(JPEG_START):
        return clean_jpeg(data)
    raise BadInput("A TIFF cannot be shared as it is.", field="file", remedy="Convert it to PNG.")


def broken(what: str) -> BadInput:
    """What is wrong with a picture."""
    return BadInput(f"The picture {what}.", field="file", remedy=SAVE_ANEW)


def png_parts(data: bytes) -> Iterator[Part]:
    """The chunks. Raises BadInput where one is damaged, or anything stands behind the last."""
    at = len(PNG_START)
    for _ in range(PNG_PARTS):
        if at + 12 > len(data):
            raise broken("breaks off")
        length, name = struct.unpack_from(">I4s", data, at)
        whole = data[at : at + 12 + length]
        if len(whole) != 12 + length or zlib.crc32(whole[4:-4]) != int.from_bytes(whole[-4:], "big"):
            raise broken("is damaged")
        yield Part(name, whole[8:-4], whole)
        at += len(whole)
        if name == b"IEND":
            if at != len(data):
                raise broken("has something behind its end")
            return
    raise broken("has too many parts")


def png_size(data: bytes) -> Size:
    """Width and height from the first chunk."""
    parts = list(png_parts(data))
    if parts[0].name != b"IHDR" or len(parts[0].content) != 13 or b"IDAT" not in {part.name for part in parts}:
        raise broken("has no header")
    return Size(*struct.unpack_from(">II", parts[0].content))


def jpeg_parts(data: bytes) -> Iterator[Part]:
    """The segments; a scan's coded data belongs to its segment. Raises BadInput as `png_parts` does."""
    at = 2
    while True:
        if data[at : at + 1] != b"\xff":
            raise broken("breaks off")
        while data[at + 1 : at + 2] == b"\xff":  # fill bytes
            at += 1
        marker = data[at + 1] if at + 1 < len(data) else EOI
        if marker == EOI:
            if at + 2 != len(data):
                raise broken("has something behind its end, or breaks off")
            return
        end = at + 2 if marker in ALONE else at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker not in ALONE and (end < at + 4 or end > len(data)):
            raise broken("is damaged")
        content = data[at + 4 : end]
        if marker == SOS:
            end = end_of_scan(data, end)
        yield Part(bytes([marker]), content, data[at:end])
        at = end


def end_of_scan(data: bytes, at: int) -> int:
    """Where the coded data that begins at `at` ends: at the next marker that is not part of it."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise broken("breaks off")
        if data[at + 1] == 0 or data[at + 1] in ALONE:
            at += 2
        elif data[at + 1] == 0xFF:
            at += 1
        else:
            return at


def clean_jpeg(data: bytes) -> bytes:
    """The segments that show the picture, and one that says which side is up where the camera said so."""
    copy = [b"\xff\xd8", segment(APP0, JFIF)]
    turned = 1
    kept = []
    for part in jpeg_parts(data):
        marker = part.name[0]
        if marker == APP1 and part.content.startswith(EXIF):
            turned = orientation_in(part.content[len(EXIF) :])
        # Segment 14 says how colours are meant; only its fixed first bytes are taken.
        if marker == APP14 and part.content.startswith(b"Adobe") and len(part.content) >= 12:
            kept.append(segment(APP14, part.content[:12]))
        elif not (APP0 <= marker <= APP15 or marker == COM):
            kept.append(part.whole)
    if turned != 1:
        copy.append(segment(APP1, EXIF + orientation(turned)))
    return b"".join([*copy, *kept, b"\xff\xd9"])


def segment(marker: int, content: bytes) -> bytes:
    """A segment with its marker and length."""
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content


def orientation(turned: int) -> bytes:
    """A TIFF structure that says nothing but which side is up (1 to 8)."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, TIFF_SHORT, 1, turned, 0, 0)


def orientation_in(exif: bytes) -> int:
    """Which side is up, 1 to 8; 1 where it is not said or cannot be read."""
    try:
        entries = next(tiff_directories(exif), {})
    except BadInput:
        return 1
    found = entries.get(ORIENTATION, 1)
    return found if 1 <= found <= 8 else 1


def tiff_sizes(data: bytes) -> Iterator[Size]:
    """The size of every page. Raises BadInput."""
    for entries in tiff_directories(data):
        if TIFF_WIDTH not in entries or TIFF_HEIGHT not in entries:
            raise broken("has no size")
        yield Size(entries[TIFF_WIDTH], entries[TIFF_HEIGHT])


def tiff_directories(data: bytes) -> Iterator[dict[int, int]]:
    """The numbers in each directory of a TIFF structure that hold one value. Raises BadInput for what is none."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 8:
        raise broken("breaks off")
    (at,) = struct.unpack_from(f"{order}I", data, 4)
    for _ in range(MOST_PAGES):
        if at < 8 or at + 2 > len(data):
            raise broken("breaks off")
        (count,) = struct.unpack_from(f"{order}H", data, at)
        end = at + 2 + 12 * count
        if count > MOST_ENTRIES or end + 4 > len(data):
            raise broken("breaks off")
        yield dict(tiff_values(data[at + 2 : end], order))
        (at,) = struct.unpack_from(f"{order}I", data, end)
        if at == 0:
            return
    raise broken("has too many pages")


def tiff_values(entries: bytes, order: str) -> Iterator[tuple[int, int]]:
    """Tag and value of the entries that are one short or long number."""
    for tag, kind, count, value in struct.iter_unpack(f"{order}HHI4s", entries):
        if count == 1 and kind in (TIFF_SHORT, TIFF_LONG):
            yield tag, struct.unpack_from(f"{order}{'H' if kind == TIFF_SHORT else 'I'}", value)[0]
