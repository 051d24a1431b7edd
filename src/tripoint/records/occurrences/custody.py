"""The chain of custody of seized items: entries that are only ever added, each with the digest of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, Conflict, NotAllowed, NotFound
from tripoint.engines.merkle.canonical import row_bytes
from tripoint.records.occurrences import custody_store as store, store as occurrences
from tripoint.records.occurrences.model import Custody, OccurrenceKind, State

ACTS = ("seized", "sealed", "opened", "examined", "moved", "handed_over", "stored", "returned", "destroyed")
FIRST, LAST = "seized", frozenset({"returned", "destroyed"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What an officer adds: what was done with an item, when, by whom, where, under which seal."""

    id: UUID
    item: int  # from 1, in the order of the seizure's items
    at: datetime
    act: str
    by_officer: str
    place: str
    seal: str | None = None
    remarks: str = ""


def chained(which: UUID, previous: str, number: int, entry: Entry) -> str:
    """SHA-256 in hexadecimal digits of an entry and the digest before it; "" before the first."""
    return sha256(row_bytes({
        "occurrence": which, "previous": previous, "number": number, "id": entry.id, "item": entry.item, "at": entry.at,
        "act": entry.act, "by_officer": entry.by_officer, "place": entry.place, "seal": entry.seal,
        "remarks": entry.remarks,
    })).hexdigest()  # fmt: skip


def whole(which: UUID, entries: Sequence[Custody]) -> bool:
    """Whether each entry bears the digest of itself and the one before, and none is missing between."""
    previous = ""
    for number, kept in enumerate(entries, 1):
        entry = Entry(
            kept.id, kept.item, kept.at, kept.act, kept.by_officer, kept.place, kept.seal, kept.remarks
        )
        if kept.number != number or kept.digest != chained(which, previous, number, entry):
            return False
        previous = kept.digest
    return True


def entries(visit: Visit, which: UUID) -> tuple[Custody, ...]:
    """The chain of a seizure, as far as the officer may see it."""
    return tuple(store.entries(visit.session, which))


def check_next(entry: Entry, before: Sequence[Custody], items: int, now: datetime) -> None:
    """Raises BadInput or Conflict for an entry that cannot follow."""
    if not 1 <= entry.item <= items:
        raise BadInput("The seizure has no such item.", field="item", remedy=f"Number the item from 1 to {items}.")
    if entry.at.tzinfo is None or entry.at > now:
        raise BadInput("That is still to come.", field="at", remedy="Give the moment it was done, with its offset.")
    own = [one for one in before if one.item == entry.item]
    if own and own[-1].act in LAST:
        raise Conflict(f"The item was {own[-1].act}; nothing follows.", remedy="Look at the number of the item.")
    if own and entry.at < own[-1].at:
        raise BadInput("The entry before is later.", field="at", remedy="Entries stay in order.")
    if entry.act not in ACTS or (entry.act == FIRST) == bool(own):
        first = "An item's chain begins with seized, once."
        raise BadInput(first, field="act", remedy=f"Choose one of: {', '.join(ACTS)}.")


def add(visit: Visit, which: UUID, entry: Entry) -> tuple[Custody, bool]:
    """Add an entry to the chain of a seizure of the own party; the same id with the same content is the same entry.

    Gives the entry and whether it is new. Raises NotFound, NotAllowed for another party's, BadInput, Conflict.
    """
    row = occurrences.find(visit.session, OccurrenceKind.SEIZURE, which)
    if row is None:
        raise NotFound
    if row["owner_number"] != visit.party:
        raise NotAllowed("Only the party that seized it keeps its chain of custody.", remedy="Ask that party.")
    if row["state"] == State.WITHDRAWN:
        raise Conflict("The seizure was withdrawn.", remedy="File it anew if it holds after all.")
    store.hold(visit.session, which)
    before = store.entries(visit.session, which)
    for kept in before:
        if kept.id == entry.id:
            return same(which, kept, entry, before), False
    check_next(entry, before, len(row["line"].get("items", ())), visit.clock())
    number, previous = len(before) + 1, before[-1].digest if before else ""
    made = Custody(
        entry.id, number, entry.item, entry.at, entry.act, entry.by_officer, entry.seal, entry.place, entry.remarks,
        chained(which, previous, number, entry),
    )  # fmt: skip
    if not store.add(visit.session, which, visit.party, row["body_terms"], made, visit.clock(), visit.officer.id):
        raise Conflict("This id was already used for another entry.", field="id", remedy="Make a new id.")
    visit.note(AuditNote(Act.ADD_CUSTODY, "seizure", which, visit.party, number))
    return made, True


def same(which: UUID, kept: Custody, entry: Entry, chain: Sequence[Custody]) -> Custody:
    """The kept entry, when what is sent under its id is the same. Raises Conflict."""
    previous = chain[kept.number - 2].digest if kept.number > 1 else ""
    if kept.digest != chained(which, previous, kept.number, entry):
        raise Conflict("This id was already used for another entry.", field="id", remedy="Make a new id.")
    return kept
