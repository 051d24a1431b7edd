"""Settings: read from the environment, refused with the variable's name, and documented every one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from tripoint.base.errors import SetUp
from tripoint.base.settings import Settings, known_variables, load_settings, unknown_variables, variable

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"
ROW = re.compile(r"^\| `(TRIPOINT_\w+)` \| (?:`([^`]*)`|empty) \| (.+) \|$", re.MULTILINE)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in known_variables():
        monkeypatch.delenv(name, raising=False)


def documented() -> dict[str, str]:
    return {name: default for name, default, _ in ROW.findall(PAGE.read_text())}


@pytest.mark.parametrize("field", Settings.model_fields)
def test_every_setting_is_documented_with_its_default(field: str) -> None:
    assert variable(field) in documented(), f"{variable(field)} is missing from docs/settings.md"
    assert documented()[variable(field)] == str(Settings.model_fields[field].default)


def test_every_variable_read_is_documented_and_no_other() -> None:
    said = set(re.findall(r"\bTRIPOINT_[A-Z_]*[A-Z]\b", PAGE.read_text()))
    assert said == known_variables()


def test_no_setting_is_read_without_being_known() -> None:
    source = Path(__file__).parents[2] / "src"
    named = {name for file in source.rglob("*.py") for name in re.findall(r'"(TRIPOINT_[A-Z_]+)"', file.read_text())}
    assert named <= known_variables()


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        load_settings().port = 1


def test_the_environment_is_read_and_options_win(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIPOINT_PORT", "8765")
    assert load_settings().port == 8765
    assert load_settings(port=9000).port == 9000


def test_a_wrong_value_is_named_and_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIPOINT_DATABASE", "mysql://me:secret@db/tripoint")
    with pytest.raises(SetUp, match="TRIPOINT_DATABASE") as error:
        load_settings()
    assert "secret" not in str(error.value)
    assert "secret" not in str(error.value.remedy)


def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "address").write_text("postgresql://me:secret@db/tripoint\n")
    monkeypatch.setenv("TRIPOINT_DATABASE_FILE", str(tmp_path / "address"))
    settings = load_settings()
    assert settings.database == "postgresql://me:secret@db/tripoint"
    assert not settings.embedded
    assert "secret" not in repr(settings)


def test_both_the_secret_and_its_file_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIPOINT_DATABASE", "postgresql://db/tripoint")
    monkeypatch.setenv("TRIPOINT_DATABASE_FILE", "address")
    with pytest.raises(SetUp, match="Both TRIPOINT_DATABASE and TRIPOINT_DATABASE_FILE"):
        load_settings()


def test_a_secret_file_that_cannot_be_read_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRIPOINT_DATABASE_FILE", str(tmp_path / "absent"))
    with pytest.raises(SetUp, match="cannot be read"):
        load_settings()


def test_misspelt_variables_are_found() -> None:
    assert unknown_variables({"TRIPOINT_PROT": "1", "TRIPOINT_PORT": "1", "PATH": ""}) == ["TRIPOINT_PROT"]
