"""The hub over HTTP: every desk's routes behind one door, the pages, the errors."""

from __future__ import annotations

import gc
import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Request
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles
from pydantic import BaseModel

import tripoint
from tripoint.access import breached, http as access, wall
from tripoint.access.break_glass import http as break_glass
from tripoint.access.budgets import Allowance, Budgets, Kind, Settling
from tripoint.access.devices import http as devices
from tripoint.access.door import Door
from tripoint.access.first import http as first, work as first_work
from tripoint.access.four_eyes import http as four_eyes
from tripoint.access.lookup import PersonLookup
from tripoint.access.model import Act, Clocks
from tripoint.access.routes import Routes, door_of
from tripoint.access.sealing import http as sealing
from tripoint.access.sealing.sealer import Sealer
from tripoint.base import failpoints
from tripoint.base.database import RELAY_ROLE, make_engine, transaction
from tripoint.base.errors import NotFound
from tripoint.base.keyring import NAME as KEYS, KeyRing
from tripoint.base.memory import ShortMemory
from tripoint.base.relay import Relay
from tripoint.base.room_left import RoomLeft
from tripoint.base.settings import Settings
from tripoint.base.wake_up import WakeUp
from tripoint.desks.ballistics import desk_http as ballistics, http as exhibits
from tripoint.desks.ballistics.searching import WORK as BALLISTICS
from tripoint.desks.checks import http as checks
from tripoint.desks.dealers import http as dealers
from tripoint.desks.interviews import http as interviews
from tripoint.desks.modi import http as modi
from tripoint.desks.operations import http as operations
from tripoint.desks.operations.grants import http as grants
from tripoint.desks.operations.readiness import http as readiness
from tripoint.desks.operations.roster import http as roster
from tripoint.desks.operations.sheets import http as plan_sheets
from tripoint.desks.results import http as results
from tripoint.desks.seizures import http as seizures
from tripoint.desks.situation import http as situation
from tripoint.desks.subjects import http as subjects
from tripoint.desks.tracing import http as tracing
from tripoint.desks.victims import http as victims
from tripoint.doors import batch
from tripoint.doors.entrance import ENTRANCE, open_entrance
from tripoint.doors.errors import REFUSALS, add_error_shapes
from tripoint.doors.express import Express
from tripoint.doors.guard import Guard
from tripoint.doors.match import http as match
from tripoint.doors.searching import Waker
from tripoint.records import http as records
from tripoint.records.exports import http as exports
from tripoint.records.firearms import http as firearms
from tripoint.records.glass import http as glass
from tripoint.records.indexing.folder import NAME as INDEX, Folder
from tripoint.records.indexing.held import PersonIndex
from tripoint.records.loading import http as lists
from tripoint.records.merging import http as merging
from tripoint.records.occurrences import http as occurrences, keeping_http as report_clocks
from tripoint.records.pictures import http as pictures
from tripoint.records.release import http as release
from tripoint.records.retention import http as retention
from tripoint.records.retention.jobs import destroy_keys
from tripoint.records.sealed import http as sealed
from tripoint.reports import ballistics_http as comparisons, http as reports
from tripoint.room import feed, http as room, live_http as live_room
from tripoint.wiring import EXPORTED, FOLLOWED_UP, REPORTING, TWO_PEOPLE, WIRING

WEB = Path(tripoint.__file__).parent / "web"
PAGES = {"/": "room.html", "/field": "field.html", "/look": "look.html", "/field-worker.js": "field-worker.js"}
FIRST = "/first"  # the page of the first administrator: there until he is made
AT_ONCE = 8  # requests worked on at once in one process; more would only take turns on its one processor
health_routes = Routes("/api/health", "health")
ROUTES = (
    access.routes, wall.routes, *ENTRANCE, sealing.routes, operations.routes, grants.routes, roster.routes,
    plan_sheets.routes, readiness.routes_for(REPORTING), situation.routes, situation.of_operations,
    checks.checks, checks.hits, records.routes, lists.routes,
    sealed.routes, retention.routes, room.routes, live_room.routes, match.routes, subjects.routes, dealers.routes,
    seizures.routes, reports.routes, results.routes, victims.routes, interviews.routes, tracing.routes,
    four_eyes.routes_for(TWO_PEOPLE), exports.routes_for(EXPORTED), release.routes, merging.routes,
    break_glass.routes, glass.routes, devices.routes, first.routes,
    occurrences.routes_for(FOLLOWED_UP), report_clocks.routes, pictures.routes, firearms.routes, modi.routes,
    exhibits.routes, ballistics.routes, comparisons.routes, health_routes,
)  # fmt: skip


class HealthShown(BaseModel):
    """Whether the hub works; who has not signed in learns no more."""

    status: str
    version: str
    database: str
    index: str


@health_routes.open("GET", "", Act.SEE_HEALTH)
def health(request: Request) -> HealthShown:
    """Whether the hub and its database answer, and whether persons can be searched: no numbers, they tell of others."""
    with transaction(door_of(request).engine) as session:
        session.exec_driver_sql("select 1")
    index = Folder(request.app.state.index).status().state
    return HealthShown(status="ok", version=tripoint.__version__, database="ok", index=index.value)


