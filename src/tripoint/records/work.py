"""What people do with records: enter, change, end and read them, look through their history and the sets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from tripoint.access import work as access
from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, Conflict, NotAllowed, NotFound
from tripoint.records import rules, store, widening
from tripoint.records.codec import content_from_json, text_of
from tripoint.records.codec_terms import grading_from_json, terms_from_json
from tripoint.records.model import Content, Held, MaskedPerson, Person, RecordKind, RecordSet, Revision, Terms
from tripoint.records.sealed import entering as sealing
from tripoint.records.sealed.rules import masked
from tripoint.words.purposes import Purpose

DEFAULT_SET = "Entered by hand: {kind}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What an officer enters or changes: the content and on what terms it is shared."""

    content: Content
    terms: Terms
    retain_until: date | None = None
    set_name: str | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """Why a record is opened. For persons both are asked for, and kept in the trail."""

    purpose: Purpose | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A record as it now stands, without its content."""

    id: UUID
    kind: RecordKind
    version: int
    retain_until: date


def create(visit: Visit, entry: Entry) -> Written:
    """Enter a record of the own party.

    Raises BadInput for what cannot be read, NotAllowed for a travel document of another issuer, Conflict for a
    reference that the set already has.
    """
    kind = rules.kind_of(entry.content)
    content = rules.normalised(entry.content, visit.officer.party)
    rules.check_may_hold(content, visit.officer.party)
    terms = terms_row(visit, entry.terms)
    which = visit.new_id()
    set_number = set_row(visit, kind, entry.set_name or DEFAULT_SET.format(kind=kind.value), terms, content)
    until = rules.retain_until(kind, visit.clock().date(), entry.retain_until)
    content, digest = sealing.as_kept(visit, which, 1, content)
    record = store.Writing(
        which, visit.party, set_number, terms, content, visit.clock(), visit.officer.id, until, digest
    )
    store.add(visit.session, kind, record)
    note(visit, Act.ADD_RECORD, kind, which, visit.party, 1)
    return Written(which, kind, 1, until)


def revise(visit: Visit, which: UUID, entry: Entry, *, version: int) -> Written:
    """Write a record's next version, made from `version`; the state before stays in its history.

    Raises NotFound, NotAllowed for another party's record and for terms by which others could learn more (that is a
    release, records/release), Conflict when somebody else was quicker.
    """
    kind = rules.kind_of(entry.content)
    row = row_to_change(visit, kind, which, version)
    widening.check_no_release(entry.terms, terms_from_json(row["spec"], row))
    return write_next(visit, row, entry, Act.CHANGE_RECORD)


def write_next(visit: Visit, row: dict[str, Any], entry: Entry, act: Act) -> Written:
    """Write the version after `row` of a record, whatever its terms become, with `act` on the trail.

    For changes that were judged already. Raises BadInput, NotAllowed or Conflict as `revise` does.
    """
    kind, which, version = rules.kind_of(entry.content), row["id"], row["version"]
    content = rules.normalised(entry.content, visit.officer.party)
    rules.check_may_hold(content, visit.officer.party)
    terms = terms_row(visit, entry.terms)
    until = row["retain_until"]
    if entry.retain_until is not None:
        until = rules.no_longer_than(until, rules.retain_until(kind, visit.clock().date(), entry.retain_until))
    content, digest = sealing.as_kept(visit, which, version + 1, content, row.get("content"))
    record = store.Writing(
        which, visit.party, row["set_number"], terms, content, visit.clock(), visit.officer.id, until, digest
    )
    if not store.revise(visit.session, kind, record, version):
        raise Conflict("The record was changed at the same moment.", field="version", remedy="Read it again.")
    store.keep_history(visit.session, kind, row, made_by(row), content_of(kind, row))
    sealing.after_change(visit, which, content, row.get("content"))
    note(visit, act, kind, which, visit.party, version + 1)
    return Written(which, kind, version + 1, until)


def end(visit: Visit, kind: RecordKind, which: UUID, *, version: int, reason: str) -> Written:
    """End a record: from now on no check meets it and no other party reads it. Raises as `revise` does."""
    row = row_to_change(visit, kind, which, version)
    if not store.end(visit.session, kind, which, version, visit.clock(), visit.officer.id):
        raise Conflict("The record was changed at the same moment.", field="version", remedy="Read it again.")
    store.keep_history(visit.session, kind, row, made_by(row), content_of(kind, row))
    store.count_in_set(visit.session, row["set_number"], -1, row["terms"], visit.clock())
    note(visit, Act.END_RECORD, kind, which, visit.party, version + 1, Why(reason=reason))
    return Written(which, kind, version + 1, row["retain_until"])


def read(visit: Visit, kind: RecordKind, which: UUID, why: Why) -> Held:
    """Open one record; who opened it and why goes into the trail, which its owner's overseers see.

    Raises BadInput when a person is opened without purpose and reason, NotFound for what the party may not see.
    """
    check_why(kind, why)
    row = visible_row(visit, kind, which)
    note(visit, Act.READ_RECORD, kind, which, row["owner"], row["version"], why)
    content = content_of(kind, row)
    hide = isinstance(content, Person | MaskedPerson) and rules.must_mask(content, visit.officer, today(visit))
    grading, purpose = grading_from_json(row)
    return Held(
        row["id"], kind, row["owner_code"], row["version"], row["changed_at"], row["ended_at"], row["retain_until"],
        terms_from_json(row["spec"], row) if row["spec"] and row["owner"] == visit.party else None, grading, purpose,
        masked(content) if hide and isinstance(content, Person) else content, masked=hide,
        merged_into=store.stayed(visit.session, which) if row["ended_at"] else None,
    )  # fmt: skip


def history(visit: Visit, kind: RecordKind, which: UUID, why: Why) -> list[Revision]:
    """Every state of a record of the own party, the present one first. Raises NotAllowed for another party's."""
    check_why(kind, why)
    row = visible_row(visit, kind, which)
    if row["owner"] != visit.party:
        raise NotAllowed("The history of a record is its owner's.", remedy="Ask the owner.")
    note(visit, Act.READ_HISTORY, kind, which, row["owner"], row["version"], why)
    made = made_by(row)
    present = Revision(row["version"], row["changed_at"], row["changed_by"], made, store.plain(content_of(kind, row)))
    states = [present, *store.history(visit.session, kind, which)]
    return masked_states(visit, states) if kind is RecordKind.PERSON else states


