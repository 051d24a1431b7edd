"""What people do with sheets: take a plan out, and put one in row by row, each row within their rights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from tripoint.access import work as access
from tripoint.access.model import Act, AuditNote
from tripoint.access.visit import Visit
from tripoint.base.errors import BadInput, TripointError
from tripoint.desks.operations import work
from tripoint.desks.operations.model import Partner, PartyPart, Phase, PlannedPost, Site, WholePlan
from tripoint.desks.operations.roster import store as roster_store, work as roster
from tripoint.desks.operations.roster.model import Place, Planned, Shift
from tripoint.desks.operations.shapes import FIRST, LAST
from tripoint.desks.operations.sheets import reading, writing
from tripoint.desks.operations.sheets.files import Table
from tripoint.desks.operations.sheets.model import Cells, Fate, RowFate, Tab
from tripoint.words.local_time import zone_named

Entry = TypeVar("Entry", Phase, Site, Partner)
Take = Callable[[Visit, UUID, Cells], Fate]


def export(visit: Visit, operation: UUID) -> dict[Tab, list[Cells]]:
    """Every tab of a plan; of shifts the own party's. Raises NotFound."""
    plan = work.read_plan(visit, operation)
    names = {account.id: account.sign_in_name for account in access.list_officers(visit)[0]}
    places = roster_store.places(visit.session, operation)
    return writing.tabs_of(plan, own_shifts(visit, operation), places, names)


def own_shifts(visit: Visit, operation: UUID) -> tuple[Shift, ...]:
    """All shifts of the own party in an operation."""
    return roster_store.shifts(visit.session, operation, FIRST, LAST)


def take_in(visit: Visit, operation: UUID, tables: dict[Tab, Table], *, apply: bool) -> list[RowFate]:
    """Put the rows of sheets into a plan, tab by tab in their order; a row that is refused leaves the others be.

    Rows that are not in a sheet stay as they are: a sheet never deletes. Without `apply` it is only told what would
    become of each row. Raises NotFound.
    """
    access.find_operation(visit, operation)
    noted = len(visit.notes)
    trial = visit.session.begin_nested()
    fates = [fate for tab in Tab if tab in tables for fate in take_tab(visit, operation, tab, tables[tab])]
    if apply:
        trial.commit()
    else:
        trial.rollback()
        del visit.notes[noted:]
    visit.note(AuditNote(Act.IMPORT_PLAN, "operation", operation, visit.party, reason=None if apply else "tried"))
    return fates


def take_tab(visit: Visit, operation: UUID, tab: Tab, table: Table) -> list[RowFate]:
    """What became of each row of a tab, in its order."""
    found = [RowFate(tab, bad.line, Fate.REFUSED, f"{bad.field}: {bad.reason}", bad.remedy) for bad in table.bad]
    for number, cells in table.rows:
        try:
            with visit.session.begin_nested():
                found.append(RowFate(tab, number, TAKERS[tab](visit, operation, cells)))
        except TripointError as error:
            found.append(RowFate(tab, number, Fate.REFUSED, error.sentence, error.remedy))
    return sorted(found, key=lambda fate: fate.row)


def standing_plan(visit: Visit, operation: UUID) -> WholePlan:
    """The plan as it stands between two rows."""
    return work.whole(visit, access.find_operation(visit, operation))


def take_operation(visit: Visit, operation: UUID, cells: Cells) -> Fate:
    """The row of the operation itself."""
    plan = standing_plan(visit, operation)
    if cells == writing.tabs_of(plan, (), (), {})[Tab.OPERATION][0]:
        return Fate.UNCHANGED
    work.change_operation(visit, operation, reading.plan(cells))
    return Fate.CHANGED


def take_phase(visit: Visit, operation: UUID, cells: Cells) -> Fate:
    """A phase: by its id, else a new one."""
    entries, fate = merged(standing_plan(visit, operation).phases, reading.phase(cells), lambda one: one.id)
    return done(fate, lambda: work.set_phases(visit, operation, entries))


def take_site(visit: Visit, operation: UUID, cells: Cells) -> Fate:
    """A hub or support unit: by its id, else by its name."""
    entries, fate = merged(standing_plan(visit, operation).sites, reading.site(cells), lambda one: one.name)
    return done(fate, lambda: work.set_sites(visit, operation, entries))


def take_partner(visit: Visit, operation: UUID, cells: Cells) -> Fate:
    """A partner: by its id, else by its name."""
    entries, fate = merged(standing_plan(visit, operation).partners, reading.partner(cells), lambda one: one.name)
    return done(fate, lambda: work.set_partners(visit, operation, entries))


def merged(standing: Sequence[Entry], entry: Entry, key: Callable[[Entry], object]) -> tuple[list[Entry], Fate]:
    """The list with the entry in it, in the place of the one it stands for."""
    known = next(
        (one for one in standing if (one.id == entry.id if entry.id else key(one) == key(entry) and key(one))), None
    )
    if known is None:
        added = list(standing)
        added.append(entry)
        return added, Fate.ADDED
    entry = replace(entry, id=known.id)
    return [entry if one is known else one for one in standing], Fate.UNCHANGED if entry == known else Fate.CHANGED


def done(fate: Fate, act: Callable[[], object]) -> Fate:
    """The fate, after the act it wants."""
    if fate is not Fate.UNCHANGED:
        act()
    return fate


def part_of(visit: Visit, operation: UUID, party: str) -> PartyPart:
    """How a party takes part now. Raises BadInput for one that does not."""
    for part in standing_plan(visit, operation).parties:
        if part.party == party:
            return part
    raise BadInput(f"{party!r} does not take part.", field="party", remedy="Name a party of the operation.")


