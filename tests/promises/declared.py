"""What the hub declares of itself: its routes, its commands, the kinds of what its streams tell.

The proofs of this folder are generated from these three tables, so that they grow with the hub.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import typer.main
from fastapi import FastAPI
from pydantic import BaseModel

import tripoint
from tripoint.access.model import Act
from tripoint.wiring import WIRING

SOURCE = Path(tripoint.__file__).parent
ANNOUNCED = re.compile(r"Announcement\(\s*(\w+)\s*,")
IN_SQL = re.compile(r"insert into outbox \([^)]*\) select '{1,2}(\w+)'")  # what the database's own functions announce


@dataclass(frozen=True, slots=True)
class Declared:
    """One route as the framework knows it."""

    method: str
    path: str
    act: Act | None
    endpoint: Callable[..., Any]

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def places(self) -> tuple[str, ...]:
        """The parameters in the path."""
        return tuple(re.findall(r"{(\w+)(?::\w+)?}", self.path))

    @property
    def parameters(self) -> tuple[inspect.Parameter, ...]:
        return tuple(inspect.signature(self.endpoint, eval_str=True).parameters.values())

    @property
    def shape(self) -> type[BaseModel] | None:
        """The shape of its body."""
        for parameter in self.parameters:
            if inspect.isclass(parameter.annotation) and issubclass(parameter.annotation, BaseModel):
                return parameter.annotation
        return None

    @property
    def ids(self) -> tuple[str, ...]:
        """The parameters of path and query that are ids."""
        return tuple(one.name for one in self.parameters if UUID in kinds_in(one.annotation))


def kinds_in(annotation: Any) -> set[Any]:
    """The types an annotation is made of."""
    parts = getattr(annotation, "__args__", ()) or ()
    return {annotation, *(kind for part in parts for kind in kinds_in(part))}


def leaves(routes: Iterable[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """The routes themselves with their whole path, those of included and mounted routers among them."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from leaves(inner.routes, prefix)
        elif getattr(route, "routes", None):
            yield from leaves(route.routes, prefix + route.path)
        else:
            yield prefix + route.path, route


def routes_of(app: FastAPI) -> list[Declared]:
    """Every route of the application, in the order in which they are tried; mounted files as one GET."""
    found = []
    for path, route in leaves(app.routes):
        endpoint = getattr(route, "endpoint", None)
        for method in sorted((getattr(route, "methods", None) or {"GET"}) - {"HEAD", "OPTIONS"}):
            found.append(Declared(method, path, getattr(endpoint, "act", None), endpoint or (lambda: None)))
    return found


def commands_of(app: typer.Typer) -> list[str]:
    """Every command of the command line, with the groups it stands in."""

    def walk(command: Any, name: str) -> Iterator[str]:
        inner = getattr(command, "commands", None)
        if inner is None or (name and command.invoke_without_command):
            yield name
        for part, within in (inner or {}).items():
            yield from walk(within, f"{name} {part}".strip())

    return sorted(walk(typer.main.get_command(app), ""))


def stream_kinds() -> set[str]:
    """The kinds of announcements: those that the source writes, and those that the wiring listens to."""
    found = set(WIRING.listeners) | set(WIRING.counted)
    for path in SOURCE.rglob("*.py"):
        for name in ANNOUNCED.findall(path.read_text(encoding="utf-8")):
            module = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
            written = getattr(importlib.import_module(module), name, None)
            found |= {written} if isinstance(written, str) else set()
    for path in SOURCE.rglob("*.sql"):
        found |= set(IN_SQL.findall(path.read_text(encoding="utf-8")))
    return found
