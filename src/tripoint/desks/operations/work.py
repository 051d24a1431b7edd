"""What people do at the operations desk: plan an operation, change it, set up posts, say what each party brings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from tripoint.access import founding, work as access
from tripoint.access.model import Act, AuditNote, Operation, Party, Post
from tripoint.access.visit import Visit
from tripoint.base.database import Session
from tripoint.base.errors import BadInput, NotFound
from tripoint.base.ids import uuid7
from tripoint.desks.operations import parts_store, rules, store
from tripoint.desks.operations.model import (
    Partner,
    PartyPart,
    Phase,
    Plan,
    PlanChange,
    PlannedPost,
    Site,
    TakingAgency,
    WholePlan,
)

MOST_CHANGES = 500
Part = TypeVar("Part", Phase, Site, Partner, TakingAgency)


def list_operations(visit: Visit) -> list[Operation]:
    """The operations that the own party takes part in or coordinates, latest first."""
    return access.list_operations(visit)


def read_plan(visit: Visit, which: UUID) -> WholePlan:
    """An operation with all its parts. Raises NotFound for one the party has no part in."""
    operation = access.find_operation(visit, which)
    visit.note(AuditNote(Act.READ_PLAN, "operation", which))
    return whole(visit, operation)


def whole(visit: Visit, operation: Operation) -> WholePlan:
    """The operation with all its parts as they stand."""
    session, which = visit.session, operation.id
    return WholePlan(
        operation,
        store.frame(session, which),
        parts_store.phases(session, which),
        parts_store.sites(session, which),
        parts_store.partners(session, which),
        parts_store.parts(session, which),
        store.posts(session, which),
    )


def add_operation(visit: Visit, plan: Plan) -> Operation:
    """A new operation that the own party coordinates. Raises BadInput for a plan that cannot be."""
    rules.check_plan(plan)
    parties = rules.party_numbers(plan.participants, numbers_by_code(visit))
    which = visit.new_id()
    store.add(visit.session, which, plan, visit.party)
    store.set_participants(visit.session, which, parties)
    note(visit, Act.ADD_OPERATION, which, parties)
    return access.find_operation(visit, which)


def change_operation(visit: Visit, which: UUID, plan: Plan) -> Operation:
    """New name, dates and parties; what the operation releases follows in the same transaction.

    Raises NotFound for an operation the party has no part in, NotAllowed for one that another coordinates.
    """
    coordinated(visit, which)
    rules.check_plan(plan)
    parties = rules.party_numbers(plan.participants, numbers_by_code(visit))
    store.change(visit.session, which, plan)
    store.set_participants(visit.session, which, parties)
    note(visit, Act.CHANGE_OPERATION, which, parties)
    return access.find_operation(visit, which)


def coordinated(visit: Visit, which: UUID) -> Operation:
    """The operation, which the own party coordinates. Raises NotFound or NotAllowed."""
    operation = access.find_operation(visit, which)
    rules.check_coordinates(operation, visit.officer.party.code)
    return operation


def set_phases(visit: Visit, which: UUID, phases: Sequence[Phase]) -> WholePlan:
    """Let exactly these phases stand. Raises BadInput for phases that cannot be."""
    operation = coordinated(visit, which)
    rules.check_phases(phases, operation)
    return write_list(visit, operation, "operation_phase", phases, parts_store.phases(visit.session, which))


def set_sites(visit: Visit, which: UUID, sites: Sequence[Site]) -> WholePlan:
    """Let exactly these hubs and support units stand. Raises BadInput for a host that is no party."""
    operation = coordinated(visit, which)
    rules.check_sites(sites)
    rules.party_numbers([site.host for site in sites if site.host], numbers_by_code(visit), "host")
    return write_list(visit, operation, "hub_site", sites, parts_store.sites(visit.session, which))


def set_partners(visit: Visit, which: UUID, partners: Sequence[Partner]) -> WholePlan:
    """Let exactly these partners stand. Raises BadInput for a party that does not take part, yet is named as one."""
    operation = coordinated(visit, which)
    strangers = sorted({one.party for one in partners if one.party} - rules.taking_part(operation))
    if strangers:
        raise BadInput(
            f"Not among the parties of {operation.name}: {', '.join(strangers)}.",
            field="party",
            remedy="Let them take part first, or keep them as a contact without a party.",
        )
    return write_list(visit, operation, "operation_partner", partners, parts_store.partners(visit.session, which))


def with_ids(visit: Visit, given: Sequence[Part], standing: Sequence[Part]) -> list[Part]:
    """The entries with their ids: new ones get one. Raises BadInput for an id that stands not in this list."""
    known = {one.id for one in standing}
    strange = next((one for one in given if one.id is not None and one.id not in known), None)
    if strange is not None:
        raise BadInput(
            "An entry bears an id that this list does not hold.", field="id", remedy="Leave the id of new entries out."
        )
    return [one if one.id is not None else replace(one, id=visit.new_id()) for one in given]


def write_list(
    visit: Visit, operation: Operation, table: str, entries: Sequence[Part], standing: Sequence[Part]
) -> WholePlan:
    """Write a list of the plan in the place of the one that stands, and say so in the trail."""
    numbers = numbers_by_code(visit)
    written = [parts_store.row_of(one, numbers) for one in with_ids(visit, entries, standing)]
    parts_store.write_list(visit.session, table, operation.id, written)
    note(visit, Act.CHANGE_OPERATION, operation.id, [numbers[code] for code in sorted(rules.taking_part(operation))])
    return whole(visit, access.find_operation(visit, operation.id))


def set_part(visit: Visit, which: UUID, part: PartyPart) -> WholePlan:
    """Write how a party takes part: the party itself, or the coordinator.

    Raises NotFound, NotAllowed or BadInput; agencies that have reported cannot be dropped.
    """
    operation = access.find_operation(visit, which)
    rules.check_part(part, operation, visit.officer.party.code)
    number = numbers_by_code(visit)[part.party]
    standing = next(one.agencies for one in parts_store.parts(visit.session, which) if one.party == part.party)
    agencies = with_ids(visit, part.agencies, standing)
    written = [{**parts_store.row_of(agency, {}), "party": number} for agency in agencies]
    parts_store.keep_part(visit.session, which, number, part)
    parts_store.write_list(visit.session, "operation_agency", which, written, number)
    visit.note(AuditNote(Act.CHANGE_DEPLOYMENT, "operation", which, number))
    return whole(visit, operation)


def add_post(visit: Visit, which: UUID, post: PlannedPost) -> Post:
    """A new post of the operation: the own party's, or as its coordinator any of its parties'."""
    operation = access.find_operation(visit, which)
    rules.check_post(post, operation, visit.officer.party.code)
    number = numbers_by_code(visit)[post.party]
    new = Post(visit.new_id(), post.name, post.kind.value, post.party, post.latitude, post.longitude)
    store.add_post(visit.session, new.id, which, in_its_time(visit, which, post), number)
    visit.note(AuditNote(Act.ADD_POST, "post", new.id, number))
    return new


def change_post(visit: Visit, which: UUID, post: UUID, wanted: PlannedPost) -> PlannedPost:
    """Write a post anew; it stays its party's. Raises NotFound for a post the operation has not."""
    operation = access.find_operation(visit, which)
    standing = find_post(visit, which, post)
    wanted = replace(wanted, party=standing.party, id=post)
    rules.check_post(wanted, operation, visit.officer.party.code)
    store.change_post(visit.session, post, which, in_its_time(visit, which, wanted))
    visit.note(AuditNote(Act.CHANGE_DEPLOYMENT, "post", post, numbers_by_code(visit)[standing.party]))
    return find_post(visit, which, post)


