"""What people do with scans: put them in, look at them, correct the mask."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, Conflict, IdReused, NotFound, TooLarge
from tripoint.desks.ballistics import rules, store, surfaces, work
from tripoint.desks.ballistics.model import KeptMask, NewScan, Scan

if TYPE_CHECKING:
    from tripoint.engines.ballistics.surface import Surface

KIND = "exhibit_scan"  # in the trail


def add(visit: Visit, exhibit: UUID, new: NewScan) -> tuple[Scan, bool]:
    """Keep a scan of an exhibit of the own party, in one canonical form; and whether it is new.

    It is kept even where it is not fit to be compared, with the reasons; only what is fit is ever ranked. Raises
    NotFound, NotAllowed, IdReused, BadInput as `surfaces.read` does.
    """
    found = work.find(visit, exhibit)
    rules.check_own(found)
    original = sha256(new.content).hexdigest()
    if store.used_scan(visit.session, new.id) == (original, exhibit):
        return scan_to(visit, exhibit, new.id), False
    if len(new.content) > surfaces.MOST_BYTES:
        raise TooLarge("The file is larger than 7 MB.", field="file", remedy="Leave out every second row and column.")
    surface = surfaces.read(new.content, new.micrometres_per_pixel, new.unit)
    mask = surfaces.automatic_mask(surface, new.region)
    made = surfaces.prepared(surface, new.region, mask)
    canonical = surfaces.canonical(surface)
    row = {
        "id": new.id, "exhibit": exhibit, "owner": visit.party, "region": new.region, "land": new.land,
        "sha256": sha256(canonical).hexdigest(), "content": canonical, "original": original,
        "grade": surface.facts.grade.value, "facts": surfaces.facts_of(surface), "by": visit.officer.id,
        "by_name": visit.officer.name, "at": visit.clock(), **surfaces.row_of(made),
    }  # fmt: skip
    if not store.add_scan(visit.session, row):
        raise IdReused("This id was already used for another scan.", field="id", remedy="Make a new id.")
    keep_mask(visit, new.id, mask)
    visit.note(AuditNote(Act.CORRECT_EXHIBIT, KIND, new.id, visit.party, 1, outcome="scanned"))
    return scan_to(visit, exhibit, new.id), True


def keep_mask(visit: Visit, scan: UUID, mask: KeptMask) -> None:
    """Keep a version of a mask. Raises Conflict where somebody was quicker."""
    row = {
        "scan": scan, "version": mask.version, "owner": visit.party, "rows": mask.rows, "columns": mask.columns,
        "step": mask.step_um, "bits": mask.bits, "automatic": mask.automatic, "reason": mask.reason,
        "by_name": visit.officer.name, "by": visit.officer.id, "at": visit.clock(),
    }  # fmt: skip
    if not store.add_mask(visit.session, row):
        raise Conflict("The mask was changed at the same moment.", field="version", remedy="Read it again.")


def scan_to(visit: Visit, exhibit: UUID | None, which: UUID) -> Scan:
    """A scan that the officer may see, of this exhibit. Raises NotFound."""
    found = store.scan(visit.session, which)
    if found is None or (exhibit is not None and found[0].exhibit != exhibit):
        raise NotFound
    return found[0]


def note_looked(visit: Visit, act: Act, scan: Scan) -> None:
    """The line for the trail. Comparing, and reading what a search met, is noted as the own party's business: the
    owner of the other scan must not learn from the trail that something of ours is like it."""
    openly = scan.own or (scan.read and act is Act.READ_EXHIBIT)
    kind, owner = (KIND, scan.owner_number) if openly else ("candidate", visit.party)
    visit.note(AuditNote(act, kind, scan.id, owner, outcome="done" if openly else "met"))


def surface(visit: Visit, exhibit: UUID, which: UUID, of: str) -> bytes:
    """The heights of a scan as a page takes them: of its region, or of the whole. Raises NotFound."""
    scan = scan_to(visit, exhibit, which)
    note_looked(visit, Act.READ_EXHIBIT, scan)
    if of == "region":
        return store.shown(visit.session, which)
    return surfaces.shown_whole(kept_surface(visit, scan), scan.region)


def kept_surface(visit: Visit, scan: Scan) -> Surface:
    """The surface of a scan as it is kept."""
    return surfaces.kept(store.content(visit.session, scan.id), scan.grade)


def file(visit: Visit, exhibit: UUID, which: UUID) -> bytes:
    """The canonical X3P of a scan. Raises NotFound."""
    scan = scan_to(visit, exhibit, which)
    note_looked(visit, Act.READ_EXHIBIT, scan)
    return store.content(visit.session, which)


def mask(visit: Visit, exhibit: UUID, which: UUID) -> KeptMask:
    """The newest mask of a scan. Raises NotFound."""
    scan = scan_to(visit, exhibit, which)
    found = store.mask(visit.session, which)
    if found is None:
        raise NotFound
    note_looked(visit, Act.READ_EXHIBIT, scan)
    return found


def redraw(visit: Visit, exhibit: UUID, which: UUID, drawn: KeptMask) -> Scan:
    """Keep the next version of a mask and prepare the scan anew by it; it is then compared anew.

    `drawn.version` is the version it was drawn on. Raises NotFound, NotAllowed, Conflict, BadInput for a mask of
    another size than the scan.
    """
    rules.check_own(work.find(visit, exhibit))
    scan = scan_to(visit, exhibit, which)
    before = mask(visit, exhibit, which)
    if before.version != drawn.version:
        raise Conflict(f"The mask is at version {before.version}.", field="version", remedy="Read it again.")
    size = -(-drawn.rows * drawn.columns // 8)
    if (drawn.rows, drawn.columns) != (before.rows, before.columns) or len(drawn.bits) != size:
        raise BadInput(
            f"The mask has {before.rows} rows and {before.columns} columns.", field="bits",
            remedy="Draw it on the whole scan, one bit a point.",
        )  # fmt: skip
    following = KeptMask(
        before.version + 1, drawn.rows, drawn.columns, before.step_um, drawn.bits, False, drawn.reason, "", drawn.at
    )
    made = surfaces.prepared(kept_surface(visit, scan), scan.region, following)
    keep_mask(visit, which, following)
    store.remask(visit.session, which, {**surfaces.row_of(made), "version": following.version})
    visit.note(AuditNote(Act.CORRECT_EXHIBIT, KIND, which, visit.party, following.version, reason=drawn.reason))
    return scan_to(visit, exhibit, which)
