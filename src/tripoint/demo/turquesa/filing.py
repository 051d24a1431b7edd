"""Officers of every party return what happened, as clients do: with slips, twice, and in the end rightly."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tripoint.base.errors import TripointError
from tripoint.demo.client import Line, Refused, Reply, sign_in
from tripoint.demo.turquesa import moments
from tripoint.demo.turquesa.model import DAYS, Course, Planned
from tripoint.demo.world import World
from tripoint.words.forms.catalogue import FORMS

PATIENCE = 20  # times that a request is put off
LONGEST = 600.0  # seconds for one answer: a sheet over 850,000 checks counts for a while
DECLARED = {
    "arrest": "arrests", "victim": "victims_potential", "detection": "detections", "seizure": "seizures",
    "freeze": "freezes", "investigation": "investigations", "incident": "incidents", "interview": "interviews",
    "notice_request": "notices_requested",
}  # fmt: skip


@dataclass(slots=True)
class Desks:
    """The lines of the parties' desks; each is opened when it is first needed."""

    world: World
    host: str
    port: int
    password: str
    _lines: dict[str, Line] = field(default_factory=dict)
    _places: dict[str, Any] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def line(self, party: str) -> Line:
        """The line of a party's liaison officer."""
        return self.open(self.world.liaison(party).sign_in_name)

    def open(self, name: str) -> Line:
        """The line of one officer, signed in."""
        with self._turn:
            if name not in self._lines:
                self._lines[name] = sign_in(self.host, self.port, name, self.password, LONGEST)
            return self._lines[name]

    def places(self) -> tuple[str, Mapping[str, str]]:
        """The operation's id, and the ids of its posts by name."""
        line = self.line(self.world.played.taking_part[0])
        with self._turn:
            if not self._places:
                (operation,) = line.ask("GET", "/api/session")["operations"]
                self._places.update(operation=operation["id"], posts={p["name"]: p["id"] for p in operation["posts"]})
            return self._places["operation"], self._places["posts"]

    def close(self) -> None:
        """Hang up everywhere."""
        with self._turn:
            for line in self._lines.values():
                line.close()
            self._lines.clear()


@dataclass(slots=True)
class Filer:
    """Sends returns. `hits` gives the id of the hit that a check of a story raised, if it did."""

    desks: Desks
    seed: int
    first: datetime
    hits: Callable[[str], str | None] = lambda _: None

    def id_of(self, key: str) -> UUID:
        """The id of a return: the same at every attempt."""
        return moments.id_of(self.first, 0, self.seed, "return", key)

    def file(self, one: Planned) -> int:
        """Return one occurrence on its course; how many times the hub refused it on the way. Raises Refused."""
        if one.course is Course.MISSING:
            return 0
        refused = 0
        if one.first is not None and one.course is Course.WRONG_CODE:
            refused += self.send(one, one.first, may_fail=True).status >= 400
        if one.first is not None and one.course is Course.CORRECTED:
            self.send(one, one.first)
            self.correct(one)
            return refused
        self.send(one, one.values)
        if one.course is Course.TWICE:
            self.send(one, one.values)
        return refused

    def send(self, one: Planned, values: Mapping[str, Any], *, may_fail: bool = False) -> Reply:
        """One attempt."""
        operation, posts = self.desks.places()
        links = [
            {"relation": relation, "to_kind": kind, "to_id": found}
            for relation, kind, key in one.links
            if (found := self.hits(key) if kind == "hit" else str(self.id_of(key)))
        ]
        body = {
            "id": str(self.id_of(one.key)), "operation": operation, "post": posts[one.post] if one.post else None,
            "happened_at": (self.first + timedelta(seconds=one.second)).isoformat(), "values": dict(values),
            "links": links, "joint": str(self.id_of(one.joint)) if one.joint else None,
        }  # fmt: skip
        return asked(self.desks.line(one.party), "POST", f"/api/{FORMS[one.kind].plural}", body, may_fail=may_fail)

    def correct(self, one: Planned) -> None:
        """The right values, with the reason."""
        address = f"/api/{FORMS[one.kind].plural}/{self.id_of(one.key)}"
        body = {"values": dict(one.values), "reason": "The papers were seen again."}
        asked(self.desks.line(one.party), "PUT", address, body)

    def report(self, party: str, day: int, returns: list[Planned]) -> bool:
        """A party's report of one day, which counts its own returns of that day; whether there was one to send."""
        if party == self.desks.world.played.silent and day >= self.desks.world.played.silent_from:
            return False
        figures = dict.fromkeys(DECLARED.values(), 0)
        for one in returns:
            if one.kind in DECLARED and one.course is not Course.MISSING:
                figures[DECLARED[one.kind]] += 1
        operation, _ = self.desks.places()
        body = {
            "id": str(self.id_of(f"report/{party}/{day}")), "operation": operation,
            "day": (self.first + timedelta(days=day)).date().isoformat(), "figures": figures,
        }  # fmt: skip
        asked(self.desks.line(party), "POST", "/api/situation-reports", body)
        return True


def asked(line: Line, method: str, path: str, body: object = None, *, may_fail: bool = False) -> Reply:
    """Ask, and ask again where the hub wants a pause. Raises Refused unless it `may_fail`."""
    for attempt in range(PATIENCE):
        reply = line.call(method, path, body)
        if reply.status not in (429, 503):
            break
        time.sleep(min(2.0, 0.1 * (attempt + 1)))
    if reply.status >= 400 and not may_fail:
        said = reply.body.get("error", {}) if isinstance(reply.body, dict) else {}
        raise Refused(f"{method} {path}: {reply.status} {said.get('field')}: {said.get('sentence', '')}")
    return reply


def by_party(returns: tuple[Planned, ...]) -> dict[str, list[Planned]]:
    """The returns of each party, in the order in which it sends them."""
    found: dict[str, list[Planned]] = {}
    for one in returns:
        found.setdefault(one.party, []).append(one)
    return found


def of_day(returns: list[Planned], day: int, days: int = DAYS) -> list[Planned]:
    """The returns of one day. Raises TripointError for a day that is none of the operation's."""
    if not 0 <= day < days:
        raise TripointError(f"The operation has {days} days.")
    return [one for one in returns if one.day == day]
