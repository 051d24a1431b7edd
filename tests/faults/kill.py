"""kill -9 of the hub and of PostgreSQL under load: what was acknowledged is there, what is sent again is done once.

`python -m tests.faults.kill --rounds 500 --seed 1`. With `--unsafe` commits are acknowledged before they are on disk
(synchronous_commit = off): the same program must then find what is lost, and ends with status 0 only if it does.
"""

from __future__ import annotations

import argparse
import atexit
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import httpx2

from tests.desks.checks.lists import list_record
from tests.faults.forked_hub import ForkedHub, kill_database, processes_of_database
from tests.faults.load import LISTED, Act, Load, Verdict, judge
from tests.town import PASSWORD, as_owner, employ, found
from tripoint.access.door import COOKIE
from tripoint.access.model import Role
from tripoint.base import embedded_postgres as embedded
from tripoint.base.database import make_engine
from tripoint.base.migrate import migrate

KINDS = ("hub", "database", "both", "one backend")
UNSAFE = "synchronous_commit = off\nwal_writer_delay = 10s\nwal_writer_flush_after = 100MB\n"
TELL_EVERY = 50  # kills
BEFORE_KILL = (5, 40)  # acts acknowledged before a kill


@dataclass
class Report:
    """What a run of kills came to."""

    rounds: int = 0
    acknowledged: int = 0
    sent_again: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    recovery: list[float] = field(default_factory=list)  # seconds from the kill until the hub answered

    def __str__(self) -> str:
        longest = max(self.recovery, default=0.0)
        return (
            f"{self.rounds} kills, {self.acknowledged} acts acknowledged, {self.sent_again} sent again: "
            f"{len(self.lost)} lost, {len(self.doubled)} doubled; well again after {longest:.1f} s at most"
        )


@contextmanager
def open_folder() -> Generator[Path]:
    """A data folder, which the database's own user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="tripoint-kill-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as place:
        return int(place.getsockname()[1])


def prepare(folder: Path) -> str:
    """A database with one listed car and one officer; the officer's sign-in name. Made once, then copied."""
    made, name = prepared()
    subprocess.run(["cp", "-a", f"{made}/.", str(folder)], check=True)
    return name


@cache
def prepared() -> tuple[Path, str]:
    """The folder that others are copied from, for as long as this process lives."""
    folder = Path(tempfile.mkdtemp(prefix="tripoint-kill-made-"))
    folder.chmod(0o711)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with embedded.embedded_postgres(folder) as servers:
        migrate(servers.admin)
        party = found(servers, code="PRY")
        name = employ(servers, party, Role.FIELD_OFFICER, Role.CONTRIBUTOR).sign_in_name
        engine = make_engine(servers.app, pool=1)
        list_record(engine, found(servers), "vehicle", {"plate": LISTED, "country": "PRY", "status": "stolen"})
        engine.dispose()
    return folder, name


def signed_in(address: str, name: str) -> dict[str, str]:
    """The headers of a session. The cookie is for https, so it is handed over by hand."""
    proof = {"name": name, "password": PASSWORD}
    answer = httpx2.post(f"{address}/api/sign-in", json=proof, headers={"host": "localhost"}, timeout=30)
    assert answer.status_code == 200, answer.text
    return {"cookie": f"{COOKIE}={answer.cookies[COOKIE]}", "x-csrf-token": answer.json()["csrf"]}


def strike(hub: ForkedHub, kind: str, chance: random.Random) -> None:
    """One kill of this kind, and whatever starts things again afterwards."""
    if kind in ("hub", "both"):
        hub.kill()
    if kind in ("database", "both"):
        kill_database(hub.folder)
    if kind == "one backend":  # the server then ends all others and recovers by itself
        processes = processes_of_database(hub.folder)[1:]
        if processes:
            os.kill(chance.choice(processes), signal.SIGKILL)
    if kind in ("hub", "both"):
        hub.start()
    else:
        hub.wait_until_well()


def run(rounds: int, seed: int, *, unsafe: bool = False) -> Report:
    """Kill so many times, and judge after each."""
    chance, report, acts = random.Random(seed), Report(), list[Act]()
    with open_folder() as folder:
        name = prepare(folder)
        if unsafe:
            conf = folder / "postgres" / "conf" / "own.conf"
            conf.write_text(UNSAFE)
            conf.chmod(0o644)
        hub = ForkedHub(folder, free_port())
        keeper = embedded.start(folder)
        try:
            hub.start()
            headers = signed_in(hub.address, name)
            with as_owner(keeper.servers) as owner:
                owner.exec_driver_sql("checkpoint")  # the session at least is on disk
            for number in range(rounds):
                kind = "both" if unsafe else KINDS[number % len(KINDS)]
                load = Load(hub.address, headers, seed * 1_000_003 + number)
                one_round(hub, load, kind, chance, report)
                if not unsafe:
                    report.sent_again += load.settle()
                acts += load.acknowledged
                take_in(report, judge(keeper.servers, load.acknowledged))
                if unsafe and report.lost:
                    break
                if (number + 1) % TELL_EVERY == 0:
                    print(report, flush=True)
            take_in(report, judge(keeper.servers, acts), again=True)
        finally:
            hub.close()
            keeper.stop()
    return report


def one_round(hub: ForkedHub, load: Load, kind: str, chance: random.Random, report: Report) -> None:
    """Work, kill, recover."""
    with load.running():
        load.wait_for(chance.randrange(*BEFORE_KILL))
        began = time.monotonic()
        strike(hub, kind, chance)
        report.recovery.append(time.monotonic() - began)
    report.rounds += 1


def take_in(report: Report, verdict: Verdict, *, again: bool = False) -> None:
    """Add a round's verdict; the last one, over everything, counts nothing twice."""
    report.acknowledged += 0 if again else verdict.acknowledged
    report.lost += [name for name in verdict.lost if name not in report.lost]
    report.doubled += [name for name in verdict.doubled if name not in report.doubled]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unsafe", action="store_true", help="acknowledge before the disk: the loss must be found")
    chosen = parser.parse_args()
    report = run(chosen.rounds, chosen.seed, unsafe=chosen.unsafe)
    print(report)
    sound = bool(report.lost) if chosen.unsafe else not (report.lost or report.doubled)
    sys.exit(0 if sound else 1)


if __name__ == "__main__":
    main()
