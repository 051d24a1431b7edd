"""A hub that is up again at once: one process has loaded everything and forks hubs that may be killed.

`python -m tests.faults.forked_hub` forks a hub for each line of JSON it reads, and says its process number.
"""

from __future__ import annotations

import atexit
import faulthandler
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import httpx2

from tripoint.base.settings import Settings
from tripoint.doors import serve
from tripoint.records.indexing.held import PersonIndex

ROOT = Path(__file__).resolve().parents[2]
LOG = "forked.log"


def live_as_hub(job: dict[str, Any]) -> None:
    """The whole life of a forked hub: its database, where it does not run already, and its web process."""
    os.setsid()
    faulthandler.register(signal.SIGUSR1)  # says where it stands, when somebody asks
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    folder = Path(job["folder"])
    log = os.open(folder / LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    settings = Settings(data=folder, port=job["port"], connections=4, second_factor="offered", **job["chosen"])
    with serve.database(settings) as addresses:
        serve.serve_pages(settings, addresses)


def end_with(parent: int) -> None:
    """End in order when the process that forked this one is gone."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Fork a hub for each line of the input, until it ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the killed
    setattr(serve, "migrate", lambda _: None)  # noqa: B010 - it was migrated before; half a second of each start
    with tempfile.TemporaryDirectory() as empty:
        PersonIndex(Path(empty)).warm()  # once, for all that are forked
    for line in sys.stdin:
        child = os.fork()
        if not child:
            live_as_hub(json.loads(line))
            os._exit(0)
        print(child, flush=True)


class Forks:
    """The process that has loaded everything."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TRIPOINT_")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.forked_hub"], cwd=ROOT, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True, env=kept | dict(environment),
        )  # fmt: skip

    def fork(self, job: dict[str, Any]) -> int:
        """A new hub; its process number."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(job) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        """End it, and with it every hub that lives."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()


@cache
def forks(environment: tuple[tuple[str, str], ...]) -> Forks:
    """One for each environment, for as long as this process lives."""
    made = Forks(dict(environment))
    atexit.register(made.close)
    return made


class ForkedHub:
    """A hub in a data folder, that can be killed with or without its database and started again."""

    def __init__(
        self, folder: Path, port: int, environment: Mapping[str, str] | None = None, **chosen: Any
    ) -> None:
        self.folder, self.job = folder, {"folder": str(folder), "port": port, "chosen": chosen}
        self.address = f"http://{chosen.get('host', '127.0.0.1')}:{port}"
        self.environment = tuple(sorted((environment or {}).items()))
        self.pid = 0

    def start(self) -> None:
        """A new hub; returns when it answers."""
        self.pid = forks(self.environment).fork(self.job)
        self.wait_until_well()

    def wait_until_well(self) -> None:
        """Return when hub and database answer."""
        ends, said = time.monotonic() + 600, ""
        while True:
            try:
                answer = httpx2.get(f"{self.address}/api/health", headers={"host": "localhost"}, timeout=2)
                if answer.status_code == 200:
                    return
                said = answer.text
            except httpx2.HTTPError as error:
                said = repr(error)
            assert time.monotonic() < ends, (said, (self.folder / LOG).read_text()[-2000:])
            time.sleep(0.02)

    def kill(self) -> None:
        """End the hub's process without a goodbye, and whatever it started except the database."""
        if self.pid:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)

    def close(self) -> None:
        """End it for good."""
        self.kill()
        ends = time.monotonic() + 10
        while self.pid and Path(f"/proc/{self.pid}").exists() and time.monotonic() < ends:
            time.sleep(0.01)


def processes_of_database(folder: Path) -> list[int]:
    """The postmaster of a hub's folder and its children; none where it does not run."""
    home = folder / "postgres"
    try:
        first = int((home / "data" / "postmaster.pid").read_text().split()[0])
    except FileNotFoundError:
        return []
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == first:
                found.append(int(stat.parent.name))
    return [first, *found]


def kill_database(folder: Path) -> None:
    """Every process of the database at once."""
    for which in processes_of_database(folder):
        with suppress(ProcessLookupError):
            os.kill(which, signal.SIGKILL)


if __name__ == "__main__":
    main()
