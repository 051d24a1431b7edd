"""The rows of pictures and of how crimes are done."""

from __future__ import annotations

import base64
import struct
import zlib
from typing import Any

from tests.promises.cast import Side
from tests.promises.knocking import Knock
from tests.promises.row import Make, Row


def chunk(name: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(grey: int) -> bytes:
    """A whole PNG of 16 by 16 pixels."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 16, 16, 8, 0, 0, 0, 0))
    rows = b"".join(b"\0" + bytes((grey + 7 * x * y) % 256 for x in range(16)) for y in range(16))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND")


def new_picture(side: Side, who: Knock) -> dict[str, Any]:
    file = base64.b64encode(png(side.world.number() % 256)).decode()
    return {"id": str(side.world.new_id()), "file": file}


def picture(side: Side, who: Knock) -> str:
    """A picture of this side that belongs to nothing yet."""
    return str(side.keeper.done("POST", "/api/pictures", new_picture(side, who))["id"])


def of(make: Make) -> Make:
    return lambda side, who: {"which": make(side, who)}


OBJECTS: dict[str, Make] = {"picture": picture}
ROWS: dict[str, Row] = {
    "POST /api/pictures": Row("add_picture", body=new_picture, good=201),
    "GET /api/pictures/{which}": Row("read_picture", path=of(picture), ids={"which": "picture"}),
    "GET /api/pictures/{which}/alike": Row("read_picture", path=of(picture), ids={"which": "picture"}),
}
