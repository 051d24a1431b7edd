"""What people do to export: ask, and once a second officer approved, fetch the file within the hour."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from tripoint.access import work as access
from tripoint.access.four_eyes import work as four_eyes
from tripoint.access.four_eyes.model import Approval, Proposal, State
from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.errors import Conflict, NotFound
from tripoint.records import work
from tripoint.records.codec import content_to_json
from tripoint.records.exports import rules, store
from tripoint.records.exports.model import Export, Form, Line, Made, What
from tripoint.records.model import Person, RecordKind
from tripoint.records.sealed.rules import masked
from tripoint.words.grades import Handling
from tripoint.words.people import is_masked
from tripoint.words.purposes import Purpose

MOST_LINES = 2000  # each leaves a line on the trail, for whoever asks where his record went
READY_FOR = timedelta(hours=1)
Source = Callable[[Visit, Export, int], list[Line]]  # at most so many lines
MEDIA = {Form.CSV: "text/csv; charset=utf-8", Form.JSONL: "application/x-ndjson"}


def ask(visit: Visit, export: Export, reason: str) -> Approval:
    """Ask a second officer to let a file leave the hub. Nothing is written before."""
    body = {
        "what": export.what.value, "form": export.form.value, "recipient": export.recipient,
        "purpose": export.purpose.value, "handling": export.handling.value,
        "set": str(export.set) if export.set else None,
    }  # fmt: skip
    return four_eyes.ask(visit, Proposal(Act.EXPORT_RECORDS, "export", None, body, reason))


def permit(visit: Visit, approval: Approval) -> None:
    """Do what was approved: from now on, for an hour, whoever asked may fetch the file."""
    visit.note(AuditNote(Act.EXPORT_RECORDS, "export", approval.id, visit.party, reason=approval.reason))


def fetch(visit: Visit, which: UUID, sources: Mapping[What, Source]) -> Made:
    """The file of an approved request of one's own, made of what is held now; every record leaves a line on the trail.

    Raises NotFound for another's request, Conflict before it is approved, after its hour, or for too much at once.
    """
    approval = four_eyes.found(visit, which)
    if approval.act is not Act.EXPORT_RECORDS or approval.asked_by != visit.officer.id:
        raise NotFound
    if approval.state is not State.APPROVED or approval.decided_at is None:
        raise Conflict("Nobody has approved this export.", remedy="Wait for a second officer of your party.")
    if visit.clock() > approval.decided_at + READY_FOR:
        raise Conflict("The export was ready for one hour, which is over.", remedy="Ask for it again.")
    export = export_of(approval.body)
    lines = sources[export.what](visit, export, MOST_LINES + 1)
    if len(lines) > MOST_LINES:
        raise Conflict(f"These are more than {MOST_LINES} rows.", field="set", remedy="Export one set at a time.")
    note(visit, approval, export, lines)
    name = f"tripoint-{export.what.value}-{which}.{export.form.value}"
    return Made(name, MEDIA[export.form], rules.written(export, lines, str(which)))


def note(visit: Visit, approval: Approval, export: Export, lines: list[Line]) -> None:
    """The lines for the trail: the file, and each record that left with it."""
    told = tuple(party.number for party in access.list_parties(visit) if party.code == export.recipient.upper())
    shared: dict[str, Any] = {"recipients": told, "purpose": export.purpose.value, "reason": approval.reason}
    visit.note(AuditNote(Act.FETCH_EXPORT, "export", approval.id, visit.party, **shared))
    kind = "hit" if export.what is What.HITS else export.what.value
    for line in lines:
        visit.note(AuditNote(Act.FETCH_EXPORT, kind, line.id, line.owner, line.version, **shared))


def export_of(body: Mapping[str, Any]) -> Export:
    """The export that a request's body describes."""
    return Export(
        What(body["what"]), Form(body["form"]), body["recipient"], Purpose(body["purpose"]), Handling(body["handling"]),
        UUID(body["set"]) if body["set"] else None,
    )  # fmt: skip


def records(visit: Visit, export: Export, most: int) -> list[Line]:
    """The own party's live records of a kind; of people to protect nothing that names them."""
    kind = RecordKind(export.what.value)
    found = store.own_records(visit.session, kind, visit.party, export.set, most)
    return [line_of(visit, kind, row) for row in found]


def line_of(visit: Visit, kind: RecordKind, row: dict[str, Any]) -> Line:
    """One record as it may leave: who a victim, a witness or a child is, leaves in no file, whoever asks."""
    content = work.content_of(kind, row)
    if isinstance(content, Person) and is_masked(content.status, content.description.births, visit.clock().date()):
        content = masked(content)
    return Line(row["id"], visit.party, row["version"], Handling(row["handling"]), content_to_json(content))
