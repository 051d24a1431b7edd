"""What goes over the wire at the seizures' desk; decimals as text, so that no digit is lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field, PlainSerializer, StringConstraints

from tripoint.access.http import Body, Line
from tripoint.desks.seizures.model import (
    Basis,
    Double,
    DoubleDecision,
    GateDecision,
    ItemFound,
    Level,
    Totals,
    Valuation,
    ValuationKept,
)

Amount = Annotated[Decimal, PlainSerializer(lambda number: f"{number:f}", return_type=str)]
Price = Annotated[Decimal, Field(ge=0, le=Decimal(10) ** 12, max_digits=24, decimal_places=9)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3,4}$")]
Number = Annotated[int, Field(ge=1, le=200, description="from 1, in the order of the seizure's items")]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=10, max_length=200,
                                          pattern=r"^[^\x00-\x1f\x7f]+$")]  # fmt: skip


class PicturesBody(Body):
    """Every picture that belongs to the seizure, put in before with POST /api/pictures."""

    pictures: Annotated[tuple[UUID, ...], Field(max_length=20)]


class PicturesAnswer(BaseModel):
    pictures: list[UUID]


class GateBody(Body):
    """What somebody found about a weight above its gate, and why."""

    item: Number
    decision: GateDecision
    reason: Reason


class DoubleBody(Body):
    """What two reports that look alike are; `joins` is the own one that becomes one event with the other."""

    one: UUID
    other: UUID
    decision: DoubleDecision
    reason: Reason
    joins: UUID | None = None


class ValuationBody(Body):
    """A valuation: a price for one of the basis, low, central and high, and where it comes from.

    `item` left out is the whole seizure; `per_usd` is how many of the currency one dollar was, 1 where it is USD.
    """

    id: UUID
    item: Number | None = None
    basis: Basis
    level: Level
    low: Price
    central: Price
    high: Price
    currency: Currency
    per_usd: Annotated[Decimal, Field(gt=0, le=Decimal(10) ** 9, max_digits=24, decimal_places=9)]
    rate_source: Line
    source: Line
    place: Line
    priced_on: date
    purity: Annotated[Decimal, Field(gt=0, le=100, max_digits=6, decimal_places=3)] | None = None
    published: bool = False

    def valuation(self) -> Valuation:
        """The desk's own form."""
        return Valuation(**{name: getattr(self, name) for name in Valuation.__slots__})


class PublicationBody(Body):
    """Whether this valuation is the published one."""

    published: bool


class RowAnswer(BaseModel):
    """What was seized of one category and family, each event once."""

    category: str
    family: str | None
    seizures: int
    items: int
    kilograms: Amount
    pieces: Amount
    rounds: int
    plants: int
    value_usd: Amount
    without_kilograms: int
    above: int
    kilograms_above: Amount
    set_aside: int


class PricedAnswer(BaseModel):
    basis: Basis
    level: Level
    family: str | None
    price_usd: Amount
    quantity: Amount
    low_usd: Amount
    central_usd: Amount
    high_usd: Amount
    valuations: int


class WorthAnswer(BaseModel):
    """What stands behind a published value. `unvalued` are kilograms by family that no published price is for."""

    low_usd: Amount
    central_usd: Amount
    high_usd: Amount
    kilograms: Amount
    per_kilogram_usd: Amount | None
    one_price: bool
    levels: list[Level]
    unvalued: Mapping[str, Amount]
    prices: list[PricedAnswer]


class ShareAnswer(BaseModel):
    party: str
    seizures: Amount
    drugs_kg: Amount
    precursors_kg: Amount
    rounds: Amount


class TotalsAnswer(BaseModel):
    """What seizures come to. Kilograms of drugs hold no precursors, no plants and no weights of pure substance."""

    operation: UUID
    as_of: datetime
    seizures: int
    rows: list[RowAnswer]
    drugs_kg: Amount
    precursors_kg: Amount
    rounds: int
    plants: int
    worth: WorthAnswer
    shares: list[ShareAnswer]
    reasons: dict[str, int]
    doubles_open: int
    gates_open: int


class ItemAnswer(BaseModel):
    """One item with the seizure it is of; `kilograms` with the factor that made them, or the reason why not."""

    seizure: UUID
    owner: str
    happened_at: datetime
    state: str
    number: int
    category: str
    unit: str
    quantity: Amount
    kilograms: Amount | None
    factor: str | None
    version: str | None
    reason: str | None
    substance: str | None
    family: str | None
    form: str | None
    rounds: int | None
    plants: int | None
    value_usd: Amount | None
    cas: str | None
    inside: int | None
    gate: Amount | None
    above: bool
    set_aside: bool
    decision: GateDecision | None
    decided_reason: str | None
    counted: bool


class NextAnswer(BaseModel):
    seizure: UUID
    number: int


class ItemsAnswer(BaseModel):
    items: list[ItemAnswer]
    next: NextAnswer | None


class DoubleAnswer(BaseModel):
    """Two reports that look alike, with their owners, moments and amounts in the same order."""

    one: UUID
    other: UUID
    both: tuple[str, str]
    happened_at: tuple[datetime, datetime]
    category: str
    family: str | None
    amounts: tuple[Amount, Amount]
    same_post: bool
    decision: DoubleDecision | None
    decided_by_party: str | None
    reason: str | None


class DoublesAnswer(BaseModel):
    doubles: list[DoubleAnswer]


class ValuationAnswer(BaseModel):
    id: UUID
    item: int | None
    basis: Basis
    level: Level
    low: Amount
    central: Amount
    high: Amount
    currency: str
    per_usd: Amount
    rate_source: str
    source: str
    place: str
    priced_on: date
    purity: Amount | None
    published: bool
    quantity: Amount
    low_usd: Amount
    central_usd: Amount
    high_usd: Amount
    method: str
    made_at: datetime


class ValuationsAnswer(BaseModel):
    valuations: list[ValuationAnswer]


def totals_answer(found: Totals) -> TotalsAnswer:
    """Totals as they go out."""
    return TotalsAnswer.model_validate(asdict(found) | {"worth": asdict(found.worth)})


def item_answer(found: ItemFound) -> ItemAnswer:
    """An item as it goes out."""
    plain: dict[str, Any] = asdict(found)
    return ItemAnswer.model_validate(plain.pop("item") | plain)


def double_answer(found: Double) -> DoubleAnswer:
    """Two reports as they go out."""
    return DoubleAnswer.model_validate(found, from_attributes=True)


def valuation_answer(found: ValuationKept) -> ValuationAnswer:
    """A valuation as it goes out."""
    plain: dict[str, Any] = asdict(found)
    return ValuationAnswer.model_validate(plain.pop("valuation") | plain)


def valuations_answer(found: list[ValuationKept]) -> ValuationsAnswer:
    """Valuations as they go out."""
    return ValuationsAnswer(valuations=[valuation_answer(one) for one in found])
