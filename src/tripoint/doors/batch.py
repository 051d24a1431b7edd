"""Many checks in one request: a question a line in, an answer a line out, each in a transaction of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import ValidationError

from tripoint.access.door import Caller, Door
from tripoint.access.model import Act
from tripoint.access.routes import caller_of, door_of
from tripoint.base.errors import BadInput, TripointError
from tripoint.base.logs import logger
from tripoint.desks.checks import work
from tripoint.desks.checks.http import answer_shown, body_as_asked, question_from
from tripoint.desks.checks.shapes import CheckAsked
from tripoint.doors.errors import field_of

BATCH = "/api/checks/batch"
IN_MEMORY = 1_048_576  # a longer batch waits on disk, not in memory
LONGEST_LINE = 65_536
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


def answers(door: Door, caller: Caller, lines: IO[bytes]) -> Iterator[str]:
    """Answer line by line."""
    with lines:
        number = 0
        while line := lines.readline(LONGEST_LINE + 1):
            number += 1
            if len(line) > LONGEST_LINE:
                skip_rest(lines)
                yield error_line(
                    number, BadInput(f"Line {number} is longer than {LONGEST_LINE} bytes.", remedy="One check a line.")
                )
            elif line.strip():
                yield answer_line(door, caller, number, line)


def skip_rest(lines: IO[bytes]) -> None:
    """Go to the end of a line that is too long."""
    while (part := lines.readline(LONGEST_LINE)) and not part.endswith(b"\n"):
        pass


def answer_line(door: Door, caller: Caller, number: int, line: bytes) -> str:
    """The answer to one line, or its error."""
    try:
        body = CheckAsked.model_validate_json(line)
        question = question_from(body)
        with door.visit(caller, Act.ASK_CHECK, ahead=work.looks(question, door.keys)) as visit:
            answer = work.ask(visit, question, body_as_asked(body))
        return answer_shown(answer).model_dump_json() + "\n"
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        field = field_of(first["loc"])
        return error_line(
            number, BadInput(f"{field or 'line'}: {first['msg'].removeprefix('Value error, ')}", field=field)
        )
    except TripointError as error:
        return error_line(number, error)
    except Exception as error:  # one line's fault, even ours, does not silence the lines after it
        log.error("unforeseen", request=str(caller.request), exc_info=error)
        return error_line(number, TripointError())


def error_line(number: int, error: TripointError) -> str:
    """An error in the place of an answer."""
    shown: dict[str, Any] = {
        "code": error.code,
        "field": error.field,
        "sentence": error.sentence,
        "remedy": error.remedy,
    }
    return json.dumps({"line": number, "error": shown}, ensure_ascii=False) + "\n"
