"""Scans as laboratories send them: the file, its description by itself, and pictures."""

from __future__ import annotations

import io
import zipfile

import numpy as np

from tests.engines.ballistics.invented import Written, hills
from tripoint.engines.ballistics.pictures import read_picture
from tripoint.engines.ballistics.surface import Surface, Unit
from tripoint.engines.ballistics.x3p import read_x3p


def file(data: bytes) -> Surface:
    """A file, whatever its unit."""
    return read_x3p(data, unit=Unit.MICROMETRE if data.endswith(b"\n") else None)


def description(data: bytes) -> Surface:
    """A main.xml beside heights that fit the first example."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("main.xml", data)
        archive.writestr("bindata/data.bin", (hills(16, 24) * 1e-6).astype("<f8").tobytes())
        archive.writestr("bindata/mask.png", b"\x89PNG\r\n\x1a\n" + data[:200])
    return read_x3p(stream.getvalue())


def picture(data: bytes) -> Surface:
    """A picture at 20 µm a pixel."""
    return read_picture(data, 20.0)


def files() -> tuple[bytes, ...]:
    """X3P files with binary heights, in whole numbers too, and with a list of them."""
    small = np.asarray(hills(16, 24) * 1e-6, dtype=np.float64)
    return (Written(heights=small, steps=(25e-6, 25e-6)).bytes(),
            Written(heights=small, kind="I", scale=1e-9, steps=(25e-6, 25e-6)).bytes())  # fmt: skip


def descriptions() -> tuple[bytes, ...]:
    """The main.xml of the first file."""
    with zipfile.ZipFile(io.BytesIO(files()[0])) as archive:
        return (archive.read("main.xml"),)


def pictures() -> tuple[bytes, ...]:
    """A PNG and a TIFF that are taken."""
    from PIL import Image

    found, drawn = [], Image.linear_gradient("L").resize((24, 24))
    for form in ("PNG", "TIFF"):
        stream = io.BytesIO()
        drawn.save(stream, form)
        found.append(stream.getvalue())
    return tuple(found)
