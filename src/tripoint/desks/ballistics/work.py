"""What people do with exhibits: file, correct, list and open them, keep their custody."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from tripoint.access import work as access
from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, Conflict, IdReused, NotFound
from tripoint.desks.ballistics import linking_store, rules, store
from tripoint.desks.ballistics.model import (
    Change,
    Content,
    Custody,
    CustodyEntry,
    Exhibit,
    ExhibitFile,
    Filters,
    Json,
    Why,
)
from tripoint.records import work as records
from tripoint.records.codec_terms import audience_from_json
from tripoint.records.model import Level, Terms
from tripoint.records.rules import years_later
from tripoint.words.firearms.calibres import read_calibre

KIND = "exhibit"  # in the trail


def file(visit: Visit, which: UUID, content: Content) -> tuple[Exhibit, bool]:
    """Keep a new exhibit of the own party; and whether it is new.

    The same id with the same content is the same exhibit. Raises BadInput as `checked` does, IdReused.
    """
    content = checked(visit, content)
    digest = rules.digest_of(content)
    if store.used(visit.session, which) == digest:
        return find(visit, which), False
    row = {
        "owner": visit.party, "terms": records.terms_row(visit, content.terms), "by": visit.officer.id,
        "by_name": visit.officer.name, "at": visit.clock(), "digest": digest,
        "until": years_later(visit.clock().date(), rules.KEPT_YEARS), **meaning_of(content.calibre),
    }  # fmt: skip
    if not store.add(visit.session, which, content, row):
        raise IdReused("This id was already used for another exhibit.", field="id", remedy="Make a new id.")
    return kept(visit, Act.FILE_EXHIBIT, which, "filed"), True


def checked(visit: Visit, content: Content) -> Content:
    """The content as it is kept. Raises BadInput for operations, firearms, originals that the officer cannot name."""
    known = frozenset(operation.id for operation in access.list_operations(visit))
    content = rules.checked(content, known)
    if content.firearm is not None and not store.firearm_seen(visit.session, content.firearm):
        raise BadInput("There is no such recovered firearm.", field="firearm", remedy="Report its recovery first.")
    if content.of_exhibit is not None and store.find(visit.session, content.of_exhibit) is None:
        raise BadInput("There is no such exhibit.", field="of_exhibit", remedy="File the original first.")
    return content


def meaning_of(calibre: str | None) -> dict[str, Any]:
    """What a calibre as written means, as far as it is sure: id and family of the bore."""
    if not calibre:
        return {"calibre_id": None, "bore_family": None}
    found = read_calibre(calibre)
    return {"calibre_id": None if found.ambiguous else found.calibre_id, "bore_family": found.family}


def correct(visit: Visit, which: UUID, content: Content, change: Change) -> Exhibit:
    """Write the next version of an exhibit of the own party, all anew; the versions before stay in the history.

    A withdrawn one is out of every search from here on. Raises NotFound, NotAllowed, Conflict, BadInput.
    """
    before = find(visit, which)
    rules.check_changes(before, change.version)
    content = checked(visit, content)
    row = {
        "terms": records.terms_row(visit, content.terms) if change.anew else None, "state": change.state,
        "version": before.version, "at": visit.clock(), **meaning_of(content.calibre),
    }  # fmt: skip
    if not store.change(visit.session, which, content, row):
        raise Conflict("It was changed at the same moment.", field="version", remedy="Read it again.")
    return kept(visit, Act.CORRECT_EXHIBIT, which, change.reason)


def kept(visit: Visit, act: Act, which: UUID, reason: str) -> Exhibit:
    """An exhibit after a change, with its version in the history and the line for the trail."""
    store.remember(visit.session, which, reason, visit.clock(), visit.officer.id)
    made = find(visit, which)
    visit.note(AuditNote(act, KIND, which, visit.party, made.version))
    return made


def find(visit: Visit, which: UUID) -> Exhibit:
    """An exhibit that the officer may see. Raises NotFound."""
    found = store.find(visit.session, which)
    if found is None:
        raise NotFound
    return found


def listing(visit: Visit, filters: Filters) -> tuple[list[Exhibit], UUID | None]:
    """The exhibits the officer may see, latest filed first, and the id after which to go on."""
    found = store.listing(visit.session, filters)
    visit.note(AuditNote(Act.READ_EXHIBIT, KIND, outcome="listed"))
    return found[: filters.limit], found[filters.limit - 1].id if len(found) > filters.limit else None


def read(visit: Visit, which: UUID) -> ExhibitFile:
    """One exhibit with scans, custody, casts and links; the trail keeps who opened it. Raises NotFound."""
    exhibit = find(visit, which)
    note_read(visit, exhibit)
    owners = store.owners(visit.session, which)
    circumstances, spec = owners or ({}, None)
    suggestion = suggested(visit, exhibit, circumstances) if exhibit.own else None
    scans = tuple(store.scans(visit.session, which))
    return ExhibitFile(
        exhibit, scans, tuple(store.custody(visit.session, which)), tuple(store.casts(visit.session, which)),
        tuple(store.linked(visit.session, which)), circumstances, suggestion, terms_of(spec) if spec else None,
        frozenset(linking_store.waiting(visit.session, [scan.id for scan in scans])) if exhibit.own else frozenset(),
    )  # fmt: skip


def note_read(visit: Visit, exhibit: Exhibit) -> None:
    """The line for the trail; an exhibit met in a search is noted as the own party's business alone."""
    if exhibit.read:
        visit.note(AuditNote(Act.READ_EXHIBIT, KIND, exhibit.id, exhibit.owner_number, exhibit.version))
    else:
        visit.note(AuditNote(Act.READ_EXHIBIT, "candidate", exhibit.id, visit.party, outcome="met"))