def make_door(settings: Settings, app_address: str, persons: PersonLookup | None = None) -> Door:
    """The door, with this installation's choices; persons are looked up in the index of the data folder."""
    return Door(
        make_engine(app_address, pool=settings.connections),
        session_idle=settings.session_idle,
        session_length=settings.session_length,
        memory=ShortMemory(0.5),
        persons=persons or PersonIndex(settings.data / INDEX, at_once=searches_at_once(settings)),
        keys=KeyRing(settings.data / KEYS),
        clocks=Clocks(settings.referral_within, settings.answer_within, settings.urgent_answer_within),
        budgets=Budgets(allowances(settings)),
        room=RoomLeft(settings.data / "postgres", settings.least_room).check,
    )


def allowances(settings: Settings) -> dict[Kind, Allowance]:
    """How much may be asked and read in this installation."""
    return {
        Kind.CHECKS: Allowance.per_second(settings.checks_per_second),
        Kind.LOOKS: Allowance.per_second(settings.looks_per_second),
        Kind.CHANGES: Allowance.per_second(settings.changes_per_second),
        Kind.READS: Allowance.per_hour(settings.reads_per_hour),
    }


def spare_pauses() -> None:
    """Keep the collector of cyclic garbage from walking through all caches while requests wait: tenths of a second.

    What stands at the start is never looked at again; later the young are, often enough for what requests leave behind.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 1_000)


def life_of(
    app_address: str, relay_address: str, sealer: Sealer | None, waker: Waker
) -> Callable[[FastAPI], Any]:
    """What runs beside the application from its start to its end: the relay, the sealer, the listener."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        relay_engine = make_engine(relay_address, role=RELAY_ROLE, pool=2)
        chores = (*WIRING.chores, destroy_keys(app.state.door.keys), waker.look)
        listeners = {**WIRING.listeners, BALLISTICS: waker.wake}
        relay = Relay(relay_engine, replace(WIRING, chores=chores, listeners=listeners))
        if isinstance(app.state.door.persons, PersonIndex):
            app.state.door.persons.warm()  # before the port is open: nobody waits for a compiler
        app.state.wake_up = WakeUp(app_address.replace("postgresql+psycopg://", "postgresql://"))
        spare_pauses()
        current_default_thread_limiter().total_tokens = AT_ONCE
        settling = Settling(app.state.door.engine, app.state.door.budgets)
        relay.start()
        if sealer:
            sealer.start()
        app.state.wake_up.start()
        settling.start()
        yield
        settling.stop()
        app.state.wake_up.stop()
        if sealer:
            sealer.stop()
        relay.stop()
        waker.stop()
        relay_engine.dispose()
        app.state.door.engine.dispose()

    return life


def make_app(
    settings: Settings, app_address: str, relay_address: str, persons: PersonLookup | None = None,
    sealer: Sealer | None = None,
) -> FastAPI:  # fmt: skip
    """The application over one database; nothing runs until it is served."""

    failpoints.arm_from(os.environ, settings.data)
    breached.brought()  # a list that cannot be read stops the start, not the first who chooses a password
    app = FastAPI(
        title="Tripoint",
        version=tripoint.__version__,
        lifespan=life_of(app_address, relay_address, sealer, Waker(settings, relay_address)),
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        responses=REFUSALS,
    )
    app.state.door = make_door(settings, app_address, persons)
    open_entrance(app, settings)
    app.state.index = settings.data / INDEX
    app.add_middleware(Express, door=app.state.door)  # within the guard, which is added after it
    app.add_middleware(
        Guard, body_limit=settings.body_limit, batch_limit=settings.batch_limit, batch_path=batch.BATCH,
        hosts=settings.known_hosts,
    )  # fmt: skip
    add_error_shapes(app)
    app.include_router(batch.router)  # before /api/checks/{check}
    for routes in ROUTES:
        app.include_router(routes.router)
    app.include_router(feed.router)
    add_pages(app)
    return app


def searches_at_once(settings: Settings) -> int:
    """How many searches for persons one process computes at a time: its share of the processors."""
    return max(1, (os.cpu_count() or 1) // max(1, settings.workers))


def add_pages(app: FastAPI) -> None:
    """The built pages, where they are built."""
    if not WEB.exists():
        return
    # Compressed here and not under /api: what mixes secrets with a caller's words must not be.
    app.mount("/assets", GZipMiddleware(StaticFiles(directory=WEB), minimum_size=1024), name="assets")
    for path, name in PAGES.items():
        if (WEB / name).exists():
            app.add_api_route(path, page(WEB / name), include_in_schema=False)
    app.add_api_route(FIRST, first_page, include_in_schema=False)


def page(file: Path) -> Any:
    """An endpoint that serves one built page; pages hold no data, so anybody may have them."""

    def endpoint() -> FileResponse:
        return FileResponse(file, headers={"Cache-Control": "no-cache"})

    setattr(endpoint, "act", Act.SEE_HEALTH)  # noqa: B010 - a function has no such attribute to mypy
    return endpoint


def first_page(request: Request) -> FileResponse:
    """The page on which the first administrator of an empty hub is made. Raises NotFound once there is anybody."""
    if not first_work.is_open(door_of(request).engine):
        raise NotFound
    return FileResponse(WEB / PAGES["/"], headers={"Cache-Control": "no-cache"})


setattr(first_page, "act", Act.FOUND_HUB)  # noqa: B010
