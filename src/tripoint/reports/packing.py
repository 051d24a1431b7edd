"""Documents as archives of their parts: packed here and nowhere else, always to the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

BEGINNING = (1980, 1, 1, 0, 0, 0)  # a date for what must not depend on the clock
Change = Callable[[str, bytes], bytes]


def pack(parts: Mapping[str, bytes]) -> bytes:
    """An archive of parts by name, in their order, all entries of one date."""
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new:
        for name, body in parts.items():
            new.writestr(zipfile.ZipInfo(name, BEGINNING), body, zipfile.ZIP_DEFLATED)
    return found.getvalue()


def changed(packed: bytes, change: Change) -> bytes:
    """The same archive, written by this hub a moment before, with each part as `change` gives it back."""
    with zipfile.ZipFile(io.BytesIO(packed)) as old:
        return pack({name: change(name, old.read(name)) for name in old.namelist()})
