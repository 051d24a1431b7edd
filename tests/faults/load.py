"""Writers that do what a busy day does, remember what was acknowledged, and send what was not once more."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx2

from tests.town import as_owner, rows
from tripoint.base.embedded_postgres import Servers
from tripoint.base.ids import uuid7

LISTED = "K1LLED"  # a check of this plate raises a hit
WRITERS, LINES = 4, 3
REFUSED = 429


@dataclass
class Act:
    """One thing a client wants done, with the id or key that makes it once, however often it is sent."""

    kind: str  # check, record, referral or batch
    key: str
    path: str
    body: Any
    checks: dict[str, str] = field(default_factory=dict)  # id of each check in it, and its plate
    plate: str = ""

    def request(self) -> dict[str, Any]:
        """What the client sends; the same each time."""
        if self.kind == "batch":
            return {"content": self.body, "headers": {"content-type": "application/x-ndjson"}}
        return {"json": self.body, "headers": {"idempotency-key": self.key}}

    def is_done(self, answer: httpx2.Response) -> bool:
        """Whether the hub acknowledged all of it."""
        if self.kind == "batch":
            return answer.status_code == 200 and answer.text.count("answered_at") == len(self.checks)
        return answer.status_code in (200, 201)


def one_check(chance: random.Random) -> tuple[str, dict[str, Any]]:
    plate = LISTED if chance.random() < 0.3 else f"X{chance.randrange(10_000)}"
    which = str(uuid7())
    return plate, {"id": which, "purpose": "border_control", "vehicle": {"plate": plate, "country": "PRY"}}


def new_act(chance: random.Random, hits: list[str]) -> Act:
    """A check, a batch, a new record, or the referral of a hit."""
    kind, key = chance.choices(("check", "record", "batch", "referral"), (5, 2, 1, 2))[0], str(uuid7())
    if kind == "referral" and hits:
        return Act(kind, key, f"/api/hits/{hits.pop()}/referral", {"note": key})
    if kind == "record":
        plate = f"R{UUID(key).int % 10**12}"
        return Act(kind, key, "/api/records/vehicle", {"content": {"status": "stolen", "plate": plate}}, plate=plate)
    asked = [one_check(chance) for _ in range(LINES if kind == "batch" else 1)]
    checks = {body["id"]: plate for plate, body in asked}
    if kind == "batch":
        return Act(kind, key, "/api/checks/batch", "\n".join(json.dumps(body) for _, body in asked), checks)
    return Act("check", key, "/api/checks", asked[0][1], checks)


class Load:
    """Several clients, each in a thread; what they did is in `acknowledged`, what they cannot know of in `unknown`."""

    def __init__(self, address: str, headers: dict[str, str], seed: int) -> None:
        self.address, self.headers = address, headers
        self.acknowledged: list[Act] = []
        self.unknown: list[Act] = []
        self.hits: list[str] = []
        self.last = ""  # what an act that was not acknowledged was told
        self.said: set[str] = set()  # the codes of refusals with 503
        self._chances = [random.Random(f"{seed} {number}") for number in range(WRITERS)]
        self._stop = threading.Event()

    def _write(self, chance: random.Random) -> None:
        with httpx2.Client(base_url=self.address, headers=self.headers, timeout=5) as client:
            while not self._stop.is_set():
                act = new_act(chance, self.hits)
                if not self.send(client, act) and self.unknown:
                    return  # one open act a client is enough: the next begins after the break

    def send(self, client: httpx2.Client, act: Act) -> bool:
        """Send an act and remember how it went; whether it was acknowledged."""
        options = act.request()
        try:
            answer = client.post(act.path, **options)
        except httpx2.HTTPError:
            self.unknown.append(act)
            return False
        if act.is_done(answer):
            self.acknowledged.append(act)
            if act.kind == "check":
                self.hits += [hit["id"] for hit in answer.json()["hits"]]
            return True
        self.last = answer.text
        if answer.status_code != REFUSED:
            self.said |= codes_of(answer)
            assert answer.status_code in (200, 409, 500, 503), (answer.status_code, answer.text)
            self.unknown.append(act)
        return False

    @contextmanager
    def running(self) -> Generator[None]:
        """The writers work while the block runs."""
        self._stop.clear()
        threads = [threading.Thread(target=self._write, args=(chance,)) for chance in self._chances]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._stop.set()
            for thread in threads:
                thread.join(timeout=30)

    def wait_for(self, more: int) -> None:
        """Return when so many more acts were acknowledged."""
        goal, ends = len(self.acknowledged) + more, time.monotonic() + 300
        while len(self.acknowledged) < goal:
            assert time.monotonic() < ends, f"only {len(self.acknowledged)} acknowledged"
            time.sleep(0.005)

    def wait_until_refused(self, seconds: float) -> bool:
        """Return when every writer was refused; False when that takes longer."""
        ends = time.monotonic() + seconds
        while len(self.unknown) < WRITERS:
            if time.monotonic() > ends:
                return False
            time.sleep(0.02)
        return True

    def settle_for(self, seconds: float) -> bool:
        """Send everything unknown again for so long; whether all of it was acknowledged."""
        ends = time.monotonic() + seconds
        with httpx2.Client(base_url=self.address, headers=self.headers, timeout=5) as client:
            while self.unknown and time.monotonic() < ends:
                if not self.send(client, self.unknown.pop(0)):
                    time.sleep(0.05)
        return not self.unknown

    def settle(self) -> int:
        """Send everything unknown again until it is acknowledged; how many acts that were."""
        waiting, self.unknown = self.unknown, []
        ends = time.monotonic() + 30
        with httpx2.Client(base_url=self.address, headers=self.headers, timeout=10) as client:
            for act in waiting:
                while not self.send(client, act):
                    assert time.monotonic() < ends, (act, self.last)
                    time.sleep(0.02)
        self.unknown = []
        return len(waiting)


def codes_of(answer: httpx2.Response) -> set[str]:
    """The codes of errors in an answer, or in the lines of a batch."""
    try:
        lines = [json.loads(line) for line in answer.text.splitlines() if line]
    except ValueError:
        return {f"status {answer.status_code} in no shape of ours"}
    return {line["error"]["code"] for line in lines if "error" in line}


@dataclass(frozen=True)
class Verdict:
    """What of the acknowledged is missing, and what is there more than once."""

    acknowledged: int
    lost: list[str]
    doubled: list[str]


def judge(database: Servers, acts: list[Act]) -> Verdict:
    """Compare what clients were told with what the hub holds."""
    checks = {which: plate for act in acts for which, plate in act.checks.items()}
    plates = {act.plate for act in acts if act.plate}
    notes = {act.key for act in acts if act.kind == "referral"}
    with as_owner(database) as owner:
        made = {str(row[0]) for row in rows(owner, "select id from check_made")}
        asked = {str(row[0]) for row in rows(owner, "select id from check_question")}
        hits = counted(rows(owner, "select check_id::text, count(*) from hit group by 1"))
        held = counted(rows(owner, "select plate, count(*) from vehicle group by 1"))
        steps = counted(rows(owner, "select reason, count(*) from hit_event where state = 'referred' group by 1"))
    hit_by = {which for which, plate in checks.items() if plate == LISTED}
    lost = [*(checks.keys() - made), *(checks.keys() - asked), *(hit_by - hits.keys()), *(plates - held.keys()),
            *(notes - steps.keys())]  # fmt: skip
    numbers = ((hits, hit_by), (held, plates), (steps, notes))
    doubled = [name for found, names in numbers for name in names if found.get(name, 1) > 1]
    return Verdict(len(acts), lost, doubled)


def counted(found: Any) -> dict[str, int]:
    return {str(name): int(number) for name, number in found}
