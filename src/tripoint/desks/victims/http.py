"""The routes of the victims' desk: the queue, one pathway, its times, and counts without identity."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from uuid import UUID

from fastapi import Response

from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.desks.victims import work
from tripoint.desks.victims.shapes import (
    EntitiesAnswer,
    MoveBody,
    PathwayFileAnswer,
    QueueAnswer,
    TargetsAnswer,
    TargetsBody,
    TimelinessesAnswer,
    file_answer,
    pathway_answer,
    targets_answer,
    timeliness_answer,
)
from tripoint.words.ctdc import COLUMNS

routes = Routes("/api/victim-pathways", "victims")
TABLE = {200: {"description": "A table of 27 columns.", "content": {"text/csv": {}}}}


@routes.get("", Act.LIST_PATHWAYS)
def queue(visit: Visit, operation: UUID | None = None) -> QueueAnswer:
    """Who waits for the next step, children first, then by the clock; nobody's identity."""
    now = visit.clock()
    return QueueAnswer(pathways=[pathway_answer(one, now) for one in work.queue(visit, operation)])


@routes.get("/targets", Act.SEE_TARGETS)
def see_targets(visit: Visit) -> TargetsAnswer:
    """How soon each step is to follow the one before, in the own party."""
    return targets_answer(work.see_targets(visit))


@routes.put("/targets", Act.SET_TARGETS)
def set_targets(visit: Visit, body: TargetsBody) -> TargetsAnswer:
    """Set times of the own party's, for clocks that begin from now on; a child's referral never waits."""
    return targets_answer(work.set_targets(visit, [one.target() for one in body.targets]))


@routes.get("/timeliness", Act.COUNT_VICTIMS)
def timeliness(visit: Visit, operation: UUID | None = None) -> TimelinessesAnswer:
    """How often each step was taken in the own party, how often late, and how long it took."""
    return timeliness_answer(work.timeliness(visit, operation))


@routes.get("/ctdc", Act.COUNT_VICTIMS, response_class=Response, responses=TABLE)
def ctdc(visit: Visit, operation: UUID | None = None) -> Response:
    """The own party's victims in the 27 columns of CTDC, without identity, as CSV."""
    headers = {"content-disposition": 'attachment; filename="victims-ctdc.csv"'}
    return Response(table(work.ctdc(visit, operation)), media_type="text/csv; charset=utf-8", headers=headers)


@routes.get("/ic-tip", Act.COUNT_VICTIMS)
def ictip(visit: Visit, operation: UUID | None = None) -> EntitiesAnswer:
    """The own party's victims as events, victims, perpetrators and reporting entities, without identity."""
    return EntitiesAnswer(cases=work.ictip(visit, operation))


@routes.get("/{which}", Act.READ_PATHWAY)
def read(visit: Visit, which: UUID) -> PathwayFileAnswer:
    """One pathway with every step taken, by the id of the report."""
    return file_answer(*work.read(visit, which), visit.clock())


@routes.post("/{which}/steps", Act.MOVE_PATHWAY, status_code=201)
def take(visit: Visit, which: UUID, body: MoveBody) -> PathwayFileAnswer:
    """Record the next step of a pathway."""
    return file_answer(*work.take(visit, which, body.move()), visit.clock())


def table(rows: Sequence[Mapping[str, str]]) -> str:
    """Rows of 27 columns as CSV (RFC 4180): codes and numbers of ours only, -99 among them, so no cell is a formula."""
    file = io.StringIO()
    csv.writer(file).writerows([COLUMNS, *([row[name] for name in COLUMNS] for row in rows)])
    return file.getvalue()