def masked_states(visit: Visit, states: list[Revision]) -> list[Revision]:
    """The states of a person as the officer may see them; one to protect now was to protect before."""
    persons = [content_from_json(RecordKind.PERSON, state.content) for state in states]
    day, first = today(visit), persons[0]
    hide_all = isinstance(first, Person | MaskedPerson) and rules.must_mask(first, visit.officer, day)
    return [
        Revision(state.version, state.changed_at, state.changed_by, state.act, store.plain(masked(person)))
        if isinstance(person, Person) and (hide_all or rules.must_mask(person, visit.officer, day))
        else state
        for state, person in zip(states, persons, strict=True)
    ]


def today(visit: Visit) -> date:
    """The day of the visit, in UTC."""
    return visit.clock().date()


def list_sets(visit: Visit) -> list[RecordSet]:
    """The sets that the party holds or may know of."""
    return store.sets(visit.session, visit.party)


def check_why(kind: RecordKind, why: Why) -> None:
    """Raises BadInput when a person is opened without saying why."""
    for field, value in (("purpose", why.purpose), ("reason", why.reason)):
        if kind is RecordKind.PERSON and not value:
            raise BadInput(f"Opening a person asks for a {field}.", field=field, remedy=f"Add {field} to the address.")


def visible_row(visit: Visit, kind: RecordKind, which: UUID) -> dict[str, Any]:
    """A record's row; one that ended is its owner's alone. Raises NotFound."""
    row = store.find(visit.session, kind, which)
    if row is None or (row["ended_at"] is not None and row["owner"] != visit.party):
        raise NotFound
    return row


def row_to_change(visit: Visit, kind: RecordKind, which: UUID, version: int) -> dict[str, Any]:
    """The row of a record that the party may change from `version`. Raises NotFound, NotAllowed or Conflict."""
    row = visible_row(visit, kind, which)
    rules.check_may_change(
        row["owner"], visit.party, version=row["version"], expected=version, ended=row["ended_at"] is not None
    )
    return row


def content_of(kind: RecordKind, row: dict[str, Any]) -> Content:
    """The content of a record's row."""
    if kind is RecordKind.PERSON:
        return content_from_json(kind, row["content"])
    values: dict[str, Any] = {name: row[name] for name in store.MARKS[kind]}
    return content_from_json(kind, values | {"reported": text_of(row["reported"])})


def terms_row(visit: Visit, terms: Terms) -> int:
    """The stored terms. Raises BadInput for parties and operations that cannot be named."""
    parties = {party.code: party.number for party in access.list_parties(visit)}
    operations = frozenset(operation.id for operation in access.list_operations(visit))
    operation = rules.check_terms(terms, parties, operations)
    return store.terms_for(visit.session, visit.party, terms, operation)


def set_row(visit: Visit, kind: RecordKind, name: str, terms: int, content: Content) -> int:
    """The number of the set, which now counts the record.

    Raises Conflict for a set of another kind, or a reference that it has.
    """
    number, found_kind = store.set_for(visit.session, visit.party, name, kind, terms, visit.new_id())
    if found_kind != kind.value:
        raise Conflict(f"The set {name!r} holds {found_kind} records.", field="set", remedy="Choose another set.")
    # First, so that two at once wait for each other here.
    store.count_in_set(visit.session, number, 1, terms, visit.clock())
    if isinstance(content, Person | MaskedPerson) and store.has_source_key(visit.session, number, content.source_key):
        raise Conflict(
            f"The set {name!r} already has {content.source_key!r}.",
            field="content.source_key",
            remedy="Change that record, or give another reference.",
        )
    return number


def made_by(row: Mapping[str, Any]) -> str:
    """The act that made the state of a record's row; loads leave no name."""
    if row["ended_at"] is not None:
        return Act.END_RECORD.value
    if row["changed_by"] is None:
        return Act.LOAD_SET.value
    return Act.ADD_RECORD.value if row["version"] == 1 else Act.CHANGE_RECORD.value


def note(
    visit: Visit, act: Act, kind: RecordKind, which: UUID, owner: int, version: int, why: Why | None = None
) -> None:
    """The line for the trail."""
    purpose = why.purpose.value if why and why.purpose else None
    visit.note(AuditNote(act, kind.value, which, owner, version, purpose=purpose, reason=why.reason if why else None))
