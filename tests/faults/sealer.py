"""How far the sealer is behind while a hub is asked as much as it can answer; and the trail verified meanwhile.

`python -m tests.faults.sealer --seconds 30` starts a hub, sends checks and batches by HTTP from several clients, looks
twenty times a second at the oldest row of the trail that is not sealed, and at the end runs `tripoint audit verify`
upon the running hub, still under load. Ends with status 0 where the sealer was never more than a second behind and
the trail is whole.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from tests.faults.forked_hub import ForkedHub
from tests.faults.kill import free_port, open_folder, prepare, signed_in
from tests.faults.load import one_check
from tests.town import as_owner, rows
from tripoint.base import embedded_postgres as embedded
from tripoint.base.embedded_postgres import Servers

MOST = 1.0  # seconds behind, as promised
CLIENTS, LINES = 4, 25
LOOK_EVERY = 0.05  # seconds
VERIFY = "from tripoint.doors.cli import app; app()"
BEHIND = """
select coalesce(extract(epoch from clock_timestamp() - min(a.at)), 0)::float from audit a
 where a.seq > (select coalesce(max(seq), 0) - 20000 from audit_leaf)
   and not exists (select from audit_leaf l where l.seq = a.seq)
"""


@dataclass
class Measured:
    """What was seen: seconds behind at each look, rows of the trail in how long, and how quickly they were verified."""

    seconds: float = 0.0
    checks: int = 0
    rows: int = 0
    behind: list[float] = field(default_factory=list)
    verified: int = 0
    verifying: float = 0.0
    whole: bool = False

    @property
    def is_sound(self) -> bool:
        return self.whole and bool(self.checks and self.behind) and max(self.behind) <= MOST

    def __str__(self) -> str:
        ordered, each = sorted(self.behind), self.seconds
        return (
            f"{self.checks / each:.0f} checks/s, {self.rows / each:.0f} rows of the trail a second for {each:.0f} s;"
            f" behind {ordered[len(ordered) // 2]:.2f} s in the median, {ordered[-1]:.2f} s at most,"
            f" of {len(ordered)} looks;"
            f" audit verify on the running hub: {self.verified} rows in {self.verifying:.1f} s by the clock"
            f" ({self.verified / self.verifying:.0f}/s), {'whole' if self.whole else 'NOT WHOLE'}"
        )


@contextmanager
def asking(address: str, headers: dict[str, str], measured: Measured) -> Generator[None]:
    """Clients that ask as fast as they are answered, half of them single checks, half batches."""
    stop, guard = threading.Event(), threading.Lock()

    def ask(number: int) -> None:
        chance = random.Random(number)
        kind = {"content-type": "application/x-ndjson"} if number % 2 else {"content-type": "application/json"}
        path = "/api/checks/batch" if number % 2 else "/api/checks"
        with httpx2.Client(base_url=address, headers=headers | kind, timeout=30) as client:
            while not stop.is_set():
                lines = [json.dumps(one_check(chance)[1]) for _ in range(LINES if number % 2 else 1)]
                answer = client.post(path, content="\n".join(lines))
                with guard:
                    measured.checks += answer.text.count("answered_at")

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=60)


def watch(database: Servers, seconds: float, measured: Measured) -> None:
    """Look how far the sealer is behind, again and again."""
    with as_owner(database) as owner:
        owner.exec_driver_sql("set row_security = off")
        before = rows(owner, "select count(*) from audit")[0][0]
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        with as_owner(database) as owner:
            measured.behind.append(float(rows(owner, BEHIND)[0][0]))
        time.sleep(LOOK_EVERY)
    with as_owner(database) as owner:
        measured.rows = rows(owner, "select count(*) from audit")[0][0] - before
    measured.seconds = time.monotonic() - began


def verify(folder: Path, database: Servers, measured: Measured) -> None:
    """`tripoint audit verify` in a process of its own, upon the hub that runs."""
    with as_owner(database) as owner:
        measured.verified = rows(owner, "select count(*) from audit_leaf")[0][0]
    began = time.monotonic()
    command = [sys.executable, "-c", VERIFY, "audit", "verify", "--data", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    measured.verifying = time.monotonic() - began
    measured.whole = done.returncode == 0
    print(done.stdout.strip() or done.stderr.strip())


def run(seconds: float) -> Measured:
    """Start, load, watch, verify."""
    measured = Measured()
    with open_folder() as folder:
        name = prepare(folder)
        hub, keeper = ForkedHub(folder, free_port(), checks_per_second=100_000), embedded.start(folder)
        try:
            hub.start()
            with asking(hub.address, signed_in(hub.address, name), measured):
                watch(keeper.servers, seconds, measured)
                answered = measured.checks
                verify(folder, keeper.servers, measured)
            measured.checks = answered
        finally:
            hub.close()
            keeper.stop()
    return measured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=30)
    measured = run(parser.parse_args().seconds)
    print(measured)
    sys.exit(0 if measured.is_sound else 1)


if __name__ == "__main__":
    main()
