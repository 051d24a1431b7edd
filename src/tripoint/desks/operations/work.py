"""What people do at the operations desk: plan an operation, change it, set up posts."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from tripoint.access import founding, work as access
from tripoint.access.model import Act, AuditNote, Operation, Party, Post
from tripoint.access.visit import Visit
from tripoint.base.database import Session
from tripoint.base.ids import uuid7
from tripoint.desks.operations import rules, store
from tripoint.desks.operations.model import Plan, PlannedPost


def list_operations(visit: Visit) -> list[Operation]:
    """The operations that the own party takes part in or coordinates, latest first."""
    return access.list_operations(visit)


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
    rules.check_coordinates(access.find_operation(visit, which), visit.officer.party.code)
    rules.check_plan(plan)
    parties = rules.party_numbers(plan.participants, numbers_by_code(visit))
    store.change(visit.session, which, plan)
    store.set_participants(visit.session, which, parties)
    note(visit, Act.CHANGE_OPERATION, which, parties)
    return access.find_operation(visit, which)


def add_post(visit: Visit, which: UUID, post: PlannedPost) -> Post:
    """A new post of the operation: the own party's, or as its coordinator any of its parties'."""
    operation = access.find_operation(visit, which)
    rules.check_post(post, operation, visit.officer.party.code)
    number = numbers_by_code(visit)[post.party]
    new = Post(visit.new_id(), post.name, post.kind.value, post.party, post.latitude, post.longitude)
    store.add_post(visit.session, new.id, which, post, number)
    visit.note(AuditNote(Act.ADD_POST, "post", new.id, number))
    return new


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
            store.add_post(session, new_id(), which, post, known[post.party])
        founding.write_entry(session, Act.ADD_OPERATION, coordinator, "operation", which)
        return founding.operation_named(session, which)
