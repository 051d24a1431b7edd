"""What people do to release a record: ask, and once a second officer approves, it stands on the new terms."""

from __future__ import annotations

from uuid import UUID

from tripoint.access.four_eyes import work as four_eyes
from tripoint.access.four_eyes.model import Approval, Proposal
from tripoint.access.model import Act
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput
from tripoint.records import widening, work
from tripoint.records.codec_terms import grading_to_json, spec_of, terms_from_json
from tripoint.records.model import RecordKind, Terms


def ask(visit: Visit, kind: RecordKind, which: UUID, *, version: int, terms: Terms, reason: str) -> Approval:
    """Ask to share a record of the own party on wider terms. Until somebody else approves nothing changes.

    Raises NotFound, NotAllowed or Conflict as a change does, BadInput for terms that widen nothing.
    """
    row = work.row_to_change(visit, kind, which, version)
    work.terms_row(visit, terms)  # what cannot be named is said now, not to whoever approves
    if widening.within(terms, terms_from_json(row["spec"], row)):
        raise BadInput(
            "By these terms nobody learns more than before.", field="terms",
            remedy="Change the record as any other: this needs no second officer.",
        )  # fmt: skip
    shared = {**spec_of(terms), **grading_to_json(terms.grading, terms.purpose)}
    body = {"kind": kind.value, "record": str(which), "version": version, "terms": shared}
    return four_eyes.ask(visit, Proposal(Act.RELEASE_RECORD, kind.value, which, body, reason))


def release(visit: Visit, approval: Approval) -> None:
    """Do what was approved: the same record, its next version on the new terms. Raises Conflict when it has changed."""
    kind, which = RecordKind(approval.body["kind"]), UUID(approval.body["record"])
    row = work.row_to_change(visit, kind, which, int(approval.body["version"]))
    shared = approval.body["terms"]
    entry = work.Entry(work.content_of(kind, row), terms_from_json(shared, shared))
    work.write_next(visit, row, entry, Act.RELEASE_RECORD)
