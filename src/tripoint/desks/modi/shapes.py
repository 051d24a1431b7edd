"""The shapes of modi operandi over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from tripoint.access.http import Body, Line
from tripoint.desks.modi import rules
from tripoint.desks.modi.model import (
    Content,
    Decision,
    Modus,
    ModusFile,
    ModusState,
    ModusText,
    Near,
    Search,
    Verdict,
)
from tripoint.records.shapes import TermsBody
from tripoint.words import modi
from tripoint.words.forms.notice_request import ADDRESSED
from tripoint.words.modi import Certainty, Danger, Stage

NO_CONTROLS = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
Long = Annotated[str, StringConstraints(strip_whitespace=True, max_length=8_000, pattern=NO_CONTROLS)]


def among(codes: Sequence[str]) -> Callable[[str], str]:
    """What takes the codes of one list only."""

    def check(code: str) -> str:
        if code not in codes:
            raise ValueError(f"is none of: {', '.join(codes)}")
        return code

    return check


def listed(codes: Sequence[str]) -> WithJsonSchema:
    """How the list stands in the description of the interface."""
    return WithJsonSchema({"type": "string", "enum": list(codes)})


Area = Annotated[str, AfterValidator(among(modi.AREAS)), listed(modi.AREAS)]
Commodity = Annotated[str, AfterValidator(among(modi.COMMODITIES)), listed(modi.COMMODITIES)]
HidingPlace = Annotated[str, AfterValidator(among(modi.HIDING_PLACES)), listed(modi.HIDING_PLACES)]
Installation = Annotated[str, AfterValidator(among(modi.INSTALLATIONS)), listed(modi.INSTALLATIONS)]
Transport = Annotated[str, AfterValidator(among(modi.TRANSPORTS)), listed(modi.TRANSPORTS)]
Routing = Annotated[str, AfterValidator(among(modi.ROUTINGS)), listed(modi.ROUTINGS)]
Detection = Annotated[str, AfterValidator(among(modi.DETECTIONS)), listed(modi.DETECTIONS)]
Paper = Annotated[str, AfterValidator(among(modi.PAPERS)), listed(modi.PAPERS)]
Language = Annotated[str, AfterValidator(among(modi.LANGUAGES)), listed(modi.LANGUAGES)]
Addressed = Annotated[str, AfterValidator(among(ADDRESSED)), listed(ADDRESSED)]


class TextBody(Body):
    """What is told in one language. No names of people: it is about a method."""

    title: Line
    summary: Long = ""
    indicators: Annotated[Long, Field(description="for officers at the front line, one a line")] = ""
    countermeasures: Long = ""
    danger: Annotated[Long, Field(description="what an officer has to expect, shown first")] = ""


class TextsBody(Body):
    """What is told, by language; at least one."""

    en: TextBody | None = None
    es: TextBody | None = None
    fr: TextBody | None = None
    pt: TextBody | None = None
    ar: TextBody | None = None

    def texts(self) -> dict[str, ModusText]:
        """The desk's own form."""
        told: dict[str, TextBody | None] = {language: getattr(self, language) for language in modi.LANGUAGES}
        return {language: ModusText(**text.model_dump()) for language, text in told.items() if text is not None}


class ContentBody(Body):
    """What is said of a modus operandi, in codes and in at least one language."""

    stage: Stage
    crime_area: Area
    danger: Danger
    texts: TextsBody
    commodity: Commodity | None = None
    concealment: HidingPlace | None = None
    transport: Transport | None = None
    installation: Installation | None = None
    routing: Routing | None = None
    detected_by: Detection | None = None
    countries: Annotated[tuple[Line, ...], Field(max_length=60)] = ()
    tools: Annotated[tuple[Line, ...], Field(max_length=20)] = ()
    documents: Annotated[tuple[Paper, ...], Field(max_length=20)] = ()
    first_seen: date | None = None
    last_seen: date | None = None
    operation: UUID | None = None
    pictures: Annotated[tuple[UUID, ...], Field(max_length=20)] = ()
    terms: TermsBody | None = None

    def content(self) -> Content:
        """The desk's own form; nothing said of its terms means the own party alone."""
        plain = {name: getattr(self, name) for name in Content.__dataclass_fields__ if name not in ("texts", "terms")}
        return Content(**plain, texts=self.texts.texts(), terms=(self.terms or TermsBody()).terms())


class ModusBody(ContentBody):
    """A new one. The id is made by whoever sends it and stays the same at every attempt."""

    model_config = ConfigDict(json_schema_extra={"examples": [{
        "id": "01919c5e-0000-7000-8000-000000000001", "stage": "concealment", "crime_area": "firearms",
        "danger": "caution", "texts": {"en": {"title": "Pistols within car batteries"}},
    }]})  # fmt: skip
    id: UUID


class RewrittenBody(ContentBody):
    """All of it anew, and why; the terms stay where nothing is said of them."""

    reason: Line
    version: Annotated[int, Field(ge=1, le=2_000_000_000)] | None = None


class SearchBody(Body):
    """Words in any of the languages, and codes; nothing said means all."""

    words: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=NO_CONTROLS)] = ""
    stage: Stage | None = None
    crime_area: Area | None = None
    commodity: Commodity | None = None
    concealment: HidingPlace | None = None
    transport: Transport | None = None
    installation: Installation | None = None
    routing: Routing | None = None
    detected_by: Detection | None = None
    danger: Danger | None = None
    state: ModusState | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    language: Language | None = None
    operation: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50

    def search(self) -> Search:
        """The desk's own form."""
        other = {"words", "country", "language", "operation", "limit"}
        codes = {name: str(code) for name, code in self if name not in other and code is not None}
        return Search(self.words or None, codes, self.country, self.language, self.operation, self.limit)


