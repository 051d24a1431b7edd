"""The route of lists: a party hands in an edition of its own documents, vehicles or firearms and is told row by row."""

from __future__ import annotations

import base64
import binascii
import io
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from tripoint.access.http import Body, Line
from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput
from tripoint.records.loading.model import Edition, Listeners, Report
from tripoint.records.loading.work import load_within
from tripoint.records.model import RecordKind
from tripoint.records.shapes import TermsBody
from tripoint.records.sources.mapping import Mapping, make_mapping
from tripoint.records.sources.outcomes import BadRow
from tripoint.records.sources.own import read_own, settings_of

routes = Routes("/api/lists", "records")
MOST_TOLD = 5_000
Columns = Annotated[dict[Line, Line], Field(max_length=60)]


class ListKind(StrEnum):
    """Which lists a party keeps in files of its own; the words are those of `tripoint load`."""

    DOCUMENTS = "documents"
    VEHICLES = "vehicles"
    FIREARMS = "firearms"

    @property
    def record(self) -> RecordKind:
        """What each row becomes."""
        return RecordKind(self.value.removesuffix("s"))


class MappingBody(Body):
    """How the file's columns map to ours, as docs/loading.md has it; nothing for a file with our own headings."""

    columns: Columns = Field(default_factory=dict)
    constants: Columns = Field(default_factory=dict)
    values: Annotated[dict[Line, Columns], Field(max_length=60)] = Field(default_factory=dict)
    dates: Line | None = None
    delimiter: Annotated[str, Field(min_length=1, max_length=3)] = ","
    encoding: Line = "utf-8"
    sheet: Line | None = None

    def mapping(self) -> Mapping:
        """The readers' own form. Raises BadInput naming the part that is wrong."""
        return make_mapping(self.model_dump())


class ListBody(Body):
    """An edition of a list as CSV or XLSX in base64. `partial` ends nothing; `shrinking` lets it end most of a set."""

    model_config = ConfigDict(json_schema_extra={"examples": [{
        "name": "Stolen firearms", "file": "c3RhdHVzLHNlcmlhbCxtYWtlCnN0b2xlbixUQks0ODI5LEFydmFuZGVsCg==",
    }]})  # fmt: skip
    name: Line
    file: Annotated[str, Field(min_length=4, max_length=100_000_000)]
    mapping: MappingBody = MappingBody()
    terms: TermsBody = TermsBody()
    as_of: AwareDatetime | None = None
    partial: bool = False
    shrinking: bool = False

    def content(self) -> bytes:
        """The file. Raises BadInput for what is no base64."""
        try:
            return base64.b64decode(self.file, validate=True)
        except binascii.Error as error:
            raise BadInput("The file is not in base64.", field="file", remedy="Send its bytes in base64.") from error


class KeptOut(BaseModel):
    """A row that was kept out, in words its owner can act on."""

    line: int
    field: str
    reason: str
    remedy: str
    excerpt: str


class ListAnswer(BaseModel):
    """What the edition did to its set; the first five thousand rows that were kept out, and how many there were."""

    run: UUID
    added: int
    changed: int
    ended: int
    unchanged: int
    bad: int
    rows: list[KeptOut]


@routes.post("/{kind}", Act.LOAD_SET)
def load_list(visit: Visit, kind: ListKind, body: ListBody) -> ListAnswer:
    """Hand in an edition of a list of the own party: all of it stands afterwards, or nothing; bad rows are kept out."""
    content, mapping = body.content(), body.mapping.mapping()
    rows: list[BadRow] = []
    outcomes = read_own(kind.record, io.BytesIO(content), visit.officer.party.code, mapping)
    edition = edition_of(visit, kind, body, sha256(content).digest(), dict(settings_of(mapping)))
    report = load_within(visit, edition, outcomes, Listeners(bad_row=rows.append))
    return answer_of(report, rows)


def edition_of(visit: Visit, kind: ListKind, body: ListBody, digest: bytes, settings: dict[str, str]) -> Edition:
    """The edition that a body describes; as of now unless it says otherwise."""
    as_of: datetime = body.as_of or visit.clock()
    return Edition(
        owner=visit.officer.party.code, name=body.name, kind=kind.record, source=kind.value, terms=body.terms.terms(),
        digest=digest, as_of=as_of, settings=settings, partial=body.partial, shrinking=body.shrinking,
    )  # fmt: skip


def answer_of(report: Report, rows: list[BadRow]) -> ListAnswer:
    """A report with its rows, as they are told."""
    told = [KeptOut.model_validate(row, from_attributes=True) for row in rows[:MOST_TOLD]]
    return ListAnswer(
        run=report.run, added=report.added, changed=report.changed, ended=report.ended, unchanged=report.unchanged,
        bad=report.bad, rows=told,
    )  # fmt: skip
