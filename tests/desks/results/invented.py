"""An invented sheet of many parties, made without a database: for rules of publication and for reports."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from tripoint.access.model import Operation
from tripoint.desks.results import composing, publication, rules
from tripoint.desks.results.composing import BY_PARTY, HEADLINES, TABLES, Draft
from tripoint.desks.results.measures import measure
from tripoint.desks.results.model import Counted, Figure, MissingReturn, Query, RecordSet, Return, SheetKind

PARTIES = (
    "ARG", "ABW", "BHS", "BRB", "BLZ", "BOL", "BRA", "CAN", "CHL", "COL", "CRI", "CUB", "CUW", "DOM", "ECU", "SLV",
    "GTM", "GUY", "HTI", "HND", "JAM", "MEX", "NIC", "PAN", "PRY", "PER", "KNA", "LCA", "SUR", "TTO", "TCA", "USA",
    "URY",
)  # fmt: skip
NOW = datetime(2023, 12, 1, 18, 0, tzinfo=UTC)
WHICH = UUID("01890000-0000-7000-8000-000000000001")
CODES = {
    "day": [f"2023-11-{day}" for day in (27, 28, 29, 30)] + ["2023-12-01"],
    "purpose": ["border_control", "security_check"], "subject": ["person", "document", "vehicle"],
    "grade": ["strong", "weak"], "offence_group": ["smuggling", "trafficking", "documents", "other", "unknown"],
    "offence": ["02031", "02011", "09021"], "basis": ["hit", "investigation", "observation"], "role": ["recruiter"],
    "status": ["potential", "identified"], "age_group": ["adult", "child"], "mode": ["land", "sea", "river"],
    "exploitation": ["Sexual", "ForcedLabour", "ForcedCriminality", "Begging"], "party": list(PARTIES),
    "nationality": ["VEN", "ECU", "CHN", "HTI", "CUB", "COL", "BGD", "unknown"],
    "category": ["document", "cash", "phone", "vehicle"], "account_kind": ["bank_account", "wallet"],
    "colour": ["red", "blue"],
}  # fmt: skip
OPERATION = Operation(
    WHICH, "Turquesa V", "Turquesa", "V", datetime(2023, 11, 27, tzinfo=UTC), datetime(2023, 12, 1, 23, tzinfo=UTC),
    "CRI", PARTIES, (),
)  # fmt: skip


def counted(codes: tuple[str, ...], value: float) -> Counted:
    """A row of so many records."""
    digest = sha256(repr((codes, value)).encode()).hexdigest()
    return Counted(codes, value, RecordSet(int(value), digest), final=int(value))


def parts(dice: random.Random, by: str, most: int) -> list[Counted]:
    """Rows of one dimension with values up to `most`."""
    return [counted((code,), dice.randint(0, most) // (place + 1)) for place, code in enumerate(CODES[by])]


def figure(name: str, rows: list[Counted], by: tuple[str, ...] = ()) -> Figure:
    """A figure whose total is the sum of its rows."""
    total = counted((), sum(row.value for row in rows))
    return rules.figure_of(Query(measure(name), WHICH, dimensions=by), total, rows if by else [], NOW)


def draft(seed: int = 1, kind: SheetKind = SheetKind.PRELIMINARY, most: int = 400, **more: object) -> Draft:
    """A sheet of 33 parties."""
    dice = random.Random(seed)
    by_party = {name: figure(name, parts(dice, "party", most), ("party",)) for name in BY_PARTY}
    whole: dict[str, float] = {"victims": 163, "nationalities": 69, "parties": len(PARTIES)}
    sums = {name: one.value for name, one in by_party.items()} | whole
    figures = [figure(name, [counted((), sums.get(name, dice.randint(20, most)))]) for name in HEADLINES]
    tables = [
        publication.protect(measure(name), by, counted((), sum(row.value for row in rows)), rows)
        for name, by in TABLES
        if (rows := parts(dice, by[0], most))
    ]
    values = {
        "revision": 1, "revises": None, "reason": "", "narrative": "", "withheld": (), "exceptions": (), "before": {},
        "missing": [MissingReturn("BHS", ("2023-11-29", "2023-11-30"))],
        "returns": [Return("BHS", "arrests", 7, 5, 2)],
    } | more  # fmt: skip
    return Draft(OPERATION, kind, as_of=NOW, figures=figures, tables=tables, by_party=by_party, **values)  # type: ignore[arg-type]


def frozen(seed: int = 1, **more: object) -> tuple[str, str]:
    """The frozen sheet and its digest."""
    return composing.frozen(draft(seed, **more))  # type: ignore[arg-type]
