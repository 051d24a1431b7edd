"""The routes of the ballistics desk: exhibits, scans, masks, custody, searches."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.desks.ballistics import answering, scanning, searching, shapes, work
from tripoint.desks.ballistics.codes import ExhibitKind
from tripoint.desks.ballistics.model import Filters
from tripoint.records.shapes import Day, PartyCode

routes = Routes("/api/exhibits", "ballistics")
# An address takes codes only: a calibre by its id, a case by a number of its year as in "BR 7/2026".
CalibreId = Annotated[str, Query(pattern=r"^[a-z0-9.]{2,20}$")]
CaseNumber = Annotated[str, Query(pattern=r"^([A-Z]{1,6}[ -]?)?[0-9]{1,9}/[0-9]{2,4}$")]
BINARY = {200: {"content": {"application/octet-stream": shapes.BINARY}}}


def answered(shown: BaseModel, *, new: bool) -> Response:
    """What was made now, or was there under its id already."""
    return JSONResponse(shown.model_dump(mode="json"), 201 if new else 200)


@routes.post("", Act.FILE_EXHIBIT, status_code=201, response_model=shapes.ExhibitAnswer)
def file(visit: Visit, body: shapes.ExhibitBody) -> Response:
    """File an exhibit of the own party; nothing said of its terms means the own party alone."""
    made, new = work.file(visit, body.id, body.content())
    return answered(shapes.exhibit_answer(made), new=new)


@routes.get("", Act.READ_EXHIBIT)
def listing(
    visit: Visit, kind: ExhibitKind | None = None, calibre: CalibreId | None = None, party: PartyCode | None = None,
    since: Day | None = None, until: Day | None = None, case_reference: CaseNumber | None = None,
    operation: UUID | None = None, own: bool | None = None, after: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> shapes.ExhibitsAnswer:  # fmt: skip
    """The exhibits that one may see, latest filed first."""
    filters = Filters(kind and kind.value, calibre, party, since, until, case_reference, operation, own, after, limit)
    found, following = work.listing(visit, filters)
    return shapes.ExhibitsAnswer(exhibits=[shapes.exhibit_answer(one) for one in found], next=following)


@routes.get("/{which}", Act.READ_EXHIBIT)
def read(visit: Visit, which: UUID) -> shapes.ExhibitFileAnswer:
    """One exhibit: scans, custody, casts, links; for its owner whether to share it abroad, and why."""
    return shapes.file_answer(work.read(visit, which))


@routes.put("/{which}", Act.CORRECT_EXHIBIT)
def correct(visit: Visit, which: UUID, body: shapes.CorrectedBody) -> shapes.ExhibitAnswer:
    """The next version of an exhibit of the own party; a withdrawn one is out of every search."""
    return shapes.exhibit_answer(work.correct(visit, which, body.content(), body.change()))


@routes.post("/{which}/scans", Act.CORRECT_EXHIBIT, status_code=201, response_model=shapes.ScanAnswer)
def add_scan(visit: Visit, which: UUID, body: shapes.ScanBody) -> Response:
    """Put in a scan of one region; it is prepared, judged, and compared with all there is."""
    made, new = scanning.add(visit, which, body.scan())
    return answered(shapes.scan_answer(made), new=new)


@routes.get("/{which}/scans/{scan}/surface", Act.READ_EXHIBIT, response_class=Response, responses=BINARY)
def surface(visit: Visit, which: UUID, scan: UUID, of: Literal["region", "whole"] = "region") -> Response:
    """The heights as a page takes them: length of a JSON header (uint32, little-endian), header, int16 row by row."""
    return binary(scanning.surface(visit, which, scan, of), f"{scan}-{of}.bin")


@routes.get("/{which}/scans/{scan}/file", Act.READ_EXHIBIT, response_class=Response, responses=BINARY)
def scan_file(visit: Visit, which: UUID, scan: UUID) -> Response:
    """The scan as X3P, in its canonical form."""
    return binary(scanning.file(visit, which, scan), f"{scan}.x3p")


def binary(content: bytes, name: str) -> Response:
    """Bytes to be kept, not shown."""
    named = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(content, media_type="application/octet-stream", headers=named)


@routes.get("/{which}/scans/{scan}/mask", Act.READ_EXHIBIT)
def mask(visit: Visit, which: UUID, scan: UUID) -> shapes.MaskAnswer:
    """Which part of the whole scan shows the region, in its newest version."""
    return shapes.mask_answer(scanning.mask(visit, which, scan))


@routes.put("/{which}/scans/{scan}/mask", Act.CORRECT_EXHIBIT)
def redraw(visit: Visit, which: UUID, scan: UUID, body: shapes.MaskBody) -> shapes.ScanAnswer:
    """The next version of the mask; the scan is prepared and compared anew."""
    return shapes.scan_answer(scanning.redraw(visit, which, scan, body.mask()))


@routes.post("/{which}/custody", Act.CORRECT_EXHIBIT, status_code=204)
def add_custody(visit: Visit, which: UUID, body: shapes.CustodyBody) -> Response:
    """Add to the chain of custody: the owner, or the partner of a link who has the exhibit."""
    work.add_custody(visit, which, body.entry())
    return Response(status_code=204)


@routes.post("/{which}/search", Act.SEARCH_EXHIBITS, status_code=201, response_model=answering.RunAnswer)
def search(visit: Visit, which: UUID, body: answering.SearchBody) -> Response:
    """Ask what in the collection is like a scan of an own exhibit; the hub searches within moments."""
    made, new = searching.search(visit, which, body.wanted())
    return answered(answering.run_answer(made), new=new)
