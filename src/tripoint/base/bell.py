"""A bell that the database rings: wait for a notification on one channel, or for so many seconds."""

from __future__ import annotations

import time

import psycopg
from psycopg.sql import SQL, Identifier


class Bell:
    """Waits on a connection of its own; while the database is away it is a mere pause. Used by one thread."""

    def __init__(self, address: str, channel: str) -> None:
        self._address = address.replace("postgresql+psycopg://", "postgresql://")
        self._channel = channel
        self._connection: psycopg.Connection | None = None

    def wait(self, seconds: float) -> None:
        """Return when the bell rings, at the latest after so many seconds."""
        try:
            for _ in self._listening().notifies(timeout=seconds, stop_after=1):
                pass
        except psycopg.OperationalError:
            self.close()
            time.sleep(seconds)

    def _listening(self) -> psycopg.Connection:
        if self._connection is None:
            self._connection = psycopg.connect(self._address, autocommit=True, connect_timeout=10)
            self._connection.execute(SQL("listen {}").format(Identifier(self._channel)))
        return self._connection

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
