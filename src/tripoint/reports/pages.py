"""What stands on the pages of a report, block by block: the same for print and for word processors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tripoint.desks.results.composing import Json
from tripoint.reports import press
from tripoint.reports.charts import Chart, charts, in_words, label, refusal
from tripoint.reports.texts import Texts

KPIS = ("checks_database", "hits_confirmed", "arrests", "victims", "detections", "nationalities", "cash_usd", "parties")


class ReportKind(StrEnum):
    """Which report is wanted of a sheet."""

    RESULTS = "results"
    PARTY = "party"
    PRESS = "press"


@dataclass(frozen=True, slots=True)
class Block:
    """One thing on a page. `kind`: heading, text, note, tiles, table, picture, list. Rows begin with their head."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[int, ...] = ()  # columns of a table that are numbers
    chart: Chart | None = None
    svg: str = ""  # of a picture that is drawn already


@dataclass(frozen=True, slots=True)
class Report:
    """A report before it is set: all its words are there, nothing is reckoned any more."""

    title: str
    subtitle: str
    language: str
    rtl: bool
    at: str
    blocks: tuple[Block, ...]
    figures: str  # canonical JSON, attached
    attached: str


def report(kind: ReportKind, content: Json, digest: str, texts: Texts, figures: str, party: str = "") -> Report:
    """The report of a sheet. KeyError for a party that is not on it."""
    match kind:
        case ReportKind.PRESS:
            title, blocks = press.headline(content, texts), press_blocks(content, texts)
        case ReportKind.PARTY:
            title = f"{texts.say('report-party-page')}: {texts.country(party)}"
            blocks = party_blocks(content, texts, party)
        case _:
            title = f"{press.operation_name(content)}: {texts.say('report-kind-' + content['kind'])}"
            blocks = result_blocks(content, texts)
    foot = (Block("note", texts.say("report-digest", digest=digest)),)
    return Report(
        title, subtitle(content, texts), texts.language, texts.language == "ar", content["as_of"],
        (*blocks, *foot), figures, texts.say("report-attached"),
    )  # fmt: skip


def subtitle(content: Json, texts: Texts) -> str:
    """Which revision, and how fresh."""
    revision = texts.say("report-revision", number=str(content["revision"]))
    return f"{revision} · {texts.say('report-as-of', at=texts.moment(content['as_of']))}"


def press_blocks(content: Json, texts: Texts) -> tuple[Block, ...]:
    """The press summary."""
    return tuple(Block("text", one) for one in press.paragraphs(content, texts))


def result_blocks(content: Json, texts: Texts) -> tuple[Block, ...]:
    """The whole sheet: headlines, charts, tables, parties, what does not add up, what is missing, definitions."""
    return (
        *opening(content, texts), tiles(content, texts), Block("heading", texts.say("report-figures")),
        figures_table(content, texts), Block("heading", texts.say("report-tables")),
        *(block for chart in charts(content, texts) for block in chart_blocks(chart, texts)),
        *protected_tables(content, texts), Block("heading", texts.say("report-party-page")),
        *parties_tables(content, texts), *sums(content, texts), *missing(content, texts),
        Block("heading", texts.say("report-definitions")), definitions(content, texts),
    )  # fmt: skip


def opening(content: Json, texts: Texts) -> list[Block]:
    """That results are preliminary, why they were revised, and the narrative."""
    found = [Block("note", texts.say("report-still-coming"))] if content["kind"] == "preliminary" else []
    if content["reason"]:
        found.append(Block("note", texts.say("report-revision-reason", reason=content["reason"])))
    if content["narrative"]:
        found.append(Block("text", press.filled(content["narrative"], press.values_of(content, texts))))
    return found


def tiles(content: Json, texts: Texts) -> Block:
    """The figures that everybody asks for, large."""
    known = {one["measure"]: one for one in content["figures"]}
    shown = [(texts.measure(name), press.said(known[name], texts)) for name in KPIS if name in known]
    return Block("tiles", rows=tuple(shown))


def figures_table(content: Json, texts: Texts) -> Block:
    """Every headline with status, share of unknown and how many records it counts."""
    head = [texts.say(f"report-col-{name}") for name in ("figure", "value", "before", "status", "unknown", "records")]
    rows = [
        (texts.measure(one["measure"]), press.said(one, texts), *rest_of(one, texts)) for one in content["figures"]
    ]  # fmt: skip
    return Block("table", texts.say("report-figures"), (tuple(head), *rows), (1, 2, 4, 5))


def rest_of(figure: Json, texts: Texts) -> tuple[str, str, str, str]:
    """What was said before, status, unknown share and records of a headline; dashes where it is hidden."""
    if figure["value"] is None:
        return "–", "–", "–", "–"
    before = "–" if figure["was"] is None else texts.number(figure["was"])
    unknown = "–" if figure["unknown_share"] is None else texts.share(figure["unknown_share"])
    return before, texts.say(f"report-status-{figure['status']}"), unknown, texts.number(figure["records"]["count"])


def chart_blocks(chart: Chart, texts: Texts) -> list[Block]:
    """A chart with its title; of one that is refused or empty the reason in its place."""
    title = Block("caption", chart.title)
    if chart.refused:
        return [title, Block("note", texts.say(refusal(chart.refused)))]
    if not chart.drawn:
        return [title, Block("note", texts.say("report-nothing"))]
    hidden = [row.label for row in chart.rows if row.value is None]
    below = [Block("note", f"{texts.say('report-hidden')}: {', '.join(hidden)}")] if hidden else []
    return [title, Block("picture", in_words(chart, texts), chart=chart), *below]


