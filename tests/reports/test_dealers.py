"""The audit of books on paper: every rule with its base rate, in every language, PDF/UA-1 and PDF/A-3a at once."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from tripoint.engines.books.model import Audit, BaseRate, Book, Order, Outcome, TakenFile
from tripoint.engines.books.recipes import recipes
from tripoint.reports import dealers, printing
from tripoint.reports.texts import LANGUAGES, texts

MADE = datetime(2026, 9, 5, 12, 0, tzinfo=UTC)


LOSSES = (("L-000031", 40, 8, 2, 30),)


def made() -> Audit:
    met, *rest = recipes()
    outcomes = [Outcome(met, BaseRate(30, 1_810, met.unit), 0.1)]
    outcomes += [Outcome(rest[0], BaseRate(0, 0, rest[0].unit), 0.0, (Book.STOCK,))]
    outcomes += [Outcome(rest[1], BaseRate(0, 0, rest[1].unit), 0.0, fault="no such column")]
    columns = {"dealer": "Licencia", "day": "Fecha"}
    file = TakenFile("ventas.csv", Book.DISPOSITION, columns, ("Otra",), True, Order.DAY_FIRST, False, 3_000, 2)
    return Audit((file,), tuple(outcomes), (("L-000031", 30, 1, 0.95),), 3_000, 2, 30, 1.0, LOSSES)


def test_the_report_is_accessible_and_lasting_and_carries_its_figures() -> None:
    reader = PdfReader(io.BytesIO(printing.pdf(dealers.report(made(), MADE, texts("en")))))
    metadata = reader.xmp_metadata
    assert metadata is not None
    written = metadata.stream.get_data().decode()
    assert "pdfuaid:part>1<" in written
    assert "pdfaid:part>3<" in written
    figures = json.loads(reader.attachments["figures.json"][0])
    assert figures["rules"][0] == {"rule": 1, "version": 1, "found": 30, "of": 1_810}
    page = " ".join(one.extract_text() for one in reader.pages)
    for words in ("never accusations", "1.657 %", "L-000031", "dealer = Licencia", "Not read: Otra"):
        assert words in " ".join(page.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_all_its_words(language: str) -> None:
    report = dealers.report(made(), MADE, texts(language))
    cells = [cell for block in report.blocks for row in block.rows for cell in row]
    words = " ".join([*(block.text for block in report.blocks), *cells])
    assert "report-" not in words
    assert report.rtl is (language == "ar")
