"""What examiners do with searches: ask one, look at its candidates, compare a pair, say what they see, annotate."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.announcements import Announcement, announced
from tripoint.base.errors import BadInput, Conflict, IdReused, NotFound
from tripoint.desks.ballistics import linking_store, rules, scanning, store, surfaces, work
from tripoint.desks.ballistics.codes import Verdict
from tripoint.desks.ballistics.model import Candidate, Json, Note, Run, Scan, SearchWanted

WORK = "ballistics_work"  # announced to nobody: the relay wakes the worker
RUN, CANDIDATE, NOTE = "comparison_run", "candidate", "ballistic_note"  # in the trail


@dataclass(frozen=True, slots=True)
class Pair:
    """Two scans compared: what each is, the comparison, and the own party's candidate where there is one."""

    one: Scan
    other: Scan
    comparison: Json
    candidate: Candidate | None
    settings_version: int


def search(visit: Visit, exhibit: UUID, wanted: SearchWanted) -> tuple[Run, bool]:
    """Ask what in the collection is like a scan of the own party; and whether the question is new. The hub searches
    within moments.

    Raises NotFound, NotAllowed, Conflict for a scan that is never ranked, IdReused.
    """
    scan = scanning.scan_to(visit, exhibit, wanted.scan)
    rules.check_searchable(scan, work.find(visit, exhibit).state)
    digest = sha256(json.dumps([str(exhibit), str(wanted.scan), wanted.filters, wanted.k]).encode()).digest()
    row = {
        "party": visit.party, "exhibit": exhibit, "region": scan.region, "by": visit.officer.id,
        "by_name": visit.officer.name, "at": visit.clock(), "digest": digest,
    }  # fmt: skip
    if linking_store.used_run(visit.session, wanted.id) == digest:
        return run_to(visit, wanted.id), False
    if not linking_store.add_run(visit.session, wanted, row):
        raise IdReused("This id was already used for another search.", field="id", remedy="Make a new id.")
    visit.at_the_end(announced(Announcement(WORK, (), wanted.id)))
    visit.note(AuditNote(Act.SEARCH_EXHIBITS, RUN, wanted.id, visit.party))
    return run_to(visit, wanted.id), True


def run_to(visit: Visit, which: UUID) -> Run:
    """A search of the own party. Raises NotFound."""
    found = linking_store.runs(visit.session, which=which)
    if not found:
        raise NotFound
    return found[0]


def runs(visit: Visit, exhibit: UUID | None, state: str | None, limit: int) -> list[Run]:
    """The own party's searches, newest first."""
    visit.note(AuditNote(Act.COMPARE_EXHIBITS, RUN, outcome="listed"))
    return linking_store.runs(visit.session, exhibit=exhibit, state=state, limit=limit)


def run(visit: Visit, which: UUID) -> tuple[Run, list[Candidate]]:
    """A search with its candidates, best first. Raises NotFound."""
    found = run_to(visit, which)
    visit.note(AuditNote(Act.COMPARE_EXHIBITS, RUN, which, visit.party))
    return found, linking_store.candidates_of(visit.session, which)


def candidates(visit: Visit, exhibit: UUID | None, undecided: bool | None, limit: int) -> list[Candidate]:
    """The own party's candidates, newest first: of its searches, and leads that it did not ask for."""
    visit.note(AuditNote(Act.COMPARE_EXHIBITS, CANDIDATE, outcome="listed"))
    return linking_store.candidates(visit.session, exhibit=exhibit, undecided=undecided, limit=limit)


def candidate_to(visit: Visit, which: UUID) -> Candidate:
    """A candidate of the own party. Raises NotFound."""
    found = linking_store.candidates(visit.session, which=which)
    if not found:
        raise NotFound
    return found[0]


def decide(visit: Visit, which: UUID, verdict: Verdict, reason: str) -> Candidate:
    """Say, by name, what a candidate is. It may be said anew until a link stands on it. Raises NotFound, Conflict."""
    found = candidate_to(visit, which)
    if found.link is not None:
        words = "A link stands on this candidate."
        raise Conflict(words, field="candidate", remedy="Go on with the link, or close it.")
    linking_store.decide(visit.session, {
        "id": which, "verdict": verdict.value, "by": visit.officer.id, "by_name": visit.officer.name,
        "at": visit.clock(), "reason": reason,
    })  # fmt: skip
    visit.note(AuditNote(Act.DECIDE_CANDIDATE, CANDIDATE, which, visit.party, outcome=verdict.value))
    return candidate_to(visit, which)


def pair(visit: Visit, one: UUID, other: UUID) -> Pair:
    """Two scans that the officer may see, compared. Raises NotFound, BadInput for two that cannot be compared."""
    first, second = scanning.scan_to(visit, None, one), scanning.scan_to(visit, None, other)
    if first.region != second.region or one == other:
        words = "Two scans of one region are compared."
        raise BadInput(words, field="other", remedy="Choose a scan of the same region.")
    for scan in (first, second):
        scanning.note_looked(visit, Act.COMPARE_EXHIBITS, scan)
    found = next(iter(linking_store.candidates(visit.session, pair=(one, other))), None)
    return Pair(first, second, compared(visit, first, second, found), found, surfaces.settings_version())


def compared(visit: Visit, one: Scan, other: Scan, found: Candidate | None) -> Json:
    """The comparison as it was kept with the candidate, where it was made this way round; else made now."""
    kept = found.comparison if found else None
    if kept and kept.get("one") == str(one.id):
        return kept
    return surfaces.compared(*(prepared_of(visit, scan) for scan in (one, other)))


def prepared_of(visit: Visit, scan: Scan) -> Any:
    """A scan made ready as the collection has it."""
    surface = surfaces.kept(store.content(visit.session, scan.id), scan.grade)
    return surfaces.prepared(surface, scan.region, store.mask(visit.session, scan.id))


def notes(visit: Visit, one: UUID, other: UUID | None) -> list[Note]:
    """The own party's annotations of a scan or a pair that the officer may see. Raises NotFound."""
    for which in (one, other):
        if which is not None:
            scanning.note_looked(visit, Act.COMPARE_EXHIBITS, scanning.scan_to(visit, None, which))
    return linking_store.notes(visit.session, one, other)


def annotate(visit: Visit, note: Note) -> tuple[list[Note], bool]:
    """Keep an annotation for the own party; and whether it is new. Raises NotFound, IdReused."""
    for which in (note.one, note.other):
        if which is not None:
            scanning.scan_to(visit, None, which)
    said = (note.one, note.other, note.on, note.x_um, note.y_um, note.text)
    row = {
        "id": note.id, "party": visit.party, "one": note.one, "other": note.other, "on": note.on, "x_um": note.x_um,
        "y_um": note.y_um, "text": note.text, "by": visit.officer.id, "by_name": visit.officer.name,
        "at": visit.clock(),
    }  # fmt: skip
    new = linking_store.add_note(visit.session, row)
    if not new and linking_store.same_note(visit.session, note.id) != said:
        raise IdReused("This id was already used for another annotation.", field="id", remedy="Make a new id.")
    visit.note(AuditNote(Act.DECIDE_CANDIDATE, NOTE, note.id, visit.party, outcome="annotated"))
    return linking_store.notes(visit.session, note.one, note.other), new


def remove_note(visit: Visit, which: UUID) -> None:
    """Take away an annotation of one's own. Raises NotFound."""
    if not linking_store.remove_note(visit.session, which):
        raise NotFound
    visit.note(AuditNote(Act.DECIDE_CANDIDATE, NOTE, which, visit.party, outcome="removed"))