def protected_tables(content: Json, texts: Texts) -> list[Block]:
    """The tables of people with what is hidden in them, and why some are not shown at all."""
    found: list[Block] = []
    for table in content["tables"]:
        if table["rule"] == "exact" or table["by"] == ["day"]:
            continue
        title = f"{texts.measure(table['measure'])} {' · '.join(texts.by(one) for one in table['by'])}"
        found.append(Block("caption", title))
        if table["refused"]:
            found.append(Block("note", texts.say(refusal(table["refused"]))))
            continue
        found.append(Block("table", title, table_rows(table, texts), (1,)))
        if any(cell["value"] is None for cell in table["cells"]):
            found.append(Block("note", texts.say("report-threshold", least=table["threshold"])))
    return found


def table_rows(table: Json, texts: Texts) -> tuple[tuple[str, ...], ...]:
    """The rows of a protected table, the largest first, and what all that is hidden is together."""
    hidden = texts.say("report-hidden")
    cells = sorted(table["cells"], key=lambda cell: (cell["value"] is None, -(cell["value"] or 0), cell["codes"]))
    rows = [
        (label(table["by"], cell["codes"], texts), hidden if cell["value"] is None else texts.number(cell["value"]))
        for cell in cells
    ]  # fmt: skip
    if table["rest"]:
        rows.append((texts.say("report-rest"), texts.number(table["rest"])))
    return ((texts.by(table["by"][0]), texts.say("report-col-value")), *rows)


def parties_tables(content: Json, texts: Texts) -> list[Block]:
    """Every party beside each other, as many measures in one table as fit on a page."""
    names = [name for name in measures_in_order(content) if any(name in row["values"] for row in content["by_party"])]
    found = []
    for at in range(0, len(names), 6):
        part = names[at : at + 6]
        head = (texts.say("report-col-party"), *(texts.measure(name) for name in part))
        rows = [
            (texts.country(row["party"]), *(number_in(row, name, texts) for name in part))
            for row in content["by_party"]
        ]
        found.append(Block("table", texts.say("report-party-page"), (head, *rows), tuple(range(1, len(part) + 1))))
    return found


def measures_in_order(content: Json) -> list[str]:
    """The measures as the headlines name them."""
    return [one["measure"] for one in content["figures"]]


def number_in(row: Json, name: str, texts: Texts) -> str:
    """A party's value, nothing as a dash."""
    found = row["values"].get(name)
    return texts.number(found["value"]) if found else "–"


def sums(content: Json, texts: Texts) -> list[Block]:
    """Whether everything adds up, and where not, why."""
    wrong = [foot for foot in content["feet"] if not foot["agrees"]]
    if not wrong:
        return [Block("heading", texts.say("report-sums")), Block("text", texts.say("report-foot-agrees"))]
    head = tuple(texts.say(f"report-col-{name}") for name in ("figure", "value", "records", "definition"))
    rows = [
        (f"{texts.measure(foot['total'])} {texts.by(foot['by'])}", texts.number(foot["expected"]),
         texts.number(foot["found"]), texts.say(f"report-foot-{foot['reason']}"))
        for foot in wrong
    ]  # fmt: skip
    return [Block("heading", texts.say("report-sums")), Block("table", texts.say("report-sums"), (head, *rows), (1, 2))]


def missing(content: Json, texts: Texts) -> list[Block]:
    """Which daily reports are missing, and where what was declared is not what is counted."""
    found = [Block("heading", texts.say("report-missing"))]
    rows = tuple((f"{texts.country(one['party'])}: {', '.join(one['days'])}",) for one in content["missing"])
    found.append(Block("list", rows=rows) if rows else Block("text", texts.say("report-missing-none")))
    if content["returns"]:
        rows = returned(content["returns"], texts)
        found += [Block("heading", texts.say("report-returns")), Block("list", rows=rows)]
    return found


def returned(returns: Sequence[Json], texts: Texts) -> tuple[tuple[str], ...]:
    """The differences between declared and counted, each explained."""
    return tuple(
        (texts.say(
            "report-returns-line", party=texts.country(one["party"]), measure=texts.measure(one["measure"]),
            declared=one["declared"], counted=one["counted"],
            reason=texts.say(f"report-return-{one['reason'].replace('_', '-')}"),
        ),)
        for one in returns
    )  # fmt: skip


def definitions(content: Json, texts: Texts) -> Block:
    """What each figure counts."""
    head = (texts.say("report-col-figure"), texts.say("report-col-definition"))
    rows = [(texts.measure(name), texts.definition(name)) for name in measures_in_order(content)]
    return Block("table", texts.say("report-definitions"), (head, *rows))


def party_blocks(content: Json, texts: Texts, party: str) -> tuple[Block, ...]:
    """The page of one party: what it achieved, which of its reports are missing, what it declared otherwise."""
    row = next((one for one in content["by_party"] if one["party"] == party), None)
    if row is None:
        raise KeyError(party)
    head = tuple(texts.say(f"report-col-{name}") for name in ("figure", "value", "status", "records"))
    rows = [
        (texts.measure(name), texts.number(value["value"]), texts.say(f"report-status-{value['status']}"),
         texts.number(value["records"]["count"]))
        for name in measures_in_order(content) if (value := row["values"].get(name))
    ]  # fmt: skip
    own = content | {name: [one for one in content[name] if one["party"] == party] for name in ("missing", "returns")}
    table = Block("table", texts.say("report-figures"), (head, *rows), (1, 3))
    return (*opening(content, texts), table, *missing(own, texts))
