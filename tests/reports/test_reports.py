"""Reports of an invented sheet of 33 parties: bytes, figures inside, words for whoever cannot see, no typed number."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import pytest
from pypdf import PdfReader

from tests.desks.results import invented
from tripoint.base.errors import BadInput
from tripoint.desks.results import composing
from tripoint.desks.results.measures import ALL
from tripoint.reports import charts, drawing, fonts, pages, press, printing, spreadsheets, texts as words, writing
from tripoint.reports.pages import ReportKind

TEXT, DIGEST = invented.frozen()
CONTENT = composing.read_content(TEXT)
ES = words.texts("es")


def made(kind: ReportKind = ReportKind.RESULTS, language: str = "es", party: str = "") -> pages.Report:
    return pages.report(kind, CONTENT, DIGEST, words.texts(language), TEXT, party)


def test_print_is_the_same_twice_and_holds_the_figures() -> None:
    first = printing.pdf(made())
    drawing.drawn.cache_clear()
    assert printing.pdf(made()) == first
    read = PdfReader(io.BytesIO(first))
    assert read.attachments["figures.json"] == [TEXT.encode()]
    root: Any = read.trailer["/Root"]
    raw = str(root["/Metadata"].get_object().get_data())
    assert "pdfuaid:part>1<" in raw
    assert "pdfaid:part>3<" in raw
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "es"
    assert DIGEST in "".join(page.extract_text() for page in read.pages).replace("\n", "")


def test_every_chart_has_words_and_hides_what_is_hidden() -> None:
    drawn = charts.charts(CONTENT, ES)
    assert len(drawn) == 12
    for chart in drawn:
        told = charts.in_words(chart, ES)
        assert chart.title in told
        specification = charts.specification(chart, ES, "none")
        assert len(specification["data"]["values"]) == len(chart.drawn)
        assert all(row["value"] is not None for row in specification["data"]["values"])
    parties = next(one for one in drawn if one.name == "arrests_by_party")
    assert len(parties.rows) == 33


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_press_text_is_whole_in_every_language_and_takes_numbers_from_figures(language: str) -> None:
    texts = words.texts(language)
    told = " ".join([press.headline(CONTENT, texts), *press.paragraphs(CONTENT, texts)])
    assert "163" in told
    assert "{" not in told
    for one in ALL:
        assert texts.measure(one.name) != one.name
        assert texts.definition(one.name)
    if language != "ar" or fonts.letters().reads_arabic:
        assert printing.pdf(made(ReportKind.PRESS, language)).startswith(b"%PDF-1.7")


def test_no_hand_has_typed_a_digit_into_a_report() -> None:
    assert press.check_templates() == []


def test_narratives_are_filled_from_the_sheet() -> None:
    values = press.values_of(CONTENT, ES)
    assert press.filled("Hubo {victims} víctimas.", values) == "Hubo 163 víctimas."
    for wrong in ("Hubo 163 víctimas.", "Hubo {nobody}.", "Hubo {}."):
        with pytest.raises(BadInput):
            press.filled(wrong, values)


def test_documents_of_word_processors_are_the_same_twice_with_pictures_in_words() -> None:
    report = made(ReportKind.RESULTS)
    few = pages.Report(
        report.title, report.subtitle, "ar", True, report.at, report.blocks[:9], report.figures, report.attached
    )
    first = writing.docx(few)
    assert writing.docx(few) == first
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        text = packed.read("word/document.xml").decode()
    pictures = [block for block in few.blocks if block.chart]
    assert pictures
    assert text.count("descr=") == len(pictures)
    assert "<w:bidi/>" in text


def test_spreadsheets_give_each_number_its_definition_and_run_no_formula() -> None:
    rows = list(spreadsheets.rows_of(CONTENT, ES))
    assert all(len(row) == len(spreadsheets.HEAD) and row[-1] for row in rows)
    moment = datetime.fromisoformat(CONTENT["as_of"])
    assert spreadsheets.xlsx_of(rows[:9], moment) == spreadsheets.xlsx_of(rows[:9], moment)
    assert spreadsheets.csv_of([("=1+1", *rows[0][1:])]).decode("utf-8-sig").splitlines()[1].startswith("'=1+1,")
    hidden = [row for row in rows if row[4] == ES.say("report-hidden")]
    assert hidden
    assert all(row[9] == "" and row[10] == "" for row in hidden)


def test_the_page_of_a_party_tells_its_own() -> None:
    report = made(ReportKind.PARTY, "en", "BHS")
    told = " ".join(cell for one in report.blocks for row in one.rows for cell in row)
    assert "Bahamas" in report.title
    assert "declared 7, counted 5" in told
    with pytest.raises(KeyError):
        made(ReportKind.PARTY, "en", "XYZ")


def test_a_sheet_of_nothing_is_a_report_all_the_same() -> None:
    empty = CONTENT | {"by_party": [{"party": code, "values": {}} for code in invented.PARTIES]}
    empty["tables"] = [table | {"cells": [], "rest": 0} for table in CONTENT["tables"]]
    assert all(not chart.drawn for chart in charts.charts(empty, ES))
    assert printing.pdf(pages.report(ReportKind.RESULTS, empty, DIGEST, ES, TEXT)).startswith(b"%PDF")


def test_letters_are_unpacked_whole() -> None:
    if not fonts.FOLDER.is_dir():
        pytest.skip("the pages are not built")
    found = fonts.letters()
    assert found.folder is not None
    assert {"Tripoint Latin", "Tripoint Arabic"} <= set(found.families)
    assert {face.family for face in printing.faces().fonts()} >= {"Tripoint Latin", "Tripoint Arabic"}
