"""The live feed: events numbered for the reader's party, each looked at through his predicate when it is sent."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from tripoint.access.door import Caller, Door
from tripoint.access.model import Act, Role
from tripoint.access.routes import caller_of, door_of
from tripoint.base.announcements import FeedEntry, newest, read_feed
from tripoint.base.errors import BadInput, TripointError
from tripoint.base.wake_up import WakeUp
from tripoint.room.store import VISIBLE, visible

LOOK_AT_LEAST = 0.8  # seconds; so a right that is lost ends the stream within one, even if no wake-up comes
SAY_ALIVE = 15.0  # seconds
router = APIRouter(prefix="/api/feed", tags=["room"])


def entries_after(door: Door, caller: Caller, after: int | None, *, first: bool = False) -> tuple[int, list[FeedEntry]]:
    """The newest number and the lines after `after` that the reader may see now; recognised anew each time."""
    with door.visit(caller, Act.FOLLOW_FEED, quiet=not first) as visit:
        if after is None:
            return newest(visit.session, visit.party), []
        found = read_feed(visit.session, visit.party, after)
        seen = {kind: visible(visit.session, kind, refs(found, kind)) for kind in VISIBLE}
        protects = Role.DATA_PROTECTION_OFFICER in visit.officer.roles
        return (found[-1].seq if found else after), [
            entry
            for entry in found
            if (entry.kind not in seen or entry.ref in seen[entry.kind]) and (entry.kind != "budget" or protects)
        ]


def refs(found: Sequence[FeedEntry], kind: str) -> list[UUID]:
    """What the lines of one kind are about."""
    return [entry.ref for entry in found if entry.kind == kind and entry.ref]


def event_text(entry: FeedEntry) -> str:
    """One line of the feed as a server-sent event: ids only, the client fetches what it may see."""
    data = {"n": entry.count} if entry.kind == "checks" else {"id": str(entry.ref), "change": entry.change}
    return f"id: {entry.seq}\nevent: {entry.kind}\ndata: {json.dumps(data)}\n\n"


def last_number(request: Request) -> int | None:
    """Where the client's browser says it stopped."""
    text = request.headers.get("last-event-id")
    if text is None:
        return None
    if not text.isdecimal() or len(text) > 18:
        raise BadInput(
            "Last-Event-ID is no number.", field="Last-Event-ID", remedy="Leave it out to begin at the newest event."
        )
    return int(text)


async def stream(request: Request, door: Door, caller: Caller, wake_up: WakeUp, after: int) -> AsyncIterator[str]:
    """Events until the client goes, the hub stops, or the right to read ends."""
    yield f"id: {after}\nevent: hello\ndata: {json.dumps({'at': door.clock().isoformat()})}\n\n"
    event, said = wake_up.enter(), time.monotonic()
    try:
        while not wake_up.stopping and not await request.is_disconnected():
            with suppress(TimeoutError):
                await asyncio.wait_for(event.wait(), LOOK_AT_LEAST)
            event.clear()
            try:
                after, found = await run_in_threadpool(entries_after, door, caller, after)
            except TripointError as error:
                yield f"event: goodbye\ndata: {json.dumps({'code': error.code})}\n\n"
                return
            for entry in found:
                yield event_text(entry)
            if not found and time.monotonic() - said < SAY_ALIVE:  # by the clock: what others do wakes this stream too
                continue
            said = time.monotonic()
            if not found:
                yield ": alive\n\n"
    finally:
        wake_up.leave(event)


@router.get(
    "",
    response_class=StreamingResponse,
    responses={200: {"description": "Events.", "content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
async def feed(request: Request) -> StreamingResponse:
    """Follow what happens, from now or from where `Last-Event-ID` stopped."""
    door, caller, begin = door_of(request), caller_of(request), last_number(request)
    after, _ = await run_in_threadpool(entries_after, door, caller, begin, first=True)
    start = after if begin is None else begin
    wake_up: WakeUp = request.app.state.wake_up
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(
        stream(request, door, caller, wake_up, start), media_type="text/event-stream", headers=headers
    )


setattr(feed, "act", Act.FOLLOW_FEED)  # noqa: B010 - a function has no such attribute to mypy
