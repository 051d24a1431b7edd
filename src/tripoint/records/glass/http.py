"""The route by which an opened record is read."""

from __future__ import annotations

from uuid import UUID

from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.records.glass import work
from tripoint.records.shapes import HeldAnswer, held_answer

routes = Routes("/api/break-glass", "break-glass")


@routes.get("/{which}/record", Act.READ_THROUGH_GLASS)
def read(visit: Visit, which: UUID) -> HeldAnswer:
    """The record that one's own broken glass opens, as long as it is open."""
    return held_answer(work.read(visit, which))