def find_post(visit: Visit, which: UUID, post: UUID) -> PlannedPost:
    """A post of the operation. Raises NotFound."""
    for one in store.posts(visit.session, which):
        if one.id == post:
            return one
    raise NotFound("The operation has no such post.", field="post")


def in_its_time(visit: Visit, which: UUID, post: PlannedPost) -> PlannedPost:
    """The post with a time zone: its own, else its party's."""
    if post.time_zone:
        return post
    parts = parts_store.parts(visit.session, which)
    return replace(post, time_zone=next(part.time_zone for part in parts if part.party == post.party))


def read_history(visit: Visit, which: UUID, limit: int) -> list[PlanChange]:
    """What changed of the plan, latest first, as far as the own party may know. Raises NotFound."""
    access.find_operation(visit, which)
    visit.note(AuditNote(Act.READ_PLAN, "operation", which))
    return parts_store.history(visit.session, which, min(limit, MOST_CHANGES))


def numbers_by_code(visit: Visit) -> dict[str, int]:
    """The number of each party by its code."""
    return {party.code: party.number for party in access.list_parties(visit)}


def note(visit: Visit, act: Act, which: UUID, parties: list[int]) -> None:
    """The line for the trail: who was told of the operation."""
    visit.note(AuditNote(act, "operation", which, visit.party, recipients=tuple(parties)))


def found_operation(
    connection: Session, coordinator: Party, plan: Plan, posts: tuple[PlannedPost, ...] = (),
    new_id: Callable[[], UUID] = uuid7,
) -> Operation:  # fmt: skip
    """An operation with its posts from the command line or a demonstration, with the owner's connection."""
    rules.check_plan(plan)
    known = {party.code: party.number for party in founding.list_parties(connection)}
    parties = rules.party_numbers(plan.participants, known)
    which = new_id()
    with founding.standing_under(connection, coordinator) as session:
        store.add(session, which, plan, coordinator.number)
        store.set_participants(session, which, parties)
        operation = founding.operation_named(session, which)
        for post in posts:
            rules.check_post(post, operation, coordinator.code)
            placed = post if post.time_zone else replace(post, time_zone=plan.time_zone or "UTC")
            store.add_post(session, new_id(), which, placed, known[post.party])
        founding.write_entry(session, Act.ADD_OPERATION, coordinator, "operation", which)
        return founding.operation_named(session, which)
