"""What people do with results sheets: draft, look, approve or turn down as the second person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from tripoint.access.four_eyes import rules as two_people, store as colleagues
from tripoint.access.model import Act, AuditNote, Operation, Role
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, Conflict, NotAllowed, NotFound
from tripoint.desks.results import composing, publication, returns, rules, sheets_store, store, work
from tripoint.desks.results.composing import BY_PARTY, HEADLINES, TABLES, Draft
from tripoint.desks.results.measures import measure
from tripoint.desks.results.model import Exceptional, Figure, Query, Sheet, SheetKind, SheetState
from tripoint.desks.results.narrative import check_narrative
from tripoint.desks.results.publication import PublicTable

KIND = "results_sheet"
DECIDERS = frozenset({Role.COORDINATOR, Role.ANALYST, Role.DATA_PROTECTION_OFFICER})
FORBIDDEN = frozenset({"children_by_country_and_form"})


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants on a sheet. `tables` are wanted besides the usual ones, `withhold` names those left out."""

    operation: UUID
    kind: SheetKind
    reason: str = ""
    narrative: str = ""
    tables: tuple[tuple[str, tuple[str, ...]], ...] = ()
    withhold: tuple[str, ...] = ()
    exceptions: tuple[Exceptional, ...] = ()


def draft(visit: Visit, wish: Wish) -> Sheet:
    """A new sheet of the operation's figures as they stand now; it waits for a second person.

    Raises NotFound, NotAllowed for a party that does not coordinate, BadInput for a revision without a reason, a typed
    number or a needless exception, Conflict where the sheet and an earlier one together would tell of few people.
    """
    operation = work.seen(visit, wish.operation)
    check_coordinates(visit, operation)
    check_narrative(wish.narrative)
    before = published(visit, operation.id)
    last = before[0] if before else None
    if last and not wish.reason:
        raise BadInput("A new revision needs a reason.", field="reason", remedy="Say what was corrected.")
    made = composed(visit, operation, wish, last)
    check_release(made, before)
    content, digest = composing.frozen(made)
    sheet = Sheet(
        visit.new_id(), operation.id, operation.coordinator, wish.kind, SheetState.DRAFT, made.revision,
        last.id if last else None, wish.reason, content, digest, wish.exceptions, visit.officer.id, visit.officer.name,
        made.as_of,
    )  # fmt: skip
    sheets_store.add(visit.session, sheet, visit.party)
    note(visit, Act.DRAFT_RESULTS, sheet, reason=wish.reason or None)
    for one in wish.exceptions:
        note(visit, Act.DRAFT_RESULTS, sheet, reason=one.reason, outcome=f"asks exception {one.table} {one.code}")
    return sheet


def composed(visit: Visit, operation: Operation, wish: Wish, last: Sheet | None) -> Draft:
    """Everything on the sheet, counted in one go under the drafter's rights."""
    now = visit.clock()
    figures = [counted(visit, name, operation.id) for name in HEADLINES]
    by_party = {name: counted(visit, name, operation.id, ("party",)) for name in BY_PARTY}
    told = sheets_store.returns(visit.session, operation.id)
    days = returns.days_due(operation.starts_at, operation.ends_at, now)
    missing = returns.missing(operation.participants, days, told)
    tables = [protected(visit, operation.id, name, by, wish.exceptions) for name, by in wanted_tables(wish)]
    content = composing.read_content(last.content) if last else None
    return Draft(
        operation, wish.kind, last.revision + 1 if last else 1, (str(last.id), last.digest) if last else None,
        wish.reason, wish.narrative, now, figures, tables, wish.withhold, by_party, missing,
        returns.beside(told, by_party, missing), wish.exceptions, composing.values_before(content),
    )  # fmt: skip


def counted(visit: Visit, name: str, operation: UUID, by: tuple[str, ...] = ()) -> Figure:
    """A figure of the whole operation."""
    return work.counted(visit, Query(measure(name), operation, dimensions=by))


def wanted_tables(wish: Wish) -> list[tuple[str, tuple[str, ...]]]:
    """The usual tables and those wished for, each once. Raises BadInput for tables that cannot be counted so."""
    for name, by in wish.tables:
        rules.check_query(Query(measure(name), wish.operation, dimensions=by))
        if not by:
            raise BadInput("A table needs a dimension.", field="tables", remedy="Say by what it is counted.")
    return list(dict.fromkeys((*TABLES, *wish.tables)))


def protected(
    visit: Visit, operation: UUID, name: str, by: tuple[str, ...], exceptions: Sequence[Exceptional]
) -> PublicTable:
    """A table with its small numbers hidden, as the rules of publication want it."""
    query = Query(measure(name), operation, dimensions=by)
    let_out = [one.code for one in exceptions if one.table == PublicTable(query.measure, by, None).name]
    (total,) = store.count(visit.session, replace(query, dimensions=()))
    return publication.protect(query.measure, by, total, store.count(visit.session, query), let_out)