def suggested(visit: Visit, exhibit: Exhibit, circumstances: Json) -> tuple[Why, ...]:
    """The six criteria for sharing an exhibit of the own party."""
    together = store.guns_together(visit.session, exhibit.facts["firearm"])
    abroad = exhibit.facts["recovered_in"] not in (None, exhibit.owner)
    return rules.suggestion(circumstances, together, abroad)


def terms_of(spec: Json) -> Terms:
    """The terms as they were said, for their owner."""
    readers, meeting = audience_from_json(spec["readers"]), audience_from_json(spec["meeting"])
    return replace(Terms(), readers=readers, meeting=meeting, level=Level(spec["level"]))


def add_custody(visit: Visit, exhibit: UUID, entry: CustodyEntry) -> None:
    """Add an entry to the custody of an exhibit: its owner, or the partner of a link to whom it was handed over.

    The same id with the same content is the same entry. Raises NotFound, BadInput, Conflict.
    """
    found = store.find(visit.session, exhibit)
    own = found is not None and found.own
    if not own and not store.is_partner(visit.session, exhibit):
        raise NotFound
    store.hold(visit.session, exhibit)
    before = store.custody(visit.session, exhibit)
    party = visit.officer.party.code
    for kept_entry in before:
        if kept_entry.entry.id == entry.id:
            check_same(exhibit, kept_entry, entry, before)
            return
    rules.check_next(entry, before, visit.clock(), own=own)
    number, previous = len(before) + 1, before[-1].digest if before else ""
    made = Custody(entry, number, party, rules.chained(exhibit, previous, number, party, entry))
    row = {"party": visit.party, "written_at": visit.clock(), "by": visit.officer.id}
    if not store.add_custody(visit.session, exhibit, made, row):
        raise Conflict("This id was already used for another entry.", field="id", remedy="Make a new id.")
    visit.note(AuditNote(Act.CORRECT_EXHIBIT, KIND, exhibit, visit.party if own else None, number, outcome="custody"))


def check_same(exhibit: UUID, kept_entry: Custody, entry: CustodyEntry, chain: list[Custody]) -> None:
    """Raises Conflict where another entry was sent under the id of a kept one."""
    previous = chain[kept_entry.number - 2].digest if kept_entry.number > 1 else ""
    if kept_entry.digest != rules.chained(exhibit, previous, kept_entry.number, kept_entry.party, entry):
        raise Conflict("This id was already used for another entry.", field="id", remedy="Make a new id.")
