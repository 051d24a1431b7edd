"""The shapes of records over HTTP: what is entered and changed, and what comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from tripoint.access.http import Body, Line
from tripoint.base.ids import uuid7
from tripoint.records.codec import content_to_json
from tripoint.records.model import (
    Action,
    Audience,
    AudienceKind,
    Content,
    Firearm,
    Held,
    Level,
    MaskedPerson,
    Notice,
    NoticeColour,
    Person,
    RecordKind,
    Terms,
    TravelDocument,
    Vehicle,
)
from tripoint.words.dates import read_partial_date
from tripoint.words.documents import DocumentReference, DocumentStatus, DocumentType
from tripoint.words.firearms import FirearmStatus
from tripoint.words.firearms.recovery import IllicitGround
from tripoint.words.firearms.types import CODES as FIREARM_TYPES
from tripoint.words.grades import Confidence, Grading, Handling, InformationGrade, SourceGrade
from tripoint.words.people import NameKind, PersonDescription, PersonName, PersonStatus, Sex
from tripoint.words.purposes import Purpose
from tripoint.words.vehicles import VehicleStatus

Text = Annotated[str, StringConstraints(min_length=1, max_length=4000, pattern=r"^[^\x00]+$")]
Code = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")
]
Year = Annotated[int, Field(ge=1600, le=2150)]
PartyCode = Annotated[str, Field(pattern=r"^[A-Z0-9]{2,12}$")]
FIRST_DAY, LAST_DAY = date(1850, 1, 1), date(2150, 12, 31)


def partial_date(text: str) -> str:
    """A date of which parts may be unknown, as words.dates reads it."""
    return str(read_partial_date(text))


def within_reason(day: date) -> date:
    """A day between 1850 and 2150."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError("lies outside 1850 to 2150")
    return day


def firearm_type(code: str) -> str:
    """A code of the tree of types."""
    if code not in FIREARM_TYPES:
        raise ValueError("is no type of firearm; GET /api/firearms/reference/types lists them")
    return code


FirearmCode = Annotated[str, AfterValidator(firearm_type), Field(json_schema_extra={"enum": list(FIREARM_TYPES)})]
BirthDate = Annotated[str, Field(max_length=20), AfterValidator(partial_date)]
Day = Annotated[date, AfterValidator(within_reason)]


class AudienceBody(Body):
    """A choice of parties."""

    kind: AudienceKind = AudienceKind.OWN
    parties: Annotated[tuple[PartyCode, ...], Field(max_length=256)] = ()
    operation: UUID | None = None
    barred: Annotated[tuple[PartyCode, ...], Field(max_length=256)] = ()

    def audience(self) -> Audience:
        """The records' own form."""
        return Audience(self.kind, tuple(sorted(set(self.parties))), self.operation, tuple(sorted(set(self.barred))))


class TermsBody(Body):
    """On what terms a record is shared; nothing said means the own party alone."""

    readers: AudienceBody = AudienceBody()
    meeting: AudienceBody = AudienceBody()
    level: Level = Level.FULL
    handling: Handling = Handling.H0
    source_grade: SourceGrade = SourceGrade.B
    information_grade: InformationGrade = InformationGrade.NOT_JUDGED
    confidence: Confidence = Confidence.MEDIUM
    purpose: Purpose = Purpose.INVESTIGATION
    break_glass: bool = False

    def terms(self) -> Terms:
        """The records' own form."""
        grading = Grading(self.handling, self.source_grade, self.information_grade, self.confidence)
        return Terms(
            self.readers.audience(), self.meeting.audience(), self.level, grading, self.purpose, self.break_glass
        )


class NameBody(Body):
    full: Line
    kind: NameKind = NameKind.PRIMARY
    given: Line | None = None
    family: Line | None = None


class ReferenceBody(Body):
    number: Code
    issuer: Code | None = None
    type: DocumentType | None = None


class NoticeBody(Body):
    colour: NoticeColour
    reference: Line | None = None
    issuer: Line | None = None
    charges: Annotated[tuple[Text, ...], Field(max_length=50)] = ()
    action: Action = Action.ASK_OWNER
    issued: Day | None = None
    remarks: Text | None = None

    def notice(self) -> Notice:
        """The records' own form."""
        return Notice(self.colour, self.reference, self.issuer, self.charges, self.action, self.issued, self.remarks)


class PersonBody(Body):
    source_key: Line | None = None
    status: PersonStatus
    names: Annotated[tuple[NameBody, ...], Field(max_length=200)] = ()
    births: Annotated[tuple[BirthDate, ...], Field(max_length=20)] = ()
    nationalities: Annotated[tuple[Code, ...], Field(max_length=20)] = ()
    sex: Sex | None = None
    documents: Annotated[tuple[ReferenceBody, ...], Field(max_length=100)] = ()
    notices: Annotated[tuple[NoticeBody, ...], Field(max_length=50)] = ()
    birth_places: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    marks: Text | None = None
    instructions: Text | None = None
    remarks: Text | None = None
    keep_sealed: Annotated[bool, Field(description="on a change: what is sealed stays, and is not sent")] = False

    @model_validator(mode="after")
    def names_or_what_is_sealed(self) -> PersonBody:
        """Who it is comes with the body, or stays sealed as it is: not both, not neither."""
        who = (self.names, self.births, self.documents, self.birth_places, self.marks, self.remarks)
        if self.keep_sealed and any(who):
            raise ValueError("keep_sealed goes without names, births, documents, birth_places, marks and remarks")
        if not self.keep_sealed and not self.names:
            raise ValueError("a person needs a name: give at least the name as published")
        return self

    def content(self) -> Content:
        """The records' own form."""
        if self.keep_sealed:
            return MaskedPerson(
                self.source_key or "", self.status, self.nationalities, self.sex,
                tuple(replace(n.notice(), charges=(), remarks=None) for n in self.notices), self.instructions,
            )  # fmt: skip
        description = PersonDescription(
            tuple(PersonName(name.full, name.kind, name.given, name.family) for name in self.names),
            tuple(read_partial_date(birth) for birth in self.births), self.nationalities, self.sex,
            tuple(DocumentReference(document.number, document.issuer, document.type) for document in self.documents),
        )  # fmt: skip
        return Person(
            self.source_key or str(uuid7()), self.status, description, tuple(n.notice() for n in self.notices),
            self.birth_places, self.marks, self.instructions, self.remarks,
        )  # fmt: skip


