"""A hub, or a device, whose clock is hours off: what it keeps is right or marked, what it opens fails safe.

`python -m tests.faults.clock`, with Debian's `faketime`: a hub under the right clock, and under one that is three hours
fast or slow. The database keeps its own clock, which sessions end by.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2

from tests.faults.forked_hub import ForkedHub
from tests.faults.kill import free_port, open_folder, prepare, signed_in
from tests.town import as_owner
from tripoint.base import embedded_postgres as embedded
from tripoint.base.ids import uuid7

HOURS = 3
LIBRARIES = ("/usr/lib/*/faketime/libfaketimeMT.so.1", "/usr/lib/faketime/libfaketimeMT.so.1")


def library() -> Path | None:
    """Debian's faketime for programs of several threads; None where it is not installed."""
    if not shutil.which("faketime"):
        return None
    return next((found for pattern in LIBRARIES for found in sorted(Path("/").glob(pattern[1:]))), None)


def reason_not_to_run() -> str | None:
    """Why clocks cannot be shifted here."""
    return None if library() else "faketime is not installed (on Debian, apt-get install faketime)"


def environment(hours: int) -> dict[str, str]:
    """For a process whose clock is so many hours fast; time spans pass as they do."""
    if not hours:
        return {}
    return {"LD_PRELOAD": str(library()), "FAKETIME": f"{hours:+d}h", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


@dataclass
class Seen:
    """What a hub with this clock did."""

    hours: int
    answered: bool = False
    marked: bool = False
    marked_in_list: bool = False
    right_unmarked: bool = False
    repeated: bool = False
    session_held: bool = False
    past_end_refused: bool = False


def check(device_time: datetime) -> dict[str, Any]:
    vehicle = {"plate": "CLOCK1", "country": "PRY"}
    return {"id": str(uuid7()), "purpose": "border_control", "device_time": device_time.isoformat(), "vehicle": vehicle}


def run(hours: int) -> Seen:
    """A hub whose process runs so many hours off, asked by devices with the right clock and with the hub's."""
    seen = Seen(hours)
    with open_folder() as folder:
        name = prepare(folder)
        keeper = embedded.start(folder)
        hub = ForkedHub(folder, free_port(), environment=environment(hours))
        try:
            hub.start()
            headers = signed_in(hub.address, name)
            with httpx2.Client(base_url=hub.address, headers=headers, timeout=30) as client:
                look(client, seen)
            outlast(keeper.servers, hub, headers, seen)
        finally:
            hub.close()
            keeper.stop()
    return seen


def look(client: httpx2.Client, seen: Seen) -> None:
    """Ask with both clocks."""
    now = datetime.now(UTC)
    as_hub = now + timedelta(hours=seen.hours)
    off, right = check(now if seen.hours else now + timedelta(minutes=3)), check(as_hub)
    answers = [client.post("/api/checks", json=body) for body in (off, right, off)]
    seen.answered = all(answer.status_code == 200 for answer in answers)
    first, second, again = (answer.json() for answer in answers)
    apart = -seen.hours * 3600 if seen.hours else 180
    seen.marked = abs((first["clock_apart"] or 0) - apart) < 60
    seen.right_unmarked = second["clock_apart"] is None
    seen.repeated = again["repeated"] is True
    listed = {line["id"]: line["clock_apart"] for line in client.get("/api/checks").json()["checks"]}
    seen.marked_in_list = listed[off["id"]] is not None and listed[right["id"]] is None
    seen.session_held = client.get("/api/session").status_code == 200


def outlast(servers: embedded.Servers, hub: ForkedHub, headers: dict[str, str], seen: Seen) -> None:
    """A session whose end has passed by the database's clock opens nothing, whatever the hub's own clock says."""
    with as_owner(servers) as owner:
        owner.exec_driver_sql("update sign_in set ends_at = now() - interval '1 second'")
    answer = httpx2.get(f"{hub.address}/api/session", headers=headers, timeout=30)
    seen.past_end_refused = answer.status_code == 401


def main() -> None:
    argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "").parse_args()
    if reason := reason_not_to_run():
        print(f"Not run: {reason}.")
        return
    found = [run(hours) for hours in (-HOURS, 0, HOURS)]
    for seen in found:
        print(seen)
    sys.exit(0 if all(is_sound(seen) for seen in found) else 1)


def is_sound(seen: Seen) -> bool:
    """Whether everything was as it should be."""
    kept = seen.answered and seen.marked and seen.marked_in_list and seen.right_unmarked and seen.repeated
    return kept and seen.past_end_refused


if __name__ == "__main__":
    main()
