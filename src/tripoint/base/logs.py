"""Logs for operators: what happened, where and how long it took, with ids only and never content."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from typing import Any, Literal, TextIO

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

# What may stand in a line. Names, numbers of documents, addresses and the like have no place among them.
ALLOWED = frozenset(
    {
        "event", "level", "timestamp", "logger", "request", "officer", "party", "operation", "session", "check", "act",
        "route", "method", "status", "milliseconds", "count", "bytes", "port", "error", "trace", "job", "process",
        "record", "persons", "taken", "generation", "seconds", "fault",
    }
)  # fmt: skip
COMMANDS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def configure_logs(
    form: Literal["auto", "json", "console"] = "auto", level: str = "info", stream: TextIO | None = None
) -> None:
    """Send every log line of this process to `stream` (standard error), as JSON unless a person is watching."""
    stream = stream or sys.stderr
    colours = stream.isatty()
    if form == "auto":
        form = "console" if colours else "json"
    renderer: Processor = (
        structlog.dev.ConsoleRenderer(colors=colours) if form == "console" else structlog.processors.JSONRenderer()
    )
    before: list[Processor] = [spell_out] if form == "console" else []  # JSON spells them out itself
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        name_error,
        keep_allowed,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[_hide_arguments, *shared],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *before, renderer],
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    # Its lines hold whole addresses with what was asked for; our own request line says what operators need.
    logging.getLogger("uvicorn.access").disabled = True


def logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger; its first argument is a fixed sentence, facts go into keywords that ALLOWED names."""
    found: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return found


def name_error(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Put an exception's kind and the places it passed into the line, and leave out its words: they may hold data."""
    exc_info = event.pop("exc_info", None)
    if exc_info is True:
        exc_info = sys.exc_info()
    error: Any = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    if isinstance(error, BaseException):
        event["error"] = type(error).__name__
        frames = traceback.extract_tb(error.__traceback__)
        event["trace"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return event


def keep_allowed(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Drop every key that ALLOWED does not name."""
    return {key: value for key, value in event.items() if key in ALLOWED or key.startswith("_")}


def spell_out(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Write signs that would end a line or command a terminal as what they are: nobody forges a line by a name."""
    return {
        key: COMMANDS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", value) if isinstance(value, str) else value
        for key, value in event.items()
    }


def _hide_arguments(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    # Lines of other packages: at debug level they may print values, so only their level and name are kept.
    record = event.get("_record")
    if isinstance(record, logging.LogRecord) and record.levelno < logging.INFO:
        event["event"] = "(detail of a package, left out)"
    return event


def on_the_error_output(*_: Any) -> structlog.PrintLogger:
    """Where lines go until a process chooses: never among what a command prints."""
    return structlog.PrintLogger(sys.__stderr__)


# Without a choice an error is also named by its kind only: the library's own way would print the values around it.
structlog.configure(
    processors=[structlog.stdlib.add_log_level, name_error, keep_allowed, structlog.processors.JSONRenderer()],
    logger_factory=on_the_error_output,
)
