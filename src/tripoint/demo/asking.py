"""Make planned checks over HTTP at a steady pace, as devices at the posts do, and keep what came of each."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any
from uuid import UUID

from tripoint.base.ids import uuid7
from tripoint.demo.client import Line, bearer, device_token, sign_in
from tripoint.demo.traffic import PlannedCheck
from tripoint.demo.world import World

CHECKS = "/api/checks"
ASKED_THERE = ("ask_check", "read_check", "list_checks")
LONGEST_WAIT = 0.2  # seconds between looks whether to stop
Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """A check that was sent, and what came back. `seconds` counts from the moment it was due, so no queue is hidden."""

    planned: PlannedCheck
    id: UUID
    body: Body
    status: int
    answer: Body
    seconds: float

    @property
    def answered(self) -> bool:
        """Whether the hub acknowledged it."""
        return self.status == 200


@dataclass(slots=True)
class Posts:
    """The devices at the posts: each has a token that its officer made when he first needed it."""

    world: World
    host: str
    port: int
    password: str
    places: dict[str, Body] = field(default_factory=dict)  # operation and post ids by the post's name
    _tokens: dict[str, str] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def token(self, post: str) -> str:
        """The token of the device at a post."""
        with self._guard:
            if post not in self._tokens:
                self._tokens[post] = self._open(post)
            return self._tokens[post]

    def renew(self, post: str) -> None:
        """Forget a token that no longer opens anything; the next check makes another."""
        with self._guard:
            self._tokens.pop(post, None)

    def body(self, planned: PlannedCheck, check: UUID) -> Body:
        """The whole question: what is asked, where, and why."""
        where = planned.place.post
        purpose = "investigation" if where.kind == "road" else "border_control"
        position = {"latitude": where.latitude, "longitude": where.longitude}
        return {"id": str(check), "purpose": purpose, "position": position, **self.places[where.name], **planned.asked}

    def _open(self, post: str) -> str:
        line = sign_in(self.host, self.port, self.world.at_post(post).sign_in_name, self.password)
        for operation in line.ask("GET", "/api/session")["operations"]:
            for known in operation["posts"]:
                self.places[known["name"]] = {"operation": operation["id"], "post": known["id"]}
        token = device_token(line, f"device, {post}", ASKED_THERE)
        line.close()
        return token


@dataclass(slots=True)
class Stream:
    """Threads that make checks when they are due, until told to stop or nothing is left."""

    posts: Posts
    due: Iterator[tuple[float, PlannedCheck]]  # moments of time.perf_counter
    told: Callable[[Made], None]
    threads: int = 6
    _stop: threading.Event = field(default_factory=threading.Event)
    _guard: threading.Lock = field(default_factory=threading.Lock)
    _running: list[threading.Thread] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)

    def start(self) -> None:
        """Begin."""
        self._running = [
            threading.Thread(target=self._work, name=f"post {n}", daemon=True) for n in range(self.threads)
        ]
        for thread in self._running:
            thread.start()

    def join(self) -> None:
        """Wait until every check is made; raises what went wrong in a thread."""
        for thread in self._running:
            thread.join()
        if self.errors:
            raise self.errors[0]

    def stop(self) -> None:
        """Make no further check; returns when those in hand are answered."""
        self._stop.set()
        for thread in self._running:
            thread.join(timeout=35)

    def _work(self) -> None:
        line = Line(self.posts.host, self.posts.port)
        try:
            while not self._stop.is_set():
                with self._guard:
                    moment, planned = next(self.due, (0.0, None))
                if planned is None or not self._wait_until(moment):
                    return
                self.told(make(self.posts, line, planned, moment))
        except Exception as error:  # kept for whoever joins
            if not self._stop.is_set():
                self.errors.append(error)
        finally:
            line.close()

    def _wait_until(self, moment: float) -> bool:
        while (left := moment - time.perf_counter()) > 0:
            if self._stop.wait(min(left, LONGEST_WAIT)):
                return False
        return True


def make(posts: Posts, line: Line, planned: PlannedCheck, due: float) -> Made:
    """Make one check. A token that ended is renewed once."""
    post, check = planned.place.post.name, uuid7()
    for attempt in range(2):
        token = posts.token(post)
        body = posts.body(planned, check)
        reply = line.call("POST", CHECKS, body, bearer(token))
        if reply.status == 401 and not attempt:
            posts.renew(post)
            continue
        break
    answer = reply.body if isinstance(reply.body, dict) else {}
    return Made(planned, check, body, reply.status, answer, time.perf_counter() - due)


def paced(
    checks: Iterator[PlannedCheck], rate: float, throw: Random, begin: float
) -> Iterator[tuple[float, PlannedCheck]]:
    """Each check with the moment it is due: `rate` a second on average, as unevenly as people arrive."""
    moment = begin
    for planned in checks:
        moment += throw.expovariate(rate)
        yield moment, planned
