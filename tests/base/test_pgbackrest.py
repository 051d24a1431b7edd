import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tripoint.base.errors import NotFound, SetUp, TripointError
from tripoint.base.pgbackrest import PgBackRest, wrong_in

COPY = {
    "label": "20261122-140000F", "timestamp": {"start": 1_795_356_000, "stop": 1_795_356_060}, "error": False,
    "archive": {"start": "000000010000000000000002"}, "info": {"size": 8_000_000}, "database": {"id": 1},
}  # fmt: skip


def stanza(code: int = 0, copies: tuple[dict[str, object], ...] = (COPY,)) -> list[dict[str, object]]:
    return [{
        "name": "tripoint", "status": {"code": code, "message": "other"}, "db": [{"id": 1, "version": "15"}],
        "backup": list(copies), "archive": [{"min": "000000010000000000000001", "max": "000000010000000000000009"}],
    }]  # fmt: skip


def tool(folder: Path, monkeypatch: pytest.MonkeyPatch, said: object, *, code: int = 0, words: str = "") -> PgBackRest:
    """A pgBackRest that answers `info` so, writes down its orders, and ends all others with a code and words."""
    program = folder / "bin" / "pgbackrest"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\necho "$@" >> {folder}/orders\ncase "$*" in *info) cat {folder}/info;;'
        f' *) printf "%s" "{words}"; exit {code};; esac\n'
    )
    program.chmod(0o755)
    (folder / "info").write_text(json.dumps(said))
    (folder / "conf").write_text(f"[global]\nrepo1-path={folder}/repo\n[tripoint]\npg1-path={folder}/pg\n")
    monkeypatch.setenv("PATH", f"{folder}/bin:/usr/bin:/bin")
    return PgBackRest("tripoint", folder / "conf", (folder / "hub" / "keys",))


def orders(folder: Path) -> list[str]:
    return [line.split("--stanza=tripoint ")[1] for line in (folder / "orders").read_text().splitlines()]


def test_a_copy_is_made_when_the_log_is_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tool(tmp_path, monkeypatch, stanza()).make(lambda: datetime.now(UTC))
    assert (copy.name, copy.bytes, copy.version) == ("20261122-140000F", 8_000_000, 15)
    assert orders(tmp_path) == ["--output=json info", "check", "backup", "--output=json info"]


def test_a_moment_is_asked_for_in_universal_time_from_the_copy_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = tool(tmp_path, monkeypatch, stanza())
    chosen.restore(datetime(2027, 1, 2, 3, 4, 5, tzinfo=UTC), lambda: datetime.now(UTC))
    assert orders(tmp_path)[-1] == (
        "--delta --set=20261122-140000F --type=time --target=2027-01-02 03:04:05+00:00 --target-action=promote restore"
    )
    with pytest.raises(NotFound):
        chosen.restore(datetime(2020, 1, 1, tzinfo=UTC), lambda: datetime.now(UTC))


@pytest.mark.parametrize(("code", "words", "kind", "says"), [
    (38, "", SetUp, "server runs"), (87, "P00 ERROR: archive_mode must be enabled", SetUp, "without backups"),
    (49, "P00 ERROR: no room", TripointError, "no room"),
])  # fmt: skip
def test_what_fails_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str, kind: type[Exception], says: str
) -> None:
    with pytest.raises(kind, match=says):
        tool(tmp_path, monkeypatch, stanza(), code=code, words=words).make(lambda: datetime.now(UTC))


def test_no_stanza_no_program_and_keys_beside_the_data_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = tool(tmp_path, monkeypatch, stanza(1))
    with pytest.raises(SetUp, match="no stanza"):
        chosen.copies()
    with pytest.raises(SetUp, match="keys"):
        PgBackRest("tripoint", tmp_path / "conf", (tmp_path / "pg" / "keys",)).make(lambda: datetime.now(UTC))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SetUp, match="not on this machine"):
        chosen.copies()


def test_damage_is_read_from_what_it_says() -> None:
    whole = "status: ok\n  backup: A, status: valid, total files checked: 9\n    missing: 0, other: 0\n"
    assert wrong_in(whole) == []
    damaged = "  backup: A, status: invalid, total files checked: 9\n    missing: 0, checksum invalid: 1, other: 0\n"
    assert wrong_in(damaged) == ["The copy A is invalid.", "Of what is kept, checksum invalid: 1."]
