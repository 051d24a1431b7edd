"""What a recovered firearm of the own party says, as the description with which a request about it begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.errors import NotFound
from tripoint.desks.tracing.model import Description, Json, Recovery, SentMark
from tripoint.records.firearms import store as firearms
from tripoint.records.firearms.model import MarkSeen
from tripoint.records.occurrences import store as occurrences
from tripoint.words.firearms.recovery import AcquisitionMode, MarkedStatus

SAME = ("type", "country_of_manufacture", "importer", "import_country", "import_year")


def prefilled(visit: Visit, recovered: UUID) -> tuple[Description, tuple[str, ...]]:
    """The description of a recovered firearm of the own party, and why it is illicit, by codes of the form.

    The trail keeps who read it. Raises NotFound for one that is not there, withdrawn or another party's.
    """
    row = firearms.find(visit.session, recovered)
    if row is None or row["owner_number"] != visit.party or row["state"] == "withdrawn":
        raise NotFound
    visit.note(AuditNote(Act.ASK_TRACE, "recovered_firearm", recovered, visit.party, row["version"], outcome="read"))
    body = occurrences.bodies(visit.session, [recovered]).get(recovered, {})
    marks = firearms.marks(visit.session, recovered)
    return described(row, marks, body, visit.officer.party.code), tuple(row["illicit_grounds"])


def described(row: Json, marks: Sequence[MarkSeen], body: Json, own: str) -> Description:
    """The description of the firearm in this row. Where no country of recovery is said it is the own one, `own`."""
    texts = {name: row[f"{name}_text"] for name in ("make", "model", "calibre")}
    return Description(
        marks=tuple(SentMark(one.place or "frame", one.kind, one.raw) for one in marks), **texts,
        **{name: row[name] for name in SAME}, year=row["made_in"], marked_status=MarkedStatus(row["marked_status"]),
        recovery=recovery_of(row, body, own),
    )  # fmt: skip


def recovery_of(row: Json, body: Json, own: str) -> Recovery:
    """Where, when (the day in UTC) and how it came into the hands of the police."""
    place: dict[str, Any] = row["place"] or {}
    return Recovery(
        place.get("country") or own, row["happened_at"].date(), place.get("name"), AcquisitionMode(row["acquired_by"]),
        body.get("circumstances"),
    )  # fmt: skip
