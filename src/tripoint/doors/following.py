"""The follower's process: started beside the web processes, watched, started again when it dies, ended with the hub."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tripoint.base.bell import Bell
from tripoint.base.database import INDEX_ROLE, make_engine
from tripoint.base.errors import Conflict, Unavailable
from tripoint.base.logs import configure_logs, logger
from tripoint.base.settings import Settings, load_settings, secret_fields, variable
from tripoint.records.indexing.engine import warm
from tripoint.records.indexing.folder import NAME
from tripoint.records.indexing.follower import Follower

CHANNEL = "tripoint_index"  # the database's triggers ring here
RUN = "from tripoint.doors.following import main; main()"  # not the whole command line: it must be back quickly
FIRST_PAUSE, LONGEST_PAUSE = 0.2, 30.0  # seconds before a dead follower is started again
LIVED_WELL = 60.0  # seconds after which a death counts as the first again
GRACE = 10.0  # seconds it gets to end
log = logger(__name__)


@dataclass(slots=True)
class FollowerProcess:
    """Keeps one follower alive from a thread of its own."""

    settings: Settings
    address: str
    _stop: threading.Event = field(default_factory=threading.Event)
    _process: subprocess.Popen[bytes] | None = None
    _thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to watch."""
        self._thread = threading.Thread(target=self._watch, name="watching the follower", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the follower in order; returns when it has ended."""
        self._stop.set()
        if self._process and self._process.stdin:
            self._process.stdin.close()
        if self._thread:
            self._thread.join(GRACE + 5)

    def _watch(self) -> None:
        pause = FIRST_PAUSE
        while not self._stop.is_set():
            began = time.monotonic()
            status = self._run()
            if self._stop.is_set():
                return
            pause = FIRST_PAUSE if time.monotonic() - began > LIVED_WELL else min(LONGEST_PAUSE, pause * 2)
            log.error("the follower of persons died and is started again", status=status, seconds=pause)
            self._stop.wait(pause)

    def _run(self) -> int:
        """One life of the follower; how it ended. It ends by itself when this process is gone: its input ends then."""
        command = [sys.executable, "-c", RUN, "follow"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, env=environment(self.settings, self.address))
        if self._stop.is_set() and self._process.stdin:
            self._process.stdin.close()
        while True:
            try:
                return self._process.wait(GRACE)
            except subprocess.TimeoutExpired:
                if self._stop.is_set():
                    self._process.kill()


@contextmanager
def followed(settings: Settings, address: str) -> Generator[None]:
    """A follower runs while the block does."""
    process = FollowerProcess(settings, address)
    process.start()
    try:
        yield
    finally:
        process.stop()


@contextmanager
def kept_up(settings: Settings, address: str) -> Generator[None]:
    """The index is as the database is while the block runs, for a command; where a hub runs, it sees to that."""
    engine = make_engine(address, role=INDEX_ROLE, pool=2)
    try:
        follower = Follower.begin(engine, settings.data / NAME)
    except Conflict:
        engine.dispose()
        yield
        return
    stop, bell = threading.Event(), Bell(address, CHANNEL)
    while follower.step():
        pass
    thread = threading.Thread(target=follower.run, args=(stop, bell), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        follower.close()
        bell.close()
        engine.dispose()


def environment(settings: Settings, address: str) -> dict[str, str]:
    """What the follower's process is told: its own address, and none of the hub's others."""
    secret = {variable(name) for name in secret_fields()}
    kept = {name: value for name, value in os.environ.items() if name.removesuffix("_FILE") not in secret}
    return kept | {
        "TRIPOINT_INDEX_DATABASE": address, "TRIPOINT_DATA": str(settings.data),
        "TRIPOINT_LOG_FORMAT": settings.log_format, "TRIPOINT_LOG_LEVEL": settings.log_level,
    }  # fmt: skip


def follow(settings: Settings) -> None:
    """The whole life of the follower's process: until it is told to end, or its input ends."""
    stop = threading.Event()
    for which in (signal.SIGTERM, signal.SIGINT):
        signal.signal(which, lambda *_: stop.set())
    threading.Thread(target=watch_input, args=(stop,), daemon=True).start()
    engine = make_engine(settings.index_database, role=INDEX_ROLE, pool=2)
    bell = Bell(settings.index_database, CHANNEL)
    while not stop.is_set():
        try:
            follower = Follower.begin(engine, settings.data / NAME)
        except (Conflict, Unavailable) as fault:
            log.warning("the follower waits", fault=fault.sentence)
            stop.wait(1.0)
            continue
        try:
            follower.step()
            warm(settings.data / NAME)  # before the first change waits for it, and after what waited already
            follower.run(stop, bell)
        finally:
            follower.close()
    bell.close()
    engine.dispose()


def main() -> None:
    """The follower's process, told by its environment."""
    settings = load_settings()
    configure_logs(settings.log_format, settings.log_level)
    follow(settings)


def watch_input(stop: threading.Event) -> None:
    """Stop when the input ends: whoever started this process is gone."""
    while os.read(0, 4096):
        pass
    stop.set()
