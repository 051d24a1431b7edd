"""Work on all that a party has sealed, in steps that are committed one by one: wrap anew, mark anew, prove, seal.

Each step takes the record after which it goes on, and gives the last one it came to (None at the end) with how many it
did. A step that is done again does no harm.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from tripoint.base.database import Session
from tripoint.base.keyring import INDEX, KeyRing
from tripoint.engines.sealing import KeyGone
from tripoint.records.codec import masked_from_json, masked_to_json, person_from_json
from tripoint.records.sealed import rules, store
from tripoint.records.sealed.model import DataKeyRow, Mark
from tripoint.records.sealed.safe import Safe
from tripoint.words.people import MASKED, SEALED_IN_CHILDREN

AT_ONCE = 500
Step = Callable[[Safe, UUID], tuple[UUID | None, int]]


def wrapped_by(session: Session) -> dict[int, int]:
    """How many data keys each key of the party wraps."""
    return store.keys_by_number(session)


def wrap_some(safe: Safe, after: UUID) -> tuple[UUID | None, int]:
    """Wrap data keys by the party's key in use. Those that do not open stay as they are."""
    current = safe.keys.current(safe.code)
    rows = store.old_keys(safe.session, current.number, after, AT_ONCE)
    fresh = [row for row in (wrapped_anew(safe, one) for one in rows) if row is not None]
    store.wrap_anew(safe.session, current.number, fresh)
    return (rows[-1].record if len(rows) == AT_ONCE else None), len(fresh)


def wrapped_anew(safe: Safe, row: DataKeyRow) -> DataKeyRow | None:
    """A data key wrapped by the key in use; None where it does not open."""
    try:
        return safe.wrap_anew(row)
    except KeyGone:
        return None


def mark_some(safe: Safe, after: UUID) -> tuple[UUID | None, int]:
    """Add blind forms under the index key in use to records that have them under an earlier one only."""
    current = safe.keys.current(INDEX)
    records = store.old_marks(safe.session, current.number, after, AT_ONCE)
    for record in records:
        found = store.person(safe.session, record)
        if found is None or "sealed" not in found[2]:
            continue
        person = safe.whole(record, masked_from_json(found[2]))
        marks = rules.marks_of(person.description, current.secret)
        store.add_marks(
            safe.session, safe.party, [Mark(record, kind, current.number, mark) for mark, kind in marks.items()]
        )
    return (records[-1] if len(records) == AT_ONCE else None), len(records)


def drop_old_marks(session: Session, keys: KeyRing) -> None:
    """Forget blind forms under earlier index keys."""
    store.drop_old_marks(session, keys.current(INDEX).number)


def prove_some(dead: list[UUID]) -> Step:
    """A step that tries whether data keys open, and adds to `dead` the records of those that do not."""

    def prove(safe: Safe, after: UUID) -> tuple[UUID | None, int]:
        rows = store.all_keys(safe.session, after, AT_ONCE)
        gone = [row.record for row in rows if not safe.opens(row)]
        dead.extend(gone)
        return (rows[-1].record if len(rows) == AT_ONCE else None), len(rows) - len(gone)

    return prove


def seal_some(today: date) -> Step:
    """A step that seals persons to protect who are held in clear, with their past."""
    statuses = [status.value for status in MASKED | SEALED_IN_CHILDREN]

    def seal(safe: Safe, after: UUID) -> tuple[UUID | None, int]:
        rows = store.unsealed(safe.session, statuses, after, AT_ONCE)
        sealed = 0
        for record, version, content in rows:
            person = person_from_json(content)
            if rules.must_seal(person, today):
                masked = safe.put(record, version, person)
                store.mask_person(safe.session, record, masked_to_json(masked), safe.digest(person))
                safe.seal_past([record])
                sealed += 1
        return (rows[-1][0] if len(rows) == AT_ONCE else None), sealed

    return seal
