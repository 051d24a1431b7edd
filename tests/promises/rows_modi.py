"""The rows of pictures and of how crimes are done."""

from __future__ import annotations

import base64
import struct
import zlib
from typing import Any

from tests.promises import rows_occurrences
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


def content() -> dict[str, Any]:
    """What is said of an invented modus operandi."""
    return {
        "stage": "concealment", "crime_area": "firearms", "danger": "caution", "concealment": "vehicle_part",
        "texts": {"en": {"title": "Pistols within car batteries", "indicators": "New battery in an old car"}},
    }  # fmt: skip


def new_modus(side: Side, who: Knock) -> dict[str, Any]:
    return {"id": str(side.world.new_id()), "operation": side.operation(), **content()}


def written(side: Side, who: Knock) -> str:
    """A draft of this side's."""
    return str(side.keeper.done("POST", MODI, new_modus(side, who))["id"])


def proposed(side: Side, who: Knock) -> str:
    """A draft of this side's that was proposed."""
    made = written(side, who)
    side.keeper.done("POST", f"{MODI}/{made}/proposal", {})
    return made


def accepted(side: Side, who: Knock) -> str:
    """One that an analyst of this side accepted."""
    made = proposed(side, who)
    side.analyst().done("POST", f"{MODI}/{made}/decision", {"verdict": "accepted", "reason": "seen before"})
    return made


def rewritten(side: Side, who: Knock) -> dict[str, Any]:
    return {**content(), "reason": "told better"}


def decision(side: Side, who: Knock) -> dict[str, Any]:
    return {"verdict": "accepted", "reason": "seen before"}


def case(side: Side, who: Knock) -> dict[str, Any]:
    return {"occurrence": rows_occurrences.OBJECTS["seizure"](side, who), "confidence": "probable"}


def purple(side: Side, who: Knock) -> dict[str, Any]:
    return {"id": str(side.world.new_id()), "operation": side.operation()}


MODI = "/api/modi"
OF_MODUS = {"which": "modus"}
OBJECTS: dict[str, Make] = {"picture": picture, "modus": written}
ROWS: dict[str, Row] = {
    "POST /api/pictures": Row("add_picture", body=new_picture, good=201),
    "GET /api/pictures/{which}": Row("read_picture", path=of(picture), ids={"which": "picture"}),
    "GET /api/pictures/{which}/alike": Row("read_picture", path=of(picture), ids={"which": "picture"}),
    "GET /api/modi/cards": Row("read_modus_cards"),
    "GET /api/modi/lists": Row("read_modus"),
    "POST /api/modi/search": Row(
        "read_modus", body=lambda side, who: {"words": "pistols", "operation": side.operation()},
        ids={"operation": "operation"},
    ),
    "POST /api/modi": Row("write_modus", body=new_modus, good=201, ids={"operation": "operation"}),
    "GET /api/modi/{which}": Row("read_modus", path=of(written), ids=OF_MODUS),
    "PUT /api/modi/{which}": Row("write_modus", path=of(written), body=rewritten, ids=OF_MODUS),
    "DELETE /api/modi/{which}": Row("write_modus", path=of(written), good=204, ids=OF_MODUS),
    "POST /api/modi/{which}/proposal": Row("write_modus", path=of(written), ids=OF_MODUS),
    "GET /api/modi/{which}/nearest": Row("read_modus", path=of(written), ids=OF_MODUS),
    "POST /api/modi/{which}/decision": Row("decide_modus", path=of(proposed), body=decision, ids=OF_MODUS),
    "POST /api/modi/{which}/publication": Row(
        "decide_modus", path=of(accepted), ids=OF_MODUS,
        body=lambda side, who: {"card": True, "reason": "for all posts"},
    ),
    "POST /api/modi/{which}/cases": Row(
        "write_modus", path=of(written), body=case, ids={"which": "modus", "occurrence": "seizure"}
    ),
    "POST /api/modi/{which}/purple": Row(
        "draft_purple", path=of(accepted), body=purple, good=201, ids={"which": "modus", "operation": "operation"}
    ),
}  # fmt: skip
