"""The bell: it rings when the database says so, and is a mere pause while the database is away."""

from __future__ import annotations

import threading
import time

import psycopg

from tripoint.base.bell import Bell
from tripoint.base.embedded_postgres import Servers

CHANNEL = "tripoint_index"


def test_it_rings_at_a_commit_and_else_returns_in_its_time(database: Servers) -> None:
    bell = Bell(database.index, CHANNEL)
    began = time.monotonic()
    bell.wait(0.2)
    assert time.monotonic() - began >= 0.2
    address = database.app.replace("postgresql+psycopg://", "postgresql://")

    def ring() -> None:
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"notify {CHANNEL}")

    ringer = threading.Timer(0.1, ring)
    ringer.start()
    began = time.monotonic()
    bell.wait(60)
    assert time.monotonic() - began < 30
    ringer.join()
    bell.close()


def test_without_a_database_it_pauses() -> None:
    bell = Bell("postgresql://nobody@/nothing?host=/nowhere", CHANNEL)
    began = time.monotonic()
    bell.wait(0.1)
    assert time.monotonic() - began >= 0.1
