"""The fingerprint of a picture: the same for the same thing, another for another thing."""

from __future__ import annotations

import io
import random

import pytest
from PIL import Image, ImageDraw, ImageEnhance

from tripoint.engines.likeness import ALIKE, NotShown, distance, fingerprint, perceptual

Drawn = Image.Image


def drawn(seed: int, size: tuple[int, int] = (480, 360)) -> Drawn:
    """An invented photograph: boxes and balls."""
    dice = random.Random(seed)
    picture = Image.new("RGB", size, tuple(dice.randrange(256) for _ in range(3)))
    pen = ImageDraw.Draw(picture)
    for _ in range(25):
        x, y, wide, high = (dice.randrange(limit) for limit in (*size, 200, 200))
        shape = pen.ellipse if dice.random() < 0.5 else pen.rectangle
        shape((x, y, x + wide, y + high), fill=tuple(dice.randrange(256) for _ in range(3)))
    return picture


def coded(picture: Drawn, form: str = "JPEG", **more: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **more)
    return out.getvalue()


@pytest.mark.parametrize("seed", range(6))
def test_the_same_picture_stays_alike_however_it_is_sent(seed: int) -> None:
    picture = drawn(seed)
    first = fingerprint(coded(picture, "PNG"))
    changed = [
        coded(picture, quality=90), coded(picture, quality=25), coded(picture.resize((240, 180)), "PNG"),
        coded(picture.resize((1200, 930))), coded(ImageEnhance.Brightness(picture).enhance(0.7)),
        coded(ImageEnhance.Brightness(picture).enhance(1.15)), coded(ImageEnhance.Contrast(picture).enhance(0.8)),
        coded(picture.convert("L")), coded(picture.convert("RGBA"), "PNG"), coded(picture.convert("P"), "PNG"),
        coded(picture.convert("CMYK")), coded(picture, progressive=True),
    ]  # fmt: skip
    assert [fingerprint(one) for one in changed if distance(first, fingerprint(one)) > ALIKE] == []


def test_other_pictures_are_far_away() -> None:
    prints = [fingerprint(coded(drawn(seed), "PNG")) for seed in range(12)]
    apart = [distance(one, other) for at, one in enumerate(prints) for other in prints[:at]]
    assert min(apart) > ALIKE
    assert 24 < sum(apart) / len(apart) < 40


def test_which_side_is_up_is_minded() -> None:
    picture, turned = drawn(3), Image.Exif()
    turned[274] = 6  # to be shown turned by a quarter
    sideways = coded(picture.transpose(Image.Transpose.ROTATE_90), exif=turned)
    assert distance(fingerprint(coded(picture)), fingerprint(sideways)) <= ALIKE
    plain = coded(picture.transpose(Image.Transpose.ROTATE_90))
    assert distance(fingerprint(coded(picture)), fingerprint(plain)) > ALIKE


def test_sixteen_bits_a_pixel_say_the_same_as_eight() -> None:
    grey = drawn(4).convert("L")
    deep = grey.convert("I").point(lambda value: value * 257).convert("I;16")
    assert distance(fingerprint(coded(grey, "PNG")), fingerprint(coded(deep, "PNG"))) <= 2


def test_a_plain_surface_has_a_fingerprint_without_chance() -> None:
    assert fingerprint(coded(Image.new("L", (50, 50), 77), "PNG")) == 0


@pytest.mark.parametrize("data", [
    b"", b"\xff\xd8\xff", b"GIF89a" + bytes(50), coded(drawn(1), "PNG")[:900], coded(drawn(1), "GIF"),
    b"\x89PNG\r\n\x1a\n" + bytes(40),
])  # fmt: skip
def test_what_cannot_be_decoded_says_so(data: bytes) -> None:
    with pytest.raises(NotShown):
        fingerprint(data)


def test_a_flood_of_pixels_is_not_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(perceptual, "MOST_PIXELS", 480 * 360 - 1)
    for form in ("PNG", "JPEG"):
        with pytest.raises(NotShown):
            fingerprint(coded(drawn(1), form))


def test_distance_counts_bits_of_signed_numbers() -> None:
    assert distance(-1, 0) == 64
    assert distance(-(2**63), 2**63 - 1) == 64
    assert distance(5, 4) == 1
