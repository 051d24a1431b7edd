"""What people do with recovered firearms: list and open them, go through the steps, decide meetings, search marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, Conflict, NotAllowed, NotFound
from tripoint.records import work as records
from tripoint.records.codec_terms import audience_from_json
from tripoint.records.firearms import rules, store
from tripoint.records.firearms.model import Filters, Json, MarkSeen, Meeting, MeetingState, Recovered, Side, StepSaid
from tripoint.records.marks import work as marks
from tripoint.records.marks.model import Candidate, MarkQuery
from tripoint.records.model import Audience, Level
from tripoint.records.occurrences.hooks import KindHooks
from tripoint.records.occurrences.model import Occurrence
from tripoint.records.pictures import store as picture_store, work as pictures
from tripoint.words.firearms.recovery import StepState

RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Opened:
    """One recovered firearm with what belongs to it; meetings are the reader's own halves."""

    recovered: Recovered
    marks: tuple[MarkSeen, ...]
    steps: tuple[StepSaid, ...]
    meetings: tuple[Meeting, ...]
    pictures: tuple[UUID, ...]
    own: bool


def read_words(_: Visit, values: Json) -> Json:
    """The values with what calibre and make mean, for the line. Raises BadInput for marks that cannot be read."""
    for place, mark in enumerate(values.get("marks", ())):
        rules.mark_row(mark, place)
    facts = rules.facts_of(values)
    known = {name: facts[name] for name in ("calibre_id", "make_id") if facts[name] is not None}
    return {**values, **known}


def keep(visit: Visit, made: Occurrence, values: Json) -> None:
    """Write the firearm and its marks beside the report just written; the relay lets them meet what is listed."""
    spec = store.readers_of(visit.session, made.id)
    readers = audience_from_json(spec["readers"]) if spec else Audience()
    terms = records.terms_row(visit, rules.terms_of(readers, values))
    row = {
        "id": made.id, "owner": visit.party, "terms": terms, "operation": made.operation,
        "happened_at": made.happened_at, "version": made.version, "filed_by": visit.officer.id,
        "filed_at": made.filed_at, "changed_at": made.changed_at, **rules.facts_of(values),
    }  # fmt: skip
    store.keep(visit.session, row, [mark_of(visit, mark, at) for at, mark in enumerate(values.get("marks", ()))])
    if made.version > 1:
        picture_store.share(visit.session, made.id, terms)


def mark_of(visit: Visit, mark: Json, place: int) -> dict[str, Any]:
    """One mark with its id and keys."""
    row = rules.mark_row(mark, place)
    pattern = row.pop("pattern")
    keys = rules.keys_of(pattern) if pattern else None
    told = {name: getattr(keys, name) for name in rules.MarkKeys.__slots__} if keys else None
    return {**row, "id": visit.new_id(), "keys": told}


HOOKS = KindHooks(read_words, keep)


def listing(visit: Visit, filters: Filters) -> tuple[list[Recovered], UUID | None]:
    """The recovered firearms the officer may see, latest first, and the id after which to go on."""
    found = store.listing(visit.session, filters)
    visit.note(AuditNote(Act.READ_FIREARM, RECOVERY, outcome=str(min(len(found), filters.limit))))
    return found[: filters.limit], found[filters.limit - 1].id if len(found) > filters.limit else None


def row_to(visit: Visit, which: UUID) -> dict[str, Any]:
    """The row of a recovered firearm that the officer may see. Raises NotFound."""
    row = store.find(visit.session, which)
    if row is None:
        raise NotFound
    return row


def read(visit: Visit, which: UUID) -> Opened:
    """One recovered firearm with its marks, steps and meetings; the trail keeps who opened it. Raises NotFound."""
    row = row_to(visit, which)
    visit.note(AuditNote(Act.READ_FIREARM, RECOVERY, which, row["owner_number"], row["version"]))
    own = row["owner_number"] == visit.party
    return Opened(
        store.recovered_of(row), tuple(store.marks(visit.session, which)), tuple(store.steps(visit.session, which)),
        tuple(store.meetings(visit.session, own=which)) if own else (),
        tuple(picture_store.of(visit.session, RECOVERY, which)), own,
    )  # fmt: skip


def set_pictures(visit: Visit, which: UUID, wanted: Sequence[UUID]) -> Opened:
    """Let exactly these pictures of the own party belong to a recovered firearm; who may read it then sees them.

    Raises NotFound, NotAllowed for another party's firearm, BadInput as `pictures.attach` does.
    """
    row = row_to(visit, which)
    if row["owner_number"] != visit.party:
        raise NotAllowed("Only the party that recovered it adds pictures of it.", remedy="Ask that party.")
    pictures.attach(visit, RECOVERY, which, wanted, row["terms"])
    visit.note(AuditNote(Act.ADD_PICTURE, RECOVERY, which, visit.party, row["version"], outcome=str(len(wanted))))
    return read(visit, which)


def say_step(visit: Visit, which: UUID, step: str, state: StepState, note: str) -> Opened:
    """Say how far one of the nine steps is. Raises NotFound, NotAllowed for another party's, BadInput and Conflict."""
    row = row_to(visit, which)
    if row["owner_number"] != visit.party:
        raise NotAllowed("Only the party that recovered it goes through its steps.", remedy="Ask that party.")
    if state is StepState.NOT_POSSIBLE and not note:
        raise BadInput("A step that is not possible needs a reason.", field="note", remedy="Say why.")
    before = {str(one.step): one.number for one in store.steps(visit.session, which)}
    said = {
        "recovered": which, "owner": visit.party, "terms": row["terms"], "step": step, "number": before[step] + 1,
        "state": state.value, "note": note, "by_officer": visit.officer.name, "at": visit.clock(),
    }  # fmt: skip
    if not store.add_step(visit.session, said):
        raise Conflict("The step was changed at the same moment.", field="step", remedy="Read it again.")
    visit.note(AuditNote(Act.SAY_STEP, RECOVERY, which, visit.party, row["version"]))
    return read(visit, which)


def meetings(visit: Visit, state: MeetingState | None) -> list[Meeting]:
    """The own party's halves of meetings, newest first."""
    visit.note(AuditNote(Act.LIST_MEETINGS, "meeting"))
    return store.meetings(visit.session, state=state.value if state else None)


def decide(visit: Visit, which: UUID, state: MeetingState, reason: str) -> Meeting:
    """Say whether a meeting is the same firearm. Raises NotFound, NotAllowed where the listed record is another's, and
    Conflict for one that was decided."""
    found = next(iter(store.meetings(visit.session, which=which)), None)
    if found is None:
        raise NotFound
    if found.side is not Side.LISTED:
        raise NotAllowed("The owner of the listed record decides.", remedy=f"Ask {found.other_party}.")
    before = store.decide(visit.session, which, state.value, reason)
    if before is None:
        raise NotFound
    if before != MeetingState.POSSIBLE:
        raise Conflict(f"The meeting was {before} already.", field="state", remedy="Read it again.")
    visit.note(AuditNote(Act.DECIDE_MEETING, "meeting", which, visit.party, outcome=state.value, reason=reason))
    return store.meetings(visit.session, which=which)[0]


def search(visit: Visit, query: MarkQuery, limit: int) -> list[Candidate]:
    """Marks that may be the one asked for, of what the officer may be told; met blind is told nobody here."""
    found = marks.candidates(visit.session, query, limit)
    visit.note(AuditNote(Act.SEARCH_MARKS, "mark"))
    return [one for one in found if one.level is not Level.BLIND]
