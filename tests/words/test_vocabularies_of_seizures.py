from __future__ import annotations

from decimal import Decimal

import pytest

from tripoint.words.drugs import FAMILIES, FORMS, gate_of, known_drugs, read_drug
from tripoint.words.precursors import by_cas, by_heading, by_name, is_cas, known_precursors
from tripoint.words.units import Reason, factor_for, known_units, read_unit, unit_of
from tripoint.words.wallets import Chain, is_address, keccak_256


@pytest.mark.parametrize(
    ("name", "substance", "form"),
    [
        ("COCAÍNA", "cocaine", ""), ("clorhidrato de cocaina", "cocaine", "salt"),
        ("pâte de coca", "cocaine", "paste"), ("حشيش", "cannabis", "resin"), ("героин", "heroin", ""),
        ("Alpha-pvp", "alpha_pvp", ""), ("α-PVP", "alpha_pvp", ""),
    ],
)  # fmt: skip
def test_a_drug_is_known_by_its_names_in_any_language(name: str, substance: str, form: str) -> None:
    found = read_drug(name)
    assert found is not None
    assert (found.substance, found.form) == (substance, form)


def test_the_lists_hold_together() -> None:
    assert {one.family for one in known_drugs().values()} <= set(FAMILIES)
    assert {one.form for one in known_drugs().values()} <= {*FORMS, ""}
    assert read_drug("") is None
    assert all(gate_of(one).kilograms > 0 for one in known_drugs().values())
    assert len({unit.name for unit in known_units().values()}) == 37
    assert all(is_cas(one.cas) for one in known_precursors())


@pytest.mark.parametrize(
    ("unit", "drug", "kilograms"),
    [
        ("Thousand of tablets", "Ecstasy", "0.27"), ("Dose", "Heroin", "0.00003"), ("onza", "Opium", "0.0283495"),
        ("Paper (1/10 gm)", "Heroin", "0.0001"), ("Gallons (US, liquid)", "GBL", "3.78541"),
    ],
)  # fmt: skip
def test_a_factor_says_its_basis(unit: str, drug: str, kilograms: str) -> None:
    known = read_drug(drug)
    assert known is not None
    found = factor_for(read_unit(unit), known)
    assert not isinstance(found, Reason)
    assert (found[1], bool(found[0].basis), bool(found[0].source)) == (Decimal(kilograms), True, True)


def test_what_has_no_factor_says_why() -> None:
    cannabis = read_drug("cannabis")
    assert cannabis is not None
    wanted = {
        "Plants": Reason.PLANTS, "Hectars": Reason.AREA, "Bottles": Reason.CONTENT_NOT_STATED, "": Reason.NO_UNIT,
        "Piece": Reason.WEIGHT_NOT_STATED, "furlong": Reason.UNKNOWN_UNIT,
    }  # fmt: skip
    for unit, reason in wanted.items():
        assert factor_for(read_unit(unit), cannabis) is reason
    assert unit_of("thousand_doses").doses == 1000


def test_a_precursor_is_found_by_number_name_and_heading() -> None:
    assert by_cas("108-24-7") == by_name("ANHÍDRIDO ACÉTICO") == by_heading("291524")[0]
    assert by_cas("108-24-8") is None
    assert [is_cas(text) for text in ("108-24-7", "108-24-8", "7664-93-9", "x")] == [True, False, True, False]


# From the specifications themselves: BIP 173 and 350, EIP-55, the first block of Bitcoin.
ADDRESSES = (
    (Chain.BITCOIN, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
    (Chain.BITCOIN, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
    (Chain.BITCOIN, "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"),
    (Chain.ETHEREUM, "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
    (Chain.ETHEREUM, "0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359"),
)


@pytest.mark.parametrize(("chain", "address"), ADDRESSES)
def test_an_address_is_taken_by_its_checksum_alone(chain: Chain, address: str) -> None:
    assert is_address(chain, address)
    swapped = address[:-2] + address[-1] + address[-2]
    assert swapped == address or is_address(chain, swapped) is (address.islower() and chain is Chain.ETHEREUM)
    assert not is_address(chain, address[:-1])
    assert not is_address(chain, "")


def test_keccak_is_the_one_of_ethereum() -> None:
    assert keccak_256(b"").hex() == "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
