"""Frozen and seized money in US dollars: by the rate of the day, and not at all where none is loaded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tripoint.desks.interviews.amounts import in_dollars, priced
from tripoint.engines.prices.model import Rate

DAY = date(2023, 12, 1)


def test_dollars_need_no_rate() -> None:
    assert in_dollars("286000", "USD", DAY, []) == "286000.00"


def test_another_currency_is_divided_by_its_rate_or_left_open() -> None:
    real = Rate("BRL", "official", date(2023, 11, 1), date(2023, 12, 31), Decimal("5"), "invented")
    assert in_dollars("1000", "BRL", DAY, [real]) == "200.00"
    assert in_dollars("1000", "BRL", DAY, []) is None


def test_only_cash_is_priced() -> None:
    cash = {"category": "cash", "quantity": "120.5", "currency": "USD"}
    assert priced(cash, DAY, []) == {**cash, "value_usd": "120.50"}
    phone = {"category": "phone", "quantity": "2"}
    assert priced(phone, DAY, []) == phone
    foreign = {"category": "cash", "quantity": "10", "currency": "BRL"}
    assert priced(foreign, DAY, []) == foreign
