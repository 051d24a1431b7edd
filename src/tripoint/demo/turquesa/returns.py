"""How returns go astray: late, wrong at first, sent twice, with a country nobody can spell, or never."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from random import Random

from tripoint.demo.dice import dice, pick
from tripoint.demo.played import TURQUESA
from tripoint.demo.turquesa.model import Course, Planned, Values

SILENT, SILENT_FROM = TURQUESA.silent, TURQUESA.silent_from  # this party sends nothing on the last day
COURSES = (
    (Course.PROMPT, 90.0), (Course.LATE, 4.0), (Course.CORRECTED, 3.0), (Course.TWICE, 2.0), (Course.WRONG_CODE, 1.0),
)  # fmt: skip
MISSPELT = {
    "VEN": "Venezuala", "ECU": "Equador", "CHN": "Chine Republic", "HTI": "Hayity", "COL": "Columbia", "CUB": "Cubba",
    "AFG": "Afganistán del Norte",
}  # fmt: skip


def astray(seed: int, planned: Iterable[Planned]) -> Iterator[Planned]:
    """Every return with its course. Stories come in promptly, each kind of slip stands among the first returns."""
    throw, drawn = dice(seed, "courses"), iter(tuple(Course)[1:-1])
    for one in planned:
        if one.party == SILENT and one.day >= SILENT_FROM:
            yield replace(one, course=Course.MISSING)
        elif one.story:
            yield one
        else:
            yield on_course(throw, one, next(drawn, None) if one.kind == "detection" else None)


def on_course(throw: Random, one: Planned, wanted: Course | None) -> Planned:
    """One return on the course that is wanted, or on one by the dice; a slip that cannot be made is none."""
    course = wanted or pick(throw, COURSES)
    first = slip(course, one)
    if course in (Course.CORRECTED, Course.WRONG_CODE) and first is None:
        return one
    return replace(one, course=course, first=first)


def slip(course: Course, one: Planned) -> Values | None:
    """What is sent before the right values; None where there is nothing to get wrong."""
    code = str(one.values.get("nationality"))
    if course is Course.WRONG_CODE and one.kind in ("detection", "arrest"):
        return {**one.values, "nationality": MISSPELT.get(code, f"{code.title()}?")}
    if course is Course.CORRECTED and one.kind == "detection":
        return {**one.values, "nationality": "VEN" if code != "VEN" else "COL", "nationality_basis": "assessed"}
    if course is Course.CORRECTED and one.kind == "arrest":
        return {**one.values, "offence": "other"}
    return None
