"""What a wheel must bring along so that reports speak: the catalogues, the letters, the look, the editions."""

from __future__ import annotations

import tomllib
from pathlib import Path

from tripoint.reports import texts

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "tripoint"


def test_the_wheel_holds_the_catalogues_where_reports_look_for_them() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    (wanted,) = [(ROOT / here, there) for here, there in build["force-include"].items() if here == "web/words"]
    assert wanted == (texts.SOURCE, str(texts.PACKED.relative_to(SOURCE.parent)))
    assert not texts.PACKED.exists(), "beside the source the catalogues are read from web/words, not from a copy"
    assert "src/tripoint/web" in build["artifacts"]


def test_what_reports_read_lies_within_the_package() -> None:
    for name in ("reports/report.typ", "desks/results/editions.csv", "desks/results/edition_sources.csv"):
        assert (SOURCE / name).is_file()
