"""Requests that follow the published contract or break it, made for every operation of the application."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from random import Random
from typing import Any
from uuid import UUID

import schemathesis
import schemathesis.specs.openapi.schemas  # now, while nothing else runs: it is large and else imported at first use
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed as seeded, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from starlette.testclient import TestClient

CLIENT_TAKES = {"method", "url", "params", "json", "data", "content", "headers"}
BASE = "https://hub.test"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# More than any test asks, so that what is tried is the handlers and not the budget.
UNBOUNDED = dict.fromkeys(("checks_per_second", "looks_per_second", "changes_per_second", "reads_per_hour"), 10**9)
FOLLOWED = "/api/feed"  # answers for ever when it answers at all
ENDS_THE_SESSION = {"/api/sign-out", "/api/account/password", "/api/account/end-others"}
Headers = Callable[[], Mapping[str, str]]


@schemathesis.serializer("application/x-ndjson")
def lines(_: Any, value: Any) -> bytes:
    """A batch of one line or of several."""
    return b"\n".join(json.dumps(one).encode() for one in (value if isinstance(value, list) else [value, value]))


class Failed(AssertionError):
    """An answer that must not be."""


class Enough(Exception):
    """The time for one operation is over."""


def operations(app: FastAPI) -> list[Any]:
    """Every operation of the contract, as schemathesis knows it."""
    contract = schemathesis.openapi.from_asgi("/api/openapi.json", app)
    return [found.ok() for found in contract.get_all_operations()]  # type: ignore[union-attr]


def fuzz(
    operation: Any, mode: GenerationMode, client: TestClient, headers: Headers, *,
    ids: Sequence[UUID] = (), seconds: float = 1.0, most: int = 30, seed: int = 20260301,
) -> int:  # fmt: skip
    """How many requests were made of one operation within `seconds` of processor time.

    Raises Failed for an answer that is our failure.
    Half of the ids in addresses are taken from `ids`, so that handlers are reached behind "there is nothing".
    """
    ends, asked, dice = time.process_time() + seconds, 0, Random(seed)

    @seeded(seed)
    @settings(
        max_examples=most, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck),
        deadline=None, report_multiple_bugs=False,
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        nonlocal asked
        if asked and time.process_time() > ends:  # what is slow to make is asked once all the same
            raise Enough
        asked += 1
        if ids and case.path_parameters and dice.random() < 0.5:
            case.path_parameters.update(real_ids(case.path_parameters, dice, ids))
        judge(client.request(**request_of(case, headers())), operation.label)

    with suppress(Enough, Unsatisfiable):  # what takes nothing cannot be asked wrongly
        ask()
    return asked


def real_ids(parts: Mapping[str, Any], dice: Random, ids: Sequence[UUID]) -> dict[str, str]:
    """Other values for the parts of an address that are ids."""
    return {name: str(dice.choice(ids)) for name in parts if name in ("check", "hit", "which", "operation")}


def request_of(case: Any, headers: Mapping[str, str]) -> dict[str, Any]:
    """The case as the client sends it, with the sign-in."""
    request = case.as_transport_kwargs(base_url=BASE)
    request["headers"] = {**dict(request.get("headers") or {}), **headers}
    if isinstance(request.get("data"), str | bytes):
        request["content"] = request.pop("data")
    return {name: request[name] for name in request if name in CLIENT_TAKES}


def judge(answer: Any, label: str) -> None:
    """Raises Failed for a failure of ours, and for a refusal without the one shape."""
    if answer.status_code >= 500:
        raise Failed(f"{label}: {answer.status_code} {answer.text[:500]}")
    if answer.status_code >= 400 and answer.request.method != "HEAD" and not answer.json()["error"]["sentence"]:
        raise Failed(f"{label}: a refusal without a sentence")


def every_method(paths: Sequence[str], client: TestClient, headers: Headers) -> Iterator[tuple[str, str, int]]:
    """Each address by each method, with nothing in it: path, method, status. Raises Failed."""
    worn = dict(headers())
    for path in paths:
        for method in METHODS:
            answer = client.request(method, path.replace("{", "").replace("}", ""), headers=worn)
            judge(answer, f"{method} {path}")
            yield path, method, answer.status_code
