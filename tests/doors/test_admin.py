from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from tests.town import Browser, application, numbers
from tripoint.access.http import routes
from tripoint.base.database import make_engine
from tripoint.base.embedded_postgres import Servers
from tripoint.base.errors import BadInput, Conflict, NotFound
from tripoint.doors import admin

PASSWORD = "words that no other test uses"


@pytest.fixture
def run(database: Servers, monkeypatch: pytest.MonkeyPatch) -> "Run":
    monkeypatch.setenv("TRIPOINT_DATABASE", database.app)
    monkeypatch.setenv("TRIPOINT_ADMIN_DATABASE", database.admin)
    return Run()


class Run:
    def __init__(self) -> None:
        self.app = typer.Typer()
        admin.add_to(self.app)

    def __call__(self, *arguments: str, keys: str | None = None) -> str:
        result = CliRunner().invoke(self.app, list(arguments), input=keys, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    def party(self) -> str:
        code = f"C{next(numbers):03d}"
        self("party", "add", code, "Land of Tests", "--contact", "+00 1234")
        return code


def test_an_officer_added_here_signs_in(run: Run, database: Servers, tmp_path: Path) -> None:
    code = run.party()
    file = tmp_path / "password"
    file.write_text(PASSWORD + "\n")
    said = run(
        "officer", "add", "ana", "--party", code, "--name", "Ana Inventada", "--agency", "Police",
        "--role", "party_administrator", "--password-file", str(file),
    )  # fmt: skip
    name = f"ana@{code.lower()}"
    assert name in said
    assert name in run("officer", "list", "--party", code)
    assert code in run("party", "list")
    run("officer", "password", "ana", "--party", code, keys=f"{PASSWORD} 2\n{PASSWORD} 2\n")
    engine = make_engine(database.app)
    app = application(engine, routes.router)
    session = Browser(app).sign_in(name, f"{PASSWORD} 2")
    assert session["officer"]["party"]["code"] == code
    engine.dispose()


def test_an_operation_is_planned_and_listed(run: Run) -> None:
    one, two = run.party(), run.party()
    run(
        "operation", "add", "Quiet River", "--coordinator", one, "--starts", "2026-03-01", "--ends", "2026-03-12",
        "--party", one, "--party", two,
    )  # fmt: skip
    assert "Quiet River" in run("operation", "list", "--party", two)


def test_what_cannot_be_is_said_with_its_remedy(run: Run, tmp_path: Path) -> None:
    code = run.party()
    with pytest.raises(Conflict, match="already"):
        run("party", "add", code, "Again")
    with pytest.raises(BadInput, match="code"):
        run("party", "add", "lower", "Bad")
    with pytest.raises(NotFound, match="no party"):
        run("officer", "list", "--party", "NOPE")
    (tmp_path / "empty").touch()
    with pytest.raises(BadInput, match="empty"):
        run("officer", "password", "ana", "--party", code, "--password-file", str(tmp_path / "empty"))
