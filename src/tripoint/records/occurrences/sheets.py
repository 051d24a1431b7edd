"""What people do with sheets of reports: rows in, each told what became of it; a template, or what may be read, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import islice
from uuid import UUID
from zoneinfo import ZoneInfo

from tripoint.access import store as access_store, work as access
from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, TripointError
from tripoint.records.occurrences import store
from tripoint.records.occurrences.errors import BadForm
from tripoint.records.occurrences.hooks import KindHooks
from tripoint.records.occurrences.model import TO_PROTECT, Filing, Filters, Json, Occurrence, OccurrenceKind
from tripoint.records.occurrences.sheet_files import MEDIA, XLSX, Cells, Format, read_sheet, write_sheet
from tripoint.records.occurrences.work import file, form_of
from tripoint.words.forms.writing import Column, cells_of, columns_in, columns_out, values_of

__all__ = ["MEDIA", "XLSX", "Format", "Taken", "give", "take"]
HEADER = ("happened_at", "post", "reference")  # `reference` is the sender's own, and is not kept
OUT = ("id", "owner", "post", "happened_at", "state", "version")
MOST_OUT = 20_000


@dataclass(frozen=True, slots=True)
class RowFate:
    """What became of one row: `filed`, `repeated` (it was filed before) or `refused`, with the reason."""

    row: int
    fate: str
    id: UUID | None = None
    field: str | None = None
    reason: str | None = None
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a sheet: how many rows were filed, filed before, refused; and each of them."""

    filed: int
    repeated: int
    refused: int
    rows: tuple[RowFate, ...]


def take(
    visit: Visit, kind: OccurrenceKind, operation: UUID, content: bytes, timezone: str, hooks: KindHooks
) -> Taken:
    """File the rows of a sheet. A row that cannot be taken stops none of the others; the same again files nothing.

    Raises BadInput for a file of which nothing can be read, for unknown columns, and for too many rows.
    """
    zone, posts, seen = zone_of(timezone), posts_of(visit, operation), Counter[bytes]()
    columns = frozenset(column.heading for column in columns_in(form_of(kind))) | frozenset(HEADER)
    table = read_sheet(content, columns)
    fates = [RowFate(one.line, "refused", None, one.field, one.reason, one.remedy) for one in table.bad]
    for row, cells in table.rows:
        which = row_id(visit.party, kind, operation, cells, seen)

        def filing(cells: Cells = cells, which: UUID = which) -> Filing:
            return filing_of(kind, operation, which, cells, posts, zone)

        fates.append(taken_row(visit, hooks, row, filing))
    counted = Counter(fate.fate for fate in fates)
    in_order = tuple(sorted(fates, key=lambda fate: fate.row))
    return Taken(counted["filed"], counted["repeated"], counted["refused"], in_order)


def taken_row(visit: Visit, hooks: KindHooks, row: int, filing: Callable[[], Filing]) -> RowFate:
    """File one row apart from the others: nothing of it stays where it is refused."""
    try:
        made = filing()
        with visit.session.begin_nested():
            found, new = file(visit, made, hooks)
        return RowFate(row, "filed" if new else "repeated", found.id)
    except BadForm as fault:
        first = fault.problems[0]
        return RowFate(row, "refused", None, first.field, first.reason, first.remedy)
    except TripointError as fault:
        if fault.status >= 500:
            raise
        return RowFate(row, "refused", None, fault.field, fault.sentence, fault.remedy)


def filing_of(
    kind: OccurrenceKind, operation: UUID, which: UUID, cells: Cells, posts: Mapping[str, UUID], zone: ZoneInfo
) -> Filing:
    """The filing that a row stands for. Raises BadInput for its moment or its post."""
    named = cells.get("post", "").strip()
    post = posts.get(named.casefold()) if named else None
    if named and post is None:
        raise BadInput("The operation has no post of this name.", field="post", remedy="Write it as the plan has it.")
    at = moment_of(cells.get("happened_at", ""), zone)
    return Filing(which, kind, operation, at, values_of(form_of(kind), cells), post=post)


