"""The process that works for ballistics: begun when something waits, gone when nothing does, apart from who asks."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tripoint.base.announcements import Announcement
from tripoint.base.database import RELAY_ROLE, Engine, Session, make_engine, transaction
from tripoint.base.logs import configure_logs, logger
from tripoint.base.settings import Settings, load_settings, secret_fields, variable
from tripoint.desks.ballistics import jobs, worker_store
from tripoint.desks.ballistics.collecting import NAME, Busy, Files

RUN = "from tripoint.doors.searching import main; main()"
LINGER, PAUSE = 20.0, 0.5  # seconds without work after which it ends; between looks
GRACE = 10.0  # seconds it gets to end
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
log = logger(__name__)


@dataclass(slots=True)
class Waker:
    """Begins the worker's process when the relay hears that something waits."""

    settings: Settings
    address: str  # the relay's
    _process: subprocess.Popen[bytes] | None = None

    def wake(self, session: Session | None = None, heard: Sequence[Announcement] = ()) -> None:
        """Begin the process where it does not run; one that finds another at work ends by itself."""
        del session, heard
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-c", RUN, "ballistics"]
            kept = environment(self.settings, self.address)
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, env=kept)

    def look(self, session: Session) -> None:
        """Begin it where something waits that nobody announced: after a restart, or when it died."""
        if worker_store.waits(session):
            self.wake()

    def stop(self) -> None:
        """End the process; what it was at waits still."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(GRACE)
            except subprocess.TimeoutExpired:
                self._process.kill()


def environment(settings: Settings, address: str) -> dict[str, str]:
    """What the process is told: the relay's address, and none of the hub's others."""
    secret = {variable(name) for name in secret_fields()}
    kept = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in secret}
    return kept | ONE_THREAD | {
        "TRIPOINT_RELAY_DATABASE": address, "TRIPOINT_DATA": str(settings.data),
        "TRIPOINT_LOG_FORMAT": settings.log_format, "TRIPOINT_LOG_LEVEL": settings.log_level,
    }  # fmt: skip


def work(engine: Engine, files: Files, linger: float = LINGER) -> None:
    """Work until nothing has waited for so many seconds."""
    with transaction(engine) as session:
        jobs.mend(session, files)
    last = time.monotonic()
    while True:
        if jobs.work(lambda: transaction(engine), files):
            last = time.monotonic()
        elif time.monotonic() - last >= linger:
            return
        else:
            time.sleep(PAUSE)


def main() -> None:
    """The worker's process, told by its environment."""
    settings = load_settings()
    configure_logs(settings.log_format, settings.log_level)
    os.nice(5)  # whoever checks a passport comes first
    try:
        files = Files.opened(settings.data / NAME)
    except Busy:
        return
    engine = make_engine(settings.relay_database, role=RELAY_ROLE, pool=1)
    try:
        work(engine, files)
    finally:
        engine.dispose()
        files.close()
