"""What people do with editions: look, compare two, ask for records; operations of this hub stand beside former ones."""

from __future__ import annotations

from collections.abc import Sequence

from tripoint.access import work as access
from tripoint.access.model import Act, AuditNote, Operation
from tripoint.access.visit import Visit
from tripoint.desks.results import composing, editions, sheets_store
from tripoint.desks.results.composing import Json
from tripoint.desks.results.editions import Claim, Compared, Ranked
from tripoint.desks.results.model import Edition, Qualifier, Reported, Sheet, SheetState

SCOPES = ("family", "all")
MOST_RANKED = 30


def list_editions(visit: Visit) -> list[Edition]:
    """Former editions, and the operations of this hub whose results are published, these first."""
    visit.note(AuditNote(Act.READ_RESULTS))
    return held(visit)


def held(visit: Visit) -> list[Edition]:
    """Every edition that the reader may know of; what is published here stands in place of the same edition's row."""
    own = [of_sheet(operation, composing.read_content(sheet.content)) for operation, sheet in latest(visit)]
    names = {editions.key(edition) for edition in own}
    return [*own, *(one for one in editions.former_editions() if editions.key(one) not in names)]


def latest(visit: Visit) -> list[tuple[Operation, Sheet]]:
    """Each operation with its last published sheet."""
    found = sheets_store.sheets(visit.session, None, SheetState.PUBLISHED)
    last: dict[object, Sheet] = {}
    for sheet in sorted(found, key=lambda one: one.revision):
        last[sheet.operation] = sheet
    return [(one, last[one.id]) for one in access.list_operations(visit) if one.id in last]


def of_sheet(operation: Operation, content: Json) -> Edition:
    """An operation of this hub as an edition: what its last sheet shows, in the words of the former ones."""
    shown = {one["measure"]: one["value"] for one in content["figures"] if one["value"] is not None}
    values = {
        metric: Reported(shown[measure], Qualifier.EXACT, "databases" if metric == "checks" else "")
        for metric, measure in editions.OF_OURS.items() if measure in shown
    }  # fmt: skip
    return Edition(
        operation.family or operation.name, operation.edition, family_of(operation),
        operation.starts_at.date().isoformat(), operation.ends_at.date().isoformat(), "", (), values,
        tuple(code for code, _ in nationalities(content)),
    )  # fmt: skip


def family_of(operation: Operation) -> str:
    """The kind of an operation: that of former editions of its name, else its own family."""
    for edition in editions.former_editions():
        if edition.name == operation.family:
            return edition.family
    return operation.family or operation.name


def nationalities(content: Json) -> list[tuple[str, float]]:
    """The nationalities that a sheet shows, the largest group first; hidden ones are not ranked."""
    for table in content["tables"]:
        if table["name"] == "detections_by_nationality":
            cells = [(cell["codes"][0], cell["value"]) for cell in table["cells"] if cell["value"]]
            known = [(code, value) for code, value in cells if code != "unknown"]
            return sorted(known, key=lambda one: (-one[1], one[0]))[:MOST_RANKED]
    return []


def compare(visit: Visit, first: str, second: str) -> tuple[Edition, Edition, list[Compared], list[Ranked]]:
    """Two editions side by side, and how the nationalities moved from the first to the second. Raises NotFound."""
    visit.note(AuditNote(Act.READ_RESULTS))
    known = held(visit)
    one, other = editions.find(first, known), editions.find(second, known)
    return one, other, editions.compare(one, other), ranking(visit, one, other)


def ranking(visit: Visit, one: Edition, other: Edition) -> list[Ranked]:
    """The ranking of the second edition with the places of the first; numbers where this hub counted them itself."""
    for operation, sheet in latest(visit):
        content = composing.read_content(sheet.content)
        if editions.key(of_sheet(operation, content)) == editions.key(other):
            return editions.rank(dict(nationalities(content)), one.ranking)
    places = {code: float(len(other.ranking) - place) for place, code in enumerate(other.ranking)}
    return [Ranked(row.code, row.place, row.before) for row in editions.rank(places, one.ranking)]


def claims(visit: Visit, name: str) -> list[Claim]:
    """Which figures of an edition are the largest ever of its family and of all, and which cannot be told so."""
    visit.note(AuditNote(Act.READ_RESULTS))
    known = held(visit)
    edition = editions.find(name, known)
    return [
        editions.record(metric, value, others(edition, known, scope), scope)
        for scope in SCOPES for metric, value in edition.values.items()
    ]  # fmt: skip


def others(edition: Edition, known: Sequence[Edition], scope: str) -> list[Edition]:
    """The editions that a record of this scope is measured against: all others that ended before it did."""
    return [
        one for one in known
        if editions.key(one) != editions.key(edition) and (scope == "all" or one.name == edition.name)
        and (one.end or "0") < (edition.end or "9")
    ]  # fmt: skip
