"""Places where a test may make the hub fail: armed by TRIPOINT_FAILPOINTS, and by nothing a real hub has.

An entry reads `place=action` or `place about=action`, several are parted by semicolons: `answer POST /api/hits=exit`.
With `@n` behind it the action is taken at the n-th time only. Actions: `exit` ends the process as `kill -9` would,
`drop` breaks the request off. A hub refuses to start with the variable set, unless a test marked its data folder.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from tripoint.base.errors import SetUp

VARIABLE = "TRIPOINT_FAILPOINTS"
MARK = "failpoints-allowed"  # a file in the data folder, which tests alone put there
ENTRY = re.compile(r"(?P<place>[\w-]+)(?: (?P<about>[^=;]+))?=(?P<action>\w+)(?:@(?P<time>\d+))?")
KILLED = 137  # the status of a process that was ended by signal 9


class Action(StrEnum):
    """What happens at a failpoint."""

    EXIT = "exit"
    DROP = "drop"


class BrokenOff(BaseException):  # no handler of errors may answer in its place
    """A test broke this request off."""


@dataclass(slots=True)
class Failpoint:
    """One armed place; `about` narrows it (a route, say), `time` names which of its times, 0 is each."""

    place: str
    about: str | None
    action: Action
    time: int = 0
    reached: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def is_due(self) -> bool:
        """Count this time; whether it is the one."""
        with self.lock:
            self.reached += 1
            return self.time in (0, self.reached)


_armed: list[Failpoint] = []


def arm(text: str) -> None:
    """Arm the entries of `text` in this process in place of earlier ones; none for an empty text. Raises SetUp."""
    found = [_entry(part.strip()) for part in text.split(";") if part.strip()]
    _armed[:] = found


def arm_from(environment: Mapping[str, str], data: Path) -> None:
    """Arm what the environment asks for, as a hub does at its start.

    Raises SetUp where the data folder was not marked by a test: no real hub fails on purpose.
    """
    text = environment.get(VARIABLE, "")
    if text and not (data / MARK).is_file():
        raise SetUp(
            f"{VARIABLE} is set: it makes a hub fail on purpose, for tests.", field=VARIABLE, remedy="Remove it."
        )
    arm(text)


def reached(place: str, about: str) -> None:
    """Say that this place was come to; where a test armed it, this process ends or BrokenOff is raised."""
    for point in _armed:
        if point.place == place and point.about in (None, about) and point.is_due():
            if point.action is Action.EXIT:
                os._exit(KILLED)
            raise BrokenOff(f"{place} {about}")


def _entry(text: str) -> Failpoint:
    found = ENTRY.fullmatch(text)
    if found is None or found["action"] not in set(Action):
        raise SetUp(f"{text!r} is no failpoint.", field=VARIABLE, remedy="Write place=exit or place about=drop@2.")
    return Failpoint(found["place"], found["about"], Action(found["action"]), int(found["time"] or 0))
