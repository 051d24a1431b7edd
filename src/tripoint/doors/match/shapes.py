"""What goes over the wire at the match door: queries as yente takes them, answers as its clients read them."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from tripoint.doors.errors import ErrorFields
from tripoint.engines.screening import MODEL, Grade
from tripoint.words.purposes import Purpose

MOST_QUERIES, MOST_VALUES = 100, 30
LEAST = dict(MODEL.thresholds)  # the least score of each grade
Value = Annotated[str, StringConstraints(strip_whitespace=True, max_length=400)] | int
Values = Annotated[list[Value], Field(max_length=MOST_VALUES)]


class Lenient(BaseModel):
    """What others' clients send besides is passed over: it can only narrow an answer, and ours is then wider."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class EntityAsked(Lenient):
    """One query: an entity of the FollowTheMoney model as an example of what is sought."""

    id: Annotated[str, StringConstraints(max_length=300)] | None = None
    schema_: Annotated[str, StringConstraints(max_length=60)] = Field("Person", alias="schema")
    properties: Annotated[dict[str, Values | Value], Field(max_length=60)]


class MatchAsked(Lenient):
    """A batch of queries, each under a name of the caller's."""

    model_config = ConfigDict(
        extra="ignore",
        frozen=True,
        json_schema_extra={
            "examples": [
                {
                    "queries": {
                        "q1": {
                            "schema": "Person",
                            "properties": {
                                "name": ["Mireya Antuco Velas"],
                                "birthDate": ["1976-05"],
                                "nationality": ["co"],
                                "passportNumber": ["AB 123456"],
                            },
                        }
                    }
                }
            ]
        },
    )

    queries: Annotated[dict[str, EntityAsked], Field(min_length=1, max_length=MOST_QUERIES)]


class Options(Lenient):
    """What stands in the address. `cutoff` leaves out results below it, `threshold` calls one a match."""

    limit: int = Field(5, ge=1, le=100)
    threshold: float = Field(LEAST[Grade.POSSIBLE], ge=0, le=1)
    cutoff: float = Field(LEAST[Grade.WEAK], ge=0, le=1)
    algorithm: str | None = Field(None, max_length=60, description="taken and passed over: there is one model")
    purpose: Purpose | None = Field(None, description="why it is asked; a security check if nothing says")
    operation: UUID | None = None
    post: UUID | None = None


class ExplanationShown(BaseModel):
    """What one feature adds to the evidence (below 0 it speaks against), and the values it compared."""

    score: float
    detail: str
    query: str | None
    candidate: str | None


class OwnerToAsk(BaseModel):
    """The party that owns the record, and how to reach it."""

    code: str
    name: str
    contact: str


class ResultShown(BaseModel):
    """One possible hit. At level `pointer` it tells nothing but the owner: no names, no reasons, a constant score."""

    id: str
    caption: str
    schema_: str = Field(serialization_alias="schema")
    properties: dict[str, list[str]]
    datasets: list[str]
    referents: list[str] = []
    target: bool = True
    score: float
    match: bool
    features: dict[str, float]
    explanations: dict[str, ExplanationShown]
    level: str
    grade: str
    owner: OwnerToAsk


class TotalShown(BaseModel):
    """How many results there are, before `limit`."""

    value: int
    relation: str = "eq"


class ResponseShown(BaseModel):
    """The answer to one query; `status` is 200, or says with `error` why it is not or not wholly answered."""

    status: int
    results: list[ResultShown]
    total: TotalShown
    query: dict[str, Any]
    checks: list[str]
    error: ErrorFields | None = None


class FeatureShown(BaseModel):
    """One feature of the model."""

    description: str
    coefficient: float
    url: str = ""


class MatchShown(BaseModel):
    """The answers under the names of their queries, the features of the model, and the limit that held."""

    responses: dict[str, ResponseShown]
    matcher: dict[str, FeatureShown]
    limit: int