def moment_of(text: str, zone: ZoneInfo) -> datetime:
    """A moment; one without an offset is of the sheet's time zone. Raises BadInput."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadInput(
            "That is no moment.", field="happened_at", remedy="Write it as 2026-11-22T18:30, or with its offset."
        ) from None
    return at if at.tzinfo else at.replace(tzinfo=zone)


def zone_of(name: str) -> ZoneInfo:
    """A time zone by its name. Raises BadInput."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        raise BadInput("That is no time zone.", field="timezone", remedy="Name it as Europe/Paris, or UTC.") from None


def posts_of(visit: Visit, operation: UUID) -> dict[str, UUID]:
    """The posts of an operation by name and by id."""
    found = [post for one in access.list_operations(visit) if one.id == operation for post in one.posts]
    return {post.name.casefold(): post.id for post in found} | {str(post.id): post.id for post in found}


def row_id(party: int, kind: OccurrenceKind, operation: UUID, cells: Cells, seen: Counter[bytes]) -> UUID:
    """The id of a row: the same for the same row of the same sheet, so that a sheet sent twice files once.

    Rows that say the same are told apart by their number among themselves (version 8 of RFC 9562).
    """
    said = sorted((name, cell.strip()) for name, cell in cells.items() if cell.strip())
    plain = sha256(repr((party, kind.value, str(operation), said)).encode("utf-8", "surrogatepass")).digest()
    seen[plain] += 1
    made = int.from_bytes(sha256(plain + seen[plain].to_bytes(4)).digest()[:16])
    return UUID(int=made & ~(0xF << 76) & ~(0x3 << 62) | 0x8 << 76 | 0x2 << 62)


def give(visit: Visit, kind: OccurrenceKind, operation: UUID, written: Format, *, template: bool) -> bytes:
    """An empty sheet with its pick lists, or what the officer may read: codes and numbers, no text, no identity.

    Of people to protect only lines go out. Withdrawn reports are marked by their state.
    """
    visit.note(AuditNote(Act.EXPORT_OCCURRENCES, kind.value, outcome="template" if template else "done"))
    if template:
        header = [Column(name, (name,)) for name in HEADER]
        return write_sheet([*header, *columns_in(form_of(kind))], iter(()), written)
    body = kind not in TO_PROTECT
    columns = columns_out(form_of(kind), body=body)
    header = [Column(name, (name,)) for name in OUT]
    found = list(exported(visit, kind, operation, body=body))
    note_owners(visit, kind, {one.owner for one, _ in found})
    rows = ([*header_of(one), *cells_of(columns, values)] for one, values in found)
    return write_sheet([*header, *columns], rows, written)


def note_owners(visit: Visit, kind: OccurrenceKind, owners: set[str]) -> None:
    """A line for each other party whose reports go out with the sheet: its overseers see who took them."""
    others = owners - {visit.officer.party.code}
    for party in access_store.parties(visit.session) if others else ():
        if party.code in others:
            visit.note(AuditNote(Act.EXPORT_OCCURRENCES, kind.value, None, party.number))


def exported(visit: Visit, kind: OccurrenceKind, operation: UUID, *, body: bool) -> Iterator[tuple[Occurrence, Json]]:
    """The lines of an operation that the officer may see, with the bodies that are open to him."""
    found = store.lines(visit.session, kind, Filters(operation=operation, limit=MOST_OUT))
    bodies = store.bodies(visit.session, [one.id for one in found]) if body else {}
    return ((one, {**one.line, **bodies.get(one.id, {})}) for one in islice(found, MOST_OUT))


def header_of(found: Occurrence) -> list[str | None]:
    """The cells that stand before the form's own."""
    post = str(found.post) if found.post else None
    return [str(found.id), found.owner, post, found.happened_at.isoformat(), found.state.value, str(found.version)]
