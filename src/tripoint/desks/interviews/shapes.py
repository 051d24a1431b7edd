"""What goes over the wire at the interviews' desk."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from tripoint.access.http import Body, Line
from tripoint.desks.interviews.model import Basis, Findings, Prices, Release, Scope
from tripoint.desks.interviews.work import MOST_AT_ONCE, Question
from tripoint.engines.prices.model import Rate
from tripoint.engines.prices.reading import KINDS, checked
from tripoint.engines.prices.summing import Summary
from tripoint.records.shapes import AudienceBody, Day, Text

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class QuestionBody(Body):
    """What to look for: words in any of the languages, and the languages and operation to look in."""

    words: Line
    operation: UUID | None = None
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}$")] | None = None

    def question(self) -> Question:
        """The desk's own form."""
        return Question(self.words, self.operation, self.language)


class ReleaseBody(Body):
    """Which interview is shown to whom, on which basis in law, and whether with what it says of facilitators."""

    interview: UUID
    basis: Basis
    reason: Text
    audience: AudienceBody
    facilitators: bool = False


class RateBody(Body):
    """How many units of a currency one US dollar cost in a span of days; without an end, until a newer one."""

    currency: Currency
    kind: Annotated[str, StringConstraints(pattern=f"^({'|'.join(KINDS)})$")] = "official"
    since: Day
    until: Day | None = None
    per_usd: Annotated[Decimal, Field(gt=0, max_digits=30)]
    source: Line
    chosen: bool = False

    def rate(self) -> Rate:
        """The engine's own form. Raises ValueError for a span that is backwards or holds two moneys of one name."""
        return checked(
            Rate(self.currency, self.kind, self.since, self.until, self.per_usd, self.source, chosen=self.chosen)
        )


class RatesBody(Body):
    """Rates to keep, in the place of those of the same currency, kind and span."""

    rates: Annotated[tuple[RateBody, ...], Field(min_length=1, max_length=MOST_AT_ONCE)]


class RateAnswer(BaseModel):
    currency: str
    kind: str
    since: date
    until: date | None
    per_usd: Decimal
    source: str
    chosen: bool


class RatesAnswer(BaseModel):
    rates: list[RateAnswer]


class LoadedAnswer(BaseModel):
    loaded: int


class FoundAnswer(BaseModel):
    id: UUID
    party: str
    operation: UUID
    happened_at: datetime
    state: str
    version: int
    reference: str
    snippet: str
    line: dict[str, Any]


class FindingsAnswer(BaseModel):
    """What was found; `every` says that each word of the question is in each."""

    interviews: list[FoundAnswer]
    every: bool


class SummaryAnswer(BaseModel):
    """Prices summed up; of fewer than ten there is a count and nothing else."""

    count: int
    median: float | None
    quartiles: tuple[float, float] | None
    interval: tuple[float, float] | None


class RoutePricesAnswer(BaseModel):
    start: str
    end: str
    scope: Scope
    usd: SummaryAnswer
    usd_2023: SummaryAnswer


class PricesAnswer(BaseModel):
    """Prices by route for one person, and how many have no figure, by reason."""

    routes: list[RoutePricesAnswer]
    without_figure: dict[str, int]
    first: date | None
    last: date | None


class ReleaseAnswer(BaseModel):
    interview: UUID
    basis: Basis
    facilitators: bool
    released_at: datetime


def findings_answer(found: Findings) -> FindingsAnswer:
    """What a search found, as it is shown."""
    shown = [FoundAnswer.model_validate(one, from_attributes=True) for one in found.interviews]
    return FindingsAnswer(interviews=shown, every=found.every)


def prices_answer(found: Prices) -> PricesAnswer:
    """Prices as they are shown, in whole dollars: cents would feign what nobody knows."""
    shown = [
        RoutePricesAnswer(
            start=one.start, end=one.end, scope=one.scope, usd=summary_answer(one.usd),
            usd_2023=summary_answer(one.usd_2023),
        )
        for one in found.routes
    ]  # fmt: skip
    return PricesAnswer(routes=shown, without_figure=found.without_figure, first=found.first, last=found.last)


def summary_answer(summary: Summary) -> SummaryAnswer:
    """One summary in whole dollars."""
    pairs = (
        None if pair is None else (float(round(pair[0])), float(round(pair[1])))
        for pair in (summary.quartiles, summary.interval)
    )
    quartiles, interval = pairs
    middle = None if summary.median is None else float(round(summary.median))
    return SummaryAnswer(count=summary.count, median=middle, quartiles=quartiles, interval=interval)


def rates_answer(found: list[Rate]) -> RatesAnswer:
    """Rates as they are shown."""
    return RatesAnswer(rates=[RateAnswer.model_validate(one, from_attributes=True) for one in found])


def release_answer(made: Release) -> ReleaseAnswer:
    """A release as it is shown."""
    return ReleaseAnswer.model_validate(made, from_attributes=True)
