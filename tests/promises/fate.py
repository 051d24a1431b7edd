"""Make a session's luck the same twice: the clock, the ids and the randomness of every request of one world.

What is left that cannot be steered is the database's own clock; `plain` takes it out, and that list is all there is.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import secrets
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from unittest import mock

import psycopg
from fastapi import FastAPI

from tests import handset
from tests.promises.knocking import Answer
from tests.promises.written import Written
from tripoint.base import ids
from tripoint.base.embedded_postgres import Servers
from tripoint.base.memory import ShortMemory

# All that is masked of an answer, each with the reason.
MASKS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\.\d+(Z|\+00:00)"), "moment",
        "a moment with fractions of a second is of the database's own clock; those of the hub are whole here",
    ),
    (
        re.compile(r'"per_minute":\[[^]]*\]'), "minutes",
        "the last sixty minutes by the database's clock: the same counts may fall into either side of a full minute",
    ),
    (
        re.compile(r'"[0-9a-f]{12}(\.[0-9a-f]{12})+"'), "the mark of a picture",
        "the hash of each part that is shown, the database's moments in it; tests/room holds it to what is shown",
    ),
    (
        re.compile(r'"id": "[0-9a-f-]+", "change": "hourly"'), "an hourly head",
        "the sealer names the hour's head of the one log of all parties by its own dice",
    ),
    (
        re.compile(r'("reported":\[[^]]*\]),"as_of":"[^"]*"'), r'\1,"as_of":"moment"',
        "when a party last did anything: checks are counted by the minute of the database's clock",
    ),
    (
        re.compile(r'(?<="counts":{)"checks":\d+,?'), "",
        "in which step of the timeline checks fall: by the same minutes; how many there are is compared above it",
    ),
    (
        re.compile(r"expires=[^;]*GMT"), "expires=at once",
        "a cookie that is taken back names the moment, by the framework's clock",
    ),
)  # fmt: skip
# Renewed once a minute, settled once a second, whoever asks what.
RENEWED = ("sign_in", "budget")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# Statements that are not counted: they are sent now and then, by the clock of the process, whoever asks what.
BY_THE_CLOCK = ("settle_budgets",)
VALUES = re.compile(r"Literal\([^)]*\)")  # values within statements that are put together
COUNTED = ("tripoint_app",)


def plain(text: str) -> str:
    """The text without what is masked."""
    for pattern, word, _ in MASKS:
        text = pattern.sub(word, text)
    return text


@dataclass
class Fate:
    """The luck of one world's readers, the same in each world that begins at the same moment."""

    begins: datetime  # to the second
    steps: int = 0
    held: int = 0
    dice: random.Random = field(default_factory=random.Random)

    def clock(self) -> datetime:
        """The hub's clock: one second for a hundred requests."""
        return self.begins + timedelta(seconds=self.steps // 100)

    def nanoseconds(self) -> int:
        return int(self.clock().timestamp()) * 1_000_000_000

    def rule(self, app: FastAPI) -> None:
        """Give the door of an application this clock, and no memory of its own."""
        object.__setattr__(app.state.door, "clock", self.clock)
        object.__setattr__(app.state.door, "memory", ShortMemory(0))

    @contextlib.contextmanager
    def holds(self) -> Generator[None]:
        """Within the block everything random is thrown by these dice, which know only how often they were asked for."""
        self.held += 1
        self.dice.seed(self.held)
        with contextlib.ExitStack() as held:
            for target, name, value in (
                (ids, "time", SimpleNamespace(time_ns=self.nanoseconds)),
                (ids, "secrets", SimpleNamespace(randbits=self.dice.getrandbits)),
                (handset, "time", SimpleNamespace(time=lambda: self.nanoseconds() // 1_000_000_000)),
                (secrets, "token_bytes", lambda n=None: self.dice.randbytes(n or 32)),
                (secrets, "randbits", self.dice.getrandbits),
                (os, "urandom", self.dice.randbytes),
                (random, "_urandom", self.dice.randbytes),
            ):
                held.enter_context(mock.patch.object(target, name, value))
            yield


@dataclass
class Tally:
    """Counts the work of a request as the database sees it: statements sent, rows written in each table."""

    database: Servers
    statements: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = Written(self.database)

    def mark(self) -> int:
        """A number below which everything was written before."""
        return self.rows.mark()

    def written(self, mark: int) -> dict[str, int]:
        """How many rows of each table were added, changed and taken out since."""
        found = self.rows.counted(mark)
        return {deed: n for deed, n in found.items() if deed.partition(" ")[2] not in RENEWED}

    @contextlib.contextmanager
    def counting(self) -> Generator[None]:
        """Within the block every statement on any connection is written down, without its values."""
        execute: Any = psycopg.Cursor.execute

        def counted(cursor: psycopg.Cursor, query: object, *arguments: object, **options: object) -> object:
            text = query.decode() if isinstance(query, bytes) else str(query)
            if cursor.connection.info.user in COUNTED and not any(word in text for word in BY_THE_CLOCK):
                self.statements.append(VALUES.sub("a value", text))
            return execute(cursor, query, *arguments, **options)

        self.statements.clear()
        with mock.patch.object(psycopg.Cursor, "execute", counted):
            yield

    def close(self) -> None:
        self.rows.close()


@dataclass
class Told:
    """Writes down answers as a client sees them. Ids that the database made itself go by the order they appear in.

    Those are of version 7 and made `since` a moment on that the hub's own clock never comes to.
    """

    since: datetime
    names: dict[str, str] = field(default_factory=dict)

    def __call__(self, answer: Answer) -> str:
        body = answer.body.decode(errors="replace")
        counted = MASKS[1][0].search(body) is not None  # its length goes with the minutes
        headers = "\n".join(
            f"{name}: {value}" for name, value in answer.headers if not (counted and name == "content-length")
        )
        return ID.sub(self.named, plain(f"{answer.status}\n{headers}\n{body}"))

    def named(self, found: re.Match[str]) -> str:
        """The id, or its number where it is of the database."""
        text = found[0]
        if text[14] != "7" or int(text[:8] + text[9:13], 16) < self.since.timestamp() * 1000:
            return text
        return self.names.setdefault(text, f"made in the database, number {len(self.names)}")
