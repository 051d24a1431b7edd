"""Masks that came with a file (FiX3P): a picture in which people coloured what they saw.

Source: FiX3P and x3ptools (CSAFE): `mask.png` beside the heights, a background colour and what each other colour
means. Colours that name what is to be left out leave it out; any other colour marks what belongs.
"""

from __future__ import annotations

import io

import numpy as np

from tripoint.engines.ballistics.surface import Mask
from tripoint.engines.ballistics.x3p.container import MAIN, Container, whole
from tripoint.engines.ballistics.x3p.describing import Description

NAMES = ("bindata/mask.png", "mask.png")
MOST_BYTES = 32 * 1024 * 1024
LEFT_OUT = (
    "groove", "shoulder", "break", "damage", "drag", "rash", "exclude", "ignore", "noise", "tank", "pin", "hole",
)  # fmt: skip
COLOUR_DISTANCE = 24  # of 255 in each channel: people and programs round colours


def mask_of(container: Container, description: Description) -> tuple[Mask | None, list[str]]:
    """Which points belong, or None where the file says nothing of it; warnings where its mask cannot be used."""
    links = (description.mask_link, *NAMES) if description.mask_link else NAMES
    part = next((found for found in map(container.part, links) if found is not None), None)
    if part is None or part.filename.endswith(MAIN):
        return None, []
    colours = decoded(whole(container, part, MOST_BYTES), description.columns, description.rows)
    if colours is None:
        return None, ["mask-unusable"]
    mask = belonging(colours, description)
    return mask, ["mask-of-the-file"] if mask is not None else []


def decoded(content: bytes, columns: int, rows: int) -> np.ndarray[tuple[int, int, int], np.dtype[np.int16]] | None:
    """The picture's colours (rows, columns, 3); None where it cannot be decoded or has another size."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=("PNG",)) as picture:
            if picture.size != (columns, rows):
                return None
            return np.asarray(picture.convert("RGB"), dtype=np.int16)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None


def belonging(colours: np.ndarray[tuple[int, int, int], np.dtype[np.int16]], description: Description) -> Mask | None:
    """What the colours say; None where nothing is coloured."""
    background = near(colours, rgb(description.mask_background or "#cd7f32"))
    left_out = np.zeros(background.shape, dtype=np.bool_)
    for colour, words in description.mask_notes:
        if any(word in words.casefold() for word in LEFT_OUT):
            left_out |= near(colours, rgb(colour))
    marked = ~background & ~left_out
    if marked.any():
        return marked
    return ~left_out if left_out.any() else None


def near(colours: np.ndarray[tuple[int, int, int], np.dtype[np.int16]], colour: tuple[int, int, int] | None) -> Mask:
    """Where the picture has this colour."""
    if colour is None:
        return np.zeros(colours.shape[:2], dtype=np.bool_)
    return np.asarray((np.abs(colours - np.array(colour, np.int16)) <= COLOUR_DISTANCE).all(axis=2))


def rgb(written: str) -> tuple[int, int, int] | None:
    """The channels of "#cd7f32", with or without a fourth for transparency; None for what is no colour."""
    digits = written.strip().removeprefix("#")
    try:
        return (int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)) if len(digits) in (6, 8) else None
    except ValueError:
        return None
