"""The hub in a process of its own beside this one, as `tripoint serve` runs it, for demonstration and bench."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tripoint.base.errors import SetUp, TripointError
from tripoint.base.settings import Settings
from tripoint.demo.client import Line
from tripoint.records.indexing.model import State

PATIENCE = 90.0  # seconds until it must answer
INDEXING = 3600.0  # seconds that building an index of persons may take
ALL_STARTED, STARTED = 20.0, b"Application startup complete"  # what each web process says
GRACE = 15.0  # seconds it gets to stop
RUN = "from tripoint.doors.cli import app; app()"


@dataclass(frozen=True, slots=True)
class Hub:
    """Where the hub answers, and how it runs."""

    host: str
    port: int
    workers: int

    @property
    def address(self) -> str:
        """Its address for a browser."""
        return f"http://{'localhost' if self.host == '127.0.0.1' else self.host}:{self.port}"


@contextmanager
def running_hub(settings: Settings) -> Generator[Hub]:
    """Serve while the block runs. Its messages go to `serve.log` in the data folder."""
    port = free_port(settings.host, settings.port)
    log = settings.data / "serve.log"
    settings.data.mkdir(parents=True, exist_ok=True)
    arguments = [
        sys.executable, "-c", RUN, "serve", "--host", settings.host, "--port", str(port), "--workers",
        str(settings.workers), "--data", str(settings.data),
    ]  # fmt: skip
    with log.open("wb") as messages:
        # A session of its own: Ctrl-C reaches this process alone, which then stops the hub in order.
        process = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=messages, stderr=subprocess.STDOUT, start_new_session=True,
            env={**os.environ, "TRIPOINT_SECOND_FACTOR": settings.second_factor},
        )
    try:
        hub = Hub(settings.host, port, settings.workers)
        wait_until_open(process, hub, log)
        wait_for_every_process(hub, log)
        yield hub
    finally:
        stop(process)


def free_port(host: str, wanted: int) -> int:
    """The port wanted, or any where 0 is. Raises SetUp when another program has it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, wanted))
        except OSError as error:
            raise SetUp(
                f"Port {wanted} cannot be used: {error.strerror}.", field="--port", remedy="Choose another with --port."
            ) from error
        return int(probe.getsockname()[1])


def wait_until_open(process: subprocess.Popen[bytes], hub: Hub, log: Path) -> None:
    """Return when the hub answers and can search persons. Raises TripointError when it ends or stays silent."""
    began, deadline = time.monotonic(), time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        line = Line(hub.host, hub.port)
        try:
            health = line.call("GET", "/api/health")
            if health.status == 200 and health.body["index"] == State.READY:
                return
            if health.status == 200 and health.body["index"] == State.BUILDING:
                deadline = began + INDEXING
            time.sleep(0.1)
        except OSError:
            time.sleep(0.1)
        finally:
            line.close()
    raise TripointError(f"The hub did not open. {log.read_text(errors='replace')[-600:]}", remedy=f"Read {log}.")


def wait_for_every_process(hub: Hub, log: Path) -> None:
    """Return when all web processes have started: who comes before is served by the first, and stays with it."""
    deadline = time.monotonic() + ALL_STARTED
    while log.read_bytes().count(STARTED) < hub.workers and time.monotonic() < deadline:
        time.sleep(0.1)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the hub in order; a second way is found for one that does not heed."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(GRACE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
