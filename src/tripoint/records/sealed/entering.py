"""Persons on their way into the records: those to protect are sealed before they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput
from tripoint.records.codec import either_from_json
from tripoint.records.model import Content, MaskedPerson, Person
from tripoint.records.sealed import rules, store
from tripoint.records.sealed.work import safe_of
from tripoint.words.people import MASKED, SEALED_IN_CHILDREN

Json = Mapping[str, Any]


def as_kept(
    visit: Visit, which: UUID, version: int, content: Content, before: Json | None = None
) -> tuple[Content, bytes | None]:
    """The content as it goes into the table of persons, and its digest where that must be keyed.

    A person to protect is sealed as this version of the record; a masked one keeps what was sealed of the state
    `before`. Raises BadInput for a masked one where there is nothing sealed to keep.
    """
    if isinstance(content, MaskedPerson):
        return still_sealed(content, before), None
    if not isinstance(content, Person) or not rules.must_seal(content, visit.clock().date()):
        return content, None
    safe = safe_of(visit)
    return safe.put(which, version, content), safe.digest(content)


def still_sealed(content: MaskedPerson, before: Json | None) -> MaskedPerson:
    """A person whose identity stays sealed as it is, while the rest changes. Raises BadInput where that cannot be."""
    held = either_from_json(before) if before else None
    if not isinstance(held, MaskedPerson):
        raise BadInput("Nothing is sealed here that could be kept.", field="content.keep_sealed", remedy="Give names.")
    if content.status not in MASKED | SEALED_IN_CHILDREN:
        raise BadInput(
            f"Nobody {content.status.value.replace('_', ' ')} is sealed.", field="content.status",
            remedy="Open the names and enter them again with the new status.",
        )  # fmt: skip
    return replace(content, source_key=held.source_key, hidden=held.hidden, sealed_at=held.sealed_at)


def after_change(visit: Visit, which: UUID, content: Content, before: Json | None) -> None:
    """What a change of class asks for: who becomes a person to protect is sealed in the past too.

    Called when the state before stands in the history. Who is no longer to protect is not looked up any more.
    """
    if not isinstance(content, Person | MaskedPerson) or before is None:
        return
    sealed_before, sealed_now = "sealed" in before, isinstance(content, MaskedPerson)
    if sealed_now and not sealed_before:
        safe_of(visit).seal_past([which])
    if sealed_before and not sealed_now:
        store.drop_marks(visit.session, [which])
