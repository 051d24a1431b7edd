"""`tripoint load` as it is typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.town import found
from tripoint.access.model import Party, PartyKind
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import BadInput, TripointError
from tripoint.doors.load import app, read_audience
from tripoint.records.model import Audience, AudienceKind

FIRST = "number,type,status\nA1,passport,lost\nB2,passport,stolen\n"
SECOND = "number,type,status\nA1,passport,lost\nC3,passport,lost\nD4,passport,borrowed\n"


@pytest.fixture
def party(database: Servers, monkeypatch: pytest.MonkeyPatch) -> Party:
    monkeypatch.setenv("TRIPOINT_DATABASE", database.app)
    monkeypatch.setenv("TRIPOINT_ADMIN_DATABASE", database.admin)
    return found(database)


def tripoint_load(*words: Any, code: int = 0) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def counts(output: str) -> dict[str, str]:
    """The rows of the report's table."""
    cells = [[cell.strip() for cell in line.strip("│┃ ").split("│")] for line in output.splitlines() if "│" in line]
    return {cell[0]: cell[1] for cell in cells if len(cell) == 2}


def written(folder: Path, text: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_two_editions_and_a_report(party: Party, tmp_path: Path) -> None:
    owner = ("--owner", party.code.lower(), "--audience", "everyone", "--disclosure", "pointer")
    output = tripoint_load("documents", written(tmp_path, FIRST), *owner)
    assert counts(output)["added"] == "2"
    report = tmp_path / "report.jsonl"
    output = tripoint_load("documents", written(tmp_path, SECOND), *owner, "--report", report)
    found_counts = counts(output)
    assert [found_counts[each] for each in ("added", "changed", "ended", "unchanged")] == ["1", "0", "1", "1"]
    (bad,) = [json.loads(line) for line in report.read_text().splitlines()]
    assert (bad["line"], bad["field"]) == (4, "status")
    assert bad["reason"]
    assert "stolen" in bad["remedy"]


def test_strict_ends_with_one(party: Party, tmp_path: Path) -> None:
    path = written(tmp_path, SECOND)
    output = tripoint_load("documents", path, "--owner", party.code, "--strict", code=1)
    assert "line 4: status" in output
    assert counts(output)["added"] == "2"


def test_many_bad_rows_are_not_all_shown(party: Party, tmp_path: Path) -> None:
    path = written(tmp_path, FIRST + "X,passport,lost,\n" * 30)
    output = tripoint_load("documents", path, "--owner", party.code)
    assert output.count(": line has") == 10
    assert "--report" in output


def test_a_mapping(party: Party, tmp_path: Path) -> None:
    mapping = written(tmp_path, '[columns]\nserial = "serie"\n[constants]\nstatus = "stolen"\n', "map.toml")
    path = written(tmp_path, "serie,make\nAB-1,Quill\n")
    output = tripoint_load("firearms", path, "--owner", party.code, "--mapping", mapping, "--name", "Armoury")
    assert "Armoury" in output
    assert counts(output)["added"] == "1"
    cars = written(tmp_path, "status,plate,country\nstolen,ABC 1,PAN\n", "cars.csv")
    assert counts(tripoint_load("vehicles", cars, "--owner", party.code))["added"] == "1"


NOTICE = {"entity_id": "2020/1", "name": "PINE", "forename": "ANA"}
UN = "<CONSOLIDATED_LIST><INDIVIDUAL><FIRST_NAME>ANA</FIRST_NAME><DATAID>1</DATAID></INDIVIDUAL></CONSOLIDATED_LIST>"
CANADA = "<data-set><record><Country>Nowhere</Country><LastName>Pine</LastName><Item>1</Item></record></data-set>"
ALIASES = '7,1,"aka","PINE, Annie",-0- \n'
SDN = '7,"PINE, Ana",individual,SDGT,-0-,-0-,-0-,-0-,-0-,-0-,-0-,DOB 1970.\n'


def test_every_list_of_people(party: Party, tmp_path: Path) -> None:
    owner = ("--owner", party.code)
    files = {
        "un-sc": (written(tmp_path, UN, "un.xml"),),
        "canada-sema": (written(tmp_path, CANADA, "ca.xml"),),
        "notices": (written(tmp_path, json.dumps(NOTICE), "red.json"), "--colour", "red"),
        "ofac-sdn": (
            written(tmp_path, SDN, "SDN.CSV"), "--aliases", written(tmp_path, ALIASES, "ALT.CSV"),
            "--addresses", written(tmp_path, "7,1,-0-,Nowhere,Panama,-0-\n", "ADD.CSV"), "--as-of", "2024-05-06",
        ),
    }  # fmt: skip
    for command, words in files.items():
        output = tripoint_load(command, *words, *owner)
        assert counts(output)["added"] == "1", command
    assert "as of 2024-05-06" in output


def test_wrong_words_are_named(party: Party, database: Servers, tmp_path: Path) -> None:
    path = written(tmp_path, FIRST)
    body = found(database, PartyKind.BODY)
    for words, field in (
        (("--owner", "NOBODY"), "owner"),
        (("--owner", body.code), "owner"),
        (("--owner", party.code, "--audience", "all"), "audience"),
        (("--owner", party.code, "--meets", "parties:"), "meets"),
        (("--owner", party.code, "--audience", "parties:ZZZ"), "audience"),
    ):
        with pytest.raises(BadInput) as caught:
            tripoint_load("documents", path, *words)
        assert caught.value.field == field
        assert caught.value.remedy


def test_a_file_that_cannot_be_read_is_an_error(party: Party, tmp_path: Path) -> None:
    with pytest.raises(TripointError) as caught:
        tripoint_load("un-sc", written(tmp_path, "<html/>"), "--owner", party.code)
    assert "CONSOLIDATED_LIST" in str(caught.value.remedy)


def test_audiences() -> None:
    operation = "0198c0de-0000-7000-8000-000000000000"
    assert read_audience("audience", "own") == Audience()
    assert read_audience("audience", "everyone").kind is AudienceKind.EVERYONE
    assert read_audience("audience", "parties:bra, COL").parties == ("BRA", "COL")
    assert str(read_audience("audience", f"operation:{operation}").operation) == operation
    for text in ("", "own:x", "parties", "operation:x", "somebody"):
        with pytest.raises(BadInput):
            read_audience("audience", text)
