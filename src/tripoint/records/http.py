"""The routes of records: enter, read, change, end; history and sets."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import unquote
from uuid import UUID

from fastapi import Header, Query
from pydantic import TypeAdapter

from tripoint.access.http import Line
from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput
from tripoint.records import work
from tripoint.records.model import (
    Content,
    RecordKind,
)
from tripoint.records.shapes import (
    ChangeBody,
    ChangedDocumentBody,
    ChangedFirearmBody,
    ChangedPersonBody,
    ChangedVehicleBody,
    EndBody,
    HeldAnswer,
    HistoryAnswer,
    NewBody,
    NewDocumentBody,
    NewFirearmBody,
    NewPersonBody,
    NewVehicleBody,
    RevisionAnswer,
    SetAnswer,
    SetsAnswer,
    WrittenAnswer,
    held_answer,
)
from tripoint.words.purposes import Purpose

routes = Routes("/api", "records")
PurposeAsked = Annotated[Purpose | None, Query(description="required for persons")]
# In a header, because addresses stand in logs of proxies and in histories of browsers.
ReasonSaid = Annotated[
    str | None,
    Header(alias="x-reason", max_length=1000, description="required for persons; kept in the trail; signs beyond ASCII"
           " as in an address: %C3%B3"),
]  # fmt: skip
LINE: TypeAdapter[str] = TypeAdapter(Line)


@routes.get("/sets", Act.LIST_SETS)
def list_sets(visit: Visit) -> SetsAnswer:
    """The sets that the own party holds or may know of, and how fresh they are."""
    return SetsAnswer(sets=[SetAnswer.model_validate(found, from_attributes=True) for found in work.list_sets(visit)])


@routes.post("/records/person", Act.ADD_RECORD, status_code=201)
def add_person(visit: Visit, body: NewPersonBody) -> WrittenAnswer:
    """Enter a person."""
    return added(visit, body, body.content.content())


@routes.post("/records/document", Act.ADD_RECORD, status_code=201)
def add_document(visit: Visit, body: NewDocumentBody) -> WrittenAnswer:
    """Enter a travel document of the own country."""
    return added(visit, body, body.content.content())


@routes.post("/records/vehicle", Act.ADD_RECORD, status_code=201)
def add_vehicle(visit: Visit, body: NewVehicleBody) -> WrittenAnswer:
    """Enter a vehicle."""
    return added(visit, body, body.content.content())


@routes.post("/records/firearm", Act.ADD_RECORD, status_code=201)
def add_firearm(visit: Visit, body: NewFirearmBody) -> WrittenAnswer:
    """Enter a firearm."""
    return added(visit, body, body.content.content())


@routes.put("/records/person/{which}", Act.CHANGE_RECORD)
def change_person(visit: Visit, which: UUID, body: ChangedPersonBody) -> WrittenAnswer:
    """Write a person's next version."""
    return changed(visit, which, body, body.content.content())


@routes.put("/records/document/{which}", Act.CHANGE_RECORD)
def change_document(visit: Visit, which: UUID, body: ChangedDocumentBody) -> WrittenAnswer:
    """Write a travel document's next version."""
    return changed(visit, which, body, body.content.content())


@routes.put("/records/vehicle/{which}", Act.CHANGE_RECORD)
def change_vehicle(visit: Visit, which: UUID, body: ChangedVehicleBody) -> WrittenAnswer:
    """Write a vehicle's next version."""
    return changed(visit, which, body, body.content.content())


@routes.put("/records/firearm/{which}", Act.CHANGE_RECORD)
def change_firearm(visit: Visit, which: UUID, body: ChangedFirearmBody) -> WrittenAnswer:
    """Write a firearm's next version."""
    return changed(visit, which, body, body.content.content())


@routes.post("/records/{kind}/{which}/end", Act.END_RECORD)
def end(visit: Visit, kind: RecordKind, which: UUID, body: EndBody) -> WrittenAnswer:
    """End a record: from now on no check meets it."""
    return written(work.end(visit, kind, which, version=body.version, reason=body.reason))


@routes.get("/records/{kind}/{which}", Act.READ_RECORD)
def read(
    visit: Visit, kind: RecordKind, which: UUID, purpose: PurposeAsked = None, reason: ReasonSaid = None
) -> HeldAnswer:
    """Open a record; its owner can see who did and why."""
    return held_answer(work.read(visit, kind, which, work.Why(purpose, spelt_out(reason))))


@routes.get("/records/{kind}/{which}/history", Act.READ_HISTORY)
def history(
    visit: Visit, kind: RecordKind, which: UUID, purpose: PurposeAsked = None, reason: ReasonSaid = None
) -> HistoryAnswer:
    """Every state of a record of the own party, the present one first."""
    states = work.history(visit, kind, which, work.Why(purpose, spelt_out(reason)))
    return HistoryAnswer(revisions=[RevisionAnswer.model_validate(state, from_attributes=True) for state in states])


def spelt_out(reason: str | None) -> str | None:
    """The reason as a person wrote it. Raises BadInput for one that cannot be read."""
    if not reason:
        return None
    try:
        return LINE.validate_python(unquote(reason, errors="strict"))
    except ValueError:
        raise BadInput(
            "The reason cannot be read.", field="x-reason", remedy="Send one line of UTF-8, its signs as in an address."
        ) from None


def added(visit: Visit, body: NewBody, content: Content) -> WrittenAnswer:
    """Enter a record."""
    return written(work.create(visit, work.Entry(content, body.terms.terms(), body.retain_until, body.set)))


def changed(visit: Visit, which: UUID, body: ChangeBody, content: Content) -> WrittenAnswer:
    """Write a record's next version."""
    entry = work.Entry(content, body.terms.terms(), body.retain_until)
    return written(work.revise(visit, which, entry, version=body.version))


def written(record: work.Written) -> WrittenAnswer:
    """A record's header after a change."""
    return WrittenAnswer.model_validate(record, from_attributes=True)
