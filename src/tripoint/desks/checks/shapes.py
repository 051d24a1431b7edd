"""What goes over the wire at the checks desk: bodies in, answers out, with their examples."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from tripoint.desks.checks.model import HitState, Outcome, Urgency
from tripoint.engines.screening import Manner
from tripoint.words.documents import DocumentType
from tripoint.words.people import Sex
from tripoint.words.purposes import Purpose

FIRST_YEAR, LAST_YEAR = 2000, 2100  # of a device's clock


def without_nul(text: str) -> str:
    """The text. Raises ValueError for the NUL character, which no name holds and PostgreSQL refuses."""
    if "\x00" in text:
        raise ValueError("holds a NUL character; leave it out")
    return text


def of_our_time(moment: datetime) -> datetime:
    """The moment. Raises ValueError for one that no working clock shows."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"the year {moment.year} lies outside {FIRST_YEAR} to {LAST_YEAR}; set the device's clock")
    return moment


def version_7(identifier: UUID) -> UUID:
    """The id. Raises ValueError for another version, which would not be ordered by time."""
    if identifier.version != 7:
        raise ValueError("must be a UUID version 7, made anew for each check")
    return identifier


Plain = AfterValidator(without_nul)
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Plain]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), Plain]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), Plain]


class Shape(BaseModel):
    """Nothing unknown is taken: a misspelt field is an error, never silently dropped."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PositionAsked(Shape):
    """Where the device is, in degrees (WGS 84)."""

    latitude: float = Field(ge=-90, le=90, allow_inf_nan=False)
    longitude: float = Field(ge=-180, le=180, allow_inf_nan=False)


class PersonAsked(Shape):
    """A person: a full name, or given and family name; a partial birth date is welcome.

    Where several names, dates or nationalities are stated, the others stand beside; one that agrees is enough.
    """

    name: Text | None = None
    given: Text | None = None
    family: Text | None = None
    birth: Code | None = Field(None, description="YYYY, YYYY-MM or YYYY-MM-DD", examples=["1976-05-12"])
    nationality: Code | None = Field(None, description="three-letter code or the country's name", examples=["COL"])
    sex: Sex | None = None
    aliases: Annotated[list[Text], Field(max_length=20)] | None = None
    other_births: Annotated[list[Code], Field(max_length=5)] | None = None
    other_nationalities: Annotated[list[Code], Field(max_length=5)] | None = None

    @model_validator(mode="after")
    def has_a_name(self) -> PersonAsked:
        """A person is asked for by name."""
        if not (self.name or self.given or self.family):
            raise ValueError("give a name")
        return self


class DocumentAsked(Shape):
    """A travel document by its number (issuer and type make it surer), or by its machine-readable zone."""

    number: Code | None = None
    issuer: Code | None = Field(None, examples=["COL"])
    type: DocumentType | None = None
    mrz: Annotated[str, StringConstraints(max_length=400), Plain] | None = Field(
        None, description="the lines as printed or as read"
    )
    near: bool | None = Field(
        None,
        description="meet numbers one slip away too (a character changed, missing, added, two exchanged); most of those"
        " are strangers' documents, so give issuer and type",
    )

    @model_validator(mode="after")
    def number_or_zone(self) -> DocumentAsked:
        """One of the two, not both."""
        if (self.number is None) == (self.mrz is None):
            raise ValueError("give the number or the mrz, one of the two")
        return self


class VehicleBody(Shape):
    """A vehicle by its identification number, by plate and country, or both."""

    vin: Code | None = None
    plate: Code | None = None
    country: Code | None = None
    make: Text | None = None

    @model_validator(mode="after")
    def has_a_mark(self) -> VehicleBody:
        """At least one mark."""
        if not (self.vin or self.plate):
            raise ValueError("give the vin or the plate")
        return self


class FirearmBody(Shape):
    """A firearm by its serial; the make tells it from others that bear the same."""

    serial: Code
    make: Text | None = None
    model: Text | None = None
    calibre: Text | None = None


class CheckAsked(Shape):
    """One check: any of person, document, vehicle, firearm together."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "id": "0192f5a0-7c1e-7d3a-9c55-0b8f6c1d2e3f",
                    "purpose": "border_control",
                    "person": {"name": "Mireya Antuco Velas", "birth": "1976-05", "nationality": "COL"},
                    "document": {"number": "AB 123456", "issuer": "COL", "type": "passport"},
                }
            ]
        },
    )

    id: Annotated[UUID, AfterValidator(version_7)] = Field(
        description="UUID version 7 made by the client; the same id is answered once"
    )
    purpose: Purpose
    operation: UUID | None = None
    post: UUID | None = None
    position: PositionAsked | None = None
    device_time: Annotated[AwareDatetime, AfterValidator(of_our_time)] | None = None
    person: PersonAsked | None = None
    document: DocumentAsked | None = None
    vehicle: VehicleBody | None = None
    firearm: FirearmBody | None = None

    @model_validator(mode="after")
    def asks_something(self) -> CheckAsked:
        """A check of nothing is no check."""
        if not (self.person or self.document or self.vehicle or self.firearm):
            raise ValueError("ask for at least one of person, document, vehicle, firearm")
        return self


