"""Streams are woken by the relay's notification, after the database came back too, and a last time at the end."""

from __future__ import annotations

import asyncio
import threading

import psycopg
import pytest

from tests.town import as_owner, rows
from tripoint.base import wake_up as wake_up_module
from tripoint.base.announcements import WAKE_UP
from tripoint.base.embedded_postgres import Servers
from tripoint.base.wake_up import WakeUp


def plain(address: str) -> str:
    return address.replace("+psycopg", "")


def notify(database: Servers) -> None:
    with psycopg.connect(plain(database.relay), autocommit=True) as connection:
        connection.execute(f"notify {WAKE_UP}")


async def woken(wake_up: WakeUp, database: Servers, tries: int = 100) -> bool:
    event = wake_up.enter()
    try:
        for _ in range(tries):  # the listener may not listen yet
            await asyncio.to_thread(notify, database)
            try:
                await asyncio.wait_for(event.wait(), 0.1)
            except TimeoutError:
                continue
            return True
        return False
    finally:
        wake_up.leave(event)


def test_a_notification_wakes_those_who_wait(database: Servers) -> None:
    wake_up = WakeUp(plain(database.app))
    wake_up.start()
    try:
        assert asyncio.run(woken(wake_up, database))
    finally:
        wake_up.stop()


def test_it_listens_again_when_the_database_came_back(database: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wake_up_module, "TRY_AGAIN", 0.01)
    wake_up = WakeUp(plain(database.app))
    wake_up.start()
    try:
        assert asyncio.run(woken(wake_up, database))
        with as_owner(database) as owner:
            ended = rows(
                owner,
                "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen%%'"
                " and datname = current_database()",
            )
        assert ended == [(True,)]
        assert asyncio.run(woken(wake_up, database))
    finally:
        wake_up.stop()


def test_the_end_wakes_everybody_and_nobody_who_left() -> None:
    async def wait() -> tuple[bool, bool]:
        wake_up = WakeUp("postgresql://nowhere")
        staying, leaving = wake_up.enter(), wake_up.enter()
        wake_up.leave(leaving)
        threading.Thread(target=wake_up.stop).start()
        await asyncio.wait_for(staying.wait(), 2)
        return wake_up.stopping, leaving.is_set()

    assert asyncio.run(wait()) == (True, False)


def test_a_loop_that_is_closed_is_passed_over() -> None:
    wake_up = WakeUp("postgresql://nowhere")

    async def enter() -> None:
        wake_up.enter()

    asyncio.run(enter())
    wake_up.wake()
