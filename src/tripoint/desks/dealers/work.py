"""What people do at the dealers' desk: hand in books, record inspections, ask the rules, decide indicators."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.database import Row
from tripoint.base.errors import BadInput, Conflict, NotFound
from tripoint.desks.dealers import rules, store
from tripoint.desks.dealers.model import (
    BookFile,
    Entry,
    Indicator,
    IndicatorState,
    Inspection,
    Item,
    LicenceState,
    Loaded,
    RowRefused,
    Visited,
    Whereabouts,
)
from tripoint.engines.books.mapping import FileMapping, one_mapping
from tripoint.engines.books.model import Book, Finding, Order
from tripoint.words.firearms import normalise_make

if TYPE_CHECKING:
    from tripoint.engines.books.single_store import KeptBook, ReadFile

KIND = "dealer_book"  # in the trail
MOST_TOLD = 200
LICENCE_DAYS = ("valid_from", "valid_to", "suspended_from", "suspended_to", "revoked")
SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx"})


def load_book(visit: Visit, name: str, content: bytes, mapping: Mapping[str, Any] | None, *, apply: bool) -> Loaded:
    """Take a file in, or only try it; what was taken before stays, so a load that broke off is simply sent again.

    Raises BadInput for a file or mapping that cannot be read.
    """
    found = rows_from(name, content, mapping)
    refused = tuple(RowRefused(one.line, one.column, one.why) for one in found.refused)
    new = known = 0
    if apply:
        file = BookFile(visit.new_id(), name, found.mapping.book.value, found.mapping.columns, found.order.value)
        digest = sha256(content).digest()
        which, _ = store.add_file(
            visit.session, file, visit.party, digest, len(refused), visit.clock(), visit.officer.id
        )
        rows = [Entry(one.line, one.dealer, one.serial, one.make, one.day, one.cells) for one in found.rows]
        new = store.add_entries(visit.session, which, visit.party, file.book, rows)
        known = len(rows) - new
        store.add_licences(visit.session, visit.party, licence_states(found))
        visit.note(AuditNote(Act.LOAD_BOOK, KIND, which, visit.party))
    else:
        visit.note(AuditNote(Act.LOAD_BOOK, KIND, None, visit.party, outcome="tried"))
        new = len(found.rows)
    return Loaded(
        found.mapping.book.value, found.mapping.columns, found.left, found.order.value, found.sure, new, known,
        refused[:MOST_TOLD], len(refused), apply,
    )  # fmt: skip


def rows_from(name: str, content: bytes, mapping: Mapping[str, Any] | None) -> ReadFile:
    """The rows of a file by its mapping, or by a guessed one. Raises BadInput."""
    from tripoint.engines.books.single_store import file_rows, headings_of  # heavy, and seldom wanted

    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise BadInput("The file is neither CSV nor XLSX.", field="name", remedy="Save it as CSV or XLSX.")
    if suffix == ".xlsx":
        look_through(content)
    with tempfile.TemporaryDirectory(prefix="tripoint-upload-") as folder:
        path = Path(folder) / f"book{suffix}"
        path.write_bytes(content)
        try:
            chosen = one_mapping(name, dict(mapping), headings_of(path)) if mapping else None
            return file_rows(path, name, chosen, normalise_make)
        except ValueError as error:
            remedy = "Name the book and its columns in the mapping."
            raise BadInput(f"The file is not taken: {error}.", field="file", remedy=remedy) from error


def look_through(content: bytes) -> None:
    """See that a workbook is harmless before anything of it is unpacked. Raises BadInput."""
    from tripoint.records.sources.workbooks import check_workbook  # heavy, and seldom wanted

    try:
        check_workbook(io.BytesIO(content))
    except ValueError as error:
        raise BadInput(f"The file is not taken: {error}.", field="file", remedy="Send it as CSV.") from error


def licence_states(found: ReadFile) -> Iterator[LicenceState]:
    """What a list of licensees says their licences were, day by day."""
    if found.mapping.book is not Book.LICENSEE:
        return
    order = found.order
    for row in found.rows:
        days = {name: day_from(row.cells.get(name, ""), order) for name in LICENCE_DAYS}
        about = row.dealer or "", row.cells.get("name", ""), row.cells.get("town", "")
        if days["valid_from"]:
            yield LicenceState(about[0], "valid", days["valid_from"], days["valid_to"], *about[1:])
        if days["suspended_from"]:
            yield LicenceState(about[0], "suspended", days["suspended_from"], days["suspended_to"], *about[1:])
        if days["revoked"]:
            yield LicenceState(about[0], "revoked", days["revoked"], None, *about[1:])


def day_from(text: str, order: Order) -> date | None:
    """A day as the file writes it; None for what the reader kept no row for."""
    parts = [int(part) for part in "".join(sign if sign.isdigit() else " " for sign in text[:10]).split()]
    if len(parts) != 3:
        return None
    if parts[0] > 31:
        year, month, day = parts
    else:
        (day, month), year = (parts[:2] if order is not Order.MONTH_FIRST else parts[1::-1]), parts[2]
    return date(year if year > 99 else 2000 + year, month, day)


def list_licences(visit: Visit) -> list[LicenceState]:
    """The licences with their states by date."""
    visit.note(AuditNote(Act.READ_LICENSEE, "licensee", None, visit.party))
    return store.licences(visit.session)


def whereabouts(visit: Visit) -> list[Whereabouts]:
    """Where the firearms of each dealer are, those with most missing first."""
    visit.note(AuditNote(Act.READ_LICENSEE, "licensee", None, visit.party))
    return store.whereabouts(visit.session)


def record_inspection(visit: Visit, visited: Visited) -> Inspection:
    """Keep an inspection, compared with the dealer's own books. Raises BadInput."""
    rules.check_visit(visited, visit.clock().date())
    items = tuple(Item(rules.key_of(one.serial, "")[0], normalise_make(one.make)) for one in visited.items)
    visited = replace(visited, dealer=dealer_key(visited.dealer), items=items)
    found = rules.compared(visited.items, store.held(visit.session, visited.dealer, visited.day), visited.scope)
    which = visit.new_id()
    store.add_inspection(visit.session, which, visit.party, visited, found, visit.clock(), visit.officer.id)
    visit.note(AuditNote(Act.RECORD_INSPECTION, "inspection", which, visit.party, outcome=visited.action.value))
    return Inspection(
        which, visited.dealer, visited.day, visited.scope, len(visited.items), *found, visited.seals,
        visited.violations, visited.action, visited.follow_up,
    )  # fmt: skip


