"""Many checks in one request: a question a line in, an answer a line out, a chunk of lines in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import ValidationError

from tripoint.access.door import Caller, Door
from tripoint.access.model import Act
from tripoint.access.routes import caller_of, door_of
from tripoint.base import failpoints
from tripoint.base.errors import BadInput, TripointError
from tripoint.base.logs import logger
from tripoint.desks.checks import many, work
from tripoint.desks.checks.http import answer_shown, body_as_asked, question_from, sets_shown
from tripoint.desks.checks.many import Line
from tripoint.desks.checks.model import Answer, Same
from tripoint.desks.checks.shapes import CheckAsked
from tripoint.doors.errors import field_of

BATCH = "/api/checks/batch"
IN_MEMORY = 1_048_576  # a longer batch waits on disk, not in memory
LONGEST_LINE = 65_536
CHUNK = 250  # lines asked together: some tenths of a second, so that no answer waits long for its neighbours
NO_SETS = '"sets":[]'  # nowhere within a text: there every quotation mark has its backslash
NDJSON = "application/x-ndjson"
BODY = {"required": True, "content": {NDJSON: {"schema": {"$ref": "#/components/schemas/CheckAsked"}}}}
router = APIRouter(tags=["checks"])
log = logger(__name__)


@router.post(
    BATCH,
    response_class=StreamingResponse,
    openapi_extra={"requestBody": BODY},
    responses={200: {"description": "An answer a line.", "content": {NDJSON: {"schema": {"type": "string"}}}}},
)
async def ask_batch(request: Request) -> StreamingResponse:
    """Ask many checks: one JSON object a line (`application/x-ndjson`), in the shape of a single check.

    Each line is answered by one line: an answer, or `{"line": n, "error": {...}}`; a bad line does not stop the rest.
    """
    door, caller = door_of(request), caller_of(request)
    await run_in_threadpool(admit, door, caller)
    lines = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed when the answer has gone out
    async for chunk in request.stream():
        await run_in_threadpool(lines.write, chunk)
    lines.seek(0)
    return StreamingResponse(answers(door, caller, lines), media_type=NDJSON)


setattr(ask_batch, "act", Act.ASK_CHECK)  # noqa: B010 - a function has no such attribute to mypy


def admit(door: Door, caller: Caller) -> None:
    """Refuse the whole batch of one who may not ask, before it is read."""
    with door.visit(caller, Act.ASK_CHECK, quiet=True):
        return


@dataclass(frozen=True, slots=True)
class Read:
    """A line as it was read: its number, and what it asks or what is wrong with it."""

    number: int
    line: Line | TripointError


class NothingToKeep(Exception):
    """No line of a chunk could be answered: its transaction leaves nothing behind."""


def answers(door: Door, caller: Caller, lines: IO[bytes]) -> Iterator[str]:
    """Answer chunk by chunk; the answers of a chunk come together, in the order of their lines."""
    with lines:
        source = read_lines(lines)
        while chunk := list(islice(source, CHUNK)):
            told = "".join(answer_chunk(door, caller, chunk))
            failpoints.reached("chunk", BATCH)  # these lines were committed, nothing is told of them yet
            yield told


def read_lines(lines: IO[bytes]) -> Iterator[Read]:
    """The lines one by one, without empty ones."""
    number = 0
    while line := lines.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            skip_rest(lines)
            yield Read(
                number, BadInput(f"Line {number} is longer than {LONGEST_LINE} bytes.", remedy="One check a line.")
            )
        elif line.strip():
            yield Read(number, read_line(line))


def skip_rest(lines: IO[bytes]) -> None:
    """Go to the end of a line that is too long."""
    while (part := lines.readline(LONGEST_LINE)) and not part.endswith(b"\n"):
        pass


def read_line(line: bytes) -> Line | TripointError:
    """What a line asks, or what is wrong with it."""
    try:
        body = CheckAsked.model_validate_json(line)
        return Line(question_from(body), body_as_asked(body))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        field = field_of(first["loc"])
        return BadInput(f"{field or 'line'}: {first['msg'].removeprefix('Value error, ')}", field=field)
    except TripointError as error:
        return error


def answer_chunk(door: Door, caller: Caller, chunk: Sequence[Read]) -> list[str]:
    """The answers to a chunk of lines: all readable ones asked together, or one by one where that cannot be."""
    texts: dict[int, str] = {}
    for group in of_different_ids(chunk):
        asked = [(one.number, one.line) for one in group if isinstance(one.line, Line)]
        texts |= {one.number: error_line(one.number, one.line) for one in group if isinstance(one.line, TripointError)}
        texts |= dict(zip((number for number, _ in asked), ask_together(door, caller, asked), strict=True))
    return [texts[one.number] for one in chunk]


def of_different_ids(chunk: Sequence[Read]) -> list[list[Read]]:
    """The chunk cut before every line that repeats an id: what was asked first must be kept before it is repeated."""
    groups: list[list[Read]] = [[]]
    seen: set[UUID] = set()
    for one in chunk:
        which = one.line.question.id if isinstance(one.line, Line) else None
        if which in seen:
            groups.append([])
            seen.clear()
        if which is not None:
            seen.add(which)
        groups[-1].append(one)
    return groups


def ask_together(door: Door, caller: Caller, asked: Sequence[tuple[int, Line]]) -> list[str]:
    """The answers to lines of different ids, in one visit; one by one where that did not succeed as a whole."""
    if len(asked) < 2:
        return [ask_alone(door, caller, number, line) for number, line in asked]
    lines = [line for _, line in asked]
    try:
        with door.visit(caller, Act.ASK_CHECK, ahead=many.looks(lines, door.keys)) as visit:
            for _ in lines[1:]:  # the door has counted one
                door.budgets.ask(visit.sign_in.id, Act.ASK_CHECK)
            found = many.ask_many(visit, lines)
            if not visit.notes:
                raise NothingToKeep
    except Exception as error:  # whatever it was, each line now meets it, or does not, by itself
        log.info("a chunk is asked line by line", request=str(caller.request), error=type(error).__name__)
        return [ask_alone(door, caller, number, line) for number, line in asked]
    return [
        error_line(number, one) if isinstance(one, TripointError) else answer_text(one)
        for (number, _), one in zip(asked, found, strict=True)
    ]


def ask_alone(door: Door, caller: Caller, number: int, line: Line) -> str:
    """The answer to one line, or its error."""
    try:
        with door.visit(caller, Act.ASK_CHECK, ahead=work.looks(line.question, door.keys)) as visit:
            answer = work.ask(visit, line.question, line.asked)
        return answer_text(answer)
    except TripointError as error:
        return error_line(number, error)
    except Exception as error:  # one line's fault, even ours, does not silence the lines after it
        log.error("unforeseen", request=str(caller.request), exc_info=error)
        return error_line(number, TripointError())


def answer_line(door: Door, caller: Caller, number: int, line: bytes) -> str:
    """The answer to one line that came alone, or its error."""
    read = read_line(line)
    return error_line(number, read) if isinstance(read, TripointError) else ask_alone(door, caller, number, read)


def answer_text(answer: Answer) -> str:
    """The answer as the single check gives it. The sets, which are the same for line after line, are written once."""
    sets = sets_text(Same(answer.sets), answer.question.kinds, frozenset(one.kind for one in answer.failed))
    shown = answer_shown(replace(answer, sets=())).model_dump_json()
    return shown.replace(NO_SETS, sets, 1) + "\n"


@lru_cache(256)
def sets_text(known: Same, asked: tuple[str, ...], failed: frozenset[str]) -> str:
    """The sets of an answer in JSON, with their name."""
    return NO_SETS[:-1] + ",".join(one.model_dump_json() for one in sets_shown(known, asked, failed)) + "]"


def error_line(number: int, error: TripointError) -> str:
    """An error in the place of an answer."""
    shown: dict[str, Any] = {
        "code": error.code,
        "field": error.field,
        "sentence": error.sentence,
        "remedy": error.remedy,
    }
    return json.dumps({"line": number, "error": shown}, ensure_ascii=False) + "\n"
