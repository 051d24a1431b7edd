"""Prices by route, the rates they are reckoned with, and the release that comes before another party reads."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from tests.desks.interviews.accounts import held
from tests.desks.interviews.test_search import Scene
from tests.town import as_owner, found, rows
from tripoint.access.model import Act, PartyKind, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import BadInput, Conflict, NotAllowed, NotFound
from tripoint.desks.interviews import store, work
from tripoint.desks.interviews.model import Basis, Scope
from tripoint.engines.prices.model import Rate
from tripoint.records.model import Audience, AudienceKind
from tripoint.records.occurrences import work as occurrences
from tripoint.records.occurrences.model import OccurrenceKind

INTERVIEW = OccurrenceKind.INTERVIEW
ROUTE = [{"from_country": "ECU", "to_country": "COL"}, {"from_country": "COL", "to_country": "PAN"}]
SEPTEMBER = Rate("COP", "official", date(2023, 9, 1), date(2023, 9, 30), Decimal(4000), "a bank")
REASON = "case 17 of the court of the port"


@pytest.fixture(scope="module")
def scene(engine: Engine, database: Servers) -> Scene:
    with as_owner(database) as owner:
        store.keep_rates(owner, [SEPTEMBER], None)
    return Scene(engine, database)


def paid(amount: int, **more: Any) -> dict[str, Any]:
    told = {"amount": str(amount), "currency": "COP", "scope": "whole", "kind": "paid", "on": "2023-09"}
    return {"route": ROUTE, "prices": [told | more]}


def test_ten_prices_of_a_route_make_a_figure_and_nine_none(scene: Scene) -> None:
    with scene.visit(scene.analyst, Act.FILE_INTERVIEW) as visit:
        for at in range(9):
            scene.file(visit, held(f"p{at}", "es", "Pagué.", **paid(4_000_000 + 400_000 * at)))
    with scene.visit(scene.analyst, Act.READ_PRICES) as visit:
        (route,) = work.prices(visit, scope=Scope.WHOLE, operation=scene.on.id).routes
        assert (route.start, route.end, route.usd.count, route.usd.median) == ("ECU", "PAN", 9, None)
    with scene.visit(scene.analyst, Act.FILE_INTERVIEW) as visit:
        last = scene.file(visit, held("p9", "es", "Pagué.", **paid(7_600_000)))
        scene.file(visit, held("p10", "es", "Pagué.", **paid(99_000_000), consent_research=False))
        scene.file(visit, held("p11", "es", "Pagué.", **paid(1, currency="GTQ")))
        scene.file(visit, held("p12", "es", "Oí.", **paid(1, kind="heard")))
    assert last.line["price_usd"] == "1900.00"
    with scene.visit(scene.analyst, Act.READ_PRICES) as visit:
        found = work.prices(visit, scope=Scope.WHOLE, operation=scene.on.id)
    (route,) = found.routes
    assert (route.usd.count, route.usd.median, route.usd_2023.median) == (10, 1450.0, 1450.0)
    assert route.usd.quartiles == (1225.0, 1675.0)
    assert [*found.without_figure.values()] == [1]  # of September's quetzal there is no rate


def test_the_price_of_all_legs_together_is_the_price_of_the_way(scene: Scene) -> None:
    legs = [paid(400_000 * at, scope="leg", leg=at)["prices"][0] for at in (1, 2)]
    with scene.visit(scene.analyst, Act.FILE_INTERVIEW) as visit:
        both = scene.file(visit, held("l1", "es", "Pagué.", route=ROUTE, prices=legs))
        one = scene.file(visit, held("l2", "es", "Pagué.", route=ROUTE, prices=legs[:1]))
    assert both.line["price_usd"] == "300.00"
    assert one.line["price_usd"] is None
    assert both.line["legs"] == [["ECU", "COL"], ["COL", "PAN"]]


def test_the_language_of_an_account_is_checked_and_the_declared_one_kept(scene: Scene) -> None:
    with scene.visit(scene.analyst, Act.FILE_INTERVIEW) as visit:
        made = scene.file(visit, held("d1", "es", "O atravessador pediu três mil dólares pela travessia da selva."))
    assert (made.line["language"], made.line["language_seems"]) == ("es", "pt")


def test_rates_are_loaded_by_the_hubs_operator_alone(scene: Scene) -> None:
    rate = Rate("PEN", "official", date(2023, 9, 1), None, Decimal("3.7"), "a bank")
    hub = found(scene.database, PartyKind.BODY, "HUB")
    with scene.visit(scene.officer(hub, Role.HUB_OPERATOR), Act.LOAD_RATES) as visit:
        assert work.load_rates(visit, [rate, rate]) == 2
    with scene.visit(scene.analyst, Act.SEE_RATES) as visit:
        assert work.see_rates(visit, "pen") == [rate]
    with pytest.raises(NotAllowed), scene.visit(scene.analyst, Act.LOAD_RATES) as visit:
        work.load_rates(visit, [rate])


class Shared:
    """An interview filed with the operation as its audience, and who tries to read or release it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.stranger = scene.officer(scene.other, Role.ANALYST)
        self.specialist = scene.officer(scene.holder, Role.VICTIM_SPECIALIST)
        told = [{"role": "guide", "alias": "Zurdo Quitumbe"}]
        with scene.visit(scene.analyst, Act.FILE_INTERVIEW) as visit:
            self.id: UUID = scene.file(visit, held("s1", "es", "El coyote nos dejó.", facilitators=told)).id

    def reads(self) -> tuple[bool, bool]:
        """Whether the other party opens the body, and the facilitators' part."""
        with self.scene.visit(self.stranger, Act.READ_INTERVIEW) as visit:
            found = occurrences.find(visit, INTERVIEW, self.id)
            return found.body is not None, bool(found.facilitator)

    def release(self, by: Any = None, **more: Any) -> None:
        audience = Audience(AudienceKind.PARTIES, parties=(self.scene.other.code,))
        usual: dict[str, Any] = {"basis": Basis.MUTUAL_ASSISTANCE, "reason": REASON, "facilitators": False}
        with self.scene.visit(by or self.specialist, Act.RELEASE_INTERVIEW) as visit:
            work.release(visit, self.id, **(usual | {"audience": audience} | more))

    def confirm(self) -> None:
        with self.scene.visit(self.scene.analyst, Act.DECIDE_OCCURRENCE) as visit:
            occurrences.confirm(visit, INTERVIEW, self.id, "read again")


