"""Nothing of what people write and hold comes into a log: distinctive strings go in everywhere and come out nowhere.

Good input and bad: as names, numbers, passwords, tokens, one-time codes, ids, headers, broken bodies and lists loaded
at the command line. Then no line of the programs' log, none of the database's, and no row of the trail may hold one.
What an officer writes to justify himself is the one text that the trail keeps: reasons, and the name of his device.
"""

from __future__ import annotations

import base64
import io
import json
import logging
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from typer.testing import CliRunner

from tests.promises.cast import Side, World, build, cheapen_passwords
from tests.promises.declared import routes_of
from tests.promises.knocking import Knock, Street
from tests.promises.rows import ROWS
from tests.promises.sending import Request, request_of
from tests.town import as_owner, rows
from tripoint.access.model import Act, Role
from tripoint.access.rules import WHO_MAY
from tripoint.base.embedded_postgres import Servers
from tripoint.base.logs import configure_logs
from tripoint.doors.load import app as loading

CANARY = "Qanaryxi"  # followed by letters: nothing of ours is called so
STAFF = tuple(role for role in Role if role is not Role.HUB_OPERATOR)
JUSTIFYING = {"reason", "override_reason", "note", "device", "answer", "contact"}
SPOILT = ("{}", "{}'\"\\\x00" + "x" * 3000)


@pytest.fixture(scope="module")
def log() -> Generator[io.StringIO]:
    root = logging.getLogger()
    before, level = root.handlers, root.level
    stream = io.StringIO()
    configure_logs("json", "debug", stream)
    logging.getLogger("numba").setLevel(logging.WARNING)  # it tells every step of compiling our own code
    yield stream
    logging.getLogger("numba").setLevel(logging.NOTSET)
    root.handlers = before
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture(scope="module")
def world(database: Servers, log: io.StringIO) -> Generator[World]:
    with pytest.MonkeyPatch.context() as patch:
        cheapen_passwords(patch)
        street = Street(build(database))
        world = World(database, street.app, street)
        world.side("COL", *STAFF)
        world.side("BRA", *STAFF)
        yield world
        street.close()


