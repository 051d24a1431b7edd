"""The shapes of sealed fields over HTTP."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from tripoint.access.http import Body, Line
from tripoint.records.sealed.model import SealedField
from tripoint.words.dates import read_partial_date
from tripoint.words.people import PersonDescription, PersonName
from tripoint.words.purposes import Purpose

Reason = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f]+$")
]
BirthDate = Annotated[str, Field(max_length=20), AfterValidator(lambda text: str(read_partial_date(text)))]
Number = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")
]


class OpeningBody(Body):
    """What for and why a field is opened."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"purpose": "identification", "reason": "her mother asks at the shelter"}]}
    )
    purpose: Purpose
    reason: Reason


class LookupBody(OpeningBody):
    """Who is looked for: a whole name with its date of birth, a document number, or both."""

    name: Line | None = None
    birth: BirthDate | None = None
    number: Number | None = None

    def person(self) -> PersonDescription | None:
        """The person asked for, where name and birth are both given."""
        if not self.name or not self.birth:
            return None
        return PersonDescription((PersonName(self.name),), (read_partial_date(self.birth),))


class OpenedAnswer(BaseModel):
    record: UUID
    field: SealedField
    version: int
    value: Any


class FoundAnswer(BaseModel):
    record: UUID
    status: str
    by: list[str]
    changed_at: datetime


class LookupAnswer(BaseModel):
    found: list[FoundAnswer]
