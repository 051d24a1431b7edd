"""A comparison on paper: both exhibits, the pose, every cell, the pictures, in five languages; figures inside."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pypdf
import pytest

from tests.desks.ballistics.made import comparison
from tests.promises.rows_modi import png
from tripoint.base.errors import BadInput
from tripoint.desks.ballistics.model import Scan
from tripoint.desks.ballistics.searching import Pair
from tripoint.reports import ballistics, printing
from tripoint.reports.ballistics import Shown
from tripoint.reports.texts import LANGUAGES, texts

AT = datetime(2026, 11, 23, 4, 30, tzinfo=UTC)
ONE = Scan(
    UUID(int=1), UUID(int=11), "PRY", 3, True, True, "breech-face", None, "surface",
    {"instrument": "Disc", "simulated": True}, {"score": 0.9, "fit": True, "reasons": []}, True, 12.5, 96, 96, 2,
    "a" * 64, "b" * 64, 1000, "A. Inventada", AT, "cartridge_case", "PY 17/2026",
)  # fmt: skip
OTHER = replace(ONE, id=UUID(int=2), owner="BRA", own=False, case_reference="BR 7/2026", facts={})
CELL = {
    "row": 1, "column": 2, "x_um": 10.0, "y_um": 20.0, "size_um": 450.0, "ncc": 0.81, "rotation_deg": 0.0,
    "dx_um": 12.5, "dy_um": 0.0, "congruent": True,
}  # fmt: skip
PAIR = Pair(ONE, OTHER, comparison() | {"cells": [CELL]}, None, 1)


def test_the_comparison_says_what_was_compared_and_that_it_decides_nothing() -> None:
    made = ballistics.report(PAIR, [Shown("side by side", png(3))], "seen at 40 times", AT, texts("en"))
    document = pypdf.PdfReader(io.BytesIO(printing.pdf(made)))
    text = " ".join(" ".join(page.extract_text() for page in document.pages).split())
    shown = ("PY 17/2026", "BR 7/2026", "9 / 12", "side by side", "seen at 40 times", "decides nothing", "invented")
    for said in shown:
        assert said in text, said
    assert "tripoint-comparison/1" in document.attachments["figures.json"][0].decode()
    assert [len(page.images) for page in document.pages].count(1) == 1


def test_every_language_has_all_its_words() -> None:
    for language in LANGUAGES:
        ballistics.report(PAIR, [], "", AT, texts(language))


def test_what_is_no_picture_is_refused() -> None:
    for wrong in (b"GIF89a", png(1)[:-20], png(1) + b"<script>"):
        with pytest.raises(BadInput):
            ballistics.report(PAIR, [Shown("x", wrong)], "", AT, texts("en"))
