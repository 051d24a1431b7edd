"""`tripoint check`: the same door and the same answers as over HTTP, for a person and for a program."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from tests.desks.checks.lists import list_record
from tests.town import PASSWORD, as_owner, employ, found, rows
from tripoint.access.model import Role
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import BadInput, NotAllowed, SetUp, WrongCredentials
from tripoint.base.ids import uuid7
from tripoint.doors import check, cli

Run = Callable[..., Result]
ZONE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408123F1204159ZE184226B<<<<<10"


@pytest.fixture
def officer(database: Servers) -> str:
    return employ(database, found(database), Role.FIELD_OFFICER).sign_in_name


@pytest.fixture
def run(
    database: Servers, officer: str, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Run:
    monkeypatch.setenv("TRIPOINT_DATA", str(tmp_path_factory.mktemp("hub")))
    monkeypatch.setenv("TRIPOINT_INDEX_DATABASE", database.index)
    monkeypatch.setenv("TRIPOINT_DATABASE", database.app)
    monkeypatch.setenv("TRIPOINT_ADMIN_DATABASE", database.admin)
    monkeypatch.setenv("TRIPOINT_PASSWORD", PASSWORD)
    monkeypatch.setenv("TRIPOINT_SECOND_FACTOR", "offered")
    app = typer.Typer()
    app.command()(check.check)

    def run(*arguments: str, name: str = officer) -> Result:
        return CliRunner().invoke(app, ["--as", name, *arguments], catch_exceptions=False)

    return run


@pytest.fixture(scope="module", autouse=True)
def listed(engine: Engine, database: Servers) -> None:
    holder = found(database, contact="call 4-17")
    passport = {"number": "CL1PASS", "issuer": "BRA", "type": "passport", "status": "stolen"}
    list_record(engine, holder, "document", passport)
    list_record(engine, holder, "vehicle", {"plate": "CL1CAR", "country": "PRY", "status": "stolen"})
    list_record(engine, holder, "firearm", {"serial": "CL1GUN", "make": "Arvandel", "status": "lost"})
    person = {"names": [{"full": "Oldara Veskimeny Tassu"}], "births": ["1976-05-12"], "nationalities": ["COL"]}
    list_record(engine, holder, "person", person)


@pytest.mark.parametrize(
    ("arguments", "kind"),
    [
        (["--document", "cl1-pass", "--issuer", "BRA", "--type", "passport"], "document"),
        (["--plate", "CL1 CAR", "--country", "Paraguay"], "vehicle"),
        (["--serial", "CL1GUN", "--make", "Arvandel"], "firearm"),
        (["--person", "Oldara Veskimeny Tassu", "--birth", "1976-05-12", "--nationality", "COL"], "person"),
    ],
)
def test_each_kind_is_met_and_its_owner_named(run: Run, arguments: list[str], kind: str) -> None:
    answer = json.loads(run(*arguments, "--json").output)
    assert [(hit["kind"], hit["grade"]) for hit in answer["hits"]] == [(kind, "strong")]
    shown = run(*arguments).output
    assert "a lead until its owner confirms" in shown
    assert "call 4-17" in shown


def test_nothing_found_proves_nothing(run: Run) -> None:
    assert "This proves nothing" in run("--document", "N0BODYS").output


def test_a_zone_with_a_wrong_digit_says_where(run: Run) -> None:
    assert "birth" in run("--mrz", ZONE).output


def test_a_check_from_here_stands_in_the_trail(run: Run, database: Servers) -> None:
    answer = json.loads(run("--plate", "TRA1L", "--json").output)
    with as_owner(database) as owner:
        found = rows(owner, "select act from audit where object_id = %(id)s", id=answer["id"])
    assert found == [("ask_check",)]


def test_a_wrong_field_and_a_wrong_password_are_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput) as refused:
        run("--person", "A", "--birth", "1976-02-30")
    assert refused.value.field == "person.birth"
    with pytest.raises(BadInput, match="at least one"):
        run()
    monkeypatch.setenv("TRIPOINT_PASSWORD", "not the password")
    with pytest.raises(WrongCredentials):
        run("--plate", "A1")


def test_who_may_not_ask_may_not_here_either(run: Run, database: Servers) -> None:
    with pytest.raises(NotAllowed):
        run("--plate", "A1", name=employ(database, found(database), Role.AUDITOR).sign_in_name)


def test_a_file_is_answered_line_by_line(run: Run, tmp_path: Path) -> None:
    asked, answers = tmp_path / "asked.jsonl", tmp_path / "answers.jsonl"
    good = {"id": str(uuid7()), "purpose": "border_control", "vehicle": {"plate": "CL1CAR", "country": "PRY"}}
    asked.write_bytes(json.dumps(good).encode() + b"\n\nnonsense\n\xff\n")
    shown = run("--batch", str(asked), "--out", str(answers)).output
    assert "2 lines could not be answered" in shown
    first, second, third = (json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines())
    assert (first["grade"], second["line"], third["line"]) == ("strong", 3, 4)
    with pytest.raises(SetUp) as refused:
        run("--batch", str(asked))
    assert refused.value.field == "--out"


def test_brackets_in_words_of_others_are_no_markup(run: Run, engine: Engine, database: Servers) -> None:
    holder = found(database, contact="[/] call [bold]4[/bold]")
    list_record(engine, holder, "vehicle", {"plate": "BRACK3T", "country": "PRY", "status": "stolen"})
    assert "[/] call" in run("--plate", "BRACK3T", "--country", "PRY").output


def test_an_error_leaves_as_a_sentence(run: Run, officer: str) -> None:
    result = CliRunner().invoke(cli.app, ["check", "--as", officer, "--person", "A", "--birth", "[/]"])
    assert result.exit_code == 1
    assert "'[/]' is no date" in " ".join(result.output.split())
    assert "Traceback" not in result.output
