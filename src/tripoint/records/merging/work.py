"""What people do to merge two persons: ask, and once a second officer approves, the one record ends in the other.

Until then both stand as they were, so that a mistake costs nothing.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tripoint.access.four_eyes import work as four_eyes
from tripoint.access.four_eyes.model import Approval, Proposal
from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput
from tripoint.records import work
from tripoint.records.codec_terms import terms_from_json
from tripoint.records.merging import rules, store
from tripoint.records.model import Person, RecordKind, Terms

PERSON = RecordKind.PERSON


def ask(visit: Visit, kept: UUID, kept_version: int, gone: UUID, gone_version: int, reason: str) -> Approval:
    """Ask to let person `gone` of the own party end in person `kept`.

    Raises NotFound, NotAllowed or Conflict as a change does, BadInput for what cannot be one person.
    """
    if kept == gone:
        raise BadInput("A record cannot be merged with itself.", field="other", remedy="Name two records.")
    body = {"kept": str(kept), "kept_version": kept_version, "gone": str(gone), "gone_version": gone_version}
    together(visit, body)
    return four_eyes.ask(visit, Proposal(Act.MERGE_RECORDS, PERSON.value, kept, body, reason))


def merge(visit: Visit, approval: Approval) -> None:
    """Do what was approved: one ends, the other says what both said. Raises Conflict when either has changed."""
    kept, gone, person, terms = together(visit, approval.body)
    ended = work.end(visit, PERSON, gone["id"], version=gone["version"], reason=approval.reason)
    entry = work.Entry(person, terms, min(kept["retain_until"], gone["retain_until"]))
    written = work.write_next(visit, kept, entry, Act.MERGE_RECORDS)
    store.note_merge(visit.session, gone["id"], kept["id"], visit.party, approval.id, visit.clock())
    store.move_waiting_hits(visit.session, gone["id"], kept["id"], written.version)
    visit.note(AuditNote(Act.MERGE_RECORDS, PERSON.value, ended.id, visit.party, ended.version, reason=approval.reason))


def together(visit: Visit, body: Any) -> tuple[dict[str, Any], dict[str, Any], Person, Terms]:
    """Both rows, what the one record will say, and on what terms."""
    kept, gone = (
        work.row_to_change(visit, PERSON, UUID(body[name]), int(body[f"{name}_version"])) for name in ("kept", "gone")
    )
    one, other = work.content_of(PERSON, kept), work.content_of(PERSON, gone)
    if not (isinstance(one, Person) and isinstance(other, Person)):
        raise BadInput("A sealed record cannot be merged.", field="other", remedy="Keep both records.")
    terms = rules.joint_terms(terms_from_json(kept["spec"], kept), terms_from_json(gone["spec"], gone))
    return kept, gone, rules.merged(one, other), terms
