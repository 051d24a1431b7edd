"""A hub that is up again at once: one process has loaded everything and forks hubs that may be killed.

`python -m tests.faults.forked_hub FOLDER PORT SETTINGS` forks a hub for each line it reads and says its process number.
"""

from __future__ import annotations

import faulthandler
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import httpx2

from tripoint.base.settings import Settings
from tripoint.doors import serve
from tripoint.records.indexing.held import PersonIndex

ROOT = Path(__file__).resolve().parents[2]


def live_as_hub(folder: Path, port: int, chosen: dict[str, Any]) -> None:
    """The whole life of a forked hub: its database, where it does not run already, and its web process."""
    os.setsid()
    faulthandler.register(signal.SIGUSR1)  # says where it stands, when somebody asks
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    settings = Settings(data=folder, port=port, connections=4, second_factor="offered", **chosen)
    with serve.database(settings) as addresses:
        serve.serve_pages(settings, addresses)


def end_with(parent: int) -> None:
    """End in order when the process that forked this one is gone."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Fork a hub for each line of the input, until it ends."""
    folder, port, chosen = Path(sys.argv[1]), int(sys.argv[2]), json.loads(sys.argv[3])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the killed
    setattr(serve, "migrate", lambda _: None)  # noqa: B010 - it was migrated before; half a second of each start
    PersonIndex(folder / "index").warm()  # once, for all that are forked
    print("ready", flush=True)
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            live_as_hub(folder, port, chosen)
            os._exit(0)
        print(child, flush=True)


class ForkedHub:
    """A hub in a data folder, that can be killed with or without its database and started again."""

    def __init__(
        self, folder: Path, port: int, environment: Mapping[str, str] | None = None, **chosen: Any
    ) -> None:
        self.folder, self.port = folder, port
        self.address = f"http://{chosen.get('host', '127.0.0.1')}:{port}"
        self.pid = 0
        with (folder / "forked.log").open("ab") as log:
            self._forks = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.forked_hub", str(folder), str(port), json.dumps(chosen)], cwd=ROOT,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
                env={name: value for name, value in os.environ.items() if not name.startswith("TRIPOINT_")}
                | dict(environment or {}),
            )  # fmt: skip
        self._say(self._output().readline(), "ready\n")

    def start(self) -> None:
        """A new hub; returns when it answers."""
        assert self._forks.stdin
        self._forks.stdin.write("start\n")
        self._forks.stdin.flush()
        self.pid = int(self._output().readline())
        self.wait_until_well()

    def wait_until_well(self) -> None:
        """Return when hub and database answer."""
        ends, said = time.monotonic() + 60, ""
        while True:
            try:
                answer = httpx2.get(f"{self.address}/api/health", headers={"host": "localhost"}, timeout=2)
                if answer.status_code == 200:
                    return
                said = answer.text
            except httpx2.HTTPError as error:
                said = repr(error)
            assert time.monotonic() < ends, (said, (self.folder / "forked.log").read_text()[-2000:])
            time.sleep(0.02)

    def kill(self) -> None:
        """End the hub's process without a goodbye, and whatever it started except the database."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)

    def close(self) -> None:
        """End everything."""
        self.kill()
        if self._forks.stdin:
            self._forks.stdin.close()
        self._forks.wait(timeout=10)
        self._output().close()

    def _output(self) -> IO[str]:
        assert self._forks.stdout
        return self._forks.stdout

    def _say(self, said: str, expected: str) -> None:
        assert said == expected, (self.folder / "forked.log").read_text()[-2000:]


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
