"""Codes of currencies: those in use, those that were, units of account and coins."""

from __future__ import annotations

import pytest

from tripoint.words.currencies import COINS, FORMER, ISO_4217, UNITS, read_currency


@pytest.mark.parametrize("code", ["USD", "ves", " VEF ", "VEB", "MRO", "MRU", "CUC", "CUP", "HTD", "HTG", "USDT"])
def test_money_of_today_and_of_years_ago_is_read(code: str) -> None:
    assert read_currency(code) == code.strip().upper()


def test_what_is_no_currency_is_refused_with_the_way_out() -> None:
    with pytest.raises(ValueError, match="ISO 4217"):
        read_currency("QQQ")


def test_each_code_stands_in_one_list_and_leads_to_one_in_use() -> None:
    lists = [ISO_4217, COINS, FORMER.keys(), UNITS.keys()]
    assert sum(map(len, lists)) == len(frozenset().union(*lists))
    assert all(FORMER.get(new, new) in ISO_4217 for new in FORMER.values())
    assert all(base in ISO_4217 and many > 1 for base, many in UNITS.values())