class DocumentBody(Body):
    number: Code
    issuer: Code
    type: DocumentType
    status: DocumentStatus
    reported: Day | None = None
    circumstances: Text | None = None

    def content(self) -> Content:
        """The records' own form."""
        return TravelDocument(self.number, self.issuer, self.type, self.status, self.reported, self.circumstances)


class VehicleBody(Body):
    status: VehicleStatus
    vin: Code | None = None
    plate: Code | None = None
    country: Code | None = None
    make: Line | None = None
    model: Line | None = None
    colour: Line | None = None
    reported: Day | None = None

    def content(self) -> Content:
        """The records' own form."""
        return Vehicle(
            self.status, self.vin, self.plate, self.country, self.make, self.model, self.colour, self.reported
        )


class FirearmBody(Body):
    status: FirearmStatus
    serial: Code
    make: Line | None = None
    model: Line | None = None
    calibre: Line | None = None
    country: Code | None = None
    reported: Day | None = None
    type: FirearmCode | None = None
    made_in: Year | None = None
    importer: Line | None = None
    import_country: Code | None = None
    import_year: Year | None = None
    illicit: Annotated[tuple[IllicitGround, ...], Field(max_length=5)] = ()
    other_marks: Line | None = None
    event_date: Day | None = None
    event_place: Line | None = None
    case_reference: Line | None = None
    recheck: Day | None = None

    def content(self) -> Content:
        """The records' own form."""
        told = {name: getattr(self, name) for name in type(self).model_fields if name != "illicit"}
        return Firearm(**told, illicit=",".join(dict.fromkeys(self.illicit)) or None)


class EntryBody(Body):
    """What goes with every content: terms, how long it is kept, and on entering the set it belongs to."""

    terms: TermsBody = TermsBody()
    retain_until: Day | None = None


class NewBody(EntryBody):
    set: Line | None = None


class ChangeBody(EntryBody):
    version: Annotated[int, Field(ge=1, le=2_000_000_000, description="the version the change was made from")]


class NewPersonBody(NewBody):
    content: PersonBody


class NewDocumentBody(NewBody):
    content: DocumentBody


class NewVehicleBody(NewBody):
    content: VehicleBody


class NewFirearmBody(NewBody):
    content: FirearmBody


class ChangedPersonBody(ChangeBody):
    content: PersonBody


class ChangedDocumentBody(ChangeBody):
    content: DocumentBody


class ChangedVehicleBody(ChangeBody):
    content: VehicleBody


class ChangedFirearmBody(ChangeBody):
    content: FirearmBody


class EndBody(Body):
    version: Annotated[int, Field(ge=1, le=2_000_000_000)]
    reason: Line


class WrittenAnswer(BaseModel):
    id: UUID
    kind: RecordKind
    version: int
    retain_until: date


class GradesAnswer(BaseModel):
    handling: Handling
    source_grade: SourceGrade
    information_grade: InformationGrade
    confidence: Confidence


class HeldAnswer(BaseModel):
    id: UUID
    kind: RecordKind
    owner: str
    version: int
    changed_at: datetime
    ended_at: datetime | None
    retain_until: date
    grades: GradesAnswer
    purpose: Purpose
    terms: TermsBody | None
    masked: bool
    merged_into: UUID | None
    content: dict[str, Any]


class RevisionAnswer(BaseModel):
    version: int
    changed_at: datetime
    changed_by: UUID | None
    act: str
    content: dict[str, Any]


class HistoryAnswer(BaseModel):
    revisions: list[RevisionAnswer]


class SetAnswer(BaseModel):
    id: UUID
    name: str
    kind: Literal["person", "document", "vehicle", "firearm"]
    owner: str
    as_of: datetime | None
    records: int | None


class SetsAnswer(BaseModel):
    sets: list[SetAnswer]


def held_answer(held: Held) -> HeldAnswer:
    """A record as its reader may see it."""
    grades = held.grading
    return HeldAnswer(
        id=held.id, kind=held.kind, owner=held.owner, version=held.version, changed_at=held.changed_at,
        ended_at=held.ended_at, retain_until=held.retain_until, purpose=held.purpose, masked=held.masked,
        merged_into=held.merged_into,
        grades=GradesAnswer(
            handling=grades.handling, source_grade=grades.source, information_grade=grades.information,
            confidence=grades.confidence,
        ),
        terms=terms_body(held.terms) if held.terms else None, content=content_to_json(held.content),
    )  # fmt: skip


def terms_body(terms: Terms) -> TermsBody:
    """Terms in the form they are sent in."""
    return TermsBody(
        readers=audience_body(terms.readers), meeting=audience_body(terms.meeting), level=terms.level,
        handling=terms.grading.handling, source_grade=terms.grading.source,
        information_grade=terms.grading.information, confidence=terms.grading.confidence, purpose=terms.purpose,
        break_glass=terms.break_glass,
    )  # fmt: skip


def audience_body(audience: Audience) -> AudienceBody:
    """An audience in the form it is sent in."""
    return AudienceBody(
        kind=audience.kind, parties=audience.parties, operation=audience.operation, barred=audience.barred
    )
