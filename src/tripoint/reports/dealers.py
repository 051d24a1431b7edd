"""The audit of dealers' books on paper: what was asked, how often it is met at all, where most, the limits."""

from __future__ import annotations

from datetime import datetime

import rfc8785

from tripoint.engines.books.model import Audit, Outcome
from tripoint.reports.pages import Block, Report
from tripoint.reports.texts import RIGHT_TO_LEFT, Texts

LIMITS = ("people", "peers", "books", "serials", "law")


def report(audit: Audit, at: datetime, texts: Texts) -> Report:
    """The report of an audit; `at` is when it was made, in UTC."""
    moment = at.replace(microsecond=0).isoformat()
    blocks = (
        Block("note", texts.say("report-dealers-note")), tiles(audit, texts),
        *part("rules", rules(audit, texts), texts, (1, 2, 3)), *losses(audit, texts),
        *part("most", most(audit, texts), texts, (1, 2, 3)), *part("files", files(audit, texts), texts, (2, 3)),
        *part("mapping", mapping(audit, texts), texts), *part("choices", choices(audit, texts), texts),
        Block("heading", texts.say("report-dealers-limits")),
        Block("list", rows=tuple((texts.say(f"report-dealers-limit-{one}"),) for one in LIMITS)),
    )  # fmt: skip
    return Report(
        texts.say("report-dealers-title"), texts.say("report-as-of", at=texts.moment(moment)), texts.language,
        texts.language in RIGHT_TO_LEFT, moment, blocks, figures(audit, moment), texts.say("report-attached"),
    )  # fmt: skip


def part(name: str, rows: list[tuple[str, ...]], texts: Texts, numbers: tuple[int, ...] = ()) -> list[Block]:
    """A heading and its table; nothing to show is said."""
    title = texts.say(f"report-dealers-{name}")
    if len(rows) < 2:
        return [Block("heading", title), Block("text", texts.say("report-nothing"))]
    return [Block("heading", title), Block("table", title, tuple(rows), numbers)]


def tiles(audit: Audit, texts: Texts) -> Block:
    """The figures of the whole audit, large."""
    shown = {"read": audit.rows, "refused": audit.refused, "findings": audit.findings,
             "met": sum(bool(one.base.found) for one in audit.outcomes)}  # fmt: skip
    rows = tuple((texts.say(f"report-dealers-{name}"), texts.number(number)) for name, number in shown.items())
    return Block("tiles", rows=rows)


def head(texts: Texts, *names: str) -> tuple[str, ...]:
    """The heads of a table's columns."""
    return tuple(texts.say(f"report-dealers-col-{name}") for name in names)


def rules(audit: Audit, texts: Texts) -> list[tuple[str, ...]]:
    """Every rule with its sentence, how often it was met, and of how many things it could have been."""
    return [head(texts, "rule", "found", "of", "rate"), *(rule(one, texts) for one in audit.outcomes)]


def rule(one: Outcome, texts: Texts) -> tuple[str, ...]:
    """The row of one rule; one that was not asked says why."""
    sentence = f"{one.recipe.number}. {texts.say(f'report-rule-{one.recipe.number}')}"
    if one.fault:
        return f"{sentence} {texts.say('report-dealers-fault')}", "–", "–", "–"
    if one.missing:
        books = ", ".join(texts.say(f"choice-book-{book}") for book in one.missing)
        return f"{sentence} {texts.say('report-dealers-lacking', books=books)}", "–", "–", "–"
    rate = f"{texts.number(round(100 * one.base.rate, 3))} %" if one.base.of else "–"
    return sentence, texts.number(one.base.found), texts.number(one.base.of), rate


def losses(audit: Audit, texts: Texts) -> list[Block]:
    """Where the firearms went missing: what each such dealer acquired, sold, has in stock, and cannot show."""
    rows = [head(texts, "dealer", "acquired", "sold", "stock", "missing")]
    rows += [(dealer, *map(texts.number, numbers)) for dealer, *numbers in audit.losses]
    return part("losses", rows, texts, (1, 2, 3, 4))


def most(audit: Audit, texts: Texts) -> list[tuple[str, ...]]:
    """The dealers with most findings, the strongest first."""
    rows = [(dealer, texts.number(found), texts.number(met), texts.number(round(score, 2)))
            for dealer, found, met, score in audit.dealers]  # fmt: skip
    return [head(texts, "dealer", "findings", "met", "score"), *rows]


def files(audit: Audit, texts: Texts) -> list[tuple[str, ...]]:
    """What was read, and what could not be."""
    rows = [(one.name, texts.say(f"choice-book-{one.book}") if one.book else texts.say("report-dealers-unread"),
             texts.number(one.rows), texts.number(one.refused)) for one in audit.files]  # fmt: skip
    return [head(texts, "file", "book", "rows", "refused"), *rows]


def mapping(audit: Audit, texts: Texts) -> list[tuple[str, ...]]:
    """By which columns each file was read, and which nobody read."""
    rows = []
    for one in audit.files:
        if one.book is None:
            continue
        pairs = ", ".join(f"{ours} = {theirs}" for ours, theirs in one.columns.items())
        left = f" {texts.say('report-dealers-left', columns=', '.join(one.left))}" if one.left else ""
        sure = "" if one.sure else f" {texts.say('report-dealers-unsure')}"
        rows.append((one.name, f"{pairs}.{left}{sure}"))
    return [head(texts, "file", "columns"), *rows]


def choices(audit: Audit, texts: Texts) -> list[tuple[str, ...]]:
    """The defaults of each rule's parameters with their units."""
    rows = [(f"{one.recipe.number} {parameter.name}", f"{parameter.default} {parameter.unit}")
            for one in audit.outcomes for parameter in one.recipe.parameters]  # fmt: skip
    return [head(texts, "rule", "value"), *rows]


def figures(audit: Audit, moment: str) -> str:
    """The figures as canonical JSON, attached."""
    return rfc8785.dumps({
        "format": "tripoint-dealers/1", "as_of": moment, "rows": audit.rows, "refused": audit.refused,
        "findings": audit.findings,
        "rules": [{"rule": one.recipe.number, "version": one.recipe.version, "found": one.base.found, "of": one.base.of}
                  for one in audit.outcomes],
    }).decode()  # fmt: skip
