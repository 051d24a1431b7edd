"""Countries: every code stands alone, and what public lists write is understood."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from tripoint.words.countries import (
    PROTECTED_CODES,
    CountryKind,
    countries,
    country,
    is_country,
    names,
    read_country,
    rows,
)

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.exists(), reason="needs the folder shared/data beside the project")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("PAN", "PAN"),
        ("pa", "PAN"),
        ("D", "DEU"),
        ("D<<", "DEU"),
        ("Iran (Islamic Republic of)", "IRN"),
        ("Russian Federation", "RUS"),
        ("Korea, North", "PRK"),
        ("Democratic People's Republic of Korea", "PRK"),
        ("Korea, South", "KOR"),
        ("Burma", "MMR"),
        ("Myanmar (Burma)", "MMR"),
        ("Syrian Arab Republic", "SYR"),
        ("Belarus / Bélarus", "BLR"),
        ("  curacao ", "CUW"),
        ("CURAÇAO", "CUW"),
        ("Congo, Democratic Republic of the", "COD"),
        ("Republic of the Congo", "COG"),
        ("Republic of Panama", "PAN"),
        ("St. Kitts & Nevis", "KNA"),
        ("Turks & Caicos Islands", "TCA"),
        ("Côte d’Ivoire", "CIV"),
        ("North Macedonia, The Republic of", "MKD"),
        ("UK", "GBR"),
        ("stateless", "XXA"),
        ("NA", "NAM"),
    ],
)
def test_reads_what_lists_write(written: str, code: str) -> None:
    assert read_country(written) == code


@pytest.mark.parametrize("written", ["", "na", "Atlantis", "P" * 5_000, "<<", "Congo / Panama", "()", "\x00"])
def test_says_what_to_do_about_the_unknown(written: str) -> None:
    with pytest.raises(ValueError, match="three-letter code"):
        read_country(written)


def test_no_two_countries_share_a_name_or_code() -> None:
    assert len(countries()) == len(rows()) == 283
    for attribute in ("alpha2", "numeric", "name"):
        values = [getattr(each, attribute) for each in countries().values() if getattr(each, attribute)]
        assert len(values) == len(set(values))
    for each, also in rows():
        assert {read_country(name) for name in (each.code, each.name, *also)} == {each.code}


def test_special_codes_are_known_for_what_they_are() -> None:
    assert {country(code).kind for code in PROTECTED_CODES} == {CountryKind.PROTECTED}
    assert country("CUW").kind is CountryKind.TERRITORY
    assert country("XPO").kind is CountryKind.ORGANISATION
    assert is_country("UTO")
    assert not is_country("D")


@given(st.text(max_size=200))
def test_any_text_is_a_country_or_a_sentence(text: str) -> None:
    try:
        answer = read_country(text)
    except ValueError as error:
        answer = str(error)
    assert is_country(answer) or "three-letter code" in answer


@needs_data
def test_holds_every_code_of_the_published_tables() -> None:
    special = json.loads((DATA / "mrz" / "icao_doc9303.json").read_text())["codes"]["special"]
    assert {code for code in special if code != "D"} <= set(countries())
    own_inventions = {"AB9", "XCX", "XKX", "STL", "TIB", "OOS", "OOO"}
    with (DATA / "migration" / "countrynames_iso_m49_regions.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["iso3"] not in own_inventions:
                assert read_country(row["name"]) == row["iso3"] == read_country(row["name_sort"])


@needs_data
def test_understands_the_nationalities_of_public_lists() -> None:
    unknown: set[str] = set()
    with (DATA / "screening" / "watchlist_persons.jsonl").open(encoding="utf-8") as file:
        for text in {text for line in file for text in json.loads(line)["nationalities"]}:
            try:
                read_country(text)
            except ValueError:
                unknown.add(text)
    assert len(unknown) == 4  # names of sanctions programmes, and "na"
    assert names()["panama"] == "PAN"
