"""Pure decisions of access: which role may do which act, and who may see what."""

from __future__ import annotations

from tripoint.access.model import Act, Officer, Role, SignIn

EVERYONE = frozenset(Role)
CONTENT = frozenset(
    {Role.VIEWER, Role.FIELD_OFFICER, Role.CONTRIBUTOR, Role.ANALYST, Role.LIAISON_OFFICER, Role.COORDINATOR,
     Role.DATA_PROTECTION_OFFICER}
)
ASKERS = frozenset({Role.FIELD_OFFICER, Role.ANALYST, Role.LIAISON_OFFICER, Role.COORDINATOR})
DECIDERS = frozenset({Role.ANALYST, Role.LIAISON_OFFICER})
WRITERS = frozenset({Role.CONTRIBUTOR, Role.LIAISON_OFFICER})
ADMINISTRATORS = frozenset({Role.PARTY_ADMINISTRATOR})
OVERSEERS = frozenset({Role.AUDITOR, Role.DATA_PROTECTION_OFFICER})

# Acts that need no sign-in stand in OPEN; every other act stands here or nobody may do it.
OPEN = frozenset({Act.SIGN_IN, Act.SEE_HEALTH})
WHO_MAY: dict[Act, frozenset[Role]] = {
    Act.SIGN_OUT: EVERYONE,
    Act.SEE_SESSION: EVERYONE,
    Act.SEE_PARTIES: EVERYONE,
    Act.SEE_OPERATIONS: EVERYONE,
    Act.LIST_SIGN_INS: EVERYONE,
    Act.END_SIGN_IN: EVERYONE,
    Act.MAKE_TOKEN: ASKERS | WRITERS,
    Act.SEE_OFFICERS: ADMINISTRATORS,
    Act.ADD_OFFICER: ADMINISTRATORS,
    Act.CHANGE_OFFICER: ADMINISTRATORS,
    Act.ADD_AGENCY: ADMINISTRATORS,
    Act.ADD_OPERATION: frozenset({Role.COORDINATOR}),
    Act.CHANGE_OPERATION: frozenset({Role.COORDINATOR}),
    Act.ADD_POST: frozenset({Role.COORDINATOR, Role.LIAISON_OFFICER}),
    Act.ASK_CHECK: ASKERS,
    Act.LIST_CHECKS: CONTENT,
    Act.READ_CHECK: CONTENT,
    Act.LIST_HITS: CONTENT,
    Act.READ_HIT: CONTENT,
    Act.REFER_HIT: ASKERS,
    Act.DECIDE_HIT: DECIDERS,
    Act.RECORD_OUTCOME: ASKERS,
    Act.LIST_SETS: CONTENT,
    Act.READ_RECORD: CONTENT,
    Act.READ_HISTORY: CONTENT,
    Act.ADD_RECORD: WRITERS,
    Act.CHANGE_RECORD: WRITERS,
    Act.END_RECORD: WRITERS,
    Act.LOAD_SET: WRITERS,
    Act.READ_ROOM: CONTENT,
    Act.FOLLOW_FEED: CONTENT,
    Act.READ_AUDIT: OVERSEERS,
}


def may(officer: Officer, act: Act, sign_in: SignIn | None = None) -> bool:
    """Whether the officer, entering so, may do `act`. An act nobody declared is refused."""
    if sign_in is not None and sign_in.acts is not None and act not in sign_in.acts:
        return False
    return bool(officer.roles & WHO_MAY.get(act, frozenset()))


def acts_of(officer: Officer, sign_in: SignIn | None = None) -> tuple[Act, ...]:
    """Everything the officer may do, for the buttons of a page."""
    return tuple(act for act in Act if may(officer, act, sign_in))


def reads_content(roles: frozenset[Role]) -> bool:
    """Whether any of the roles may see records at all; the function sign_on in the database decides the same."""
    return bool(roles & CONTENT)


def sees_record(reader: int, *, owner: int, readers: frozenset[int], valid: bool) -> bool:
    """Whether party number `reader` may read a record: the predicate that row-level security enforces.

    `readers` are the party numbers of the record's terms; `valid` says that the terms hold now. -1 is nobody.
    """
    return reader >= 0 and (reader == owner or (valid and reader in readers))
