"""The press summary: sentences of the catalogues, filled with figures; a number typed into one fails the build."""

from __future__ import annotations

import re
from collections.abc import Mapping

from tripoint.base.errors import BadInput
from tripoint.desks.results.composing import Json
from tripoint.desks.results.narrative import PLACE, check_narrative, typed_digits
from tripoint.reports.texts import LANGUAGES, Texts, report_messages

NAME = re.compile(r"\{\s*([a-z_]+)\s*\}")
MOST_NAMED = 3


def check_templates() -> list[str]:
    """Every digit that a hand typed into the reports' sentences of any language: language, message, place."""
    return [
        f"{language} {which}: {place}"
        for language in LANGUAGES
        for which, text in report_messages(language).items()
        for place in typed_digits(text)
    ]


def values_of(content: Json, texts: Texts) -> dict[str, str]:
    """What placeholders may name: every headline in words; a hidden one says that it is hidden."""
    return {one["measure"]: said(one, texts) for one in content["figures"]}


def said(figure: Json, texts: Texts) -> str:
    """A headline as text with its qualifier."""
    if figure["value"] is None:
        return texts.say("report-hidden")
    return texts.say(f"report-qualifier-{figure['qualifier'].replace('_', '-')}", value=figure["value"])


def headline(content: Json, texts: Texts) -> str:
    """The first line."""
    values = values_of(content, texts)
    return texts.say(
        "report-press-head", arrests=values["arrests"], victims=values["victims"], operation=operation_name(content)
    )


def paragraphs(content: Json, texts: Texts) -> list[str]:
    """The summary, paragraph by paragraph; what was hidden or never counted is left out."""
    values, operation = values_of(content, texts), content["operation"]
    found = [texts.say(
        "report-press-lead", parties=values["parties"], checks=values["checks_database"],
        operation=operation_name(content), coordinator=texts.country(operation["coordinator"]),
        **{"from": texts.day(operation["starts_at"]), "to": texts.day(operation["ends_at"])},
    )]  # fmt: skip
    if ranking := largest(content, texts):
        found.append(texts.say(
            "report-press-migrants", detections=values["detections"], nationalities=values["nationalities"],
            ranking=", ".join(ranking),
        ))  # fmt: skip
    found.append(texts.say(
        "report-press-hits", hits=values["hits"], confirmed=values["hits_confirmed"],
        investigations=values["investigations"], notices=values["notices_requested"],
    ))  # fmt: skip
    found.append(texts.say("report-press-victims-care"))
    if content["narrative"]:
        found.append(filled(content["narrative"], values))
    found.append(texts.say("report-press-parties", list=", ".join(texts.country(code) for code in content["parties"])))
    return found if content["kind"] == "final" else [texts.say("report-still-coming"), *found]


def operation_name(content: Json) -> str:
    """The operation as it is called."""
    return str(content["operation"]["name"])


def largest(content: Json, texts: Texts) -> list[str]:
    """The countries of the largest groups that are shown."""
    table = next(one for one in content["tables"] if one["name"] == "detections_by_nationality")
    cells = [cell for cell in table["cells"] if cell["value"] and cell["codes"] != ["unknown"]]
    ordered = sorted(cells, key=lambda cell: (-cell["value"], cell["codes"]))
    return [texts.country(cell["codes"][0]) for cell in ordered[:MOST_NAMED]]


def filled(narrative: str, values: Mapping[str, str]) -> str:
    """A narrative with its placeholders filled. Raises BadInput for a typed number or a figure that does not exist."""
    check_narrative(narrative)
    for place in PLACE.findall(narrative):
        name = NAME.fullmatch(place)
        if name is None or name[1] not in values:
            raise BadInput(f"No figure {place} is on the sheet.", field="narrative", remedy="Write {arrests}, say.")
    return NAME.sub(lambda found: values[found[1]], narrative)
