"""Plain pictures: taken with a scale, marked as a lower grade, refused where they show nothing or too much."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.engines.ballistics.invented import hills
from tripoint.engines.ballistics import pictures
from tripoint.engines.ballistics.pictures import read_picture
from tripoint.engines.ballistics.preparing import prepare
from tripoint.engines.ballistics.surface import Grade, Region, Unreadable


def grey(kind: str = "u1") -> Any:
    heights = hills(120, 160)
    scaled = (heights - heights.min()) / np.ptp(heights) * np.iinfo(kind).max
    return scaled.astype(kind)


def saved(pixels: Any, form: str = "PNG", **more: Any) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, form, **more)
    return stream.getvalue()


@pytest.mark.parametrize(("form", "kind"), [("PNG", "u1"), ("PNG", "u2"), ("TIFF", "u1"), ("TIFF", "u2")])
def test_a_picture_is_a_surface_of_a_lower_grade(form: str, kind: str) -> None:
    read = read_picture(saved(grey(kind), form), 10.0)
    assert (read.facts.grade, read.step_x, read.step_y, read.heights.shape) == (Grade.PICTURE, 10.0, 10.0, (120, 160))
    assert read.facts.warnings == ("picture",)
    assert np.corrcoef(read.heights.ravel(), hills(120, 160).ravel())[0, 1] > 0.999
    assert 1.4826 * np.median(np.abs(read.heights)) == pytest.approx(1, abs=0.05)


def test_what_is_transparent_is_missing_and_colours_are_brightness() -> None:
    pixels = np.repeat(grey()[:, :, None], 4, axis=2)
    pixels[:, :, 3] = 255
    pixels[:20, :, 3] = 0
    read = read_picture(saved(pixels), 10.0)
    assert np.isnan(read.heights[:20]).all()
    assert np.isfinite(read.heights[20:]).all()
    plain = read_picture(saved(np.repeat(grey()[:, :, None], 3, axis=2)), 10.0)
    assert np.isfinite(plain.heights).all()


def test_of_several_pages_the_first_is_taken() -> None:
    pages = [Image.fromarray(grey()), Image.fromarray(255 - grey())]
    stream = io.BytesIO()
    pages[0].save(stream, "TIFF", save_all=True, append_images=pages[1:])
    assert read_picture(stream.getvalue(), 10.0).facts.warnings == ("picture", "only-first-page")


def test_a_blank_picture_is_not_fit() -> None:
    blank = prepare(read_picture(saved(np.full((120, 160), 9, np.uint8)), 10.0), Region.BREECH_FACE)
    assert "nothing-to-see" in blank.quality.reasons


@pytest.mark.parametrize(
    ("content", "scale", "reason"),
    [
        (b"", 10.0, "no-picture"), (saved(grey())[:-300], 10.0, "no-picture"), (b"GIF89a", 10.0, "no-picture"),
        (saved(grey(), "JPEG"), 10.0, "no-picture"), (saved(grey()), 0.0, "scale-unlikely"),
        (saved(grey()), float("nan"), "scale-unlikely"), (saved(grey()), 0.001, "scale-unlikely"),
        (saved(grey()), 5000.0, "scale-unlikely"),
        (saved(np.zeros((20, 20, 4), np.uint8)), 50.0, "nothing-measured"),
    ],
)  # fmt: skip
def test_what_is_no_picture_of_a_mark_is_refused(content: bytes, scale: float, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_picture(content, scale)
    assert (refused.value.reason, bool(refused.value.remedy)) == (reason, True)


def test_too_many_points_are_refused_before_they_are_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "brightness_of", lambda picture: pytest.fail("decoded"))
    with pytest.raises(Unreadable, match="more than can be compared"):
        read_picture(saved(np.zeros((6000, 6000), np.uint8)), 1.0)