class Referral(Shape):
    """Refer a hit to the owner of the record."""

    urgency: Urgency = Urgency.NORMAL
    note: LongText | None = None


class Decision(Shape):
    """The owner's word on a hit, with the reason."""

    decision: Literal[HitState.CONFIRMED, HitState.NOT_CONFIRMED, HitState.INCONCLUSIVE]
    reason: LongText


class OutcomeBody(Shape):
    """What became of it in the field."""

    outcome: Outcome
    override_reason: LongText | None = None


class PartyShown(BaseModel):
    """A party by code and name."""

    code: str
    name: str


class OwnerShown(PartyShown):
    """The party to ask, and how to reach it."""

    contact: str


class ReasonShown(BaseModel):
    """Why a hit was raised: a code for the page's own words, and ours."""

    code: str
    words: str


class AlignedShown(BaseModel):
    """Words of the name asked beside words of the name held, as they are read to be compared: folded, in Latin letters.

    One of the two is null for `only_asked` and `only_held`. Where both of these occur, the names contradict each other;
    where only one does, something is left out.
    """

    asked: str | None
    held: str | None
    manner: Manner
    likeness: float = Field(description="how alike the words are, 0 to 1; 0 without counterpart")


class ComparisonShown(BaseModel):
    """One field asked beside the field held; of names also the words beside each other, in the order asked."""

    field: str
    asked: str | None
    held: str | None
    verdict: str
    words: str
    aligned: list[AlignedShown] = []


class SetShown(BaseModel):
    """A list that was searched, and how fresh it was."""

    id: str
    name: str
    owner: str
    kind: str
    as_of: str | None
    searched: bool


class FailedShown(BaseModel):
    """A part that could not be searched."""

    kind: str
    sentence: str


class HitTold(BaseModel):
    """One possible hit as the asker is told of it."""

    id: UUID
    kind: str
    grade: str
    score: float | None
    state: str
    level: str
    owner: OwnerShown
    nature: str | None
    action: str
    instructions: str | None
    protect: bool
    reasons: list[ReasonShown]
    comparison: list[ComparisonShown]
    held: dict[str, Any] | None


class ZoneShown(BaseModel):
    """What was read from the machine-readable zone; `failing` names fields whose check digit does not hold."""

    format: str
    valid: bool
    document: dict[str, str | None]
    surname: str
    given_names: str
    birth: str | None
    nationality: str
    sex: str
    expiry: str | None
    name_maybe_truncated: bool
    failing: list[str]


class AnswerShown(BaseModel):
    """The answer to a check. `nothing_found` proves nothing."""

    id: UUID
    answered_at: datetime
    grade: str
    sentence_id: str
    complete: bool
    read: ZoneShown | None
    sets: list[SetShown]
    failed: list[FailedShown]
    hits: list[HitTold]
    repeated: bool
    # seconds by which `device_time` lies after the hub's own (before: negative), where it is more than two minutes
    clock_apart: int | None = None


class CheckShown(AnswerShown):
    """A check looked at again: with what was asked."""

    asked: dict[str, Any]


class CheckLineShown(BaseModel):
    """A check in a list."""

    id: UUID
    asked_at: datetime
    post: UUID | None
    purpose: str
    kinds: list[str]
    grade: str
    hits: int
    officer: str | None
    clock_apart: int | None = None


class ChecksShown(BaseModel):
    """A page of checks; `next` goes on from there."""

    checks: list[CheckLineShown]
    next: str | None


class HitShown(BaseModel):
    """A hit at the hit desk."""

    id: UUID
    kind: str
    grade: str
    score: float | None
    state: str
    level: str
    raised_at: datetime
    referred_at: datetime | None
    due_at: datetime
    overdue: bool
    decided_at: datetime | None
    asker: PartyShown
    owner: OwnerShown
    side: str
    post: dict[str, Any] | None
    operation: UUID | None
    nature: str | None
    protect: bool
    action: str
    outcome: str | None
    urgency: str
    may: list[str]


class HitsShown(BaseModel):
    """A page of hits."""

    hits: list[HitShown]
    next: str | None


class EventShown(BaseModel):
    """One step in a hit's life; `by` only for one's own party."""

    at: datetime
    state: str
    party: str
    by: str | None
    reason: str | None


class HitFileShown(HitShown):
    """A hit opened. `record` is told to its owner alone, who may open what is sealed in it."""

    record: UUID | None
    asked: dict[str, Any] | None
    held: dict[str, Any] | None
    comparison: list[ComparisonShown]
    reasons: list[ReasonShown]
    instructions: str | None
    model: str | None
    history: list[EventShown]