def texts(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The places of all texts within a body, those that justify left out."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in JUSTIFYING:
                yield from texts(inner, (*place, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from texts(inner, (*place, number))
    elif isinstance(value, str):
        yield place


def replaced(value: Any, place: tuple[Any, ...], text: str) -> Any:
    """The body with another text at one place."""
    if not place:
        return text
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[place[0]] = replaced(value[place[0]], place[1:], text)
    return copy


def spoilt(request: Request, form: str) -> Iterator[Request]:
    """The request with one of its texts replaced, each in turn."""
    text = form.format(CANARY)
    for name in (name for name in request.path if "\x00" not in text):
        yield Request(**_fields(request) | {"path": {**request.path, name: CANARY}})
    for name in (name for name in request.query if name not in JUSTIFYING):
        yield Request(**_fields(request) | {"query": {**request.query, name: text}})
    if isinstance(request.body, dict):
        for place in texts(request.body):
            yield Request(**_fields(request) | {"body": replaced(request.body, place, text)})
        yield Request(**_fields(request) | {"body": request.body | {CANARY: CANARY}})
        yield Request(**_fields(request) | {"body": json.dumps(request.body).encode()[:-1] + CANARY.encode()})


def _fields(request: Request) -> dict[str, Any]:
    return {name: getattr(request, name) for name in ("method", "template", "path", "query", "body", "headers")}


def officer_for(world: World, act: str | None) -> Knock:
    allowed = WHO_MAY.get(Act(act), frozenset()) if act else frozenset()
    side = world.sides["COL"]
    return side.staff[next((role for role in STAFF if role in allowed), Role.VIEWER)]


def write_everywhere(world: World) -> int:
    """Put the strings into every text of every route; how many requests that were."""
    sent, side = 0, world.sides["COL"]
    for route in routes_of(world.app):
        row = ROWS.get(route.name)
        if row is None or row.ends_session or not route.path.startswith(("/api", "/match")):
            continue
        who = officer_for(world, row.act)
        request = request_of(route, row, side, who)
        for number, form in enumerate(SPOILT):
            for bad in spoilt(request, form):
                quiet(bad, who)
                sent += 1
            if number == 0:
                headers = dict.fromkeys(("x-csrf-token", "last-event-id", "x-request-id", "user-agent"), CANARY)
                stranger = Knock(world.street, {"authorization": f"Bearer {CANARY}", "cookie": f"a={CANARY}"} | headers)
                quiet(request, stranger)
    return sent


def quiet(request: Request, who: Knock) -> None:
    """Send it, whatever comes of it: what goes wrong here has its own proofs; a signed-in session stays."""
    kept = dict(who.headers)
    try:
        request.send(who)
    except UnicodeError:
        return  # no such text can be sent at all
    finally:
        who.headers = kept


def report_from_the_field(side: Side) -> None:
    """The strings in reports: as who somebody is, as remarks, as codes and fields that are refused, in a sheet."""
    operation, at = side.operation(), side.world.now().isoformat()
    for values in ({"names": CANARY, "remarks": CANARY}, {"nationality": CANARY}, {CANARY: CANARY}):
        body = {"id": str(side.world.new_id()), "operation": operation, "happened_at": at, "values": values}
        assert side.keeper("POST", "/api/detections", body).status in (201, 422)
    sheet = base64.b64encode(f"happened_at,remarks\n{at},{CANARY}\n{CANARY},{CANARY}\n".encode()).decode()
    side.keeper.done("POST", "/api/detections/sheet", {"operation": operation, "file": sheet})


def hold_and_ask(world: World) -> None:
    """The strings as good input: held, shared, asked for, met and decided upon."""
    owner, asker = world.sides["BRA"], world.sides["COL"]
    shared = {"readers": {"kind": "everyone"}, "meeting": {"kind": "everyone"}, "level": "full"}
    person = {
        "names": [{"full": f"{CANARY} Inventada Nadie"}], "births": ["1976-05-12"], "status": "wanted",
        "documents": [{"number": CANARY.upper(), "issuer": "BRA", "type": "passport"}],
        "circumstances": f"{CANARY} was seen",
    }  # fmt: skip
    owner.keeper("POST", "/api/records/person", {"content": person, "terms": shared})
    vehicle = {"status": "stolen", "plate": CANARY.upper(), "country": "PRY", "model": CANARY}
    owner.keeper.done("POST", "/api/records/vehicle", {"content": vehicle, "terms": shared})
    world.app.state.door.persons.stale = True
    question = {"vehicle": {"plate": CANARY.upper()}, "person": {"name": f"{CANARY} Inventada", "birth": "1976-05-12"}}
    asked = asker.question("vehicle", vehicle) | question
    assert asker.keeper("POST", "/api/checks", asked).status < 500
    report_from_the_field(asker)
    for secret in (CANARY, f"{CANARY}@col", f"ana@{CANARY}"):
        asker.keeper("POST", "/api/sign-in", {"name": secret, "password": CANARY})
    asker.keeper("GET", f"/api/nowhere/{CANARY}", None, {CANARY: CANARY})


def load_lists(database: Servers, folder: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """The strings in lists, in rows that are taken and rows that are not."""
    monkeypatch.setenv("TRIPOINT_DATABASE", database.app)
    monkeypatch.setenv("TRIPOINT_ADMIN_DATABASE", database.admin)
    monkeypatch.setenv("TRIPOINT_DATA", str(folder))
    lists = {
        "documents": f"number,type,status\n{CANARY},passport,lost\n{CANARY}\x01,{CANARY},{CANARY}\n,,{CANARY}\n",
        "vehicles": f"plate,status,model\n{CANARY},stolen,{CANARY}\n{CANARY}{CANARY}{CANARY},{CANARY},x\n",
        "firearms": f"serial,make,status\n{CANARY},{CANARY},lost\n,{CANARY},{CANARY}\n",
        "un-sc": f"<{CANARY}><name>{CANARY}</name>",
    }
    for command, text in lists.items():
        file = folder / f"{command}.csv"
        file.write_text(text)
        CliRunner().invoke(loading, [command, str(file), "--owner", code.lower(), "--audience", "own"])


def test_no_log_and_no_line_of_the_trail_holds_what_people_wrote(
    world: World, database: Servers, log: io.StringIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold_and_ask(world)
    assert write_everywhere(world) > 100
    load_lists(database, tmp_path, monkeypatch, "BRA")
    assert held(database)  # the strings did arrive
    assert [line for line in log.getvalue().splitlines() if CANARY.lower() in line.lower()] == []
    logging.getLogger("another.package").warning("%s", CANARY)
    assert CANARY in log.getvalue()  # there was a log, and it would have been seen
    with as_owner(database) as owner:
        assert rows(owner, "select a::text from audit a where a::text ilike %(c)s", c=f"%{CANARY}%") == []
        told = rows(owner, "select o::text from outbox o where o::text ilike %(c)s", c=f"%{CANARY}%")
    assert told == []
    if folder := server_log():
        lines = [line for file in folder.glob("*.log") for line in file.read_text(errors="replace").splitlines()]
        assert lines
        assert [line for line in lines if CANARY.lower() in line.lower()] == []


def held(database: Servers) -> bool:
    with as_owner(database) as owner:
        found = rows(owner, "select 1 from vehicle v where v::text ilike %(c)s", c=f"%{CANARY}%")
    return bool(found)


def server_log() -> Path | None:
    """The log of the test's own server; none where one was named, whose log is elsewhere."""
    folder = Path(os.environ["PYTEST_TRIPOINT_FOLDER"]) / "postgres"
    return (folder / "data" / "log") if folder.exists() else None
