"""The perceptual hash: the signs of a picture's slow waves, which resizing, recompressing and lighting hardly touch.

Sources: Zauner, Implementation and Benchmarking of Perceptual Image Hash Functions (2010), section 3.2 (DCT based);
the discrete cosine transform of type II (Ahmed, Natarajan, Rao 1974).
"""

from __future__ import annotations

import io
import struct
import threading
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from PIL.Image import Image

Grey = np.ndarray[tuple[int, int], np.dtype[np.float64]]

SIDE = 32  # pixels of the small picture whose waves are taken
BITS = 64
ALIKE = 10  # bits that may differ between pictures that show nearly the same
MOST_PIXELS = 25_000_000  # 100 MB once decoded, four bytes each
NOTHING = 1e-3  # of grey values from 0 to 255: a wave so weak is rounding
# Decoding takes memory by the hundred megabytes: one picture at a time in a process.
DECODING = threading.Lock()
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, struct.error, zlib.error)
# How a camera says which side is up (Exif 2.32, tag 274): what turns the picture upright.
UPRIGHT = {
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_270", 7: "TRANSVERSE",
    8: "ROTATE_90",
}  # fmt: skip


class NotShown(ValueError):
    """The bytes are no PNG or JPEG that can be decoded, or hold too many pixels."""


def fingerprint(data: bytes) -> int:
    """The hash of a PNG or JPEG as a signed number of 64 bits, as a database keeps it. Raises NotShown."""
    return hash_of(small(data))


def distance(one: int, other: int) -> int:
    """How many of the 64 bits differ: 0 for the same, about 32 for pictures that have nothing to do with each other."""
    return ((one ^ other) & (1 << BITS) - 1).bit_count()


def small(data: bytes) -> Grey:
    """The picture upright in 32 by 32 grey values from 0 to 255. Raises NotShown."""
    from PIL import Image

    with DECODING:
        try:
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
                return shrunk(picture)
        except (*UNREADABLE, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise NotShown("This cannot be decoded.") from error


def shrunk(picture: Image) -> Grey:
    """The opened picture as `small` gives it. Raises ValueError for too many pixels, and what decoding raises."""
    from PIL.Image import Resampling, Transpose

    if picture.width * picture.height > MOST_PIXELS:
        raise ValueError("too many pixels")
    turned = UPRIGHT.get(picture.getexif().get(274, 1))
    picture.draft("L", (SIDE * 4, SIDE * 4))  # a JPEG is decoded at an eighth of its size where that is enough
    deep = picture.mode.startswith("I")  # 16 bits a pixel
    grey: Any = picture.convert("F" if deep else "L").resize((SIDE, SIDE), Resampling.BOX)
    values = grey.transpose(Transpose[turned]) if turned else grey
    return np.asarray(values, dtype=np.float64) / (257 if deep else 1)


def hash_of(grey: Grey) -> int:
    """The hash of 32 by 32 grey values: which of the 64 slowest waves are stronger than their median."""
    waves = COSINES @ grey @ COSINES.T
    slow = waves[SLOWEST]
    slow[np.abs(slow) < NOTHING] = 0.0
    bits = np.packbits(slow > np.median(slow)).tobytes()
    return int.from_bytes(bits, "big", signed=True)


def cosines() -> Grey:
    """The matrix of the transform: wave by place."""
    places = (2 * np.arange(SIDE) + 1) / (2 * SIDE)
    return np.asarray(np.cos(np.pi * np.outer(np.arange(SIDE), places)) / SIDE, dtype=np.float64)


def slowest() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Rows and columns of the 64 slowest waves, slowest first; without the first, which is only how bright it is."""
    order = sorted((row + column, row, column) for row in range(SIDE) for column in range(SIDE))[1 : BITS + 1]
    return np.array([row for _, row, _ in order]), np.array([column for _, _, column in order])


COSINES, SLOWEST = cosines(), slowest()