def test_another_party_reads_an_interview_once_it_was_released(scene: Scene) -> None:
    shared = Shared(scene)
    assert shared.reads() == (False, False)
    with pytest.raises(Conflict):
        shared.release()  # nobody has confirmed it
    shared.confirm()
    with pytest.raises(BadInput):
        shared.release(reason="because")
    with pytest.raises(BadInput):
        shared.release(audience=Audience())
    shared.release()
    assert shared.reads() == (True, False)
    assert scene.found(shared.stranger, "coyote") == {"s1"}
    with pytest.raises(Conflict):
        shared.release()


def test_terms_alone_open_no_interview(scene: Scene, database: Servers) -> None:
    """Whatever audience stands on it, row-level security waits for the release."""
    shared = Shared(scene)
    shared.confirm()
    with as_owner(database) as owner:
        wide = rows(owner, "select terms from occurrence where id = %(id)s", id=shared.id)[0][0]
        owner.exec_driver_sql("alter table occurrence_body disable row level security")
        change = "update occurrence_body set terms = %(terms)s where occurrence = %(id)s"
        owner.exec_driver_sql(change, {"terms": wide, "id": shared.id})
        owner.exec_driver_sql("alter table occurrence_body enable row level security")
    assert shared.reads() == (False, False)


def test_nobody_releases_what_he_wrote_down_nor_what_is_not_his_partys(scene: Scene) -> None:
    shared = Shared(scene)
    shared.confirm()
    both = scene.officer(scene.holder, Role.VICTIM_SPECIALIST)
    with scene.visit(both, Act.FILE_INTERVIEW) as visit:
        own = scene.file(visit, held("s2", "es", "Nada más."))
        occurrences.confirm(visit, INTERVIEW, own.id, "read again")
    with pytest.raises(NotFound):
        shared.release(scene.officer(scene.other, Role.VICTIM_SPECIALIST))
    shared.id = own.id
    with pytest.raises(NotAllowed):
        shared.release(both)


def test_facilitators_go_along_only_when_the_release_says_so(scene: Scene) -> None:
    shared = Shared(scene)
    shared.confirm()
    shared.release(facilitators=True)
    assert shared.reads() == (True, True)