def dealer_key(text: str) -> str:
    """A licence number as books compare it."""
    return text.upper().replace(" ", "").replace(".", "")


def list_inspections(visit: Visit) -> list[Inspection]:
    """The inspections, the latest first."""
    visit.note(AuditNote(Act.READ_LICENSEE, "inspection", None, visit.party))
    return store.inspections(visit.session)


def list_indicators(visit: Visit, state: IndicatorState | None, rule: int | None) -> list[Indicator]:
    """The indicators asked for, the strongest first."""
    visit.note(AuditNote(Act.LIST_INDICATORS, "indicator", None, visit.party))
    return store.indicators(visit.session, state=state, rule=rule)


def ask_rules(visit: Visit) -> tuple[int, int]:
    """Ask every rule of the party's own books; how many indicators there are, and how many are new or open again.

    Raises Conflict where a rule could not be asked: then nothing is kept.
    """
    from tripoint.engines.books.single_store import ask

    try:
        found = ask([*kept_books(visit), *counted_books(visit)], normalise_make)
    except RuntimeError as error:
        raise Conflict(f"The rules could not be asked: {error}.", remedy="Tell whoever keeps the hub.") from error
    known = store.known_indicators(visit.session, visit.party)
    new = sum(keep(visit, known, one, rows) for one, rows in found)
    visit.note(AuditNote(Act.DECIDE_INDICATOR, "indicator", None, visit.party, outcome="asked"))
    return len(found), new


def keep(
    visit: Visit, known: Mapping[tuple[int, str, str], Any], found: Finding, rows: Sequence[tuple[str, int]]
) -> bool:
    """Keep what a rule found; whether it is new or open again. One dismissed on the same rows stays dismissed."""
    line = found.as_line()
    told = [row | {"file": name, "line": number} for row, (name, number) in zip(line["rows"], rows, strict=True)]
    made = {name: line[name] for name in ("rule", "version", "dealer", "subject", "fact", "score", "parameters")}
    made |= {"rows": told, "base": line["base_rate"] | {"people": found.recipe.people, "caution": line["caution"]}}
    before = known.get((line["rule"], line["dealer"], line["subject"]))
    if before is None:
        store.add_indicator(visit.session, visit.new_id(), visit.party, made, visit.clock())
        return True
    again = rules.opens_again(IndicatorState(before["state"]), before["rows"], told)
    if again or before["state"] == IndicatorState.OPEN:
        store.renew_indicator(visit.session, before["id"], made, visit.clock(), again=again)
    return again


def kept_books(visit: Visit) -> Iterator[KeptBook]:
    """The books that were handed in."""
    from tripoint.engines.books.single_store import KeptBook

    for file in store.files(visit.session):
        mapping = FileMapping(Book(file.book), file.columns, Order(file.dates))
        yield KeptBook(file.name, mapping, store.entries(visit.session, file.id))


def counted_books(visit: Visit) -> Iterator[KeptBook]:
    """The desk's own inspections as books: who was inspected when, and what was counted."""
    from tripoint.engines.books.single_store import KeptBook

    rows = store.counts(visit.session)
    visits = {row["id"]: visit_of(row) | {"scope": row["scope"]} for row in rows}
    items = [(row["number"], visit_of(row) | {"serial": row["serial"], "make": row["make"]})
             for row in rows if row["serial"]]  # fmt: skip
    days = {name: name for name in ("dealer", "day", "scope")}
    stock = {name: name for name in ("dealer", "day", "serial", "make")}
    yield KeptBook("inspections", FileMapping(Book.INSPECTION, days, Order.ISO), [*enumerate(visits.values(), 1)])
    yield KeptBook("counted stock", FileMapping(Book.STOCK, stock, Order.ISO), items)


def visit_of(row: Row) -> dict[str, str]:
    """Where and when a row of a count was."""
    return {"dealer": row["dealer"], "day": row["day"].isoformat()}


def decide(visit: Visit, which: UUID, state: IndicatorState, reason: str) -> Indicator:
    """Confirm or dismiss an open indicator. Raises NotFound, BadInput, Conflict for one that was decided."""
    if state is IndicatorState.OPEN:
        raise BadInput("An indicator is confirmed or dismissed.", field="state", remedy="Give one of the two.")
    if not store.indicators(visit.session, which=which):
        raise NotFound
    if not store.decide(visit.session, visit.party, which, state, reason, visit.officer.id, visit.clock()):
        raise Conflict("It was decided already.", remedy="Read it again.")
    visit.note(AuditNote(Act.DECIDE_INDICATOR, "indicator", which, visit.party, reason=reason, outcome=state.value))
    return store.indicators(visit.session, which=which)[0]
