"""The charts of a sheet as data: which table each shows, its Vega-Lite specification, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tripoint.desks.results.composing import BY_PARTY, Json
from tripoint.reports.texts import Texts

CHARTS = (
    "checks_database_by_day", "checks_database_by_party", "hits_by_subject", "arrests_by_party",
    "arrests_by_offence_group", "arrests_by_offence", "detections_by_nationality", "detections_by_mode",
    "detections_by_day", "victims_by_exploitation", "seizures_by_category", "notices_requested_by_colour",
)  # fmt: skip
MOST_ROWS = 34
WIDTH, ROW_HEIGHT, FONT_SIZE = 420, 17, 10  # points on a page of 170 mm
BAR, INK = "#0b756f", "#10201f"  # of the day theme: web/shared/tokens.css
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One bar: its words and its value; None where it is hidden and has no bar, whose length would tell it."""

    label: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart before it is drawn."""

    name: str
    title: str
    rows: tuple[ChartRow, ...]
    refused: str | None = None

    @property
    def drawn(self) -> tuple[ChartRow, ...]:
        """The rows that have a bar."""
        return tuple(row for row in self.rows if row.value is not None)


def charts(content: Json, texts: Texts) -> list[Chart]:
    """The charts of a sheet in their order."""
    return [chart(name, content, texts) for name in CHARTS]


def chart(name: str, content: Json, texts: Texts) -> Chart:
    """One chart by its name; KeyError where a sheet has no such table."""
    if name.endswith("_by_party") and name.removesuffix("_by_party") in BY_PARTY:
        return of_parties(name, content, texts)
    table = next((one for one in content["tables"] if one["name"] == name), None)
    if table is None:
        raise KeyError(name)
    title = f"{texts.measure(table['measure'])} {' · '.join(texts.by(one) for one in table['by'])}"
    cells = table["cells"] if "day" in table["by"] else sorted(table["cells"], key=by_value)
    rows = tuple(ChartRow(label(table["by"], cell["codes"], texts), cell["value"]) for cell in cells[:MOST_ROWS])
    return Chart(name, title, rows, table["refused"])


def label(by: Sequence[str], codes: Sequence[str], texts: Texts) -> str:
    """What a row is called."""
    return ", ".join(texts.code(dimension, code) for dimension, code in zip(by, codes, strict=True))


def by_value(cell: Json) -> tuple[float, list[str]]:
    """The largest first, hidden ones last, equal ones by their codes."""
    return -(cell["value"] if cell["value"] is not None else -1), cell["codes"]


def of_parties(name: str, content: Json, texts: Texts) -> Chart:
    """A chart of all parties, those without anything to count too."""
    measure = name.removesuffix("_by_party")
    values = [(row["party"], row["values"].get(measure, {}).get("value", 0)) for row in content["by_party"]]
    ordered = sorted(values, key=lambda one: (-one[1], one[0]))
    some = any(value for _, value in ordered)
    rows = tuple(ChartRow(texts.country(party), value) for party, value in ordered[:MOST_ROWS] if some)
    return Chart(name, f"{texts.measure(measure)} {texts.by('party')}", rows)


def specification(chart: Chart, texts: Texts, family: str) -> dict[str, Any]:
    """The chart for Vega-Lite: bars with their values beside, nothing random, no dates but those of the rows."""
    order = [row.label for row in chart.drawn]
    values = [{"label": row.label, "value": row.value, "said": texts.number(row.value or 0)} for row in chart.drawn]
    bars = {
        "y": {"field": "label", "type": "nominal", "sort": order, "title": None,
              "axis": {"labelLimit": 220, "ticks": False, "domain": False}},
        "x": {"field": "value", "type": "quantitative", "title": None,
              "axis": {"labels": False, "ticks": False, "domain": False, "grid": False}},
    }  # fmt: skip
    said = {"type": "text", "align": "left", "dx": 3, "color": INK}
    return {
        "$schema": SCHEMA, "data": {"values": values}, "width": WIDTH, "height": max(1, len(order)) * ROW_HEIGHT,
        "background": "white", "encoding": bars, "config": looks(family),
        "layer": [
            {"mark": {"type": "bar", "color": BAR, "height": ROW_HEIGHT - 5}},
            {"mark": said, "encoding": {"text": {"field": "said", "type": "nominal"}}},
        ],
    }  # fmt: skip


def looks(family: str) -> dict[str, Any]:
    """Letters and colours of all charts."""
    return {
        "font": family, "view": {"stroke": None}, "axis": {"labelColor": INK, "labelFontSize": FONT_SIZE},
        "text": {"fontSize": FONT_SIZE},
    }  # fmt: skip


def in_words(chart: Chart, texts: Texts) -> str:
    """The chart for whoever cannot see it: title and every row."""
    if chart.refused:
        return f"{chart.title}. {texts.say(refusal(chart.refused))}"
    hidden = texts.say("report-hidden")
    rows = [
        texts.say("report-alt-row", label=row.label, value=hidden if row.value is None else row.value)
        for row in chart.rows
    ]
    return texts.say("report-alt", title=chart.title, rows="; ".join(rows) or texts.say("report-nothing"))


def refusal(code: str) -> str:
    """The message that says why a table is not shown."""
    return f"report-refused-{code.replace('_', '-')}"
