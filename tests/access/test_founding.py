import pytest

from tests.town import PASSWORD, as_owner, rows
from tripoint.access import founding
from tripoint.access.model import PartyKind, Role
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import BadInput, Conflict, NotAllowed, NotFound


def test_parties_get_their_numbers_in_order_until_the_hub_is_full(own_database: Servers) -> None:
    with as_owner(own_database) as owner:
        made = [founding.found_party(owner, f"P{index}", "Land", PartyKind.COUNTRY).number for index in range(256)]
        assert made == list(range(256))
        with pytest.raises(Conflict, match="full"):
            founding.found_party(owner, "ONEMORE", "Land", PartyKind.COUNTRY)
        masks = rows(owner, "select get_bit(party_mask(array[255]::smallint[]), 255)")
        assert masks == [(1,)]


def test_a_refusal_leaves_the_connection_to_its_owner(database: Servers) -> None:
    with as_owner(database) as owner:
        party = founding.found_party(owner, "ARC", "Arcadia", PartyKind.COUNTRY, "+00 1")
        assert founding.party_named(owner, "ARC") == party
        with pytest.raises(NotFound):
            founding.party_named(owner, "NOPE")
        with pytest.raises(Conflict):
            founding.found_party(owner, "ARC", "Again", PartyKind.BODY)
        for code in ("arc", "A", "A-B", "THIRTEENCHARS", "A\n"):
            with pytest.raises(BadInput):
                founding.found_party(owner, code, "Bad", PartyKind.BODY)

        def hire(name: str, role: Role = Role.ANALYST) -> str:
            account = founding.found_officer(
                owner, party, sign_in_name=name, name="Ana", agency="Police", roles=[role], password=PASSWORD
            )
            return account.sign_in_name

        assert hire("ana") == "ana@arc"
        with pytest.raises(Conflict):
            hire("ana")
        with pytest.raises(NotAllowed):
            hire("eva", Role.HUB_OPERATOR)
        with pytest.raises(NotFound):
            founding.renew_password(owner, party, "nobody", PASSWORD)
        assert rows(owner, "select current_user = session_user, me(), home()") == [(True, None, None)]
        assert hire("eva") == "eva@arc"
        assert [account.sign_in_name for account in founding.list_officers(owner, party)] == ["ana@arc", "eva@arc"]


def test_what_the_command_line_did_is_in_the_partys_trail(database: Servers) -> None:
    with as_owner(database) as owner:
        party = founding.found_party(owner, "BOR", "Borduria", PartyKind.COUNTRY)
        account = founding.found_officer(
            owner, party, sign_in_name="ana", name="Ana", agency="Police", roles=[Role.VIEWER], password=PASSWORD
        )
        kept = rows(owner, "select act, party, officer, device from audit where object_id = %(id)s", id=account.id)
    assert kept == [("add_officer", party.number, None, "command line")]
