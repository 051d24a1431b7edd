"""US dollars of one year in those of 2023, by the consumer price index CPI-U (US Bureau of Labor Statistics)."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import cache
from importlib import resources

YEAR = 2023


@cache
def index() -> dict[int, Decimal]:
    """The annual averages of CPI-U, all items, by year; the table names its source."""
    lines = resources.files(__package__).joinpath("cpi.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {int(row["year"]): Decimal(row["index"]) for row in rows}


def in_2023(usd: Decimal, year: int) -> Decimal | None:
    """Dollars of a year in dollars of 2023; None for a year whose average is not in the table."""
    then = index().get(year)
    return None if then is None else usd * index()[YEAR] / then
