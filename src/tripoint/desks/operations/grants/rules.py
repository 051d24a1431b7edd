"""Pure decisions on rights for one operation."""

from __future__ import annotations

from datetime import datetime

from tripoint.access.model import Account, Party, Role
from tripoint.access.rules import grantable
from tripoint.base.errors import BadInput, Conflict

# Roles of the operation's work; who keeps accounts, oversees or protects data is appointed for good, not for a week.
FOR_AN_OPERATION = frozenset({
    Role.VIEWER, Role.FIELD_OFFICER, Role.CONTRIBUTOR, Role.ANALYST, Role.LIAISON_OFFICER, Role.COORDINATOR,
    Role.VICTIM_SPECIALIST, Role.PRESS_OFFICER,
})  # fmt: skip


def check_role(role: Role, account: Account, party: Party) -> None:
    """Raises BadInput for a role that is not given for a time, NotAllowed for one that does not go with his others.

    Raises Conflict for one who is struck off, or has the role for good.
    """
    if role not in FOR_AN_OPERATION:
        raise BadInput(
            f"{role} is not given for an operation.", field="role", remedy="Change the officer's lasting roles instead."
        )
    if not account.active:
        raise Conflict(f"{account.name} is struck off.", field="officer", remedy="Make the account active first.")
    if role in account.roles:
        raise Conflict(f"{account.name} has this role already, for good.", field="role", remedy="Choose another role.")
    grantable(account.roles | {role}, party)


def check_window(from_at: datetime, until_at: datetime, begins: datetime, ends: datetime) -> None:
    """Raises BadInput for a window that is empty or reaches beyond the operation, which runs from begins to ends."""
    if until_at <= from_at:
        raise BadInput("The right would end before it begins.", field="until", remedy="Give a later end.")
    if from_at < begins or until_at > ends:
        raise BadInput(
            "The right would reach beyond the operation.",
            field="until" if until_at > ends else "from",
            remedy=f"Keep between {begins.isoformat()} and {ends.isoformat()}.",
        )
