"""Plain pictures of marks (PNG, TIFF) with a scale: brightness in place of height, and so evidence of a lower grade."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np

from tripoint.engines.ballistics.settings import SETTINGS
from tripoint.engines.ballistics.surface import Floats, Grade, Heights, ScanFacts, Surface, Unreadable

if TYPE_CHECKING:
    from PIL.Image import Image

FORMS = ("PNG", "TIFF")
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error, zlib.error,
              OverflowError, MemoryError, UserWarning)  # fmt: skip
HALF_TO_SIGMA = 1.4826
OPAQUE = 128  # of 255
SAVE_AGAIN = "Save it as PNG or TIFF with an ordinary picture program."


def read_picture(content: bytes, micrometres_per_pixel: float) -> Surface:
    """The picture as a surface: brightness about its median, its robust spread made 1 µm, transparent points missing.

    Raises Unreadable for what is no PNG or TIFF, breaks off, has too many points, or a scale no mark can have. Of
    several pages the first is taken.
    """
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content), formats=FORMS) as picture:
            check_size(picture.width, picture.height, micrometres_per_pixel)
            several = getattr(picture, "n_frames", 1) > 1
            brightness = brightness_of(picture)
    except Unreadable:
        raise
    except (*UNREADABLE, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable("This is no picture that can be read.", reason="no-picture", remedy=SAVE_AGAIN) from error
    warnings = ("picture", "only-first-page") if several else ("picture",)
    facts = ScanFacts(grade=Grade.PICTURE, warnings=warnings)
    return Surface(as_heights(brightness), micrometres_per_pixel, micrometres_per_pixel, None, facts)


def check_size(width: int, height: int, micrometres_per_pixel: float) -> None:
    """Raises Unreadable for too many or too few points, and for a scale by which the picture shows no mark."""
    limits = SETTINGS.reading
    if width * height > limits.points:
        raise Unreadable(f"The picture has {width} by {height} points, more than can be compared.",
                         reason="too-many-points", remedy="Send the picture of one mark, smaller.")  # fmt: skip
    if not np.isfinite(micrometres_per_pixel) or micrometres_per_pixel <= 0:
        raise Unreadable("The scale of the picture is no positive number.", reason="scale-unlikely",
                         field="micrometres_per_pixel", remedy="Say how many µm one pixel is.")  # fmt: skip
    short, long = min(width, height) * micrometres_per_pixel, max(width, height) * micrometres_per_pixel
    if short < limits.least_extent_um or long > limits.largest_extent_um:
        sentence = f"By this scale the picture shows {short:.0f} by {long:.0f} µm: no mark has that size."
        raise Unreadable(sentence, reason="scale-unlikely", field="micrometres_per_pixel",
                         remedy="Say how many µm one pixel is.")  # fmt: skip


def brightness_of(picture: Image) -> Floats:
    """Brightness in the picture's own numbers; NaN where it is transparent. Raises what decoding raises."""
    if picture.mode in ("I", "F") or picture.mode.startswith("I;"):
        return np.asarray(picture.convert("F"), dtype=np.float64)
    see_through = picture.mode in ("LA", "RGBA", "PA") or "transparency" in picture.info
    brightness = np.asarray(picture.convert("RGB").convert("L"), dtype=np.float64)
    if not see_through:
        return brightness
    alpha = np.asarray(picture.convert("RGBA").getchannel("A"))
    return np.asarray(np.where(alpha >= OPAQUE, brightness, np.nan))


def as_heights(brightness: Floats) -> Heights:
    """Brightness about its median in units of its spread. Raises Unreadable where everything is transparent."""
    known = brightness[np.isfinite(brightness)]
    if not known.size:
        raise Unreadable("The picture shows nothing: all of it is transparent.", reason="nothing-measured",
                         remedy=SAVE_AGAIN)  # fmt: skip
    middle = np.median(known)
    spread = HALF_TO_SIGMA * float(np.median(np.abs(known - middle))) or float(known.std())
    heights = (brightness - middle) / (spread or 1.0)
    return np.asarray(np.where(np.isfinite(heights), heights, np.nan), dtype=np.float32)
