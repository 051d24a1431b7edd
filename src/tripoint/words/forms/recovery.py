"""The form of a recovery: one firearm, its marks as an examiner reads them, why it is illicit, how it came."""

from __future__ import annotations

from decimal import Decimal

from tripoint.words.firearms import types
from tripoint.words.firearms.ammunition import RoundState
from tripoint.words.firearms.recovery import (
    AcquisitionMode,
    IllicitGround,
    MarkedStatus,
    MarkKind,
    MarkPlace,
    ReadingMethod,
    needs_trace,
)
from tripoint.words.forms.asking import V, field, line
from tripoint.words.forms.model import Field, Form, Json, Problem
from tripoint.words.offences import OFFENCES

FIRST_YEAR, LAST_YEAR = Decimal(1600), Decimal(2150)
MEETS, TELLS = ("everyone", "readers", "own"), ("full", "pointer", "blind")
TRACE_NEEDS = ("required", "context_known", "impossible")
MARK: tuple[Field, ...] = (
    field("reading", V.TEXT, "marks", required=True),
    field("kind", V.CHOICE, "marks", tuple(MarkKind), list="mark_kind"),
    field("place", V.CHOICE, "marks", tuple(MarkPlace), list="mark_place"),
    field("method", V.CHOICE, "marks", tuple(ReadingMethod), list="reading_method"),
    field("confidence", V.DECIMAL, "marks", least=Decimal(0), most=Decimal(1)),
    field("examiner", V.TEXT, "marks"),
)
MAGAZINE: tuple[Field, ...] = (
    field("calibre", V.TEXT, "ammunition"),
    field("capacity", V.INTEGER, "ammunition", least=Decimal(1), most=Decimal(1000)),
    field("mark", V.TEXT, "ammunition"),
)
ROUNDS: tuple[Field, ...] = (
    field("calibre", V.TEXT, "ammunition", required=True),
    field("rounds", V.INTEGER, "ammunition", required=True, least=Decimal(1), most=Decimal(10_000_000)),
    field("state", V.CHOICE, "ammunition", tuple(RoundState), list="round_state"),
    field("headstamp", V.TEXT, "ammunition"), field("lot", V.TEXT, "ammunition"),
)


def year(name: str, section: str) -> Field:
    """A year of manufacture or import."""
    return line(name, V.INTEGER, section, least=FIRST_YEAR, most=LAST_YEAR)


def line_of(kept: Json, values: Json) -> Json:
    """The line with what the words mean: calibre and make by their ids, and whether a trace is called for."""
    known = {name: values.get(name) for name in ("calibre_id", "make_id")}
    marked = MarkedStatus(values.get("marked_status", MarkedStatus.UNMARKED))
    return {**kept, **known, "trace_need": needs_trace(marked, context_known=values.get("context_known") is True)}


def check(values: Json) -> tuple[Problem, ...]:
    """Marks go with what is said of them: a full reading needs a serial, an unmarked gun has none."""
    marked = values.get("marked_status")
    serials = [one for one in values.get("marks", ()) if one.get("kind", "serial") in ("serial", "privately_made")]
    if marked == MarkedStatus.FULL and not serials:
        return (Problem("marks", "The firearm is said to be marked, and no serial is given.",
                        "Add the serial as it is stamped, or correct the state of the marks."),)  # fmt: skip
    if marked == MarkedStatus.UNMARKED and serials:
        reason = "A serial is given for a firearm said to be unmarked."
        return (Problem("marked_status", reason, "Correct the one or the other."),)
    return ()


RECOVERY = Form(
    "recovery", "recoveries", line=line_of, check=check,
    derived={"trace_need": TRACE_NEEDS, "calibre_id": (), "make_id": ()},
    fields=(
        line("acquired_by", V.CHOICE, "how", tuple(AcquisitionMode), required=True),
        line("type", V.CHOICE, "firearm", types.CODES, required=True, list="firearm_type"),
        field("make", V.TEXT, "firearm"), field("model", V.TEXT, "firearm"), field("calibre", V.TEXT, "firearm"),
        line("marked_status", V.CHOICE, "marks", tuple(MarkedStatus), required=True),
        field("marks", V.ROWS, "marks", fields=MARK, most=Decimal(12)),
        line("country_of_manufacture", V.COUNTRY, "firearm"), year("made_in", "firearm"),
        field("importer", V.TEXT, "firearm"), line("import_country", V.COUNTRY, "firearm"),
        year("import_year", "firearm"),
        line("converted", V.YES_NO, "firearm"), line("deactivated", V.YES_NO, "firearm"),
        line("privately_made", V.YES_NO, "firearm"),
        field("magazines", V.ROWS, "ammunition", fields=MAGAZINE, most=Decimal(20)),
        field("ammunition", V.ROWS, "ammunition", fields=ROUNDS, most=Decimal(20)),
        line("illicit_grounds", V.CHOICES, "how", tuple(IllicitGround), list="illicit_ground"),
        line("crime_codes", V.CHOICES, "how", tuple(OFFENCES), list="offence", most=Decimal(10)),
        field("place", V.PLACE, "how"), field("case_reference", V.TEXT, "how"),
        field("circumstances", V.LONG_TEXT, "how"), line("context_known", V.YES_NO, "how"),
        field("seizure", V.REFERENCE, "how"), field("item", V.INTEGER, "how", least=Decimal(1), most=Decimal(200)),
        field("meets", V.CHOICE, "sharing", MEETS, list="recovery_meets"),
        field("tells", V.CHOICE, "sharing", TELLS, list="recovery_tells"),
    ),
)  # fmt: skip
