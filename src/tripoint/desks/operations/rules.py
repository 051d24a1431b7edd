"""Pure decisions of the operations desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from tripoint.access.model import Operation
from tripoint.base.errors import BadInput, NotAllowed
from tripoint.desks.operations.model import Plan, PlannedPost

LONGEST = timedelta(days=5 * 366)


def check_plan(plan: Plan) -> None:
    """Raises BadInput for a plan that ends before it starts, or runs longer than five years."""
    if plan.ends_at <= plan.starts_at:
        raise BadInput(
            "The operation would end before it starts.", field="ends_at", remedy="Give an end later than the start."
        )
    if plan.ends_at - plan.starts_at > LONGEST:
        raise BadInput(
            "The operation would run longer than five years.", field="ends_at", remedy="Plan a new edition instead."
        )


def party_numbers(codes: Iterable[str], known: Mapping[str, int]) -> list[int]:
    """The numbers of parties by their codes, each once. Raises BadInput naming codes of no party."""
    wanted = sorted(set(codes))
    strangers = [code for code in wanted if code not in known]
    if strangers:
        raise BadInput(
            f"No such party: {', '.join(strangers)}.", field="participants", remedy="GET /api/parties lists the codes."
        )
    return [known[code] for code in wanted]


def check_coordinates(operation: Operation, party: str) -> None:
    """Raises NotAllowed unless `party` coordinates the operation."""
    if operation.coordinator != party:
        raise NotAllowed(
            f"Only {operation.coordinator}, who coordinates {operation.name}, changes it.",
            remedy=f"Ask {operation.coordinator}.",
        )


def check_post(post: PlannedPost, operation: Operation, party: str) -> None:
    """Raises BadInput for a post of a party outside the operation, NotAllowed for another party's post.

    The coordinator sets up posts for every party of the operation, the others their own.
    """
    if post.party not in {operation.coordinator, *operation.participants}:
        raise BadInput(
            f"{post.party} does not take part in {operation.name}.",
            field="party",
            remedy="Name a party of the operation.",
        )
    if party not in (post.party, operation.coordinator):
        raise NotAllowed(f"Posts of {post.party} are set up by {post.party} or {operation.coordinator}.", field="party")