def check_release(made: Draft, before: Sequence[Sheet]) -> None:
    """Raises BadInput for exceptions without use, Conflict for tables that may not go out, each with the reason."""
    if useless := publication.check_exceptions(made.tables, made.exceptions):
        raise BadInput(
            f"{useless[0].table} has no row {useless[0].code} that could be let out.", field="exceptions",
            remedy="Name a table of the sheet and one of its rows; children by country and form are never let out.",
        )  # fmt: skip
    if strangers := sorted(set(made.withheld) - {table.name for table in made.tables}):
        raise BadInput(f"There is no table {strangers[0]}.", field="withhold", remedy="Name a table of the sheet.")
    for table in made.tables:
        if table.refused in FORBIDDEN:
            raise BadInput(
                f"{table.name} is never published: children by country and form can be recognised.", field="tables",
                remedy="Leave the table out, or count by fewer dimensions.",
            )  # fmt: skip
    earlier = [one for sheet in before for one in composing.released(composing.read_content(sheet.content))]
    told = {table.name: codes for table in made.tables
            if table.name not in made.withheld and (codes := publication.differences(table, earlier))}  # fmt: skip
    if told:
        raise Conflict(
            f"With an earlier revision {', '.join(sorted(told))} would tell of fewer than ten people.",
            field="withhold", remedy="Withhold these tables in this revision; the earlier ones stay as they are.",
        )  # fmt: skip


def published(visit: Visit, operation: UUID) -> list[Sheet]:
    """The published revisions of an operation, the latest first."""
    found = sheets_store.sheets(visit.session, operation, SheetState.PUBLISHED)
    return sorted(found, key=lambda sheet: -sheet.revision)


def list_sheets(visit: Visit, operation: UUID | None) -> list[Sheet]:
    """The sheets the reader may see: what is published, and drafts of the own party for those who read content."""
    visit.note(AuditNote(Act.READ_RESULTS))
    return sheets_store.sheets(visit.session, operation)


def read(visit: Visit, which: UUID) -> Sheet:
    """One sheet; the reading is noted. Raises NotFound."""
    sheet = found(visit, which)
    note(visit, Act.READ_RESULTS, sheet)
    return sheet


def found(visit: Visit, which: UUID) -> Sheet:
    """One sheet that the reader may see. Raises NotFound."""
    sheet = sheets_store.find(visit.session, which)
    if sheet is None:
        raise NotFound
    return sheet


def approve(visit: Visit, which: UUID, digest: str, exceptions: int) -> Sheet:
    """Publish a draft as its second person. `digest` says what was seen, `exceptions` how many were let out with it.

    Raises NotFound, NotAllowed for the drafter himself, Conflict where it is decided, is not what was seen, or another
    revision was published meanwhile.
    """
    sheet = held(visit, which)
    if digest != sheet.digest:
        raise Conflict("The sheet is not the one that you saw.", field="digest", remedy="Read it again.")
    if exceptions != len(sheet.exceptions):
        raise Conflict(
            f"The sheet lets out {len(sheet.exceptions)} small numbers; you approved {exceptions}.", field="exceptions",
            remedy="Look at each exception and its reason, and say how many you approve.",
        )  # fmt: skip
    before = published(visit, sheet.operation)
    if (before[0].id if before else None) != sheet.revises:
        raise Conflict("Another revision was published meanwhile.", remedy="Turn this draft down and draft anew.")
    return decided(visit, sheet, SheetState.PUBLISHED, None)


def reject(visit: Visit, which: UUID, answer: str) -> Sheet:
    """Turn a draft down as its second person. Raises as `approve` does."""
    return decided(visit, held(visit, which), SheetState.REJECTED, answer)


def held(visit: Visit, which: UUID) -> Sheet:
    """A draft of the own party that this officer may decide, kept from everybody else until the transaction ends."""
    sheets_store.hold(visit.session, which)
    sheet = found(visit, which)
    if sheet.owner != visit.officer.party.code:
        raise NotAllowed(f"{sheet.owner} decides about this sheet.", remedy=f"Ask {sheet.owner}.")
    people = colleagues.hold_colleagues(visit.session, sheet.drafted_by, visit.officer.id)
    second = people[visit.officer.id]
    two_people.check_two_people(people[sheet.drafted_by], second)
    if not (second.active and second.roles & DECIDERS):
        raise NotAllowed("Your role cannot approve this.", remedy="A coordinator or analyst of your party can.")
    if sheet.state is not SheetState.DRAFT:
        raise Conflict(f"The sheet is {sheet.state.value} already.", remedy="Look at the list of sheets again.")
    return sheet


def decided(visit: Visit, sheet: Sheet, state: SheetState, answer: str | None) -> Sheet:
    """Write the decision and the lines for the trail, one for each small number that was let out."""
    officer, now = visit.officer, visit.clock()
    if not sheets_store.decide(visit.session, sheet.id, state, officer.id, officer.name, now, answer):
        raise Conflict("The sheet is decided already.", remedy="Look at the list of sheets again.")
    note(visit, Act.APPROVE_RESULTS, sheet, reason=answer, outcome=state.value)
    for one in sheet.exceptions if state is SheetState.PUBLISHED else ():
        note(visit, Act.APPROVE_RESULTS, sheet, reason=one.reason, outcome=f"lets out {one.table} {one.code}")
    return found(visit, sheet.id)


def check_coordinates(visit: Visit, operation: Operation) -> None:
    """Raises NotAllowed unless the own party coordinates the operation."""
    if operation.coordinator != visit.officer.party.code:
        raise NotAllowed(
            f"Results of {operation.name} are drafted by {operation.coordinator}, who coordinates it.",
            field="operation", remedy=f"Ask {operation.coordinator}.",
        )  # fmt: skip


def note(visit: Visit, act: Act, sheet: Sheet, *, reason: str | None = None, outcome: str = "done") -> None:
    """The line for the trail."""
    visit.note(AuditNote(act, KIND, sheet.id, object_version=sheet.revision, reason=reason, outcome=outcome))
