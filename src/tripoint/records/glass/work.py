"""What an officer sees through a broken glass: the whole record but its sealed fields."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.errors import NotFound
from tripoint.records import store as records
from tripoint.records.codec import content_from_json
from tripoint.records.codec_terms import grading_from_json
from tripoint.records.glass import store
from tripoint.records.model import Content, Held, MaskedPerson, RecordKind


def read(visit: Visit, which: UUID) -> Held:
    """The record, unmasked; each look leaves a line on the trail. Raises NotFound when the glass is not open."""
    found = store.behind(visit.session, which)
    if found is None:
        raise NotFound("This is not open any more.", remedy="Open it again if a life still depends on it.")
    kind, row = RecordKind(found["kind"]), found["held"]
    visit.note(AuditNote(Act.READ_THROUGH_GLASS, kind.value, UUID(row["id"]), found["owner"], row["version"]))
    grading, purpose = grading_from_json(found)
    content = content_of(kind, row)
    return Held(
        UUID(row["id"]), kind, found["owner_code"], row["version"], datetime.fromisoformat(row["changed_at"]), None,
        date.fromisoformat(row["retain_until"]), None, grading, purpose, content,
        masked=isinstance(content, MaskedPerson),
    )  # fmt: skip


def content_of(kind: RecordKind, row: dict[str, Any]) -> Content:
    """The content of a record from its row as JSON."""
    if kind is RecordKind.PERSON:
        return content_from_json(kind, row["content"])
    return content_from_json(kind, {name: row[name] for name in records.MARKS[kind]})