def take_part(visit: Visit, operation: UUID, cells: Cells) -> Fate:
    """A party's row; its services have their own tab."""
    standing = part_of(visit, operation, cells["party"])
    part = replace(reading.part(cells), agencies=standing.agencies)
    fate = Fate.UNCHANGED if part == standing else Fate.CHANGED
    return done(fate, lambda: work.set_part(visit, operation, part))


def take_agency(visit: Visit, operation: UUID, cells: Cells) -> Fate:
    """A service: by its id, else by its name within its party."""
    standing, agency = part_of(visit, operation, cells["party"]), reading.agency(cells)
    known = next((one for one in standing.agencies if agency.id in (one.id, None) and one.name == agency.name), None)
    known = known or next((one for one in standing.agencies if agency.id == one.id), None)
    agency = agency if known is None else replace(agency, id=known.id)
    if agency == known:
        return Fate.UNCHANGED
    others = tuple(one for one in standing.agencies if one is not known)
    work.set_part(visit, operation, replace(standing, agencies=(*others, agency)))
    return Fate.ADDED if known is None else Fate.CHANGED


def take_post(visit: Visit, operation: UUID, cells: Cells) -> Fate:
    """A post: by its id, else by its name within its party."""
    wanted = reading.post(cells, visit.officer.party.code)
    posts = standing_plan(visit, operation).posts
    named = [one for one in posts if str(one.id) == cells["id"]]
    if cells["id"] and not named:
        raise BadInput("The operation has no post of this id.", field="id", remedy="Leave the id of a new post empty.")
    known = named or [one for one in posts if (one.party, one.name) == (wanted.party, wanted.name)]
    if not known:
        work.add_post(visit, operation, wanted)
        return Fate.ADDED
    return change_post(visit, operation, known[0], wanted)


def change_post(visit: Visit, operation: UUID, known: PlannedPost, wanted: PlannedPost) -> Fate:
    """Write a known post where it differs. Raises BadInput for a post that would change its party."""
    if wanted.party != known.party:
        raise BadInput("A post stays its party's.", field="party", remedy="Close it, and set up another.")
    wanted = replace(wanted, id=known.id, time_zone=wanted.time_zone or known.time_zone)
    fate = Fate.UNCHANGED if wanted == known else Fate.CHANGED
    return done(fate, lambda: work.change_post(visit, operation, wanted.id or visit.new_id(), wanted))


def take_shift(visit: Visit, operation: UUID, cells: Cells) -> Fate:
    """A shift of an officer of the own party: by its id, else a new one."""
    place = place_named(roster_store.places(visit.session, operation), cells["place"])
    planned = Planned(
        id_of(cells["id"]) or visit.new_id(), officer_named(visit, cells["officer"]), place.id,
        written(cells, "starts_local"), written(cells, "ends_local"), yes(cells["cancelled"]), cells["remarks"],
    )  # fmt: skip
    known = next((one for one in own_shifts(visit, operation) if one.id == planned.id), None)
    if known is not None and same(known, planned, place):
        return Fate.UNCHANGED
    roster.keep_shift(visit, operation, planned)
    return Fate.ADDED if known is None else Fate.CHANGED


def same(known: Shift, planned: Planned, place: Place) -> bool:
    """Whether a shift stands as it is written."""
    zone = zone_named(place.time_zone)
    times = [at if at.tzinfo else at.replace(tzinfo=zone) for at in (planned.starts, planned.ends)]
    return (known.officer, known.place, [known.starts_at, known.ends_at], known.cancelled, known.remarks) == (
        planned.officer, planned.place, times, planned.cancelled, planned.remarks,
    )  # fmt: skip


def place_named(places: Sequence[Place], name: str) -> Place:
    """The post or hub of this name or id. Raises BadInput where none or several bear it."""
    found = [one for one in places if name in (one.name, str(one.id))]
    if len(found) != 1:
        problem = "no place" if not found else "several places"
        raise BadInput(f"There is {problem} of the name {name!r}.", field="place", remedy="Write the id of the place.")
    return found[0]


def officer_named(visit: Visit, sign_in_name: str) -> UUID:
    """An officer of the own party by his sign-in name. Raises BadInput."""
    for account in access.list_officers(visit)[0]:
        if account.sign_in_name == sign_in_name:
            return account.id
    raise BadInput(
        f"Your party has no officer {sign_in_name!r}.", field="officer", remedy="Write a sign-in name: ana@arc."
    )


def id_of(text: str) -> UUID | None:
    """The id in a cell, if any. Raises BadInput for what is none."""
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise BadInput(f"{text!r} is no id.", field="id", remedy="Leave it empty for a new shift.") from error


def written(cells: Cells, column: str) -> datetime:
    """The time in a cell, with an offset or on the clock of the place. Raises BadInput."""
    try:
        found = datetime.fromisoformat(cells[column])
    except ValueError as error:
        raise BadInput(f"{cells[column]!r} is no time.", field=column, remedy="Write 2026-03-01T08:00.") from error
    if not FIRST.year <= found.year < LAST.year:
        raise BadInput("The time lies outside 1990 to 2150.", field=column, remedy="Correct the year.")
    return found


def yes(text: str) -> bool:
    """Whether a cell says yes. Raises BadInput for what is neither."""
    if text.casefold() not in ("", "yes", "no", "true", "false"):
        raise BadInput(f"{text!r} is neither yes nor no.", field="cancelled", remedy="Write yes or no.")
    return text.casefold() in ("yes", "true")


TAKERS: dict[Tab, Take] = {
    Tab.OPERATION: take_operation,
    Tab.PHASES: take_phase,
    Tab.SITES: take_site,
    Tab.PARTNERS: take_partner,
    Tab.PARTIES: take_part,
    Tab.AGENCIES: take_agency,
    Tab.POSTS: take_post,
    Tab.SHIFTS: take_shift,
}
