"""Victims as they leave the hub in the files of HTCDS 2.0, identity included: by two people, each with a line on the
trail (records/exports)."""

from __future__ import annotations

from typing import Any

from tripoint.access.model import Act, AuditNote
from tripoint.access.rules import AccessClass, classes_of
from tripoint.access.visit import Visit
from tripoint.base.errors import NotAllowed
from tripoint.desks.victims import store
from tripoint.desks.victims.model import Case
from tripoint.records.exports.model import Export, Form, Line
from tripoint.records.occurrences.work import SEALED
from tripoint.records.sealed.work import safe_of
from tripoint.words.grades import Handling
from tripoint.words.htcds_files import as_chapters, as_row


def victims(visit: Visit, export: Export, most: int) -> list[Line]:
    """The own party's victims, whole: 84 columns in CSV, chapters in JSON. Raises NotAllowed, Gone for a lost key.

    Each field that was sealed is opened for this, and the trail says so.
    """
    if AccessClass.VICTIMS not in classes_of(visit.officer.roles):
        raise NotAllowed("Your role does not open reports on victims.", remedy="Ask a victim specialist.")
    found = store.cases(visit.session, visit.party, None, most)
    return [Line(
        case.occurrence, visit.party, case.version, Handling.H2, written(whole(visit, case), export.form)
    ) for case in found]  # fmt: skip


def written(values: dict[str, Any], form: Form) -> dict[str, Any]:
    """A victim's values in the form of the file."""
    return dict(as_row(values)) if form is Form.CSV else as_chapters(values)


def whole(visit: Visit, case: Case) -> dict[str, Any]:
    """The values of a report with those that were sealed."""
    values = {name: value for name, value in case.values.items() if name != SEALED}
    safe = safe_of(visit)
    for field, version in case.values.get(SEALED, {}).items():
        values[field] = safe.open(case.occurrence, version, field)[field]
        visit.note(AuditNote(
            Act.FETCH_EXPORT, f"sealed_{field.lower()}", case.occurrence, visit.party, version, outcome="left"
        ))  # fmt: skip
    return values
