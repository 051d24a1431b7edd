"""The heights of an X3P file, from bytes or text to a matrix of 32-bit floats, a piece at a time."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator

import numpy as np

from tripoint.engines.ballistics.settings import SETTINGS
from tripoint.engines.ballistics.surface import Floats, Unreadable
from tripoint.engines.ballistics.x3p.container import CHUNK, SEND_AGAIN, Container, check_size, reading, whole
from tripoint.engines.ballistics.x3p.describing import KINDS, Description

MISSING_TEXT = frozenset({"", "nan", "inf", "-inf", "+inf"})


def check_count(description: Description) -> None:
    """Raises Unreadable for too many points, before any of them is read."""
    if description.rows * description.columns * description.layers > SETTINGS.reading.points:
        sentence = f"The scan has {description.columns} by {description.rows} points, more than can be compared."
        raise Unreadable(sentence, reason="too-many-points",
                         remedy="Send the scan of one mark, at 3 µm a point or coarser.")  # fmt: skip


def heights_of(container: Container, description: Description) -> tuple[Floats, list[str]]:
    """The first layer's heights as written times their increment, in the file's own unit; and warnings.

    What is not finite or marked invalid is NaN. Raises Unreadable.
    """
    check_count(description)
    warnings = ["only-first-layer"] if description.layers > 1 else []
    if description.listed is not None and not description.points_link:
        values = listed_heights(description)
    else:
        values, whole_sum = linked_heights(container, description)
        if description.points_sum and description.points_sum.casefold() != whole_sum:
            warnings.append("points-sum-differs")
    values[~np.isfinite(values)] = np.nan
    drop_invalid(container, description, values)
    return values.reshape(description.rows, description.columns), warnings


def linked_heights(container: Container, description: Description) -> tuple[Floats, str]:
    """The heights of the binary part and the part's MD5 sum. Raises Unreadable for too few or too many bytes."""
    part = container.part(description.points_link) if description.points_link else None
    if part is None:
        raise Unreadable("The file holds no heights where it says they are.", reason="no-points", remedy=SEND_AGAIN)
    count = description.rows * description.columns
    kind = np.dtype(KINDS[description.z.kind])
    needed = count * description.layers * kind.itemsize
    check_size(part, SETTINGS.reading.points * 8)
    if part.file_size != needed:
        sentence = f"The file holds {part.file_size} bytes of heights; its size asks for {needed}."
        raise Unreadable(sentence, reason="points-do-not-fit", remedy=SEND_AGAIN)
    values, sums, filled = np.empty(count), hashlib.md5(usedforsecurity=False), 0
    for piece in pieces(container, part):
        sums.update(piece)
        numbers = np.frombuffer(piece, kind)[: count - filled]
        values[filled : filled + len(numbers)] = numbers
        filled += len(numbers)
    if filled != count:
        raise Unreadable("The heights in the file break off.", reason="damaged", remedy=SEND_AGAIN)
    return np.multiply(values, description.z.increment, out=values), sums.hexdigest()


def pieces(container: Container, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces of a megabyte (whole numbers all: 8 divides it). Raises Unreadable."""
    with reading(container, part) as stream:
        while piece := stream.read(CHUNK):
            yield piece


def listed_heights(description: Description) -> Floats:
    """The heights main.xml lists as text, one Datum for each point. Raises Unreadable."""
    listed, count = description.listed or (), description.rows * description.columns
    if len(listed) < count:
        raise Unreadable(f"The file lists {len(listed)} heights of {count}.", reason="points-do-not-fit",
                         remedy=SEND_AGAIN)  # fmt: skip
    values = np.empty(count)
    try:
        for place in range(count):
            written = listed[place].strip().rpartition(";")[2].casefold()
            values[place] = np.nan if written in MISSING_TEXT else float(written)
    except ValueError as error:
        raise Unreadable("A height listed in the file is no number.", reason="points-broken",
                         remedy=SEND_AGAIN) from error  # fmt: skip
    return values * description.z.increment


def drop_invalid(container: Container, description: Description, values: Floats) -> None:
    """Makes NaN what the validity part marks: one bit for each point, lowest first, 1 for measured."""
    part = container.part(description.validity_link) if description.validity_link else None
    if part is None:
        return
    bits = np.frombuffer(whole(container, part, SETTINGS.reading.points // 8 + 1), np.uint8)
    if len(bits) * 8 < len(values):
        raise Unreadable("The file marks fewer points than it has.", reason="points-do-not-fit", remedy=SEND_AGAIN)
    values[np.unpackbits(bits, bitorder="little")[: len(values)] == 0] = np.nan
