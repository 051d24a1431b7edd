"""The routes of the interviews' desk: search, prices by route, exchange rates, release."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import Query

from tripoint.access.model import Act
from tripoint.access.routes import Routes
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput
from tripoint.desks.interviews import work
from tripoint.desks.interviews.model import Scope
from tripoint.desks.interviews.shapes import (
    FindingsAnswer,
    LoadedAnswer,
    PricesAnswer,
    QuestionBody,
    RateBody,
    RatesAnswer,
    RatesBody,
    ReleaseAnswer,
    ReleaseBody,
    findings_answer,
    prices_answer,
    rates_answer,
    release_answer,
)
from tripoint.engines.prices.model import Rate

routes = Routes("/api", "interviews")


@routes.post("/interview-search", Act.SEARCH_INTERVIEWS)
def search(visit: Visit, body: QuestionBody) -> FindingsAnswer:
    """Interviews in which the words are told, in es, pt, fr, en, ht or zh; at most 50, latest first."""
    return findings_answer(work.search(visit, body.question()))


@routes.get("/interview-prices", Act.READ_PRICES)
def prices(
    visit: Visit, scope: Scope = Scope.WHOLE, operation: UUID | None = None, heard: bool = False
) -> PricesAnswer:
    """What a person paid or agreed to pay by route, in US dollars; no figure of fewer than ten answers."""
    return prices_answer(work.prices(visit, scope=scope, operation=operation, heard=heard))


@routes.post("/interview-releases", Act.RELEASE_INTERVIEW, status_code=201)
def release(visit: Visit, body: ReleaseBody) -> ReleaseAnswer:
    """Show an interview to other parties on a basis in law; by another officer than who wrote it down."""
    return release_answer(work.release(
        visit, body.interview, basis=body.basis, reason=body.reason, audience=body.audience.audience(),
        facilitators=body.facilitators,
    ))  # fmt: skip


@routes.get("/exchange-rates", Act.SEE_RATES)
def see_rates(
    visit: Visit, currency: Annotated[str | None, Query(pattern=r"^[A-Za-z]{3}$")] = None
) -> RatesAnswer:
    """The rates that are loaded, of one currency or all."""
    return rates_answer(work.see_rates(visit, currency))


@routes.post("/exchange-rates", Act.LOAD_RATES, status_code=201)
def load_rates(visit: Visit, body: RatesBody) -> LoadedAnswer:
    """Keep exchange rates, for all parties; by the hub's operator."""
    return LoadedAnswer(loaded=work.load_rates(visit, [rate_of(at, one) for at, one in enumerate(body.rates)]))


def rate_of(at: int, body: RateBody) -> Rate:
    """A rate that was sent. Raises BadInput naming the one that cannot be kept."""
    try:
        return body.rate()
    except ValueError as error:
        raise BadInput(str(error), field=f"rates.{at}", remedy="Correct it, or leave it out.") from None
