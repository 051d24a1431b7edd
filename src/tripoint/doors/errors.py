"""Every failure leaves as the same shape: a code, the field, a sentence, a remedy, and the request's id."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from tripoint.base.errors import TooMany, TripointError
from tripoint.base.logs import logger
from tripoint.doors.guard import dress, seen_in
from tripoint.records.occurrences.errors import BadForm

log = logger(__name__)
WORDS = {404: "There is nothing at this address.", 405: "This address does not take that method."}


class ProblemShown(BaseModel):
    """One of several things that are wrong with a report."""

    field: str
    sentence: str
    remedy: str


class ErrorFields(BaseModel):
    """What went wrong: a code for programs, a sentence and its remedy for people, the number to tell the operator."""

    code: str
    field: str | None
    sentence: str
    remedy: str | None
    request: UUID | None
    problems: list[ProblemShown] = []  # of a report: everything that is wrong with it; else absent


class ErrorShown(BaseModel):
    """The one shape of every refusal and failure."""

    error: ErrorFields


REFUSALS: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": ErrorShown, "description": "Refused; the sentence says why."},
    "5XX": {"model": ErrorShown, "description": "Not answered; send it again."},
}


def shaped(
    request: Request, status: int, code: str, sentence: str, field: str | None = None, remedy: str | None = None,
    **more: Any,
) -> JSONResponse:  # fmt: skip
    """The one shape of an error."""
    request_id: UUID | None = getattr(request.state, "id", None)
    error = {
        "code": code,
        "field": None if field is None else readable(field),
        "sentence": sentence,
        "remedy": remedy,
        "request": str(request_id) if request_id else None,
        **more,
    }
    return JSONResponse({"error": error}, status, headers={"Cache-Control": "no-store"})


def ours(request: Request, error: Exception) -> JSONResponse:
    """An error of our own family."""
    if not isinstance(error, TripointError):
        raise TypeError(type(error).__name__)
    if error.status >= 500:
        log.error(error.code, request=str(getattr(request.state, "id", "")), error=type(error).__name__)
    more = {"problems": problems_of(error)} if isinstance(error, BadForm) else {}
    answer = shaped(request, error.status, error.code, error.sentence, error.field, error.remedy, **more)
    if isinstance(error, TooMany):
        answer.headers["Retry-After"] = str(error.wait)
    return answer


def problems_of(error: BadForm) -> list[dict[str, str]]:
    """Everything that is wrong with a report, field by field."""
    return [
        {"field": readable(one.field), "sentence": one.reason, "remedy": one.remedy} for one in error.problems
    ]


def field_of(location: tuple[Any, ...]) -> str | None:
    """The field's path as the caller wrote it; the kind of place (body, query, path) is left out."""
    names = [str(part) for part in location if part not in ("body", "query", "path", "header")]
    return readable(".".join(names)) or None


def readable(text: str) -> str:
    """Text that can go out: half a character, which JSON can carry but UTF-8 cannot, becomes a question mark."""
    return text.encode("utf-8", "replace").decode()


def unreadable(request: Request, error: Exception) -> JSONResponse:
    """A body or parameter that does not fit its declaration. What was sent is never repeated."""
    if not isinstance(error, RequestValidationError):
        raise TypeError(type(error).__name__)
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return shaped(request, 422, "bad_body", "The body is not JSON.", remedy="Send one JSON object in UTF-8.")
    field = field_of(first["loc"])
    sentence = first["msg"].removeprefix("Value error, ")
    return shaped(
        request, 422, "bad_field", f"{field or 'body'}: {sentence}", field, "Correct this field and send it again."
    )


def refused(request: Request, error: Exception) -> JSONResponse:
    """An address or method that is not there."""
    if not isinstance(error, HTTPException):
        raise TypeError(type(error).__name__)
    code = {404: "not_found", 405: "no_such_method", 400: "bad_request"}.get(error.status_code, "refused")
    answer = shaped(request, error.status_code, code, WORDS.get(error.status_code, "The request cannot be read."))
    answer.headers.update(error.headers or {})
    return answer


def unforeseen(request: Request, error: Exception) -> JSONResponse:
    """The last resort: nothing of the cause goes out. It is sent outside the guard and wears its headers itself."""
    log.error("unforeseen", request=str(getattr(request.state, "id", "")), exc_info=error)
    answer = shaped(
        request,
        500,
        "internal",
        "Something went wrong on our side; nothing was kept.",
        remedy="Try again, then tell the operator the request's id.",
    )
    answer.headers.update(dress(request.scope["path"], seen_in(request.scope).host))
    answer.headers["x-request-id"] = str(getattr(request.state, "id", ""))
    return answer


def add_error_shapes(app: FastAPI) -> None:
    """Give the application the four shapes."""
    app.add_exception_handler(TripointError, ours)
    app.add_exception_handler(RequestValidationError, unreadable)
    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(Exception, unforeseen)
