"""Prices in dollars: rates of the day, money that lost noughts, and figures of many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st

from tripoint.engines.prices.converting import in_dollars, rate_of
from tripoint.engines.prices.inflation import in_2023, index
from tripoint.engines.prices.model import Dollars, NoFigure, Price, Rate
from tripoint.engines.prices.reading import BadRate, read_rates
from tripoint.engines.prices.summing import FEWEST, summed

DAY = date(2023, 9, 14)


def rate(currency: str, per_usd: str, kind: str = "official", since: str = "2023-09-01", **more: object) -> Rate:
    until = more.pop("until", "2023-09-30")
    last = None if until is None else date.fromisoformat(str(until))
    return Rate(currency, kind, date.fromisoformat(since), last, Decimal(per_usd), "a bank", **more)  # type: ignore[arg-type]


def price(amount: str, currency: str, on: date = DAY, **more: object) -> Price:
    return Price(currency, on, Decimal(amount), **more)  # type: ignore[arg-type]


def test_a_price_is_reckoned_by_the_rate_of_its_day() -> None:
    of_another_year = rate("COP", "1", since="2022-01-01", until="2022-12-31")
    found = in_dollars(price("8000000", "COP"), [rate("COP", "4000"), of_another_year])
    assert isinstance(found, Dollars)
    assert (found.usd, found.usd_2023, found.rate_source) == (Decimal("2000.00"), Decimal("2000.00"), "a bank")


def test_without_a_rate_there_is_no_figure_and_the_reason_says_what_to_load() -> None:
    found = in_dollars(price("100", "COP"), [rate("COP", "4000", since="2021-01-01", until="2021-12-31")])
    assert isinstance(found, NoFigure)
    assert "COP" in found.reason
    assert "2023-09-14" in found.reason


def test_of_several_rates_only_a_chosen_one_counts() -> None:
    both = [rate("VES", "33"), rate("VES", "36", "parallel")]
    assert isinstance(in_dollars(price("36", "VES"), both), NoFigure)
    chosen = in_dollars(price("36", "VES"), [both[0], rate("VES", "36", "parallel", chosen=True)])
    assert isinstance(chosen, Dollars)
    assert (chosen.usd, chosen.rate_kind) == (Decimal("1.00"), "parallel")


def test_the_shorter_span_is_nearer_to_the_day() -> None:
    year, month = rate("BRL", "5", since="2023-01-01", until="2023-12-31"), rate("BRL", "4.9")
    assert rate_of("BRL", DAY, [year, month]) == month


def test_a_rate_without_an_end_holds_for_a_while_and_no_longer() -> None:
    old = rate("GTQ", "7.8", since="2022-09-01", until=None)
    assert isinstance(in_dollars(price("78", "GTQ"), [old]), Dollars)
    assert isinstance(in_dollars(price("78", "GTQ", date(2023, 12, 1)), [old]), NoFigure)


def test_the_haitian_dollar_is_five_gourdes_and_no_dollar() -> None:
    found = in_dollars(price("1000", "HTD"), [rate("HTG", "135")])
    assert isinstance(found, Dollars)
    assert found.usd == Decimal("37.04")


def test_old_money_is_reckoned_in_what_replaced_it() -> None:
    rates = [rate("VES", "250000", since="2019-02-01", until="2019-02-28")]
    found = in_dollars(price("250000000000", "VEF", date(2019, 2, 3)), rates)
    assert isinstance(found, Dollars)
    assert found.usd == Decimal("10.00")
    too_early = in_dollars(price("100", "VES", date(2016, 2, 3)), rates)
    assert isinstance(too_early, NoFigure)
    assert "not there" in too_early.reason


def test_no_rate_holds_across_the_day_on_which_noughts_were_struck_off() -> None:
    average = rate("VES", "3220484", since="2021-01-01", until="2021-12-31")
    assert isinstance(in_dollars(price("100", "VES", date(2021, 11, 1)), [average]), NoFigure)


def test_a_price_of_a_group_is_shared_among_its_people() -> None:
    found = in_dollars(price("9000", "USD", people=3, low=Decimal(6000), high=Decimal(12000)), [])
    assert isinstance(found, Dollars)
    assert (found.usd, found.low, found.high) == (Decimal("3000.00"), Decimal("2000.00"), Decimal("4000.00"))
    assert isinstance(in_dollars(price("9000", "USD", people=None), []), NoFigure)


def test_bounds_alone_give_their_middle() -> None:
    found = in_dollars(Price("USD", DAY, low=Decimal(2000), high=Decimal(3000)), [])
    assert isinstance(found, Dollars)
    assert found.usd == Decimal("2500.00")


def test_dollars_of_a_year_outside_the_table_have_no_figure_of_2023() -> None:
    assert in_2023(Decimal(100), 2023) == 100
    assert in_2023(Decimal(100), 1960) is None
    assert len(index()) == 30


@given(st.lists(st.integers(1, 30_000), max_size=60))
@settings(max_examples=30)
def test_nothing_but_a_count_is_told_of_fewer_than_ten(prices: list[int]) -> None:
    found = summed(prices)
    assert found.count == len(prices)
    assert (found.median is None) == (len(prices) < FEWEST)
    if found.median is not None and found.quartiles and found.interval:
        assert min(prices) <= found.quartiles[0] <= found.median <= found.quartiles[1] <= max(prices)
        assert found.interval[0] <= found.median <= found.interval[1]
        assert found == summed([*reversed(prices)])


OURS = """currency,kind,since,until,per_usd,source,chosen
cop,market,2023-08-01,2023-08-31,4068.5,Banco de la República,yes
XX,official,2023-08-01,,1,a bank,
COP,black,2023-08-01,,1,a bank,
COP,official,1 August,,1,a bank,
COP,official,2023-08-01,,-1,a bank,
COP,official,2023-08-01,2023-07-01,4000,a bank,
COP,official,2023-08-01,,4000,,
VES,official,2021-01-01,2021-12-31,4000,a bank,maybe
"""


def test_a_file_says_of_each_row_kept_out_what_to_do() -> None:
    found = [*read_rates(OURS.splitlines())]
    assert found[0] == Rate(
        "COP", "market", date(2023, 8, 1), date(2023, 8, 31), Decimal("4068.5"), "Banco de la República", chosen=True
    )
    kept_out = [one for one in found if isinstance(one, BadRate)]
    assert [one.line for one in kept_out] == [3, 4, 5, 6, 7, 8, 9]


def test_a_file_without_our_columns_is_refused() -> None:
    with pytest.raises(ValueError, match="per_usd"):
        list(read_rates(["currency,since,source", "COP,2023-01-01,x"]))


def test_the_federal_reserves_series_are_read_as_they_are(data_folder: Callable[[str], Path]) -> None:
    with (data_folder("migration") / "fx" / "er_monthly.csv").open(encoding="utf-8") as lines:
        found = [*read_rates(lines)]
    rates = [one for one in found if isinstance(one, Rate)]
    assert len(rates) > 10_000
    euro = in_dollars(price("100", "EUR", date(2023, 9, 3)), rates)
    assert isinstance(euro, Dollars)
    assert 100 < euro.usd < 115  # a euro cost more than a dollar: the series are not inverted
    assert not [one for one in rates if one.currency == "VES" and one.since < date(2018, 8, 20)]
    assert any("changed its worth" in one.sentence for one in found if isinstance(one, BadRate))
