"""Checks take turns: few are worked on at once, in the order in which they came."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

AT_ONCE = 2  # in one process: one reckons while another waits for the database's answer
PATIENCE = 0.25  # seconds after which one no longer counts: it waits for something, and others need not


class Turns:
    """Places for work in one event loop, given in the order in which they were asked for.

    Threads of one process share one interpreter, which passes from thread to thread every few milliseconds, in no
    order. Sixteen checks at once make each other slow, and each is done only when nearly all are (ADR 17).
    """

    def __init__(self, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self.places, self.patience = asyncio.Semaphore(at_once), patience

    @asynccontextmanager
    async def turn(self) -> AsyncGenerator[Callable[[], None]]:
        """Waits for a place, given back at the end of the block or, if that is sooner, after `patience` seconds.

        What the block is given gives the place back earlier still, from any thread: for work that now only waits.
        """
        await self.places.acquire()
        held, loop = True, asyncio.get_running_loop()

        def give_back() -> None:
            nonlocal held
            if held:
                held = False
                self.places.release()

        def give_back_from_anywhere() -> None:
            loop.call_soon_threadsafe(give_back)

        early = loop.call_later(self.patience, give_back)
        try:
            yield give_back_from_anywhere
        finally:
            early.cancel()
            give_back()
