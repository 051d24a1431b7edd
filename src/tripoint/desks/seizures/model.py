"""The nouns of the seizures' desk: items as they are counted, doubts and doubles, valuations, totals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class GateDecision(StrEnum):
    """What a person says of a weight above its gate: it was looked at and stands, or it is wrong and waits."""

    STANDS = "stands"
    WRONG = "wrong"


class DoubleDecision(StrEnum):
    """What a person says of two reports that look alike."""

    SAME = "same"
    DIFFERENT = "different"


class Only(StrEnum):
    """Which items are looked for, beside what they are of."""

    ABOVE = "above"
    WITHOUT_KILOGRAMS = "without_kilograms"
    SET_ASIDE = "set_aside"


class Basis(StrEnum):
    """What a price is for one of. `whole` is a price for everything at once, and says nothing of any part."""

    KILOGRAM = "kilogram"
    PURE_KILOGRAM = "pure_kilogram"
    PIECE = "piece"
    ROUND = "round"
    WHOLE = "whole"


class Level(StrEnum):
    """Where in the trade a price was paid; the same kilogram costs many times more at each step."""

    FARM_GATE = "farm_gate"
    WHOLESALE = "wholesale"
    MID = "mid"
    RETAIL = "retail"
    FACE_VALUE = "face_value"


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a seizure as it is counted. `kilograms` or `reason` where it is a drug or a precursor.

    `amount` is what it is compared by (kilograms, else rounds, plants or pieces), `likeness` its first three digits.
    """

    number: int
    category: str
    unit: str
    quantity: Decimal
    kilograms: Decimal | None = None
    factor: str | None = None
    version: str | None = None
    reason: str | None = None
    substance: str | None = None
    family: str | None = None
    form: str | None = None
    rounds: int | None = None
    plants: int | None = None
    value_usd: Decimal | None = None
    cas: str | None = None
    inside: int | None = None
    gate: Decimal | None = None
    above: bool = False
    amount: Decimal | None = None
    likeness: str | None = None


@dataclass(frozen=True, slots=True)
class ItemFound:
    """An item with the seizure it is of, and what was decided about its weight."""

    seizure: UUID
    owner: str  # code
    happened_at: datetime
    state: str
    item: Item
    set_aside: bool
    decision: GateDecision | None
    decided_reason: str | None
    counted: bool  # False: another record of the same event stands for it


@dataclass(frozen=True, slots=True)
class Looked:
    """Which items somebody looks for; `after` is the last one already seen: seizure and number."""

    operation: UUID
    category: str | None = None
    family: str | None = None
    only: Only | None = None
    seizure: UUID | None = None
    after: tuple[UUID, int] | None = None
    limit: int = 100


@dataclass(frozen=True, slots=True)
class Double:
    """Two reports that look alike: why, and what was decided. `both` are their owners' codes."""

    one: UUID
    other: UUID
    both: tuple[str, str]
    happened_at: tuple[datetime, datetime]
    category: str
    family: str | None
    amounts: tuple[Decimal, Decimal]
    same_post: bool
    decision: DoubleDecision | None
    decided_by_party: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Row:
    """What was seized of one category and family, each event once. Kilograms never hold plants or pure weights."""

    category: str
    family: str | None
    seizures: int
    items: int
    kilograms: Decimal
    pieces: Decimal
    rounds: int
    plants: int
    value_usd: Decimal
    without_kilograms: int
    above: int  # weights above their gate that nobody has decided about
    kilograms_above: Decimal
    set_aside: int


@dataclass(frozen=True, slots=True)
class Share:
    """What is credited to one party: joint seizures by the shares that were stated, in equal parts where none was."""

    party: str
    seizures: Decimal
    drugs_kg: Decimal
    precursors_kg: Decimal
    rounds: Decimal


@dataclass(frozen=True, slots=True)
class Priced:
    """What was published at one price: how much of which family, at which level, in US dollars."""

    basis: Basis
    level: Level
    family: str | None
    price_usd: Decimal  # for one of the basis
    quantity: Decimal
    low_usd: Decimal
    central_usd: Decimal
    high_usd: Decimal
    valuations: int


@dataclass(frozen=True, slots=True)
class Worth:
    """What stands behind a value: its prices, what it covers and what it leaves out.

    `one_price` says that the same price of a kilogram was put on more than one family, or that a price for everything
    at once is all there is: such a headline holds for no drug in it.
    """

    low_usd: Decimal
    central_usd: Decimal
    high_usd: Decimal
    kilograms: Decimal
    per_kilogram_usd: Decimal | None
    one_price: bool
    levels: tuple[Level, ...]
    unvalued: Mapping[str, Decimal]  # kilograms by family that no published price is for
    prices: tuple[Priced, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """What seizures of an operation come to, and what has to be said beside it."""

    operation: UUID
    as_of: datetime
    seizures: int
    rows: tuple[Row, ...]
    drugs_kg: Decimal
    precursors_kg: Decimal
    rounds: int
    plants: int
    worth: Worth
    shares: tuple[Share, ...]
    reasons: Mapping[str, int]
    doubles_open: int
    gates_open: int


@dataclass(frozen=True, slots=True)
class Valuation:
    """What an item, or the whole seizure (`item` None), is worth, on what basis; figures are for one of the basis."""

    id: UUID
    item: int | None
    basis: Basis
    level: Level
    low: Decimal
    central: Decimal
    high: Decimal
    currency: str
    per_usd: Decimal
    rate_source: str
    source: str
    place: str
    priced_on: date
    purity: Decimal | None = None
    published: bool = False


@dataclass(frozen=True, slots=True)
class ValuationKept:
    """A valuation as it stands, with what it was reckoned on and what came out in US dollars."""

    valuation: Valuation
    quantity: Decimal
    low_usd: Decimal
    central_usd: Decimal
    high_usd: Decimal
    method: str
    made_at: datetime
    digest: str
