"""Posts send their checks by the batch door: the quarters of their days, as their links let them."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from itertools import islice

from tripoint.demo.asking import Posts
from tripoint.demo.client import Refused, bearer
from tripoint.demo.turquesa.progress import Progress
from tripoint.demo.turquesa.traffic import MOST_AT_ONCE, Asked, Cell, checks_of
from tripoint.demo.turquesa.truth import Tally, plain

BATCH, NDJSON = "/api/checks/batch", "application/x-ndjson"
PATIENCE = 120.0  # seconds for the answers to one batch
AN_ERROR, A_HIT, NO_HIT = b'{"line"', b'"hits":[{', b'"hits":[]'
GRADES = ("strong", "possible", "weak")


@dataclass(slots=True)
class Sent:
    """What came of a cell: how many checks were planted and answered, and what was met."""

    tally: Tally = field(default_factory=Tally)
    answered: int = 0
    found: int = 0
    false_alarms: int = 0
    alarms: Counter[str] = field(default_factory=Counter)  # the same by kind of record and grade: "person weak"
    stories: dict[str, str] = field(default_factory=dict)  # the hit that a story's check raised


@dataclass(slots=True)
class Wire:
    """One kept line of a thread; a batch whose answer got lost is sent again under the same ids."""

    posts: Posts
    _connection: HTTPConnection | None = None

    def send(self, post: str, lines: list[bytes]) -> list[bytes]:
        """The answers to a batch, a line each. Raises Refused."""
        for attempt in range(3):
            try:
                status, text = self._ask(post, b"\n".join(lines))
            except (HTTPException, OSError):
                self.close()
                if attempt == 2:
                    raise
                continue
            if status == 401:
                self.posts.renew(post)
                continue
            if status != 200:
                raise Refused(f"POST {BATCH}: {status} {text[:200].decode(errors='replace')}")
            return text.splitlines()
        raise Refused(f"POST {BATCH}: the post {post} is not let in.")

    def _ask(self, post: str, body: bytes) -> tuple[int, bytes]:
        if self._connection is None:
            self._connection = HTTPConnection(self.posts.host, self.posts.port, timeout=PATIENCE)
        self._connection.request("POST", BATCH, body, {**bearer(self.posts.token(post)), "Content-Type": NDJSON})
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def close(self) -> None:
        """Hang up."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def send_cell(wire: Wire, cell: Cell, first: datetime, progress: Progress) -> Sent:
    """Send the checks of one cell and write down what came of them."""
    post, sent = cell.place.post.name, Sent()
    wire.posts.token(post)  # and with it the ids of operation and post
    source = checks_of(wire.posts.world, cell, first)
    while batch := list(islice(source, MOST_AT_ONCE)):
        place = wire.posts.places[post]
        lines = [json.dumps({"id": str(one.id), **place, **one.body}, ensure_ascii=False).encode() for one in batch]
        for one, answer in zip(batch, wire.send(post, lines), strict=True):
            count(sent, one, answer)
    progress.keep(
        f"checks/{cell.name}", tally=plain(sent.tally), answered=sent.answered, found=sent.found,
        false_alarms=sent.false_alarms, alarms=dict(sent.alarms), stories=sent.stories,
    )  # fmt: skip
    return sent


def count(sent: Sent, one: Asked, answer: bytes) -> None:
    """Count one answer. What is met without having been planted is a false alarm."""
    sent.tally.add(one.body, one.planted)
    if answer.startswith(AN_ERROR) or not (NO_HIT in answer or A_HIT in answer):
        return
    sent.answered += 1
    hit = A_HIT in answer
    sent.found += hit and one.planted is not None
    if hit and one.planted is None:
        sent.false_alarms += 1
        sent.alarms[loudest(json.loads(answer)["hits"])] += 1
    if hit and one.planted and " " not in one.planted:
        sent.stories[one.planted] = json.loads(answer)["hits"][0]["id"]


def loudest(hits: list[dict[str, str]]) -> str:
    """Kind and grade of the gravest of the hits that an answer tells of."""
    gravest = min(hits, key=lambda hit: GRADES.index(hit["grade"]))
    return f"{gravest['kind']} {gravest['grade']}"
