"""The doctor: finds what is wrong, says the remedy, and is content with a sound installation."""

from __future__ import annotations

import io
import socket
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from tripoint.base.embedded_postgres import Servers
from tripoint.base.inspection import DatabaseFacts, inspect_database
from tripoint.base.keyring import KeyRing
from tripoint.base.migrate import newest_revision
from tripoint.base.settings import Settings
from tripoint.doors import doctor as examined
from tripoint.doors.doctor import (
    Finding,
    Verdict,
    check_clock,
    check_data_folder,
    check_database,
    check_keys,
    check_port,
    check_programs,
    check_python,
    check_variables,
    check_web,
    doctor,
    exit_code,
    judge_database,
    print_findings,
)

SOUND = DatabaseFacts(
    version=15,
    role="hub",
    superuser=False,
    bypasses_security=False,
    may_act_as_application=True,
    migrated=True,
    revision="newest",
    not_leakproof=(),
    ahead=timedelta(seconds=1),
)


def worst(findings: list[Finding]) -> Finding:
    order = list(Verdict)
    return max(findings, key=lambda finding: order.index(finding.verdict))


def test_whatever_is_not_fine_has_a_remedy(tmp_path: Path) -> None:
    findings = doctor(Settings(data=tmp_path / "hub", port=0))
    assert {finding.about for finding in findings} >= {"Python", "Pages", "Data folder", "Clock", "Database"}
    assert all(finding.remedy for finding in findings if finding.verdict is not Verdict.FINE)


def test_an_old_python_is_wrong() -> None:
    assert worst(check_python((3, 10))).verdict is Verdict.WRONG
    assert worst(check_python((3, 11))).verdict is Verdict.FINE


def test_a_misspelt_setting_is_named() -> None:
    assert "TRIPOINT_PROT" in worst(check_variables(["TRIPOINT_PROT"])).said


def test_missing_pages_are_named(tmp_path: Path) -> None:
    (tmp_path / "room.html").touch()
    assert worst(check_web(tmp_path)).said == "field.html is not built."
    (tmp_path / "field.html").touch()
    assert worst(check_web(tmp_path)).verdict is Verdict.FINE


def test_a_data_folder_that_is_a_file_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = worst(check_data_folder(tmp_path / "file"))
    assert found.verdict is Verdict.WRONG
    assert "TRIPOINT_DATA" in found.remedy


def test_a_full_disk_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examined, "LEAST_DISK", 1024**5)
    assert worst(check_data_folder(tmp_path)).verdict is Verdict.WRONG
    monkeypatch.setattr(examined, "LEAST_DISK", 0)
    monkeypatch.setattr(examined, "COMFORTABLE_DISK", 1024**5)
    assert worst(check_data_folder(tmp_path)).verdict is Verdict.CAUTION


def test_keys_that_others_may_read_or_that_are_damaged_are_wrong(tmp_path: Path) -> None:
    assert worst(check_keys(tmp_path)).verdict is Verdict.FINE
    KeyRing(tmp_path / "keys").current("BRA")
    assert "1 owners" in worst(check_keys(tmp_path)).said
    ring = tmp_path / "keys" / "ring.json"
    ring.chmod(0o644)
    assert "others" in worst(check_keys(tmp_path)).said
    ring.chmod(0o600)
    ring.write_text("{")
    assert "damaged" in worst(check_keys(tmp_path)).said


def test_a_used_port_is_wrong_and_a_free_one_fine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        found = worst(check_port("127.0.0.1", port))
        assert found.verdict is Verdict.WRONG
        assert "TRIPOINT_PORT" in found.remedy
    assert worst(check_port("127.0.0.1", port)).verdict is Verdict.FINE


def test_a_port_where_a_hub_answers_is_fine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examined, "hub_answers", lambda host, port: True)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert worst(check_port("127.0.0.1", taken.getsockname()[1])).said == "A hub answers here."


def test_an_impossible_clock_is_wrong() -> None:
    steady = timedelta()
    assert worst(check_clock(datetime(1970, 1, 1, tzinfo=UTC), steady)).verdict is Verdict.WRONG
    assert worst(check_clock(datetime(2027, 1, 1, tzinfo=UTC), timedelta(seconds=1))).verdict is Verdict.CAUTION
    assert worst(check_clock(datetime(2027, 1, 1, tzinfo=UTC), steady)).verdict is Verdict.FINE


def test_missing_programs_are_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRIPOINT_POSTGRES_BIN", str(tmp_path))
    assert worst(check_programs()).verdict is Verdict.WRONG
    monkeypatch.delenv("TRIPOINT_POSTGRES_BIN")
    assert worst(check_programs()).verdict is Verdict.FINE


def test_a_server_that_does_not_answer_is_wrong_and_its_password_stays_secret() -> None:
    found = worst(check_database(Settings(database="postgresql://hub:secret@127.0.0.1:1/tripoint")))
    assert found.verdict is Verdict.WRONG
    assert found.remedy
    assert "secret" not in found.said


def test_a_sound_database_is_fine() -> None:
    assert worst(judge_database(SOUND, "newest", own=False)).verdict is Verdict.FINE


@pytest.mark.parametrize(
    ("facts", "verdict", "remedy"),
    [
        (replace(SOUND, version=14), Verdict.WRONG, "15 or newer"),
        (replace(SOUND, superuser=True), Verdict.CAUTION, "nosuperuser"),
        (replace(SOUND, bypasses_security=True), Verdict.CAUTION, "nobypassrls"),
        (replace(SOUND, may_act_as_application=False), Verdict.WRONG, "grant tripoint_app to hub;"),
        (replace(SOUND, revision="older"), Verdict.WRONG, "TRIPOINT_ADMIN_DATABASE"),
        (replace(SOUND, migrated=False, revision=None), Verdict.CAUTION, "tripoint migrate"),
        (replace(SOUND, not_leakproof=("texticlike(text,text)",)), Verdict.CAUTION, "leakproof;"),
        (replace(SOUND, ahead=timedelta(minutes=-2)), Verdict.WRONG, "time service"),
    ],
)
def test_each_fault_of_a_database_is_found(facts: DatabaseFacts, verdict: Verdict, remedy: str) -> None:
    found = worst(judge_database(facts, "newest", own=False))
    assert found.verdict is verdict
    assert remedy in found.remedy


def test_a_migrated_database_is_fine_for_the_application(database: Servers) -> None:
    facts = inspect_database(database.app)
    assert facts.role == "tripoint_app"
    assert worst(judge_database(facts, newest_revision(), own=True)).verdict is Verdict.FINE
    assert inspect_database(database.admin).revision == newest_revision()
    assert worst(judge_database(inspect_database(database.admin), newest_revision(), own=True)).about == "Database"


def test_the_report_prints_each_finding_and_its_remedy() -> None:
    console = Console(record=True, width=120, file=io.StringIO())
    findings = [
        Finding("Port 8000", Verdict.WRONG, "Taken [by x].", "Stop it."),
        Finding("Clock", Verdict.FINE, "Right."),
    ]
    print_findings(findings, console)
    printed = console.export_text()
    assert "Taken [by x]." in printed
    assert "Stop it." in printed
    assert exit_code(findings) == 1
    assert exit_code(findings[1:]) == 0
