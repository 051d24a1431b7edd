"""The process that asks during a bench: at fixed moments, whether or not earlier questions are answered.

Each answer is timed from the moment its question was due, so that a hub that falls behind shows it. Run as a module:
takes one JSON object on standard input, gives one on standard output.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import uvloop

from tripoint.demo import bulk
from tripoint.demo.bulk import Load, Question, Share
from tripoint.demo.dice import dice

NO_HITS = b'"hits":[]'
LAST_ANSWERS = 30.0  # seconds after the last question is due
HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length: "


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask, where and how fast. Seconds and questions a second."""

    host: str
    port: int
    token: str
    place: dict[str, str]
    seed: int
    documents: int
    persons: int
    rate: float
    seconds: float
    warm_up: float
    connections: int
    even: bool  # at even distances; else as unevenly as people arrive (Poisson)


@dataclass(slots=True)
class Measured:
    """What came back. `times` are seconds from the moment due, of counted questions answered rightly."""

    times: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    planted: int = 0
    first: float = 0.0
    last: float = 0.0
    most_waiting: int = 0


class Wire(asyncio.Protocol):
    """One kept-alive connection with one question on it at a time."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.buffer = bytearray()
        self.waiting: asyncio.Future[bytes] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The connection is open."""
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is one without being of its class

    def connection_lost(self, error: Exception | None) -> None:
        """The connection is gone, and with it the answer that was awaited."""
        self.transport = None
        if self.waiting and not self.waiting.done():
            self.waiting.set_exception(error or ConnectionError("the hub hung up"))

    def data_received(self, data: bytes) -> None:
        """Gather until the whole answer is there."""
        self.buffer += data
        head = self.buffer.find(HEAD_END)
        if head < 0:
            return
        at = self.buffer.find(LENGTH, 0, head)
        length = int(self.buffer[at + len(LENGTH) : self.buffer.find(b"\r", at)]) if at >= 0 else 0
        if len(self.buffer) >= head + len(HEAD_END) + length:
            answer = bytes(self.buffer)
            self.buffer.clear()
            if self.waiting and not self.waiting.done():
                self.waiting.set_result(answer)

    async def ask(self, request: bytes) -> bytes:
        """Send a request and give the whole answer, head and body."""
        if self.transport is None:
            raise ConnectionError("not connected")
        self.waiting = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self.waiting


@dataclass(slots=True)
class Driver:
    """Asks everything in its time."""

    plan: Plan
    measured: Measured = field(default_factory=Measured)
    free: deque[Wire] = field(default_factory=deque)
    backlog: deque[tuple[float, Question, bool]] = field(default_factory=deque)
    open: set[asyncio.Task[None]] = field(default_factory=set)

    async def run(self, questions: list[Question]) -> Measured:
        """Ask all; each is due at its own moment."""
        self.free.extend([await self._connect() for _ in range(self.plan.connections)])
        begin = time.perf_counter() + 0.1
        moments = list(moments_of(self.plan, begin, len(questions)))
        counted_from = begin + self.plan.warm_up
        for moment, question in zip(moments, questions, strict=True):
            while (left := moment - time.perf_counter()) > 0:
                await asyncio.sleep(left)
            self._start(moment, question, moment >= counted_from)
        deadline = time.perf_counter() + LAST_ANSWERS
        while self.open and time.perf_counter() < deadline:
            await asyncio.wait(set(self.open), timeout=1)
        self.measured.errors["unanswered"] += len(self.open) + len(self.backlog)
        self.measured.first, self.measured.last = counted_from, moments[-1]
        return self.measured

    def _start(self, moment: float, question: Question, counted: bool) -> None:
        """Hand the question to a free connection, or let it wait for one."""
        self.backlog.append((moment, question, counted))
        self.measured.most_waiting = max(self.measured.most_waiting, len(self.backlog))
        if self.free:
            task = asyncio.get_running_loop().create_task(self._work(self.free.popleft()))
            self.open.add(task)
            task.add_done_callback(self.open.discard)

    async def _work(self, wire: Wire) -> None:
        """Ask whatever waits, one after the other, then be free again."""
        while self.backlog:
            moment, question, counted = self.backlog.popleft()
            try:
                answer = await wire.ask(self._request(question.body))
                fault = fault_of(answer, question)
            except (ConnectionError, OSError) as error:
                fault = type(error).__name__
                wire = await self._connect()
            if counted:
                self._count(time.perf_counter() - moment, question, fault)
        self.free.append(wire)

    def _count(self, seconds: float, question: Question, fault: str | None) -> None:
        self.measured.asked += 1
        self.measured.planted += question.planted
        if fault:
            self.measured.errors[fault] += 1
        else:
            self.measured.times.append(seconds)

    def _request(self, body: bytes) -> bytes:
        plan = self.plan
        return (
            f"POST /api/checks HTTP/1.1\r\nHost: {plan.host}:{plan.port}\r\nAuthorization: Bearer {plan.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body

    async def _connect(self) -> Wire:
        _, wire = await asyncio.get_running_loop().create_connection(Wire, self.plan.host, self.plan.port)
        return wire


def fault_of(answer: bytes, question: Question) -> str | None:
    """What is wrong with an answer: a status, or a listed document that was not found."""
    status = answer[9:12].decode("ascii", "replace")
    if status != "200":
        return f"status {status}"
    return "listed document not found" if question.planted and NO_HITS in answer else None


def moments_of(plan: Plan, begin: float, count: int) -> Iterator[float]:
    """When each question is due."""
    throw, moment = dice(plan.seed, "moments"), begin
    for _ in range(count):
        yield moment
        moment += 1 / plan.rate if plan.even else throw.expovariate(plan.rate)


def report(measured: Measured, cpu_seconds: float) -> dict[str, Any]:
    """The figures, times in milliseconds."""
    times = sorted(measured.times)
    seconds = measured.last - measured.first
    return {
        "asked": measured.asked, "answered": len(times), "achieved_rate": round(len(times) / seconds, 1),
        **{f"p{part}_ms": at(times, part) for part in (50, 95, 99)}, "p99_9_ms": at(times, 99.9),
        "max_ms": at(times, 100),
        "errors": sum(measured.errors.values()), "errors_by_kind": {k: n for k, n in measured.errors.items() if n},
        "hits_planted": measured.planted, "most_waiting_for_a_connection": measured.most_waiting,
        "driver_cpu_seconds": round(cpu_seconds, 2),
    }  # fmt: skip


def at(ordered: list[float], part: float) -> float | None:
    """The value below which `part` percent lie (nearest rank), in milliseconds to a hundredth."""
    if not ordered:
        return None
    return round(ordered[max(0, -int(-len(ordered) * part // 100) - 1)] * 1000, 2)


def main() -> None:
    """Read the plan, ask, write the figures."""
    plan = Plan(**json.loads(sys.stdin.read()))
    parts: list[Share] = bulk.shares(plan.documents, plan.persons)
    count = max(1, round(plan.rate * (plan.seconds + plan.warm_up)))
    questions = bulk.first(bulk.questions(plan.seed, parts, Load(), plan.place), count)
    cpu = time.process_time()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        measured = runner.run(Driver(plan).run(questions))
    json.dump(report(measured, time.process_time() - cpu), sys.stdout)


if __name__ == "__main__":
    main()
