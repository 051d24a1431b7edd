"""Reports set in type: PDF with everything a screen reader needs and the figures inside, or pages as pictures.

One file is PDF/UA-1 and PDF/A-3a at once (ISO 14289-1, ISO 19005-3): the typesetter allows both together. It refuses a
picture without words.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

import typst

from tripoint.base.errors import BadInput
from tripoint.reports import drawing
from tripoint.reports.fonts import letters
from tripoint.reports.pages import Block, Report
from tripoint.reports.texts import texts

WIDEST = 480  # points: the text of an A4 page
WIDTH = re.compile(r'<svg[^>]*? width="([\d.]+)"')


def pdf(report: Report) -> bytes:
    """The report as PDF; the same report always gives the same bytes."""
    return bytes(typst.compile(source(), format="pdf", pdf_standards=["ua-1", "a-3a"], **settings(report)))


def pictures(report: Report) -> list[bytes]:
    """The pages of a report as PNG, for looking at them."""
    found = typst.compile(source(), format="png", ppi=110, **settings(report))
    return [bytes(one) for one in found] if isinstance(found, list) else [bytes(found)]


def settings(report: Report) -> dict[str, Any]:
    """What both need. Raises BadInput for a report in Arabic where the pages, with their letters, are not built."""
    if report.rtl and not letters().reads_arabic:
        raise BadInput("This hub has no Arabic letters for print.", field="language", remedy="Build the pages first.")
    moment = datetime.fromisoformat(report.at)
    return {
        "font_paths": faces(), "sys_inputs": {"data": json.dumps(data_of(report, moment), ensure_ascii=False)},
        "timestamp": int(moment.timestamp()),
    }  # fmt: skip


@cache
def source() -> bytes:
    """How reports look."""
    return resources.files("tripoint.reports").joinpath("report.typ").read_bytes()


@cache
def faces() -> typst.Fonts:
    """Our letters and those of the typesetter; none of the machine, which would differ from place to place."""
    folder = letters().folder
    paths = [str(folder)] if folder else []
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=paths)


def data_of(report: Report, moment: datetime) -> dict[str, Any]:
    """The report as the typesetter reads it."""
    parts = (moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second)
    return {
        "title": report.title, "subtitle": report.subtitle, "language": report.language, "rtl": report.rtl,
        "at": parts, "figures": report.figures, "attached": report.attached, "fonts": letters().families,
        "blocks": [block_of(block, report.language) for block in report.blocks],
    }  # fmt: skip


def block_of(block: Block, language: str) -> dict[str, Any]:
    """One block; a chart is drawn here."""
    shown: dict[str, Any] = {"kind": block.kind, "text": block.text, "rows": block.rows, "numbers": block.numbers}
    if block.chart is not None or block.svg:
        drawn = drawing.svg(block.chart, texts(language)) if block.chart is not None else block.svg
        wide = WIDTH.search(drawn)
        shown |= {"svg": drawn, "width": min(WIDEST, float(wide[1]) if wide else WIDEST)}
    return shown