class DecisionBody(Body):
    """What an analyst decides, why, and which accepted ones he has looked at."""

    verdict: Verdict
    reason: Line
    compared: Annotated[tuple[UUID, ...], Field(max_length=50)] = ()
    same_as: UUID | None = None

    def decision(self) -> Decision:
        """The desk's own form."""
        return Decision(self.verdict, self.reason, self.compared, self.same_as)


class PublicationBody(Body):
    """Whether officers in the field get a card of it, and why it is published."""

    card: bool = False
    reason: Line


class CaseBody(Body):
    """An occurrence that shows it, and how surely; `refuted` takes it back."""

    occurrence: UUID
    confidence: Certainty
    remarks: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500, pattern=NO_CONTROLS)] = ""


class PurpleBody(Body):
    """Under which id and for which operation the draft is filed, and to whom it goes."""

    id: UUID
    operation: UUID
    addressed_to: Addressed = "general_secretariat"


class TextAnswer(BaseModel):
    title: str
    summary: str
    indicators: str
    countermeasures: str
    danger: str


class ModusAnswer(BaseModel):
    id: UUID
    owner: str
    own: bool
    state: ModusState
    version: int
    stage: Stage
    crime_area: str
    danger: Danger
    texts: dict[str, TextAnswer]
    commodity: str | None
    concealment: str | None
    transport: str | None
    installation: str | None
    routing: str | None
    detected_by: str | None
    countries: list[str]
    tools: list[str]
    documents: list[str]
    first_seen: date | None
    last_seen: date | None
    operation: UUID | None
    pictures: list[UUID]
    card: bool
    decided_new: bool
    superseded_by: UUID | None
    written_by_name: str
    written_at: datetime
    changed_at: datetime
    decided_by_name: str | None
    decided_at: datetime | None
    reason: str | None
    grading: dict[str, str]


class ReasonAnswer(BaseModel):
    """`weight` and `share` from 0 to 1: how much it counts, and how far the two agree in it."""

    feature: str
    weight: float
    share: float


class NearAnswer(BaseModel):
    """`must` says that it comes so near that nothing is new before it was looked at."""

    modus: ModusAnswer
    score: float
    must: bool
    reasons: list[ReasonAnswer]


class NearestAnswer(BaseModel):
    nearest: list[NearAnswer]


class CaseAnswer(BaseModel):
    occurrence: UUID
    kind: str
    owner: str
    confidence: Certainty
    remarks: str
    set_by_name: str
    set_at: datetime


class ComparedAnswer(BaseModel):
    other: UUID
    score: float
    reasons: list[ReasonAnswer]
    verdict: str
    by_name: str
    at: datetime


class ModusFileAnswer(BaseModel):
    modus: ModusAnswer
    cases: list[CaseAnswer]
    compared: list[ComparedAnswer]
    notices: list[UUID]


class FacetAnswer(BaseModel):
    field: str
    code: str
    n: int


class LibraryAnswer(BaseModel):
    modi: list[ModusAnswer]
    facets: list[FacetAnswer]


class CardAnswer(BaseModel):
    """What an officer at a post needs: the danger first, then what to look for. Texts by language."""

    id: UUID
    stage: Stage
    danger: Danger
    concealment: str | None
    transport: str | None
    texts: dict[str, dict[str, str]]
    pictures: list[UUID]
    changed_at: datetime


class CardsAnswer(BaseModel):
    cards: list[CardAnswer]


class PurpleAnswer(BaseModel):
    """The report that holds the draft."""

    notice_request: UUID


class VocabularyAnswer(BaseModel):
    """The codes of each list; the pages have words for them."""

    lists: dict[str, list[str]]


def modus_answer(modus: Modus) -> ModusAnswer:
    """A modus as it goes out."""
    known = ModusAnswer.model_fields
    content = {name: getattr(modus.content, name) for name in Content.__dataclass_fields__ if name in known}
    head = {name: getattr(modus, name) for name in Modus.__dataclass_fields__ if name in known}
    texts = {language: TextAnswer.model_validate(text, from_attributes=True) for language, text in
             modus.content.texts.items()}  # fmt: skip
    return ModusAnswer(**{**content, **head, "texts": texts})


def near_answer(near: Near) -> NearAnswer:
    """An accepted one beside another."""
    reasons = [ReasonAnswer.model_validate(one, from_attributes=True) for one in near.reasons]
    must = near.score >= rules.NEAR
    return NearAnswer(modus=modus_answer(near.modus), score=near.score, must=must, reasons=reasons)


def file_answer(found: ModusFile) -> ModusFileAnswer:
    """A modus with what hangs on it."""
    return ModusFileAnswer(
        modus=modus_answer(found.modus), notices=list(found.notices),
        cases=[CaseAnswer.model_validate(case, from_attributes=True) for case in found.cases],
        compared=[ComparedAnswer(
            other=one.other, score=one.score, verdict=one.verdict, by_name=one.by_name, at=one.at,
            reasons=[ReasonAnswer.model_validate(dict(why)) for why in one.reasons],
        ) for one in found.compared],
    )  # fmt: skip


def card_answer(modus: Modus) -> CardAnswer:
    """The short form for the field."""
    texts = {
        language: {"title": text.title, "danger": text.danger, "indicators": text.indicators}
        for language, text in modus.content.texts.items()
    }
    return CardAnswer(
        id=modus.id, stage=modus.content.stage, danger=modus.content.danger, concealment=modus.content.concealment,
        transport=modus.content.transport, texts=texts, pictures=list(modus.content.pictures),
        changed_at=modus.changed_at,
    )  # fmt: skip
