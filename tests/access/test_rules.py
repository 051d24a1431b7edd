from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from tripoint.access import rules
from tripoint.access.model import Act, AuditNote, Officer, Party, PartyKind, Role, SignIn
from tripoint.base.errors import BadInput, NotAllowed

LAND = Party(3, "ARC", "Arcadia", PartyKind.COUNTRY)
HUB = Party(0, "HUB", "Hub", PartyKind.BODY)
roles = st.frozensets(st.sampled_from(Role))


def officer(*held: Role) -> Officer:
    return Officer(UUID(int=1), "Ana Inventada", "Police", LAND, frozenset(held))


def token(*acts: Act) -> SignIn:
    return SignIn(UUID(int=2), "token", "gate", None, frozenset(acts), datetime(2999, 1, 1, tzinfo=UTC))


def test_whoever_opens_anothers_record_receives_it() -> None:
    opened = AuditNote(Act.READ_RECORD, "person", None, 3)
    assert rules.recipients_of(opened, 5) == (5,)
    assert rules.recipients_of(opened, 3) == ()
    assert rules.recipients_of(replace(opened, outcome="refused"), 5) == ()
    assert rules.recipients_of(replace(opened, recipients=(7,)), 5) == (7,)
    assert rules.recipients_of(replace(opened, act=Act.REFER_HIT), 5) == ()


def test_every_act_is_open_declared_or_the_hubs_own() -> None:
    assert set(Act) - rules.OPEN - set(rules.WHO_MAY) == {
        Act.RAISE_HIT, Act.EXPIRE_HIT, Act.CHANGE_AUDIT_KEY, Act.EXPORT_AUDIT, Act.ROTATE_KEY,
        Act.REMIND_SUBJECT_REQUEST,
    }  # fmt: skip
    assert not rules.OPEN & set(rules.WHO_MAY)


def test_hub_operator_and_administrator_do_nothing_with_content() -> None:
    content = {act for act, who in rules.WHO_MAY.items() if who <= rules.CONTENT}
    assert {Act.READ_RECORD, Act.READ_HIT, Act.ASK_CHECK, Act.READ_ROOM, Act.FOLLOW_FEED} <= content
    for role in (Role.HUB_OPERATOR, Role.PARTY_ADMINISTRATOR):
        assert not content & set(rules.acts_of(officer(role)))
        assert not rules.reads_content(frozenset({role}))


@given(held=roles, acts=st.frozensets(st.sampled_from(Act)))
def test_a_token_never_widens_what_its_officer_may(held: frozenset[Role], acts: frozenset[Act]) -> None:
    allowed = set(rules.acts_of(officer(*held), token(*acts)))
    assert allowed == set(rules.acts_of(officer(*held))) & acts


def test_an_act_nobody_declared_is_refused() -> None:
    assert not rules.may(officer(*Role), Act.EXPIRE_HIT)


def test_roles_that_may_be_given() -> None:
    assert rules.grantable(frozenset({Role.ANALYST}), LAND) == {Role.ANALYST}
    assert rules.grantable(frozenset({Role.HUB_OPERATOR}), HUB) == {Role.HUB_OPERATOR}
    with pytest.raises(BadInput):
        rules.grantable(frozenset(), LAND)
    for party in (LAND, Party(4, "HUB", "No body", PartyKind.COUNTRY), Party(5, "EUR", "A body", PartyKind.BODY)):
        with pytest.raises(NotAllowed):
            rules.grantable(frozenset({Role.HUB_OPERATOR}), party)


@given(held=roles.filter(bool))
def test_nobody_keeps_accounts_and_reads_content(held: frozenset[Role]) -> None:
    """Whatever is granted: administrators and operators hold no role of content, nor the other way round."""
    try:
        given_roles = rules.grantable(held, HUB)
    except NotAllowed:
        assert held & rules.OFFICE
        assert held & (rules.CONTENT | rules.PRESS)
    else:
        assert not (given_roles & rules.OFFICE and given_roles & (rules.CONTENT | rules.PRESS))


@given(actor=roles, account=roles)
def test_nobody_acts_on_an_account_with_more_rights(actor: frozenset[Role], account: frozenset[Role]) -> None:
    more = bool((account - actor) & rules.OFFICE)
    if more:
        with pytest.raises(NotAllowed):
            rules.check_may_act_on(actor, account)
    else:
        rules.check_may_act_on(actor, account)


@pytest.mark.parametrize("written", ["ana", " Ana ", "ANA@arc", "ana@ARC"])
def test_a_sign_in_name_ends_in_its_party(written: str) -> None:
    assert rules.full_sign_in_name(written, "ARC") == "ana@arc"


@pytest.mark.parametrize(
    "written", ["", "@arc", "ana@bor", "ana@arc@arc", "a b", "añá", "a\x00", "-ana", "a" * 65, "ana'--"]
)
def test_other_sign_in_names_are_refused(written: str) -> None:
    with pytest.raises(BadInput):
        rules.full_sign_in_name(written, "ARC")
