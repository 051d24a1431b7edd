"""`tripoint load rates` as it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.town import as_owner, rows
from tripoint.base.embedded_postgres import Servers
from tripoint.doors.cli import app

HEAD = "currency,kind,since,until,per_usd,source,chosen\n"


@pytest.fixture(autouse=True)
def hub(database: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIPOINT_DATABASE", database.app)
    monkeypatch.setenv("TRIPOINT_ADMIN_DATABASE", database.admin)


def load(file: Path, text: str, *more: str, code: int = 0) -> str:
    file.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(app, ["load", "rates", str(file), *more], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def test_rates_are_loaded_replaced_and_bad_rows_told(database: Servers, tmp_path: Path) -> None:
    file, good = tmp_path / "rates.csv", "VEF,parallel,2016-01-01,2016-01-31,910.5,invented,true\n"
    said = load(file, HEAD + good + "VEF,parallel,2016-02-01,2016-02-29,-3,invented,\n")
    assert "line 3" in said
    assert "1 rates loaded, 1 rows kept out." in said
    load(file, HEAD + good.replace("910.5", "915"))
    load(file, HEAD + good + "XXQ,official,never,,1,invented,\n", "--strict", code=1)
    with as_owner(database) as session:
        kept = rows(session, "select per_usd::float from exchange_rate where currency = 'VEF'")
    assert kept == [(910.5,)]


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    assert "no column currency" in load(tmp_path / "rates.csv", "a,b\n1,2\n", code=1)
